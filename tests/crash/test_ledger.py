"""A run that is killed, or a write that fails, leaves whole documents only."""

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from talaan.ledger import Ledger, open_ledger, read, write
from talaan.ledger.runs import Run
from talaan.ledger.tables import metadata
from talaan.model.claim import Claim, Lead, Mention, Quote
from talaan.model.contract import Reading
from talaan.model.document import Document
from talaan.model.errors import LedgerError
from talaan.model.verdict import Verdict

RUN = Run("talaan 0", "builtin 0", "a", "b", "2026-01-01")
CLAIMS, LEADS = 12, 7
TABLES = [name for name in metadata.tables if not name.startswith("latest_")]
WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from test_ledger import RUN, many, write, open_ledger
ledger = open_ledger(sys.argv[1])
print("ready", flush=True)
for number in range(int(sys.argv[3]), 10**6):
    write.save(ledger, many(number), RUN)
"""


def many(number: int) -> Reading:
    """A document with a dozen claims and some leads."""
    quote = Quote(f"quote {number} " * 8, 0, 10)
    mention = Mention("Ukraine", 0, 7, "country:UKR", "Ukraine", "UKR")
    verdict = Verdict("sipri", "2026-05-18", "supported", "a row", "a rule", ("sipri:1",))
    claims = tuple(
        Claim(
            f"{number}-{place}", "transfer", {}, "asserted", False, False, "builtin", {"supplier": (mention, mention)}, quote,
            None, "x", 0.5, verdicts=(verdict,),
        )
        for place in range(CLAIMS)
    )  # fmt: skip
    leads = tuple(Lead(f"{number}-{place}", quote, (("transfer", 0.5),), (mention,), "strong", 0.9) for place in range(LEADS))
    return Reading(Document(f"text {number} " * 400, f"{number}.txt", f"raw {number}", "text/plain"), leads, claims, {})


def counts(ledger: Ledger) -> dict[str, int]:
    with ledger.reading() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in TABLES}


def test_a_kill_at_any_moment_leaves_whole_documents(tmp_path: Path) -> None:
    place, seed = tmp_path / "ledger.sqlite", random.randrange(10**6)
    chance, saved = random.Random(seed), 0
    for attempt in range(5):
        command = [sys.executable, "-c", WRITER, str(place), str(Path(__file__).parent), str(attempt * 10**5)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.25))
        process.kill()
        process.communicate()
        with open_ledger(place) as ledger:
            found = read.documents(ledger)
            assert all((row.claims, row.leads) == (CLAIMS, LEADS) for row in found), f"seed {seed}"
            held = counts(ledger)
            saved = len(found)
            expected = {"texts": saved, "claims": CLAIMS * saved, "roles": 2 * CLAIMS * saved, "quotes": CLAIMS * saved}
            assert {name: held[name] for name in expected} == expected, f"seed {seed}"
            with ledger.reading() as connection:
                assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok", f"seed {seed}"
    assert saved > 5, "too few documents were saved before the kills: the test shows nothing"


def test_a_kill_while_the_ledger_is_made_leaves_one_that_opens(tmp_path: Path) -> None:
    maker = "import sys\nfrom talaan.ledger import open_ledger\nprint('ready', flush=True)\nopen_ledger(sys.argv[1])"
    chance = random.Random(5)
    for attempt in range(4):
        place = tmp_path / f"{attempt}.sqlite"
        process = subprocess.Popen([sys.executable, "-c", maker, str(place)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.02))
        process.kill()
        process.communicate()
        with open_ledger(place) as ledger:
            assert write.save(ledger, many(1), RUN).new


def test_the_nth_write_fails_and_nothing_is_kept(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        write.save(ledger, many(0), RUN)
        before, failing, writes = counts(ledger), [0], [0]

        def fail(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            if statement.startswith(("INSERT", "DELETE")):
                writes[0] += 1
                if writes[0] == failing[0]:
                    raise OperationalError(statement, None, Exception("database or disk is full"))

        event.listen(ledger.engine, "before_cursor_execute", fail)
        for step in range(1, 10):
            failing[0], writes[0] = step, 0
            if step <= 7:
                with pytest.raises(LedgerError, match="no space left"):
                    write.save(ledger, many(1), RUN)
                assert counts(ledger) == before, f"write {step}"
        failing[0] = 0
        assert write.save(ledger, many(1), RUN).new
        assert writes[0] >= 7
        after = counts(ledger)
        for step in range(1, 9):
            failing[0], writes[0] = step, 0
            with pytest.raises(LedgerError):
                write.forget(ledger, "1.txt")
            assert counts(ledger) == after, f"deletion {step}"
        failing[0] = 0
        write.forget(ledger, "1.txt")
        assert counts(ledger) == before
