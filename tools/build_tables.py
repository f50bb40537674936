"""Gather what is needed before a language is known: all language folders in, extraction/gate.txt and function_words.csv out.

Both are made from the language data (and systems.csv) alone; a test fails where they are not fresh.
"""

from pathlib import Path

from talaan.extraction.detection import FUNCTION_WORDS_FILE, function_word_rows
from talaan.extraction.gate import GATE_FILE, gate_words

OUT = Path(__file__).parent.parent / "src/talaan/extraction"


def main() -> None:
    (OUT / GATE_FILE).write_text("\n".join(sorted(gate_words())) + "\n", encoding="utf-8")
    (OUT / FUNCTION_WORDS_FILE).write_text(
        "language,words\n" + "\n".join(f"{code},{words}" for code, words in function_word_rows()) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
