"""Invented claims of a ledger: a type, roles and values in, rows as the ledger gives them out."""

from dataclasses import replace
from datetime import date
from itertools import count

from talaan.ledger.read import DocumentRow, Row
from talaan.ledger.runs import Run
from talaan.model.claim import Claim, Mention, Quote, Speaker
from talaan.model.when import parse_date

TODAY = date(2026, 1, 1)
RUN = Run("talaan", "llm", "", "", "2025-12-31T12:00:00")
DOCUMENT = DocumentRow("sha256:1", "a.txt", None, "An article", "en", None, None, 99, "", "text/plain", "utf-8", RUN, 1, 0)
_numbers = count(1)


def claimed(
    kind: str, roles: dict[str, str], *, on: str | None = "2011-05", document: str = "1", modality: str = "asserted", negated: bool = False,
    speaker: str | None = None, judgement: str | None = None, **values: str | bool,
) -> Row:  # fmt: skip
    """A claim of a document published then; a role's filler with a colon is a reference, anything else plain words."""
    quote = Quote("words of the document", 0, 21)
    fillers = {role: tuple(filler(one) for one in told.split("+")) for role, told in roles.items()}
    who = Speaker(None, speaker) if speaker else None
    one = Claim(f"c{next(_numbers)}", kind, values, modality, negated, False, "llm", fillers, quote, who, "llm", 0.9)
    told = replace(DOCUMENT, id=f"sha256:{document}", title=f"Article {document}", published=parse_date(on) if on else None)
    return Row(told, one, judgement)


def filler(told: str) -> Mention:
    """A filler; `category:…` and `country:…` are references, `firm@PER` a firm of Peru."""
    name, _, country = told.partition("@")
    if country:
        return Mention(name, 0, 5, f"organisation:{name}", name, country)
    kind, _, key = told.partition(":")
    return Mention(key, 0, 5, told, key, key if kind == "country" else None) if key else Mention(told, 0, 5)
