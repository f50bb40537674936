"""One report as the UN Register's site shows it: a page's HTML in, its records in the publisher's fields out."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from talaan.model.errors import RegisterError
from talaan.registers.files import SourceFile, refuse_cut
from talaan.registers.publication import register_toml
from talaan.registers.records import Record

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FOLDER = "unroca"
ORIGINAL = "UNROCA original report"
_STATE_AND_YEAR = re.compile(r"(?P<state>.+?)\s+(?P<year>\d{4})")
_TRANSFER = ("num_items", "state_of_origin", "intermediate_locations", "description", "comments")
_HOLDING = ("num_items", "description", "comments")


def is_page(file: SourceFile) -> bool:
    """Whether a file is HTML."""
    return file.text.lstrip("\ufeff \n\t")[:1] == "<"


def page_records(file: SourceFile) -> list[tuple[int, Record]]:
    """The records of a report's page with their lines; the first says that the report was filed.

    RegisterError where the page is not a state's original report, as pages that the site redirects to are.
    """
    from lxml import etree
    from lxml.html import document_fromstring

    refuse_cut(file)
    try:
        page = document_fromstring(file.text.encode("utf-8"))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise RegisterError("The page cannot be read", where=file.name, hint="save the report's page again") from error
    heading = next((item for item in page.iter("h4") if _words(item) == ORIGINAL), None)
    said = _STATE_AND_YEAR.fullmatch(_words(heading.getnext())) if heading is not None and heading.getnext() is not None else None
    if heading is None or said is None:
        raise RegisterError("This is not a state's original report", where=file.name, hint=f"its page has the heading {ORIGINAL!r}")
    state, year = said["state"], said["year"]
    line = int(heading.sourceline or 1)
    return [(line, {"reporter": state, "year": year, "filed": True}), *_tables(file, page, state, year)]


def _tables(file: SourceFile, page: "HtmlElement", state: str, year: str) -> Iterator[tuple[int, Record]]:
    """The rows of every table on the page."""
    panels = [item for item in page.iter("div") if "panel-body" in (item.get("class") or "").split()]
    places: Mapping[str, int] = register_toml(FOLDER)["panels"]  # type: ignore[assignment]
    sides: Mapping[str, str] = register_toml(FOLDER)["tables"]  # type: ignore[assignment]
    for table, place in places.items():
        for row in panels[place].iterfind("./table/tbody/tr") if place < len(panels) else ():
            cells = [_words(cell) for cell in row.iterfind("./td")]
            category = " ".join(_words(cell) for cell in row.iterfind("./th"))
            line = int(row.sourceline or 1)
            wanted = len(_TRANSFER) + 1 if table in sides else len(_HOLDING)
            if len(cells) != wanted:
                what = f"A row of {table.replace('_', ' ')} has {len(cells)} cells where the site has {wanted}"
                raise RegisterError(what, where=f"{file.name}:{line}", hint="has the site's form changed?")
            yield line, {"table": table, "year": year, "category": category, **_record(table, sides.get(table), state, cells)}


def _record(table: str, side: str | None, state: str, cells: list[str]) -> Record:
    """The fields of one row: in a state's exports the other party is the importer, in its imports the exporter."""
    if side is None:
        return {"country": state, **dict(zip(_HOLDING, cells, strict=True))}
    other = "importer" if side == "exporter" else "exporter"
    return {"reporter": state, side: state, other: cells[0], **dict(zip(_TRANSFER, cells[1:], strict=True))}


def _words(item: "HtmlElement") -> str:
    return " ".join("".join(item.itertext()).split())
