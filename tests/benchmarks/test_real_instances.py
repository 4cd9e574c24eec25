"""The public instances: `ULLAGE_INSTANCES` names the folder that holds `bks.csv`."""

import csv
import os
from pathlib import Path

import pytest

from benchmarks.solver import load
from benchmarks.solver.conventions import Kind
from benchmarks.solver.gather import find_files
from benchmarks.solver.routes import Route

KIND_OF_FOLDER = {
    "cvrp_x": Kind.CVRP,
    "cvrp_belgium": Kind.CVRP,
    "vrptw_gh1000": Kind.VRPTW,
    "vrptw_solomon": Kind.VRPTW,
    "prize_collecting_vrptw": Kind.PRIZES,
    "multi_trip_vrptw": Kind.MULTI_TRIP,
    "multi_depot_vrptw": Kind.MULTI_DEPOT,
    "heterogeneous": Kind.FLEET,
    "waste_kim2006": Kind.WASTE,
}


@pytest.fixture(scope="module")
def folder() -> Path:
    folder = os.environ.get("ULLAGE_INSTANCES")
    if not folder or not (Path(folder) / "bks.csv").exists():
        pytest.skip("set ULLAGE_INSTANCES to a folder with public instances")
    return Path(folder)


def test_all_of_the_table_are_found(folder: Path):
    with (folder / "bks.csv").open() as lines:
        named = {row["file"] for row in csv.DictReader(lines)}

    assert {str(path.relative_to(folder)) for path in find_files([folder])} == named


def test_each_poses_the_problem_of_its_folder(folder: Path):
    for path in find_files([folder]):
        instance = load(path)
        problem = instance.problem()

        assert instance.kind is KIND_OF_FOLDER[path.parent.name]
        assert len(instance.nodes) == problem.location_count
        assert len(instance.vehicles) == len(problem.vehicles)
        assert (instance.bks is None) == (instance.kind is Kind.WASTE)


def test_one_stop_a_vehicle_is_worse_than_the_best_known(folder: Path):
    """Out and home for every stop: an upper bound that costs no search."""
    for path in find_files([folder]):
        instance = load(path)
        if instance.kind in (Kind.CVRP, Kind.VRPTW) and instance.bks is not None:
            stops = range(1, instance.task.node_count)
            out_and_home = [Route(vehicle=0, nodes=(stop,)) for stop in stops]

            assert instance.bks < instance.objective(out_and_home) < 50 * instance.bks
