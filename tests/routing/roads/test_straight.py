"""The network for when there is no map."""

import pytest

from routing.roads import COLLECTION_TRUCK, StraightLineNetwork

HELSINKI, TALLINN = (60.1699, 24.9384), (59.4370, 24.7536)


def test_a_distance_is_the_crows_times_the_detour_factor():
    network = StraightLineNetwork(detour_factor=1.5, speed_kmh=60.0)
    leg = network.path(network.snap(*HELSINKI), network.snap(*TALLINN))
    assert leg.distance_m == pytest.approx(1.5 * 82_150, rel=0.002)
    assert leg.travel_s == pytest.approx(leg.distance_m / 1000 * 60, abs=1)


def test_the_matrix_agrees_with_the_paths():
    network = StraightLineNetwork()
    places = [network.snap(60 + i / 97, 24 + i * i / 89) for i in range(6)]
    matrix = network.matrix(places)
    for i, start in enumerate(places):
        for j, end in enumerate(places):
            leg = network.path(start, end)
            assert (leg.travel_s, leg.distance_m) == (
                matrix.travel_s[i, j],
                matrix.distance_m[i, j],
            )


def test_a_detour_that_shortens_is_refused():
    with pytest.raises(ValueError, match="detour_factor"):
        StraightLineNetwork(detour_factor=0.9)
    with pytest.raises(ValueError, match="speed_kmh"):
        StraightLineNetwork(speed_kmh=0.0)


def test_its_sparse_form_is_cut_out_of_its_matrix():
    network = StraightLineNetwork()
    places = [network.snap(60 + 0.01 * n, 24 + 0.02 * (n % 3)) for n in range(9)]
    assert network.can_reach(places[0], COLLECTION_TRUCK)
    assert network.snap_for_all(60.0, 24.0) == places[0]
    whole = network.matrix(places)
    sparse = network.sparse(places, hubs=2, neighbours=3)
    assert (sparse.from_hub_s == whole.travel_s[:2]).all()
    for row, near in enumerate(sparse.neighbour):
        assert (sparse.neighbour_m[row] == whole.distance_m[row, near]).all()
