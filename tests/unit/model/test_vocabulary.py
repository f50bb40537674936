"""The vocabulary, dates and errors."""

import pytest

from talaan.model.errors import DataError, TalaanError, UsageError
from talaan.model.vocabulary import claim_type, vocabulary
from talaan.model.when import parse_date


def test_fourteen_types_with_their_core() -> None:
    assert len(vocabulary().types) == 14
    assert claim_type("transfer").core == ("supplier", "recipient", "goods")
    assert claim_type("capability").core_values == ("ability", "has")
    with pytest.raises(DataError, match="transfer"):
        claim_type("gift")


def test_closed_values_are_closed() -> None:
    assert vocabulary().value("transfer", "stage", "teleported") is None
    assert vocabulary().value("capability", "has", True) is True
    assert vocabulary().value("capability", "has", "false") is False


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2011", "2011-01-01", "2011-12-31"), ("2012-02", "2012-02-01", "2012-02-29"), ("2011-05-17", "2011-05-17", "2011-05-17")],
)
def test_dates_are_ranges(text: str, first: str, last: str) -> None:
    when = parse_date(text)
    assert (str(when.first), str(when.last)) == (first, last)


@pytest.mark.parametrize("text", ["", "yesterday", "2011-13", "2011-02-30", "11-05-2011"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_date(text)


def test_an_error_says_what_where_and_what_to_do() -> None:
    assert str(TalaanError("what", where="where", hint="do")) == "what · where · do"
    assert (UsageError("x").exit_code, TalaanError("x").exit_code) == (2, 3)
