"""Damaged registers: an export and a seed in, the export damaged in one to four ways out; as a program, it loads them for minutes.

    python tests/fuzz/register_damage.py --minutes 10 FILE…

Every load gives an edition that can be read or a TalaanError that leaves the home as it was; anything else is printed
with its seed and ends the run with 1. Files are those given (their first 300 lines), and the small invented exports of the unit tests.
"""

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Damage = Callable[[bytes, random.Random], bytes]
LINES = 300
SLOW = 10.0
HOSTILE = [
    *(b"", b" ", b"-1", b"1e400", b"nan", b"9" * 400, b"0x10", b"1,5", b"1.5.5", b"=HYPERLINK(1)", b"'; DROP TABLE entries; --"),
    *("１９９９".encode(), "²".encode(), "\u2028".encode(), "\ufeff".encode(), "\u202e".encode(), "Türkiye".encode("cp1252"), b"\xff\xfe"),
    *(
        b"\x00",
        b"\x1b[2J",
        b"\t",
        b"\r",
        b"\n",
        b"\r\n",
        b'"',
        b'""',
        b"'",
        b"\\",
        b"?",
        b"Yes",
        b"2003 - 2002",
        b"1949; 2101",
        b"{",
        b"[" * 50,
    ),
    *(
        b"a" * 40_000,
        b"\xed\xa0\x80",
        b"\x85",
        b"\xc2\x85",
        b"\x1c",
        b"All countries",
        b"unknown supplier(s)",
        b"Not specified",
        b"31 Feb 2026",
    ),
]


def cut(raw: bytes, chance: random.Random) -> bytes:
    """The file up to anywhere."""
    return raw[: chance.randrange(len(raw) + 1)]


def gap(raw: bytes, chance: random.Random) -> bytes:
    """A stretch left out."""
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start + chance.randrange(1, 2_000) :]


def twice(raw: bytes, chance: random.Random) -> bytes:
    """A stretch that stands twice."""
    start = chance.randrange(len(raw) + 1)
    end = start + chance.randrange(1, 2_000)
    return raw[:end] + raw[start:end] + raw[end:]


def bits(raw: bytes, chance: random.Random) -> bytes:
    """A few bytes that are others."""
    changed = bytearray(raw)
    for _ in range(chance.randrange(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def insertion(raw: bytes, chance: random.Random) -> bytes:
    """Something hostile anywhere."""
    place = chance.randrange(len(raw) + 1)
    return raw[:place] + chance.choice(HOSTILE) + raw[place:]


def field(raw: bytes, chance: random.Random) -> bytes:
    """Something hostile in place of some fields of a line."""
    lines = raw.split(b"\n")
    place = chance.randrange(len(lines))
    fields = lines[place].split(b",")
    for _ in range(chance.randrange(1, 4)):
        fields[chance.randrange(len(fields))] = chance.choice(HOSTILE)
    lines[place] = b",".join(fields)
    return b"\n".join(lines)


def column(raw: bytes, chance: random.Random) -> bytes:
    """One hostile value in place of a whole column, or the column left out."""
    lines = [line.split(b",") for line in raw.split(b"\n")]
    place, value = chance.randrange(max(map(len, lines))), chance.choice([None, *HOSTILE])
    for fields in lines:
        if place < len(fields):
            fields[place : place + 1] = [] if value is None else [value]
    return b"\n".join(b",".join(fields) for fields in lines)


def swap(raw: bytes, chance: random.Random) -> bytes:
    """Two columns that changed places, in all lines or from one line on."""
    lines = raw.split(b"\n")
    widest = max(line.count(b",") for line in lines) + 1
    one, two, start = chance.randrange(widest), chance.randrange(widest), chance.choice([0, chance.randrange(len(lines))])
    for number in range(start, len(lines)):
        fields = lines[number].split(b",")
        if max(one, two) < len(fields):
            fields[one], fields[two] = fields[two], fields[one]
        lines[number] = b",".join(fields)
    return b"\n".join(lines)


def separator(raw: bytes, chance: random.Random) -> bytes:
    """Another sign between the fields."""
    return raw.replace(b",", chance.choice([b";", b"\t", b"|", b" ", b",,", b"', '", b'","']))


def encoding(raw: bytes, chance: random.Random) -> bytes:
    """The same text in another encoding, or in one that it only claims."""
    text = raw.decode("cp1252", "replace")
    marks = chance.choice([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"])
    return marks + text.encode(
        chance.choice(["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "cp1251", "shift_jis"]), "replace"
    )


def order(raw: bytes, chance: random.Random) -> bytes:
    """The lines in another order, or turned round."""
    lines = raw.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines if chance.random() < 0.5 else [line[::-1] for line in lines])


def wide(raw: bytes, chance: random.Random) -> bytes:
    """A line of very many columns."""
    lines = raw.split(b"\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice([b",", b"a,", b'"', b"Supplier,", b";"]) * chance.randrange(1, 200_000))
    return b"\n".join(lines)


def packed(raw: bytes, chance: random.Random) -> bytes:
    """The file as gzip, whole, cut, or with what comes after."""
    whole = gzip.compress(raw, 1)
    return chance.choice([whole, cut(whole, chance), bits(whole, chance), whole + b"more", whole + whole, gzip.compress(whole)])


DAMAGES: Sequence[Damage] = (cut, gap, twice, bits, insertion, field, field, column, swap, separator, encoding, order, wide)


def damaged(raw: bytes, seed: int) -> bytes:
    """The file damaged in one to four ways, each time the same way for a seed, and sometimes compressed."""
    chance = random.Random(seed)
    for damage in chance.choices(DAMAGES, k=chance.choice([1, 1, 1, 2, 2, 3, 4])):
        raw = damage(raw, chance)
    return packed(raw, chance) if chance.random() < 0.2 else raw


def load(home: Path, paths: Sequence[Path]) -> str:
    """How loading ended: `loaded`, or `refused` with the home as it was; whatever is neither of them is raised."""
    from talaan.model.errors import TalaanError
    from talaan.registers import add, open_edition

    before = sorted(home.rglob("*"))
    try:
        edition = add(home, "sipri", paths)
    except TalaanError as error:
        if sorted(home.rglob("*")) != before:
            raise AssertionError("a refused file left something behind") from error
        if not str(error).isprintable() or len(str(error)) > 5_000:
            raise AssertionError(f"the error cannot be shown: {str(error)[:500]!r}") from error
        return "refused"
    opened = open_edition(home, edition=edition.id)
    if len(opened.deals()) != edition.rows or not edition.rows:
        raise AssertionError(f"{edition.rows} rows were told, {len(opened.deals())} are there")
    opened.deliveries()
    return "loaded"


def invented() -> list[bytes]:
    """The small exports of the unit tests."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "unit"))
    from registers.sipri_exports import INTERFACE, REPORT, TIDIED, TREE, deals_text, years_text

    return [text.encode("cp1252") for text in (deals_text(), years_text(), REPORT, INTERFACE, TIDIED, json.dumps(TREE))]


def start(path: Path) -> bytes:
    """The first lines of a file, unpacked."""
    raw = path.read_bytes()
    raw = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
    return b"\n".join(raw.split(b"\n")[:LINES])[:200_000] + b"\n"


def run(exports: Sequence[bytes], *, minutes: float, seed: int) -> int:
    """Loads damaged exports until the time is over; the number of faults found."""
    ends: dict[str, int] = {"loaded": 0, "refused": 0}
    faults, finish = 0, time.monotonic() + 60 * minutes
    while time.monotonic() < finish:
        seed += 1
        with tempfile.TemporaryDirectory(prefix="talaan-fuzz-") as place:
            home, path = Path(place) / "home", Path(place) / "export.csv"
            home.mkdir()
            path.write_bytes(damaged(exports[seed % len(exports)], seed))
            begun = time.monotonic()
            try:
                ends[load(home, [path])] += 1
            except Exception as fault:  # noqa: BLE001 - whatever comes out is what is looked for
                faults += 1
                print(f"seed {seed}, export {seed % len(exports)}: {type(fault).__name__}: {str(fault)[:300]}", flush=True)
            if time.monotonic() - begun > SLOW:
                faults += 1
                print(f"seed {seed}, export {seed % len(exports)}: {time.monotonic() - begun:.1f} s", flush=True)
    print(f"{sum(ends.values())} damaged files in {minutes:g} minutes: {ends['loaded']} loaded, {ends['refused']} refused, {faults} faults")
    return faults


def main() -> int:
    """Reads the command line; 1 where a fault was found."""
    parser = argparse.ArgumentParser(description="Loads damaged registers for some minutes.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return int(run([*invented(), *map(start, given.files)], minutes=given.minutes, seed=given.seed) > 0)


if __name__ == "__main__":
    sys.exit(main())
