"""Invented readings for the tests of this room: every claim type, every verdict, text that tries to break out of a page."""

from datetime import date

from talaan.model.claim import Claim, Lead, LeadEntry, Mention, Quote, Speaker
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.entry import Coverage, Edition, Entry
from talaan.model.figure import Figure
from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import vocabulary
from talaan.model.when import When, parse_date

SENTENCES = (
    "Ukraine has delivered two BTR-3 carriers to Kazakhstan, the analyst Olena Petrenko said on Monday.",
    "Russia has no plant that can overhaul the S-300, while Ukraine has one, and Moscow must turn to Kyiv.",
    "South Africa may become the main rival of Ukraine on the Kazakh market.",
    "Analysts accuse the former leadership of corruption in its deals with Israel; nothing was proven.",
    "Kazakhstan belongs to the CSTO, an alternative to NATO in the region, and the minister supports closer work with it.",
    "The United Nations imposed an embargo on Freedonia, and the general resigned as chief of staff.",
    "The weather in Astana was mild.",
)
TEXT = "\n\n".join(SENTENCES)
HOSTILE = "<script>alert('x')</script>"
NAMES = {
    "Ukraine": "country:UKR",
    "Kyiv": "country:UKR",
    "Kazakhstan": "country:KAZ",
    "Kazakh": "country:KAZ",
    "Russia": "country:RUS",
    "Moscow": "country:RUS",
    "South Africa": "country:ZAF",
    "Israel": "country:ISR",
    "S-300": "system:S-300",
    "BTR-3": "system:BTR-3",
    "CSTO": "organisation:CSTO",
    "NATO": "organisation:NATO",
    "United Nations": "organisation:UN",
    "Olena Petrenko": "person:olena-petrenko",
}
CATEGORY = {"S-300": "air-defence-system", "BTR-3": "armoured-personnel-carrier"}


def mention(text: str, words: str, *, after: int = 0) -> Mention:
    """The first mention of these words; what the table above does not hold stays unresolved."""
    start = text.index(words, after)
    ref = NAMES.get(words)
    country = ref.partition(":")[2] if ref and ref.startswith("country:") else None
    name = {"Kyiv": "Ukraine", "Moscow": "Russia", "Kazakh": "Kazakhstan"}.get(words, words) if ref else None
    return Mention(words, start, start + len(words), ref, name, country, CATEGORY.get(words), metonym=words in ("Kyiv", "Moscow"))


def quote(text: str, words: str) -> Quote:
    """The quote of these words with its surroundings."""
    start = text.index(words)
    end = start + len(words)
    return Quote(words, start, end, text[max(0, start - 32) : start], text[end : end + 32])


def entry(key: str, *, supplier: str = "Ukraine", recipient: str = "Kazakhstan", designation: str = "BTR-3", **changes: object) -> Entry:
    """A register row; what is not given is the BTR-3 deal."""
    codes = {"Ukraine": "country:UKR", "Kazakhstan": "country:KAZ", "Russia": "country:RUS", "South Africa": "country:ZAF"}
    cells: dict[str, object] = {
        "id": f"sipri:{key}",
        "supplier": codes.get(supplier),
        "supplier_name": supplier,
        "recipient": codes.get(recipient),
        "recipient_name": recipient,
        "designation": designation,
        "description": "IFV",
        "category": "infantry-fighting-vehicle",
        "system": "BTR-3",
        "ordered": 2005,
        "ordered_uncertain": False,
        "number_ordered": 2,
        "number_ordered_uncertain": False,
        "number_delivered": 2,
        "number_delivered_uncertain": False,
        "years": (2005,),
        "status": "New",
        "comment": None,
        "licensed": False,
        "tiv_unit": 0.5,
        "tiv_ordered": 1.0,
        "tiv_delivered": 1.0,
    }
    return Entry(**{**cells, **changes})  # type: ignore[arg-type]


ENTRIES = {
    row.id: row
    for row in (
        entry("1"),
        entry(
            "2",
            supplier="Russia",
            designation="S-300PS",
            description="SAM system",
            category="air-defence-system",
            ordered=2014,
            ordered_uncertain=True,
            number_ordered=5,
            number_ordered_uncertain=True,
            number_delivered=5,
            years=(2015, 2016),
            comment="Second-hand; aid",
        ),
        entry(
            "3",
            supplier="South Africa",
            designation="Marauder",
            description="APC",
            category="armoured-personnel-carrier",
            ordered=2013,
            number_ordered=90,
            number_delivered=0,
            years=(),
            licensed=True,
            comment=f"Kazakh name Arlan {HOSTILE}",
        ),
        entry(
            "4",
            supplier="unknown supplier(s)",
            designation=HOSTILE,
            category=None,
            ordered=None,
            number_ordered=None,
            number_delivered=None,
        ),
    )
}


def edition(*, bundled: bool = False) -> Edition:
    """A full edition or the bundled excerpt."""
    return Edition(
        register="sipri",
        id="excerpt-2026-05-18" if bundled else "2026-05-18",
        title="Trade register",
        publisher="SIPRI",
        layout="per-deal",
        released="2026-05-18",
        loaded="2026-06-01T10:00:00",
        files=(("trade-register.csv", "ab" * 32),),
        rows=108 if bundled else 29916,
        set_aside=(),
        unread_columns=(),
        coverage=Coverage(1950, 2025, statement="All deals with Kazakhstan as recipient"),
        licence="SIPRI terms of use",
        bundled=bundled,
    )


VALUES: dict[str, dict[str, str | bool | None]] = {
    "transfer": {"stage": "delivered", "basis": None},
    "service": {"service": "overhaul", "stage": "offered"},
    "joint_project": {"kind": "assembly"},
    "capability": {"ability": "overhaul", "has": False, "exclusive": None},
    "dependency": {},
    "competition": {"directness": None, "rank": "main"},
    "competitiveness": {"dimension": "price", "level": "high"},
    "cooperation": {"field": "military", "trend": "growing"},
    "membership": {"standing": "full"},
    "organisation_relation": {"relation": "alternative"},
    "position": {"stance": "supports"},
    "allegation": {"offence": "corruption", "adjudication": "not-proven", "repeated": True},
    "office": {"event": "resigned"},
    "restriction": {"kind": "embargo", "event": "imposed"},
}
PLACES = {
    "transfer": (0, {"supplier": "Ukraine", "recipient": "Kazakhstan", "goods": "BTR-3"}),
    "service": (1, {"provider": "Ukraine", "client": "Russia", "goods": "S-300"}),
    "joint_project": (1, {"parties": "Ukraine", "goods": "S-300"}),
    "capability": (1, {"holder": "Russia", "goods": "S-300"}),
    "dependency": (1, {"dependent": "Moscow", "provider": "Kyiv"}),
    "competition": (2, {"competitor": "South Africa", "rival": "Ukraine", "market": "Kazakh"}),
    "competitiveness": (2, {"offerer": "Ukraine"}),
    "cooperation": (3, {"parties": "Israel"}),
    "allegation": (3, {"accused": "the former leadership", "accuser": "Analysts", "about": "its deals with Israel"}),
    "membership": (4, {"member": "Kazakhstan", "organisation": "CSTO"}),
    "organisation_relation": (4, {"first": "CSTO", "second": "NATO"}),
    "position": (4, {"holder": "the minister", "on": "closer work with it"}),
    "restriction": (5, {"imposer": "United Nations", "target": "Freedonia"}),
    "office": (5, {"person": "the general", "post": "chief of staff"}),
}
ROWS = {
    "supported": (("sipri:1",), ()),
    "partly_supported": (("sipri:1",), ("sipri:2",)),
    "contradicted": (("sipri:2",), ()),
    "not_found_in_scope": ((), ("sipri:2", "sipri:4")),
    "came_true": (("sipri:3",), ()),
    "partly_came_true": (("sipri:3",), ()),
}


def verdict(word: str, *, register: str = "sipri") -> Verdict:
    """A verdict with rows where it has some, a rule, a trace and scores."""
    entries, nearest = ROWS.get(word, ((), ()))
    return Verdict(
        register,
        "2026-05-18",
        word,
        f"the reason for {word}",
        f"rule.{word}",
        entries,
        nearest,
        {"supplier": 1.0, "number": 0.5, "year": None},
        ("the edition covers Kazakhstan", "two rows have these parties"),
    )


def claim(kind: str, *verdicts: Verdict, text: str = TEXT, **changes: object) -> Claim:
    """A claim of that type on its sentence of the sample text."""
    place, fillers = PLACES[kind]
    first = text.index(SENTENCES[place])
    cells: dict[str, object] = {
        "id": f"claim-{kind}",
        "type": kind,
        "values": VALUES[kind],
        "modality": "possible" if kind == "competition" else "asserted",
        "negated": False,
        "optional": False,
        "reader": "llm",
        "roles": {role: (mention(text, words, after=first),) for role, words in fillers.items()},
        "quote": quote(text, SENTENCES[place].partition(",")[0]),
        "speaker": Speaker("person:olena-petrenko", "Olena Petrenko", "analyst", "Centre X"),
        "extractor": "llm example 1",
        "confidence": 0.86,
        "verdicts": verdicts,
        "gloss": {"en": f"A sentence about {kind}.", "fil": f"Isang pangungusap tungkol sa {kind}."},
        "lead": f"lead-{place}",
    }
    return Claim(**{**cells, **changes})  # type: ignore[arg-type]


def all_claims() -> tuple[Claim, ...]:
    """One claim of each of the 14 types; together they carry each of the 12 verdicts."""
    words = vocabulary().verdicts
    claims = [claim(kind, verdict(words[number % len(words)])) for number, kind in enumerate(vocabulary().types)]
    span = When(date(2005, 1, 1), date(2005, 12, 31), "year", "in 2005", 0, 7)
    claims[0] = claim(
        "transfer",
        verdict("out_of_scope", register="reference:memberships"),
        verdict("supported"),
        speaker=None,
        when=span,
        quantity=Quantity(2, "item", False, "two", 22, 25),
        value=Money(1.5e6, "USD", "$1.5 million", 0, 3),
    )
    return tuple(claims)


def lead(place: int, *, grade: str = "strong", text: str = TEXT, claims: tuple[str, ...] = (), **changes: object) -> Lead:
    """The lead on that sentence of the sample text with every name of the table in it."""
    found = quote(text, SENTENCES[place])
    names = tuple(mention(text, words, after=found.start) for words in NAMES if words in SENTENCES[place])
    kinds = {0: "transfer", 1: "capability", 2: "competition", 3: "allegation", 4: "membership", 5: "restriction"}
    cells: dict[str, object] = {
        "id": f"lead-{place}",
        "quote": found,
        "types": ((kinds.get(place, "transfer"), 0.71), ("service", 0.2), ("office", 0.01)),
        "mentions": names,
        "grade": grade,
        "score": 0.83,
        "claims": claims,
    }
    return Lead(**{**cells, **changes})  # type: ignore[arg-type]


def document(text: str = TEXT, **changes: object) -> Document:
    """A document of the sample text."""
    cells: dict[str, object] = {
        "text": text,
        "path": "article.txt",
        "raw_hash": "cd" * 32,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "language": "en",
        "title": "Arms on the steppe",
        "url": "https://example.org/steppe",
        "publisher": "The Example",
        "published": parse_date("2011-05"),
    }
    return Document(**{**cells, **changes})  # type: ignore[arg-type]


def full_reading() -> Reading:
    """All claims on their leads, with register rows."""
    rows = (LeadEntry("sipri:1", "sentence"), LeadEntry("sipri:2", "neighbour", guessed=True))
    leads = (
        lead(0, entries=rows, other_deals="15 deals between Ukraine and Kazakhstan, 1993–2008, none of this class"),
        lead(1, entries=(LeadEntry("sipri:2", "context"),)),
        lead(2, entries=(LeadEntry("sipri:3", "sentence"),)),
        lead(3, grade="possible"),
        lead(4),
        lead(5, grade="possible"),
    )
    return Reading(
        document(), leads, all_claims(), ENTRIES, notes=("12 sentences were not read",), dropped=("a quote that is not in the text",)
    )


def leads_only() -> Reading:
    """What there is without a reader."""
    return Reading(document(published=None, title=None, language=None), full_reading().leads, (), ENTRIES)


def hostile_reading() -> Reading:
    """Markup wherever a document, a model or a register can put it."""
    text = f"{SENTENCES[0]}\n{HOSTILE} & <b>bold</b>\n" + "\n".join(SENTENCES[1:])
    name = Mention(HOSTILE, text.index(HOSTILE), text.index(HOSTILE) + len(HOSTILE), None, HOSTILE)
    bad = Lead(
        "lead-x",
        quote(text, f"{HOSTILE} & <b>bold</b>"),
        (("transfer", 1.0),),
        (name,),
        "strong",
        0.9,
        (LeadEntry("sipri:4", "sentence"),),
        HOSTILE,
    )
    spoken = claim(
        "transfer",
        Verdict("sipri", HOSTILE, "supported", HOSTILE, HOSTILE, ("sipri:3",), ("sipri:4",)),
        text=text,
        id='x" onclick="alert(1)',
        quote=quote(text, HOSTILE),
        gloss={"en": HOSTILE, "fil": HOSTILE},
        lead="lead-x",
        speaker=Speaker(None, HOSTILE, HOSTILE, HOSTILE),
        extractor=HOSTILE,
    )
    notes = (HOSTILE,)
    return Reading(
        document(text, path=HOSTILE, title=HOSTILE, url="javascript:alert(1)", publisher=HOSTILE, language='"><script>', notes=notes),
        (bad, lead(0, text=text)),
        (spoken,),
        ENTRIES,
        notes=notes,
        dropped=notes,
    )


ARABIC = "سلمت أوكرانيا أنظمة S-300 إلى كازاخستان. وتتهم مصادر روسيا بالفساد في صفقة <b>السلاح</b>."


def arabic_reading() -> Reading:
    """A short text that runs right to left."""
    found = quote(ARABIC, ARABIC.partition(".")[0])
    names = (
        Mention("أوكرانيا", ARABIC.index("أوكرانيا"), ARABIC.index("أوكرانيا") + 8, "country:UKR", "Ukraine", "UKR"),
        Mention("S-300", ARABIC.index("S-300"), ARABIC.index("S-300") + 5, "system:S-300", "S-300", None, "air-defence-system"),
    )
    roles = {"supplier": names[:1], "goods": names[1:]}
    bad = claim("transfer", verdict("not_found_in_scope"), quote=found, lead="lead-ar", id="claim-ar", roles=roles, speaker=None)
    one = Lead("lead-ar", found, (("transfer", 0.9),), names, "strong", 0.9, (LeadEntry("sipri:2", "sentence"),))
    return Reading(document(ARABIC, language="ar", title="صفقة السلاح", path="article.ar.txt", url=None), (one,), (bad,), ENTRIES)


def market() -> Figure:
    """Suppliers of a market, most of it from one."""
    rows = (
        {"supplier": "country:RUS", "value": 880.5, "share": 0.88, "rank": 1},
        {"supplier": "country:ZAF", "value": 119.5, "share": 0.12, "rank": 2},
    )
    return Figure(
        "market",
        "country:KAZ",
        "sipri",
        "2026-05-18",
        "million TIV",
        (2020, 2024),
        True,
        "sum",
        rows,
        {"hhi": 0.79},
        ("SIPRI",),
        ("A caveat",),
    )
