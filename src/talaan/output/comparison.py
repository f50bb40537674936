"""Charts of competitors and of alignment without a browser: a figure in, the bytes of an SVG or PNG out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from talaan.model.figure import Cell, Figure
from talaan.output.alignment import bloc_name
from talaan.output.charts import INK, ROW_HEIGHT, alt_text, drawn_png, drawn_svg, dressed, market_spec
from talaan.output.competition import shown_rows
from talaan.output.figures import title_of
from talaan.output.names import name_of
from talaan.output.words import Words, words

LONGEST = 8
PARTED_COLOURS = ["#b8c0c9", "#33506b"]
TWO_ROWS = 2 * ROW_HEIGHT - 8


def comparison_svg(figure: Figure, *, language: str = "en") -> bytes:
    """Competitors as two bars each (before, after), or alignment as the arms of each alliance, in SVG with a description."""
    say = words(language)
    alt = parted_alt(figure, say) if figure.figure == "competitors" else alt_text(by_bloc(figure, say), language=language)
    return drawn_svg(comparison_spec(figure, language=language), title_of(figure, say), alt)


def comparison_png(figure: Figure, *, language: str = "en") -> bytes:
    """The same in PNG, at twice the size."""
    return drawn_png(comparison_spec(figure, language=language))


def comparison_spec(figure: Figure, *, language: str = "en") -> dict[str, Any]:
    """The chart as a Vega-Lite specification in two greys that also differ in print; each bar says its value."""
    say = words(language)
    return _parted_spec(figure, say) if figure.figure == "competitors" else market_spec(by_bloc(figure, say), language=language)


def by_bloc(figure: Figure, say: Words) -> Figure:
    """The alignment figure with one row for each alliance, under the name that people read."""
    rows = ({"bloc": bloc_name(row["bloc"], say), "value": row["value"], "share": row["share"]} for row in figure.parts["blocs"])
    return replace(figure, rows=tuple(rows))


def parted_rows(figure: Figure, say: Words) -> list[tuple[str, str, float]]:
    """(name, part of the time, value) twice for the supplier and for each rival shown."""
    at = int(figure.measures["at"] or 0)
    parts = ((say.say("competitors.before", year=at - 1), "before_value"), (say.say("competitors.after", year=at), "after_value"))
    own: Mapping[str, Cell] = {"rival": figure.about, **{key: figure.measures[f"own_{key}"] for _, key in parts}}
    return [
        (name_of(str(row["rival"]), language=say.code) or "", part, float(row[key] or 0.0))
        for row in (own, *shown_rows(figure, LONGEST))
        for part, key in parts
    ]


def parted_alt(figure: Figure, say: Words) -> str:
    """The chart of competitors in words: what it shows, its unit, every bar."""
    told = "; ".join(f"{name} {part}: {value:,.0f}" for name, part, value in parted_rows(figure, say))
    return say.say("chart.alt_parted", title=title_of(figure, say), unit=figure.unit, rows=told)


def _parted_spec(figure: Figure, say: Words) -> dict[str, Any]:
    import altair as alt

    rows = parted_rows(figure, say)
    parts = list(dict.fromkeys(part for _, part, _ in rows))
    names = list(dict.fromkeys(name for name, _, _ in rows))
    values = [{"name": name, "part": part, "value": value, "label": f"{value:,.0f}"} for name, part, value in rows]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False)),
        yOffset=alt.YOffset("part:N", sort=parts),
        x=alt.X("value:Q", title=figure.unit, axis=alt.Axis(grid=True, tickCount=5)),
    )
    scale = alt.Scale(domain=parts, range=PARTED_COLOURS)
    colour = alt.Color("part:N", sort=parts, title=None, scale=scale, legend=alt.Legend(orient="top"))
    bars = base.mark_bar(stroke=INK, strokeWidth=0.5).encode(color=colour)
    labels = base.mark_text(align="left", dx=4, color=INK, fontSize=10).encode(text="label:N")
    return dressed(bars + labels, figure, say, height=max(1, len(names)) * TWO_ROWS)
