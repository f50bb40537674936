"""A PDF's text layer into paragraphs: bytes in, text and notes out."""

import re

from talaan.model.errors import DocumentError

MOST_PAGES = 2_000
_HYPHEN = re.compile(r"(\w)[-\u00ad\u2010\ufffe\u0002]\n(?=[^\W\d_])")
_ENDS = re.compile(r"[.!?:;…»”\"')\]。！？؟।]\s*$")
SHORT_LINE = 0.3


def read_pdf(raw: bytes, where: str) -> tuple[str, list[str]]:
    """(text, notes on pages without text); DocumentError for a broken, locked or text-less PDF."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as fault:
        raise DocumentError(
            f"The PDF cannot be opened ({fault})", where=where, hint="it may be broken or locked with a password"
        ) from fault
    with pdf:
        if len(pdf) > MOST_PAGES:
            raise DocumentError(f"The PDF has more than {MOST_PAGES} pages", where=where, hint="split it")
        pages = [_page_text(pdf, number) for number in range(len(pdf))]
    empty = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise DocumentError("The PDF has no text layer", where=where, hint="run OCR over it first")
    notes = [f"Pages without text: {', '.join(empty)}."] if empty else []
    return "\n".join(join_lines(text) for text in pages if text.strip()), notes


def _page_text(pdf: "object", number: int) -> str:
    page = pdf[number]  # type: ignore[index]
    text: str = page.get_textpage().get_text_bounded()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def join_lines(text: str) -> str:
    """Lines of a page joined into paragraphs; a hyphen at a line's end is undone.

    >>> join_lines("The arma-\\nment was delivered\\nto the army in the autumn.\\nA new one came.")
    'The armament was delivered to the army in the autumn.\\nA new one came.'
    """
    lines = [line.strip() for line in _HYPHEN.sub(r"\1", text).split("\n")]
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
