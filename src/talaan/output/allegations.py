"""Allegations for the terminal: a figure in, matters with status, every step with its source, and the counts out."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.cards import plain
from talaan.output.names import name_of
from talaan.output.parts import closing_lines
from talaan.output.words import Words, words

PROVEN, CLEARED = ("convicted", "proven"), ("acquitted", "not-proven", "denied")


def allegation_view(figure: Figure, *, language: str = "en") -> RenderableType:
    """The counts first, then each matter with its status and its steps (denials among them), then who is accused how often."""
    say = words(language)
    about = say.say("allegations.all") if figure.about == "all" else name_of(figure.about, language=language)
    lines: list[RenderableType] = [Text(say.say("allegations.title", about=about), style="bold")]
    lines.append(Text(_counts(figure.measures, say)) if figure.rows else Text(say.say("allegations.nobody")))
    for place, row in enumerate(figure.rows, 1):
        lines += [Text(""), *_matter(row, say)]
        lines += [Text(f"  {_step(step, say)}") for step in figure.parts["steps"] if step["matter"] == place]
    if len(figure.parts["accused"]) > 1:
        lines += [Text(""), Text(say.say("allegations.counted"), style="bold")]
        lines += [Text(f"  {_accused(row, say)}") for row in figure.parts["accused"]]
    return Group(*lines, Text(""), *closing_lines(figure, say))


def _counts(measures: Mapping[str, Cell], say: Words) -> str:
    given = {"accusations": measures["accusations"], "matters": measures["matters"], "proven": measures["matters_proven"]}
    return say.say("allegations.counts", **given, status=measures["by_status"] or "–", denials=measures["denials"])


def _matter(row: Mapping[str, Cell], say: Words) -> list[Text]:
    status = str(row["status"])
    style = "bold red" if status in PROVEN else "bold green" if status in CLEARED else "bold yellow"
    who = ", ".join(name_of(ref, language=say.code) or ref for ref in str(row["accused"] or "?").split(" | "))
    head = Text(f"{plain(who)} · {say.label('value', row['offence'])} · ")
    head.append(say.label("value", status), style=style)
    marks = [say.say(f"allegations.{name}") for name in ("repeated", "disputed") if row[name]]
    role = row["named_as"]
    marks += [say.say(f"allegations.as_{role}")] if role in ("about", "accuser") else []
    head.append("".join(f" · {mark}" for mark in marks))
    about = [Text(f"  {say.say('allegations.matter', matter=plain(str(row['matter'])))}")] if row["matter"] else []
    return [head, *about]


def _step(row: Mapping[str, Cell], say: Words) -> str:
    date = row["date"] or say.say("label.date_unknown")
    speaker = row["speaker"] or say.say("competitors.own_voice")
    moved = "" if row["counts"] else f" {say.say('allegations.unmoved')}"
    return plain(f"{date} {say.label('value', row['step'])}{moved}: “{row['quote']}” [{speaker} · {row['document']}]")


def _accused(row: Mapping[str, Cell], say: Words) -> str:
    who = plain(name_of(str(row["accused"]), language=say.code) or str(row["accused"]))
    given = {"accusations": row["accusations"], "matters": row["matters"], "proven": row["matters_proven"]}
    return say.say("allegations.counted_line", who=who, status=row["by_status"] or "–", **given)
