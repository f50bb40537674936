"""Anchoring measured: what stands in the text is found where it stands, what does not stand there is never found."""

import random
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from talaan.evaluation.gold import Passage, load_passages
from talaan.extraction.anchoring import Anchors
from talaan.extraction.sentences import sentences

CORPUS = Path(__file__).parent.parent.parent.parent / "corpus"
SIGNS = {"-": "‐‑–—-", '"': '“”„«»"', "'": "’‘'`", "“": '"«„', "”": '"»“', "«": '"“', "»": '"”', "’": "'‘", "–": "-—", "—": "-–"}
SPACES = (" ", "  ", "\n", "\u00a0", " \n ", "\u202f", "\t")
INVENTED = "Borduria quietly shipped {number} launchers to Syldavia through {middle}, {last} said"


@cache
def passages() -> list[Passage]:
    return load_passages(CORPUS, "train")


def true_quotes(number: int) -> Iterator[tuple[Passage, int, int, str]]:
    """(passage, start, end, the words with other spaces, quotation marks and hyphens), each different from the text."""
    chance = random.Random(4)
    everything = [(passage, span) for passage in passages() for span in sentences(passage.text, passage.language)]
    while number:
        passage, (start, end) = chance.choice(everything)
        words = passage.text[start:end]
        changed = "".join(chance.choice(SPACES) if sign == " " else chance.choice(SIGNS.get(sign, sign)) for sign in words)
        if changed != words:
            number -= 1
            yield passage, start, end, changed


def test_of_a_thousand_true_quotes_with_other_signs_nearly_all_stand_where_they_stood() -> None:
    right = 0
    for passage, start, end, changed in true_quotes(1000):
        places = Anchors(passage.text).places(changed)
        right += any(abs(here - start) <= 2 and abs(there - end) <= 2 for here, there in places)
    assert right >= 990


def invented_quotes(number: int) -> Iterator[tuple[Passage, str]]:
    """Quotes that stand nowhere: made up, or true ones with a word taken out, put in, or changed for one of another sentence."""
    chance = random.Random(5)
    for count in range(number):
        passage = chance.choice(passages())
        start, end = chance.choice(sentences(passage.text, passage.language))
        words = passage.text[start:end].split(" ")
        place = chance.randrange(len(words))
        kind = count % 4
        if kind == 0 or len(words) < 4:
            yield passage, INVENTED.format(number=chance.randrange(10**6), middle=words[0], last=words[-1])
        elif kind == 1:
            yield passage, " ".join([*words[:place], f"nie{count}mals", *words[place:]])
        elif kind == 2:
            middle = chance.randrange(1, len(words) - 1)
            yield passage, " ".join([*words[:middle], *words[middle + 1 :]])
        else:
            yield passage, " ".join([*words[:place], f"{words[place]}{chance.randrange(10)}x", *words[place + 1 :]])


def test_of_a_thousand_invented_quotes_none_is_found() -> None:
    found = [(passage.id, words) for passage, words in invented_quotes(1000) if Anchors(passage.text).places(words)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "code", "filler", "stands"),
    [
        ("Malinda said so in Tirana.", "en", "Mali", False),
        ("Malinda said so in Tirana.", "en", "Iran", False),
        ("They signed in 1988 for tanks.", "en", "88", False),
        ("Mali, Iran and 88 tanks.", "en", "Mali", True),
        ("וישראל מכרה טילים", "he", "ישראל", True),
        ("والعراق اشترى دبابات", "ar", "العراق", True),
        ("تعراق", "ar", "عراق", False),
        ("러시아제 헬기", "ko", "러시아", True),
        ("三菱電機製の警戒管制レーダー", "ja", "三菱電機", True),
        ("Rusia-lah yang menjual", "id", "Rusia", True),
    ],
)
def test_fillers_stand_as_words_of_their_own_as_their_language_writes_them(text: str, code: str, filler: str, stands: bool) -> None:
    assert (Anchors(text, code).nearest(filler, (0, len(text))) is not None) is stands


def test_the_place_nearest_to_the_quote_is_taken() -> None:
    text = "Peru bought. " * 3 + "The quote names Peru here. " + "Peru bought. " * 3
    quote = (text.index("The quote"), text.index(" here.") + 6)
    assert Anchors(text, "en").nearest("Peru", quote) == (text.index("names Peru") + 6, text.index("names Peru") + 10)


def test_long_runs_of_spaces_cost_no_time() -> None:
    text = "a" + " " * 200_000 + "b - " * 2_000
    begun = time.perf_counter()
    for wanted in ("a - b", "a b c", "b-b-b-b c", "' a '' - b"):
        Anchors(text).places(wanted)
    assert time.perf_counter() - begun < 2
