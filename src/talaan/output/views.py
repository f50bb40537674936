"""What cards and pages show: a reading in, leads and claims with every word chosen out; layout is left to the caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talaan.model.claim import Agreement, Claim, Lead, Mention, Quote, SaidElsewhere, Speaker, review_order
from talaan.model.contract import Reading
from talaan.model.entry import Entry
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import claim_type
from talaan.output.names import category_name
from talaan.output.repeats import without_repeats
from talaan.output.rows import Pair, pairs_of
from talaan.output.words import Words

GUESSED_TYPES = frozenset({"position", "allegation", "membership", "capability"})
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ku", "yi", "dv", "sd", "ug"})
LIKELY = 0.15
SURROUNDINGS = 32
WEIGHT = (
    "contradicted", "did_not_come_true", "supported", "came_true", "partly_supported", "partly_came_true", "not_found_in_scope",
    "register_uncertain", "needs_human", "no_report", "not_checkable", "out_of_scope",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LikelyType:
    """A likely type of a lead; `guess` where sentences of that type are told apart less surely."""

    name: str
    label: str
    guess: bool


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One verdict in words with its rows; the nearest ones only where no row decides."""

    word: str
    label: str
    register: str
    edition: str
    reason: str
    deciding: tuple[Pair, ...]
    nearest: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim in words; `status` is set for every allegation, `voice` is the speaker or the text's own voice.

    `readers` says how two readers stand to each other on it; empty where only one has read. `elsewhere` are lines on what
    other documents in the ledger say of the same thing."""

    number: int
    claim: Claim
    gloss: str
    label: str
    put: str
    voice: str
    status: str
    facts: tuple[tuple[str, str], ...]
    verdicts: tuple[VerdictView, ...]
    readers: str = ""
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadView:
    """A lead in words with its rows and the claims read from it; `names` are (words of the text, what they mean).

    `seen_at` numbers earlier leads beside which further rows of this one stand."""

    number: int
    lead: Lead
    types: tuple[LikelyType, ...]
    names: tuple[tuple[str, str], ...]
    pairs: tuple[Pair, ...]
    claims: tuple[ClaimView, ...]
    seen_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One document's leads in text order, and the claims that stand outside every lead."""

    reading: Reading
    leads: tuple[LeadView, ...]
    loose: tuple[ClaimView, ...]

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """All claims by number."""
        every = [claim for lead in self.leads for claim in lead.claims] + list(self.loose)
        return tuple(sorted(every, key=lambda view: view.number))

    @property
    def review(self) -> tuple[ClaimView, ...]:
        """The claims on which two readers differ, in the order to look at them."""
        views = {view.claim.id: view for view in self.claims}
        ordered = review_order(view.claim for view in views.values() if view.claim.agreement and view.claim.agreement.status == "differs")
        return tuple(views[claim.id] for claim in ordered)


def reading_view(reading: Reading, words: Words) -> ReadingView:
    """The view of a reading; leads and claims are numbered from 1 in text order."""
    ordered = sorted(reading.claims, key=lambda claim: (claim.quote.start, claim.quote.end))
    claims = {claim.id: claim_view(claim, number, reading.entries, words) for number, claim in enumerate(ordered, 1)}
    leads = sorted(reading.leads, key=lambda lead: (lead.quote.start, lead.quote.end))
    by_lead: dict[str, list[ClaimView]] = {lead.id: [] for lead in leads}
    naming = {key: lead.id for lead in reversed(leads) for key in lead.claims}
    loose: list[ClaimView] = []
    for key, view in claims.items():
        home = view.claim.lead if view.claim.lead in by_lead else naming.get(key)
        (by_lead[home] if home is not None else loose).append(view)
    views = tuple(lead_view(lead, number, reading.entries, words, claims=by_lead[lead.id]) for number, lead in enumerate(leads, 1))
    return ReadingView(reading, without_repeats(views, words), tuple(loose))


def lead_view(lead: Lead, number: int, entries: Mapping[str, Entry], words: Words, *, claims: Sequence[ClaimView] = ()) -> LeadView:
    """One lead in words."""
    origins = {}
    for entry in lead.entries:
        guessed = f", {words.say('origin.guessed')}" if entry.guessed else ""
        origins[entry.id] = words.label("origin", entry.origin) + guessed
    shown = [name for place, (name, share) in enumerate(lead.types[:2]) if place == 0 or share >= LIKELY]
    return LeadView(
        number=number,
        lead=lead,
        types=tuple(LikelyType(name, words.label("type", name), name in GUESSED_TYPES) for name in shown),
        names=_names(lead.mentions, words),
        pairs=pairs_of((entry.id for entry in lead.entries), entries, words, origins=origins),
        claims=tuple(claims),
    )


def claim_view(claim: Claim, number: int, entries: Mapping[str, Entry], words: Words) -> ClaimView:
    """One claim in words."""
    status = ""
    if claim.type == "allegation":
        status = words.label("value", claim.values.get("adjudication") or "alleged")
    put = [words.label("modality", claim.modality)]
    if claim.negated:
        put.append(words.say("modality.negated"))
    if claim.optional:
        put.append(words.say("caveat.optional"))
    return ClaimView(
        number=number,
        claim=claim,
        gloss=claim.gloss.get(words.code) or claim.gloss.get("en") or claim.quote.text,
        label=words.label("type", claim.type),
        put=", ".join(put),
        voice=voice_of(claim.speaker, words),
        status=status,
        facts=tuple(_facts(claim, words)),
        verdicts=tuple(verdict_view(verdict, entries, words) for verdict in by_weight(claim.verdicts)),
        readers=readers_of(claim.agreement, words),
        elsewhere=tuple(dict.fromkeys(elsewhere_line(said, words) for said in claim.said_elsewhere)),
    )


def elsewhere_line(said: SaidElsewhere, words: Words) -> str:
    """Who said so, or denied it, in which document and when."""
    told = (said.speaker or words.say("label.own_voice"), said.path, said.date)
    return f"{words.say('label.also_said' if said.agrees else 'label.denied')}: {', '.join(part for part in told if part)}"


def readers_of(agreement: Agreement | None, words: Words) -> str:
    """Whether two readers agree on a claim, or in what they differ; empty where only one has read."""
    if agreement is None:
        return ""
    if agreement.status != "differs":
        return words.say(f"agreement.{agreement.status}")
    named = (
        words.table.get(f"role.{name}") or words.table.get(f"value_name.{name}") or words.say(f"agreement.{name}")
        for name in agreement.differs_in
    )
    return words.say("agreement.differs", names=", ".join(named))


def verdict_view(verdict: Verdict, entries: Mapping[str, Entry], words: Words) -> VerdictView:
    """One verdict in words."""
    return VerdictView(
        word=verdict.verdict,
        label=words.label("verdict", f"{verdict.verdict}.label"),
        register=words.label("register_short", verdict.register),
        edition=verdict.edition,
        reason=verdict.reason,
        deciding=pairs_of(verdict.entries, entries, words),
        nearest=() if verdict.entries else pairs_of(verdict.nearest, entries, words),
    )


def by_weight(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, most telling first: what contradicts before what supports, silence last."""
    places = {word: place for place, word in enumerate(WEIGHT)}
    return sorted(verdicts, key=lambda verdict: places.get(verdict.verdict, len(WEIGHT)))


def voice_of(speaker: Speaker | None, words: Words) -> str:
    """Who says it: name, role, organisation; the text's own voice for None."""
    if speaker is None:
        return words.say("label.own_voice")
    parts = (speaker.name or speaker.text, speaker.role, speaker.organisation)
    return ", ".join(dict.fromkeys(part for part in parts if part)) or words.say("deal.unknown")


def direction(language: str | None) -> str:
    """`rtl` for languages written right to left, else `ltr`.

    >>> direction("fa"), direction("tl"), direction(None)
    ('rtl', 'ltr', 'ltr')
    """
    return "rtl" if (language or "").partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def meaning(mention: Mention, words: Words) -> str:
    """What a mention stands for: name, code or class; a question mark where nothing resolves or the link is guessed."""
    if mention.ref is None:
        return "?"
    guess = " ?" if mention.guessed else ""
    if mention.kind == "category":
        return (category_name(mention.category, language=words.code) or mention.ref) + guess
    name = mention.name or mention.ref.partition(":")[2]
    kind = mention.country if mention.kind == "country" else category_name(mention.category, language=words.code)
    return f"{name} ({kind}){guess}" if kind else name + guess


def around(quote: Quote) -> tuple[str, str]:
    """What stands before and after a quote, with dots where the text goes on beyond it; empty where nothing does.

    >>> around(Quote("BTR-3", 4, 9, "two ", " carriers were"))
    ('two ', ' carriers were')
    """
    before = ("…" if quote.start > len(quote.prefix) else "") + quote.prefix
    after = quote.suffix + ("…" if len(quote.suffix) >= SURROUNDINGS else "")
    return before if quote.prefix.strip() else "", after if quote.suffix.strip() else ""


def places_of(claim: Claim) -> list[Quote]:
    """The claim's quote and its further ones."""
    return [claim.quote, *claim.also]


def _names(mentions: Sequence[Mention], words: Words) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for mention in mentions:
        means = meaning(mention, words)
        if means not in found.values():
            found.setdefault(mention.text, means)
    return tuple(found.items())


def _facts(claim: Claim, words: Words) -> list[tuple[str, str]]:
    roles = [role for role in claim_type(claim.type).roles if claim.roles.get(role)]
    facts = [(words.label("role", role), _fillers(claim.roles[role], words)) for role in roles]
    for role, detail in (("quantity", claim.quantity), ("value", claim.value), ("when", claim.when)):
        if detail is not None and detail.text:
            facts.append((words.label("role", role), detail.text))
    for name, value in claim.values.items():
        if value is not None and not (claim.type == "allegation" and name == "adjudication"):
            facts.append((words.label("value_name", name), words.label("value", value)))
    return facts


def _fillers(fillers: Sequence[Mention], words: Words) -> str:
    return " · ".join(f"“{filler.text}”" if filler.ref is None else meaning(filler, words) for filler in fillers)
