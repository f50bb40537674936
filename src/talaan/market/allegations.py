"""Accusations and what became of them: saved claims in, one figure with a row for each accused, offence and matter out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from talaan.market.subjects import (
    REGISTER,
    Subject,
    counted,
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
from talaan.model.claim import Claim
from talaan.model.errors import UsageError
from talaan.model.figure import Cell, Figure
from talaan.model.vocabulary import vocabulary
from talaan.reference.fold import fold

if TYPE_CHECKING:
    from talaan.ledger.read import Row

TYPES = ("allegation",)
ALLEGED, DENIED = "alleged", "denied"
UNDER_WAY = (ALLEGED, DENIED, "investigated", "charged")
OUTCOMES = ("convicted", "acquitted", "not-proven", "proven")
STATUSES = (*UNDER_WAY, *OUTCOMES)
PROVEN = ("convicted", "proven")
MOVING = "asserted"
ROLES = ("accused", "about", "accuser")
UNIT = "statements"
FORMULA = (
    "A matter is one accused, one offence and one thing it is about. Its steps are claims in order of date: alleged, then denied,"
    " investigated or charged, then convicted, acquitted, not-proven or proven. Status: the last outcome; a later investigation or"
    " charge opens it again; without an outcome the furthest step. What is only possible, planned or denied moves nothing."
    " Accused: statements that are no denial. Proven: matters whose status is convicted or proven."
)
CAUTION = "An allegation is what somebody says in a document, never a finding; status is only as complete as the saved documents are."
WORDING = "Matters are told apart by what they name, or by their wording: the same matter in other words counts as a second one."


@dataclass(frozen=True, slots=True)
class Step:
    """One claim as a step of a matter: what it says became of it, when (ISO day or None), and whether it moves the status."""

    adjudication: str
    date: str | None
    moves: bool


@dataclass(frozen=True, slots=True)
class _Matter:
    """The steps of one accused, offence and matter, in order, with their claims."""

    steps: tuple[Step, ...]
    rows: tuple["Row", ...]

    @property
    def first(self) -> Claim:
        return self.rows[0].claim

    @property
    def status(self) -> str:
        return status(self.steps)

    @property
    def accusations(self) -> int:
        return sum(step.adjudication != DENIED for step in self.steps)


def step_of(claim: Claim, day: str | None) -> Step:
    """The claim as a step; a denied accusation is a denial, a denied outcome moves nothing."""
    adjudication = str(claim.values.get("adjudication") or ALLEGED)
    if denies(claim):
        return Step(DENIED, day, True) if adjudication == ALLEGED else Step(adjudication, day, False)
    return Step(adjudication, day, adjudication in (ALLEGED, DENIED) or claim.modality == MOVING)


def status(steps: Iterable[Step]) -> str:
    """Where a matter stands after these steps, undated ones taken as the earliest; `alleged` for none.

    >>> status([Step("alleged", "2001-01-01", True), Step("convicted", "2003-01-01", True), Step("acquitted", "2005-01-01", True)])
    'acquitted'
    >>> status([Step("not-proven", "2003-01-01", True), Step("alleged", "2004-01-01", True), Step("charged", "2005-01-01", True)])
    'charged'
    """
    state, since = ALLEGED, None
    for step in sorted((step for step in steps if step.moves), key=lambda step: step.date or ""):
        if step.adjudication in OUTCOMES:
            state, since = step.adjudication, step.date
        elif state in OUTCOMES:
            opened = step.adjudication in UNDER_WAY[2:] and step.date is not None and since is not None and step.date > since
            state = step.adjudication if opened else state
        elif UNDER_WAY.index(step.adjudication) > UNDER_WAY.index(state):
            state = step.adjudication
    return state


def allegations(claims: Sequence["Row"], *, about: str | None = None, offence: str | None = None, today: date) -> Figure:
    """One row for each matter: who is accused of what, its status, how often it was said and denied, first and last date.

    With `about` the matters in which it is accused, is what they are about, or accuses (`named_as`); counts are of those in
    which it is accused. Parts: `accused` (accused n times, proven m), `steps` (each with source and date), `replies` (denials).
    UsageError for an offence that is no closed value.
    """
    known = vocabulary().types["allegation"].values["offence"]
    if offence is not None and offence not in known:
        raise UsageError(f"There is no offence {offence!r}", hint="offences: " + ", ".join(str(word) for word in known))
    asked = subject(about) if about else None
    everything = [one for one in in_order(claims) if one.claim.type in TYPES]
    found = [one for one in everything if _concerns(one.claim, asked) and offence in (None, one.claim.values.get("offence"))]
    matters = _matters(found)
    rows = tuple(_row(matter, asked) for matter in matters)
    own = [matter for matter, row in zip(matters, rows, strict=True) if row["named_as"] in (None, "accused")]
    steps = tuple(row for place, matter in enumerate(matters, 1) for row in _steps(place, matter))
    return Figure(
        figure="allegations",
        about=asked.about if asked else "all",
        register=REGISTER,
        edition=ledger_edition(everything),
        unit=UNIT,
        window=years_of((said_on(one) for one in found), today.year),
        estimated=False,
        formula=FORMULA,
        rows=rows,
        measures=_measures(own),
        sources=document_sources(found),
        caveats=tuple(_caveats(asked, offence, found, everything)),
        parts={"accused": _accused(matters), "steps": steps, "replies": tuple(row for row in steps if row["step"] == DENIED)},
    )


def _concerns(claim: Claim, asked: Subject | None) -> bool:
    return asked is None or any(asked.is_named(claim.roles.get(role, ())) for role in ROLES)


def _matters(found: Sequence["Row"]) -> list[_Matter]:
    """Claims by accused, offence and matter, in the order in which they were first said."""
    grouped: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in found:
        claim = one.claim
        accused = tuple(sorted(key_of(filler) for filler in claim.roles.get("accused", ())))
        grouped[accused, claim.values.get("offence"), _matter_key(claim)].append(one)
    return [_Matter(tuple(step_of(one.claim, said_on(one)) for one in rows), tuple(rows)) for rows in grouped.values()]


def _matter_key(claim: Claim) -> str | None:
    """The references of what it is about, else its words."""
    fillers = claim.roles.get("about", ())
    return refs_in(sorted(fillers, key=lambda filler: filler.ref or "")) or fold(name_in(fillers) or "") or None


def _row(matter: _Matter, asked: Subject | None) -> dict[str, Cell]:
    claim = matter.first
    roles = claim.roles
    outcomes = {step.adjudication in PROVEN for step in matter.steps if step.moves and step.adjudication in OUTCOMES}
    dates = sorted(step.date for step in matter.steps if step.date)
    accusers = {name for one in matter.rows if (name := name_in(one.claim.roles.get("accuser", ())))}
    return {
        "accused": refs_in(roles.get("accused", ())) or name_in(roles.get("accused", ())),
        "offence": str(claim.values.get("offence") or "other"),
        "matter": name_in(roles.get("about", ())),
        "status": matter.status,
        "accusations": matter.accusations,
        "denials": len(matter.steps) - matter.accusations,
        "repeated": any(one.claim.values.get("repeated") is True for one in matter.rows),
        "disputed": len(outcomes) > 1,
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "accusers": " | ".join(sorted(accusers)) or None,
        "documents": len({one.document.id for one in matter.rows}),
        "named_as": next((role for role in ROLES if asked.is_named(roles.get(role, ()))), None) if asked else None,
    }


def _steps(place: int, matter: _Matter) -> list[dict[str, Cell]]:
    """The steps of the matter in that row, each with its source and date."""
    return [_step(place, step, one) for step, one in zip(matter.steps, matter.rows, strict=True)]


def _step(place: int, step: Step, one: "Row") -> dict[str, Cell]:
    claim = one.claim
    return {
        "matter": place,
        "step": step.adjudication,
        "counts": step.moves,
        "repeated": claim.values.get("repeated") is True,
        "modality": claim.modality,
        "accused": name_in(claim.roles.get("accused", ())),
        "accuser": name_in(claim.roles.get("accuser", ())),
        **told(one),
    }


def _accused(matters: Sequence[_Matter]) -> tuple[dict[str, Cell], ...]:
    """One row for each accused, the most often accused first: how often, in how many matters, what became of them."""
    theirs: dict[str, list[_Matter]] = defaultdict(list)
    for matter in matters:
        for filler in matter.first.roles.get("accused", ()):
            theirs[filler.ref or filler.text].append(matter)
    rows = [{"accused": accused, **_measures(own)} for accused, own in theirs.items()]
    return tuple(sorted(rows, key=lambda row: (-int(row["accusations"] or 0), str(row["accused"]))))


def _measures(matters: Sequence[_Matter]) -> dict[str, Cell]:
    """Accused n times, proven m, and the matters by status."""
    by_status = Counter(matter.status for matter in matters)
    accusations = sum(matter.accusations for matter in matters)
    proven = sum(by_status[word] for word in PROVEN)
    return {
        "accusations": accusations,
        "matters": len(matters),
        "matters_proven": proven,
        "matters_repeated": sum(any(one.claim.values.get("repeated") is True for one in matter.rows) for matter in matters),
        "denials": sum(len(matter.steps) - matter.accusations for matter in matters),
        "documents": len({one.document.id for matter in matters for one in matter.rows}),
        **{word.replace("-", "_"): by_status[word] for word in STATUSES},
        "by_status": counted({word: by_status[word] for word in STATUSES}) or None,
    }


def _caveats(asked: Subject | None, offence: str | None, found: Sequence["Row"], everything: Sequence["Row"]) -> list[str]:
    out = [CAUTION, WORDING] if found else []
    if not found:
        whom = f" against {asked.name}" if asked else ""
        what = f" of {offence}" if offence else ""
        held = len(everything), len({one.document.id for one in everything})
        out.append(f"No saved document has an allegation{what}{whom}; the ledger holds {held[0]} allegations from {held[1]} documents.")
        out.append("That nothing is saved says nothing about what happened.")
    if any(said_on(one) is None for one in found):
        out.append("Undated statements stand last and count as the earliest; talaan check --date says when a document was published.")
    if any(one.claim.values.get("repeated") is True for one in found):
        out.append("Repeated: a document says that it was said more than once; such a statement still counts as one.")
    return out
