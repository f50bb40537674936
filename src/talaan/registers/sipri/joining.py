"""Deals of one release in both layouts: a per-deal and a per-year edition in, the pairs that are proven and what stays apart out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from talaan.model.entry import Edition, Entry
from talaan.model.errors import RegisterError
from talaan.reference.designation import designation_key
from talaan.registers.opened import OpenEdition
from talaan.registers.sipri.facts import facts

SHORTEST_WORD = 4
ROUNDING = 0.01
_STATED = ("parties", "order year", "years of delivery", "status", "TIV per unit")
_TOTALS = ("number delivered", "TIV delivered")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that are one deal: the ids of the per-deal and the per-year entry, and what proves it."""

    deal: str
    yearly: str
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """An entry that has no proven counterpart, why, and the ids that come nearest."""

    entry: str
    reason: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joining:
    """Pairs in the order of the per-year entries, and what is left apart on either side (per-deal: with deliveries in the window)."""

    pairs: tuple[Pair, ...]
    deals_apart: tuple[Apart, ...]
    yearly_apart: tuple[Apart, ...]

    @property
    def share(self) -> float:
        """The share of per-year entries that are joined, 0 to 1; 0 where there are none."""
        return len(self.pairs) / max(1, len(self.pairs) + len(self.yearly_apart))


def release_year(edition: Edition) -> int | None:
    """The year whose spring revision an edition holds; None where its export date, or for March its last year, does not tell.

    An export made in the month of the revision holds the new release where it has deliveries of the year before.
    """
    if edition.released is None:
        return None
    year, month = int(edition.released[:4]), int(edition.released[5:7])
    if month == facts().revised_in_month:
        return year if edition.coverage.last_year == year - 1 else None
    return year if month > facts().revised_in_month else year - 1


def join_editions(deals: OpenEdition, yearly: OpenEdition) -> Joining:
    """The deals that a per-deal and a per-year edition of one release share.

    RegisterError where the editions are of other layouts, or not known to be of one release.
    """
    shapes = {layout.name: layout.shape for layout in facts().layouts}
    where = f"{deals.edition.id}, {yearly.edition.id}"
    if (shapes.get(deals.edition.layout), shapes.get(yearly.edition.layout)) != ("per-deal", "per-year"):
        raise RegisterError("Only a per-deal edition can be joined to a per-year one", where=where, hint="name the per-deal edition first")
    releases = (release_year(deals.edition), release_year(yearly.edition))
    if None in releases or releases[0] != releases[1]:
        told = " and ".join("unknown" if release is None else str(release) for release in releases)
        raise RegisterError(f"These editions are not known to be of one release: {told}", where=where, hint="figures never mix releases")
    bounds = yearly.edition.coverage
    return join(deals.deals(), yearly.deals(), first=bounds.first_year, last=bounds.last_year)


def join(deals: Sequence[Entry], yearly: Sequence[Entry], *, first: int, last: int) -> Joining:
    """Pairs of entries that are one deal; `first` to `last` are the years that the per-year entries cover.

    Both entries state the same parties, order year, years of delivery within the window, status and TIV per unit; a deal delivered wholly
    within the window has the same number and TIV delivered, another one no less, and a designation of the same weapon. The class is the
    same, or the designation. Where more than one entry fits, their designations decide; where they do not, all stay apart. Designations
    that have nothing in common are taken as one weapon only where both editions have equally many deals of these parties and order year.
    """
    inside = {entry.id: tuple(year for year in entry.years if first <= year <= last) for entry in deals}
    sides = ([_Side(entry, inside[entry.id]) for entry in deals if inside[entry.id]], [_Side(entry, entry.years) for entry in yearly])
    groups: dict[tuple[object, ...], tuple[list[_Side], list[_Side]]] = defaultdict(lambda: ([], []))
    pairs_of: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    for which, side in enumerate(sides):
        for one in side:
            groups[one.stated][which].append(one)
            pairs_of[one.stated[:3]][which] += 1
    found: list[Pair] = []
    apart: dict[str, Apart] = {}
    for stated, (ours, theirs) in groups.items():
        counts = pairs_of[stated[:3]]
        joined, left = _joined(ours, theirs, complete=counts[0] == counts[1])
        found += joined
        apart |= left
    place = {entry.id: number for number, entry in enumerate(yearly)}
    return Joining(
        pairs=tuple(sorted(found, key=lambda pair: place[pair.yearly])),
        deals_apart=tuple(apart[one.entry.id] for one in sides[0] if one.entry.id in apart),
        yearly_apart=tuple(apart[one.entry.id] for one in sides[1] if one.entry.id in apart),
    )


class _Side:
    """An entry with what is compared of it; `whole` says that all its deliveries lie in the window."""

    __slots__ = ("entry", "key", "stated", "whole", "words")

    def __init__(self, entry: Entry, years: tuple[int, ...]) -> None:
        parties = (entry.supplier or entry.supplier_name, entry.recipient or entry.recipient_name)
        self.entry = entry
        self.whole = years == entry.years
        self.stated = (*parties, entry.ordered, entry.ordered_uncertain, years, entry.status, entry.tiv_unit)
        self.key = designation_key(entry.designation)
        self.words = _words(entry.designation)


def _words(designation: str) -> frozenset[str]:
    """The words of a designation that say something: long enough, or with a digit."""
    parts = "".join(sign if sign.isalnum() else " " for sign in designation.lower()).split()
    return frozenset(part for part in parts if len(part) >= SHORTEST_WORD or (len(part) > 1 and not part.isalpha()))


def _kinship(one: _Side, two: _Side) -> int:
    """How near two designations are: 3 the same, 2 one begins with the other or one family, 1 a word in common, 0 nothing."""
    if one.key == two.key:
        return 3
    begins = min(len(one.key), len(two.key)) > 1 and (one.key.startswith(two.key) or two.key.startswith(one.key))
    if begins or (one.entry.system is not None and one.entry.system == two.entry.system):
        return 2
    return int(not one.words.isdisjoint(two.words))


def _fits(one: _Side, two: _Side, kinship: int) -> bool:
    """Whether a per-deal and a per-year entry that state the same may be one deal by class, designation and totals."""
    same_class = one.entry.category is not None and one.entry.category == two.entry.category
    return (same_class or kinship >= 2) and _same_totals(one, two, kinship)


def _same_totals(one: _Side, two: _Side, kinship: int) -> bool:
    delivered = (one.entry.number_delivered or 0, two.entry.number_delivered or 0)
    if not one.whole:
        return kinship >= 1 and delivered[0] >= delivered[1]
    room = ROUNDING * (len(two.entry.years) + 1)
    return delivered[0] == delivered[1] and abs((one.entry.tiv_delivered or 0.0) - (two.entry.tiv_delivered or 0.0)) <= room


def _joined(ours: Sequence[_Side], theirs: Sequence[_Side], *, complete: bool) -> tuple[list[Pair], dict[str, Apart]]:
    """The pairs among entries that state the same, and the others with the reason why they stay apart."""
    near = {(a, b): _kinship(one, two) for a, one in enumerate(ours) for b, two in enumerate(theirs)}
    fitting = {edge: kinship for edge, kinship in near.items() if _fits(ours[edge[0]], theirs[edge[1]], kinship)}
    pairs: list[Pair] = []
    for least in (0, 1, 2, 3):
        edges = [edge for edge, kinship in fitting.items() if kinship >= least]
        for a, b in _only(edges):
            if least or complete or fitting[a, b]:
                pairs.append(Pair(ours[a].entry.id, theirs[b].entry.id, _proof(ours[a], fitting[a, b])))
                fitting = {edge: kinship for edge, kinship in fitting.items() if edge[0] != a and edge[1] != b}
    done = {name for pair in pairs for name in (pair.deal, pair.yearly)}
    turned = {(b, a): kinship for (a, b), kinship in fitting.items()}
    return pairs, _left(ours, theirs, fitting, done) | _left(theirs, ours, turned, done)


def _left(
    side: Sequence[_Side], others: Sequence[_Side], edges: Mapping[tuple[int, int], int], done: Collection[str]
) -> dict[str, Apart]:  # fmt: skip
    """One side's entries that no pair holds, with the reason."""
    rest = [two for two in others if two.entry.id not in done]
    sought = Counter(b for _, b in edges)
    left: dict[str, Apart] = {}
    for number, one in enumerate(side):
        if one.entry.id not in done:
            fitting = [b for a, b in edges if a == number]
            wanted = bool(fitting) and sought[fitting[0]] > 1
            left[one.entry.id] = _apart(one, rest, [others[b] for b in fitting], wanted=wanted)
    return left


def _only(edges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The edges whose both ends have no other edge."""
    edges = list(edges)
    left, right = Counter(a for a, _ in edges), Counter(b for _, b in edges)
    return [(a, b) for a, b in edges if left[a] == right[b] == 1]


def _proof(one: _Side, kinship: int) -> tuple[str, ...]:
    names = ("no other deal of these parties and year is left over", "a word of the designation", "weapon family", "designation")
    return (*_STATED, *(_TOTALS if one.whole else ()), names[kinship])


def _apart(one: _Side, others: Sequence[_Side], fitting: Sequence[_Side], *, wanted: bool) -> Apart:
    """The entry left apart; `wanted` says that what fits it fits another entry too."""
    if len(fitting) > 1:
        reason = f"{len(fitting)} entries fit equally well"
    elif wanted:
        reason = "the one entry that fits it fits another as well"
    elif fitting:
        reason = "one entry is left that fits, and nothing but that speaks for it"
    elif others:
        reason = "the number delivered, its TIV or the weapon differs"
    else:
        reason = "no entry has the same " + ", ".join(_STATED)
    return Apart(one.entry.id, reason, tuple(two.entry.id for two in (fitting or others)))
