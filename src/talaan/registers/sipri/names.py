"""Party names and weapon descriptions as SIPRI's exports write them, over all editions: names in, references and classes out."""

from talaan.reference.resolver import resolver
from talaan.registers.sipri.facts import facts
from talaan.registers.sipri.rows import Sheet


def party(name: str) -> str | None:
    """The reference of a party under any name an edition gave it; None where the register does not know the party.

    >>> party("Turkey") == party("Turkiye"), party("North Atlantic Treaty Organization") == party("NATO**"), party("unknown rebel group*")
    (True, True, None)
    """
    return resolver().party(facts().parties.get(name, name))


def knows_party(name: str) -> bool:
    """Whether the name is a known party or one of the register's words for an unknown one."""
    return resolver().knows_party(facts().parties.get(name, name))


def weapon_class(description: str) -> str | None:
    """The class that a weapon description of any edition means.

    >>> weapon_class("tank"), weapon_class("Turboprop/turboshaft"), weapon_class("teapot")
    ('tank', 'engine', None)
    """
    return resolver().category(description) or facts().classes.get(description.strip().lower())


def party_refs(sheet: Sheet, side: str) -> list[str]:
    """The reference of each row's supplier or recipient, "" where unknown; a name that means two parties is told apart by its year."""
    column = sheet.columns[side]
    known = {name: party(name) or "" for name in set(column)}
    refs = [known[name] for name in column]
    for merged in sheet.header.layout.merged:
        if merged.name in known:
            earlier, until = party(merged.party) or "", str(merged.until)
            refs = [
                earlier if name == merged.name and year <= until else ref
                for name, year, ref in zip(column, sheet.columns["year"], refs, strict=True)
            ]
    return refs
