"""Names of parties as any publisher writes them: a name or ISO code in, a reference out."""

import re
from functools import lru_cache

from talaan.reference.fold import fold
from talaan.reference.resolver import resolver
from talaan.reference.tables import Country, read_rows, tables

_TURNED = re.compile(r"(?P<name>[^()]+?)\s*\((?P<form>[^()]+ of(?: the)?)\)")


def party_ref(name: str) -> str | None:
    """The reference of a party: by the names of registers, else by any name of a country, organisation or group, else by ISO code.

    None where nobody is known by it.

    >>> party_ref("Iran (Islamic Republic of)"), party_ref("the-former-yugoslav-republic-of-macedonia"), party_ref("UA")
    ('country:IRN', 'country:MKD', 'country:UKR')
    >>> party_ref("unknown supplier(s)")
    """
    words = " ".join(name.split())
    if found := resolver().party(words) or _names().get(_key(words)):
        return found
    if turned := _TURNED.fullmatch(words):
        return _names().get(_key(f"{turned['form']} {turned['name']}")) or party_ref(turned["name"])
    return _codes().get(words) if words.isupper() else None


def _key(name: str) -> str:
    """Letters and digits only, folded, without a leading article."""
    folded = fold(name.replace("-", " ")).removeprefix("the ")
    return "".join(sign for sign in folded if sign.isalnum())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """key → reference of every name that is written out; countries go before organisations and groups."""
    known = tables()
    found: dict[str, str] = {}
    for rows in (known.countries.values(), known.organisations.values(), known.groups.values()):
        for row in rows:
            spoken = row.names if isinstance(row, Country) else (row.name, *row.aliases)
            for name in (*row.register_names, *spoken):
                plain = name.lstrip("=")
                if "*" not in plain.rstrip("*") and _key(plain):
                    found.setdefault(_key(plain), row.ref)
    return found


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """ISO codes of countries, of three or four letters and of two."""
    found: dict[str, str] = {}
    for _, row in read_rows("countries.csv"):
        for code in (row["code"], row["alpha2"]):
            found.setdefault(code, f"country:{row['code']}")
    found.pop("", None)
    return found
