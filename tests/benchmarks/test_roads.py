"""The bench of the roads runs on any extract and prints lines that can be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.roads import main
from benchmarks.roads.city import City, draw_places
from tests.routing.roads.conftest import Town

SIDE, APART_M = 5, 80
GRID = {
    10 * row + column: (APART_M * column, APART_M * row)
    for row in range(1, SIDE + 1)
    for column in range(1, SIDE + 1)
}
STREETS = {
    **{100 + row: [10 * row + c for c in range(1, SIDE + 1)] for row in (1, 3, 5)},
    **{200 + c: [10 * r + c for r in range(1, SIDE + 1)] for c in range(1, SIDE + 1)},
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    used = {node for nodes in STREETS.values() for node in nodes}
    nodes = {node: GRID[node] for node in used}
    return Town(nodes=nodes, ways=STREETS).write(tmp_path / "town.osm.pbf")


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> dict[str, dict[str, Any]]:
    monkeypatch.setattr("sys.argv", ["roads", *words])
    main()
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    return {line["figure"]: line for line in lines}


def test_a_tiny_town_is_measured_whole(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    counts = "--matrix 30 --rows 10 --pairs 100 --paths 20 --routes 50 --closures 3"

    lines = run(monkeypatch, capsys, "--pbf", str(town), *counts.split())

    assert {"libraries_mb", "matrix_30_cpu_s", "matrix_30_peak_mb"} <= lines.keys()
    assert {line["bench"] for line in lines.values()} == {"roads"}
    for figure in ("pairs_unequal", "paths_unequal", "illegal_manoeuvres"):
        assert lines[figure]["value"] == 0
        assert lines[figure]["ok"]
    for figure in ("closure_ms", "weight_limit_ms", "city_add_s", "city_add_cpu_s"):
        assert lines[figure]["value"] > 0
        assert lines[figure]["ok"]
    assert lines["closure_ms"]["ratio"] < 1
    assert lines["matrix_30_cpu_s"]["reference_value"] > 0


def test_parts_can_be_left_out(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    nothing = "--matrix 0 --pairs 0 --closures 0 --add 0 --routes 5"

    lines = run(monkeypatch, capsys, "--pbf", str(town), *nothing.split())

    assert lines.keys() == {"illegal_manoeuvres"}


def test_a_file_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["roads", "--pbf", "nowhere.osm.pbf"])

    with pytest.raises(SystemExit):
        main()

    assert "nowhere.osm.pbf is no file" in capsys.readouterr().err


def test_the_same_seed_draws_the_same_places(town: Path, tmp_path: Path):
    city = City(
        pbf=town, road_map=tmp_path / "roads.npz", profile_name="truck-18t", seed=1
    )

    places = draw_places(city.network, 8, 1)

    assert places == draw_places(city.network, 8, 1)
    assert places != draw_places(city.network, 8, 2)
    assert 0 < sum(place.distance_m for place in places) / 8 < 12
