"""Editions on disk: what a reader loaded in, an immutable folder of Parquet and edition.json out, and the list of those there are.

`<home>/registers/<register>/<edition>/` holds entries.parquet, perhaps deliveries.parquet, or rows.parquet where the register is no
list of deals, perhaps further tables, and edition.json and set_aside.csv.
It is written under another name and renamed at the end, so that a killed run leaves no half edition.
"""

import contextlib
import csv
import json
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from talaan.model.entry import Coverage, Edition
from talaan.model.errors import RegisterError, UsageError
from talaan.registers.files import SourceFile, read_file
from talaan.registers.loaded import MAIN_TABLE, Loaded
from talaan.registers.publication import Publication
from talaan.registers.sipri.facts import facts as sipri_facts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENTRIES, DELIVERIES, FACTS, ASIDE = "entries.parquet", "deliveries.parquet", "edition.json", "set_aside.csv"
STAGED = "staged.tsv"
FORMAT = 1
_UNFINISHED = ".unfinished-"
_STALE_SECONDS = 3600
_SQL_TYPES = {"text": "VARCHAR", "year": "SMALLINT", "integer": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN"}
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def add_edition(home: Path, register: Publication, paths: Sequence[Path], *, edition: str | None = None) -> Edition:
    """The stored edition of these files, or the one there was: the same files, read by the same versions, change nothing."""
    if edition is not None and not _SAFE.fullmatch(edition):
        raise UsageError(f"{edition!r} cannot be an edition's name", hint="letters, digits, points and hyphens, 64 at most")
    sources = list({source.sha256: source for source in (read_file(path, takes=register.takes) for path in paths)}.values())
    folder = home / "registers" / register.name
    hashes = sorted(source.sha256 for source in sources)
    reader = register.reader()
    marks: dict[str, object] = {"files": hashes, "reader": reader.version, "reference": reference_version()}
    known = next((found for found, raw in _stored(folder) if all(raw.get(key) == value for key, value in marks.items())), None)
    if known is not None:
        return known
    loaded = reader.read(sources)
    wanted = loaded.released or edition or (hashes[0] if len(hashes) == 1 else sha256("".join(hashes).encode()).hexdigest())[:8]
    try:
        return _store(folder, wanted, _edition(register, loaded, sources), loaded, marks)
    except OSError as error:
        where, hint = str(error.filename or folder), error.strerror or str(error)
        raise RegisterError("The edition cannot be stored", where=where, hint=hint) from error


def _edition(register: Publication, loaded: Loaded, sources: Sequence[SourceFile]) -> Edition:
    several, facts = len(sources) > 1, register.facts()
    return Edition(
        register=register.name,
        id="",
        title=facts.title,
        publisher=facts.publisher,
        layout=loaded.layout,
        released=loaded.released,
        loaded=datetime.now(UTC).isoformat(timespec="microseconds"),
        files=tuple((source.name, source.sha256) for source in sources),
        rows=0,
        set_aside=tuple((line.line, f"{line.file}: {line.reason}" if several and line.file else line.reason) for line in loaded.set_aside),
        unread_columns=loaded.unread_columns,
        coverage=loaded.coverage,
        licence=facts.licence,
        lines=len(loaded.columns["id"]) if "id" in loaded.columns else None,
    )


def _store(folder: Path, wanted: str, edition: Edition, loaded: Loaded, marks: dict[str, object]) -> Edition:
    """The edition written beside the others and renamed to the first free name."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    place = Path(mkdtemp(prefix=_UNFINISHED, dir=folder))
    try:
        rows = _write_tables(place, loaded)
        _write_aside(place / ASIDE, loaded)
        for name in _free_names(folder, wanted):
            raw = asdict(edition) | {"id": name, "rows": rows, "format": FORMAT, "marks": marks, "hashes": hashes_of(place)}
            raw["seal"] = seal_of(raw)
            (place / FACTS).write_text(json.dumps(raw, ensure_ascii=False, indent=1, default=sorted), encoding="utf-8")
            place.chmod(0o755)
            with contextlib.suppress(FileExistsError, NotADirectoryError):
                _rename(place, folder / name)
                return _from_json(raw)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    raise RegisterError("No free name for the edition", where=str(folder), hint="give another one with --edition")


def _rename(place: Path, target: Path) -> None:
    """Renames, FileExistsError where another process took the name meanwhile."""
    try:
        place.rename(target)
    except OSError:
        if target.exists():
            raise FileExistsError(str(target)) from None
        raise


def _free_names(folder: Path, wanted: str) -> Iterator[str]:
    taken = {edition.id for edition in bundled_editions()}
    for number in range(1, 1000):
        name = wanted if number == 1 else f"{wanted}-{number}"
        if name not in taken and not (folder / name).exists():
            yield name


def _sweep(folder: Path) -> None:
    """Removes what killed runs left an hour ago or earlier."""
    for left in folder.glob(_UNFINISHED + "*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _write_tables(place: Path, loaded: Loaded) -> int:
    """The Parquet files of an edition; the number of entries, or of rows where the register is no list of deals."""
    import duckdb

    try:
        with duckdb.connect(config={"python_enable_replacements": False}) as connection:
            if loaded.statements:
                given = _staged(place, loaded.columns, dict.fromkeys(loaded.columns, "VARCHAR"))
                _write(connection, loaded.statements, given, place / ENTRIES)
                if loaded.deliveries:
                    _write(connection, loaded.deliveries, given, place / DELIVERIES)
            for name, table in loaded.tables.items():
                types = {column: _SQL_TYPES[table.types[column]] for column in table.columns}
                _write(connection, "typed", _staged(place, table.columns, types), place / table_file(name))
            main = place / (ENTRIES if loaded.statements else table_file(MAIN_TABLE))
            (rows,) = connection.execute(sql("count_entries"), {"entries": str(main)}).fetchone() or (0,)
    except duckdb.Error as error:
        raise RegisterError("The edition's tables cannot be written", where=str(place.parent), hint=str(error).splitlines()[0]) from error
    (place / STAGED).unlink(missing_ok=True)
    return int(rows)


def _staged(place: Path, columns: Mapping[str, Sequence[str]], types: Mapping[str, str]) -> dict[str, object]:
    """The columns written as a file of tabs, and the parameters under which `staged.sql` reads it."""
    lines = map("\t".join, zip(*columns.values(), strict=True))
    (place / STAGED).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return {"path": str(place / STAGED), "columns": dict(types)}


def _write(connection: "DuckDBPyConnection", statement: str, given: Mapping[str, object], target: Path) -> None:
    connection.sql(sql("staged") + sql(statement), params=dict(given)).write_parquet(str(target), compression="zstd")


def table_file(name: str) -> str:
    """The file that keeps a typed table of an edition."""
    return f"{name}.parquet"


def hashes_of(place: Path) -> dict[str, str]:
    """The hash of every file of an edition but its facts, by name."""
    kept = sorted(path for path in place.iterdir() if path.name != FACTS)
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in kept}


def seal_of(raw: Mapping[str, object]) -> str:
    """The hash of an edition's facts, which shows a later change of them.

    >>> seal_of({"a": 1, "seal": "x"}) == seal_of({"a": 1})
    True
    """
    sealed = {name: value for name, value in raw.items() if name != "seal"}
    return sha256(json.dumps(sealed, ensure_ascii=False, sort_keys=True, default=sorted).encode()).hexdigest()


def _write_aside(path: Path, loaded: Loaded) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("file", "line", "reason", "text"))
        writer.writerows((line.file, line.line, line.reason, line.text) for line in loaded.set_aside)


def sql(name: str) -> str:
    """The statement kept in `sql/<name>.sql`."""
    return files("talaan.registers").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")


def reference_version() -> str:
    """The hash of the reference tables, which decide what a register's names resolve to."""
    digest = sha256()
    for item in sorted(files("talaan.reference").joinpath("data").iterdir(), key=lambda item: item.name):
        if item.name.endswith(".csv"):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()[:16]


def stored_editions(home: Path) -> list[Edition]:
    """All loaded editions of all registers, the newest first; RegisterError where one is damaged."""
    root = home / "registers"
    registers = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    return newest_first(edition for folder in registers for edition, _ in _stored(folder))


def newest_first(found: Iterator[Edition]) -> list[Edition]:
    """By export date, undated ones by the day they were loaded; of one day, the one loaded last goes first."""
    return sorted(found, key=lambda edition: (edition.released or edition.loaded[:10], edition.loaded), reverse=True)


def bundled_editions() -> list[Edition]:
    """The excerpts that come with talaan."""
    facts = sipri_facts()
    return [
        Edition(
            register=facts.name,
            id=facts.excerpt.id,
            title=facts.title,
            publisher=facts.publisher,
            layout="per-deal",
            released=facts.excerpt.released,
            loaded=facts.excerpt.released,
            files=(),
            rows=facts.excerpt.rows,
            set_aside=(),
            unread_columns=(),
            coverage=facts.excerpt.coverage,
            licence=facts.licence,
            bundled=True,
        )
    ]


def _stored(folder: Path) -> Iterator[tuple[Edition, dict[str, object]]]:
    """The editions in a register's folder, with the marks that tell whether the same files were loaded by the same versions."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.is_dir() or path.name.startswith("."):
            continue
        try:
            raw = json.loads((path / FACTS).read_text(encoding="utf-8"))
            yield _from_json(raw), raw["marks"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RegisterError("This edition is damaged", where=str(path), hint="remove that folder and load the files again") from error


def _from_json(raw: dict[str, object]) -> Edition:
    raw = {"lines": None} | raw
    fields = {name: raw[name] for name in Edition.__dataclass_fields__}
    bounds = dict(raw["coverage"])  # type: ignore[call-overload]
    for side in ("recipients", "suppliers", "supplier_recipients"):
        bounds[side] = None if bounds[side] is None else frozenset(bounds[side])
    for name in ("files", "set_aside"):
        fields[name] = tuple(tuple(pair) for pair in raw[name])  # type: ignore[attr-defined]
    fields["unread_columns"] = tuple(raw["unread_columns"])  # type: ignore[arg-type]
    fields["coverage"] = Coverage(**bounds)
    return Edition(**fields)  # type: ignore[arg-type]
