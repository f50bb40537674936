"""What a sentence shows of a claim, as numbers: an analysed text and a sentence in, named features out."""

import re
from collections.abc import Mapping, Sequence

from talaan.extraction.analysis import Analysis, Found
from talaan.model.vocabulary import vocabulary

WORDS = tuple(f"word_{kind}" for kind in vocabulary().types)
NEVER_NEGATIVE = (
    *WORDS,
    "goods",
    "system",
    "trigger_strong",
    "trigger_weak",
    "country",
    "two_countries",
    "organisation",
    "person",
    "goods_and_trigger",
    "trigger_and_name",
    "goods_trigger_name",
    "two_countries_and_trigger",
    "goods_before",
    "goods_after",
    "goods_in_text",
    "arms_share",
    "title_and_person",
)
EITHER_WAY = ("number", "money", "speech", "trigger_types", "question", "quoted", "short", "long")
RELEVANCE = (*NEVER_NEGATIVE, *EITHER_WAY)
_DIGIT = re.compile(r"\d")
SHORT, LONG = 40, 260
SHORT_DENSE, LONG_DENSE = 18, 90


def features(analysis: Analysis, number: int) -> dict[str, float]:
    """The relevance features of one sentence, each between 0 and 1."""
    start, end = analysis.sentences[number]
    found = analysis.in_sentence(number)
    kinds = [row.mention.kind for row in found]
    triggers = analysis.triggers_in(start, end)
    strong = any(hit.payload.strong for hit in triggers)
    goods = "category" in kinds or "system" in kinds
    countries = {row.mention.country for row in found if row.mention.country}
    name = bool(countries) or "organisation" in kinds or "group" in kinds or "person" in kinds
    cues = [hit.payload.kind for hit in analysis.cues_in(start, end)]
    dense = analysis.code in ("zh", "ja", "ko")
    length = end - start
    values = {
        "goods": "category" in kinds,
        "system": "system" in kinds,
        "trigger_strong": strong,
        "trigger_weak": bool(triggers),
        "country": bool(countries),
        "two_countries": len(countries) > 1,
        "organisation": "organisation" in kinds or "group" in kinds,
        "person": "person" in kinds,
        "goods_and_trigger": goods and bool(triggers),
        "trigger_and_name": name and strong,
        "goods_trigger_name": goods and name and bool(triggers),
        "two_countries_and_trigger": len(countries) > 1 and bool(triggers),
        "number": "number" in cues or _DIGIT.search(analysis.folded, start, end) is not None,
        "money": "currency" in cues,
        "speech": "speech" in cues,
        "goods_before": number > 0 and _has_goods(analysis.in_sentence(number - 1)),
        "goods_after": number + 1 < len(analysis.sentences) and _has_goods(analysis.in_sentence(number + 1)),
        "title_and_person": "title" in cues and "person" in kinds,
        "question": any(sign in analysis.text[start:end] for sign in "?؟？"),
        "quoted": analysis.text[start] in "\"'“„«»”「『—–-",
        "short": length < (SHORT_DENSE if dense else SHORT),
        "long": length > (LONG_DENSE if dense else LONG),
    }
    shares = {**text_features(analysis), "trigger_types": min(1.0, len({hit.payload.type for hit in triggers}) / 4)}
    return {**{feature: float(value) for feature, value in values.items()}, **shares, **trigger_words(analysis, start, end)}


def text_features(analysis: Analysis) -> dict[str, float]:
    """What the whole text shows: whether goods are named at all, and in what share of its sentences."""
    share = analysis.goods_sentences / max(1, len(analysis.sentences))
    return {"goods_in_text": float(analysis.goods_sentences > 0), "arms_share": share}


def _has_goods(found: Sequence[Found]) -> bool:
    return any(row.mention.kind in ("category", "system") for row in found)


def trigger_words(analysis: Analysis, start: int, end: int) -> dict[str, float]:
    """How much the words of each type speak up in a span: 1 for a strong one, ½ for a weak one, 2 at most."""
    out = dict.fromkeys(WORDS, 0.0)
    for hit in analysis.triggers_in(start, end):
        key = f"word_{hit.payload.type}"
        out[key] = min(2.0, out[key] + (1.0 if hit.payload.strong else 0.5))
    return out


def type_features(analysis: Analysis, number: int, base: Mapping[str, float]) -> dict[str, float]:
    """What points to a type: the trigger words of each type, and the makings of the sentence."""
    found = analysis.in_sentence(number)
    out = {name: base[name] for name in WORDS}
    bodies = sum(row.mention.kind == "organisation" for row in found)
    out["bodies"] = min(1.0, bodies / 2)
    out["goods_count"] = min(1.0, sum(row.mention.kind in ("category", "system") for row in found) / 3)
    names = ("system", "goods", "two_countries", "person", "title_and_person", "money", "number", "speech")
    return {**out, **{name: base[name] for name in names}, "constant": 1.0}
