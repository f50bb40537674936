"""Deals, candidates and news as people read them: finished answers in, terminal views or tables for a spreadsheet out."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from talaan.model.contract import published_json
from talaan.model.deal import Candidate, CandidateList, Deal, DealList, News, Point, Said, source_of
from talaan.model.entry import Edition
from talaan.model.figure import Cell
from talaan.output.cards import plain
from talaan.output.names import code_of, name_of
from talaan.output.rows import ARROW, flagged, row_line, row_of, years_text
from talaan.output.spreadsheet import Table
from talaan.output.words import words

LONGEST_QUOTE = 160
COLUMNS = (("goods", 30), ("from → to", 14), ("ordered", 10), ("number", 6), ("delivered", 18), ("who has it", 12))
BETWEEN = " | "
DEAL_COLUMNS = (
    "goods", "family", "supplier", "supplier_name", "recipient", "recipient_name", "first_ordered", "last_ordered", "standing",
    "number_ordered", "number_delivered", "uncertain", "delivery_years", "designations", "parts", "said", "agreed", "differs", "elsewhere",
    "entries", "claims", "register", "edition",
)  # fmt: skip
CANDIDATE_COLUMNS = (
    "mark", "supplier", "recipient", "designation", "number", "ordered", "delivered", "flag", "stage", "source", "published", "speaker",
    "quote", "why", "supplier_ref", "recipient_ref", "category", "url", "entries", "claim", "register", "edition",
)  # fmt: skip


def deals_view(found: DealList) -> RenderableType:
    """One line per deal, with what is said of it below, then source and caveats."""
    lines: list[RenderableType] = [Text(_title(found), style="bold"), *_deal_lines(found.deals)]
    claimed = sum(bool(deal.said) for deal in found.deals)
    only = sum(deal.standing == "claimed" for deal in found.deals)
    lines.append(Text(f"{len(found.deals)} deals · {claimed} with claims of saved documents · {only} claimed only"))
    return Group(*lines, *_foot(found.edition, found.caveats))


def _title(found: DealList) -> str:
    """What was asked for."""
    parts = [f"to {name_of(found.about)}"] if found.about not in (found.supplier, found.system) else []
    parts += [f"{word} {name_of(ref)}" for word, ref in (("from", found.supplier), ("of", found.system)) if ref]
    period = f", {found.period[0]}–{found.period[1]}" if found.period else ""
    return f"Deals {' '.join(parts)}{period}"


def _deal_lines(deals: Sequence[Deal]) -> list[RenderableType]:
    """The deals as lines of one table, with the notes of a deal below it over the whole width."""
    lines: list[RenderableType] = []
    grid = _grid(header=True)
    for deal in deals:
        grid.add_row(*map(Text, _cells(deal)))
        if notes := _notes(deal):
            lines += [grid, *(Padding(Text(line, style="dim"), (0, 0, 0, 4)) for line in notes)]
            grid = _grid(header=False)
    return [*lines, grid] if grid.row_count else lines


def _grid(*, header: bool) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=header)
    for head, width in COLUMNS:
        grid.add_column(head, width=width, overflow="fold", justify="right" if head == "number" else "left")
    return grid


def _cells(deal: Deal) -> tuple[str, ...]:
    parties = f"{code_of(deal.supplier, deal.supplier_name)} {ARROW} {code_of(deal.recipient, deal.recipient_name)}"
    return _goods(deal), parties, _window(deal), flagged(deal.number, deal.flagged), _delivered(deal), _standing(deal)


def _standing(deal: Deal) -> str:
    return {"registered": "register", "claimed": "claimed only", "both": "both"}[deal.standing]


def _goods(deal: Deal) -> str:
    """The family with the designations that the rows have, and the parts beside."""
    names = _designations(deal, parts=False)
    own = f" ({', '.join(names)})" if names and names != [deal.goods] else ""
    parts = _designations(deal, parts=True)
    return deal.goods + own + (f" with {', '.join(parts)}" if parts else "")


def _designations(deal: Deal, *, parts: bool) -> list[str]:
    return list(dict.fromkeys(entry.designation for entry in deal.entries if (entry.id in deal.parts) is parts))


def _window(deal: Deal) -> str:
    """The order window; for claims that state no year, the year of the first document."""
    if deal.window is None:
        said = [span[1] for one in deal.said if one.published and (span := one.published.years)]
        return f"by {min(said)}" if said and not deal.entries else "not known"
    first, last = deal.window
    return str(first) if first == last else f"{first}–{last}"


def _delivered(deal: Deal) -> str:
    if deal.delivered is None:
        return ""
    return f"{deal.delivered} · {years_text(deal.years)}" if deal.years else str(deal.delivered)


def _notes(deal: Deal) -> list[str]:
    """Who says what of the deal, what is agreed and what differs, and who else the register has."""
    out = [f"{_gloss(said)} {_voice(said)}" for said in deal.said]
    if deal.agreed:
        out.append("agreed: " + _points(deal.agreed))
    if deal.differs:
        out.append("differs: " + _points(deal.differs))
    if deal.elsewhere:
        out.append("the register has it from: " + "; ".join(deal.elsewhere))
    elif deal.standing == "claimed":
        out.append("no row of this edition stands behind it")
    return [plain(line) for line in out]


def _gloss(said: Said) -> str:
    return said.claim.gloss.get("en") or f"“{said.claim.quote.text}”"


def _voice(said: Said) -> str:
    """Document and date in brackets, after the speaker where the sentence about the claim does not name one."""
    speaker = said.speaker or "the text’s own voice"
    told = "" if speaker in said.claim.gloss.get("en", "") else speaker
    return f"[{' · '.join(part for part in (told, said.path, published_json(said.published)) if part)}]"


def _points(points: Iterable[Point]) -> str:
    told = dict.fromkeys(_point(point) for point in points)
    return "; ".join(told)


def _point(point: Point) -> str:
    """`number: 5 delivered of 5 listed, 8 claimed`."""
    sides = [f"{point.registered} listed"] if point.registered else []
    sides += [f"{point.claimed} claimed"] if point.claimed else []
    return f"{point.field}: {', '.join(sides)}" if sides else point.field


def deals_table(found: DealList) -> Table:
    """One row per deal."""
    return Table("deals", DEAL_COLUMNS, tuple(_deal_row(deal, found.edition) for deal in found.deals))


def _deal_row(deal: Deal, edition: Edition) -> tuple[Cell, ...]:
    first, last = deal.window or (None, None)
    return (
        deal.goods,
        deal.family,
        deal.supplier,
        deal.supplier_name,
        deal.recipient,
        deal.recipient_name,
        first,
        last,
        deal.standing,
        deal.number,
        deal.delivered,
        deal.flagged,
        years_text(deal.years) or None,
        _joined(_designations(deal, parts=False)),
        _joined(_designations(deal, parts=True)),
        _joined(f"{_gloss(said)} {_voice(said)}" for said in deal.said),
        _points(deal.agreed) or None,
        _points(deal.differs) or None,
        _joined(deal.elsewhere),
        _joined(entry.id for entry in deal.entries),
        _joined(said.claim.id for said in deal.said),
        edition.register,
        edition.id,
    )


def candidates_view(found: CandidateList) -> RenderableType:
    """Every candidate with its mark, source and quote, how many claims are none, then source and caveats."""
    counts = {mark: sum(row.mark == mark for row in found.candidates) for mark in ("new", "new stage", "changed number", "known")}
    head = f"{len(found.candidates)} candidates: " + " · ".join(f"{count} {mark}" for mark, count in counts.items() if count)
    lines: list[RenderableType] = [Text(head.rstrip(": "), style="bold")]
    for row in found.candidates:
        lines.append(Text(f"{row.mark.upper()}  {plain(_candidate_line(row))}"))
        lines.append(Text(f"    “{_short(plain(row.said.claim.quote.text))}” {plain(_voice(row.said))}", style="dim"))
        lines.append(Text(f"    {plain(row.why)}", style="dim"))
    if found.left_out:
        lines.append(Text("no candidates: " + " · ".join(f"{count} {reason}" for reason, count in found.left_out)))
    return Group(*lines, *_foot(found.edition, found.caveats))


def _candidate_line(row: Candidate) -> str:
    number = "" if row.number is None else f"{row.number:g} "
    parts = [f"{row.supplier_name} {ARROW} {row.recipient_name}", f"{number}{row.designation}"]
    parts += [f"ordered {row.ordered}"] if row.ordered else []
    parts += [f"delivered {years_text(_ends(row.delivered))}"] if row.delivered else []
    parts += [str(row.said.claim.values["stage"])] if row.said.claim.values.get("stage") and not (row.ordered or row.delivered) else []
    return " · ".join(parts) + (" ?" if row.flag else "")


def _ends(years: tuple[int, int]) -> list[int]:
    return list(range(years[0], years[1] + 1))


def candidates_table(found: CandidateList) -> Table:
    """One row per candidate; the flag is the register's own question mark."""
    return Table("candidates", CANDIDATE_COLUMNS, tuple(_candidate_row(row, found.edition) for row in found.candidates))


def _candidate_row(row: Candidate, edition: Edition) -> tuple[Cell, ...]:
    stage = row.said.claim.values.get("stage")
    return (
        row.mark,
        row.supplier_name,
        row.recipient_name,
        row.designation,
        row.number,
        row.ordered,
        "; ".join(map(str, _ends(row.delivered))) if row.delivered else None,
        "?" if row.flag else None,
        str(stage) if stage else None,
        row.said.path,
        published_json(row.said.published),
        row.said.speaker,
        row.said.claim.quote.text,
        row.why,
        row.supplier,
        row.recipient,
        row.category,
        row.said.url,
        _joined(row.entries),
        row.said.claim.id,
        edition.register,
        edition.id,
    )


def news_table(found: News) -> Table:
    """One row per flipped verdict and per new deal."""
    columns = ("news", "old", "new", "what", "document", "published", "speaker", "reason", "id", "register", "old_edition", "new_edition")
    say, change = words(), found.difference
    told = (change.new.register, change.old.id, change.new.id)
    rows: list[tuple[Cell, ...]] = []
    for flip in found.flips:
        said = flip.said
        source = (said.path, published_json(said.published), said.speaker)
        rows.append(("verdict", flip.old.verdict, flip.new.verdict, _gloss(said), *source, flip.new.reason, said.claim.id, *told))
    for entry in found.added:
        what = f"{entry.supplier_name} {ARROW} {entry.recipient_name}: {row_line(row_of(entry, say), say)}"
        rows.append(("new deal", None, None, what, None, None, None, None, entry.id, *told))
    return Table("news", columns, tuple(rows))


def news_view(found: News) -> RenderableType:
    """Verdicts that flipped, then new deals of the markets that saved documents name."""
    say, change = words(), found.difference
    title = f"{say.label('register', change.new.register)}: edition {change.old.id} {ARROW} {change.new.id}"
    lines: list[RenderableType] = [Text(title, style="bold")]
    lines.append(Text(f"{len(found.flips)} of {found.checked} saved claims have another verdict now"))
    for flip in found.flips:
        verdicts = f"{say.label('verdict', f'{flip.old.verdict}.label')} {ARROW} {say.label('verdict', f'{flip.new.verdict}.label')}"
        lines.append(Text(f"  {verdicts}: {plain(_gloss(flip.said))} {plain(_voice(flip.said))}"))
        lines.append(Text(f"    {plain(flip.new.reason)}", style="dim"))
    names = ", ".join(sorted(name_of(ref) or ref for ref in found.markets)) or "none"
    lines.append(Text(f"{len(found.added)} new deals of the markets that saved documents name ({names})"))
    lines += [Text(f"  {entry.supplier_name} {ARROW} {entry.recipient_name}  {row_line(row_of(entry, say), say)}") for entry in found.added]
    lines.append(
        Text(f"In all {len(change.added)} deals added, {len(change.removed)} removed, {len(change.substantial)} changed.", style="dim")
    )
    return Group(*lines, *_foot(change.new, change.notes))


def _foot(edition: Edition, caveats: Iterable[str]) -> list[RenderableType]:
    """Source and caveats."""
    return [Text(f"Source: {source_of(edition)}", style="dim"), *(Text(f"! {line}", style="yellow") for line in caveats)]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def _joined(parts: Iterable[str]) -> str | None:
    return BETWEEN.join(parts) or None
