"""What is read from a document: mentions, leads, drafts of readers, claims."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import Value
from talaan.model.when import When

Grade = Literal["strong", "possible"]
ReaderName = Literal["builtin", "llm", "person"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something; also the filler of a role.

    `ref` is None where nothing resolves. `country` is the alpha-3 code a reference stands for (a firm's home state),
    `category` the goods class of a system or class, `metonym` marks a city that stands for its state, `guessed` a
    link such as "the country" to the country named before.
    """

    text: str
    start: int
    end: int
    ref: str | None = None
    name: str | None = None
    country: str | None = None
    category: str | None = None
    metonym: bool = False
    guessed: bool = False

    @property
    def kind(self) -> str | None:
        """country, organisation, person, group, system, category; None where nothing resolves."""
        return self.ref.partition(":")[0] if self.ref else None


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of the document with up to 32 characters on either side."""

    text: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever the document says said it, as far as it is told."""

    ref: str | None
    name: str | None
    role: str | None = None
    organisation: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader answers: strings of the document, closed values; never offsets or references.

    `near` is an offset the reader knows its quote to stand at (patterns do, models do not).
    """

    type: str
    quote: str
    roles: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Value]
    modality: str
    negated: bool
    speaker: str | None
    optional: bool
    near: int | None = None


@dataclass(frozen=True, slots=True)
class LeadEntry:
    """A register row beside a lead, and where the countries that found it stand."""

    id: str
    origin: Literal["sentence", "neighbour", "context"]
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that may hold a claim, with what it names and the register's rows; no verdict.

    Leads of different documents with the same `story` tell the same thing; whoever counts counts them once.
    """

    id: str
    quote: Quote
    types: tuple[tuple[str, float], ...]
    mentions: tuple[Mention, ...]
    grade: Grade
    score: float
    entries: tuple[LeadEntry, ...] = ()
    other_deals: str | None = None
    claims: tuple[str, ...] = ()
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a claim stands to those of another reader of the same document.

    `differs_in` names roles, values and details; `other` is the id of the other reader's claim, None where there is none.
    """

    status: Literal["agree", "differs", "alone"]
    differs_in: tuple[str, ...] = ()
    other: str | None = None


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """What another document says of the same thing: `agrees` False where it denies what this claim says, or the other way round.

    `speaker` is None where the other document says it itself; `date` is as precise as that document's date is known.
    """

    claim: str
    document: str
    path: str
    agrees: bool
    speaker: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One typed statement with the words it rests on."""

    id: str
    type: str
    values: Mapping[str, Value | None]
    modality: str
    negated: bool
    optional: bool
    reader: ReaderName
    roles: Mapping[str, tuple[Mention, ...]]
    quote: Quote
    speaker: Speaker | None
    extractor: str
    confidence: float
    quantity: Quantity | None = None
    value: Money | None = None
    when: When | None = None
    also: tuple[Quote, ...] = ()
    gloss: Mapping[str, str] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    lead: str | None = None
    agreement: Agreement | None = None
    said_elsewhere: tuple[SaidElsewhere, ...] = ()

    def filler(self, role: str) -> Mention | None:
        """The first filler of a role, or None."""
        return next(iter(self.roles.get(role, ())), None)


def review_order(claims: Iterable[Claim]) -> list[Claim]:
    """The claims as a person looks at them: where two readers differ first, then what one alone has read, then the rest; of these the
    less sure first."""
    ranks = {"differs": 0, "alone": 1, "agree": 2}
    return sorted(claims, key=lambda claim: (ranks[claim.agreement.status] if claim.agreement else 1, claim.confidence, claim.quote.start))
