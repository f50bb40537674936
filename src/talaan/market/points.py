"""Register and claims compared field by field: a deal and the claims on it in, what is agreed and what differs out."""

from collections import defaultdict
from collections.abc import Sequence

from talaan.model.claim import Claim
from talaan.model.deal import Deal, Point, Said
from talaan.model.entry import Entry
from talaan.model.verdict import Verdict
from talaan.reference.tables import tables

COMPARED = ("number", "year", "stage")
NOT_NAMED = "not named"


def points_of(deal: Deal, said: Sequence[Said], register: str) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """(what is agreed, what differs) between a deal's rows and claims, by the scores of the verdicts; then between the claims."""
    agreed: list[Point] = []
    differs: list[Point] = []
    for one in said:
        verdict = one.verdict(register)
        if deal.entries and verdict:
            for name, score in _scores(verdict):
                rows = [entry for entry in deal.entries if entry.id in verdict.entries] or deal.entries
                (agreed if score >= 1 else differs).append(Point(name, _registered(rows, name), _claimed(one, name), one.claim.id))
        if deal.entries:
            differs += _other_parties(deal, one.claim)
        if deal.entries and denies(one.claim):
            differs.append(Point("deal", "listed", "denied", one.claim.id))
    return tuple(agreed), (*differs, *_among(said))


def _other_parties(deal: Deal, claim: Claim) -> list[Point]:
    """Sides on which the row that stands behind a claim names somebody else, as a predecessor state or a go-between."""
    found = []
    for role, ref, name in (("supplier", deal.supplier, deal.supplier_name), ("recipient", deal.recipient, deal.recipient_name)):
        claimed = named_party(claim, role)
        if claimed is not None and claimed != ref:
            found.append(Point(role, name, party_name(claim, role), claim.id))
    return found


def _scores(verdict: Verdict) -> list[tuple[str, float]]:
    return [(name, score) for name in COMPARED if (score := verdict.fields.get(name)) is not None]


def _registered(rows: Sequence[Entry], name: str) -> str | None:
    """What these rows say of that field, in words."""
    if name == "number":
        return ", ".join(_delivered_of(row) for row in rows)
    if name == "stage":
        return f"{sum(row.number_delivered or 0 for row in rows)} delivered"
    ordered = sorted({row.ordered for row in rows if row.ordered})
    brought = [year for row in rows for year in row.years]
    told = [f"ordered {', '.join(map(str, ordered))}"] if ordered else []
    return " · ".join([*told, *([f"delivered {_span(brought)}"] if brought else [])]) or None


def _delivered_of(row: Entry) -> str:
    """How many of how many were delivered, as far as the register knows."""
    known = ["unknown" if number is None else str(number) for number in (row.number_delivered, row.number_ordered)]
    return f"{known[0]} delivered of {known[1]}"


def _claimed(one: Said, name: str) -> str | None:
    claim = one.claim
    if name == "number":
        return _number(claim)
    if name == "stage":
        return str(claim.values["stage"]) if claim.values.get("stage") else None
    if years := stated_years(one):
        return _span(years)
    known = document_years(one)
    return f"by {known[1]}" if known else None


def _number(claim: Claim) -> str | None:
    if claim.quantity is None:
        return None
    return f"{'about ' if claim.quantity.about else ''}{claim.quantity.number:g}"


def _among(said: Sequence[Said]) -> list[Point]:
    """Where the claims themselves differ: numbers of one stage, and whether it was so; one point each, with nothing registered."""
    groups: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    for one in said:
        stage = one.claim.values.get("stage")
        groups["denial between claims"].append(("denied" if denies(one.claim) else "said to be so", one))
        if (number := _number(one.claim)) is not None:
            groups[f"number {stage} between claims" if stage else "number between claims"].append((number, one))
    return [
        Point(name, None, value, one.claim.id)
        for name, given in sorted(groups.items())
        if len({value for value, _ in given}) > 1
        for value, one in given
    ]


def denies(claim: Claim) -> bool:
    """Whether the claim says that something is not so."""
    return claim.negated != (claim.modality == "denied")


def named_party(claim: Claim, role: str) -> str | None:
    """The reference of the party in a role; a firm or person with a known state stands for that state; None where none is known."""
    filler = claim.filler(role)
    if filler is None:
        return None
    return f"country:{filler.country}" if filler.country else filler.ref


def party_name(claim: Claim, role: str) -> str:
    """The name of the party in a role, as the tables have it, else as the text does."""
    ref = named_party(claim, role)
    filler = claim.filler(role)
    kind, _, key = (ref or "").partition(":")
    if kind == "country" and key in tables().countries:
        return tables().countries[key].name
    return (filler.name or filler.text) if filler else NOT_NAMED


def stated_years(one: Said) -> tuple[int, int] | None:
    """First and last year that a claim states, None where it states none."""
    return one.claim.when.years if one.claim.when else None


def document_years(one: Said) -> tuple[int, int] | None:
    """First and last year of the document's date."""
    return one.published.years if one.published else None


def _span(years: Sequence[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"
