"""Alignment for the terminal: a figure in, partners, alliances of the suppliers, timeline and claims out."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.figures import bar, number
from talaan.output.names import name_of
from talaan.output.parts import claim_lines, closing_lines, names, percent
from talaan.output.words import Words, words

REGISTERS = ("cow_alliances", "atop")


def alignment_view(figure: Figure, *, language: str = "en") -> RenderableType:
    """Partners with arms share, common memberships, obligations, S with κ and π, and vote distance; then blocs, timeline, claims."""
    say = words(language)
    about = name_of(figure.about, language=language)
    lines: list[RenderableType] = [Text(say.say("alignment.title", about=about, year=figure.measures["year"]), style="bold")]
    lines.append(_partners(figure, say) if figure.rows else Text(say.say("alignment.no_partner")))
    if figure.parts["blocs"]:
        lines.append(Text(say.say("alignment.blocs", first=figure.window[0], last=figure.window[1]), style="bold"))
        lines.append(_blocs(figure, say))
    events = [row for row in figure.parts["timeline"] if row["event"] != "claimed"]
    if events:
        lines.append(Text(say.say("alignment.timeline"), style="bold"))
        lines += [Text(f"  {_event(row, say)}") for row in events]
    lines += claim_lines(figure, say.say("competitors.said"), say)
    return Group(*lines, *closing_lines(figure, say))


def bloc_name(ref: Cell, say: Words) -> str:
    """The name of an alliance; for None, that the supplier is in none of them."""
    return (name_of(str(ref), language=say.code) or str(ref)) if ref else say.say("alignment.no_bloc")


def _partners(figure: Figure, say: Words) -> Grid:
    known = [register for register in REGISTERS if any(f"{register}_s" in row for row in figure.rows)]
    votes = any("vote_distance" in row for row in figure.rows)
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(say.label("key", "partner"), max_width=16, overflow="fold")
    grid.add_column(say.say("alignment.arms"), justify="right")
    grid.add_column(say.say("alignment.common"), ratio=1, overflow="fold")
    for register in known:
        name = f"{register.partition('_')[0].upper()} {figure.measures[f'{register}_year']}"
        grid.add_column(say.say("alignment.obliged", register=name), justify="right", max_width=8)
        grid.add_column(say.say("alignment.likeness", register=name), no_wrap=False, max_width=18)
    if votes:
        grid.add_column(say.say("alignment.votes"), justify="right", max_width=10)
    for row in figure.rows:
        cells = [name_of(str(row["partner"]), language=say.code) or "", percent(row["share"]), names(row["in_common"], say)]
        for register in known:
            cells += [number(row[f"{register}_obliged"]), _likeness(row, register)]
        grid.add_row(*map(Text, cells), *([_votes(row)] if votes else []))
    return grid


def _likeness(row: Mapping[str, Cell], register: str) -> str:
    told = [row[f"{register}_{name}"] for name in ("s", "kappa", "pi")]
    return " / ".join(f"{one:.2f}" if isinstance(one, float) else "–" for one in told)


def _votes(row: Mapping[str, Cell]) -> str:
    distance = row.get("vote_distance")
    return f"{distance:.2f} ({row['vote_year']})" if isinstance(distance, float) else ""


def _blocs(figure: Figure, say: Words) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for justify in ("left", "right", "right", "left", "left"):
        grid.add_column(justify=justify)
    for row in figure.parts["blocs"]:
        share = row["share"] if isinstance(row["share"], float) else 0.0
        standing = f"({say.label('value', row['standing'])})" if row["standing"] else ""
        grid.add_row(Text(bloc_name(row["bloc"], say)), number(row["value"]), percent(row["share"]), bar(share), Text(standing))
    return grid


def _event(row: Mapping[str, Cell], say: Words) -> str:
    who, what = (name_of(str(row[key]), language=say.code) for key in ("who", "what"))
    verb = say.label("alignment", row["event"])
    standing = "" if row["event"] == "left" else f" ({say.label('value', row['says'])})"
    return f"{row['date']}  {who} {verb}: {what}{standing}"
