"""Each recipe of docs/how-to proven on a toy."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from checking.invented import FakeEdition, row, transfer

from talaan.checking import check as checking
from talaan.checking.case import Case, CheckContext, Finding
from talaan.checking.rules import RULES, Rule
from talaan.extraction.language import folder, language_codes, load_language
from talaan.extraction.lexicon import GoodsWord, Name, Trigger, build_matcher
from talaan.model.document import Document
from talaan.model.errors import DataError
from talaan.model.quantity import Quantity
from talaan.registers import REGISTERS, add, open_edition, open_table

TOY_TOML = """
code = "xx"
name = "Toy"
script = "Latin"
direction = "ltr"
boundaries = "both"
decimal = "."
months = [["m1"],["m2"],["m3"],["m4"],["m5"],["m6"],["m7"],["m8"],["m9"],["m10"],["m11"],["m12"]]
[modality]
planned = ["vil"]
"""
TOY_LISTS = {
    "countries.csv": "code,names,adjectives,seats\nNOR,Norlando*2,,Oslovo\n",
    "goods.csv": "category,forms,gate\nmortar,bumbumilo*2,bumbumilo*2\n",
    "events.csv": "type,value,forms,strength\ntransfer,stage=delivered,livris,strong\n",
    "organisations.csv": "ref,forms\nNATO,Nordotraktato\n",
    "systems.csv": "designation,forms\nS-300,Tricent\n",
}


def toy(place: Path) -> Path:
    place.mkdir()
    (place / "language.toml").write_text(TOY_TOML, encoding="utf-8")
    for name, text in TOY_LISTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def test_a_word_added_to_a_row_is_found(tmp_path: Path) -> None:
    place = tmp_path / "en"
    copytree(Path(str(folder().joinpath("en"))), place)
    goods = place / "goods.csv"
    text = "The army took over twelve bomb throwers."
    before = build_matcher(load_language(place)).find(text)
    lines = goods.read_text(encoding="utf-8").splitlines()
    mortar = next(number for number, line in enumerate(lines) if line.startswith("mortar,"))
    category, forms, gate = lines[mortar].split(",")
    lines[mortar] = ",".join((category, f"{forms}|bomb thrower*1", gate))
    goods.write_text("\n".join(lines) + "\n", encoding="utf-8")
    after = build_matcher(load_language(place)).find(text)
    found = {(text[hit.start : hit.end], hit.payload) for hit in after} - {(text[hit.start : hit.end], hit.payload) for hit in before}
    assert ("bomb throwers", GoodsWord("mortar")) in found


def test_a_language_folder_is_enough_for_a_language(tmp_path: Path) -> None:
    words = load_language(toy(tmp_path / "xx"))
    text = "Oslovo livris bumbumilojn kaj Tricent al Norlando."
    found = [(text[hit.start : hit.end], hit.payload) for hit in build_matcher(words).find(text)]
    assert ("bumbumilojn", GoodsWord("mortar")) in found
    assert ("Tricent", Name("system:S-300")) in found
    assert ("Oslovo", Name("country:NOR", "seat")) in found
    assert ("livris", Trigger("transfer", ("stage", "delivered"), True)) in found


@pytest.mark.parametrize("broken", ["countries.csv", "events.csv", "language.toml"])
def test_a_fault_in_a_language_names_the_file(tmp_path: Path, broken: str) -> None:
    place = toy(tmp_path / "xx")
    (place / broken).write_text("nothing\nof,the,kind\n", encoding="utf-8")
    with pytest.raises(DataError, match=broken):
        load_language(place)


def test_every_language_folder_loads() -> None:
    assert len(language_codes()) == 27


def test_a_register_is_a_folder_and_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The toy register reads the same layout under another name, as a further publisher's reader would."""
    publication = replace(REGISTERS["sipri"], name="toy")
    monkeypatch.setitem(REGISTERS, "toy", publication)
    header = "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    header += "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
    export = tmp_path / "toy.csv"
    export.write_text(header + "\nNorway,Sweden,2001,,12,,Archer,self-propelled gun,12,,2003; 2004,New,,1,12,12\n", encoding="utf-8")
    edition = add(tmp_path / "home", "toy", [export], edition="first")
    opened = open_edition(tmp_path / "home", register="toy", edition=edition.id)
    assert [(entry.supplier, entry.recipient, entry.number_ordered) for entry in opened.deals()] == [("country:SWE", "country:NOR", 12)]


def test_a_list_of_deals_needs_a_map_and_no_code(tmp_path: Path) -> None:
    table, chart = tmp_path / "list.csv", tmp_path / "my.toml"
    table.write_text("Seller;Item;Years;Count\nSweden;Archer;2003-2004;ca. 12\n", encoding="utf-8")
    columns = 'supplier = "Seller"\ndesignation = "Item"\nyears = "Years"\nnumber_delivered = "Count"\n'
    chart.write_text(f'[columns]\n{columns}[constants]\nrecipient = "Norway"\n', encoding="utf-8")
    add(tmp_path / "home", "toy-list", [table], map_file=chart)
    (entry,) = open_edition(tmp_path / "home", register="toy-list").deals()
    assert (entry.supplier, entry.recipient, entry.years, entry.number_delivered) == ("country:SWE", "country:NOR", (2003, 2004), 12)
    assert entry.number_delivered_uncertain


def test_a_register_that_is_no_list_of_deals_is_a_folder_and_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The toy register reads the same layout under another name, as a further publisher's reader would."""
    monkeypatch.setitem(REGISTERS, "toy", replace(REGISTERS["ideal-points"], name="toy"))
    export = tmp_path / "toy.csv"
    export.write_text("ccode,year,idealpointall\n385,1990,1.25\n", encoding="utf-8")
    add(tmp_path / "home", "toy", [export])
    columns = open_table(tmp_path / "home", "toy").columns()
    assert (columns["country"], columns["year"], columns["point"]) == (["country:NOR"], [1990], [1.25])


def test_a_rule_is_a_function_and_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(case: Case) -> Finding | None:
        if case.claim.quantity is None or case.claim.quantity.number <= 100:
            return None
        return Finding("needs_human", "More than a hundred ships were claimed at once.")

    monkeypatch.setitem(RULES, "transfer", (Rule("too-many", "Are more ships claimed than any fleet has?", too_many), *RULES["transfer"]))
    claim = transfer("SWE", "NOR", "category:frigate")
    context = CheckContext(Document("text", "a", "", "text/plain"), FakeEdition(row("SWE", "NOR", "Vale", "frigate", 2001)))
    many = replace(claim, quantity=Quantity(150, "item", False, "150", 0, 3))
    assert [verdict.verdict for verdict in checking.check(many, context)] == ["needs_human"]
    assert checking.check(claim, context)[0].rule != "transfer.too-many"
