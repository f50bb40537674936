"""Numbers, sums and dates read from a stretch of text: words of one language in, typed values with their places out."""

import re
from collections.abc import Sequence
from datetime import date

from talaan.extraction.language import language
from talaan.extraction.lexicon import Cue, matcher
from talaan.model.quantity import Money, Quantity
from talaan.model.when import Precision, When, span_of
from talaan.reference.fold import fold
from talaan.reference.forms import Hit, longest

_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_RANGE = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d) ?[-/] ?(1[89]\d\d|20\d\d|\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
HUNDRED = 100
_HAN = {
    sign: value for value, signs in enumerate(("〇零", "一壹", "二两兩貳", "三叁", "四", "五", "六", "七", "八", "九")) for sign in signs
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "億": 10**8, "亿": 10**8}
_HAN_RUN = re.compile("[" + "".join([*_HAN, *_HAN_UNITS]) + "]+")


def read_quantity(text: str, start: int, end: int, code: str) -> Quantity | None:
    """How many, from `text[start:end]`; None where no number stands there."""
    part = text[start:end]
    cues = _cues(part, code)
    number = _number(part, code, cues)
    if number is None:
        return None
    about = any(hit.payload.kind == "about" for hit in cues)
    counted = {(hit.start, hit.end) for hit in cues if hit.payload.kind == "number"}
    holds = any(hit.payload.kind == "container" and (hit.start, hit.end) not in counted for hit in cues)
    unit = "container" if holds else "item"
    return Quantity(number, unit, about, part, start, end)


def read_money(text: str, start: int, end: int, code: str) -> Money | None:
    """A sum, from `text[start:end]`; None where no number stands there."""
    part = text[start:end]
    cues = _cues(part, code)
    number = _number(part, code, cues)
    if number is None:
        return None
    currency = next((hit.payload.value for hit in cues if hit.payload.kind == "currency"), None)
    return Money(number, currency, part, start, end)


def read_when(text: str, start: int, end: int, code: str) -> When:
    """The range a phrase means; a phrase without a year stays relative."""
    part = text[start:end]
    first, last, precision = _dates(fold(part), _cues(part, code))
    return When(first, last, precision, part, start, end) if first else When(None, None, "relative", part, start, end)


def _dates(folded: str, cues: Sequence[Hit[Cue]]) -> tuple[date | None, date | None, Precision]:
    between = _RANGE.search(folded)
    if between:
        first, last = int(between[1]), int(between[2])
        last = last if last > 99 else first // 100 * 100 + last
        if last >= first:
            return date(first, 1, 1), date(last, 12, 31), "range"
    years = [int(found[1]) for found in _YEAR.finditer(folded)]
    if len(years) > 1 and years[0] < years[-1]:
        return date(years[0], 1, 1), date(years[-1], 12, 31), "range"
    if not years:
        return None, None, "relative"
    months = [int(hit.payload.value) for hit in cues if hit.payload.kind == "month"]
    day = next((int(found[1]) for found in _DAY.finditer(folded) if 1 <= int(found[1]) <= 31), None) if len(months) == 1 else None
    when = _span(years[0], months[0] if len(months) == 1 else None, day)
    return when.first, when.last, when.precision


def _span(year: int, month: int | None, day: int | None) -> When:
    try:
        return span_of(year, month, day)
    except ValueError:
        return span_of(year, month)


def _cues(part: str, code: str) -> list[Hit[Cue]]:
    """Cues of a phrase; of number words that overlap ("twenty-four", "four") the longer one."""
    cues = [Hit(hit.start, hit.end, hit.payload) for hit in matcher(code).find(part) if isinstance(hit.payload, Cue)]
    numbers = longest(hit for hit in cues if hit.payload.kind == "number")
    return sorted([*numbers, *(hit for hit in cues if hit.payload.kind != "number")], key=lambda hit: hit.start)


def _number(part: str, code: str, cues: Sequence[Hit[Cue]]) -> float | None:
    """The first number in a phrase, scale words applied; figures go before words."""
    folded = fold(part)
    figure = _GROUPED.search(folded)
    scales = [hit for hit in cues if hit.payload.kind == "scale"]
    if figure:
        value = _figure(figure.group(), language(code).decimal)
        after = [hit for hit in scales if hit.start >= figure.end() and hit.start - figure.end() <= 2]
        value *= float(after[0].payload.value) if after else _han_scale(folded, figure.end())
        return value
    han = _HAN_RUN.search(part)
    if han and code in ("zh", "ja"):
        return han_number(han.group())
    return _composed(_number_words(cues))


def _number_words(cues: Sequence[Hit[Cue]]) -> list[tuple[float, bool]]:
    """(value, whether it multiplies) of the number words in order.

    A word that is both ("hundred") multiplies; a multiplier inside a number word ("dua ratus", 200) is part of it.
    """
    numbers = [hit for hit in cues if hit.payload.kind == "number"]
    scales = [hit for hit in cues if hit.payload.kind == "scale"]
    free = [hit for hit in scales if not any(_inside(hit, number) for number in numbers)]
    own = [hit for hit in numbers if not any((hit.start, hit.end) == (scale.start, scale.end) for scale in free)]
    return [(float(hit.payload.value), hit in free) for hit in sorted([*own, *free], key=lambda hit: hit.start)]


def _inside(inner: Hit[Cue], outer: Hit[Cue]) -> bool:
    """Whether a hit is a proper part of another."""
    return outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)


def _han_scale(folded: str, place: int) -> float:
    factor = 1.0
    while place < len(folded) and folded[place] in _HAN_UNITS:
        factor *= _HAN_UNITS[folded[place]]
        place += 1
    return factor


def _figure(figure: str, decimal: str) -> float:
    """A number in digits; a sign before exactly three digits groups thousands, unless it is the decimal sign and stands alone."""
    plain = figure.replace(" ", "").replace("'", "")
    other = "," if decimal == "." else "."
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", plain):
        return float(plain.replace(other, ""))
    if plain.count(decimal) > 1 or re.fullmatch(rf"\d{{1,3}}(?:{re.escape(decimal)}\d{{3}}){{2,}}", plain):
        return float(plain.replace(decimal, ""))
    return float(plain.replace(decimal, ".").replace(other, "."))


def _composed(words: Sequence[tuple[float, bool]]) -> float | None:
    """Number words side by side, (value, whether it multiplies) each; "one" before a larger one is its article; None for none.

    >>> _composed([(20, False), (4, False)]), _composed([(3, False), (100, True)]), _composed([(2, False), (100, True), (1000, True)])
    (24.0, 300.0, 200000.0)
    >>> _composed([(1e6, True), (200, False), (1000, True)]), _composed([(10, False), (12, False)]), _composed([])
    (1200000.0, 10.0, None)
    """
    if not words:
        return None
    total, current = 0.0, 0.0
    for value, multiplies in words:
        if multiplies or (value >= HUNDRED and 0 < current < value):
            current = (current or 1) * value
            if value > HUNDRED:
                total, current = total + current, 0
        elif current == 1 and value > 1:
            current = value
        elif current and value >= current:
            break
        else:
            current += value
    return total + current


def han_number(signs: str) -> float:
    """A number in Han numerals.

    >>> han_number("二十四"), han_number("三百"), han_number("六")
    (24.0, 300.0, 6.0)
    """
    total, section, digit = 0, 0, 0
    for sign in signs:
        unit = _HAN_UNITS.get(sign)
        if unit is None:
            digit = digit * 10 + _HAN[sign] if digit and section == 0 else _HAN[sign]
        elif unit >= 10_000:
            total = (total + section + digit or 1) * unit
            section, digit = 0, 0
        else:
            section += (digit or 1) * unit
            digit = 0
    return float(total + section + digit)
