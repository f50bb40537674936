"""What goods a claim or sentence names, and which rows are such goods: mentions and entries in, fits out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from talaan.model.claim import Mention
from talaan.model.entry import Entry
from talaan.reference.designation import designation_key
from talaan.reference.tables import System, Tables

ANY = "arms"
Kind = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Goods:
    """Weapon families and classes that are named; `texts` are the words nothing resolved."""

    systems: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether any goods are named that talaan knows."""
        return bool(self.systems or self.categories)

    @property
    def anything(self) -> bool:
        """Whether the goods are only "arms" (ruling 5)."""
        return self.categories == {ANY} and not self.systems

    @property
    def specific(self) -> "Goods":
        """The goods without the word "arms"."""
        return Goods(self.systems, self.categories - {ANY}, self.texts)


def goods_of(mentions: Iterable[Mention]) -> Goods:
    """The goods among these mentions.

    >>> goods_of([Mention("S-300", 0, 5, "system:S-300", category="air-defence-system")]).systems
    frozenset({'system:S-300'})
    """
    systems: set[str] = set()
    categories: set[str] = set()
    texts: list[str] = []
    for mention in mentions:
        if mention.kind == "system" and mention.ref:
            systems.add(mention.ref)
        elif mention.kind == "category" and mention.ref:
            categories.add(mention.ref.removeprefix("category:"))
        elif mention.ref is None:
            texts.append(mention.text)
    return Goods(frozenset(systems), frozenset(categories), tuple(texts))


def family(ref: str | None, tables: Tables) -> System | None:
    """The weapon family of a reference, or None."""
    return tables.systems.get((ref or "").removeprefix("system:"))


def classes_of(goods: Goods, tables: Tables) -> frozenset[str]:
    """The classes named, and the usual class of each family named."""
    found = (family(ref, tables) for ref in goods.systems)
    return goods.categories | {system.category for system in found if system}


@lru_cache(maxsize=4096)
def _press_classes(category: str | None, system: str | None, missile: bool, categories: tuple[str, ...]) -> frozenset[str]:
    return frozenset({category} if category else ()) | (frozenset() if missile or system is None else frozenset(categories))


def row_classes(entry: Entry, tables: Tables) -> frozenset[str]:
    """Every class a row counts as: the register's own and those that the press gives its family (ruling 17).

    A missile of a family (a round for the S-300) stays a missile and is no air-defence system.
    """
    system = family(entry.system, tables)
    missile = entry.category is not None and tables.is_below(entry.category, "missile")
    return _press_classes(entry.category, entry.system, missile, system.categories if system else ())


def local_name_of(entry: Entry, tables: Tables) -> str | None:
    """The family of its own under which the recipient knows the row's family ("Arlan" for a Marauder in Kazakhstan), or None."""
    system = family(entry.system, tables)
    pairs = (copy.partition(":") for copy in system.copies) if system else ()
    names = (f"system:{name}" for code, _, name in pairs if f"country:{code}" == entry.recipient and name in tables.systems)
    return next(names, None)


def kind_of(entry: Entry, tables: Tables) -> Kind:
    """All that decides which goods named by family or class a row fits: its family and class, and the recipient where its name matters."""
    system = family(entry.system, tables)
    return entry.system, entry.category, entry.recipient if system is not None and system.copies else None


def labels_of(entry: Entry, tables: Tables) -> frozenset[str]:
    """The families and classes that name such a row: its own, the recipient's name for it, and the classes above; rows of one kind
    have the same."""
    systems = {ref for ref in (entry.system, local_name_of(entry, tables)) if ref}
    return frozenset(systems | {above for code in row_classes(entry, tables) for above in tables.ancestors(code)} - {ANY})


def fits(entry: Entry, goods: Goods, tables: Tables) -> bool:
    """Whether a row is such goods: the family named, a class at or below one named, or anything where only "arms" are (rulings 5, 17)."""
    if entry.system in goods.systems or goods.anything:
        return True
    if goods.systems and local_name_of(entry, tables) in goods.systems:
        return True
    if any(tables.is_below(row, named) for named in goods.categories - {ANY} for row in row_classes(entry, tables)):
        return True
    return any(_same_words(text, entry) for text in goods.texts)


def fits_goods(narrow: Goods, wide: Goods, tables: Tables) -> bool:
    """Whether goods named in one place are among those named in another: a class of the one lies at or below a class of the other.

    >>> from talaan.reference.tables import tables
    >>> named = Goods(frozenset({"system:BTR-3"})), Goods(categories=frozenset({"armoured-vehicle"})), Goods(categories=frozenset({"tank"}))
    >>> fits_goods(named[0], named[1], tables()), fits_goods(named[0], named[2], tables())
    (True, False)
    """
    systems = (family(ref, tables) for ref in narrow.systems)
    classes = narrow.categories | {code for system in systems if system for code in system.categories}
    return any(tables.is_below(code, above) for code in classes for above in wide.categories - {ANY})


def _same_words(text: str, entry: Entry) -> bool:
    """Whether words that resolve to nothing are the row's own designation."""
    key, listed = designation_key(text), designation_key(entry.designation)
    return (
        len(key) > 2
        and any(sign.isdigit() for sign in key)
        and (key == listed or (listed.startswith(key) and not listed[len(key)].isdigit()))
    )


def class_words(goods: Goods, tables: Tables) -> str:
    """The goods in words: families by designation, classes in the plural.

    >>> from talaan.reference.tables import tables
    >>> class_words(Goods(frozenset({"system:S-300"}), frozenset({"tank"})), tables())
    'S-300, tanks'
    """
    systems = sorted(ref.removeprefix("system:") for ref in goods.systems)
    plurals = sorted(tables.categories[code].plural_en for code in goods.categories if code in tables.categories)
    return ", ".join([*systems, *plurals]) or ", ".join(goods.texts) or "goods not named"
