"""The fast search and the plain one find the same ways."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.roads import PROFILES, Place, StreetNetwork, build_road_map
from routing.roads.main_part import allowed_turns
from routing.roads.places import Stand
from routing.roads.search import DijkstraSearch, order
from routing.roads.search.contraction import contract
from routing.roads.search.customise import customise
from routing.roads.search.dijkstra import rows_by_dijkstra
from routing.roads.search.ends import Ends
from routing.roads.search.paths import fastest_path
from routing.roads.search.sweep import sweep
from tests.routing.roads.test_saved import some_places


def packed(rows, n):
    costs = np.full((n, n), np.nan)
    for numbers, block in rows:
        costs[numbers] = block
    return costs


def ends_at(states, costs):
    return Ends(
        first=np.arange(len(states) + 1),
        state=np.array(states, np.int64),
        cost=np.array(costs, np.float64),
        edge=np.array(states, np.int64),
    )


@st.composite
def graphs(draw):
    n = draw(st.integers(2, 12))
    node = st.integers(0, n - 1)
    arcs = draw(st.lists(st.tuples(node, node), min_size=1, max_size=40, unique=True))
    costs = draw(
        st.lists(
            st.integers(1, 50) | st.just(np.inf),
            min_size=len(arcs),
            max_size=len(arcs),
        )
    )
    rank = draw(st.permutations(range(n)))
    return n, sorted(arcs), costs, rank


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_any_order_of_contraction_gives_dijkstras_costs(graph):
    n, arcs, costs, rank = graph
    tail, head = np.array(arcs, np.int64).T
    weight = np.array(costs, np.float64)
    hierarchy = contract(np.array(rank, np.int32), tail, head)
    weighted = customise(hierarchy, weight)
    ends = ends_at(range(n), [0.0] * n)
    found = packed(sweep(weighted, ends, ends), n)
    wanted = brute_force(n, arcs, costs)
    assert np.array_equal(found, wanted)
    for start in range(n):
        for end in range(n):
            cost, states = fastest_path(
                weighted, ends_at([start], [0.0]), ends_at([end], [0.0])
            )
            assert cost == wanted[start, end]
            if np.isfinite(cost):
                assert (states[0], states[-1]) == (start, end)
                by_arc = dict(zip(arcs, costs, strict=True))
                steps = itertools.pairwise(states)
                assert sum(by_arc[step] for step in steps) == cost


def brute_force(n, arcs, costs):
    """Floyd and Warshall."""
    least = np.full((n, n), np.inf)
    np.fill_diagonal(least, 0.0)
    for (a, b), cost in zip(arcs, costs, strict=True):
        least[a, b] = min(least[a, b], cost)
    for k in range(n):
        least = np.minimum(least, least[:, k, None] + least[k])
    return least


@pytest.mark.parametrize("name", ["truck-26t", "van-3.5t"])
def test_both_searches_agree_on_every_pair_of_the_real_helsinki(helsinki_pbf, name):
    network = StreetNetwork(build_road_map(helsinki_pbf), PROFILES[name])
    places = some_places(network, 120)
    stand = Stand(network.roads, network.weights)
    ends = stand.departures(places), stand.arrivals(places)
    plain = allowed_turns(network.roads, network.weights)
    fast = packed(network.search.rows(*ends), len(places))
    assert np.array_equal(fast, packed(rows_by_dijkstra(plain, *ends), len(places)))
    assert np.isfinite(fast).all()
    dice = random.Random(3)
    for _ in range(100):
        i, j = dice.sample(range(len(places)), 2)
        leave, reach = stand.departures([places[i]]), stand.arrivals([places[j]])
        cost, states = network.search.path(leave, reach)
        other, _ = DijkstraSearch(plain).path(leave, reach)
        assert cost == other == fast[i, j]
        assert states[0] in leave.state
        assert states[-1] in reach.state


def test_without_the_wheel_the_answers_are_the_same(helsinki_pbf, monkeypatch):
    fast = StreetNetwork(build_road_map(helsinki_pbf))
    monkeypatch.setattr(order, "pyroutingkit", None)
    slow = StreetNetwork(build_road_map(helsinki_pbf))
    assert isinstance(slow.search, DijkstraSearch)
    assert not isinstance(fast.search, DijkstraSearch)
    places = some_places(fast)
    assert places == some_places(slow)
    assert np.array_equal(fast.matrix(places).travel_s, slow.matrix(places).travel_s)
    assert np.array_equal(
        fast.matrix(places).distance_m, slow.matrix(places).distance_m
    )
    for start, end in itertools.pairwise(places):
        a, b = fast.path(start, end), slow.path(start, end)
        assert (a.travel_s, a.distance_m) == (b.travel_s, b.distance_m)


def test_some_rows_are_those_of_the_whole_matrix(helsinki_pbf):
    network = StreetNetwork(build_road_map(helsinki_pbf))
    places = some_places(network, 60)
    whole = network.matrix(places)
    for rows, seconds, metres in network.rows(places[10:50], places[5:20]):
        assert np.array_equal(seconds, whole.travel_s[10:50, 5:20][rows])
        assert np.array_equal(metres, whole.distance_m[10:50, 5:20][rows])
    assert list(network.rows([], places)) == []


def test_the_sparse_form_is_cut_out_of_the_whole_matrix(helsinki_pbf):
    network = StreetNetwork(build_road_map(helsinki_pbf))
    places = some_places(network, 60)
    whole, sparse = network.matrix(places), network.sparse(places, hubs=3, neighbours=8)
    assert np.array_equal(sparse.from_hub_s, whole.travel_s[:3])
    assert np.array_equal(sparse.to_hub_m, whole.distance_m[:, :3])
    for row, near in enumerate(sparse.neighbour):
        assert row not in near
        assert list(near) == sorted(set(near.tolist()))
        assert np.array_equal(sparse.neighbour_s[row], whole.travel_s[row, near])
        assert np.array_equal(sparse.neighbour_m[row], whole.distance_m[row, near])
        others = np.delete(whole.travel_s[row], [row, *near])
        assert whole.travel_s[row, near].max() <= others.min()


def test_more_neighbours_than_places_are_all_of_them(helsinki_pbf):
    network = StreetNetwork(build_road_map(helsinki_pbf))
    places = some_places(network, 5)
    assert network.sparse(places, hubs=1, neighbours=200).neighbour.shape == (5, 4)
    one = network.sparse(places[:1], hubs=1, neighbours=200)
    assert one.neighbour.shape == (1, 0)
    assert all(isinstance(place, Place) for place in places)
