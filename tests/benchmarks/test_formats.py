"""Instances come out of their files as they were meant."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.solver import load
from benchmarks.solver.conventions import Kind
from benchmarks.solver.text import BadFileError
from routing.solver.model import Problem
from routing.solver.problem.ways import FullWays
from tests.benchmarks import files
from tests.benchmarks.files import read, write


def ways_of(problem: Problem) -> FullWays:
    assert isinstance(problem.ways, FullWays)
    return problem.ways


def test_capacity_alone_is_rounded_euclid_at_a_cent_a_unit(tmp_path: Path):
    instance = read(tmp_path, files.CVRP)

    problem = instance.problem()

    assert instance.kind is Kind.CVRP
    assert ways_of(problem).distance_m.tolist() == [
        [0, 5, 10, 10],
        [5, 0, 5, 7],
        [10, 5, 0, 6],
        [10, 7, 6, 0],
    ]
    assert problem.stops.demand_l.tolist() == [4, 5, 6]
    assert len(problem.facilities) == 0
    assert problem.facilities.accepts.shape == (0, 1)
    assert problem.vehicles.home_accepts.all()
    assert problem.vehicles.cents_per_km.tolist() == [1000] * 7
    assert len(problem.vehicles) == 7  # two could carry it all


def test_a_large_town_has_no_matrix(tmp_path: Path):
    rows = [f"{k + 1}\t{k % 71}\t{k // 71}" for k in range(5002)]
    demands = [f"{k + 1}\t{int(k > 0)}" for k in range(5002)]
    text = "\n".join(
        [
            *("NAME : large", "TYPE : CVRP", "DIMENSION : 5002", "CAPACITY : 100"),
            *("EDGE_WEIGHT_TYPE : EUC_2D", "NODE_COORD_SECTION", *rows),
            *("DEMAND_SECTION", *demands, "DEPOT_SECTION", "1", "-1", "EOF"),
        ]
    )

    ways = read(tmp_path, text).problem().ways

    assert not isinstance(ways, FullWays)
    travel_s, distance_m = ways.legs(np.array([0]), np.array([72]))
    assert distance_m == 1  # the diagonal of a square, 1.41
    assert travel_s == 0  # no clock is in the file


def test_windows_are_tenths_cut_off(tmp_path: Path):
    problem = read(tmp_path, files.VRPTW).problem()

    assert ways_of(problem).travel_s[1, 3] == 67  # 6.708
    assert problem.stops.earliest_s[:, 0].tolist() == [0, 120, 200]
    assert problem.stops.service_s.tolist() == [20, 20, 20]
    assert problem.vehicles.shift_end_s.tolist() == [1000, 1000]


def test_solomon_s_text_says_the_same(tmp_path: Path):
    text, dialect = read(tmp_path, files.SOLOMON, "t.txt"), read(tmp_path, files.VRPTW)

    problem, same = text.problem(), dialect.problem()

    assert text.kind is Kind.VRPTW
    assert (ways_of(problem).travel_s == ways_of(same).travel_s).all()
    assert (problem.stops.latest_s == same.stops.latest_s).all()
    assert (problem.stops.service_s == same.stops.service_s).all()
    assert len(problem.vehicles) == 2


def test_what_has_no_prize_is_mandatory(tmp_path: Path):
    stops = read(tmp_path, files.PRIZES).problem().stops

    assert stops.prize_cents.tolist() == [70, 0, 20]
    assert stops.is_mandatory.tolist() == [False, True, False]


def test_a_reload_depot_is_a_facility_where_the_depot_is(tmp_path: Path):
    instance = read(tmp_path, files.MULTI_TRIP)

    problem = instance.problem()

    assert instance.nodes.tolist() == [0, 0, 1, 2, 3]
    assert ways_of(problem).distance_m[0, 1] == 0
    assert problem.facilities.tip_s.tolist() == [0]
    assert problem.stops.release_s.tolist() == [0, 30, 300]


def test_every_vehicle_has_its_depot_and_its_time(tmp_path: Path):
    problem = read(tmp_path, files.MULTI_DEPOT).problem()

    assert problem.depot_count == 2
    assert problem.vehicles.depot.tolist() == [0, 1]
    assert problem.vehicles.end_depot.tolist() == [0, 1]
    assert problem.vehicles.max_duration_s.tolist() == [12_500, 12_500]
    assert ways_of(problem).distance_m[1, 3] == 500


def test_different_vehicles_cost_cents_for_a_thousand_thousandths(tmp_path: Path):
    problem = read(tmp_path, files.FLEET).problem()

    assert problem.vehicles.capacity_l[:, 0].tolist() == [10, 10, 20]
    assert problem.vehicles.cents_per_km.tolist() == [80, 80, 110]
    assert problem.vehicles.fixed_cents.tolist() == [500, 500, 900]


def test_an_endless_fleet_is_cut_to_what_could_be_used(tmp_path: Path):
    many = 40
    text = files.FLEET.replace("VEHICLES: 3", f"VEHICLES: {many}")
    for name in ("CAPACITY", "VEHICLES_FIXED_COST", "VEHICLES_UNIT_DISTANCE_COST"):
        head, _, tail = text.partition(f"{name}_SECTION\n")
        rest = tail.split("\n", 3)[3]
        rows = "".join(f"{k + 1} {10 + 10 * (k >= 20)}\n" for k in range(many))
        text = f"{head}{name}_SECTION\n{rows}{rest}"

    instance = read(tmp_path, text)

    assert instance.vehicles.tolist() == [*range(7), *range(20, 26)]
    assert len(instance.problem().vehicles) == 13


def test_vehicles_only_go_where_they_may(tmp_path: Path):
    problem = read(tmp_path, files.SITES).problem()

    lacking = problem.stops.needs[None] & ~problem.vehicles.has[:, None]
    may_come = ~lacking.any(axis=2)
    assert may_come.tolist() == [[True, True, False], [False, True, True]]


def test_waste_has_landfills_lunch_and_limits_of_a_day(tmp_path: Path):
    instance = read(tmp_path, files.KIM, "3_stop.txt")

    problem = instance.problem()

    assert instance.kind is Kind.WASTE
    assert len(problem.facilities) == 1
    assert problem.facilities.tip_s.tolist() == [600]
    assert ways_of(problem).travel_s.tolist()[0] == [0, 120, 120, 60]
    assert ways_of(problem).distance_m[0, 3] == 1073
    assert problem.stops.latest_s[:, 0].tolist() == [86_400, 12 * 3600 + 900]
    assert problem.stops.demand_l.tolist() == [12.5 * 760, 7.5 * 760]
    assert problem.vehicles.max_stops[0] == 2
    assert not problem.vehicles.home_accepts.any()
    lunch = problem.rests[0].breaks[0]
    assert (lunch.earliest_s, lunch.latest_s, lunch.length_s) == (39600, 43200, 3600)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (files.CVRP.replace("6\t8", "6\teight"), 10, "'eight' is not a number"),
        (files.CVRP.replace("6\t8", "6\tnan"), 10, "'nan' is not a finite number"),
        (files.CVRP.replace("3\t6\t8", "9\t6\t8"), 10, "row 9 .* expected row 3"),
        (files.CVRP.replace("4\t6\n", ""), 15, "has 3 rows, expected 4"),
        (files.CVRP.replace("4\t6\n", "4\t6\t6\n"), 16, "2 numbers .* expected 1"),
        (files.CVRP.replace("EUC_2D", "GEO"), 1, "GEO is not EUC_2D"),
        (files.CVRP.replace("CVRP", "TSP"), 1, "TYPE TSP is not one of"),
        (files.CVRP.replace("CAPACITY", "CAP"), 1, "CAPACITY is missing"),
        (files.CVRP.replace("\t1\t\n", "\t3\t\n"), 18, "depots come first"),
        (files.VRPTW.replace("DEMAND_S", "BACKHAUL_S"), 13, "is not supported"),
        (files.VRPTW.replace("3 6 8", "3 6"), 11, "1 numbers .* expected 2"),
        (files.SOLOMON.replace("12    50", "12"), 12, "6 numbers, expected 7"),
        (files.SOLOMON.replace("    2   6", "    4   6"), 12, "customer 4, expected 2"),
        (files.SOLOMON.replace("NUMBER", "COUNT"), 13, "NUMBER is missing"),
        (files.KIM.replace("\t12.5\t1", "\t1"), 8, "7 words, expected 8"),
        (files.KIM.replace("7.5\t1", "7.5\t3"), 11, "stop type 3"),
        (files.KIM.replace("9999\t2", "9999\t1"), 11, "at least one landfill"),
        ("nothing\nof\nthe kind\n", 1, "neither VRPLIB"),
    ],
)
def test_what_is_not_understood_is_named_with_file_and_line(
    tmp_path: Path, text: str, line: int, why: str
):
    path = write(tmp_path, text, "bad.vrp")

    with pytest.raises(BadFileError, match=why) as caught:
        load(path)

    assert caught.value.line == line
    assert str(caught.value).startswith(f"{path}:{line}: ")
