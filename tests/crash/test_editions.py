"""A run that is killed while it loads a register leaves no half edition."""

import random
import subprocess
import sys
import time
from pathlib import Path

from talaan.registers import editions, open_edition

ROWS = 2000
LONGEST = 60
LOADER = """
import sys
from pathlib import Path
from talaan.registers import add
print("ready", flush=True)
for number in range(1000):
    path = Path(sys.argv[2]) / f"{number}.csv"
    add(Path(sys.argv[1]), "sipri", [path])
"""
HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,"
    "status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)


def test_a_killed_load_leaves_whole_editions_only(tmp_path: Path) -> None:
    home, files = tmp_path / "home", tmp_path / "files"
    files.mkdir()
    for number in range(60):
        rows = (f"Peru,Chile,2001,,{number + 1},,T-55,tank,{row},,2002,New,,1,5,4" for row in range(ROWS))
        (files / f"{number}.csv").write_text("\n".join((HEADER, *rows)))
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for turn in range(4):
        process = subprocess.Popen([sys.executable, "-c", LOADER, str(home), str(files)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        slowest = time.monotonic() + LONGEST
        while turn == 0 and not list(home.glob("registers/sipri/[!.]*")) and time.monotonic() < slowest:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.05, 0.5))
        process.kill()
        process.communicate()
        for edition in editions(home):
            if not edition.bundled:
                assert edition.rows == ROWS, f"seed {seed}"
                assert len(open_edition(home, edition=edition.id).deals()) == ROWS, f"seed {seed}"
    assert len(editions(home)) > 1, "no load came to its end before the kill: the test shows nothing"
