"""Register rows beside leads: leads, the mentions of each sentence and an edition in, leads with at most five fitting rows out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from talaan.checking.edition import EditionView
from talaan.checking.goods import Goods, classes_of, fits, goods_of, row_classes
from talaan.checking.parties import party_name, party_ref, same_party
from talaan.checking.wording import count_words, deals_words, span_words
from talaan.model.claim import Lead, LeadEntry, Mention
from talaan.model.entry import Entry
from talaan.model.when import When
from talaan.reference.fold import fold
from talaan.reference.tables import Tables, tables

MOST = 5
BEFORE, AFTER = 2, 1
COMMONEST = 6
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20[0-9])\d(?!\d)")
_ORIGINS = ("sentence", "neighbour", "context")
_PARTIES = ("country", "organisation", "group")
_ALL_AT_ONCE = 40

Sentence = tuple[tuple[int, int], tuple[Mention, ...]]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RowContext:
    """The article around the leads: each sentence's span and mentions in reading order, and the document's date if known."""

    sentences: tuple[Sentence, ...]
    published: When | None = None
    tables: Tables = field(default_factory=tables)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one lead and its surroundings name; `places` is the nearest place (0 sentence, 1 neighbour, 2 context) of each party."""

    places: dict[str, int]
    guessed: frozenset[str]
    goods: Goods
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of a pair of parties, the place that named them, and whether the link is a guess."""

    entry: Entry
    place: int
    guessed: bool


def rows_for(leads: Sequence[Lead], context: RowContext, edition: EditionView) -> tuple[list[Lead], dict[str, Entry]]:
    """The leads with their rows, and those rows by id.

    Parties are those of the sentence, then of its neighbours (two before, one after), then the article's six commonest, in
    both directions; goods are those of the sentence, else of its neighbours. A lead with no fitting row gets one line on
    what else there is between its parties.
    """
    common = _commonest(context)
    scenes = [_scene(lead, context, common) for lead in leads]
    deals = _Deals(scenes, context.tables, edition)
    out, entries = [], {}
    for lead, scene in zip(leads, scenes, strict=True):
        chosen = _best(deals.between(scene), scene, context.tables)
        entries.update({found.entry.id: found.entry for found in chosen})
        rows = tuple(LeadEntry(found.entry.id, _ORIGINS[found.place], found.guessed) for found in chosen)  # type: ignore[arg-type]
        out.append(replace(lead, entries=rows, other_deals=None if rows else _other_deals(scene, deals, context.tables)))
    return out, entries


class _Deals:
    """All deals among the parties of some leads, by pair; a state's predecessors count as the state."""

    def __init__(self, scenes: Iterable[_Scene], known: Tables, edition: EditionView) -> None:
        self._known = known
        self._edition = edition
        self._refs: dict[str, frozenset[str]] = {}
        self._pairs: dict[Pair, list[Entry]] = {}
        parties = {ref for scene in scenes for ref in scene.places}
        self._asked = len(parties) <= _ALL_AT_ONCE
        if self._asked and len(parties) > 1:
            self._keep(edition.among({other for ref in parties for other in self._same(ref)}))

    def between(self, scene: _Scene) -> list[_Found]:
        """Rows of every pair of the scene's parties, each once, under its nearest place.

        Where the sentence itself names parties, one of them must be in the row.
        """
        if not self._asked:
            self._ask(set(scene.places))
        found: dict[str, _Found] = {}
        here = {ref for ref, place in scene.places.items() if place == 0}
        for supplier, recipient in permutations(scene.places, 2):
            if here and supplier not in here and recipient not in here:
                continue
            place = max(scene.places[supplier], scene.places[recipient])
            guessed = supplier in scene.guessed or recipient in scene.guessed
            for entry in self.of(supplier, recipient):
                known = found.get(entry.id)
                if known is None or (place, guessed) < (known.place, known.guessed):
                    found[entry.id] = _Found(entry, place, guessed)
        return list(found.values())

    def of(self, supplier: str, recipient: str) -> list[Entry]:
        """Rows from one party to the other."""
        if self._same(supplier) & self._same(recipient):
            return []
        return [row for one in self._same(supplier) for two in self._same(recipient) for row in self._pairs.get((one, two), ())]

    def _ask(self, parties: set[str]) -> None:
        self._pairs.clear()
        self._keep(self._edition.among({other for ref in parties for other in self._same(ref)}))

    def _keep(self, rows: Iterable[Entry]) -> None:
        for row in rows:
            if row.supplier and row.recipient:
                self._pairs.setdefault((row.supplier, row.recipient), []).append(row)

    def _same(self, ref: str) -> frozenset[str]:
        if ref not in self._refs:
            self._refs[ref] = same_party(ref, self._known)
        return self._refs[ref]


def _commonest(context: RowContext) -> list[str]:
    """The six parties that the article names most often."""
    named = (ref for _, mentions in context.sentences for mention in mentions if not mention.guessed and (ref := _party(mention)))
    return [ref for ref, _ in Counter(named).most_common(COMMONEST)]


def _party(mention: Mention) -> str | None:
    """The party a mention names; a person names none here."""
    ref = party_ref(mention)
    return ref if ref and mention.kind in _PARTIES else None


def _scene(lead: Lead, context: RowContext, common: Sequence[str]) -> _Scene:
    near = [mention for mentions in _neighbours(lead, context) for mention in mentions]
    places: dict[str, int] = {}
    sure: set[str] = set()
    for place, mentions in enumerate((lead.mentions, near)):
        for mention in mentions:
            ref = _party(mention)
            if ref is None:
                continue
            places.setdefault(ref, place)
            if not mention.guessed and places[ref] == place:
                sure.add(ref)
    for ref in common:
        places.setdefault(ref, 2)
        if places[ref] == 2:
            sure.add(ref)
    return _Scene(places, frozenset(set(places) - sure), _goods(lead.mentions, near), _years(lead, context))


def _neighbours(lead: Lead, context: RowContext) -> list[tuple[Mention, ...]]:
    """Mentions of the two sentences before the lead and the one after."""
    spans = [span for span, _ in context.sentences]
    at = next((place for place, (start, end) in enumerate(spans) if start < lead.quote.end and lead.quote.start < end), None)
    if at is None:
        return []
    return [context.sentences[place][1] for place in range(max(0, at - BEFORE), min(len(spans), at + AFTER + 1)) if place != at]


def _goods(own: Sequence[Mention], near: Sequence[Mention]) -> Goods:
    """The goods of the sentence; where it names none, or only "arms", those of its neighbours, before "arms" alone."""
    here = goods_of(own)
    around = goods_of(near).specific
    if here.specific.named:
        return here.specific
    return around if around.named else here


def _years(lead: Lead, context: RowContext) -> tuple[int, ...]:
    """Years that stand in the sentence, else the document's."""
    stated = tuple(int(year) for year in _YEAR.findall(fold(lead.quote.text)))
    if stated or context.published is None or context.published.years is None:
        return stated
    return context.published.years


def _best(found: Iterable[_Found], scene: _Scene, known: Tables) -> list[_Found]:
    """At most five rows with fitting goods, the likeliest first."""
    goods = replace(scene.goods, texts=())
    wanted = Goods(goods.systems, classes_of(goods, known))
    ranked = []
    for row in found:
        exact, related = bool(row_classes(row.entry, known) & wanted.categories), fits(row.entry, wanted, known)
        if related or _parent(row.entry, wanted, known):
            order = (row.entry.system in goods.systems, -row.place, exact, related, -_distance(row.entry, scene.years), _size(row.entry))
            ranked.append((order, row))
    ranked.sort(key=lambda pair: pair[1].entry.id)
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in ranked[:MOST]]


def _parent(entry: Entry, wanted: Goods, known: Tables) -> bool:
    """Whether the row's class is an unspecified one above a class that is named ("armoured vehicle" for carriers)."""
    return any(entry.category in known.ancestors(code)[1:-1] for code in wanted.categories)


def _distance(entry: Entry, years: Sequence[int]) -> int:
    """Years between the row and the years asked for; 0 where none are."""
    own = (*entry.years, *((entry.ordered,) if entry.ordered else ()))
    return min((abs(one - other) for one in own for other in years), default=0)


def _size(entry: Entry) -> float:
    return entry.tiv_ordered or entry.tiv_delivered or 0.0


def _other_deals(scene: _Scene, deals: _Deals, known: Tables) -> str | None:
    """One line on the parties' other deals, direction by direction, or None where there are none."""
    for farthest in (0, 1):
        refs = [ref for ref, place in scene.places.items() if place <= farthest]
        pairs = [(deals.of(one, two), deals.of(two, one), one, two) for one, two in permutations(refs, 2)]
        there, back, one, two = max(pairs, key=lambda pair: len(pair[0]) + len(pair[1]) * 0.5, default=([], [], "", ""))
        if there:
            return _line(there, back, (party_name(one, known) or one, party_name(two, known) or two), named=scene.goods.named)
    return None


def _line(there: Sequence[Entry], back: Sequence[Entry], names: Pair, *, named: bool) -> str:
    years = [year for row in (*there, *back) for year in (*row.years, *((row.ordered,) if row.ordered else ()))]
    when = f", {span_words(years)}" if years else ""
    other = f" and {count_words(len(back))} from {names[1]} to {names[0]}" if back else ""
    goods = "none of this class" if named else "no goods are named here"
    return f"{deals_words(len(there))} from {names[0]} to {names[1]}{other}{when}, {goods}"
