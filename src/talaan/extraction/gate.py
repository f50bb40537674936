"""Whether a text is worth reading: text in, yes or no out, at the cost of one scan where it is not."""

from functools import lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from talaan.extraction.language import language, language_codes
from talaan.extraction.lexicon import GoodsWord, Name, hits_in, system_forms
from talaan.reference.designation import designation_key
from talaan.reference.fold import lower
from talaan.reference.tables import tables

GATE_FILE = "gate.txt"
SHORTEST = 4
FEWEST_GOODS = 3


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    words = files("talaan.extraction").joinpath(GATE_FILE).read_text(encoding="utf-8").splitlines()
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def gate_words() -> set[str]:
    """What gate.txt holds: beginnings of unmistakable goods words of all languages, names of families, designations."""
    forms = {form for code in language_codes() for form in language(code).gate}
    systems = tables().systems.values()
    forms |= {form for system in systems for form, name in system_forms(system) if not name.needs_goods and not form.startswith("=")}
    words = {form.removeprefix("=").removeprefix("*").split("*")[0].strip().lower() for form in forms}
    words |= {spelling for system in systems for name in (system.designation, *system.variants) for spelling in _spellings(name)}
    return {word for word in words if len(word) >= (2 if word > "\u2e80" else SHORTEST)}


def _spellings(designation: str) -> set[str]:
    """A designation as it is usually written, if it has a hyphen between letters and number (others are too short to be safe)."""
    written = designation.lower()
    return {written} if "-" in written and any(sign.isdigit() for sign in written) and len(designation_key(written)) >= 3 else set()


def may_concern_arms(text: str) -> bool:
    """Whether anything in the text is an unmistakable arms word; cheap, in any language.

    A word found inside a longer one counts only where it begins there.
    """
    folded = lower(text)
    return any(
        start == 0 or not folded[start - 1].isalpha() or folded[start] > "\u2e80"
        for _, start, _ in _automaton().find_matches_as_indexes(folded)
    )


def passes(text: str, code: str) -> bool:
    """Whether a text in a known language names arms often enough: three times goods or weapon families."""
    seen = 0
    for hit in hits_in(text, code):
        payload = hit.payload
        if isinstance(payload, GoodsWord) or (isinstance(payload, Name) and payload.ref.startswith("system:")):
            seen += 1
            if seen >= FEWEST_GOODS:
                return True
    return False
