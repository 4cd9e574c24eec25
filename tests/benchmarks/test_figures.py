"""Figures say what was measured, against what, and whether it is enough."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.report import Figure
from benchmarks.solver.attempt import Attempt
from benchmarks.solver.bench import main
from benchmarks.solver.gather import Case, find_files
from benchmarks.solver.instance import load
from benchmarks.solver.lines import lines_of_case, lines_of_means
from tests.benchmarks import files
from tests.benchmarks.files import write


def figure(**changes) -> Figure:
    whole = Figure(bench="b", case="c", figure="f", value=2.0, unit="s")
    return replace(whole, **changes)


def case(path: Path, solver: str, *values: float | None) -> Case:
    attempts = [
        Attempt(value=value, cpu_s=1.0, first_plan_s=0.5, peak_mb=60.0)
        for value in values
    ]
    return Case(solver=solver, instance=load(path), attempts=tuple(attempts))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = write(tmp_path, files.CVRP)
    (tmp_path / "bks.csv").write_text("file,bks\ntiny.vrp,40\n")
    return path


def test_without_a_goal_nothing_is_judged():
    assert figure().ok is None
    assert figure(value=None).ok is None


def test_a_goal_bounds_from_above_or_from_below():
    assert figure(goal=2.0).ok
    assert not figure(goal=1.9).ok
    assert figure(goal=1.9, is_floor=True).ok
    assert not figure(goal=2.1, is_floor=True).ok


def test_what_was_not_measured_reaches_no_goal():
    assert figure(value=None, goal=2.0).ok is False


def test_a_line_has_all_its_digits(capsys: pytest.CaptureFixture[str]):
    figure(value=1.234567, reference_value=1.0, digits=5, reference="best").print()

    line = json.loads(capsys.readouterr().out)
    assert line["value"] == 1.23457
    assert line["ratio"] == 1.23457
    assert line["goal"] is None
    assert "is_floor" not in line


def test_a_case_stands_beside_the_best_known_value(tiny: Path):
    lines = {
        each.figure: each
        for each in lines_of_case(
            case(tiny, "ullage", 41.0, 43.0), [], seconds=1, goal=4
        )
    }

    assert lines["value"].value == 42
    assert lines["value"].reference_value == 40
    assert lines["gap_pct"].value == pytest.approx(5)
    assert lines["gap_pct"].ok is False
    assert lines["feasible"].ok


def test_a_case_stands_beside_the_best_peer_of_the_run(tiny: Path):
    peers = [case(tiny, "pyvrp", 44.0), case(tiny, "vroom", 42.0)]
    lines = {
        each.figure: each
        for each in lines_of_case(
            case(tiny, "ullage", 40.0), peers, seconds=1, goal=None
        )
    }

    assert lines["gap_pct"].reference == "vroom"
    assert lines["gap_pct"].reference_value == pytest.approx(5)


def test_one_seed_without_a_plan_leaves_no_gap(tiny: Path):
    broken = case(tiny, "ullage", 41.0, None)

    lines = {each.figure: each for each in lines_of_case(broken, [], seconds=1, goal=9)}

    assert lines["feasible"].value == 0.5
    assert lines["gap_pct"].value is None
    assert lines["gap_pct"].ok is False


def test_means_are_taken_over_a_family_and_beside_its_best_peer(tiny: Path):
    cases = [case(tiny, "pyvrp", 44.0), case(tiny, "ullage", 41.0)] * 2

    lines = [each for each in lines_of_means(cases, goal=3) if each.figure == "gap_pct"]

    assert [each.value for each in lines] == pytest.approx([10, 2.5])
    assert lines[1].case == f"mean of 2 CVRP in {tiny.parent.name}"
    assert lines[1].reference == "pyvrp"
    assert lines[1].reference_value == pytest.approx(10)
    assert lines[1].ok


def test_waste_stands_beside_what_kim_published(tmp_path: Path):
    path = write(tmp_path, files.KIM, "102_stop.txt")
    attempt = Attempt(value=164.08, figures={"vehicles": 3.0, "miles": 164.08})
    waste = Case(solver="ullage", instance=load(path), attempts=(attempt,))

    lines = {each.figure: each for each in lines_of_case(waste, [], seconds=1, goal=1)}
    means = {each.figure: each for each in lines_of_means([waste], goal=1)}

    assert lines["vehicles"].ok
    assert lines["miles"].ratio == pytest.approx(0.8)
    assert means["miles_above_kim_pct"].value == pytest.approx(-20)


def test_folders_are_searched_and_what_is_no_instance_is_left(tmp_path: Path):
    for name, text in (("b.vrp", files.CVRP), ("a.txt", files.SOLOMON)):
        write(tmp_path, text, name)
    write(tmp_path, "By hand.\n", "readme.txt")

    assert [path.name for path in find_files([tmp_path])] == ["a.txt", "b.vrp"]


def test_a_folder_without_instances_is_refused(tmp_path: Path):
    with pytest.raises(SystemExit, match="no instances"):
        find_files([tmp_path])


def test_an_unknown_peer_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["solver", "--instances", ".", "--peers", "abacus"])

    with pytest.raises(SystemExit):
        main()

    assert "abacus is not one of" in capsys.readouterr().err
