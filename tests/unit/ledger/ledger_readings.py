"""Readings to store: by hand, and as Hypothesis strategies over everything a claim can hold."""

from datetime import date

from hypothesis import strategies as st

from talaan.ledger.runs import Run
from talaan.model.claim import Claim, Lead, LeadEntry, Mention, Quote, Speaker
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.quantity import Money, Quantity
from talaan.model.verdict import Verdict
from talaan.model.vocabulary import vocabulary
from talaan.model.when import When

RUN = Run("talaan 0.1.0", "builtin 3", "language-hash", "reference-hash", "2026-05-18T12:00:00")


def mention(text: str, ref: str | None = None, country: str | None = None) -> Mention:
    return Mention(text, 0, len(text), ref, text, country)


def claim(claim_id: str, **changes: object) -> Claim:
    """A delivery by Ukraine to Kazakhstan, as Sergei Example says, unless changed."""
    given: dict[str, object] = {
        "id": claim_id,
        "type": "transfer",
        "values": {"stage": "delivered", "basis": None},
        "modality": "asserted",
        "negated": False,
        "optional": False,
        "reader": "builtin",
        "roles": {
            "supplier": (mention("Ukraine", "country:UKR", "UKR"),),
            "recipient": (mention("Kazakhstan", "country:KAZ", "KAZ"),),
            "goods": (mention("S-300", "system:S-300"),),
        },
        "quote": Quote("Ukraine delivered the S-300", 0, 27),
        "speaker": Speaker("person:sergei-example", "Sergei Éxample", "analyst"),
        "extractor": "builtin 0.1.0 en 3",
        "confidence": 0.75,
        "verdicts": (Verdict("sipri", "2026-05-18", "supported", "a row fits", "transfer-row", ("sipri:1",)),),
        "gloss": {"en": "Ukraine delivered S-300 to Kazakhstan."},
    }
    return Claim(**(given | changes))  # type: ignore[arg-type]


def lead(lead_id: str) -> Lead:
    return Lead(
        lead_id,
        Quote("Ukraine delivered the S-300", 0, 27, "", " in"),
        (("transfer", 0.7), ("service", 0.25)),
        (mention("Ukraine", "country:UKR", "UKR"),),
        "strong",
        0.83,
        (LeadEntry("sipri:1", "sentence"), LeadEntry("sipri:2", "context", guessed=True)),
        "15 deals",
        ("a",),
    )


def reading(text: str, *claims: Claim, leads: tuple[Lead, ...] = (), **document: object) -> Reading:
    """A reading of that text; further fields go to the document."""
    given: dict[str, object] = {"path": f"{text[:8]}.txt", "raw_hash": f"raw {text}", "media_type": "text/plain"}
    return Reading(Document(text, **(given | document)), leads, claims, {}, ("a note",), ("a drop",))  # type: ignore[arg-type]


words = st.text(max_size=12)
offsets = st.integers(0, 10**6)
names = st.one_of(st.none(), words)
fractions = st.floats(0, 1)
mentions = st.builds(Mention, words, offsets, offsets, names, names, names, names, st.booleans(), st.booleans())
stored_quotes = st.builds(Quote, words, offsets, offsets, words, words)
dates = st.one_of(st.none(), st.dates(date(1, 1, 1)))
whens = st.builds(
    When, dates, dates, st.sampled_from(["day", "month", "year", "range", "relative"]), names, st.one_of(st.none(), offsets), st.none()
)
stored_verdicts = st.builds(
    Verdict,
    words,
    words,
    st.sampled_from(vocabulary().verdicts),
    words,
    words,
    st.lists(words, max_size=2).map(tuple),
    st.lists(words, max_size=2).map(tuple),
    st.dictionaries(words, st.one_of(st.none(), fractions), max_size=2),
    st.lists(words, max_size=2).map(tuple),
)
stored_claims = st.builds(
    Claim,
    id=st.uuids().map(str),
    type=st.sampled_from(list(vocabulary().types)),
    values=st.dictionaries(words, st.one_of(st.none(), st.booleans(), words), max_size=3),
    modality=words,
    negated=st.booleans(),
    optional=st.booleans(),
    reader=st.sampled_from(["builtin", "llm", "person"]),
    roles=st.dictionaries(words, st.lists(mentions, max_size=3).map(tuple), max_size=3),
    quote=stored_quotes,
    speaker=st.one_of(st.none(), st.builds(Speaker, names, names, names, names, names, st.none(), st.one_of(st.none(), offsets))),
    extractor=words,
    confidence=fractions,
    quantity=st.one_of(st.none(), st.builds(Quantity, st.floats(0, 1e12), words, st.booleans(), words, offsets, offsets)),
    value=st.one_of(st.none(), st.builds(Money, st.floats(0, 1e15), names, words, offsets, offsets)),
    when=st.one_of(st.none(), whens),
    also=st.lists(stored_quotes, max_size=2).map(tuple),
    gloss=st.dictionaries(words, words, max_size=2),
    verdicts=st.lists(stored_verdicts, max_size=2).map(tuple),
    lead=names,
)
stored_leads = st.builds(
    Lead,
    words,
    stored_quotes,
    st.lists(st.tuples(words, fractions), max_size=2).map(tuple),
    st.lists(mentions, max_size=2).map(tuple),
    st.sampled_from(["strong", "possible"]),
    fractions,
    st.lists(st.builds(LeadEntry, words, st.sampled_from(["sentence", "neighbour", "context"]), st.booleans()), max_size=2).map(tuple),
    names,
    st.lists(words, max_size=2).map(tuple),
)
stored_documents = st.builds(
    Document,
    text=st.text(max_size=60),
    path=words,
    raw_hash=words,
    media_type=words,
    encoding=names,
    language=names,
    title=names,
    url=names,
    publisher=names,
    published=st.one_of(st.none(), whens),
    notes=st.lists(words, max_size=2).map(tuple),
)
stored_readings = st.builds(
    Reading,
    stored_documents,
    st.lists(stored_leads, max_size=2).map(tuple),
    st.lists(stored_claims, max_size=3, unique_by=lambda made: made.id).map(tuple),
    st.just({}),
)
