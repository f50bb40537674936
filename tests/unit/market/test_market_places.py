"""Markets by name, code and reference."""

import pytest

from talaan.market.places import is_bloc, place, regions
from talaan.model.errors import UsageError
from talaan.reference.tables import tables


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("KAZ", "country:KAZ"), ("kaz", "country:KAZ"), ("Türkiye", "country:TUR"), ("country:KAZ", "country:KAZ"), ("World", "world"),
        ("south-eastern asia", "region:south-eastern-asia"), ("region:middle-east", "region:middle-east"),
        ("NATO", "organisation:NATO"), ("group:hezbollah", "group:hezbollah"), ("Soviet Union", "country:SUHH"),
    ],
)  # fmt: skip
def test_places(words: str, ref: str) -> None:
    assert place(words).ref == ref


def test_a_wrong_name_suggests_near_ones() -> None:
    with pytest.raises(UsageError, match="did you mean Kazakhstan"):
        place("Kazahkstn")
    with pytest.raises(UsageError):
        place("country:XXX")


def test_members_of_a_bloc_by_year() -> None:
    nato = place("NATO")
    assert "country:POL" not in (nato.members(1998) or ())
    assert "country:POL" in (nato.members(2005) or ())
    assert place("WORLD").members(2005) is None
    assert place("KAZ").members(2005) == {"country:KAZ"}


def test_every_region_has_known_members_and_a_source() -> None:
    known = tables().countries
    for region in regions().values():
        assert region.members, region.name
        assert all(code in known for code in region.members), region.name
        assert len(set(region.members)) == len(region.members), region.name
        assert region.source, region.name


def test_the_large_regions_do_not_overlap() -> None:
    parts = [set(regions()[slug].members) for slug in ("africa", "americas", "asia", "europe", "oceania")]
    assert len(set.union(*parts)) == sum(len(part) for part in parts)


def test_no_region_has_the_name_of_a_country_or_bloc() -> None:
    for slug, region in regions().items():
        assert place(region.name).ref == f"region:{slug}"
        assert not is_bloc(slug)
