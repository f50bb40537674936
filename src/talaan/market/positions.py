"""Who stands for what: saved claims on positions and offices in, one figure with a row for each stated position out."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from talaan.market.subjects import (
    REGISTER,
    Subject,
    denies,
    document_sources,
    in_order,
    key_of,
    ledger_edition,
    name_in,
    refs_in,
    said_on,
    subject,
    told,
    years_of,
)
from talaan.model.claim import Mention
from talaan.model.figure import Cell, Figure
from talaan.reference.fold import fold

if TYPE_CHECKING:
    from talaan.ledger.read import Row

TYPES = ("position", "office")
FOR = ("supports", "calls-for", "interested")
AGAINST = ("opposes", "warns", "rejects")
LEFT = {"former": "former", "resigned": "until then", "dismissed": "until then"}
UNIT = "statements"
FORMULA = (
    "A row is one stated position. Side: supports, calls-for and interested are for, opposes, warns and rejects against, the other way"
    " round where it is denied. Office: the newest office claim about the same person up to the day of the position, else the earliest"
    " later one. A change of mind: the same holder on the same topic first on one side, later on the other."
)
CAUTION = "A position is what a document reports of somebody; it may be partial or out of date, and it is no act."
PLAIN = "Holders and topics that resolve to nothing are told apart by their wording."


@dataclass(frozen=True, slots=True)
class _Office:
    """A post that a person holds or held, the day of the claim (ISO or None), and the claim."""

    words: str
    day: str | None
    row: "Row"


def side_of(stance: str | None, *, denied: bool) -> str | None:
    """for, against, or None for a stance that is neither.

    >>> side_of("warns", denied=False), side_of("supports", denied=True), side_of(None, denied=False)
    ('against', 'against', None)
    """
    if stance not in FOR + AGAINST:
        return None
    return "for" if (stance in FOR) != denied else "against"


def positions(claims: Sequence["Row"], *, on: str | None = None, holder: str | None = None, today: date) -> Figure:
    """One row for each stated position: holder, office at the time, stance and side, on what, when, in which document.

    `on` is a party, weapon, class or words of the topic; `holder` a party, a person or words. Parts: `holders` (how often each was
    for and against), `changes` (changes of mind), `offices` (the office claims behind it).
    """
    topic, whom = subject(on) if on else None, subject(holder) if holder else None
    everything = in_order(claims)
    stated = [one for one in everything if one.claim.type == "position"]
    offices = _offices([one for one in everything if one.claim.type == "office"])
    found = [one for one in stated if _asked(one, "on", topic) and _asked(one, "holder", whom)]
    rows = tuple(_row(one, offices) for one in found)
    holders = {key_of(filler) for one in found for filler in one.claim.roles.get("holder", ())}
    return Figure(
        figure="positions",
        about=topic.about if topic else whom.about if whom else "all",
        register=REGISTER,
        edition=ledger_edition(everything),
        unit=UNIT,
        window=years_of((said_on(one) for one in found), today.year),
        estimated=False,
        formula=FORMULA,
        rows=rows,
        measures=_measures(rows, found, _changes(found)),
        sources=document_sources(found),
        caveats=tuple(_caveats((topic, whom), found, stated)),
        parts={
            "holders": _holders(found),
            "changes": _changes(found),
            "offices": tuple(_office_row(office, person) for person in sorted(holders) for office in offices.get(person, ())),
        },
    )


def _asked(one: "Row", role: str, wanted: Subject | None) -> bool:
    return wanted is None or wanted.is_named(one.claim.roles.get(role, ()))


def _row(one: "Row", offices: dict[str, list[_Office]]) -> dict[str, Cell]:
    claim = one.claim
    fillers, topics = claim.roles.get("holder", ()), claim.roles.get("on", ())
    held = [office for filler in fillers if (office := _office_at(offices.get(key_of(filler), []), said_on(one)))]
    stance = str(claim.values["stance"]) if claim.values.get("stance") else None
    return {
        "holder": refs_in(fillers) or name_in(fillers),
        "named": name_in(fillers),
        "office": "; ".join(held) or None,
        "stance": stance,
        "side": side_of(stance, denied=denies(claim)),
        "denied": denies(claim),
        "modality": claim.modality,
        "on": topics[0].text if topics else None,
        "topics": refs_in(topics),
        **told(one),
    }


def _offices(found: Sequence["Row"]) -> dict[str, list[_Office]]:
    """Posts by person, in order of date."""
    out: dict[str, list[_Office]] = defaultdict(list)
    for one in found:
        if denies(one.claim):
            continue
        post = name_in(one.claim.roles.get("post", ())) or "an office"
        body = name_in(one.claim.roles.get("organisation", ()))
        before = LEFT.get(str(one.claim.values.get("event")))
        words = f"{post}{f', {body}' if body else ''}{f' ({before})' if before else ''}"
        for filler in one.claim.roles.get("person", ()):
            out[key_of(filler)].append(_Office(words, said_on(one), one))
    return out


def _office_at(offices: Sequence[_Office], day: str | None) -> str | None:
    """The office by the newest claim up to that day, else by the earliest later one, which says so; None where none is known."""
    known = [office for office in offices if office.day is None or day is None or office.day <= day]
    if known:
        return known[-1].words if all(office.day for office in known) else known[0].words
    return f"{offices[0].words} (as said on {offices[0].day})" if offices else None


def _office_row(office: _Office, person: str) -> dict[str, Cell]:
    return {"person": person, "office": office.words, "event": str(office.row.claim.values.get("event") or "holds"), **told(office.row)}


def _topics(one: "Row") -> list[str]:
    """What a position is on, as keys: every reference, else the words."""
    fillers = one.claim.roles.get("on", ())
    refs = dict.fromkeys(filler.ref for filler in fillers if filler.ref)
    return list(refs) or [" ".join(fold(filler.text).split()) for filler in fillers]


def _changes(found: Sequence["Row"]) -> tuple[dict[str, Cell], ...]:
    """Pairs of dated positions of one holder on one topic that follow each other and are on different sides."""
    lines: dict[tuple[str, str], list[tuple[Row, str, Mention]]] = defaultdict(list)
    for one in found:
        stance = one.claim.values.get("stance")
        side = side_of(str(stance) if stance else None, denied=denies(one.claim))
        for filler in one.claim.roles.get("holder", ()) if side and said_on(one) else ():
            for topic in _topics(one):
                lines[key_of(filler), topic].append((one, side or "", filler))
    changes: list[dict[str, Cell]] = []
    for (_, topic), said in lines.items():
        for (old, before, filler), (new, after, _) in pairwise(said):
            if before != after and said_on(old) != said_on(new):
                name = filler.ref or filler.text
                first = {"before": before, "before_date": said_on(old), "before_claim": old.claim.id}
                then = {"after": after, "after_date": said_on(new), "after_claim": new.claim.id}
                changes.append({"holder": name, "topic": topic, **first, **then})
    return tuple(changes)


def _holders(found: Sequence["Row"]) -> tuple[dict[str, Cell], ...]:
    count: dict[str, Counter[str | None]] = defaultdict(Counter)
    for one in found:
        stance = one.claim.values.get("stance")
        for filler in one.claim.roles.get("holder", ()):
            count[filler.ref or filler.text][side_of(str(stance) if stance else None, denied=denies(one.claim))] += 1
    rows: list[dict[str, Cell]] = [{"holder": name, "for": tally["for"], "against": tally["against"]} for name, tally in count.items()]
    return tuple(sorted(rows, key=lambda row: str(row["holder"])))


def _measures(rows: Sequence[dict[str, Cell]], found: Sequence["Row"], changes: Sequence[object]) -> dict[str, Cell]:
    sides = Counter(row["side"] for row in rows)
    stances = Counter(row["stance"] for row in rows)
    return {
        "statements": len(rows),
        "holders": len({row["holder"] for row in rows}),
        "documents": len({one.document.id for one in found}),
        "for": sides["for"],
        "against": sides["against"],
        "changes": len(changes),
        **{word.replace("-", "_"): stances[word] for word in FOR + AGAINST},
    }


def _caveats(asked: Sequence[Subject | None], found: Sequence["Row"], stated: Sequence["Row"]) -> list[str]:
    if found:
        undated = any(said_on(one) is None for one in found)
        return [CAUTION, PLAIN, *(["Undated positions stand last and show no change of mind."] if undated else [])]
    on, whom = (f" {word} {one.name}" if one else "" for word, one in zip(("on", "by"), asked, strict=True))
    held = len(stated), len({one.document.id for one in stated})
    return [
        f"No saved document has a position{on}{whom}; the ledger holds {held[0]} positions from {held[1]} documents.",
        "That nothing is saved says nothing about what anybody thinks.",
    ]
