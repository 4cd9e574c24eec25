"""What a city is called."""

import pytest

from backend.city.errors import CityNameError
from backend.city.names import name_city


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("helsinki.osm.pbf", "helsinki"),
        ("maps/Helsinki.osm.pbf", "helsinki"),
        ("/maps/monaco-latest.osm.pbf", "monaco-latest"),
        ("town.pbf", "town"),
        ("https://example.org/europe/monaco.osm.pbf?key=1#x", "monaco"),
    ],
)
def test_a_city_is_called_by_its_file(source, name):
    assert name_city(source) == name


def test_a_name_that_is_given_is_taken():
    assert name_city("x.osm.pbf", "saint-tropez-2") == "saint-tropez-2"


@pytest.mark.parametrize(
    "name", ["", "Oulu", "my_city", "../oulu", "-f", "a b", "oulu.", "å", "a" * 64]
)
def test_a_name_that_no_file_should_have_is_refused_with_a_way_out(name):
    with pytest.raises(CityNameError, match=r"a-z, 0-9 and - only.*--name"):
        name_city("x.osm.pbf", name)


@pytest.mark.parametrize("source", ["my city.osm.pbf", ".osm.pbf", "", "https://x.org"])
def test_a_file_whose_name_gives_none_is_refused_with_a_way_out(source):
    with pytest.raises(CityNameError, match="--name"):
        name_city(source)
