"""Parts are Parquet in the contract's schema, whole or not there."""

import json
from pathlib import Path

import duckdb
import pytest
from readings import reading

from talaan.bulk.parts import error_line, failed_rows, remove_unfinished, write_parquet
from talaan.model.contract import Json, reading_json
from talaan.model.errors import TalaanError


def rows(part: Path) -> list[dict[str, Json]]:
    """The rows of a part as JSON values."""
    with duckdb.connect() as connection:
        found = connection.execute("SELECT to_json(row) FROM read_parquet($part) AS row", {"part": str(part)}).fetchall()
    return [json.loads(text) for (text,) in found]


def without_nulls(value: Json) -> Json:
    """The value without null members, and maps of DuckDB as objects."""
    if isinstance(value, dict):
        return {key: without_nulls(part) for key, part in value.items() if part is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def test_every_field_of_the_contract_comes_back(tmp_path: Path) -> None:
    made = reading_json(reading())
    write_parquet([json.dumps(made, ensure_ascii=False)], tmp_path / "part.parquet")
    (row,) = rows(tmp_path / "part.parquet")
    assert row.pop("error") is None
    assert without_nulls(row) == without_nulls(made)


def test_an_error_is_a_row_with_its_path_and_nothing_else(tmp_path: Path) -> None:
    write_parquet([error_line("a\udc80.txt", TalaanError("Broken", where="a.txt"))], tmp_path / "part.parquet")
    (row,) = rows(tmp_path / "part.parquet")
    assert without_nulls(row) == {"document": {"path": "a?.txt"}, "error": "Broken · a.txt"}


def test_the_types_are_those_a_reader_can_rely_on(tmp_path: Path) -> None:
    write_parquet([error_line("a", TalaanError("x"))], tmp_path / "part.parquet")
    described = duckdb.execute("DESCRIBE SELECT * FROM read_parquet($part)", {"part": str(tmp_path / "part.parquet")}).fetchall()
    types = {row[0]: row[1] for row in described}
    assert list(types) == ["document", "claims", "leads", "entries", "notes", "dropped", "error"]
    assert types["document"].startswith("STRUCT(id VARCHAR, path VARCHAR")
    assert "roles MAP(VARCHAR, STRUCT(" in types["claims"]
    assert types["error"] == "VARCHAR"


def test_strange_and_long_texts_come_back(tmp_path: Path) -> None:
    texts = ["line\nend \u2028 'quote' \"double\" \\ 軍艦 \U0001f6a2", "x" * 20_000_000]
    lines = [json.dumps({"document": {"path": "a", "text": text}}, ensure_ascii=False) for text in texts]
    place = tmp_path / "it's a folder"
    place.mkdir()
    write_parquet(lines, place / "part.parquet")
    found = duckdb.execute("SELECT document.text FROM read_parquet($part)", {"part": str(place / "part.parquet")}).fetchall()
    assert [text for (text,) in found] == texts


def test_a_line_that_is_not_of_the_contract_makes_no_part(tmp_path: Path) -> None:
    with pytest.raises(TalaanError, match=r"cannot be written.*part\.parquet"):
        write_parquet(['{"document": {"characters": "many"}}', "{broken"], tmp_path / "part.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TalaanError, match="cannot be written"):
        write_parquet(["{}"], tmp_path / "gone" / "part.parquet")


def test_a_part_stands_in_its_place_only_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int | None, bool]] = []

    def replace(made: Path, target: Path) -> None:
        seen.append((failed_rows(made), target.exists()))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(TalaanError, match="No space left"):
        write_parquet(["{}"], tmp_path / "part.parquet")
    assert seen == [(0, False)]
    assert list(tmp_path.iterdir()) == []


def test_failed_rows_are_counted_and_half_files_are_none(tmp_path: Path) -> None:
    part = tmp_path / "part.parquet"
    assert failed_rows(part) is None
    write_parquet(['{"document": {"path": "a"}}', error_line("b", TalaanError("x"))], part)
    assert failed_rows(part) == 1
    part.write_bytes(part.read_bytes()[:-30])
    assert failed_rows(part) is None


def test_what_a_killed_run_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".part-abc").mkdir()
    (tmp_path / ".part-abc" / "lines.jsonl").write_text("half")
    (tmp_path / "part-000000-aaaaaaaaaaaa.parquet").write_text("x")
    (tmp_path / "mine.txt").write_text("x")
    remove_unfinished(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "part-000000-aaaaaaaaaaaa.parquet"]
