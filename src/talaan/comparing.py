"""Editions and saved claims compared: editions and the ledger in, differences, deals, candidates and news out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from talaan.model.deal import CandidateList, DealList, News, Said
from talaan.model.difference import Difference
from talaan.model.document import Document
from talaan.model.entry import Edition
from talaan.model.errors import RegisterError

if TYPE_CHECKING:
    from talaan.ledger.read import Row
    from talaan.registers import OpenEdition

REGISTER = "sipri"
REFUTED = "wrong"


def edition_difference(home: Path, old: str, new: str, register: str | None = None) -> Difference:
    """What the edition `new` changes against `old`; UsageError for an id there is none of, or editions that cannot be compared."""
    from talaan.registers import edition_called, open_edition
    from talaan.registers.diff import compare_editions

    first, second = (edition_called(home, edition, register) for edition in (old, new))
    opened = (open_edition(home, row.register, row.id) for row in (first, second))
    return compare_editions(*opened)


def deal_list(
    home: Path,
    ledger: str,
    recipient: str | None = None,
    *,
    supplier: str | None,
    system: str | None,
    period: str | None,
    edition: str | None,
) -> DealList:
    """The deals with a recipient, of a supplier or of a weapon, with what saved documents say of each.

    UsageError where a place or period cannot be understood, RegisterError where neither register nor claims have anything.
    """
    from talaan.market.deals import Question, deals
    from talaan.pipeline import edition_named, window

    question = Question(recipient, supplier, system, window(period) if period else None)
    opened = edition_named(home, edition)
    return deals(opened, held_against(_transfers(ledger), opened), question)


def candidate_list(home: Path, ledger: str, country: str | None, *, edition: str | None = None) -> CandidateList:
    """Rows for a register coder from saved transfer claims, marked against an edition."""
    from talaan.market.candidates import candidates
    from talaan.pipeline import edition_named

    opened = edition_named(home, edition)
    return candidates(opened.edition, held_against(_transfers(ledger), opened), country)


def edition_news(home: Path, ledger: str) -> News:
    """What the newest edition changes against the one before; RegisterError where there is but one."""
    from talaan.market.news import news
    from talaan.registers import open_edition
    from talaan.registers.diff import compare_editions

    new, old = _newest_two(home)
    before, after = (open_edition(home, REGISTER, row.id) for row in (old, new))
    rows = _saved(ledger)
    return news(compare_editions(before, after), held_against(rows, before), held_against(rows, after))


def _newest_two(home: Path) -> tuple[Edition, Edition]:
    """The newest edition loaded and the one before it, of the same layout where there is one."""
    from talaan.registers import editions

    loaded = [row for row in editions(home) if row.register == REGISTER and not row.bundled]
    if len(loaded) < 2:
        there = loaded[0].id if loaded else "only the bundled excerpt"
        what = f"News needs two editions of {REGISTER}, there is one: {there}"
        raise RegisterError(what, hint=f"load another with talaan register add {REGISTER} FILE")
    new, *older = loaded
    return new, next((row for row in older if row.layout == new.layout), older[0])


def held_against(rows: Sequence["Row"], edition: "OpenEdition") -> list[Said]:
    """The saved claims with the verdicts of this edition, in the order given; each document's claims are checked together."""
    from talaan.checking.check import CheckContext, check_claims

    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.document.id, []).append(row)
    found: dict[tuple[str, str], Said] = {}
    for key, group in grouped.items():
        claims, _ = check_claims([row.claim for row in group], CheckContext(_document(group[0]), edition))
        held = group[0].document
        for claim in claims:
            found[key, claim.id] = Said(claim, held.id, held.path, held.url, held.published)
    return [found[row.document.id, row.claim.id] for row in rows]


def _document(row: "Row") -> Document:
    """The document of a claim without its text, which no verdict needs."""
    kept = row.document
    blank = Document("", kept.path, kept.raw_hash, kept.media_type)
    return replace(blank, language=kept.language, title=kept.title, url=kept.url, publisher=kept.publisher, published=kept.published)


def _transfers(ledger: str) -> list["Row"]:
    """The saved transfer claims."""
    return _saved(ledger, types=("transfer",))


def _saved(ledger: str, *, types: tuple[str, ...] = ()) -> list["Row"]:
    """The saved claims of these types (none: of all) that no review calls wrong; none where there is no ledger, which is not made."""
    if "://" not in ledger and not Path(ledger).is_file():
        return []
    from talaan.ledger import open_ledger
    from talaan.ledger.read import ClaimFilter
    from talaan.ledger.read import claims as search

    with open_ledger(ledger) as opened:
        return [row for row in search(opened, ClaimFilter(types=types)) if row.judgement != REFUTED]
