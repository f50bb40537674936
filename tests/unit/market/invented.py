"""Invented editions, deliveries, deals and saved claims for figures."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from talaan.ledger.read import DocumentRow, Row
from talaan.ledger.runs import Run
from talaan.model.claim import Claim, Mention, Quote, Speaker
from talaan.model.entry import Coverage, Edition, Entry
from talaan.model.verdict import Verdict
from talaan.model.when import When
from talaan.registers import Delivery

WHOLE = Coverage(1950, 2025)


class FakeEdition:
    """An edition that is a list of deliveries, with deals where a test needs them."""

    def __init__(self, *rows: Delivery, coverage: Coverage = WHOLE, entries: Collection[Entry] = ()) -> None:
        self.rows = rows
        self.entries = entries
        day, title = "2026-01-01", "An invented register"
        self.edition = Edition("sipri", day, title, "Nobody", "per-deal", day, "", (), 0, (), (), coverage, "")

    def deliveries(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        categories: Collection[str] | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> list[Delivery]:
        return [
            row
            for row in self.rows
            if (suppliers is None or row.supplier in suppliers)
            and (recipients is None or row.recipient in recipients)
            and (first or 0) <= row.year <= (last or 9999)
        ]

    def deals(self, *, suppliers: Collection[str] | None = None, recipients: Collection[str] | None = None) -> list[Entry]:
        return [
            row
            for row in self.entries
            if (suppliers is None or row.supplier in suppliers) and (recipients is None or row.recipient in recipients)
        ]


def delivery(supplier: str | None, tiv: float | None, year: int = 2022, **more: object) -> Delivery:
    ref = f"country:{supplier}" if supplier else None
    return replace(Delivery(ref, "country:PER", "tank", year, tiv, None, False, f"sipri:{supplier}"), **more)  # type: ignore[arg-type]


def deal(
    entry: str, supplier: str, years: tuple[int, ...], *, ordered: int | None = None, designation: str = "T-72", **more: object
) -> Entry:  # fmt: skip
    """A deal with Peru over tanks; ten of them, ten million TIV."""
    made = Entry(
        id=entry, supplier=f"country:{supplier}", supplier_name=supplier, recipient="country:PER", recipient_name="Peru",
        designation=designation, description="tank", category="tank", system=None, ordered=ordered, ordered_uncertain=False,
        number_ordered=10, number_ordered_uncertain=False, number_delivered=10, number_delivered_uncertain=False, years=years,
        status="New", comment=None, licensed=None, tiv_unit=1.0, tiv_ordered=10.0, tiv_delivered=10.0,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def saved(kind: str, roles: dict[str, str], *, verdict: str | None = None, year: int | None = 2011, speaker: str | None = None) -> Row:
    """A claim as the ledger gives it; roles are references by name."""
    quote = Quote("words of the document", 0, 21)
    fillers = {role: (Mention(ref, 0, 5, ref),) for role, ref in roles.items()}
    verdicts = (Verdict("sipri", "2026-01-01", verdict, "", "rule"),) if verdict else ()
    who = Speaker(None, speaker) if speaker else None
    one = Claim(
        f"c{kind}{roles}", kind, {}, "asserted", False, False, "llm", fillers, quote, who, "llm", 0.9,
        gloss={"en": f"{kind} {' '.join(roles.values())}"}, verdicts=verdicts,
    )  # fmt: skip
    published = When(date(year, 5, 1), date(year, 5, 31), "month") if year else None
    run = Run("talaan", "llm", "", "", "")
    document = DocumentRow("sha256:1", "a.txt", None, "An article", "en", None, published, 99, "", "text/plain", "utf-8", run, 1, 0)
    return Row(document, one)
