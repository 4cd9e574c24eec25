"""A road map is kept in a file, and read again as it was."""

import numpy as np
import pytest

from routing.roads import (
    PROFILES,
    Place,
    StreetNetwork,
    UnusableExtractError,
    build_road_map,
    load_road_map,
    save_road_map,
)
from routing.roads.map import saved


@pytest.fixture(scope="module")
def helsinki(helsinki_pbf):
    return build_road_map(helsinki_pbf)


def some_places(network, count=40):
    rng = np.random.default_rng(7)
    points = rng.uniform((60.1645, 24.9355), (60.1788, 24.9530), (3 * count, 2))
    found = (network.snap(*point) for point in points)
    return [place for place in found if isinstance(place, Place)][:count]


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_what_was_saved_gives_the_same_ways(helsinki, tmp_path, name):
    path = tmp_path / "helsinki.roads.npz"
    save_road_map(helsinki, path)
    before = StreetNetwork(helsinki, PROFILES[name])
    after = StreetNetwork(load_road_map(path), PROFILES[name])
    places = some_places(before)
    assert places == some_places(after)
    assert np.array_equal(before.matrix(places).travel_s, after.matrix(places).travel_s)
    assert before.path(places[0], places[1]) == after.path(places[0], places[1])


def test_the_map_knows_what_it_is_made_of(helsinki):
    assert helsinki.country == "FI"
    assert helsinki.drives_on_right
    assert 20 < helsinki.street_km < 60
    assert helsinki.edge_count > 1500
    assert helsinki.restriction_count > 10
    assert "Mannerheimintie" in helsinki.names


def test_a_file_that_is_no_road_map_is_refused_by_name(tmp_path):
    rubbish = tmp_path / "rubbish.roads.npz"
    for content in (b"", b"rubbish", b"PK\x03\x04 no archive"):
        rubbish.write_bytes(content)
        with pytest.raises(UnusableExtractError, match=r"rubbish\.roads\.npz: not a"):
            load_road_map(rubbish)
    with pytest.raises(UnusableExtractError, match=r"missing\.roads\.npz"):
        load_road_map(tmp_path / "missing.roads.npz")
    np.savez(rubbish, something=np.zeros(3))
    with pytest.raises(UnusableExtractError, match="not a road map"):
        load_road_map(rubbish)


def test_a_truncated_road_map_is_refused(helsinki, tmp_path):
    path = tmp_path / "cut.roads.npz"
    save_road_map(helsinki, path)
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(UnusableExtractError, match=r"cut\.roads\.npz"):
        load_road_map(path)


def test_a_road_map_of_another_version_asks_to_be_made_again(
    helsinki, tmp_path, monkeypatch
):
    path = tmp_path / "old.roads.npz"
    with monkeypatch.context() as older:
        older.setattr(saved, "ROAD_MAP_VERSION", 0)
        save_road_map(helsinki, path)
    with pytest.raises(UnusableExtractError, match="add the city again"):
        load_road_map(path)
