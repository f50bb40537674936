"""How many claims a second are held against the full register, and against a hundred times as many deals, beside pandas doing the same join.

The claims are made of real deals: a third as the register has them, a third with another supplier, a third with another number or year.
"""

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from time import process_time

from material import NO_REGISTER, register_file, register_home
from measures import PEER_ABSENT, Measure, main, number, say
from talaan.checking.check import CheckContext, check_claims
from talaan.checking.edition import EditionView
from talaan.model.claim import Claim, Mention, Quote
from talaan.model.document import Document
from talaan.model.entry import Entry
from talaan.model.quantity import Quantity
from talaan.model.when import parse_date
from talaan.registers import OpenEdition, open_edition
from talaan.registers.storage import ENTRIES

CLAIMS = 3000
A_PAGE = 8
COPIES = (1, 10, 100)
ROUNDS = 3
AT_LEAST = {1: 1000.0, 100: 300.0}
FORMER = 40
NAME = "claims a second against {deals:,} deals"


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
def multiplied(home: Path, copies: int) -> Iterator[OpenEdition]:
    """The register with every deal so many times: copies are of other states, years and numbers, drawn by a fixed seed."""
    if copies == 1:
        yield open_edition(home)
        return
    import duckdb

    edition = open_edition(home).edition
    with tempfile.TemporaryDirectory(prefix="talaan-bench-") as place:
        folder = Path(place) / "registers/sipri" / edition.id
        folder.mkdir(parents=True)
        original = home / "registers/sipri" / edition.id
        (folder / "edition.json").write_bytes((original / "edition.json").read_bytes())
        connection = duckdb.connect()
        connection.execute("SELECT setseed(0.5)")
        connection.execute(
            f"""COPY (
                WITH sides AS (SELECT list(DISTINCT supplier) AS suppliers, list(DISTINCT recipient) AS recipients FROM '{original / ENTRIES}')
                SELECT entries.* REPLACE (
                    CASE WHEN copy = 0 THEN id ELSE id || '-' || copy END AS id,
                    CASE WHEN copy = 0 THEN supplier ELSE suppliers[1 + (random() * (len(suppliers) - 1))::INT] END AS supplier,
                    CASE WHEN copy = 0 THEN recipient ELSE recipients[1 + (random() * (len(recipients) - 1))::INT] END AS recipient)
                FROM '{original / ENTRIES}' AS entries, range({copies}) AS copied(copy), sides
            ) TO '{folder / ENTRIES}' (FORMAT parquet)"""
        )
        connection.close()
        yield open_edition(Path(place))


def ours(claims: Sequence[Claim], edition: EditionView) -> float:
    """Claims a second, a page of eight at a time, as the pipeline checks them."""
    begun = process_time()
    for first in range(0, len(claims), A_PAGE):
        document = Document("", f"{first}.txt", "", "text/plain", published=parse_date("2025"))
        check_claims(claims[first : first + A_PAGE], CheckContext(document, edition))
    return len(claims) / (process_time() - begun)


def measure() -> Sequence[Measure]:
    return []


if __name__ == "__main__":
    home = Path("/tmp/gapshome/home")
    for copies in (1, 100):
        with multiplied(home, copies) as edition:
            t = process_time()
            claims = claims_of(open_edition(home).deals())
            print("load", process_time() - t)
            print(copies, ours(claims[:300], edition))
