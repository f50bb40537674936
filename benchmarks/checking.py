"""How many claims a second are held against the full register, and against a hundred times as many deals, beside a join in pandas.

The claims are made of real deals: a third as the register has them, a third with another supplier, a third with another number or year.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from material import NO_REGISTER, register_file, register_home
from measures import PEER_ABSENT, Measure, main, number, say
from talaan.checking.check import CheckContext, check_claims
from talaan.checking.edition import EditionView, Indexed
from talaan.model.claim import Claim, Mention, Quote
from talaan.model.document import Document
from talaan.model.entry import Entry
from talaan.model.quantity import Quantity
from talaan.model.when import parse_date
from talaan.registers import OpenEdition, open_edition
from talaan.registers.storage import ENTRIES

if TYPE_CHECKING:
    import pandas as pd

CLAIMS = 10_000
A_PAGE = 8
COPIES = (1, 10, 100)
AT_LEAST = {1: 1000.0, 100: 300.0}
DENSE_CLAIMS = 200
NAME = "claims a second against {deals:,} deals"

MULTIPLY = """COPY (
    WITH sides AS (
        SELECT list(DISTINCT supplier ORDER BY supplier) AS suppliers, list(DISTINCT recipient ORDER BY recipient) AS recipients
        FROM '{entries}'
    )
    SELECT entries.* REPLACE (
        CASE WHEN copy = 0 THEN id ELSE id || '-' || copy END AS id,
        CASE WHEN copy = 0 THEN supplier ELSE {supplier} END AS supplier,
        CASE WHEN copy = 0 THEN recipient ELSE {recipient} END AS recipient)
    FROM '{entries}' AS entries, range({copies}) AS copied(copy), sides
) TO '{target}' (FORMAT parquet)"""


@dataclass(frozen=True, slots=True)
class Held:
    """Claims a second for talaan and for pandas (None: not installed), and the deals they were held against."""

    deals: int
    ours: float
    pandas: float | None


def claims_of(rows: Sequence[Entry]) -> list[Claim]:
    """Claims on deliveries, each on a deal drawn from the register, two thirds of them off in something."""
    order = random.Random(1)
    usable = [row for row in rows if row.supplier and row.recipient and row.category and row.years]
    drawn = [order.choice(usable) for _ in range(CLAIMS)]
    suppliers = [row.supplier for row in drawn]
    order.shuffle(suppliers)
    return [_claim(row, other, place) for place, (row, other) in enumerate(zip(drawn, suppliers, strict=True))]


def _claim(row: Entry, other: str | None, place: int) -> Claim:
    off = place % 3
    year = row.years[0] - (9 if off == 2 and place % 2 else 0)
    many = (row.number_delivered or 10) * (3 if off == 2 and not place % 2 else 1)
    roles = {"supplier": other if off == 1 else row.supplier, "recipient": row.recipient, "goods": row.system or f"category:{row.category}"}
    fillers = {role: (Mention(str(ref), 0, 1, ref, category=row.category if role == "goods" else None),) for role, ref in roles.items()}
    return Claim(
        id=f"claim-{place}",
        type="transfer",
        values={"stage": "delivered"},
        modality="asserted",
        negated=False,
        optional=False,
        reader="person",
        roles=fillers,
        quote=Quote("", 0, 0),
        speaker=None,
        extractor="benchmark",
        confidence=1.0,
        quantity=Quantity(float(many), "item", about=False, text="", start=0, end=0),
        when=parse_date(str(year)),
    )


@contextmanager
def multiplied(home: Path, copies: int, *, dense: bool = False) -> Iterator[tuple[OpenEdition, Path]]:
    """The register with every deal so many times: each copy among parties of its own, or (dense) among states drawn from the register's."""
    if copies == 1:
        edition = open_edition(home)
        yield edition, home / "registers/sipri" / edition.edition.id / ENTRIES
        return
    import duckdb

    known = open_edition(home).edition
    with tempfile.TemporaryDirectory(prefix="talaan-bench-") as place:
        folder = Path(place) / "registers/sipri" / known.id
        folder.mkdir(parents=True)
        original = home / "registers/sipri" / known.id
        facts = json.loads((original / "edition.json").read_text(encoding="utf-8"))
        (folder / "edition.json").write_text(json.dumps({**facts, "rows": known.rows * copies}), encoding="utf-8")
        connection = duckdb.connect()
        connection.execute("SELECT setseed(0.5)")
        statement = MULTIPLY.format(
            entries=original / ENTRIES,
            target=folder / ENTRIES,
            copies=copies,
            supplier=_other("supplier", dense),
            recipient=_other("recipient", dense),
        )
        connection.execute(statement)
        connection.close()
        yield open_edition(Path(place)), folder / ENTRIES


def _other(side: str, dense: bool) -> str:
    """The party of a copied deal, in SQL."""
    return f"{side}s[1 + (random() * (len({side}s) - 1))::INT]" if dense else f"{side} || '-' || copy"


def ours(claims: Sequence[Claim], edition: EditionView) -> float:
    """Claims a second, a page of eight at a time, as the pipeline checks them; what is read of the edition on the way is counted."""
    begun = process_time()
    held = Indexed(edition)
    for first in range(0, len(claims), A_PAGE):
        document = Document("", f"{first}.txt", "", "text/plain", published=parse_date("2025"))
        check_claims(claims[first : first + A_PAGE], CheckContext(document, held))
    return len(claims) / (process_time() - begun)


def joined(claims: Sequence[Claim], parquet: Path) -> float | None:
    """Claims a second of a pandas join of all claims at once by supplier and recipient, then class, family and year; None where absent.

    The frame of deals is made before the clock runs, and no verdict comes of it.
    """
    if find_spec("pandas") is None:
        return None
    import pandas as pd

    deals = frame(parquet)
    asked = pd.DataFrame(
        {
            "claim": [claim.id for claim in claims],
            "supplier": [claim.roles["supplier"][0].ref for claim in claims],
            "recipient": [claim.roles["recipient"][0].ref for claim in claims],
            "goods": [claim.roles["goods"][0].ref for claim in claims],
            "year": [claim.when.years[0] if claim.when and claim.when.years else 0 for claim in claims],
        }
    )
    begun = process_time()
    found = asked.merge(deals, on=["supplier", "recipient"])
    same = (found["goods"] == found["system"]) | (found["goods"] == "category:" + found["category"].fillna(""))
    near = (found["first"] - 1 <= found["year"]) & (found["year"] <= found["last"] + 1)
    found[same & near].groupby("claim").size()
    return len(claims) / (process_time() - begun)


def frame(parquet: Path) -> "pd.DataFrame":
    """The deals as pandas has them: parties, goods, first and last year of delivery."""
    import duckdb

    query = f"SELECT supplier, recipient, system, category, list_min(years) AS first, list_max(years) AS last FROM '{parquet}'"
    return duckdb.connect().execute(query).df()


def held(home: Path, claims: Sequence[Claim], copies: int, *, dense: bool = False) -> Held:
    """The figures for one size of register."""
    with multiplied(home, copies, dense=dense) as (edition, parquet):
        rate = ours(claims, edition)
        peer = joined(claims, parquet)
        say(f"checking: {edition.edition.rows:,} deals{' (dense)' if dense else ''}, {rate:.0f} claims a second")
        return Held(edition.edition.rows, rate, peer)


def measure() -> Sequence[Measure]:
    """One measure for each size, and one for a hundred times as many deals between the same states."""
    if register_file() is None:
        return [Measure(NAME.format(deals=30_000), None, "", AT_LEAST[1], at_least=True, note=NO_REGISTER)]
    with register_home() as home:
        claims = claims_of(open_edition(home).deals())
        found = {copies: held(home, claims, copies) for copies in COPIES}
        dense = held(home, claims[:DENSE_CLAIMS], COPIES[-1], dense=True)
    out = [_measure(one, NAME.format(deals=one.deals), AT_LEAST.get(copies)) for copies, one in found.items()]
    return [*out, _measure(dense, NAME.format(deals=dense.deals) + " between the same states", None)]


def _measure(one: Held, name: str, bound: float | None) -> Measure:
    peer = PEER_ABSENT if one.pandas is None else f"pandas, the join alone {number(one.pandas)}"
    return Measure(name, one.ours, "", bound, at_least=True, peer=peer)


if __name__ == "__main__":
    sys.exit(main("Claims held against registers of growing size.", measure))
