"""Terminal output: a reading in, Rich renderables out; nothing is printed here, and all of it reads without colour at 80 columns."""

import re
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from talaan.model.claim import Mention, Quote
from talaan.model.contract import Reading
from talaan.model.entry import Edition
from talaan.output.marks import Span, pieces
from talaan.output.rows import Pair, row_line
from talaan.output.views import ClaimView, LeadView, ReadingView, VerdictView, around, reading_view
from talaan.output.words import Words, words

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
ROWS_SHOWN = 5
_SPACES = re.compile(r"\s+")
VERDICT_STYLE = {
    "supported": "green", "came_true": "green", "partly_supported": "green", "partly_came_true": "green", "contradicted": "red",
    "did_not_come_true": "red", "not_found_in_scope": "yellow", "register_uncertain": "magenta", "needs_human": "magenta",
}  # fmt: skip


def plain(text: str) -> str:
    """The text on one line without control signs, so that a document cannot steer the terminal.

    >>> plain("a\\n b\\x1b[31mc")
    'a b [31mc'
    """
    return _SPACES.sub(" ", _CONTROL.sub(" ", text))


def summary(reading: Reading, *, editions: Sequence[Edition] = (), language: str = "en", sentences: int | None = None) -> RenderableType:
    """What was read and against what: language, counts, edition, and how to load a full register where only the excerpt was used."""
    say = words(language)
    document = reading.document
    head = Rule(Text(plain(document.title or document.path), style="bold"), align="left", style="dim", characters="─")
    lines: list[RenderableType] = [head, Text(counts_line(reading, say, sentences=sentences))]
    for edition in editions:
        note = f" ({say.say('summary.excerpt')})" if edition.bundled else ""
        lines.append(Text(say.say("summary.edition", register=say.label("register", edition.register), edition=edition.id) + note))
    lines += [Text(f"! {line}", style="yellow") for line in caveats(reading, editions, say)]
    lines += [Text(f"· {plain(note)}", style="dim") for note in (*document.notes, *reading.notes)]
    return Group(*lines)


def counts_line(reading: Reading, say: Words, *, sentences: int | None = None) -> str:
    """`Tagalog · 29 sentences · 12 leads (8 strong, 4 possible) · 3 claims`."""
    language = reading.document.language
    strong = sum(lead.grade == "strong" for lead in reading.leads)
    grades = f" ({say.count('strong', strong)}, {say.count('possible', len(reading.leads) - strong)})" if reading.leads else ""
    size = say.count("character", len(reading.document.text)) if sentences is None else say.count("sentence", sentences)
    named = say.label("language", language) if language else say.say("summary.language_unknown")
    return " · ".join((named, size, say.count("lead", len(reading.leads)) + grades, say.count("claim", len(reading.claims))))


def caveats(reading: Reading, editions: Sequence[Edition], say: Words) -> list[str]:
    """The warnings that hold for this reading, most important first."""
    out = []
    if not editions:
        out.append(say.say("caveat.no_verify"))
    elif any(edition.bundled for edition in editions):
        out += [say.say("caveat.excerpt"), say.say("caveat.load")]
    if reading.leads and not reading.claims:
        out.append(say.say("caveat.leads_only"))
    if any(claim.type == "allegation" for claim in reading.claims):
        out.append(f"{say.say('caveat.allegation')} {say.say('caveat.allegation_rows')}")
    if reading.document.published is None and any(
        verdict.verdict == "needs_human" for claim in reading.claims for verdict in claim.verdicts
    ):
        out.append(say.say("caveat.undated"))
    return out


def reading_cards(
    reading: Reading, *, editions: Sequence[Edition] = (), language: str = "en", sentences: int | None = None
) -> RenderableType:
    """The whole reading: the summary, every lead with its rows and claims, the claims outside the leads."""
    say = words(language)
    view = reading_view(reading, say)
    parts: list[RenderableType] = [summary(reading, editions=editions, language=language, sentences=sentences), Text()]
    if not view.leads and not view.loose:
        return Group(*parts, Text(say.say("summary.nothing")))
    parts += _review(view, say)
    if view.leads:
        parts.append(Text.assemble((say.say("heading.leads"), "bold underline"), f"  {say.say('caveat.lead')}"))
        if any(kind.guess for lead in view.leads for kind in lead.types):
            parts.append(Text(f"? = {say.say('caveat.guess')}", style="dim"))
    for lead in view.leads:
        parts += [Text(), lead_card(lead, say)]
    if view.loose:
        parts += [Text(), Text(say.say("heading.other_claims"), style="bold underline"), *_claim_cards(view.loose, say)]
    return Group(*parts, *_set_aside(view, say))


def lead_card(view: LeadView, say: Words) -> RenderableType:
    """One lead: the sentence with its names marked, what they mean, the register's rows by pair, the claims read from it."""
    kinds = " · ".join(f"{kind.label}{' ?' if kind.guess else ''}" for kind in view.types)
    grade = say.label("grade", view.lead.grade)
    head = Text.assemble((f"{view.number:>3}  ", "bold"), (grade, "bold" if view.lead.grade == "strong" else "dim"), f" · {kinds}")
    body: list[RenderableType] = [_sentence(view.lead.quote, view.lead.mentions)]
    if view.names:
        named = " · ".join(plain(text) if means.startswith(text) and means == text else _named(text, means) for text, means in view.names)
        body.append(Text(f"{say.say('label.names')}: {named}", style="dim"))
    body += _pairs(view.pairs, say)
    if view.seen_at:
        leads = ", ".join(f"{say.say('label.lead')} {number}" for number in view.seen_at)
        told = say.say("label.more_rows" if view.pairs else "label.same_rows")
        body.append(Text(f"{told} {leads}", style="dim"))
    if view.lead.other_deals:
        body.append(Text(f"{say.say('label.other_deals')}: {plain(view.lead.other_deals)}"))
    return Group(head, _indented(body, 5), *_claim_cards(view.claims, say, shown=view.lead.quote))


def claim_card(view: ClaimView, say: Words, *, with_quote: bool = True) -> RenderableType:
    """One claim: its sentence, the exact words, who says it and how, the status of an allegation, each register's verdict."""
    head = Text.assemble((f"{say.say('label.claim')} {view.number}  ", "bold"), (plain(view.gloss), "bold"))
    body: list[RenderableType] = []
    if with_quote:
        body.append(quote_text(view.claim.quote))
    body.append(Text(f"{view.label} · {view.put} · {say.say('label.speaker')}: {plain(view.voice)}", style="dim"))
    if view.readers:
        body.append(Text(f"{say.say('label.readers')}: {view.readers}", style="dim"))
    if view.status:
        body.append(Text.assemble((f"{say.say('label.status')}: {view.status}. ", "bold"), say.say("caveat.allegation")))
    for verdict in view.verdicts:
        body += _verdict(verdict, say)
    body += [Text(plain(line), style="dim") for line in view.elsewhere]
    return Group(head, _indented(body, 4))


def quote_text(quote: Quote) -> Text:
    """The quote with its surroundings dimmed."""
    before, after = (plain(text) for text in around(quote))
    return Text.assemble((before.lstrip(), "dim"), (f"“{plain(quote.text)}”", "italic"), (after.rstrip(), "dim"))


def _claim_cards(views: Iterable[ClaimView], say: Words, *, shown: Quote | None = None) -> list[RenderableType]:
    """Claim cards; a quote that was just shown is not shown again."""
    cards: list[RenderableType] = []
    last = (shown.start, shown.end) if shown else None
    for view in views:
        here = (view.claim.quote.start, view.claim.quote.end)
        cards.append(_indented([claim_card(view, say, with_quote=here != last)], 5 if shown else 2))
        last = here
    return cards


def _verdict(view: VerdictView, say: Words) -> list[RenderableType]:
    lines: list[RenderableType] = [
        Text.assemble(
            (view.label.upper(), f"bold {VERDICT_STYLE.get(view.word, '')}".strip()),
            f" · {view.register} {view.edition}",
            f" · {plain(view.reason)}" if view.reason else "",
        )
    ]
    for key, pairs in (("entries", view.deciding), ("nearest", view.nearest)):
        if pairs:
            lines += [_indented([Text(f"{say.say(f'label.{key}')}:", style="dim"), *_pairs(pairs, say, most=ROWS_SHOWN)], 2)]
    return lines


def _pairs(pairs: Sequence[Pair], say: Words, *, most: int | None = None) -> list[RenderableType]:
    """A grid of pairs and their rows; the pair stands beside its first row only, rows beyond `most` are counted."""
    rows = sum(len(pair.rows) for pair in pairs)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=30)
    grid.add_column()
    for pair in pairs:
        for place, row in enumerate(pair.rows):
            if grid.row_count == most:
                break
            line = Text(plain(row_line(row, say)))
            if row.origin and row.origin != say.say("origin.sentence"):
                line.append(f" · {row.origin}", style="dim")
            grid.add_row(Text(plain(pair.codes) if place == 0 else "", style="bold"), line)
    if most is not None and rows > most:
        grid.add_row("", Text(say.say("label.more", rows=say.count("row", rows - most)), style="dim"))
    return [grid] if grid.row_count else []


def _sentence(quote: Quote, mentions: Sequence[Mention]) -> Text:
    spans = [Span(str(number), mention.start, mention.end) for number, mention in enumerate(mentions)]
    out = Text("“")
    for piece in pieces(quote.text, spans, first=quote.start):
        out.append(plain(piece.text), style="bold underline" if piece.covers else "")
    return out.append("”")


def _named(text: str, means: str) -> str:
    return plain(means) if means.startswith(text) else f"{plain(text)} = {plain(means)}"


def _review(view: ReadingView, say: Words) -> list[RenderableType]:
    """The claims on which the readers differ, to be looked at first."""
    if not view.review:
        return []
    lines = (f"{say.say('label.claim')} {claim.number}  {plain(claim.gloss)} · {claim.readers}" for claim in view.review)
    return [Text(say.say("heading.review"), style="bold underline"), *(_indented([Text(line)], 2) for line in lines), Text()]


def _set_aside(view: ReadingView, say: Words) -> list[RenderableType]:
    dropped = view.reading.dropped
    if not dropped:
        return []
    return [Text(), Text(say.say("heading.dropped"), style="bold"), *(Text(f"· {plain(line)}", style="dim") for line in dropped)]


def _indented(parts: Sequence[RenderableType], columns: int) -> Padding:
    return Padding(Group(*parts), (0, 0, 0, columns), expand=False)
