"""`ullage simulate`: a table, a curve in the terminal, a picture, a file."""

import csv

import pytest

from backend.cli import simulate_scenario
from backend.cli.curve import Chart, Series, draw_svg, draw_text
from backend.demo.found import CITIES
from tests.services.commands import environment, run_here


@pytest.fixture
def ullage(database, busy_city):
    def ullage(*words: str):
        env = environment(CITIES, ULLAGE_DATABASE=database)
        return run_here("simulate", *words, env=env)

    return ullage


def test_other_terms_are_shown_beside_todays_and_drawn(ullage, tmp_path):
    bins = tmp_path / "new.csv"
    bins.write_text("stream,volume_l,lat_deg,lon_deg\nresidual,660,60.1672,24.944\n")
    picture, table = tmp_path / "curve.svg", tmp_path / "table.csv"

    done = ullage(
        "--own", "--without-vehicle", "Truck", "--add-bins", str(bins), "--sensors",
        "--days", "1", "--seeds", "1", "--svg", str(picture), "--csv", str(table),
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("9 bins, 1 days after 1 to settle, 1 times")
    assert "driven, km" in done.stdout
    assert "O as it is set" in done.stdout
    assert picture.read_text().startswith("<svg")
    rows = list(csv.reader(table.read_text().splitlines()))
    assert rows[0] == ["figure", "before", "after", "low", "high"]


def test_what_is_not_understood_is_said(ullage, tmp_path):
    bins = tmp_path / "new.csv"
    bins.write_text("stream,volume_l,lat_deg,lon_deg\nresidual,big,60.1,24.9\n")

    def complaint(*words):
        done = ullage(*words)
        assert done.returncode == 2
        return done.stderr

    assert "--own, or a made-up operator: A, B" in complaint("Z")
    assert "there are Truck, Other truck" in complaint(
        "--own", "--without-vehicle", "x"
    )
    assert "LAT,LON" in complaint("--own", "--depot", "here")
    assert "line 2: volume_l = big" in complaint("--own", "--add-bins", str(bins))
    assert "service_level = 1.2" in complaint("--own", "--service", "120")


def test_policies_compete_for_a_made_up_operator(ullage, monkeypatch, tmp_path):
    name = "threshold"
    policy_at, dials = simulate_scenario.POLICIES[name]
    monkeypatch.setattr(simulate_scenario, "POLICIES", {name: (policy_at, dials[-2:])})
    table = tmp_path / "years.csv"

    done = ullage("A", "--days", "7", "--seeds", "1", "--csv", str(table))

    assert done.returncode == 0, done.stderr
    km = {
        row["dial"]: float(row["km"])
        for row in csv.DictReader(table.read_text().splitlines())
    }
    assert km["0.8"] < km["0.65"]
    assert "threshold 0.65" in done.stdout
    assert "o threshold" in done.stdout


def test_a_curve_in_the_terminal_lies_as_its_numbers_do():
    rising = Series(name="rising", points=((0, 0), (1, 1), (2, 4)), chosen=1)
    drawn = draw_text(Chart(x_name="x", y_name="y", series=(rising,)))

    _, *plot = drawn.splitlines()
    columns = [(line.find("o", 10), line.find("O", 10)) for line in plot[:16]]
    assert columns[0][0] == 11 + 59
    assert columns[15][0] == 11
    assert columns[11] == (-1, 11 + 30)
    assert "4 |" in plot[0]
    picture = draw_svg(Chart(x_name="<x>", y_name="y", series=(rising,)))
    assert "&lt;x&gt;" in picture
