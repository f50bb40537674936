"""One claim on the table: the claim and its surroundings in, parties, goods, years and rows out, each worked out once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from talaan.checking.edition import EditionView, Rows
from talaan.checking.goods import Goods, class_words, classes_of, fits, goods_of, row_classes
from talaan.checking.matching import Period, period_of
from talaan.checking.parties import Party, party_names, party_of
from talaan.model.claim import Claim
from talaan.model.document import Document
from talaan.model.entry import Entry
from talaan.reference.tables import Tables, tables

NEAREST = 5
FEW = 30
SIDES: Mapping[str, tuple[str, str]] = {
    "transfer": ("supplier", "recipient"),
    "service": ("provider", "client"),
    "capability": ("holder", ""),
    "dependency": ("provider", "dependent"),
    "competition": ("competitor", "market"),
}


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a claim is held against: its document, an edition, the reference tables; `claims` are the document's others.

    `beside` are editions of further registers, each of which speaks for itself.
    """

    document: Document
    edition: EditionView
    claims: Sequence[Claim] = ()
    tables: Tables = field(default_factory=tables)
    beside: Sequence[EditionView] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found; `register` and `edition` only where one of talaan's own tables speaks."""

    verdict: str
    reason: str
    entries: Sequence[Entry] = ()
    nearest: Sequence[Entry] = ()
    fields: Mapping[str, float | None] = field(default_factory=dict)
    register: str | None = None
    edition: str | None = None


class Case:
    """A claim with everything the rules ask about it."""

    def __init__(self, claim: Claim, context: CheckContext) -> None:
        self.claim = claim
        self.context = context
        self.tables = context.tables
        self.coverage = context.edition.edition.coverage

    @cached_property
    def document_year(self) -> int | None:
        """The last calendar year of the document's date, None where it is not known."""
        published = self.context.document.published
        return published.years[1] if published and published.years else None

    @cached_property
    def stated_years(self) -> tuple[int, int] | None:
        """The years the claim itself states."""
        return self.claim.when.years if self.claim.when else None

    @cached_property
    def period(self) -> Period | None:
        """The years to look at for something that has happened."""
        relative = self.claim.when is not None and self.stated_years is None
        return period_of(self.stated_years, self.document_year, relative=relative)

    @property
    def stage(self) -> str | None:
        """The claim's stage, None where the text leaves it open."""
        stage = self.claim.values.get("stage")
        return stage if isinstance(stage, str) else None

    @property
    def denies(self) -> bool:
        """Whether the claim says that something is not so."""
        return self.claim.negated != (self.claim.modality == "denied")

    @property
    def is_forecast(self) -> bool:
        """Whether it is about what comes after the document."""
        return self.claim.modality in ("planned", "possible", "necessary")

    @cached_property
    def delivered(self) -> bool | None:
        """Whether the stage is a delivery (True), an order (False) or open (None)."""
        return None if self.stage is None else self.stage in ("delivered", "in-delivery")

    def party(self, role: str) -> Party | None:
        """The party that fills a role, or None."""
        return party_of(self.claim.filler(role), self.tables) if role else None

    @cached_property
    def supplier(self) -> Party | None:
        """Whoever gives."""
        return self.party(SIDES.get(self.claim.type, ("", ""))[0])

    @cached_property
    def recipient(self) -> Party | None:
        """Whoever gets."""
        return self.party(SIDES.get(self.claim.type, ("", ""))[1])

    @cached_property
    def goods(self) -> Goods:
        """The goods named."""
        return goods_of(self.claim.roles.get("goods", ()))

    @property
    def goods_words(self) -> str:
        """The goods in words."""
        return "arms" if self.goods.anything else class_words(self.goods, self.tables)

    @property
    def parties_words(self) -> str:
        """`from A to B`, as far as they are named."""
        giver = f" from {self.supplier.name}" if self.supplier else ""
        return (giver + (f" to {self.recipient.name}" if self.recipient else "")).strip()

    @cached_property
    def pair(self) -> list[Entry]:
        """All rows between the two parties in this direction; of the one that is named where the other is not."""
        if self.supplier is None and self.recipient is None:
            return []
        return self.rows(self.supplier, self.recipient)

    @cached_property
    def fitting(self) -> list[Entry]:
        """Rows of the pair with goods that fit."""
        return self.fit(self.pair)

    def rows(self, supplier: Party | None, recipient: Party | None) -> list[Entry]:
        """Rows between two parties; None lets all pass."""
        return self.context.edition.deals(suppliers=supplier.refs if supplier else None, recipients=recipient.refs if recipient else None)

    def fit(self, rows: Iterable[Entry]) -> list[Entry]:
        """Those rows whose goods fit."""
        if isinstance(rows, Rows) and len(rows) > FEW and not self.goods.texts:
            return rows.named(self.goods)
        return [row for row in rows if fits(row, self.goods, self.tables)]

    def remarking(self, rows: Sequence[Entry], party: Party) -> Sequence[Entry]:
        """Those rows that may name a party in their remark; the remark itself has still to be read."""
        return rows.remarking(party_names(party, self.tables)) if isinstance(rows, Rows) else rows

    @cached_property
    def nearest(self) -> list[Entry]:
        """Up to five alternatives: the same goods from others to the same recipient, then other goods of the same pair."""
        others: list[Entry] = []
        if self.recipient is not None and not self.goods.anything and self.goods.named:
            mine = {row.id for row in self.pair}
            others = [row for row in self.fit(self.rows(None, self.recipient)) if row.id not in mine]
        fitting = {row.id for row in self.fitting}
        rest = [row for row in self.pair if row.id not in fitting]
        return [*self._closest(others)[:NEAREST], *self._closest(rest)][:NEAREST]

    @cached_property
    def related(self) -> list[Entry]:
        """Up to five rows of the pair with such goods, else of any goods: what stands beside a claim that is out of scope."""
        return self._closest(self.fitting or self.pair)[:NEAREST]

    def _closest(self, rows: Iterable[Entry]) -> list[Entry]:
        """Rows by likeness: the very class, then nearness in time, then size."""
        wanted = classes_of(self.goods, self.tables)
        year = (self.stated_years or (self.document_year,))[-1]
        others: dict[tuple[str | None, str | None], bool] = {}

        def order(row: Entry) -> tuple[bool, int, float]:
            kind = (row.system, row.category)
            if kind not in others:
                others[kind] = not row_classes(row, self.tables) & wanted
            years = (*row.years, row.ordered) if row.ordered else row.years
            away = min([abs(one - year) for one in years], default=99) if year else 0
            return (others[kind], away, -(row.tiv_ordered or row.tiv_delivered or 0.0))

        return sorted(rows, key=order)


def scores(
    *,
    supplier: float | None = None,
    recipient: float | None = None,
    goods: float | None = None,
    number: float | None = None,
    year: float | None = None,
    stage: float | None = None,
) -> dict[str, float | None]:
    """The score of each field from 0 to 1; None where it was not compared."""  # fmt: skip
    return {"supplier": supplier, "recipient": recipient, "goods": goods, "number": number, "year": year, "stage": stage}
