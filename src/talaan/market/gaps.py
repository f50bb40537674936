"""Mirror gaps: what exporter and importer reported to the UN Register, and what SIPRI lists, for deliveries from one state to another.

Reports and the trade register in, one figure out whose rows are the same goods in one year, with who has them and who has not.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from talaan.market.places import Place
from talaan.model.entry import Edition, Entry
from talaan.model.errors import UsageError
from talaan.model.figure import Cell, Figure
from talaan.reference.tables import tables
from talaan.reference.un_categories import SMALL_ARMS, limit_of, row_category
from talaan.registers.publication import register_toml

Source = Literal["exporter", "importer", "sipri"]
Held = Literal["at hand", "not filed", "not loaded", "not known", "not covered"]
SOURCES: tuple[Source, ...] = ("exporter", "importer", "sipri")
FORMULA = (
    "Rows of the exporter's report, the importer's report and SIPRI's register are laid together by year, UN category and weapon family;"
    " a row that names no family joins the only family there is. matched: two of them have it; only_…: one has it and another that could"
    " have it has not; not_comparable: another could not have it, or dates it otherwise; no_report: nobody else reported for that year."
)
HOW_UN = (
    "The UN Register is not loaded. talaan register fetch unroca FOLDER --country {first} --country {second} saves the reports,"
    " talaan register add unroca FOLDER/* loads them."
)
HOW_SIPRI = (
    "Only the bundled excerpt of SIPRI's register is at hand: export the whole register and load it with talaan register add sipri FILE."
)
LACKING: Mapping[Held, str] = {
    "at hand": "not in {name}'s report",
    "not filed": "{name} filed no report",
    "not loaded": "{name}'s report is not loaded",
    "not known": "whether {name} filed a report is not known",
}
OWN = "Laid together by talaan; a gap shows that records differ, not who is right, nor that anything was hidden."
_AID = re.compile(r"\b(aid|gift|donat\w+|grant)\b", re.IGNORECASE)


class DealsView(Protocol):
    """An edition of deals that knows, where its register has reports, who filed one."""

    @property
    def edition(self) -> Edition:
        """What the edition is and covers."""
        ...

    def deals(self, *, suppliers: Collection[str] | None = None, recipients: Collection[str] | None = None) -> list[Entry]:
        """Deals that pass every filter given; None lets all pass."""
        ...

    def reported(self, country: str, year: int) -> bool | None:
        """Whether that state filed a report for that year; None where that is not known."""
        ...

    def details(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Cell]]:
        """What the register says of its entries beyond talaan's own columns, by id."""
        ...


@dataclass(slots=True)
class Group:
    """Rows of the same goods in one year, by where they stand; `other_year` is set where one side dates them a year later.

    `category` is that of the UN Register where it asks for such goods (`asked`), else their class.
    """

    year: int
    category: str
    system: str | None
    asked: bool
    rows: dict[Source, list[Entry]] = field(default_factory=dict)
    other_year: int | None = None

    def number(self, source: Source) -> int | None:
        """How many the source says came that year; None where it does not say, or gives a total of several years only."""
        numbers = [row.number_delivered if len(row.years) == 1 else None for row in self.rows.get(source, ())]
        known = [number for number in numbers if number is not None]
        return sum(known) if known and len(known) == len(numbers) else None


@dataclass(frozen=True, slots=True)
class Direction:
    """Deliveries from `giver` to `taker`, and the registers they are looked up in (None: not loaded)."""

    giver: Place
    taker: Place
    reports: DealsView | None
    register: DealsView | None
    read: dict[tuple[str, str, Source], frozenset[int]] = field(default_factory=dict)

    def held(self, source: Source, year: int) -> Held:
        """Whether a source could hold a row on that year: a report is at hand, or the register covers it."""
        if source == "sipri":
            bounds = self.register.edition.coverage if self.register else None
            inside = bounds is not None and bounds.first_year <= year <= bounds.last_year
            return "at hand" if inside and bounds and bounds.holds(self.giver.ref, self.taker.ref) else "not covered"
        if self.reports is None:
            return "not known"
        if year in self.reported_years(source):
            return "at hand"
        party = self.giver if source == "exporter" else self.taker
        filed = self.reports.reported(party.ref, year)
        return "not known" if filed is None else "not loaded" if filed else "not filed"

    def reported_years(self, source: Source) -> frozenset[int]:
        """The years for which rows of the party's own report are loaded, whoever the other side is."""
        key = (self.giver.ref, self.taker.ref, source)
        if key not in self.read:
            assert self.reports is not None
            rows = self.reports.deals(suppliers={key[0]}) if source == "exporter" else self.reports.deals(recipients={key[1]})
            sides = self.reports.details(row.id for row in rows)
            self.read[key] = frozenset(year for row in rows if sides.get(row.id, {}).get("side") == source for year in row.years)
        return self.read[key]

    def name(self, source: Source) -> str:
        """Who speaks, in words."""
        return {"exporter": self.giver.name, "importer": self.taker.name, "sipri": "SIPRI"}[source]


def gaps(
    giver: Place,
    taker: Place,
    *,
    reports: DealsView | None,
    register: DealsView | None,
    year: int | None = None,
    both: bool = False,
) -> Figure:
    """One figure on deliveries from `giver` to `taker` (`both`: and back), of one year or of all that a register has.

    `reports` is an edition of the UN Register, `register` one of SIPRI's; None where it is not loaded. Rows have year, supplier,
    recipient, category, system, goods, the number of each source (None: it has no such row, or states none), status and reason.
    UsageError where a place is no single state.
    """
    for one in (giver, taker):
        if not one.ref.startswith("country:"):
            raise UsageError(f"{one.name} files no reports", hint="name two states")
    ways = [Direction(giver, taker, reports, register)]
    ways += [Direction(taker, giver, reports, register)] if both else []
    rows = [_row(way, group) for way in ways for group in groups(way, year)]
    years = [int(str(row["year"])) for row in rows] or [year or 0]
    used = [view.edition for view in (reports, register) if view is not None]
    return Figure(
        figure="gaps",
        about=taker.ref,
        register=", ".join(edition.register for edition in used),
        edition=", ".join(edition.id for edition in used),
        unit="items",
        window=(year or min(years), year or max(years)),
        estimated=False,
        formula=FORMULA,
        rows=tuple(rows),
        measures=_measures(rows),
        sources=tuple(f"{edition.publisher}: {edition.title}, edition {edition.id}" for edition in used),
        caveats=tuple(_caveats(ways[0], year, rows)),
    )


def groups(way: Direction, year: int | None) -> list[Group]:
    """The rows of all sources laid together, by year, category and family."""
    found: list[Group] = []
    for source, row, when in sorted(_rows(way), key=lambda told: told[1].system is None):
        _join(found, source, row, when)
    joined = _a_year_apart(sorted(found, key=lambda group: (group.year, group.category, group.system or "")))
    return [group for group in joined if year is None or year in (group.year, group.other_year)]


def _rows(way: Direction) -> Iterable[tuple[Source, Entry, int]]:
    """(source, row, year) of everything delivered; a row of several years stands in each."""
    if way.reports is not None:
        rows = _between(way.reports, way)
        sides = way.reports.details(row.id for row in rows)
        for row in rows:
            side = sides.get(row.id, {}).get("side")
            yield from (("importer" if side == "importer" else "exporter", row, year) for year in row.years)
    if way.register is not None:
        for row in _between(way.register, way):
            yield from (("sipri", row, year) for year in row.years)


def _between(view: DealsView, way: Direction) -> list[Entry]:
    """Rows between the two."""
    return view.deals(suppliers={way.giver.ref}, recipients={way.taker.ref})


def _join(found: list[Group], source: Source, row: Entry, year: int) -> None:
    """The row put to the group of its family; one without a family to the only group of its category in that year."""
    un = row_category(row)
    category = un or row.category or row.description
    near = [group for group in found if (group.year, group.category) == (year, category)]
    fitting = [group for group in near if group.system == row.system]
    if not fitting and row.system is None and len(near) == 1:
        fitting = near
    if not fitting:
        fitting = [Group(year, category, row.system, asked=un is not None)]
        found.append(fitting[0])
    fitting[0].rows.setdefault(source, []).append(row)


def _a_year_apart(found: list[Group]) -> list[Group]:
    """Groups of the same goods that different sources date a year apart become one, where their numbers do not differ."""
    out: list[Group] = []
    for group in found:
        earlier = next((one for one in out if _same_a_year_before(one, group)), None)
        if earlier is None:
            out.append(group)
        else:
            earlier.rows.update(group.rows)
            earlier.other_year = group.year
    return out


def _same_a_year_before(one: Group, group: Group) -> bool:
    same = (one.category, one.system) == (group.category, group.system) and one.year + 1 == group.year and one.other_year is None
    if not same or group.system is None or set(one.rows) & set(group.rows):
        return False
    numbers = {number for side in (one, group) for source in side.rows if (number := side.number(source)) is not None}
    return len(numbers) <= 1


def _row(way: Direction, group: Group) -> dict[str, Cell]:
    status, reason = judged(way, group)
    return {
        "year": group.year,
        "supplier": way.giver.ref,
        "recipient": way.taker.ref,
        "category": group.category,
        "system": group.system,
        "goods": ", ".join(dict.fromkeys(row.designation for rows in group.rows.values() for row in rows)),
        **{source: group.number(source) for source in SOURCES},
        **{f"{source}_rows": " | ".join(row.id for row in group.rows.get(source, ())) or None for source in SOURCES},
        "status": status,
        "reason": reason,
    }


def judged(way: Direction, group: Group) -> tuple[str, str]:
    """(status, reason) of a group: matched, only_exporter, only_importer, only_sipri, not_comparable, no_report."""
    if group.other_year is not None:
        dated = " and ".join(f"{way.name(source)} has it" for source in group.rows)
        return "not_comparable", f"year convention: {dated}, a year apart ({group.year} and {group.other_year})"
    if len(group.rows) > 1:
        return "matched", "; ".join([*_numbers(way, group), *_lacking(way, group)])
    (source,) = group.rows
    kept = _not_comparable(group, source)
    if kept is not None:
        return "not_comparable", kept
    others = {way.held(other, group.year) for other in _could_have(group, source)}
    if "at hand" in others:
        return f"only_{source}", "; ".join(_lacking(way, group))
    if source == "sipri" and way.reports is None:
        return "not_comparable", "the UN Register is not loaded"
    if others & {"not known", "not loaded"}:
        return "not_comparable", "; ".join(_lacking(way, group))
    return "no_report", "; ".join(_lacking(way, group)) or "no other source covers it"


def _could_have(group: Group, source: Source) -> list[Source]:
    """The other sources that could have such goods."""
    return [other for other in SOURCES if other != source and not (other == "sipri" and group.category == SMALL_ARMS)]


def _not_comparable(group: Group, source: Source) -> str | None:
    """Why a single source cannot be held against the others; None where it can."""
    if source != "sipri":
        return None
    row = group.rows["sipri"][0]
    first = int(str(register_toml("unroca")["first_year"]))
    if group.year < first:
        return f"period: states report to the UN Register since {first}"
    limit = limit_of(row.category or "")
    if limit is not None:
        return f"threshold: the UN Register takes {limit}" if group.asked else f"category: {limit}"
    if not group.asked:
        known = tables().categories.get(row.category or "")
        return f"category: the UN Register does not ask for {known.plural_en if known else row.description}"
    if any(one.licensed for one in group.rows["sipri"]):
        return "produced under licence: what is made in the country is no transfer to it"
    if all(_AID.search(f"{one.status or ''} {one.comment or ''}") for one in group.rows["sipri"]):
        return "aid: states may leave gifts out of their reports"
    return None


def _lacking(way: Direction, group: Group) -> list[str]:
    """What the sources without such a row did."""
    out = []
    for source in SOURCES:
        if source in group.rows:
            continue
        held = way.held(source, group.year)
        if source == "sipri":
            outside = group.category == SMALL_ARMS
            out += ["SIPRI lists no small arms"] if outside else ["not in SIPRI's register"] if held == "at hand" else []
        elif way.reports is not None:
            out.append(LACKING[held].format(name=way.name(source)))
    return out


def _numbers(way: Direction, group: Group) -> list[str]:
    """Where the sources' numbers differ, in words."""
    told = {source: number for source in SOURCES if (number := group.number(source)) is not None}
    if len(set(told.values())) < 2:
        return []
    return ["numbers differ: " + ", ".join(f"{way.name(source)} {number:,}" for source, number in told.items())]


def _measures(rows: Sequence[Mapping[str, Cell]]) -> dict[str, Cell]:
    counted = dict.fromkeys(("matched", "only_exporter", "only_importer", "only_sipri", "not_comparable", "no_report"), 0)
    for row in rows:
        counted[str(row["status"])] += 1
    return dict(counted)


def _caveats(way: Direction, year: int | None, rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    out = [OWN]
    if way.reports is None:
        out.append(HOW_UN.format(first=way.giver.ref.removeprefix("country:"), second=way.taker.ref.removeprefix("country:")))
    elif year is not None:
        parties: tuple[Source, Source] = ("exporter", "importer")
        told = {source: way.held(source, year) for source in parties}
        out += [f"{year}: {LACKING[held].format(name=way.name(source))}." for source, held in told.items() if held != "at hand"]
    if way.register is None or way.register.edition.bundled:
        out.append(HOW_SIPRI)
    if any(row["sipri_rows"] and row["sipri"] is None for row in rows):
        out.append("SIPRI's row gives one number for all years of a deal; where they are several, none is set against a year's report.")
    if way.register is not None and not any(row["sipri_rows"] for row in rows):
        out.append(f"SIPRI's edition has no such delivery. {way.register.edition.coverage.statement}".strip())
    return out
