"""For how many sentences about a real deal that deal is among the first five rows talaan shows beside them.

`--misses` prints every sentence whose deal is not, with what was named in it and the rows that were shown.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from material import NO_REGISTER, Deal, deals, register_file, register_home
from measures import Measure, parser, publish, say
from talaan.checking.parties import same_party
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.entry import Entry
from talaan.options import Options
from talaan.pipeline import read
from talaan.reference.resolver import resolver
from talaan.reference.tables import tables
from talaan.registers import OpenEdition, open_edition

FIRST = 5
YEARS_APART = 1
AT_LEAST = 0.85
NAME = "deals among the first five rows"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence, what was read in it, and the first rows shown."""

    deal: Deal
    reading: Reading
    rows: tuple[Entry, ...]

    @property
    def found(self) -> bool:
        """Whether one of the rows is the deal."""
        return any(is_deal(row, self.deal) for row in self.rows)


def is_deal(row: Entry, deal: Deal) -> bool:
    """Whether a row is the deal: the same parties, the same designation or weapon family, ordered in that year or one beside it."""
    known = tables()
    parties = row.supplier in same_party(deal.supplier, known) and row.recipient in same_party(deal.recipient, known)
    family = resolver().system(deal.designation)
    goods = row.designation == deal.designation or (family is not None and row.system == family.ref)
    return parties and goods and row.ordered is not None and abs(row.ordered - deal.ordered) <= YEARS_APART


def first_rows(reading: Reading) -> tuple[Entry, ...]:
    """The first five rows beside the leads in reading order, each once."""
    ids = dict.fromkeys(entry.id for lead in reading.leads for entry in lead.entries)
    return tuple(reading.entries[key] for key in list(ids)[:FIRST])


def outcomes(home: Path) -> Iterator[Outcome]:
    """Every sentence read as a document of its own, the gate open."""
    options = Options(home=home, gate=False)
    for deal in deals():
        reading = read(Document(deal.text, deal.id, "", "text/plain"), options)
        yield Outcome(deal, reading, first_rows(reading))


def check_deals(edition: OpenEdition) -> None:
    """ValueError where a sentence tells a deal that the register does not have."""
    for deal in deals():
        rows = edition.deals(suppliers=[deal.supplier], recipients=[deal.recipient])
        if not any(row.designation == deal.designation and row.ordered == deal.ordered for row in rows):
            raise ValueError(f"{deal.id}: the register has no such deal")


def measured() -> list[Outcome] | None:
    """The outcome of every sentence; None without the full register."""
    if register_file() is None:
        return None
    with register_home() as home:
        check_deals(open_edition(home))
        found = list(outcomes(home))
    say(f"deals: {sum(outcome.found for outcome in found)} of {len(found)}")
    return found


def measures(found: Sequence[Outcome] | None) -> list[Measure]:
    """The share of sentences whose deal is shown, pooled (with the bound) and by language."""
    if found is None:
        return [Measure(f"{NAME}, pooled", None, "", AT_LEAST, at_least=True, note=NO_REGISTER)]
    languages = dict.fromkeys(outcome.deal.language for outcome in found)
    shares = [Measure(f"{NAME}, pooled", share(found), "", AT_LEAST, at_least=True, note=f"n = {len(found)}")]
    for language in languages:
        part = [outcome for outcome in found if outcome.deal.language == language]
        shares.append(Measure(f"{NAME}, {language}", share(part), "", note=f"n = {len(part)}"))
    return shares


def share(found: Sequence[Outcome]) -> float:
    """The part of the sentences whose deal is shown."""
    return sum(outcome.found for outcome in found) / len(found)


def miss(outcome: Outcome) -> str:
    """A miss in words: the sentence, the deal, what the leads name, the rows shown."""
    deal, reading = outcome.deal, outcome.reading
    lines = [f"{deal.id}: {deal.text}", f"  deal: {deal.supplier} → {deal.recipient}, {deal.designation}, {deal.ordered}"]
    lines.append(f"  read as: {reading.document.language}, {len(reading.leads)} leads" + "".join(f" · {note}" for note in reading.notes))
    for lead in reading.leads:
        named = ", ".join(f"{mention.text} = {mention.ref}" for mention in lead.mentions)
        lines.append(f"  {lead.grade}: {named or 'nothing named'}" + (f" · {lead.other_deals}" if lead.other_deals else ""))
    lines += [f"  row: {row.supplier_name} → {row.recipient_name}, {row.designation}, {row.ordered}" for row in outcome.rows]
    return "\n".join(lines)


def main() -> int:
    """The exit code: 1 where the bound is missed."""
    options = parser("Deals of corpus/deals/deals.jsonl among the first five rows.")
    options.add_argument("--misses", action="store_true", help="print each sentence whose deal is not shown")
    given = options.parse_args()
    found = measured()
    if given.misses:
        print("\n\n".join(miss(outcome) for outcome in found or () if not outcome.found))
    return publish(measures(found), as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
