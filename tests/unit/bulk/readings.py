"""A reading with every field of the contract filled, and works that a process pool can call."""

import json
import os
import time
from dataclasses import replace
from datetime import date

from talaan.documents.sources import Source
from talaan.model.claim import Claim, Lead, LeadEntry, Mention, Quote, Speaker
from talaan.model.contract import Object, Reading, reading_json
from talaan.model.document import Document
from talaan.model.entry import Entry
from talaan.model.errors import DocumentError
from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import vocabulary
from talaan.model.when import When

DAY = When(date(2011, 5, 17), date(2011, 5, 17), "day", "17 May", 3, 9)
QUOTE = Quote("Chile sold two boats", 0, 20, "<", ">")
PERU = Mention("Lima", 1, 5, "country:PER", "Peru", "PER", "warship", metonym=True, guessed=True)


def reading() -> Reading:
    """One document with a claim of every type, each closed value set, a lead and an entry."""
    document = Document("Chile sold two boats.", "a#1", "00", "text/plain", "utf-8", "en", "T", "https://a.example", "P", DAY, ("note",))
    lead = Lead(
        "l", QUOTE, (("transfer", 0.71), ("service", 0.2)), (PERU,), "strong", 0.83, (LeadEntry("sipri:1", "context", True),), "3", ("c",)
    )
    entry = Entry(
        *(
            "sipri:1",
            "country:CHL",
            "Chile",
            "country:PER",
            "Peru",
            "Boat",
            "patrol craft",
            "patrol-boat",
            None,
            2009,
            True,
            2,
            False,
            1,
            True,
        ),
        *((2010, 2011), "New", None, False, 1.5, 3.0, 1.5),
    )
    return Reading(document, (lead,), tuple(map(claim, vocabulary().types)), {"sipri:1": entry}, ("n",), ("d",))


def claim(name: str) -> Claim:
    """A claim of that type with its last closed values."""
    kind = vocabulary().types[name]
    return Claim(
        id=f"c-{name}",
        type=name,
        values={key: values[-1] for key, values in kind.values.items()},
        modality="asserted",
        negated=True,
        optional=False,
        reader="builtin",
        roles={role: (PERU, replace(PERU, ref=None, metonym=False)) for role in kind.roles},
        quote=QUOTE,
        speaker=Speaker("person:a", "A", "minister", "Navy", "A said", 2, 8),
        extractor="builtin 0",
        confidence=0.5,
        quantity=Quantity(2, "piece", True, "two", 4, 7),
        value=Money(1e6, "USD", "a million", 1, 9),
        when=DAY,
        also=(QUOTE,),
        gloss={"en": "Chile sold boats.", "fil": "…"},
        verdicts=(Verdict("sipri", "2026", "supported", "why", "rule", ("sipri:1",), ("sipri:2",), {"year": 1.0, "number": None}),),
        lead="l",
    )


def work(source: Source) -> str:
    """The reading of a source whose line is its text; a line `fail …` cannot be read, one with `slow` takes a while."""
    text = source.line or ""
    if text.startswith("fail"):
        raise DocumentError(f"It says {text}", where=source.path, hint="mend it")
    if text.startswith("die"):
        os._exit(1)
    if text.startswith("slow"):
        time.sleep(0.02)
    made: Object = reading_json(Reading(Document(text, source.path, "00", "text/plain"), (), (), {}))
    return json.dumps(made, ensure_ascii=False)
