"""The map of a table's columns: a TOML file in, a checked map out, and the TOML of a map."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from talaan.model.errors import RegisterError

FIELDS: Mapping[str, str] = {
    "id": "the list's own number of a row",
    "supplier": "who delivers",
    "recipient": "who receives",
    "designation": "the weapon's designation",
    "description": "the kind of weapon in words",
    "ordered": "year or date of the order",
    "number_ordered": "how many were ordered",
    "number_delivered": "how many were delivered",
    "years": "year or years of delivery",
    "status": "new, second hand …",
    "comment": "remarks",
}
PARTIES = ("supplier", "recipient")
ABOUT = ("title", "publisher", "licence", "address", "scope")
SECTIONS = ("columns", "constants", "values")
SEVERAL = frozenset({"comment", "years", "description"})


@dataclass(frozen=True, slots=True)
class Map:
    """Which header of the file gives which field (several headers: joined), values that stand for all rows, and words to read otherwise."""

    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """A short hash of everything that decides how a file is read."""
        said = [
            {name: list(headers) for name, headers in self.columns.items()},
            dict(self.constants),
            {k: dict(v) for k, v in self.values.items()},
        ]
        return sha256(json.dumps([*said, dict(self.about)], sort_keys=True).encode()).hexdigest()[:12]


def load_map(path: Path) -> Map:
    """The map that a TOML file describes; RegisterError with every fault of it at once."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RegisterError("The map cannot be read", where=str(path), hint=error.strerror or "check the name") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegisterError(f"The map is no TOML ({error})", where=str(path), hint="talaan register map FILE writes one") from error
    made = Map(
        columns={name: _headers(given) for name, given in _section(said, "columns").items() if given},
        constants={name: str(value) for name, value in _section(said, "constants").items() if value},
        values={
            name: {str(k): str(v) for k, v in rows.items()} for name, rows in _section(said, "values").items() if isinstance(rows, dict)
        },
        about={name: str(said[name]) for name in ABOUT if said.get(name)},
    )
    if faults := [*_strange(said), *faults_of(made)]:
        raise RegisterError("The map cannot be used: " + "; ".join(faults), where=str(path), hint=f"fields: {', '.join(FIELDS)}")
    return made


def _headers(given: object) -> tuple[str, ...]:
    """One header or several."""
    return tuple(str(header) for header in given) if isinstance(given, list) else (str(given),)


def _section(said: Mapping[str, object], name: str) -> Mapping[str, object]:
    given = said.get(name, {})
    return given if isinstance(given, dict) else {}


def _strange(said: Mapping[str, object]) -> list[str]:
    """Keys that a map does not have, which are spelling mistakes."""
    return [f"{key!r} is not a key of a map" for key in said if key not in (*ABOUT, *SECTIONS)]


def faults_of(made: Map) -> list[str]:
    """What a map lacks or says wrongly, in words; empty where it can be used.

    >>> faults_of(Map({"supplier": ("From",)}))
    ['no column or constant for recipient', 'no column for designation or description', 'no column or constant for years or ordered']
    """
    named = (*made.columns, *made.constants, *made.values)
    faults = [f"{name!r} is not a field" for name in dict.fromkeys(named) if name not in FIELDS]
    faults += [f"no column or constant for {party}" for party in PARTIES if party not in made.columns and party not in made.constants]
    if not {"designation", "description"} & {*made.columns, *made.constants}:
        faults.append("no column for designation or description")
    if not {"years", "ordered"} & {*made.columns, *made.constants}:
        faults.append("no column or constant for years or ordered")
    faults += [f"{name} has a column and a constant" for name in made.columns if name in made.constants]
    faults += [f"{name} takes one column" for name, headers in made.columns.items() if len(headers) > 1 and name not in SEVERAL]
    return faults


def map_toml(made: Map, reasons: Mapping[str, str], left: tuple[str, ...] = ()) -> str:
    """The TOML of a map, with a reason behind each column and the columns that nothing reads at the end."""
    about = [f"{name} = {_quoted(made.about.get(name, ''))}" for name in ABOUT]
    columns = []
    for name, meaning in FIELDS.items():
        headers = made.columns.get(name)
        if headers is None:
            columns.append(f'# {name} = ""  # {meaning}')
        else:
            given = _quoted(headers[0]) if len(headers) == 1 else f"[{', '.join(map(_quoted, headers))}]"
            columns.append(f"{name} = {given}  # {reasons.get(name, meaning)}")
    unsaid = [party for party in PARTIES if party not in made.columns] + ["years"] * (not {"years", "ordered"} & {*made.columns})
    constants = [f"{name} = {_quoted(made.constants.get(name, ''))}" for name in unsaid]
    lines = [
        "# How a table is read: talaan register add NAME --map THIS-FILE TABLE",
        *about,
        "",
        "# talaan's field = the header in the file",
    ]
    lines += ["[columns]", *columns, "", "# What holds for every row, where no column says it", "[constants]", *constants]
    lines += [
        "",
        "# Words of the file that talaan should read as others, for example:",
        "# [values.supplier]",
        '# "UdSSR" = "Soviet Union"',
    ]
    lines += ["", f"# Columns not read: {', '.join(left)}"] if left else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False)
