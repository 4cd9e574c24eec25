"""The street map of the demo city."""

import json
from collections import Counter
from pathlib import Path

import pytest

from backend.city.basemap.border import is_inside, ring_area
from backend.city.basemap.draw import build_basemap
from backend.city.basemap.features import read_features
from backend.city.errors import UnusableCityError

CITY = Path(__file__).parents[3] / "backend/demo/city"
PBF = CITY / "helsinki.osm.pbf"
ZOOM_LIMITS = slice(100, 102)  # header bytes of the PMTiles 3 specification


@pytest.fixture(scope="module")
def features():
    return list(read_features(PBF))


def named(features, layer):
    return {
        feature.look.details.get("name")
        for feature in features
        if feature.look.layer == layer
    }


def test_streets_parks_waters_and_quarters_have_their_names(features):
    assert {"Mannerheimintie", "Aleksanterinkatu", "Keskuskatu"} <= named(
        features, "roads"
    )
    assert {"Kaisaniemen puisto", "Esplanadinpuisto"} <= named(features, "pois")
    assert {"Töölönlahti", "Kaisaniemenlahti"} <= named(features, "water")
    assert {"Kluuvi", "Keskusta", "Helsinki"} <= named(features, "places")


def test_the_bay_is_sea_and_the_railway_station_is_not(features):
    seas = [f.geometry["coordinates"] for f in features if f.look.kind == "ocean"]
    bay, station = (24.9470, 60.1772), (24.9414, 60.1719)
    assert any(is_inside(bay, sea[0]) for sea in seas)
    assert not any(is_inside(station, sea[0]) for sea in seas)


def test_trams_and_pedestrian_streets_are_drawn(features):
    kinds = Counter(
        (f.look.kind, f.look.details.get("kind_detail"))
        for f in features
        if f.look.layer == "roads"
    )
    assert kinds["rail", "tram"] > 100
    assert kinds["minor_road", "pedestrian"] > 5


def test_a_house_number_is_written_once(features):
    addresses = Counter(
        (f.look.details["addr_street"], f.look.details["addr_housenumber"])
        for f in features
        if f.look.kind == "address"
    )
    assert len(addresses) > 500
    assert set(addresses.values()) == {1}


def test_shops_and_benches_are_left_out(features):
    assert {f.look.kind for f in features if f.look.layer == "pois"} == {"park"}


def test_outer_rings_run_counter_clockwise(features):
    rings = [
        f.geometry["coordinates"][0]
        for f in features
        if f.geometry["type"] == "Polygon"
    ]
    assert all(ring_area(ring) > 0 for ring in rings)


def test_every_feature_has_what_the_style_reads(features):
    for feature in features:
        written = json.loads(feature.to_json())
        assert written["properties"]["kind"]
        if feature.look.layer in {"roads", "places", "pois"}:
            assert isinstance(feature.look.details.get("min_zoom", 0), int)
        if feature.look.layer == "roads" and feature.look.kind != "rail":
            assert "min_zoom" in feature.look.details


def test_the_map_that_is_shipped_is_the_one_that_is_drawn(tmp_path):
    drawn = build_basemap(PBF, tmp_path / "helsinki.pmtiles")
    shipped = (CITY / "helsinki.pmtiles").read_bytes()
    assert shipped[:7] == drawn.path.read_bytes()[:7] == b"PMTiles"
    # Another tippecanoe packs a little differently.
    assert drawn.size_bytes == pytest.approx(len(shipped), rel=0.02)
    assert tuple(shipped[ZOOM_LIMITS]) == (5, 15)
    assert drawn.size_bytes < 250_000


def test_a_bad_file_leaves_the_old_map_untouched(tmp_path):
    broken, old = tmp_path / "broken.osm.pbf", tmp_path / "city.pmtiles"
    broken.write_bytes(b"rubbish")
    old.write_bytes(b"the old map")
    with pytest.raises(UnusableCityError, match=r"broken\.osm\.pbf"):
        build_basemap(broken, old)
    assert old.read_bytes() == b"the old map"
