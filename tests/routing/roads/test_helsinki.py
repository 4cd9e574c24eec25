"""Ways through the real Helsinki, held against its OSM objects."""

import itertools
import math
import random

import pytest

from benchmarks.roads.lawful import read_law
from benchmarks.roads.vehicles import vehicle_of
from routing.roads import COLLECTION_TRUCK, Place, build_network


def test_two_hundred_ways_through_helsinki_are_legal_and_add_up(helsinki_pbf):
    network = build_network(helsinki_pbf)
    law = read_law(helsinki_pbf, vehicle_of(COLLECTION_TRUCK))
    dice = random.Random(20190401)
    box = (60.1643, 60.1789), (24.9353, 24.9533)
    points = ((dice.uniform(*box[0]), dice.uniform(*box[1])) for _ in range(60))
    places = [
        p for p in (network.snap(*point) for point in points) if isinstance(p, Place)
    ]
    matrix = network.matrix(places)
    for _ in range(200):
        i, j = dice.sample(range(len(places)), 2)
        leg = network.path(places[i], places[j])
        assert (leg.travel_s, leg.distance_m) == (
            matrix.travel_s[i, j],
            matrix.distance_m[i, j],
        )
        drawn_m = sum(
            math.dist((111_195 * a, 55_300 * b), (111_195 * c, 55_300 * d))
            for (a, b), (c, d) in itertools.pairwise(leg.points)
        )
        assert drawn_m == pytest.approx(leg.distance_m, rel=0.005, abs=2)
        assert law.fault(leg.points) is None
