"""Plans are worth what their file says, and no rule of it goes unnoticed."""

from pathlib import Path

import pytest

from benchmarks.solver.best_known import find_best_known
from benchmarks.solver.routes import Route
from tests.benchmarks import files
from tests.benchmarks.files import read, write


def by(vehicle: int, *nodes: int) -> Route:
    return Route(vehicle=vehicle, nodes=nodes)


def test_capacity_alone_is_worth_its_rounded_distance(tmp_path: Path):
    instance = read(tmp_path, files.CVRP)

    verdict = instance.judge([by(0, 1, 2), by(1, 3)])

    assert verdict.value == 5 + 5 + 10 + 10 + 10
    assert verdict.faults == ()


def test_windows_are_worth_truncated_tenths(tmp_path: Path):
    instance = read(tmp_path, files.VRPTW)

    assert instance.objective([by(0, 1, 3), by(1, 2)]) == 5 + 6.7 + 10 + 20


def test_what_is_left_costs_its_prize(tmp_path: Path):
    instance = read(tmp_path, files.PRIZES)

    assert instance.objective([by(0, 2)]) == 200 + 70 + 20
    assert instance.judge([by(0, 2)]).faults == ()
    assert instance.judge([by(0, 1)]).faults == ("node 2 is not visited",)


def test_several_trips_are_one_route_through_the_depot(tmp_path: Path):
    instance = read(tmp_path, files.MULTI_TRIP)

    verdict = instance.judge([by(0, 2, 1, 0, 3)])

    assert verdict.value == 100 + 50 + 50 + 200
    assert verdict.faults == ()


def test_a_trip_waits_for_what_is_released_last(tmp_path: Path):
    late = files.MULTI_TRIP.replace("4 30", "4 51")
    instance = read(tmp_path, late)

    faults = instance.judge([by(0, 2, 1, 0, 3)]).faults

    assert faults == ("vehicle 0 is late at node 3: 610 > 600",)


def test_the_first_trip_waits_as_well(tmp_path: Path):
    instance = read(tmp_path, files.MULTI_TRIP.replace("3 3\n4 30", "3 41\n4 0"))

    assert "late at node 2: 510" in instance.judge([by(0, 2, 1, 0, 3)]).faults[0]


def test_a_run_leaves_late_enough_not_to_wait(tmp_path: Path):
    """Vehicle 0 drives 5, works 2.5 from 20 on and drives 5: the 12.5 that it may."""
    instance = read(tmp_path, files.MULTI_DEPOT)

    verdict = instance.judge([by(0, 2), by(1, 3)])

    assert verdict.value == 10_000 + 1_000
    assert verdict.faults == ()


def test_a_run_that_must_wait_is_under_way_for_it(tmp_path: Path):
    """Node 3 by 10, node 2 not before 20: from 9.5 to 27.5 at the least."""
    instance = read(tmp_path, files.MULTI_DEPOT.replace("4\t0\t50", "4\t0\t10"))

    verdict = instance.judge([by(1, 3, 2)])

    assert verdict.faults == ("vehicle 1 is under way for 18000",)


def test_different_vehicles_are_worth_the_money_of_the_paper(tmp_path: Path):
    instance = read(tmp_path, files.FLEET)

    verdict = instance.judge([by(2, 1, 2, 3)])

    # 5 + 5 + 6.325 + 10, at 1.10, and 9 for having it
    assert verdict.value == pytest.approx(9 + 26.325 * 1.1)
    assert verdict.faults == ()


def test_load_places_and_windows_are_watched(tmp_path: Path):
    loads = read(tmp_path, files.CVRP).judge([by(0, 1, 2, 3)])
    twice = read(tmp_path, files.CVRP).judge([by(0, 1, 2), by(0, 3, 1)])
    sites = read(tmp_path, files.SITES).judge([by(0, 1, 3), by(1, 2)])
    times = read(tmp_path, files.VRPTW).judge([by(0, 3, 1), by(1, 2)])
    depots = read(tmp_path, files.VRPTW).judge([by(0, 1, 0, 2), by(1, 3)])

    assert loads.faults == ("vehicle 0 carries 15",)
    assert twice.faults == ("node 1 is visited 2 times", "a vehicle has two routes")
    assert sites.faults == ("vehicle 0 goes where it may not",)
    assert times.faults == ()
    assert depots.faults == ("vehicle 0 reloads at 0",)


def test_waste_counts_vehicles_and_miles(tmp_path: Path):
    instance = read(tmp_path, files.KIM, "3_stop.txt")

    verdict = instance.judge([by(0, 2, 3, 1)])

    assert verdict.figures["vehicles"] == 1
    assert verdict.figures["miles"] == pytest.approx((7040 + 3520 + 3520 + 7040) / 5280)
    assert verdict.faults == ()


@pytest.mark.parametrize(
    ("change", "route", "fault"),
    [
        (("20.0 ", "19.0 "), (2, 3, 1), "carries 20 yards"),
        (("30\t//", "19\t//"), (2, 1, 3, 1), "more than a day allows"),
        (("2\t// stops", "1\t// stops"), (2, 3, 1), "more than a day allows"),
        (("", ""), (2, 1, 3), "comes home with 7.5 yards"),
        (("", ""), (3, 1), "1 visits serve 1 of 2 stops"),
        # The route takes 18 minutes. Lunch is after it, or before it.
        (("1000 1300", "1142 1200"), (2, 3, 1), None),
        (("1000 1300", "1143 1218"), (2, 3, 1), None),
        (("1000 1300", "1143 1217"), (2, 3, 1), "lunch"),
        # Neither: 75 minutes of work that begin before 11:00. Then it is on the way.
        (("60\t12.5", "4500\t12.5"), (2, 3, 1), None),
        (("60\t12.5", "7140\t12.5"), (2, 3, 1), "lunch"),
        (("60\t7.5", "9999\t7.5"), (2, 3, 1), "lunch"),
    ],
)
def test_waste_has_its_own_rules(
    tmp_path: Path, change: tuple[str, str], route: tuple[int, ...], fault: str | None
):
    instance = read(tmp_path, files.KIM.replace(*change), "3_stop.txt")

    faults = instance.judge([by(0, *route)]).faults

    assert len(faults) == (fault is not None)
    assert fault is None or fault in faults[0]


def test_the_table_beside_or_above_knows_the_best(tmp_path: Path):
    folder = tmp_path / "cvrp"
    folder.mkdir()
    (tmp_path / "bks.csv").write_text("file,bks\ncvrp/tiny.vrp,39.5\n")

    assert read(folder, files.CVRP).bks == 39.5


def test_a_solution_beside_knows_the_best_as_well(tmp_path: Path):
    path = write(tmp_path, files.CVRP)
    assert find_best_known(path) is None
    path.with_suffix(".sol").write_text("Route #1: 1 2\nRoute #2: 3\nCost: 40\n")

    assert find_best_known(path) == 40


def test_thousandths_of_cents_are_brought_to_the_paper_s_money(tmp_path: Path):
    path = write(tmp_path, files.FLEET)
    path.with_suffix(".sol").write_text("Cost: 10782189854\n")

    assert read(tmp_path, files.FLEET).bks == 107821.89854
