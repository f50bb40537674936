"""Invented rows, claims and an edition in memory for the tests of checking."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import count

from talaan.checking.check import CheckContext, check
from talaan.model.claim import Claim, Mention, Quote
from talaan.model.document import Document
from talaan.model.entry import Coverage, Edition, Entry
from talaan.model.figure import Cell
from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import claim_type
from talaan.model.when import When, parse_date
from talaan.reference.tables import tables

WHOLE = Coverage(1950, 2025)
_numbers = count(1)


def row(supplier: str | None, recipient: str | None, designation: str, category: str | None, ordered: int | None, **more: object) -> Entry:
    """A row: ten new ones, delivered the year after, unless said otherwise."""
    known = tables().countries
    number = more.pop("number", 10)
    base = Entry(
        id=f"sipri:{next(_numbers):04d}",
        supplier=f"country:{supplier}" if supplier else None,
        supplier_name=known[supplier].name if supplier else "unknown supplier(s)",
        recipient=f"country:{recipient}" if recipient else None,
        recipient_name=known[recipient].name if recipient else "unknown recipient(s)",
        designation=designation,
        description=category or "",
        category=category,
        system=None,
        ordered=ordered,
        ordered_uncertain=False,
        number_ordered=number,  # type: ignore[arg-type]
        number_ordered_uncertain=False,
        number_delivered=number,  # type: ignore[arg-type]
        number_delivered_uncertain=False,
        years=(ordered + 1,) if ordered else (),
        status="New",
        comment=None,
        licensed=None,
        tiv_unit=1.0,
        tiv_ordered=10.0,
        tiv_delivered=10.0,
    )
    return replace(base, **more)  # type: ignore[arg-type]


class FakeEdition:
    """An edition that is a list of rows."""

    def __init__(self, *rows: Entry, coverage: Coverage = WHOLE, register: str = "sipri") -> None:
        self.rows = list(rows)
        self.filed: dict[tuple[str, int], bool] = {}
        self.told: dict[str, Mapping[str, Cell]] = {}
        self.edition = Edition(
            register, "2026-01-01", "An invented register", "Nobody", "per-deal", "2026-01-01", "", (), 0, (), (), coverage, ""
        )

    def entries(self, ids: Iterable[str]) -> dict[str, Entry]:
        wanted = set(ids)
        return {one.id: one for one in self.rows if one.id in wanted}

    def reported(self, country: str, year: int) -> bool | None:
        return self.filed.get((country, year))

    def details(self, ids: Iterable[str]) -> dict[str, Mapping[str, Cell]]:
        return {key: self.told[key] for key in ids if key in self.told}

    def among(self, refs: Collection[str]) -> list[Entry]:
        return self.deals(suppliers=refs, recipients=refs)

    def deals(
        self,
        *,
        suppliers: Collection[str] | None = None,
        recipients: Collection[str] | None = None,
        systems: Collection[str] | None = None,
        categories: Collection[str] | None = None,
    ) -> list[Entry]:
        known = tables()
        return [
            one
            for one in self.rows
            if (suppliers is None or one.supplier in suppliers)
            and (recipients is None or one.recipient in recipients)
            and (systems is None or one.system in systems)
            and (categories is None or any(known.is_below(one.category, code) for code in categories))
        ]


def mention(ref: str) -> Mention:
    """A filler: a country by its code, another reference as it stands, or words nothing resolves."""
    kind, _, key = ref.partition(":")
    if ref in tables().countries:
        return Mention(ref, 0, 1, f"country:{ref}", tables().countries[ref].name, country=ref)
    if kind == "system":
        return Mention(key, 0, 1, ref, key, category=tables().systems[key].category)
    if kind == "category":
        return Mention(key, 0, 1, ref, key, category=key)
    if kind in ("organisation", "person", "group"):
        return Mention(key, 0, 1, ref, key)
    return Mention(ref, 0, 1)


def claim(kind: str, /, *, when: str | None = None, number: float | None = None, about: bool = False, **more: object) -> Claim:
    """A claim: roles by name as a reference or several, closed values by name."""
    known = claim_type(kind)
    roles = {name: more.pop(name) for name in (*known.roles,) if name in more}
    values = {name: more.pop(name) for name in known.values if name in more}
    base = Claim(
        id="c",
        type=kind,
        values=values,  # type: ignore[arg-type]
        modality="asserted",
        negated=False,
        optional=False,
        reader="person",
        roles={name: tuple(mention(ref) for ref in ([refs] if isinstance(refs, str) else refs)) for name, refs in roles.items()},  # type: ignore[attr-defined]
        quote=Quote("", 0, 0),
        speaker=None,
        extractor="test",
        confidence=1.0,
        when=When(None, None, "relative", when) if when == "recently" else parse_date(when) if when else None,
        quantity=Quantity(number, "item", about, "", 0, 0) if number is not None else None,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def transfer(supplier: str, recipient: str, goods: str, stage: str = "delivered", **more: object) -> Claim:
    """A transfer."""
    return claim("transfer", supplier=supplier, recipient=recipient, goods=goods, stage=stage, **more)  # type: ignore[arg-type]


def document(published: str | None = None) -> Document:
    """A document of that date."""
    return Document("", "invented.txt", "", "text/plain", published=parse_date(published) if published else None)


def judge(one: Claim, *rows: Entry, published: str | None = None, coverage: Coverage = WHOLE, others: tuple[Claim, ...] = ()) -> Verdict:
    """The register's verdict."""
    return check(one, CheckContext(document(published), FakeEdition(*rows, coverage=coverage), others))[-1]


def money(amount: float) -> Money:
    """A sum in dollars."""
    return Money(amount, "USD", "", 0, 0)
