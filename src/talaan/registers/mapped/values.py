"""Values as people write them in lists: years, ranges, dates and numbers with marks of doubt in, normalised text out."""

import re

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|—|/|to)\s*((?:19|20)?\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-\d{2}-\d{2}(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]((?:19|20)\d\d)(?!\d)")
_NUMBER = re.compile(r"\d{1,9}")
_THOUSANDS = re.compile(r"(?<=\d)[,\s'’](?=\d{3}(?:\D|$))")
_DOUBT = re.compile(r"^(?:ca?\.?|circa|about|approx\.?|around|est\.?|~|≈|\()\s*|\s*(?:\?|\)|\(est\.?\))$", re.IGNORECASE)
LONGEST_SPAN = 60


def years_in(raw: str) -> list[int]:
    """The years that a cell names, in order, each once; ranges are filled, dates give their year. ValueError where it names none.

    >>> years_in("2007-2009; 2012"), years_in("14/03/2011"), years_in("2004-05-01"), years_in("")
    ([2007, 2008, 2009, 2012], [2011], [2004], [])
    """
    if not raw.strip():
        return []
    rest = _DAY_FIRST.sub(r" \1 ", _ISO.sub(r" \1 ", raw))
    found: set[int] = set()
    for first, last in _RANGE.findall(rest):
        start = int(first)
        end = int(last) if len(last) == 4 else start // 100 * 100 + int(last)
        if not start <= end <= start + LONGEST_SPAN:
            raise ValueError(f"{raw[:40]!r} is no span of years")
        found.update(range(start, end + 1))
    found.update(int(year) for year in _YEAR.findall(_RANGE.sub(" ", rest)))
    if not found:
        raise ValueError(f"{raw[:40]!r} names no year")
    return sorted(found)


def count_in(raw: str) -> tuple[str, bool]:
    """(whole number, whether the cell marks it as doubtful); ("", False) for an empty cell. ValueError where it is no number.

    >>> count_in("1,200"), count_in("ca. 20"), count_in("(8)"), count_in("12?"), count_in("-")
    (('1200', False), ('20', True), ('8', True), ('12', True), ('', False))
    """
    plain = raw.strip()
    if plain in ("", "-", "–", "n/a", "N/A"):
        return "", False
    sure = plain
    while (shorter := _DOUBT.sub("", sure).strip()) != sure:
        sure = shorter
    number = _THOUSANDS.sub("", sure).removesuffix(".0")
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"{raw.strip()[:40]!r} is not a whole number")
    return str(int(number)), sure != plain
