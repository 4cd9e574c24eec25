"""Bins and addresses of the demo city."""

from collections import Counter
from pathlib import Path

import pytest

from backend.city.bins.candidates import read_candidates
from backend.city.bins.streams import streams_of
from backend.city.errors import UnusableCityError
from backend.city.header import read_bounds

PBF = Path(__file__).parents[3] / "backend/demo/city/helsinki.osm.pbf"


@pytest.fixture(scope="module")
def helsinki():
    return read_candidates(PBF)


def test_helsinki_has_its_52_bins(helsinki):
    amenities = Counter(bin_.amenity for bin_ in helsinki.bins)
    assert amenities == {"waste_basket": 36, "waste_disposal": 14, "recycling": 2}
    assert len({bin_.osm_id for bin_ in helsinki.bins}) == 52


def test_every_bin_is_called_by_an_address_nearby(helsinki):
    by_id = {bin_.osm_id: bin_ for bin_ in helsinki.bins}
    assert all(bin_.address for bin_ in helsinki.bins)
    bottles = by_id["node/6049452999"]
    assert (bottles.name, bottles.address) == ("Pullonpalautus", "Aleksanterinkatu 25")


def test_streams_come_from_the_tags(helsinki):
    by_id = {bin_.osm_id: bin_ for bin_ in helsinki.bins}
    assert by_id["node/6049452999"].streams == ("glass", "packaging")
    assert by_id["node/6049453035"].streams == ("textiles",)
    assert by_id["node/229054845"].streams == ("paper",)


@pytest.mark.parametrize(
    ("tags", "streams"),
    [
        ({"amenity": "waste_basket"}, ("residual",)),
        ({"amenity": "waste_disposal"}, ("residual",)),
        ({"amenity": "recycling"}, ("packaging",)),
        ({"amenity": "recycling", "recycling:glass": "no"}, ("packaging",)),
        ({"amenity": "recycling", "recycling:batteries": "yes"}, ("batteries",)),
        ({"amenity": "recycling", "recycling:moon_dust": "yes"}, ("packaging",)),
    ],
)
def test_a_bin_that_does_not_say_takes_what_is_usual(tags, streams):
    assert streams_of(tags) == streams


def test_helsinki_has_1445_house_numbers_with_a_street(helsinki):
    # Of 1,464 house numbers on nodes and ways, 19 come without a street.
    assert len(helsinki.addresses) == 1445
    assert "Mannerheimintie 10" in set(map(str, helsinki.addresses))


def test_everything_lies_within_the_bounds(helsinki):
    bounds = read_bounds(PBF)
    assert (bounds.west_deg, bounds.north_deg) == (24.9351762, 60.179113)
    everything = [*helsinki.bins, *helsinki.addresses]
    assert all(bounds.south_deg <= it.lat_deg <= bounds.north_deg for it in everything)
    assert all(bounds.west_deg <= it.lon_deg <= bounds.east_deg for it in everything)


@pytest.mark.parametrize("read", [read_bounds, read_candidates])
def test_a_file_that_is_no_extract_is_refused_by_name(tmp_path, read):
    missing, rubbish = tmp_path / "missing.osm.pbf", tmp_path / "rubbish.osm.pbf"
    rubbish.write_bytes(b"rubbish")
    with pytest.raises(UnusableCityError, match=r"missing\.osm\.pbf: not an OSM"):
        read(missing)
    with pytest.raises(UnusableCityError, match=r"rubbish\.osm\.pbf: not an OSM"):
        read(rubbish)


def test_a_truncated_extract_is_refused_not_half_read(tmp_path):
    truncated = tmp_path / "truncated.osm.pbf"
    truncated.write_bytes(PBF.read_bytes()[:400_000])
    with pytest.raises(UnusableCityError, match=r"truncated\.osm\.pbf: not an OSM"):
        read_candidates(truncated)
