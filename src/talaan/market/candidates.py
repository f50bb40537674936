"""Rows that a register coder can take over: saved transfer claims with verdicts in, candidates marked against the edition out."""

from collections import Counter
from collections.abc import Sequence

from talaan.market.deals import LISTED
from talaan.market.places import place
from talaan.market.points import denies, document_years, named_party, party_name, stated_years
from talaan.model.claim import Claim
from talaan.model.deal import Candidate, CandidateList, Mark, Said
from talaan.model.entry import Edition
from talaan.model.verdict import Verdict

DELIVERED = ("delivered", "in-delivery")
AGREED = ("ordered", "licensed")
BATCH = 0.6
PERIOD_RULES = ("transfer.period", "transfer.absent")


def candidates(edition: Edition, said: Sequence[Said], country: str | None = None) -> CandidateList:
    """The candidates among transfer claims that have the edition's verdicts, new ones first, then changed ones, then known ones.

    `country` keeps those it supplies or receives. Left out, with the reason: what is denied, only planned or offered, has no
    resolved party on either side, or is outside the register. UsageError where nobody is known by that name.
    """
    members = place(country).members(edition.coverage.last_year) if country else None
    found: list[Candidate] = []
    left: Counter[str] = Counter()
    for one in said:
        parties = {named_party(one.claim, role) for role in ("supplier", "recipient")}
        if members is not None and parties.isdisjoint(members):
            continue
        verdict = one.verdict(edition.register)
        reason = _why_not(one, verdict, edition)
        if reason or verdict is None:
            left[reason or "not checked"] += 1
        else:
            found.append(_candidate(one, verdict))
    found.sort(key=lambda row: (_RANK[row.mark], row.recipient_name, row.supplier_name, row.designation, row.said.path))
    bounds = edition.coverage
    partial = bounds.recipients is not None or bounds.suppliers is not None
    caveats = (f"The edition covers only a part of the register. {bounds.statement}".strip(),) if partial else ()
    return CandidateList(edition, tuple(found), tuple(left.most_common()), caveats)


_RANK: dict[Mark, int] = {"new": 0, "new stage": 1, "changed number": 2, "known": 3}


def _why_not(one: Said, verdict: Verdict | None, edition: Edition) -> str | None:
    """Why a claim makes no row, None where it does."""
    claim = one.claim
    if denies(claim):
        return "denied"
    if claim.modality in ("planned", "possible", "necessary"):
        return "planned or possible only"
    if claim.values.get("stage") in ("offered", "negotiated", "refused"):
        return "offered, negotiated or refused"
    if named_party(claim, "supplier") is None or named_party(claim, "recipient") is None:
        return "a party is not known"
    if verdict is not None and verdict.verdict == "out_of_scope" and not _too_late(one, verdict, edition):
        return "outside the register"
    return None


def _too_late(one: Said, verdict: Verdict, edition: Edition) -> bool:
    """Whether a claim is outside only because the edition ends before it: the next edition's coder wants it most."""
    years = stated_years(one) or document_years(one)
    return verdict.rule in PERIOD_RULES and years is not None and years[1] > edition.coverage.last_year


def _candidate(one: Said, verdict: Verdict) -> Candidate:
    claim = one.claim
    goods = claim.filler("goods")
    years = claim.when.years if claim.when else None
    stage = claim.values.get("stage")
    mark = mark_of(claim, verdict)
    return Candidate(
        said=one,
        supplier=named_party(claim, "supplier"),
        supplier_name=party_name(claim, "supplier"),
        recipient=named_party(claim, "recipient"),
        recipient_name=party_name(claim, "recipient"),
        designation=(goods.name or goods.text) if goods else "",
        category=goods.category or (goods.ref or "").removeprefix("category:") if goods and goods.kind in ("system", "category") else None,
        number=claim.quantity.number if claim.quantity else None,
        ordered=years[0] if years and stage in AGREED else None,
        delivered=years if years and stage in DELIVERED else None,
        flag=bool(claim.quantity and claim.quantity.about) or bool(goods and goods.guessed) or (years is not None and years[0] != years[1]),
        mark=mark,
        entries=verdict.entries if mark != "new" else (),
        why=verdict.reason,
    )


def mark_of(claim: Claim, verdict: Verdict) -> Mark:
    """How a claim stands to the register: no row (`new`), rows that show another stage or number, or rows that say the same (`known`).

    A smaller number that was delivered may be a batch of the deal listed, and then changes no number.
    """
    if verdict.verdict not in LISTED:
        return "new"
    stage, number = verdict.fields.get("stage"), verdict.fields.get("number")
    if claim.values.get("stage") == "cancelled" or (stage is not None and stage < 1):
        return "new stage"
    if number is not None and number < 1 and (number < BATCH or claim.values.get("stage") not in DELIVERED):
        return "changed number"
    return "known"
