"""Figures as tables: a figure in, its title, rows and notes in words, or the bytes of a .csv or .xlsx file out."""

from collections.abc import Sequence

from talaan.model.figure import Cell, Figure
from talaan.output.names import name_of
from talaan.output.spreadsheet import Table, table_csv, tables_xlsx
from talaan.output.words import Words

BAR = 24
_EIGHTHS = " ▏▎▍▌▋▊▉"


def figure_table(figure: Figure) -> Table:
    """The rows of a figure with its window, unit, register and edition on every row, so that none is read without them."""
    keys = tuple(dict.fromkeys(key for row in figure.rows for key in row))
    named = [key for key in keys if _is_reference(figure, key)]
    told = ("unit", "first_year", "last_year", "register", "edition", "estimated")
    columns = (*keys, *(f"{key}_name" for key in named), *told)
    rows = tuple(
        (
            *(row.get(key) for key in keys),
            *(name_of(str(row[key])) if row.get(key) else None for key in named),
            *(figure.unit, *figure.window, figure.register, figure.edition, figure.estimated),
        )
        for row in figure.rows
    )
    return Table(figure.figure, columns, rows)


def figures_csv(figures: Sequence[Figure]) -> bytes:
    """Figures of one kind (one per period) as one CSV table."""
    return table_csv(_together(figures))


def figures_xlsx(figures: Sequence[Figure]) -> bytes:
    """Figures of one kind as a workbook with one sheet."""
    return tables_xlsx((_together(figures),))


def figure_caveats(figure: Figure, say: Words) -> list[str]:
    """The figure's own caveats, and those that its unit and estimates call for."""
    out = [say.say("caveat.tiv")] if "TIV" in figure.unit else []
    return [*out, *([say.say("caveat.estimated")] if figure.estimated else []), *figure.caveats]


def key_of(figure: Figure) -> str:
    """The key that names a row: what the figure counts by."""
    first = figure.rows[0] if figure.rows else {}
    return next((key for key in first if key not in ("value", "share", "rank")), "supplier")


def title_of(figure: Figure, say: Words) -> str:
    """The figure's heading: what, who, and the window."""
    about = name_of(figure.about, language=say.code) or figure.about
    first, last = figure.window
    key = key_of(figure)
    if figure.figure == "competitors":
        market = figure.measures.get("market")
        return say.say("chart.title_competitors", about=about, market=name_of(str(market), language=say.code), first=first, last=last)
    if figure.figure == "alignment":
        return say.say("chart.title_alignment", about=about, first=first, last=last)
    if key == "supplier":
        return say.say("chart.title", about=about, first=first, last=last)
    return say.say("chart.title_by", about=about, first=first, last=last, by=say.label("key", key))


def source_line(figure: Figure, say: Words) -> str:
    """Register and edition, and that the calculation is talaan's own."""
    return say.say("chart.source", register=say.label("register", figure.register), edition=figure.edition)


def bar(share: float, *, width: int = BAR) -> str:
    """A bar of block signs; anything above nothing shows at least a sliver.

    >>> bar(0.5, width=4), bar(0.0), bar(0.0001, width=4)
    ('██', '', '▏')
    """
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    if share > 0:
        eighths = max(1, eighths)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def number(value: Cell) -> str:
    """A number for people.

    >>> number(1234.5), number(1234567), number(3.25), number(None)
    ('1,234', '1,234,567', '3.2', '')
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.1f}"


def chart_rows(figure: Figure, say: Words, longest: int) -> list[tuple[str, float, float | None]]:
    """(name, value, share) for the first rows by value, the rest added up as one row; rows that only ordered are left out."""
    key = key_of(figure)
    rows = []
    for row in figure.rows:
        ref, value, share = row.get(key), row.get("value"), row.get("share")
        if row.get("deals") == 0:
            continue
        name = name_of(str(ref), language=say.code) if ref else say.say("deal.unknown")
        rows.append((name or "", _amount(value) or 0.0, _amount(share)))
    rows.sort(key=lambda row: -row[1])
    if len(rows) <= longest:
        return rows
    rest = rows[longest - 1 :]
    shares = [share for _, _, share in rest if share is not None]
    others = f"{say.say('chart.others')} ({len(rest)})"
    return [*rows[: longest - 1], (others, sum(value for _, value, _ in rest), sum(shares) if shares else None)]


def _amount(value: Cell) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _is_reference(figure: Figure, key: str) -> bool:
    return any(isinstance(row.get(key), str) and ":" in str(row[key]) for row in figure.rows)


def _together(figures: Sequence[Figure]) -> Table:
    """One table of all figures; columns that some lack stay empty there."""
    tables = [figure_table(figure) for figure in figures]
    columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
    rows = []
    for table in tables:
        for row in table.rows:
            cells = dict(zip(table.columns, row, strict=True))
            rows.append(tuple(cells.get(column) for column in columns))
    return Table(tables[0].title if tables else "figure", columns, tuple(rows))
