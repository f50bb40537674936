"""The report to hand on: readings in, one self-contained HTML file out (no scripts, no requests, everything escaped)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from talaan import __version__
from talaan.model.claim import Mention, Quote
from talaan.model.contract import Reading, published_json
from talaan.model.entry import Edition
from talaan.model.vocabulary import vocabulary
from talaan.output.cards import caveats, counts_line
from talaan.output.marks import Piece, Span, pieces
from talaan.output.views import ClaimView, ReadingView, around, direction, places_of, reading_view
from talaan.output.words import Words, words

if TYPE_CHECKING:
    from jinja2 import Environment

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
TONES = {
    "supported": "yes", "came_true": "yes", "partly_supported": "part", "partly_came_true": "part", "contradicted": "no",
    "did_not_come_true": "no", "not_found_in_scope": "absent", "register_uncertain": "unsure", "needs_human": "unsure",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from the text to the card of what ends there."""

    href: str
    label: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of text with its classes, the anchors that stand before it and the links that follow it."""

    text: str
    classes: str
    anchors: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One document of the report; `key` begins all its anchors."""

    key: str
    view: ReadingView
    title: str
    direction: str
    facts: tuple[tuple[str, str, str | None], ...]
    counts: str
    caveats: tuple[str, ...]
    notes: tuple[str, ...]
    text: tuple[Marked, ...]


def report_page(
    readings: Sequence[Reading], *, editions: Sequence[Edition] = (), language: str = "en", with_text: bool = True, made_on: str = ""
) -> str:
    """The report on these readings as one HTML document.

    Without text the article is left out and its quotes stay. `made_on` is a date to print; the same input gives the same file.
    """
    say = words(language)
    sections = [section(reading, f"d{number}", say, editions=editions, with_text=with_text) for number, reading in enumerate(readings, 1)]
    template = _environment().get_template("report.html.j2")
    page = template.render(
        say=say,
        csp=CSP,
        sections=sections,
        editions=editions,
        title=sections[0].title if len(sections) == 1 else say.say("heading.reports", n=len(sections)),
        with_text=with_text,
        tones=TONES,
        verdicts=_verdicts_used(readings),
        readers=_readers_used(readings, say),
        made=say.say("summary.made_on", version=__version__, date=made_on) if made_on else say.say("summary.made", version=__version__),
        sentence=sentence_pieces,
        around=around,
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def section(reading: Reading, key: str, say: Words, *, editions: Sequence[Edition] = (), with_text: bool = True) -> Section:
    """One document of the report."""
    document = reading.document
    view = reading_view(reading, say)
    return Section(
        key=key,
        view=view,
        title=document.title or file_name(document.path),
        direction=direction(document.language),
        facts=tuple(_facts(reading, say)),
        counts=counts_line(reading, say),
        caveats=tuple(caveats(reading, editions, say)),
        notes=(*document.notes, *reading.notes),
        text=tuple(marked_text(view, key, say)) if with_text else (),
    )


def marked_text(view: ReadingView, key: str, say: Words) -> Iterator[Marked]:
    """The document's text in pieces; leads, claims and names may nest and overlap."""
    spans: list[Span] = []
    classes: dict[str, str] = {}
    references: dict[str, Reference] = {}
    for lead in view.leads:
        mark = f"l{lead.number}"
        spans.append(Span(mark, lead.lead.quote.start, lead.lead.quote.end))
        classes[mark] = f"lead {lead.lead.grade}"
        references[mark] = Reference(f"#{key}-{mark}", str(lead.number), f"{say.say('label.lead')} {lead.number}", "lead")
        for number, mention in enumerate(lead.lead.mentions):
            spans.append(Span(f"n{lead.number}.{number}", mention.start, mention.end))
            classes[f"n{lead.number}.{number}"] = "name"
    for claim in view.claims:
        for number, quote in enumerate(places_of(claim.claim)):
            mark = f"c{claim.number}" if number == 0 else f"c{claim.number}.{number}"
            spans.append(Span(mark, quote.start, quote.end))
            classes[mark] = "claim"
            references[mark] = _claim_reference(claim, key, say)
    for piece in pieces(view.reading.document.text, spans):
        yield _marked(piece, key, classes, references)


def sentence_pieces(quote: Quote, mentions: Sequence[Mention]) -> list[Piece]:
    """A quote cut at its names."""
    return pieces(quote.text, (Span(str(number), name.start, name.end) for number, name in enumerate(mentions)), first=quote.start)


def safe_address(address: str | None) -> str | None:
    """The address where it is safe to link to (http and https), else None.

    >>> safe_address("https://example.org/a"), safe_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def file_name(path: str) -> str:
    """The last part of a path: a report handed on does not tell the folders of whoever made it.

    >>> file_name("/home/ana/secret/article.txt"), file_name("texts.jsonl#7"), file_name("https://example.org/a")
    ('article.txt', 'texts.jsonl#7', 'https://example.org/a')
    """
    return path if safe_address(path) else path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def language_tag(language: str | None) -> str:
    """A language tag fit for a `lang` attribute; `und` where there is none.

    >>> language_tag("tl"), language_tag('"><b>'), language_tag(None)
    ('tl', 'und', 'und')
    """
    return language if language and language.replace("-", "").isalnum() and language.isascii() else "und"


def _marked(piece: Piece, key: str, classes: dict[str, str], references: dict[str, Reference]) -> Marked:
    names = dict.fromkeys(word for mark in piece.covers for word in classes[mark].split())
    ends = {references[mark].href: references[mark] for mark in piece.ends if mark in references}
    anchors = tuple(f"{key}-t-{mark}" for mark in piece.begins if mark in references and "." not in mark)
    return Marked(piece.text, " ".join(names), anchors, tuple(ends.values()))


def _claim_reference(claim: ClaimView, key: str, say: Words) -> Reference:
    return Reference(f"#{key}-c{claim.number}", f"{claim.number}", f"{say.say('label.claim')} {claim.number}: {claim.gloss}", "claim")


def _facts(reading: Reading, say: Words) -> Iterator[tuple[str, str, str | None]]:
    """(label, text, link) of what is known about a document."""
    document = reading.document
    if document.publisher:
        yield say.say("label.publisher"), document.publisher, None
    yield say.say("label.published"), published_json(document.published) or say.say("label.date_unknown"), None
    named = say.label("language", document.language) if document.language else say.say("summary.language_unknown")
    yield say.say("label.language"), named, None
    if document.url:
        yield say.say("label.address"), document.url, safe_address(document.url)
    yield say.say("label.file"), file_name(document.path), None
    yield say.say("label.fingerprint"), document.id, None


def _verdicts_used(readings: Iterable[Reading]) -> list[str]:
    used = {verdict.verdict for reading in readings for claim in reading.claims for verdict in claim.verdicts}
    return [word for word in vocabulary().verdicts if word in used]


def _readers_used(readings: Iterable[Reading], say: Words) -> str:
    used = {(claim.reader, claim.extractor) for reading in readings for claim in reading.claims}
    return ", ".join(f"{say.label('reader', reader)} ({extractor})" for reader, extractor in sorted(used))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("talaan.output", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["tag"] = language_tag
    return made
