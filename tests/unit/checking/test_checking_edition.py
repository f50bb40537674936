"""An edition with a memory answers as the edition itself, whatever its size and in whatever order it is asked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checking.invented import FakeEdition, document, row, transfer
from talaan.checking.case import Case, CheckContext
from talaan.checking.edition import Indexed, Remembered, Rows, in_order
from talaan.checking.goods import Goods, fits
from talaan.model.entry import Entry
from talaan.reference.tables import tables

CODES = ("CHL", "PER", "BRA", "ARG")
REFS = [f"country:{code}" for code in CODES]
rows = st.lists(
    st.builds(
        lambda giver, taker, year: row(giver, taker, "X", "tank", year),
        st.sampled_from([*CODES, None]),
        st.sampled_from([*CODES, None]),
        st.one_of(st.none(), st.integers(2000, 2004)),
    ),
    max_size=30,
)
some = st.one_of(st.none(), st.frozensets(st.sampled_from(REFS), min_size=1, max_size=2))
questions = st.lists(st.tuples(some, some), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(rows, questions, st.integers(0, 4), st.booleans(), st.integers(0, 12))
def test_answers_are_those_of_the_edition(
    deals: list[Entry], asked: list[tuple[frozenset[str] | None, frozenset[str] | None]], patience: int, small: bool, most: int
) -> None:
    plain = FakeEdition(*sorted(deals, key=in_order))
    object.__setattr__(plain.edition, "rows", len(deals))
    indexed = Indexed(plain, patience=patience, small=1000 if small else -1, most=most)
    for suppliers, recipients in asked:
        assert indexed.deals(suppliers=suppliers, recipients=recipients) == plain.deals(suppliers=suppliers, recipients=recipients)


def test_a_few_questions_do_not_read_it_whole() -> None:
    class Counted(FakeEdition):
        asked = 0

        def deals(self, **filters: object) -> list[Entry]:  # type: ignore[override]
            self.asked += 1
            return super().deals(**filters)  # type: ignore[arg-type]

    plain = Counted(*(row("CHL", "PER", "X", "tank", year) for year in range(2000, 2010)))
    indexed = Indexed(plain, patience=3)
    for _ in range(3):
        indexed.deals(suppliers={"country:CHL"}, recipients={"country:PER"})
    assert plain.asked == 3
    for _ in range(20):
        assert len(indexed.deals(suppliers={"country:CHL"}, recipients={"country:PER"})) == 10
    assert plain.asked == 4


def test_what_was_asked_once_is_remembered() -> None:
    plain = FakeEdition(register="unroca")
    plain.filed = {("country:CHL", 2010): True}
    plain.told = {"a": {"side": "exporter"}}
    held = Remembered(plain)
    assert held.reported("country:CHL", 2010) and held.details(["a", "b"]) == {"a": {"side": "exporter"}, "b": {}}
    plain.filed, plain.told = {}, {}
    assert held.reported("country:CHL", 2010) and held.details(["a"]) == {"a": {"side": "exporter"}}


def test_goods_that_fit_by_the_recipients_own_name_do_so_from_memory_too() -> None:
    own = row("ZAF", "KAZ", "Marauder", "armoured-personnel-carrier", 2013, system="system:Marauder")
    other = row("ZAF", "PER", "Marauder", "armoured-personnel-carrier", 2013, system="system:Marauder")
    plain = FakeEdition(*sorted((own, other), key=in_order))
    indexed = Indexed(plain, patience=0)
    for recipient, rows in (("KAZ", [own]), ("PER", [])):
        one = transfer("ZAF", recipient, "system:Arlan")
        for edition in (plain, indexed):
            assert Case(one, CheckContext(document(), edition)).fitting == rows
        both = indexed.deals(suppliers={"country:ZAF"})
        assert Case(one, CheckContext(document(), indexed)).fit(both) == [own]


SYSTEMS = [None, "system:Marauder", "system:Arlan", "system:S-300", "system:BTR-3", "system:Leopard-1", "system:Su-30"]
CLASSES = [None, *sorted(tables().categories)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["KAZ", "PER"]), st.sampled_from(SYSTEMS), st.sampled_from(CLASSES)), max_size=12),
    st.frozensets(st.sampled_from(SYSTEMS[1:]), max_size=2),
    st.frozensets(st.sampled_from(CLASSES[1:]), max_size=3),
)
def test_rows_named_from_memory_are_those_that_fit(
    kinds: list[tuple[str, str | None, str | None]], systems: frozenset[str], classes: frozenset[str]
) -> None:
    held = Rows(row("ZAF", code, "X", category, 2013, system=system) for code, system, category in kinds)
    goods = Goods(systems, classes)
    assert list(held.named(goods)) == [one for one in held if fits(one, goods, tables())]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text("aB\n USÜ", max_size=8)), max_size=8), st.lists(st.text("aBÜ", max_size=3), max_size=2))
def test_remarks_that_hold_a_name(comments: list[str | None], names: list[str]) -> None:
    held = Rows(row("CHL", "PER", "X", "tank", 2010, comment=comment) for comment in comments)
    wanted = [name.lower() for name in names if name]
    assert held.remarking(names) == [one for one in held if any(name in (one.comment or "").lower() for name in wanted)]
