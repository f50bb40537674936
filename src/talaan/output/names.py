"""References as people read them: `country:KAZ` in, *Kazakhstan*, *KAZ* or a class name out."""

from talaan.reference.tables import tables


def name_of(ref: str | None, *, language: str = "en") -> str | None:
    """The usual name of a reference; its own slug where the tables do not list it, None for None.

    >>> name_of("country:KAZ"), name_of("category:tank", language="fil"), name_of("system:S-300")
    ('Kazakhstan', 'tangke', 'S-300')
    """
    if ref is None:
        return None
    kind, _, slug = ref.partition(":")
    if kind == "category":
        return category_name(slug, language=language)
    known = tables()
    found = known.countries.get(slug) if kind == "country" else known.organisations.get(slug) or known.groups.get(slug)
    return found.name if found and kind in ("country", "organisation", "group") else slug or ref


def category_name(code: str | None, *, language: str = "en") -> str | None:
    """The name of a goods class; the code itself where the tables do not list it, None for None.

    >>> category_name("infantry-fighting-vehicle")
    'infantry fighting vehicle'
    """
    if code is None:
        return None
    found = tables().categories.get(code)
    if found is None:
        return code
    return found.name_fil if language == "fil" and found.name_fil else found.name_en


def code_of(ref: str | None, name: str) -> str:
    """The short form of a party: the code of a state, else its name.

    >>> code_of("country:UKR", "Ukraine"), code_of(None, "unknown supplier(s)")
    ('UKR', 'unknown supplier(s)')
    """
    return ref.partition(":")[2] if ref and ref.startswith("country:") else name
