"""Rows beside leads: which, in what order, marked how. Deals are invented."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from checking.invented import FakeEdition, mention, row
from talaan.checking.rows import RowContext, rows_for
from talaan.model.claim import Lead, Mention, Quote
from talaan.model.entry import Entry
from talaan.model.when import parse_date

TANK, ARMS = "category:tank", "category:arms"


def scene(*sentences: tuple[str, ...], published: str | None = None, text: str = "") -> tuple[list[Lead], RowContext]:
    """One lead for each sentence, given as the references it names; the text stands in every lead."""
    spans = []
    leads = []
    for number, refs in enumerate(sentences):
        mentions = tuple(mention(ref) for ref in refs)
        spans.append(((number * 10, number * 10 + 9), mentions))
        leads.append(Lead(f"l{number}", Quote(text, number * 10, number * 10 + 9), (), mentions, "strong", 1.0))
    return leads, RowContext(tuple(spans), parse_date(published) if published else None)


def found(*sentences: tuple[str, ...], rows: list[Entry], at: int = 0, **more: str) -> Lead:
    leads, context = scene(*sentences, **more)
    out, entries = rows_for(leads, context, FakeEdition(*rows))
    assert {one.id for lead in out for one in lead.entries} == set(entries)
    return out[at]


def test_both_directions_between_the_countries_of_the_sentence() -> None:
    rows = [row("CHL", "PER", "X", "tank", 2009), row("PER", "CHL", "Y", "tank", 2009), row("BRA", "CHL", "Z", "tank", 2009)]
    lead = found(("CHL", "PER", TANK), rows=rows)
    assert {one.id for one in lead.entries} == {rows[0].id, rows[1].id}
    assert {one.origin for one in lead.entries} == {"sentence"}


def test_family_goes_before_place_place_before_class_class_before_year() -> None:
    family = row("BRA", "PER", "S-300PS", "air-defence-system", 1999, system="system:S-300")
    here = row("CHL", "PER", "Buk", "air-defence-system", 1980)
    nearer = row("CHL", "PER", "Tor", "air-defence-system", 2010)
    lead = found(("CHL", "PER", "system:S-300"), ("BRA",), rows=[here, nearer, family], published="2011")
    assert [one.id for one in lead.entries] == [family.id, nearer.id, here.id]
    assert [one.origin for one in lead.entries] == ["neighbour", "sentence", "sentence"]


def test_at_most_five_and_the_year_in_the_sentence_decides() -> None:
    rows = [row("CHL", "PER", f"X{year}", "tank", year) for year in range(1990, 2002)]
    lead = found(("CHL", "PER", TANK), rows=rows, text="in 1995", published="2011")
    assert len(lead.entries) == 5
    assert lead.entries[0].id in {rows[4].id, rows[5].id}


def test_neighbours_are_two_before_and_one_after_the_rest_is_context() -> None:
    rows = [row("CHL", "PER", "X", "tank", 2009)]
    assert found(("PER",), (), ("CHL", TANK), rows=rows, at=2).entries[0].origin == "neighbour"
    assert found(("PER",), (), (), ("CHL", TANK), rows=rows, at=3).entries[0].origin == "context"
    assert found(("CHL", TANK), ("PER",), rows=rows).entries[0].origin == "neighbour"
    assert found(("CHL", TANK), (), ("PER",), rows=rows).entries[0].origin == "context"


def test_goods_of_neighbours_where_the_sentence_names_none_or_only_arms() -> None:
    rows = [row("CHL", "PER", "X", "tank", 2009), row("CHL", "PER", "Y", "frigate", 2009)]
    for goods in ((), (ARMS,)):
        assert [one.id for one in found(("CHL", "PER", *goods), (TANK,), rows=rows).entries] == [rows[0].id]


def test_arms_alone_fit_any_row() -> None:
    rows = [row("CHL", "PER", "X", "tank", 2009), row("CHL", "PER", "Y", "frigate", 2009)]
    assert len(found(("CHL", "PER", ARMS), rows=rows).entries) == 2


def test_a_class_above_a_class_below_and_the_press_class() -> None:
    car = row("CHL", "PER", "X", "armoured-vehicle", 2009)
    btr = row("CHL", "PER", "BTR-3", "infantry-fighting-vehicle", 2009, system="system:BTR-3")
    lead = found(("CHL", "PER", "category:armoured-personnel-carrier"), rows=[car, btr])
    assert [one.id for one in lead.entries] == [btr.id, car.id]
    assert len(found(("CHL", "PER", "category:armoured-vehicle"), rows=[car, btr]).entries) == 2


def test_other_deals_in_one_line_with_the_direction() -> None:
    rows = [row("CHL", "PER", "Y", "frigate", year) for year in (2008, 2015, 2023)] + [row("PER", "CHL", "Z", "radar", 2010)]
    lead = found(("CHL", "PER", TANK), rows=rows)
    assert lead.entries == ()
    assert lead.other_deals == "three deals from Chile to Peru and one from Peru to Chile, 2008–2024, none of this class"
    assert found(("CHL", "PER"), rows=rows).other_deals == (
        "three deals from Chile to Peru and one from Peru to Chile, 2008–2024, no goods are named here"
    )
    assert found(("CHL", "ARG", TANK), rows=rows).other_deals is None


def test_a_guessed_country_marks_the_row() -> None:
    leads, context = scene(("CHL", "PER", TANK))
    guess = replace(leads[0].mentions[1], guessed=True)
    lead = replace(leads[0], mentions=(leads[0].mentions[0], guess, leads[0].mentions[2]))
    quiet = RowContext((((0, 9), lead.mentions),))
    (out,), _ = rows_for([lead], quiet, FakeEdition(row("CHL", "PER", "X", "tank", 2009)))
    assert out.entries[0].guessed
    assert context.sentences


def test_a_firm_stands_for_its_state_and_a_predecessor_for_its_successor() -> None:
    firm = Mention("Uralvagonzavod", 0, 1, "organisation:uralvagonzavod", country="RUS")
    leads, _ = scene(("PER", TANK))
    lead = replace(leads[0], mentions=(firm, *leads[0].mentions))
    soviet = row("SUHH", "PER", "X", "tank", 1980)
    (out,), _ = rows_for([lead], RowContext((((0, 9), lead.mentions),)), FakeEdition(soviet))
    assert [one.id for one in out.entries] == [soviet.id]


def test_no_leads_and_no_parties() -> None:
    assert rows_for([], RowContext(()), FakeEdition()) == ([], {})
    lead = found((TANK,), rows=[row("CHL", "PER", "X", "tank", 2009)])
    assert (lead.entries, lead.other_deals) == ((), None)


@given(st.permutations(list(range(8))))
def test_the_order_of_the_register_changes_nothing(order: list[int]) -> None:
    rows = [row("CHL", "PER", f"X{number}", "tank", 2000 + number % 3, id=f"sipri:{number}") for number in range(8)]
    shuffled = [rows[number] for number in order]
    assert found(("CHL", "PER", TANK), rows=shuffled).entries == found(("CHL", "PER", TANK), rows=rows).entries
