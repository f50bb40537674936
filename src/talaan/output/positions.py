"""Positions for the terminal: a figure in, who stands for what, in which office, in which document, and changes of mind out."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.cards import plain
from talaan.output.names import name_of
from talaan.output.parts import closing_lines
from talaan.output.words import Words, words

STYLE = {"for": "green", "against": "red"}


def position_view(figure: Figure, *, language: str = "en") -> RenderableType:
    """The counts, then each position with holder, office, stance, topic, date, speaker and document, then changes of mind."""
    say = words(language)
    about = say.say("allegations.all") if figure.about == "all" else name_of(figure.about, language=language)
    lines: list[RenderableType] = [Text(say.say("positions.title", about=about), style="bold")]
    lines.append(Text(_counts(figure.measures, say) if figure.rows else say.say("positions.none")))
    for row in figure.rows:
        lines += [Text(""), *_position(row, say)]
    if figure.parts["changes"]:
        lines += [Text(""), Text(say.say("positions.changes"), style="bold")]
        lines += [Text(f"  {_change(row, say)}") for row in figure.parts["changes"]]
    return Group(*lines, Text(""), *closing_lines(figure, say))


def _counts(measures: Mapping[str, Cell], say: Words) -> str:
    given = {name: measures[name] for name in ("statements", "holders", "documents", "against", "changes")}
    return say.say("positions.counts", for_=measures["for"], **given)


def _position(row: Mapping[str, Cell], say: Words) -> list[Text]:
    head = Text(plain(str(row["named"] or "?")))
    head.append(plain(f" ({row['office']})") if row["office"] else "")
    head.append(f" · {say.label('value', row['stance'])}", style=STYLE.get(str(row["side"]), ""))
    head.append(f" {say.say('positions.denied')}" if row["denied"] else "")
    date = row["date"] or say.say("label.date_unknown")
    speaker = row["speaker"] or say.say("competitors.own_voice")
    topic = Text(plain(f"  {say.say('positions.on', on=row['on'] or '–')}"))
    return [head, topic, Text(plain(f"  {date}: “{row['quote']}” [{speaker} · {row['document']}]"))]


def _change(row: Mapping[str, Cell], say: Words) -> str:
    named = {key: name_of(str(row[key]), language=say.code) or row[key] for key in ("holder", "topic")}
    return plain(say.say("positions.change_line", **{**row, **named}))
