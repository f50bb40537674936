"""What a sentence shows of a claim, as numbers: an analysed text in, named features of each sentence out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from talaan.extraction.analysis import Analysis
from talaan.extraction.lexicon import CueKind, Trigger
from talaan.model.vocabulary import vocabulary
from talaan.reference.forms import Hit

WORDS = tuple(f"word_{kind}" for kind in vocabulary().types)
NEAR = {-2: "two_before", -1: "before", 1: "after", 2: "two_after"}
MAKINGS = ("goods", "country", "person", "trigger")
NEIGHBOURS = tuple(f"{making}_{place}" for place in NEAR.values() for making in MAKINGS)
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
    "goods_in_text",
    "arms_share",
    "title_and_person",
    "names",
    "triggers",
)
CUES: tuple[CueKind, ...] = ("speech", "title", "back_country", "back_goods", "negation", "planned", "possible", "necessary", "denied")
EITHER_WAY = ("number", "money", "trigger_types", "question", "quoted", "short", "long", *CUES, *NEIGHBOURS)
RELEVANCE = (*NEVER_NEGATIVE, *EITHER_WAY)
_DIGIT = re.compile(r"\d")
SHORT, LONG = 40, 260
SHORT_DENSE, LONG_DENSE = 18, 90


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands in one sentence: kinds of what it names, its countries, triggers and kinds of cues."""

    start: int
    end: int
    kinds: tuple[str | None, ...]
    countries: frozenset[str]
    triggers: tuple[Hit[Trigger], ...]
    cues: frozenset[CueKind]

    @property
    def strong(self) -> bool:
        return any(hit.payload.strong for hit in self.triggers)

    @property
    def goods(self) -> bool:
        return "category" in self.kinds or "system" in self.kinds

    @property
    def organisation(self) -> bool:
        return "organisation" in self.kinds or "group" in self.kinds

    def makings(self) -> dict[str, bool]:
        """What a neighbour's sentence shows of this one, by the names in MAKINGS."""
        return {"goods": self.goods, "country": bool(self.countries), "person": "person" in self.kinds, "trigger": self.strong}


def sentence_features(analysis: Analysis) -> list[dict[str, float]]:
    """The relevance features of every sentence, in reading order, each between 0 and 1 (words of a type: 2 at most)."""
    signs = [_signs(analysis, number) for number in range(len(analysis.sentences))]
    shares = text_features(analysis)
    return [
        {**shares, **_named(row), **_form(analysis, row), **_neighbours(signs, number), **trigger_words(row.triggers)}
        for number, row in enumerate(signs)
    ]


def _signs(analysis: Analysis, number: int) -> Signs:
    start, end = analysis.sentences[number]
    found = analysis.in_sentence(number)
    return Signs(
        start=start,
        end=end,
        kinds=tuple(row.mention.kind for row in found),
        countries=frozenset(code for row in found if (code := row.mention.country)),
        triggers=tuple(analysis.triggers_in(start, end)),
        cues=frozenset(hit.payload.kind for hit in analysis.cues_in(start, end)),
    )


def _named(signs: Signs) -> dict[str, float]:
    """What is named beside words that announce a claim."""
    triggers, two = bool(signs.triggers), len(signs.countries) > 1
    name = bool(signs.countries) or signs.organisation or "person" in signs.kinds
    values = {
        "goods": "category" in signs.kinds,
        "system": "system" in signs.kinds,
        "trigger_strong": signs.strong,
        "trigger_weak": triggers,
        "country": bool(signs.countries),
        "two_countries": two,
        "organisation": signs.organisation,
        "person": "person" in signs.kinds,
        "goods_and_trigger": signs.goods and triggers,
        "trigger_and_name": name and signs.strong,
        "goods_trigger_name": signs.goods and name and triggers,
        "two_countries_and_trigger": two and triggers,
        "title_and_person": "title" in signs.cues and "person" in signs.kinds,
    }
    counts = {
        "names": min(1.0, len(signs.kinds) / 6),
        "triggers": min(1.0, len(signs.triggers) / 5),
        "trigger_types": min(1.0, len({hit.payload.type for hit in signs.triggers}) / 4),
    }
    return {**{feature: float(value) for feature, value in values.items()}, **counts}


def _form(analysis: Analysis, signs: Signs) -> dict[str, float]:
    """How the sentence is said: numbers, money, questions, quotation, length, and the kinds of cues in it."""
    start, end = signs.start, signs.end
    dense = analysis.code in ("zh", "ja", "ko")
    values = {
        "number": "number" in signs.cues or _DIGIT.search(analysis.folded, start, end) is not None,
        "money": "currency" in signs.cues,
        "question": any(sign in analysis.text[start:end] for sign in "?؟？"),
        "quoted": analysis.text[start] in "\"'“„«»”「『—–-",
        "short": end - start < (SHORT_DENSE if dense else SHORT),
        "long": end - start > (LONG_DENSE if dense else LONG),
    }
    return {feature: float(value) for feature, value in values.items()} | {cue: float(cue in signs.cues) for cue in CUES}


def _neighbours(signs: Sequence[Signs], number: int) -> dict[str, float]:
    """What the two sentences before and the two after show; nothing beyond the text's ends."""
    out = dict.fromkeys(NEIGHBOURS, 0.0)
    for step, place in NEAR.items():
        if 0 <= number + step < len(signs):
            out |= {f"{making}_{place}": float(seen) for making, seen in signs[number + step].makings().items()}
    return out


def text_features(analysis: Analysis) -> dict[str, float]:
    """What the whole text shows: whether goods are named at all, and in what share of its sentences."""
    share = analysis.goods_sentences / max(1, len(analysis.sentences))
    return {"goods_in_text": float(analysis.goods_sentences > 0), "arms_share": share}


def trigger_words(triggers: Iterable[Hit[Trigger]]) -> dict[str, float]:
    """How much the words of each type speak up among the triggers: 1 for a strong one, ½ for a weak one, 2 at most."""
    out = dict.fromkeys(WORDS, 0.0)
    for hit in triggers:
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
