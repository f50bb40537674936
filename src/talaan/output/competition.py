"""Competitors for the terminal: a figure in, who delivered what before and after, head to head, displacement and claims out."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.figures import number, title_of
from talaan.output.names import name_of
from talaan.output.parts import claim_lines, closing_lines, percent
from talaan.output.words import Words, words

SHOWN = 10
LINES = 12


def competitor_view(figure: Figure, *, language: str = "en") -> RenderableType:
    """The supplier and its rivals, the largest and those that claims name, with similarity, directness and what came when."""
    say = words(language)
    lines: list[RenderableType] = [Text(title_of(figure, say), style="bold")]
    lines.append(_grid(figure, say) if figure.rows or figure.measures.get("own_value") else Text(say.say("competitors.none")))
    lines += _meetings(figure, say)
    lines += _displacement(figure, say)
    lines += claim_lines(figure, say.say("competitors.said"), say)
    return Group(*lines, *closing_lines(figure, say))


def shown_rows(figure: Figure, longest: int) -> list[Mapping[str, Cell]]:
    """The first rows, and those that saved claims name."""
    return [row for place, row in enumerate(figure.rows) if place < longest or row.get("claims")]


def _grid(figure: Figure, say: Words) -> Grid:
    at = int(figure.measures["at"] or 0)
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(say.label("key", "rival"), max_width=16, overflow="fold")
    grid.add_column(figure.unit, justify="right")
    grid.add_column(say.label("key", "similarity"), justify="right", max_width=6)
    grid.add_column(say.label("key", "directness"), max_width=9)
    grid.add_column(say.say("competitors.before", year=at - 1), ratio=1, overflow="fold")
    grid.add_column(say.say("competitors.after", year=at), ratio=1, overflow="fold")
    nothing = say.say("competitors.nothing")
    own = figure.measures
    name = Text(name_of(figure.about, language=say.code) or "", style="bold")
    grid.add_row(name, number(own["own_value"]), "", "", *(Text(str(own[key] or nothing)) for key in ("own_before", "own_after")))
    for row in shown_rows(figure, SHOWN):
        alike = row["similarity"]
        grid.add_row(
            Text(name_of(str(row["rival"]), language=say.code) or ""),
            number(row["value"]),
            f"{alike:.1f}" if isinstance(alike, int | float) else "",
            say.label("value", row["directness"]) if row["directness"] else "",
            Text(str(row["before"] or nothing)),
            Text(str(row["after"] or nothing)),
        )
    return grid


def _meetings(figure: Figure, say: Words) -> list[RenderableType]:
    rows = figure.parts.get("head_to_head", ())
    if not rows:
        return []
    lines: list[RenderableType] = [Text(say.say("competitors.met", within=figure.measures["within"]), style="bold")]
    for row in rows[:LINES]:
        told = say.say(
            "competitors.met_line",
            rival=name_of(str(row["rival"]), language=say.code),
            class_=name_of(str(row["class"]), language=say.code),
            own=name_of(figure.about, language=say.code),
            own_years=_span(row["own_first"], row["own_last"]),
            rival_years=_span(row["rival_first"], row["rival_last"]),
        )
        lines.append(Text(f"  {told}"))
    return [*lines, *_more(len(rows), say)]


def _displacement(figure: Figure, say: Words) -> list[RenderableType]:
    rows = [row for row in figure.parts.get("displacement", ()) if row["changed"]]
    if not rows:
        return []
    lines: list[RenderableType] = [Text(say.say("competitors.led"), style="bold")]
    for row in rows[:LINES]:
        before, leader = (_party(row[key], say) for key in ("leader_before", "leader"))
        told = say.say(
            "competitors.led_line",
            class_=name_of(str(row["class"]), language=say.code),
            before=before,
            leader=leader,
            years=_span(row["first"], row["last"]),
            share=percent(row["leader_share"]),
            own=name_of(figure.about, language=say.code),
            own_share=percent(row["own_share"]),
        )
        lines.append(Text(f"  {told}"))
    return [*lines, *_more(len(rows), say)]


def _party(ref: Cell, say: Words) -> str:
    return name_of(str(ref), language=say.code) or str(ref) if ref else say.say("deal.unknown")


def _more(found: int, say: Words) -> list[RenderableType]:
    return [Text("  " + say.say("label.more", rows=say.count("row", found - LINES)), style="dim")] if found > LINES else []


def _span(first: Cell, last: Cell) -> str:
    return str(first) if first == last else f"{first}–{last}"
