"""The city that the demo brings is the one that its extract makes."""

import json

import numpy as np
import pytest

from backend.city.adding import NewCity, add_city
from backend.city.telling import keep_quiet
from backend.city.versions import VERSIONS
from backend.demo.found import CITIES
from routing.roads import StreetNetwork, load_road_map
from tests.routing.roads.test_saved import some_places

AGAIN = (
    "ULLAGE_CITIES=backend/demo/city ullage city add backend/demo/city/helsinki.osm.pbf"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cities")
    source = str(CITIES / "helsinki.osm.pbf")
    new = NewCity(name="helsinki", source=source, country=None)
    add_city(new, folder, tell=keep_quiet)
    return folder


def test_the_streets_that_are_shipped_are_those_of_the_extract(made):
    shipped, new = (
        StreetNetwork(load_road_map(folder / "helsinki.roads.npz"))
        for folder in (CITIES, made)
    )
    places = some_places(new)
    assert places == some_places(shipped), AGAIN
    assert np.array_equal(
        shipped.matrix(places).travel_s, new.matrix(places).travel_s
    ), AGAIN
    assert shipped.roads.rules == new.roads.rules, AGAIN


def test_the_bins_that_are_shipped_are_those_of_the_extract(made):
    name = "helsinki.bins.geojson"
    assert (CITIES / name).read_text() == (made / name).read_text(), AGAIN


def test_what_is_shipped_is_of_this_version_and_whole():
    manifest = json.loads((CITIES / "helsinki.json").read_text())
    assert manifest["versions"] == dict(VERSIONS), AGAIN
    assert manifest["source"] == "helsinki.osm.pbf"
    for end, size in manifest["files"].items():
        assert (CITIES / f"helsinki.{end}").stat().st_size == size, AGAIN
