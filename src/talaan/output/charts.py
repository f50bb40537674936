"""Charts without a browser: a market figure in, the bytes of an SVG or PNG out."""

import re
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from talaan.model.figure import Figure
from talaan.output.figures import chart_rows, figure_caveats, source_line, title_of
from talaan.output.words import Words, words

INK, MUTED, BAR_COLOUR = "#1c2430", "#55606e", "#33506b"
WIDTH, ROW_HEIGHT, PIXELS, NOTE_WIDTH = 460, 24, 2.0, 110
_SVG = re.compile(r"<svg\b")


def market_svg(figure: Figure, *, language: str = "en", longest: int = 15) -> bytes:
    """A market as a bar chart in SVG with a title and a description for screen readers."""
    spec = market_spec(figure, language=language, longest=longest)
    return drawn_svg(spec, title_of(figure, words(language)), alt_text(figure, language=language, longest=longest))


def market_png(figure: Figure, *, language: str = "en", longest: int = 15) -> bytes:
    """A market as a bar chart in PNG, at twice the size of the SVG."""
    return drawn_png(market_spec(figure, language=language, longest=longest))


def drawn_svg(spec: dict[str, Any], title: str, alt: str) -> bytes:
    """A specification drawn as SVG, with its title and a description for screen readers."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec)
    opened = _SVG.sub(lambda _: f'<svg role="img" aria-label={quoteattr(alt)}', drawn, count=1)
    place = opened.index(">", opened.index("<svg")) + 1
    return f"{opened[:place]}<title>{escape(title)}</title><desc>{escape(alt)}</desc>{opened[place:]}".encode()


def drawn_png(spec: dict[str, Any]) -> bytes:
    """A specification drawn as PNG, at twice the size of the SVG."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=PIXELS)
    return drawn


def alt_text(figure: Figure, *, language: str = "en", longest: int = 15) -> str:
    """The chart in words: what it shows, its unit, every bar."""
    say = words(language)
    rows = chart_rows(figure, say, longest)
    told = [f"{name} {value:,.0f}" + ("" if share is None else f" ({share:.0%})") for name, value, share in rows]
    return say.say("chart.alt", title=title_of(figure, say), unit=figure.unit, rows="; ".join(told) or say.say("chart.no_rows"))


def market_spec(figure: Figure, *, language: str = "en", longest: int = 15) -> dict[str, Any]:
    """The chart as a Vega-Lite specification: one dark colour on white, so that it reads in grey; each bar says its share."""
    import altair as alt

    say = words(language)
    rows = chart_rows(figure, say, longest)
    told = [f"{value:,.0f}" + ("" if share is None else f" · {share:.0%}") for _, value, share in rows]
    values = [{"name": name, "value": value, "label": label} for (name, value, _), label in zip(rows, told, strict=True)]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, ticks=False, domain=False)),
        x=alt.X("value:Q", title=figure.unit, axis=alt.Axis(grid=True, tickCount=5)),
    )
    bars = base.mark_bar(color=BAR_COLOUR, height={"band": 0.7})
    labels = base.mark_text(align="left", dx=4, color=INK).encode(text="label:N")
    height = max(1, len(rows)) * ROW_HEIGHT
    return dressed(bars + labels, figure, say, height=height)


def dressed(chart: Any, figure: Figure, say: Words, *, height: int) -> dict[str, Any]:
    """A chart with the figure's title, source and caveats, on white, as a Vega-Lite specification."""
    import altair as alt

    notes = [line for text in (source_line(figure, say), *figure_caveats(figure, say)) for line in wrap(text, NOTE_WIDTH)]
    look: dict[str, Any] = {"anchor": "start", "color": INK, "subtitleColor": MUTED, "fontSize": 15, "subtitleFontSize": 11}
    title = alt.TitleParams(title_of(figure, say), subtitle=notes, **look)
    chart = chart.properties(title=title, width=WIDTH, height=height, padding=16, background="#ffffff")
    chart = chart.configure_view(stroke=None).configure_axis(labelColor=INK, titleColor=MUTED, gridColor="#e3e6e9", labelFontSize=12)
    spec: dict[str, Any] = chart.to_dict()
    return spec
