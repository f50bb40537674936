"""Claims of the ledger as lines, JSON or a spreadsheet."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from talaan.ledger.read import Row
from talaan.model.contract import Reading, claim_json
from talaan.model.document import Document


def print_claims(rows: Sequence[Row], *, output: Path | None, as_json: bool) -> None:
    """Every claim with its document: one line each, JSON lines, or a .csv or .xlsx file."""
    if output is not None:
        from talaan.output.files import known_suffix, write_atomically
        from talaan.output.spreadsheet import claims_csv, readings_xlsx

        readings = _readings(rows)
        write_atomically(output, claims_csv(readings) if known_suffix(output, (".csv", ".xlsx")) == ".csv" else readings_xlsx(readings))
        print(f"written: {output} ({len(rows)} claims)", file=sys.stderr)
        return
    for row in rows:
        if as_json:
            print(json.dumps({"document": {"id": row.document.id, "path": row.document.path}, **claim_json(row.claim)}, ensure_ascii=False))
        else:
            verdicts = ", ".join(f"{verdict.register}: {verdict.verdict}" for verdict in row.claim.verdicts)
            print(f"{row.document.path}  {row.claim.type}  {row.claim.gloss.get('en', '')}  [{verdicts}]")
    if not as_json:
        print(f"{len(rows)} claims", file=sys.stderr)


def _readings(rows: Sequence[Row]) -> list[Reading]:
    """The claims grouped by document again, without texts."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.document.id, []).append(row)
    return [_reading(found) for found in grouped.values()]


def _reading(rows: Sequence[Row]) -> Reading:
    kept = rows[0].document
    document = Document(
        "", kept.path, kept.raw_hash, kept.media_type, kept.encoding, kept.language, kept.title, kept.url, kept.publisher, kept.published
    )
    return Reading(document, (), tuple(row.claim for row in rows), {})
