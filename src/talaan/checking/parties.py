"""Who a mention stands for in a register: a mention in, a party with every reference that counts as it out."""

from dataclasses import dataclass

from talaan.model.claim import Mention
from talaan.reference.tables import Country, Tables

_NEAR = 1


@dataclass(frozen=True, slots=True)
class Party:
    """A party of deals; `refs` holds its own reference and those of the states it carries on."""

    ref: str
    name: str
    refs: frozenset[str]

    @property
    def kind(self) -> str:
        """country, organisation, group or person."""
        return self.ref.partition(":")[0]


def party_ref(mention: Mention) -> str | None:
    """The reference a mention stands for as a party; a firm or a person with a known state stands for that state.

    >>> party_ref(Mention("Rosoboronexport", 0, 15, "organisation:rosoboronexport", country="RUS"))
    'country:RUS'
    """
    return f"country:{mention.country}" if mention.country else mention.ref


def party_of(mention: Mention | None, tables: Tables) -> Party | None:
    """The party a filler names, or None where it names none that is known."""
    ref = party_ref(mention) if mention else None
    if mention is None or ref is None or ref.startswith(("system:", "category:")):
        return None
    return Party(ref, party_name(ref, tables) or mention.name or mention.text, same_party(ref, tables))


def party_name(ref: str | None, tables: Tables) -> str | None:
    """The name of a reference in the tables, or None.

    >>> from talaan.reference.tables import tables
    >>> party_name("country:KAZ", tables())
    'Kazakhstan'
    """
    kind, _, key = (ref or "").partition(":")
    if kind == "country":
        return tables.countries[key].name if key in tables.countries else None
    if kind == "organisation":
        return tables.organisations[key].name if key in tables.organisations else None
    return tables.groups[key].name if kind == "group" and key in tables.groups else None


def party_names(party: Party, tables: Tables) -> tuple[str, ...]:
    """The names by which a register's remarks may call a party: its own, the register's, and "USA" or "UK".

    >>> from talaan.reference.tables import tables
    >>> usa = Party("country:USA", "United States", frozenset({"country:USA"}))
    >>> set(party_names(usa, tables())) >= {"United States", "USA"}
    True
    """
    code = party.ref.removeprefix("country:")
    state = tables.countries.get(code) if party.kind == "country" else None
    if state is None:
        return (party.name,)
    short = tuple(name for name in (code, *state.names) if name.isupper() and name.isascii())
    return tuple(dict.fromkeys((party.name, *state.register_names, *short)))


def same_party(ref: str, tables: Tables) -> frozenset[str]:
    """The reference with those that count as the same party: the states it carries on, or what a register calls it today.

    >>> from talaan.reference.tables import tables
    >>> sorted(same_party("country:RUS", tables())), sorted(same_party("country:KAZ", tables()))
    (['country:RUS', 'country:SUHH'], ['country:KAZ'])
    """
    code = ref.removeprefix("country:")
    state = tables.countries.get(code) if ref.startswith("country:") else None
    if state is None:
        return frozenset({ref})
    refs = {ref} | {f"country:{before}" for before in _carried_on(state, tables)}
    if state.successors and not state.register_names:
        refs.add(f"country:{state.successors[0]}")
    return frozenset(refs)


def _carried_on(state: Country, tables: Tables) -> set[str]:
    """States whose first successor is this one and which ended when it began, and theirs; not one that stood beside it."""
    found: set[str] = set()
    for before in tables.countries.values():
        if before.successors[:1] == (state.code,) and _follows(before, state):
            found |= {before.code} | _carried_on(before, tables)
    return found


def _follows(before: Country, state: Country) -> bool:
    return bool(before.last and state.first) and abs(int(state.first[:4]) - int(before.last[:4])) <= _NEAR


def is_known(party: Party, tables: Tables) -> bool:
    """Whether a register could list this party: a state, an armed group, or an organisation that registers name."""
    if party.kind == "organisation":
        organisation = tables.organisations.get(party.ref.removeprefix("organisation:"))
        return organisation is not None and bool(organisation.register_names)
    return party.kind in ("country", "group")
