"""The reader of US notifications: files of records in, entries of possible sales with their details out."""

import re
from collections.abc import Mapping, Sequence

from talaan.model.entry import Coverage
from talaan.model.errors import RegisterError
from talaan.registers.deals import STATEMENT, counted, entry_columns, hashed_ids
from talaan.registers.dsca.notices import KNOWN, Notice, key_of, notice_of, shared_texts
from talaan.registers.files import SourceFile
from talaan.registers.goods import class_of, system_in
from talaan.registers.loaded import ColumnType, Loaded, SetAside, Table
from talaan.registers.opened import DETAILS
from talaan.registers.parties import party_ref
from talaan.registers.publication import register_toml
from talaan.registers.records import Record, json_records, words

VERSION = "1"
FOLDER = "dsca"
_TYPES: dict[str, ColumnType] = {
    "id": "text",
    "number": "text",
    "stage": "text",
    "year": "year",
    "released": "text",
    "uploaded": "text",
    "quantity": "integer",
    "value_usd": "number",
    "text": "text",
    "url": "text",
}
_WHOLE = re.compile(r"\d{1,9}")
_AMOUNT = re.compile(r"\d{1,15}(?:\.\d{1,6})?(?:e\+?\d{1,2})?")


def read(sources: Sequence[SourceFile]) -> Loaded:
    """All notifications as entries of stage offered: nothing in them is an order or a delivery.

    Records of one document, from a list of notices or from one with texts, make one entry.
    RegisterError where a file is no JSON of such records.
    """
    records, aside, unread = _records(sources)
    shared = shared_texts([record for _, _, record in records])
    grouped: dict[str, list[Record]] = {}
    for _, _, record in records:
        grouped.setdefault(key_of(record), []).append(record)
    notices = [notice_of(group, shared) for group in grouped.values()]
    said = register_toml(FOLDER)
    entries = [_entry(notice, said) for notice in notices]
    ids = _ids(notices)
    for entry, key in zip(entries, ids, strict=True):
        entry["id"] = key
    return Loaded(
        layout="notifications",
        released=None,
        columns=entry_columns(entries),
        set_aside=(*aside, *_notes(notices, entries, shared)),
        unread_columns=unread,
        coverage=_coverage(notices, said),
        statements=STATEMENT,
        tables={DETAILS: Table(_details(notices, ids, said), _TYPES)},
    )


def _records(sources: Sequence[SourceFile]) -> tuple[list[tuple[str, int, Record]], list[SetAside], tuple[str, ...]]:
    """(file, line, record) of all files; records without a country are set aside; keys nobody reads."""
    records: list[tuple[str, int, Record]] = []
    aside: list[SetAside] = []
    unread: dict[str, None] = {}
    for source in sources:
        for line, record in json_records(source, ("signals", "notifications")):
            unread.update(dict.fromkeys(key for key in record if key not in KNOWN))
            if any(words(record, key) for key in ("country", "country_iso2", "iso")):
                records.append((source.name, line, record))
            else:
                aside.append(SetAside(source.name, line, "no country", str(record)[:500]))
    if not records:
        hint = "a list of objects with cn_number, country, date, title and pdf_url"
        raise RegisterError("The files hold no notification", where=", ".join(source.name for source in sources), hint=hint)
    return records, aside, tuple(unread)


def _ids(notices: Sequence[Notice]) -> list[str]:
    """`dsca:` and the notification's number where it has one that no other notice bears, else with a count, else a hash of the address."""
    hashed = hashed_ids(FOLDER, [(notice.url, notice.recipient, notice.goods) for notice in notices])
    return counted(f"{FOLDER}:{notice.number}" if notice.number else key for notice, key in zip(notices, hashed, strict=True))


def _entry(notice: Notice, said: Mapping[str, object]) -> dict[str, str]:
    known: Mapping[str, str] = said["recipients"]  # type: ignore[assignment]
    system = system_in(notice.goods) if notice.goods else None
    year = f" of {notice.year}" if notice.year else ""
    number = f"notification {notice.number}{year}" if notice.number else f"a notification{year}"
    return {
        "supplier": str(said["supplier"]),
        "supplier_name": str(said["supplier_name"]),
        "recipient": known.get(notice.recipient) or party_ref(notice.recipient) or party_ref(notice.recipient.upper()) or "",
        "recipient_name": notice.recipient,
        "designation": notice.goods or str(said["no_goods"]),
        "description": "",
        "category": class_of(system, notice.goods) or "",
        "system": system or "",
        "status": str(said["status"]),
        "comment": f"A possible sale, {number} to Congress; neither an order nor a delivery. {notice.text}".strip(),
    }


def _details(notices: Sequence[Notice], ids: Sequence[str], said: Mapping[str, object]) -> dict[str, list[str]]:
    return {
        "id": list(ids),
        "number": [notice.number for notice in notices],
        "stage": [str(said["stage"])] * len(notices),
        "year": [notice.year for notice in notices],
        "released": [notice.released for notice in notices],
        "uploaded": [notice.uploaded for notice in notices],
        "quantity": [notice.quantity if _WHOLE.fullmatch(notice.quantity) else "" for notice in notices],
        "value_usd": [notice.value if _AMOUNT.fullmatch(notice.value) else "" for notice in notices],
        "text": [notice.text for notice in notices],
        "url": [notice.url for notice in notices],
    }


def _notes(notices: Sequence[Notice], entries: Sequence[Mapping[str, str]], shared: frozenset[str]) -> list[SetAside]:
    """What must be known of the whole: texts that were not believed, notices without a year, customers without a reference."""
    notes = []
    if shared:
        notes.append(f"{len(shared)} texts stand at several documents at once and are read for none of them")
    undated = sum(not notice.year for notice in notices)
    if undated:
        notes.append(f"{undated} notifications have neither number nor date of release: their year is unknown")
    unknown = sorted({row["recipient_name"] for row in entries if not row["recipient"]})
    if unknown:
        notes.append(f"parties without a reference (their rows are kept): {', '.join(unknown[:10])}")
    return [SetAside("", 0, note) for note in notes]


def _coverage(notices: Sequence[Notice], said: Mapping[str, object]) -> Coverage:
    years = sorted({int(notice.year) for notice in notices if notice.year})
    if not years:
        raise RegisterError("No notification has a year", hint="numbers such as 08-26 say it")
    goods = sum(bool(notice.goods) for notice in notices)
    statement = f"{said['scope']} {len(notices)} notifications, {years[0]}–{years[-1]}; goods are known for {goods} of them."
    return Coverage(years[0], years[-1], suppliers=frozenset({str(said["supplier"])}), statement=statement)
