"""A market for the terminal: a figure in, bars with lines on orders, entrants, leavers, terms and concentration out."""

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.figures import bar, chart_rows, key_of, number, title_of
from talaan.output.parts import claim_lines, closing_lines, names, percent
from talaan.output.words import Words, words

SHOWN = 8


def market_bars(figure: Figure, *, language: str = "en", longest: int = 15) -> RenderableType:
    """A market as a table with bars, the rows after the first `longest` added up, then what stands below, source and caveats."""
    say = words(language)
    table = _bars(figure, say, longest) if figure.rows else Text(say.say("chart.no_rows"))
    lines: list[RenderableType] = [Text(title_of(figure, say), style="bold"), table, *map(Text, market_lines(figure, say))]
    hhi = figure.measures.get("hhi")
    if isinstance(hhi, int | float):
        lines.append(Text(f"{say.say('chart.hhi')}: {hhi:.2f}"))
    return Group(*lines, *claim_lines(figure, say.say("market.beyond"), say), *closing_lines(figure, say))


def market_lines(figure: Figure, say: Words) -> list[str]:
    """One line each for orders, entrants and leavers, terms, effective suppliers, and bounds; what the figure lacks is left out."""
    told = figure.measures
    out = []
    key = key_of(figure)
    ordered = [f"{names(row[key], say) or say.say('deal.unknown')} {row['orders']}" for row in figure.rows if row.get("orders")]
    if ordered:
        more = [f"+{len(ordered) - SHOWN}"] if len(ordered) > SHOWN else []
        out.append(say.say("market.orders", names=", ".join(ordered[:SHOWN] + more)))
    if told.get("compared_with"):
        period = str(told["compared_with"]).replace(":", "–")
        nobody = say.say("market.nobody")
        out.append(say.say("market.entrants", period=period, names=names(told["entered"], say, shown=SHOWN) or nobody))
        out.append(say.say("market.leavers", period=period, names=names(told["left"], say, shown=SHOWN) or nobody))
    if "aid_share" in told:
        shares = {name: percent(told[f"{name}_share"], say.say("market.unknown")) for name in ("second_hand", "aid", "licence")}
        out.append(say.say("market.terms", **shares))
    if told.get("effective_suppliers") is not None and "aid_share" in told:
        out.append(say.say("market.effective", effective=_number(told["effective_suppliers"]), cr3=percent(told["cr3"])))
    if told.get("hhi_low") is not None:
        ends = {"low": _number(told["hhi_low"], 3), "high": _number(told["hhi_high"], 3)}
        out.append(say.say("market.bounds", k=len(figure.rows), **ends))
    return out


def _bars(figure: Figure, say: Words, longest: int) -> Grid:
    rows = chart_rows(figure, say, longest)
    most = max((value for _, value, _ in rows), default=0.0)
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(say.label("key", key_of(figure)), max_width=26, overflow="fold")
    grid.add_column(figure.unit, justify="right")
    grid.add_column(say.say("chart.share"), justify="right")
    grid.add_column("", no_wrap=True)
    for name, value, share in rows:
        grid.add_row(Text(name), number(value), "" if share is None else f"{share:.1%}", bar(value / most if most else 0.0))
    return grid


def _number(value: Cell, places: int = 1) -> str:
    return f"{value:.{places}f}" if isinstance(value, int | float) else ""
