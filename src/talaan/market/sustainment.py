"""Who keeps a user's weapons running: an edition, saved claims, a weapon and a user in, one figure with a row for each holder out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from talaan.market.abilities import (
    Evidence,
    claim_evidence,
    classes_of,
    dependencies,
    pair_of,
    register_evidence,
)
from talaan.market.claimed import CLAIMED, claim_rows
from talaan.market.dependence import Task, must_turn, single_points
from talaan.market.places import Place, place
from talaan.market.proofs import proof_rows, turn_rows
from talaan.market.reliance import exclusive_rows, network_rows, single_rows
from talaan.market.restraints import SOURCE as RESTRAINTS
from talaan.market.restraints import restraint_rows
from talaan.market.stock import Survival, stock_rows, system_of
from talaan.market.subjects import Subject, denies, document_sources, in_order, system_called
from talaan.market.view import OWN, covered_part, source_of
from talaan.model.entry import Edition, Entry
from talaan.model.errors import UsageError
from talaan.model.figure import Cell, Figure
from talaan.reference.tables import tables

if TYPE_CHECKING:
    from talaan.ledger.read import Row

UNIT = "pieces of evidence"
SURE = ("asserted", "necessary")
FORMER = "former"
OTHER = "other"
GRAPH = (
    "Holders: exporters of new goods, recipients of licensed deals, and whom claims name. Graph: user → weapon → ability → holder; one said"
    " to be unable leads on to those who are able; a holder on every path is needed (dominator). Able: asserted; possible ones are counted"
    " in a second run."
)
ABSENCE = "A holder is needed as far as the register and the saved documents know; an ability that nobody wrote about is not a missing one."
ASSUMED = "How long goods stay in service is talaan's own assumption, the same for all weapons; --life sets another."
LOSSES = "Losses, wear, goods passed on and goods made at home are not taken off or added: a register of deliveries does not have them."


class DealView(Protocol):
    """An edition that gives its deals by party and by weapon."""

    @property
    def edition(self) -> Edition:
        """What the edition is and covers."""
        ...

    def deals(
        self, *, suppliers: Sequence[str] | frozenset[str] | None = None, recipients: Sequence[str] | frozenset[str] | None = None,
        systems: Sequence[str] | frozenset[str] | None = None,
    ) -> list[Entry]:  # fmt: skip
        """Deals that pass every filter given."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of the question: the user, its weapons with their classes, deals, evidence, claims of dependence."""

    user: Place
    systems: Mapping[str, frozenset[str]]
    own: Sequence[Entry]
    world: Sequence[Entry]
    evidence: Sequence[Evidence]
    turns: Sequence[tuple["Row", str | None]]
    day: date


def sustainment(
    edition: DealView, user: str, system: str | None = None, *, claims: Sequence["Row"] = (), rule: Survival | None = None,
    year: int | None = None, today: date,
) -> Figure:  # fmt: skip
    """One row for each weapon, ability and holder: said to be able, possible, unable or disputed, by how many rows and claims.

    Without a weapon: all that the user was delivered and may still have. Parts: `stock` (units with interval and age), `turns` (who must
    turn to whom), `proofs` (today's state of the evidence for each claimed dependence), `single_points`, `exclusive` (exclusivity
    claims with counter-examples), `restrictions` (in force today), `network` (edges), `claims`. Empty parts mean that nothing is
    known, not that nobody is able. UsageError for an unknown user.
    """
    rule = rule or Survival()
    to = place(user)
    at = year or edition.edition.coverage.last_year
    members = to.members(at)
    if members is None:
        raise UsageError("The whole world uses everything", hint="name a country, region or bloc with --user")
    asked = system_called(system) if system else None
    own = [deal for deal in edition.deals(recipients=members) if asked is None or _is(deal, asked)]
    stock = stock_rows(own, year=at, rule=rule)
    stock = tuple(row for row in stock if asked is not None or row["high"] is None or _amount(row["high"]) >= 1)
    known = _known(edition, to, _systems(asked, own, stock), own, claims=in_order(claims), day=today)
    tasks = _tasks(known)
    covered = covered_part(edition.edition.coverage, None, members)
    said = _said(known)
    return Figure(
        figure="sustain",
        about=to.ref,
        register=edition.edition.register,
        edition=edition.edition.id,
        unit=UNIT,
        window=(min((one for deal in own for one in deal.years), default=at), at),
        estimated=bool(stock),
        formula=f"{rule.formula(at)} {GRAPH}",
        rows=tuple(_rows(known, tasks)),
        measures=_measures(asked, stock, tasks),
        sources=(source_of(edition.edition), RESTRAINTS, *document_sources(said)),
        caveats=tuple(_caveats(edition.edition, known, asked, covered, bool(said))),
        parts=_parts(known, tasks, stock, said),
    )


def _is(deal: Entry, asked: Subject) -> bool:
    if asked.ref is not None and asked.ref.startswith("category:"):
        return tables().is_below(deal.category, asked.ref.partition(":")[2])
    return deal.system == asked.ref if asked.ref else deal.designation.lower() == asked.name.lower()


def _systems(asked: Subject | None, own: Sequence[Entry], stock: Sequence[Mapping[str, Cell]]) -> dict[str, frozenset[str]]:
    """The weapons in question with their classes; a weapon that was asked for is there even where nobody delivered it."""
    names = dict.fromkeys(str(row["system"]) for row in stock)
    if asked is not None and not (asked.ref or "").startswith("category:"):
        names[asked.about] = None
    deals: dict[str, list[Entry]] = defaultdict(list)
    for deal in own:
        deals[system_of(deal)].append(deal)
    return {name: classes_of(name, deals[name]) for name in names}


def _known(
    edition: DealView, user: Place, systems: Mapping[str, frozenset[str]], own: Sequence[Entry], *, claims: Sequence["Row"], day: date
) -> Known:
    families = frozenset(name for name in systems if name.startswith("system:"))
    world = edition.deals(systems=families) if families else []
    world += [deal for deal in own if deal.system is None and system_of(deal) in systems]
    members = user.members(day.year) or frozenset()
    evidence = [*register_evidence(world), *claim_evidence(claims, systems)]
    return Known(user, systems, own, world, evidence, dependencies(claims, systems, members), day)


def _is_former(holder: str) -> bool:
    country = tables().countries.get(holder.removeprefix("country:"))
    return country is not None and country.kind == FORMER


def _tasks(known: Known) -> list[Task]:
    """One task for each weapon and ability, with the dependences claimed for it; former states do nothing any more."""
    groups: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in known.evidence:
        if not _is_former(one.holder):
            groups[one.system, one.ability][one.said].add(one.holder)
    turns: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row, system in known.turns:
        pair = pair_of(row.claim)
        if pair is None or system is None or denies(row.claim) or row.claim.modality not in SURE:
            continue
        dependent, provider = pair
        mine = {key: said for key, said in groups.items() if key[0] == system}
        fitting = [key for key, said in mine.items() if dependent in said["unable"] and provider in said["able"]]
        for key in fitting or [(system, OTHER)]:
            turns[key].add((dependent, provider))
    return [_task(key, groups[key], frozenset(turns[key])) for key in sorted({*groups, *turns})]


def _task(key: tuple[str, str], said: Mapping[str, set[str]], turns: frozenset[tuple[str, str]]) -> Task:
    able, possible, unable = (frozenset(said.get(word, ())) for word in ("able", "possible", "unable"))
    return Task(*key, able=able, possible=possible, unable=unable, turns=turns)


def _rows(known: Known, tasks: Sequence[Task]) -> list[dict[str, Cell]]:
    alone = {(task.system, task.ability): single_points(task) for task in tasks}
    groups: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for one in known.evidence:
        groups[one.system, one.ability, one.holder].append(one)
    return [
        _row(known, rows, needed=holder in alone.get((system, ability), ()))
        for (system, ability, holder), rows in sorted(groups.items(), key=lambda pair: pair[0])
    ]


def _row(known: Known, rows: Sequence[Evidence], *, needed: bool) -> dict[str, Cell]:
    first = rows[0]
    words = {one.said for one in rows}
    dates = sorted(one.date for one in rows if one.date)
    measures = restraint_rows(first.holder, known.user.ref, classes=known.systems[first.system], day=known.day)
    return {
        "system": first.system,
        "ability": first.ability,
        "holder": first.holder,
        "said": "disputed" if {"able", "unable"} <= words else next(word for word in ("able", "unable", "possible") if word in words),
        "names": " | ".join(dict.fromkeys(one.named for one in rows)),
        "scope": "system" if any(one.scope == "system" for one in rows) else "class",
        "register_rows": sum(one.basis == "register" for one in rows),
        "claims": sum(one.basis == "claim" for one in rows),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "exclusive": any(one.exclusive for one in rows),
        "needed": needed,
        "former": _is_former(first.holder),
        "restricted": _restricted(measures),
        "evidence": " | ".join(dict.fromkeys(one.source for one in rows)),
    }


def _restricted(measures: Sequence[Mapping[str, Cell]]) -> str | None:
    """`binding` where an arms embargo or ban in force binds provider or user, `by others` where others only imposed one, else None."""
    arms = [row for row in measures if row["arms"]]
    return ("binding" if any(row["binds"] for row in arms) else "by others") if arms else None


def _parts(
    known: Known, tasks: Sequence[Task], stock: tuple[dict[str, Cell], ...], said: Sequence["Row"]
) -> dict[str, tuple[Mapping[str, Cell], ...]]:
    turns = turn_rows(tasks, known.turns)
    holders = sorted({one.holder for one in known.evidence} | {str(row["provider"]) for row in turns})
    classes = frozenset[str]().union(*known.systems.values()) if known.systems else frozenset[str]()
    measures = [row for holder in holders for row in restraint_rows(holder, known.user.ref, classes=classes, day=known.day)]
    return {
        "stock": stock,
        "turns": turns,
        "proofs": proof_rows(known.turns, known.evidence, world=known.world, user=known.user, day=known.day),
        "single_points": tuple(single_rows(tasks)),
        "exclusive": tuple(exclusive_rows(known.evidence)),
        "restrictions": tuple(measures),
        "network": tuple(network_rows(known.user.ref, {system_of(deal) for deal in known.own}, tasks)),
        "claims": claim_rows(said),
    }


def _said(known: Known) -> list["Row"]:
    rows = [*(one.row for one in known.evidence if one.row is not None), *(row for row, _ in known.turns)]
    return list({(row.document.id, row.claim.id): row for row in rows}.values())


def _measures(asked: Subject | None, stock: Sequence[Mapping[str, Cell]], tasks: Sequence[Task]) -> dict[str, Cell]:
    whole = [row for row in stock if not row["part"]]
    told: dict[str, Cell] = {"system": asked.about if asked else None, "systems": len({row["system"] for row in stock})}
    for name in ("delivered", "low", "stock", "high"):
        unknown = asked is None or not whole or any(row[name] is None for row in whole)
        told[name] = None if unknown else sum(_amount(row[name]) for row in whole)
    single = [holder for task in tasks for holder in single_points(task)]
    return {**told, "single_points": len(single), "must_turn": sum(len(must_turn(task)) for task in tasks)}


def _amount(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _caveats(edition: Edition, known: Known, asked: Subject | None, covered: str, said: bool) -> list[str]:
    user, what = known.user.name, asked.name if asked else "anything"
    out = [ABSENCE, OWN]
    if covered != "all":
        extent = "only a part of" if covered == "part" else "nothing of"
        told = f"This edition covers {extent} what was delivered to {user}: an empty stock is not a stock of none."
        out.insert(0, f"{told} {edition.coverage.statement}".strip())
    elif not known.own:
        out.insert(0, f"The register has no delivery of {what} to {user}; what it inherited or made itself is in no such register.")
    else:
        out += [ASSUMED, LOSSES]
    out += _about_user(edition, known.user, covered)
    return [*out, *([CLAIMED] if said else ["No saved document speaks of who can or cannot keep these weapons running."])]


def _about_user(edition: Edition, place_: Place, covered: str) -> list[str]:
    """What the user's history and the edition's extent mean for the figure."""
    out: list[str] = []
    user, state = place_.name, place_.ref.partition(":")[2]
    bounds, country = edition.coverage, tables().countries.get(state)
    if covered == "all" and (bounds.recipients is not None or bounds.suppliers is not None):
        out.append(f"Holders come only from what this edition covers. {bounds.statement}".strip())
    if country is not None and country.kind == FORMER:
        out.append(f"{user} ended on {country.last}: what is left is with others.")
    before = [one.name for one in tables().countries.values() if state in one.successors]
    if before:
        out.append(f"What {user} inherited from {' and '.join(before)} is not in the stock.")
    return out
