"""Peers get the whole problem, or say what they cannot state of it."""

from pathlib import Path

import pytest

from benchmarks.solver.peers.found import CannotStateError
from tests.benchmarks import files
from tests.benchmarks.files import read

SECONDS = 0.2
STATED_BY_PYVRP = {
    "capacity": (files.CVRP, 40),
    "windows": (files.VRPTW, 40),
    "prizes": (files.PRIZES, 220),
    "trips": (files.MULTI_TRIP, 400),
    "depots": (files.MULTI_DEPOT, 11_000),
    "vehicles": (files.FLEET, 9 + 26.325 * 1.1),
}


@pytest.mark.parametrize("text", STATED_BY_PYVRP, ids=list(STATED_BY_PYVRP))
def test_pyvrp_finds_the_best_plan_of_every_tiny_instance(tmp_path: Path, text: str):
    pytest.importorskip("pyvrp", reason="the peers are not installed")
    from benchmarks.solver.peers.with_pyvrp import solve

    instance = read(tmp_path, STATED_BY_PYVRP[text][0])

    found = solve(instance, SECONDS, 1)

    assert found.halts is not None
    verdict = instance.judge(instance.routes_of_halts(found.halts))
    assert verdict.faults == ()
    assert verdict.value == pytest.approx(STATED_BY_PYVRP[text][1])


def test_hgs_finds_the_best_plan_of_a_tiny_instance(tmp_path: Path):
    pytest.importorskip("hygese", reason="the peers are not installed")
    from benchmarks.solver.peers.with_hgs import solve

    instance = read(tmp_path, files.CVRP)

    found = solve(instance, SECONDS, 1)

    assert found.halts is not None
    assert instance.objective(instance.routes_of_halts(found.halts)) == 40


def test_vroom_finds_the_best_plan_with_windows(tmp_path: Path):
    pytest.importorskip("vroom", reason="the peers are not installed")
    from benchmarks.solver.peers.with_vroom import solve

    instance = read(tmp_path, files.VRPTW)

    found = solve(instance, SECONDS, 1)

    assert found.halts is not None
    verdict = instance.judge(instance.routes_of_halts(found.halts))
    assert verdict.faults == ()
    assert verdict.value == pytest.approx(40)


@pytest.mark.parametrize("peer", ["pyvrp", "vroom", "hgs"])
def test_none_of_them_can_state_lunch(tmp_path: Path, peer: str):
    module = pytest.importorskip(
        f"benchmarks.solver.peers.with_{peer}", reason="the peers are not installed"
    )

    with pytest.raises(CannotStateError):
        module.solve(read(tmp_path, files.KIM, "3_stop.txt"), SECONDS, 1)
