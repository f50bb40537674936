"""How a claimed dependence stands today: the claims and everything known since in, who must turn to whom and points of evidence out."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from talaan.market.abilities import Evidence, need_of, pair_of
from talaan.market.dependence import Task, must_turn
from talaan.market.goods import span
from talaan.market.places import Place
from talaan.market.restraints import restraint_rows, restraint_words
from talaan.market.stock import is_part, system_of
from talaan.market.subjects import denies, published_on, said_on, told
from talaan.model.entry import Entry
from talaan.model.figure import Cell

if TYPE_CHECKING:
    from talaan.ledger.read import Row

SHOWN = 4


def turn_rows(tasks: Sequence[Task], turns: Sequence[tuple["Row", str | None]]) -> tuple[dict[str, Cell], ...]:
    """Who must turn to whom for what: `basis` is claim, network (it follows from who is able and unable), or both.

    `needed`: the network of all that is known agrees; `firm`: it still does where those who may be able count as able.
    """
    out: list[dict[str, Cell]] = []
    claimed: set[tuple[str, str, str]] = set()
    for one, system in turns:
        pair = pair_of(one.claim)
        if pair is None:
            continue
        mine = [task for task in tasks if task.system == system and pair in must_turn(task)]
        claimed.update((task.system, *pair) for task in mine)
        abilities = ", ".join(task.ability for task in mine) or None
        network = {"needed": bool(mine), "firm": any(pair in must_turn(task, hopeful=True) for task in mine)}
        said: dict[str, Cell] = {"need": need_of(one.claim), "denied": denies(one.claim), "modality": one.claim.modality}
        parties: dict[str, Cell] = {"dependent": pair[0], "provider": pair[1], "system": system, "ability": abilities}
        out.append({**parties, "basis": "both" if mine else "claim", **network, **said, **told(one)})
    for task in tasks:
        for dependent, provider in must_turn(task):
            if (task.system, dependent, provider) not in claimed:
                firm = (dependent, provider) in must_turn(task, hopeful=True)
                told_by: dict[str, Cell] = {"basis": "network", "needed": True, "firm": firm}
                out.append({"dependent": dependent, "provider": provider, "system": task.system, "ability": task.ability, **told_by})
    return tuple(out)


def proof_rows(
    turns: Sequence[tuple["Row", str | None]], evidence: Sequence[Evidence], *, world: Sequence[Entry], user: Place, day: date
) -> tuple[dict[str, Cell], ...]:
    """Points of evidence for each claimed dependence, as they stand today: age, verdicts, later statements, deliveries since, measures."""
    out: list[dict[str, Cell]] = []
    for one, system in turns:
        pair = pair_of(one.claim)
        if pair is None:
            continue
        mine = [row for row in evidence if row.system == system]
        deals = [deal for deal in world if system_of(deal) == system]
        points = [
            ("source", _source(one, day)),
            *(("verdict", f"{verdict.register} {verdict.edition}: {verdict.reason}") for verdict in one.claim.verdicts),
            ("able", _statements(mine, "able", pair)),
            ("unable", _statements(mine, "unable", pair)),
            ("other documents", _elsewhere(one, turns, mine)),
            ("later", _later(one, turns, mine)),
            *(("delivered since", _since(deals, party, one, user)) for party in pair),
            ("restrictions", _measures(pair, day)),
        ]
        named: dict[str, Cell] = {"dependent": pair[0], "provider": pair[1], "system": system, "claim": one.claim.id}
        out += [{**named, "point": point, "says": says} for point, says in points]
    return tuple(out)


def _source(one: "Row", day: date) -> str:
    where = told(one)
    when = published_on(one)
    age = f"{when}, {day.year - int(when[:4])} years ago" if when else "undated"
    return f"{where['speaker'] or 'the document itself'}, {where['document']}, {age}"


def _statements(evidence: Sequence[Evidence], said: str, pair: tuple[str, str]) -> str:
    """What is on record of the two parties being able, or unable."""
    found = [one for one in evidence if one.said == said and one.holder in pair]
    words = dict.fromkeys(f"{one.holder} {one.ability} ({'claim' if one.basis == 'claim' else 'register'})" for one in found)
    return "; ".join(words) or "nothing on record"


def _elsewhere(one: "Row", turns: Sequence[tuple["Row", str | None]], evidence: Sequence[Evidence]) -> str:
    """The other documents that speak of the same weapon: agreement within one document is no independent evidence."""
    rows = [row for row, _ in turns] + [item.row for item in evidence if item.row is not None]
    others = {row.document.id: row.document.title or row.document.path for row in rows if row.document.id != one.document.id}
    return "; ".join(others.values()) or "none: all claims on this weapon come from the same document, which is no independent evidence"


def _later(one: "Row", turns: Sequence[tuple["Row", str | None]], evidence: Sequence[Evidence]) -> str:
    """Statements of later documents about the same weapon."""
    since = said_on(one) or ""
    rows = [row for row, _ in turns] + [item.row for item in evidence if item.row is not None]
    after = {row.claim.id: row for row in rows if since < (said_on(row) or "")}
    if not after:
        return "no later document in the ledger confirms or denies it"
    return "; ".join(f"{said_on(row)}: {told(row)['says']}" for row in after.values())


def _since(deals: Sequence[Entry], party: str, one: "Row", user: Place) -> str:
    """What a party delivered of that weapon after the document's year, to the user first."""
    when = published_on(one)
    if when is None:
        return f"{party}: not known, the document has no date"
    year = int(when[:4])
    found = [(deal, years) for deal in deals if deal.supplier == party and (years := [each for each in deal.years if each > year])]
    found.sort(key=lambda pair: (pair[0].recipient != user.ref, is_part(pair[0]), pair[1], pair[0].id))
    words = [f"{deal.designation} to {deal.recipient_name} ({span(years)}, {deal.status or 'status unknown'})" for deal, years in found]
    more = f"; and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return f"{party} after {year}: {'; '.join(words[:SHOWN])}{more}" if words else f"{party} after {year}: no delivery in the register"


def _measures(pair: tuple[str, str], day: date) -> str:
    rows = restraint_rows(pair[1], pair[0], classes=(), day=day)
    binding = [restraint_words(row) for row in rows if row["binds"]]
    return "; ".join(binding) or "no measure between the two in the table"
