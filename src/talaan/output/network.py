"""The network of a sustainment figure as a picture: its edges in, the bytes of an SVG or PNG with alt text out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from talaan.model.figure import Cell, Figure
from talaan.output.charts import INK, MUTED, drawn_png, drawn_svg
from talaan.output.figures import source_line
from talaan.output.sustainment import named, sustainment_title
from talaan.output.words import Words, words

PAPER = "#ffffff"
WIDTH, ROW_HEIGHT, SMALLEST = 820, 26, 200
LAYERS = {"uses": 0, "asked": 0, "needs": 1}
HOLDER, TURNED_TO = 3, 4
TURN = "must turn to"
# Told apart without colour: how wide, and how broken.
LOOKS = {
    "uses": (1.0, [1, 0]), "asked": (1.0, [1, 5]), "needs": (1.0, [1, 0]),
    "able": (1.6, [1, 0]), "possible": (1.2, [6, 4]), "unable": (1.2, [2, 4]), "disputed": (1.2, [8, 3, 2, 3]), TURN: (3.5, [1, 0]),
}  # fmt: skip


def network_svg(figure: Figure, *, language: str = "en") -> bytes:
    """The network in SVG with a title and a description for screen readers."""
    say = words(language)
    return drawn_svg(network_spec(figure, language=language), sustainment_title(figure, say), network_alt(figure, say))


def network_png(figure: Figure, *, language: str = "en") -> bytes:
    """The network in PNG, at twice the size of the SVG."""
    return drawn_png(network_spec(figure, language=language))


def network_alt(figure: Figure, say: Words) -> str:
    """The network in words: every edge that says who can, may, cannot, or must turn to whom."""
    told = [
        f"{node_name(row['from'], say)} – {say.label('said', row['kind'])} – {node_name(row['to'], say)}"
        for row in figure.parts["network"]
        if row["kind"] not in LAYERS
    ]
    return say.say("sustain.alt", title=sustainment_title(figure, say), edges="; ".join(told) or say.say("sustain.nothing"))


def node_name(node: Cell, say: Words) -> str:
    """A node in words; of an ability the ability alone.

    >>> node_name("system:S-300 · overhaul", words("en")), node_name("country:KAZ", words("en"))
    ('overhaul', 'Kazakhstan')
    """
    system, _, ability = str(node).partition(" · ")
    return say.label("value", ability) if ability else named(system, say)


def node_places(edges: Sequence[Mapping[str, Cell]]) -> dict[str, tuple[int, float]]:
    """Layer and height (0 to 1) of every node: user, weapons, abilities, holders, and whom others must turn to.

    A user that is a holder too stays where it is, and the edge leads back to it.

    >>> node_places([{"from": "U", "to": "S", "kind": "uses"}])
    {'U': (0, 0.5), 'S': (1, 0.5)}
    """
    fixed: dict[str, int] = {}
    for edge in edges:
        if (kind := str(edge["kind"])) in LAYERS:
            fixed |= {str(edge["from"]): LAYERS[kind], str(edge["to"]): LAYERS[kind] + 1}
    holders: dict[str, int] = {}
    for edge in edges:
        if (kind := str(edge["kind"])) not in LAYERS:
            target = str(edge["to"])
            holders[target] = max(holders.get(target, HOLDER), TURNED_TO if kind == TURN else HOLDER)
            holders.setdefault(str(edge["from"]), HOLDER)
    layers = holders | fixed
    columns: dict[int, list[str]] = defaultdict(list)
    for node, layer in layers.items():
        columns[layer].append(node)
    return {node: (layer, (place + 0.5) / len(column)) for layer, column in columns.items() for place, node in enumerate(column)}


def network_spec(figure: Figure, *, language: str = "en") -> dict[str, Any]:
    """The picture as a Vega-Lite specification; edges differ by width and dashes, so that it reads in grey."""
    import altair as alt

    say = words(language)
    edges, places = figure.parts["network"], node_places(figure.parts["network"])
    marked = {str(row["holder"]): str(row["restricted"]).rpartition(" ")[2] for row in figure.rows if row["restricted"]}
    across = alt.X("x:Q", scale=alt.Scale(domain=[-0.1, 4.6]), axis=None)
    down = alt.Y("y:Q", scale=alt.Scale(domain=[1, 0]), axis=None)
    layers = [_lines(alt, edges, places, kind).encode(across, down) for kind in LOOKS]
    dots = [{"x": x, "y": y, "name": _label(node, marked, say)} for node, (x, y) in places.items()]
    points = alt.Chart(alt.InlineData(values=dots)).encode(across, down)
    beside: dict[str, Any] = {"align": "left", "dx": 6, "dy": -10, "fontSize": 11}
    halo = points.mark_text(**beside, color=PAPER, stroke=PAPER, strokeWidth=3).encode(text="name:N")
    text = points.mark_text(**beside, color=INK).encode(text="name:N")
    rows = max((sum(1 for layer, _ in places.values() if layer == one) for one in range(TURNED_TO + 1)), default=1)
    title = alt.TitleParams(
        sustainment_title(figure, say), subtitle=[_legend(say), source_line(figure, say)], anchor="start", color=INK, subtitleColor=MUTED
    )
    chart = alt.layer(*layers, points.mark_circle(size=40, color=INK, opacity=1), halo, text)
    chart = chart.properties(title=title, width=WIDTH, height=max(SMALLEST, rows * ROW_HEIGHT), padding=16, background=PAPER)
    spec: dict[str, Any] = chart.configure_view(stroke=None).to_dict()
    return spec


def _lines(alt: Any, edges: Sequence[Mapping[str, Cell]], places: Mapping[str, tuple[int, float]], kind: str) -> Any:
    """The edges of one kind as rules."""
    values = []
    for edge in edges:
        if edge["kind"] == kind:
            (x, y), (x2, y2) = places[str(edge["from"])], places[str(edge["to"])]
            values.append({"x": x, "y": y, "x2": x2, "y2": y2})
    width, dash = LOOKS[kind]
    chart = alt.Chart(alt.InlineData(values=values))
    return chart.mark_rule(strokeWidth=width, strokeDash=dash, color=INK if kind == TURN else MUTED).encode(x2="x2:Q", y2="y2:Q")


def _label(node: str, marked: Mapping[str, str], say: Words) -> str:
    mark = f" ({say.say(f'sustain.restricted_{marked[node]}')})" if node in marked else ""
    return f"{node_name(node, say)}{mark}"


def _legend(say: Words) -> str:
    told = (("——", "able"), ("- - -", "possible"), (". . .", "unable"), ("====", TURN))
    return "   ".join(f"{sign} {say.label('said', kind)}" for sign, kind in told)
