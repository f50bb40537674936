"""A language's patterns read from data and compiled: languages/<code>/patterns.toml in, regular expressions over skeletons out.

A frame is a regular expression over a sentence's skeleton (skeleton.py), written with these short forms: `{role}` one
filler, `{role+}` a list of them, `{role:CA}` a filler marked C or A (an adjective whatever follows it), `{role/d}` one that
can stand in case d, `~N` up to N words that name nothing, `<word>` an entry of [words]. The whole form is told in docs/how-to/patterns.md.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from typing import Any

from talaan.extraction.language import folder
from talaan.extraction.lexicon import CueKind
from talaan.extraction.readers.builtin.skeleton import Phrase
from talaan.extraction.readers.builtin.triggers import triggers
from talaan.model.errors import DataError
from talaan.model.vocabulary import ClaimType, Value, vocabulary

_SLOT = re.compile(r"\{(\w+)(?::([A-Z]+))?(?:/([a-z]+))?(\+?)\}")
_WORD = re.compile(r"(?<!\?P)<([a-z_]+)>")
_ODD = re.compile(r"\{[A-Za-z][^}]*\}")
_GAP = re.compile(r"~(\d+)")
KINDS = {
    "goods": "G", "need": "G", "person": "P", "quantity": "N", "value": "M", "when": "D", "organisation": "OA", "post": "T",
    "market": "CRA", "place": "CR", "speaker": "POTWSC",
}  # fmt: skip
PARTY = "CAO"
FREE_ROLES = frozenset({"about", "on", "area"})
DEPTH = 6
HINT = "see docs/how-to/patterns.md"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what the pattern must find in it (role → words); no roles: nothing."""

    text: str
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One proven way to say a claim.

    `modality` None: read from the words of the match; `unless` rules a sentence out; `without` rules out fillers whose
    whole words an expression fits; `choices` sets a closed value by the first expression that fits within the match, and
    rules the match out where none does; `own_voice`: never ascribed to a speaker.
    """

    name: str
    type: str
    values: Mapping[str, Value]
    modality: str | None
    written: str
    triggers: tuple[str, ...]
    where: str
    negated: bool
    own_voice: bool
    blocks: tuple[CueKind, ...]
    unless: str | None
    without: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, tuple[tuple[Value, str], ...]]
    right: tuple[Example, ...]
    wrong: tuple[str, ...]

    @property
    def expression(self) -> re.Pattern[str]:
        """The frame, compiled when it is first needed; DataError where it is no regular expression."""
        return compiled(self.written, f"Pattern {self.name!r}", self.where)

    def may_fit(self, words: str) -> bool:
        """Whether a skeleton holds all the words that the frame cannot do without."""
        return all(_stands(trigger, words) for trigger in self.triggers)


@cache
def compiled(written: str, what: str = "An expression", where: str = "") -> re.Pattern[str]:
    """A regular expression that tells no upper from lower case; DataError names what is wrong with it."""
    try:
        return re.compile(written, re.IGNORECASE)
    except re.error as fault:
        raise DataError(f"{what}: {fault}", where=where, hint=HINT) from fault


@lru_cache(maxsize=512)
def _stands(trigger: str, words: str) -> bool:
    """Many patterns share a trigger, so the answer for a sentence is kept for a while."""
    return compiled(trigger).search(words) is not None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What all patterns of a language share, and the patterns.

    `clause` finds where a clause begins (a negation before it says nothing of what follows); `never` rules out a sentence for all patterns
    that anything blocks; `count` a number right before goods, `after` a year and `price` a sum right after a claim, each as
    group 1; `pronoun` a speaker named before; `speakers` frames with a `{speaker}`.
    """

    version: str
    phrases: tuple[Phrase, ...]
    clause: re.Pattern[str]
    never: re.Pattern[str] | None
    count: re.Pattern[str] | None
    after: re.Pattern[str] | None
    price: re.Pattern[str] | None
    pronoun: re.Pattern[str] | None
    speakers: tuple[re.Pattern[str], ...]
    patterns: tuple[Pattern, ...]


EMPTY = Grammar("0", (), re.compile(r"[;:]"), None, None, None, None, None, (), ())


@cache
def grammar(code: str) -> Grammar:
    """The grammar of a language with its live patterns; an empty one where it has no patterns.toml."""
    place = folder().joinpath(code, "patterns.toml")
    return read_grammar(place) if place.is_file() else EMPTY


def patterns(code: str) -> tuple[Pattern, ...]:
    """The patterns of a language that are live, all compiled (DataError names a faulty one); none where it has no patterns.toml."""
    for pattern in grammar(code).patterns:
        assert pattern.expression
    return grammar(code).patterns


def patterns_version(code: str) -> str:
    """The number that patterns.toml carries, `0` where there is none."""
    return grammar(code).version


def read_grammar(place: Traversable, *, resting: bool = False) -> Grammar:
    """The grammar in a file; with `resting`, patterns of types that are not live too.

    DataError names the entry that cannot be read.
    """
    try:
        raw = tomllib.loads(place.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise DataError(f"Not TOML: {fault}", where=str(place), hint=HINT) from fault
    writer = _Writer(raw)
    try:
        shared = _shared(raw, writer)
    except (KeyError, re.error) as fault:
        raise DataError(f"A shared entry cannot be read: {fault}", where=str(place), hint=HINT) from fault
    return Grammar(patterns=tuple(_patterns(raw, writer, str(place), resting=resting)), **shared)


class _Writer:
    """Frames written out as regular expressions with one file's words and lists."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        lists = raw.get("lists", {})
        self.words = {name: str(value) for name, value in raw.get("words", {}).items()}
        self.rejected: Mapping[str, str] = raw.get("without", {})
        self.choices: Mapping[str, Mapping[str, str]] = raw.get("choices", {})
        self.joiner = self._worded(lists.get("and", " and "))
        self.comma = self._worded(lists.get("comma", ", "))
        stop = lists.get("stop")
        self.gap_word = (rf"(?!(?:{self._worded(stop)})\b)" if stop else "") + r"(?:[^\s<>.,;:!?،؛؟]+|<[NDMTSKWV]\d+[a-z]*>)"
        self.adjective = self._worded(lists.get("adjective", "<A>")).replace("<A>", r"<A\d+[a-z]*>")

    def pattern(self, frame: str) -> re.Pattern[str]:
        """A shared entry compiled; `{speaker}` is the only filler it may have."""
        return compiled(self.written(frame, roles=("speaker",)))

    def written(self, frame: str, *, roles: tuple[str, ...] = ()) -> str:
        """A frame written out as a regular expression; KeyError names a word or role that is not known."""
        frame = _GAP.sub(lambda gap: rf"(?: {self.gap_word}){{0,{gap[1]}}}?", self._worded(frame))
        written = _SLOT.sub(lambda slot: self._slot(slot, roles), frame)
        odd = _ODD.search(written)
        if odd:
            raise KeyError(f"{odd.group()} is no filler")
        return written

    def without(self, own: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """What a role's words must not be: the file's own list and the pattern's."""
        roles = dict.fromkeys((*self.rejected, *own))
        return {role: tuple(words[role] for words in (self.rejected, own) if role in words) for role in roles}

    def _worded(self, frame: str) -> str:
        for _ in range(DEPTH):
            frame = _WORD.sub(lambda found: f"(?:{self.words[found[1]]})", frame)
        return frame

    def _slot(self, slot: re.Match[str], roles: tuple[str, ...]) -> str:
        role, letters, cases, several = slot[1], slot[2], slot[3], bool(slot[4])
        name = role.rstrip("0123456789")
        if name not in roles:
            raise KeyError(f"there is no role {name}")
        if name in FREE_ROLES:
            return rf"(?P<{role}>[^.;!?؛؟“”\"]{{3,160}}?)"
        one = _marked(letters, cases) if letters else self._mark(KINDS.get(name, PARTY), cases)
        if not several:
            return f"(?P<{role}>{one})"
        item = rf"(?:{self.gap_word} ){{0,3}}?{one}"
        return rf"(?P<{role}>{one}(?:(?:(?:{self.comma}){item})*(?:{self.joiner}){item})?)"

    def _mark(self, letters: str, cases: str | None) -> str:
        plain = letters.replace("A", "")
        marks = _marked(plain, cases)
        return marks if plain == letters else f"(?:{marks}|{self.adjective})" if plain and not cases else marks if plain else self.adjective


def _marked(letters: str, cases: str | None) -> str:
    """A mark of one of these letters, and in one of these cases where some are named."""
    return rf"<[{letters}]\d+[a-z]*{f'[{cases}][a-z]*' if cases else ''}>"


def _shared(raw: Mapping[str, Any], writer: _Writer) -> dict[str, Any]:
    details = raw.get("details", {})
    names = ("never", "count", "after", "price", "pronoun")
    single = {name: writer.pattern(str(details[name])) if name in details else None for name in names}
    return {
        "version": str(raw.get("version", 0)),
        "phrases": tuple(_phrase(row, writer) for row in raw.get("phrases", ())),
        "clause": writer.pattern(str(details.get("clause", "[;:]"))),
        "speakers": tuple(writer.pattern(frame) for frame in raw.get("speakers", {}).get("frames", ())),
        **single,
    }


def _phrase(row: Mapping[str, Any], writer: _Writer) -> Phrase:
    """One entry of [[phrases]]: `marks` over the skeleton, `text` over the sentence, upper and lower case told apart in both.

    With `case` and `of`, `text` tells which marks can stand in that case.
    """
    marks = "marks" in row
    expression = re.compile(writer.written(row["marks"] if marks else row["text"]))
    return Phrase(row["case"] if "of" in row else row["letter"], expression, marks, row.get("of", ""))


def _patterns(raw: Mapping[str, Any], writer: _Writer, where: str, *, resting: bool) -> Iterator[Pattern]:
    live = set(raw.get("live", ()))
    for number, row in enumerate(raw.get("patterns", ()), 1):
        if row.get("type") not in vocabulary().types:
            raise DataError(f"Pattern {number} has no claim type of the vocabulary", where=where, hint=HINT)
        if resting or row["type"] in live:
            try:
                yield _pattern(row, vocabulary().types[row["type"]], writer, where)
            except KeyError as fault:
                raise DataError(f"Pattern {row.get('name', number)!r}: {fault}", where=where, hint=HINT) from fault


def _pattern(row: Mapping[str, Any], kind: ClaimType, writer: _Writer, where: str) -> Pattern:
    values = {name: vocabulary().value(kind.name, name, value) for name, value in row.get("values", {}).items()}
    if None in values.values():
        raise KeyError(f"a value of {row['values']} is not in the vocabulary")
    roles = (*kind.roles, *vocabulary().detail_roles, "speaker")
    return Pattern(
        name=row["name"],
        type=kind.name,
        values={name: value for name, value in values.items() if value is not None},
        modality=row.get("modality"),
        written=writer.written(row["frame"], roles=roles),
        triggers=triggers(row["frame"], writer.words),
        where=where,
        negated=row.get("negated", False),
        own_voice=row.get("own_voice", False),
        blocks=tuple(row.get("blocks", ("negation", "denied"))),
        unless=writer.written(row["unless"]) if "unless" in row else None,
        without=writer.without(row.get("without", {})),
        choices={name: tuple(_choices(kind, name, writer, table)) for name, table in row.get("choices", {}).items()},
        right=tuple(Example(example["text"], example.get("roles", {})) for example in row.get("right", ())),
        wrong=tuple(row.get("wrong", ())),
    )


def _choices(kind: ClaimType, name: str, writer: _Writer, table: str) -> Iterator[tuple[Value, str]]:
    """The values of [choices.<table>] with the words that stand for them, in order."""
    for raw, words in writer.choices[table].items():
        value = vocabulary().value(kind.name, name, raw)
        if value is None:
            raise KeyError(f"{name}={raw} of [choices.{table}] is not in the vocabulary")
        yield value, writer.written(words)
