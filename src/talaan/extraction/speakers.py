"""Who said it: the place a reader names as speaker in, name, post and organisation as the text gives them out."""

from talaan.extraction.analysis import Analysis, Found
from talaan.extraction.people import slug
from talaan.extraction.resolving import resolve
from talaan.extraction.sentences import Span
from talaan.model.claim import Mention, Speaker

REACH = 120


def speaker_at(analysis: Analysis, span: Span | None) -> Speaker | None:
    """The speaker named at a place; post and organisation are read from the words around the name."""
    if span is None:
        return None
    text = analysis.text[span[0] : span[1]]
    party = resolve(analysis, "holder", span)[0]
    person = next((found.mention for found in analysis.found if found.mention.kind == "person" and _overlaps(found.mention, span)), None)
    if person is None and party.ref is None and _looks_like_name(text):
        person = Mention(text, *span, f"person:{slug(text)}" if slug(text) else None, text)
    who = person or party
    post = _post(analysis, who)
    post = None if post and post in text else post
    return Speaker(who.ref, (who.name if person else None) or text, post, _organisation(analysis, who), text, *span)


def _overlaps(mention: Mention, span: Span) -> bool:
    return mention.start < span[1] and span[0] < mention.end


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words)


def _post(analysis: Analysis, who: Mention) -> str | None:
    """The title that stands beside the name in the same sentence, from its first word to the name or the next comma."""
    start, end = analysis.sentences[analysis.sentence_of(who.start)]
    titles = [hit for hit in analysis.cues_in(start, end, "title") if abs(hit.start - who.start) <= REACH]
    if not titles:
        return None
    nearest = min(titles, key=lambda hit: min(abs(hit.start - who.end), abs(who.start - hit.end)))
    if nearest.start >= who.end:
        stop = next((place for place in range(nearest.end, end) if analysis.text[place] in ",;()–—"), end)
        return analysis.text[nearest.start : min(stop, nearest.start + REACH)].strip()
    first = min(
        (hit.start for hit in titles if hit.start <= nearest.start and who.start - hit.start <= REACH and hit.end >= nearest.start - 2),
        default=nearest.start,
    )
    return analysis.text[first : max(nearest.end, who.start)].strip(" ,") or None


def _organisation(analysis: Analysis, who: Mention) -> str | None:
    """The organisation named nearest in the same sentence."""
    named: list[Found] = [found for found in analysis.in_sentence(analysis.sentence_of(who.start)) if found.mention.kind == "organisation"]
    near = [found.mention for found in named if abs(found.mention.start - who.start) <= REACH and found.mention.ref != who.ref]
    return min(near, key=lambda mention: abs(mention.start - who.start)).name if near else None
