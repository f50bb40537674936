"""The words a frame cannot do without: a frame in, an expression that is in every sentence it fits out.

Frames are long and many; a sentence is held against one only where its trigger stands in it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

_PART = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(|\)|\||[^\\\[()|]+")
_MARK = re.compile(r"<[A-Z\[]|\{[a-z]|~\d")
_WORD = re.compile(r"<([a-z_]+)>")
_OPTIONAL = re.compile(r"[?*]|\{0")


def triggers(frame: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Expressions that are all found in every sentence a frame fits: the groups of words that it cannot do without.

    Of a frame with several branches one group each, joined; empty where a branch has none.

    >>> triggers("{supplier}(?: has)? (?:sold|gave)~3 {goods} (?:to|for) {recipient}", {})
    ('(?:sold|gave)', '(?:to|for)')
    >>> triggers("{member} <joined> {organisation}|{member1}, founder of", {"joined": "joined|acceded to"})
    ('(?:(?:joined|acceded to))|(?:, founder of)',)
    >>> triggers("{supplier} {goods}", {})
    ()
    """
    found = [tuple(_required(branch, words)) for branch in _branches(frame)]
    if len(found) == 1:
        return found[0]
    return ("|".join(f"(?:{groups[0]})" for groups in found),) if all(found) else ()


def _branches(frame: str) -> list[str]:
    """The alternatives at the top of a frame."""
    out, depth = [""], 0
    for part in _PART.findall(frame):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "|" and depth == 0:
            out.append("")
        else:
            out[-1] += part
    return out


def _required(branch: str, words: Mapping[str, str]) -> Iterator[str]:
    """Groups and entries of [words] at the top of a branch that hold words only and cannot be left out, then plain words."""
    pieces = list(_pieces(branch))
    for piece, rest in pieces:
        if piece.startswith("(?:") or _WORD.fullmatch(piece):
            written = _written(piece, words)
            if not _OPTIONAL.match(rest) and "(?" not in written.replace("(?:", "") and _holds(written):
                yield written
    for piece, rest in pieces:
        plain = re.sub(r".(?=[?*{+])", "", re.split(r"~\d|\\.|\[|[?*+{}<>^$.]", piece)[0]) if piece[0] not in "(<{[\\~" else ""
        if len(plain.strip()) > 3 and not _OPTIONAL.match(rest) and "?" not in piece:
            yield plain


def _pieces(branch: str) -> Iterator[tuple[str, str]]:
    """What stands at the top of a branch, each with what follows it."""
    depth, start, at = 0, 0, 0
    for part in _PART.findall(branch):
        end = at + len(part)
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "(" and depth == 1:
            start = at
        elif part == ")" and depth == 0:
            yield branch[start:end], branch[end:]
        elif depth == 0 and part != ")":
            yield from _flat(part, branch[end:])
        at = end


def _flat(part: str, rest: str) -> Iterator[tuple[str, str]]:
    """Entries of [words], fillers and plain words in a stretch without groups."""
    for found in re.finditer(r"<[a-z_]+>|\{[^}]*\}|[^<{]+", part):
        yield found.group(), part[found.end() :] + rest


def _written(piece: str, words: Mapping[str, str]) -> str:
    for _ in range(6):
        piece = _WORD.sub(lambda found: f"(?:{words.get(found[1], '')})", piece)
    return piece


@cache
def _holds(written: str) -> bool:
    """Whether an expression is made of words alone and never fits nothing."""
    if _MARK.search(written):
        return False
    expression = re.compile(written)
    return not expression.fullmatch("") and not expression.fullmatch(" ")
