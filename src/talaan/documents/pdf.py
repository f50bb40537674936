"""A PDF's text layer into paragraphs: bytes in, text and notes out."""

import re
from typing import TYPE_CHECKING

from talaan.documents.isolated import read_isolated
from talaan.model.errors import DocumentError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

LONGEST = 60.0
MOST_PAGES = 2_000
MOST_CHARACTERS = 20_000_000
SHORT_LINE = 0.3
# PDFium writes U+0002 or U+FFFE for a hyphen at the end of a line, and the next line right after it.
_HYPHEN = re.compile(r"(\w)(?:([-\u2010])\n|([\u0002\ufffe])\n?)(?=(\w))")
_SOFT = re.compile("\u00ad\n")
_ENDS = re.compile(r"[.!?:;…»”\"')\]。！？؟।]\s*$")


def read_pdf(raw: bytes, where: str) -> tuple[str, list[str]]:
    """(text, notes on pages without text), read in a process of its own; DocumentError for a broken, locked or text-less PDF."""
    text, *notes = read_isolated("pdf", raw, where, seconds=LONGEST)
    return text or "", [note for note in notes if note]


def pdf_text(raw: bytes, where: str) -> tuple[str, list[str]]:
    """(text, notes on pages without text); DocumentError for a broken, locked or text-less PDF."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise DocumentError("The PDF is locked with a password", where=where, hint="save it without the password") from fault
        raise DocumentError("The PDF cannot be opened: it is broken or cut off", where=where, hint="get it again") from fault
    with pdf:
        pages = _pages(pdf, where)
    empty = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise DocumentError("The PDF has no text layer", where=where, hint="run OCR over it first")
    notes = [f"Pages without text: {', '.join(empty)}."] if empty else []
    return "\n".join(join_lines(text) for text in pages if text.strip()), notes


def _pages(pdf: "PdfDocument", where: str) -> list[str]:
    if len(pdf) > MOST_PAGES:
        raise DocumentError(f"The PDF has more than {MOST_PAGES} pages", where=where, hint="split it")
    pages: list[str] = []
    characters = 0
    for number in range(len(pdf)):
        pages.append(_page_text(pdf, number))
        characters += len(pages[-1])
        if characters > MOST_CHARACTERS:
            raise DocumentError(f"The PDF holds more than {MOST_CHARACTERS // 1_000_000} million characters", where=where, hint="split it")
    return pages


def _page_text(pdf: "PdfDocument", number: int) -> str:
    """The text of a page as it stands; empty where the page is damaged, which the notes then say."""
    import pypdfium2

    try:
        page = pdf[number]
        text: str = page.get_textpage().get_text_bounded()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def join_lines(text: str) -> str:
    """Lines of a page joined into paragraphs; a hyphen at a line's end is undone, the one of a name or designation kept.

    >>> join_lines("The arma-\\nment was delivered\\nto the army in the autumn.\\nA new one came.")
    'The armament was delivered to the army in the autumn.\\nA new one came.'
    >>> join_lines("The S-\\n300 of a Franco-\\nGerman maker")
    'The S-300 of a Franco-German maker'
    """
    lines = [line.strip() for line in _HYPHEN.sub(_undone, _SOFT.sub("", text)).split("\n")]
    longest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line:
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        open_line = bool(line) and not _ENDS.search(line) and len(line) >= SHORT_LINE * longest
    return "\n".join(paragraphs)


def _undone(found: re.Match[str]) -> str:
    """The letter before the hyphen alone where a word goes on; with the hyphen at capitals and digits."""
    before, after = found[1], found[4]
    kept = before.isupper() or after.isupper() or not before.isalpha() or not after.isalpha()
    return f"{before}-" if kept else before
