"""The further tables of a figure: claims, sources and caveats as lines for the terminal, and every part as a sheet of a workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rich.console import RenderableType
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.figures import figure_caveats, figure_table, source_line
from talaan.output.names import name_of
from talaan.output.spreadsheet import Table, tables_xlsx
from talaan.output.words import Words

SHEET = 31
BETWEEN = " | "
SHOWN_CLAIMS = 12


def figure_workbook(figures: Iterable[Figure]) -> bytes:
    """Figures as one workbook: the rows of each, and each of its parts, on sheets of their own."""
    sheets: dict[str, Table] = {}
    for figure in figures:
        for name, rows in {figure.figure: figure.rows, **figure.parts}.items():
            made = figure_table(replace(figure, figure=name, rows=rows))
            title = f"{name} {figure.window[0]}-{figure.window[1]}"[:SHEET] if name in sheets else name[:SHEET]
            sheets[title] = Table(title, made.columns or ("empty",), made.rows)
    return tables_xlsx(tuple(sheets.values()))


def claim_lines(figure: Figure, heading: str, say: Words) -> list[RenderableType]:
    """What saved claims say beside a figure, under a heading: the sentence, who says it where, the verdict; empty where there is none."""
    rows = figure.parts.get("claims", ())
    if not rows:
        return []
    lines: list[RenderableType] = [Text(heading, style="bold")]
    lines += [Text(f"  {_claim(row, say)}") for row in rows[:SHOWN_CLAIMS]]
    if len(rows) > SHOWN_CLAIMS:
        lines.append(Text("  " + say.say("label.more", rows=say.count("claim", len(rows) - SHOWN_CLAIMS)), style="dim"))
    return lines


def _claim(row: Mapping[str, Cell], say: Words) -> str:
    speaker = row["speaker"] or say.say("competitors.own_voice")
    verdict = f" · {say.label('verdict', str(row['verdict']) + '.label')}" if row["verdict"] else ""
    return f"{row['says']} [{speaker} · {row['document']} · {row['published'] or say.say('label.date_unknown')}{verdict}]"


def closing_lines(figure: Figure, say: Words) -> list[RenderableType]:
    """Source and caveats, which close every figure."""
    lines: list[RenderableType] = [Text(source_line(figure, say), style="dim")]
    return lines + [Text(f"! {line}", style="yellow") for line in figure_caveats(figure, say)]


def names(joined: Cell, say: Words, *, shown: int = 12) -> str:
    """References joined by ` | ` as names; empty for None.

    >>> from talaan.output.words import words
    >>> names("country:KAZ | category:tank", words("en"))
    'Kazakhstan, tank'
    """
    refs = str(joined).split(BETWEEN) if joined else []
    found = [name_of(ref, language=say.code) or ref for ref in refs]
    more = [f"+{len(found) - shown}"] if len(found) > shown else []
    return ", ".join(found[:shown] + more)


def percent(share: Cell, unknown: str = "") -> str:
    """A share for people.

    >>> percent(0.1234), percent(None, "not known")
    ('12.3%', 'not known')
    """
    return f"{share:.1%}" if isinstance(share, int | float) else unknown
