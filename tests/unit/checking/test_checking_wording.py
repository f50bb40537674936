"""Rows in plain English."""

from checking.invented import row
from talaan.checking.wording import entries_words, entry_words


def test_number_designation_order_and_delivery() -> None:
    assert entry_words(row("CHL", "PER", "BTR-3", "tank", 2005, number=2, years=(2005,))) == "two BTR-3 of 2005"
    assert entry_words(row("CHL", "PER", "Lynx", "tank", 2006, number=18, years=(2008, 2009))) == "18 Lynx of 2006 (delivered 2008–2009)"
    flagged = row("CHL", "PER", "Lynx", "tank", 2006, number=18, years=(2006,), number_ordered_uncertain=True)
    assert entry_words(flagged) == "about 18 Lynx of 2006"
    assert entry_words(row("CHL", "PER", "X", "tank", 2024, number=None, years=())) == "X of 2024 (none delivered)"


def test_long_lists_are_cut() -> None:
    rows = [row("CHL", "PER", name, "tank", 2005, number=1, years=(2005,)) for name in "ABCDE"]
    assert entries_words(rows) == "one A of 2005, one B of 2005, one C of 2005 and two more"
    assert entries_words(rows[:2]) == "one A of 2005 and one B of 2005"
