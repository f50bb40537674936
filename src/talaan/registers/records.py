"""Records of JSON: an array, an object that holds one, or JSON Lines in, (line, object) out."""

import json
from collections.abc import Iterator

from talaan.model.errors import RegisterError
from talaan.registers.files import SourceFile, refuse_cut

Record = dict[str, object]
_BLANK = " \t\n\r"


def json_records(file: SourceFile, keys: tuple[str, ...] = ()) -> list[tuple[int, Record]]:
    """Every record with the line it begins on: of the top array, of the array under one of `keys`, or one a line.

    RegisterError with the line where the text is no JSON, is cut off, is nested too deep, or holds no record.
    """
    refuse_cut(file)
    text = file.text.lstrip("\ufeff")
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "{":
        start = next((place for key in keys if (place := _array_under(text, key)) >= 0), start)
    try:
        found = list(_items(file, text, start) if text[start : start + 1] == "[" else _lines(file, text))
    except (ValueError, RecursionError) as error:
        where = f"{file.name}:{getattr(error, 'lineno', 1)}"
        raise RegisterError(f"This is no JSON ({str(error)[:120]})", where=where, hint="is the file whole?") from error
    if not found:
        raise RegisterError("The file holds no record", where=file.name, hint="give the publisher's JSON")
    return found


def _array_under(text: str, key: str) -> int:
    """Where the array under a key of the top object begins, -1 where there is none."""
    place = text.find(f'"{key}"')
    bracket = text.find("[", place) if place >= 0 else -1
    return bracket if bracket >= 0 and text[place + len(key) + 2 : bracket].strip(_BLANK) == ":" else -1


def _items(file: SourceFile, text: str, start: int) -> Iterator[tuple[int, Record]]:
    """The objects of the array that begins at `start`."""
    decoder = json.JSONDecoder()
    place, line, counted = _skip(text, start + 1), 1, 0
    while text[place : place + 1] != "]":
        line += text.count("\n", counted, place)
        counted = place
        item, end = decoder.raw_decode(text, place)
        yield line, _record(file, line, item)
        place = _skip(text, end)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "]":
            raise json.JSONDecodeError("Expecting ',' or ']'", text, place)


def _skip(text: str, place: int) -> int:
    while text[place : place + 1] and text[place] in _BLANK:
        place += 1
    return place


def _lines(file: SourceFile, text: str) -> Iterator[tuple[int, Record]]:
    """JSON Lines."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                item = json.loads(line)
            except ValueError as error:
                raise json.JSONDecodeError(str(error), text, sum(len(one) + 1 for one in text.split("\n")[: number - 1])) from error
            yield number, _record(file, number, item)


def _record(file: SourceFile, line: int, item: object) -> Record:
    if not isinstance(item, dict):
        raise RegisterError("A record is no object", where=f"{file.name}:{line}", hint="give the publisher's JSON")
    return item


def words(record: Record, key: str) -> str:
    """The text under a key with single blanks, "" where there is none; numbers as they are written.

    >>> words({"a": " x  y ", "b": None, "c": 12}, "a"), words({"b": None}, "b"), words({"c": 12}, "c")
    ('x y', '', '12')
    """
    value = record.get(key)
    if value is None or isinstance(value, bool | dict | list):
        return ""
    return " ".join(str(value).split())
