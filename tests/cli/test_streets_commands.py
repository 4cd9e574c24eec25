"""`ullage vehicle`, `closure` and `speeds` as a person meets them."""

import os

import pytest

from backend.demo.found import CITIES
from tests.services.commands import run_here


@pytest.fixture
def run(database, small_city):
    assert small_city
    settings = {"ULLAGE_DATABASE": database, "ULLAGE_CITIES": str(CITIES)}
    return lambda *words: run_here(*words, env=os.environ | settings)


def test_a_vehicle_is_told_its_size_and_its_break(run):
    done = run(
        *("vehicle", "set", "Truck", "--profile", "truck-26t", "--height", "3.4"),
        *("--break-min", "30", "--break-from", "11:00", "--break-to", "13:00"),
        *("--overtime-min", "45"),
    )
    assert done.returncode == 0, done.stderr
    said = run("vehicle", "list").stdout
    assert said == (
        "Truck: truck-26t; height 3.4 m; break 30 min, 11:00-13:00; overtime 45 min\n"
    )
    assert run("vehicle", "set", "Truck", "--height", "profile", "--break-min", "0")
    assert run("vehicle", "list").stdout == "Truck: truck-26t; overtime 45 min\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["Lorry", "--height", "3"],
            "there is no vehicle Lorry: `ullage vehicle list`",
        ),
        (["Truck"], "nothing to change"),
        (["Truck", "--break-min", "30"], "a break needs --break-from and --break-to"),
        (["Truck", "--height", "-1"], "above 0, or `profile`"),
        (["Truck", "--profile", "tank"], "truck-18t"),
    ],
)
def test_what_makes_no_sense_of_a_vehicle_is_said(run, words, said):
    done = run("vehicle", "set", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_street_is_shut_listed_and_opened_again(run):
    shut = run(
        *("closure", "add", "--at", "60.16632,24.93745", "--max-weight", "7.5"),
        *("--reason", "weak bridge", "--until", "2031-01-01T12:00"),
    )
    assert shut.returncode == 0, shut.stderr
    assert shut.stdout.startswith("closure 1: Annankatu (way ")
    listed = run("closure", "list").stdout
    assert "weight up to 7.5 t" in listed
    assert "until 2031-01-01 12:00; weak bridge" in listed
    assert "closure 1 is over" in run("closure", "remove", "1").stdout
    assert run("closure", "list").stdout == "no street is shut\n"
    twice = run("closure", "remove", "1")
    assert twice.returncode == 2
    assert "there is no closure 1 in force" in twice.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--way", "1"], "way 1 is no street of helsinki"),
        (["--at", "somewhere"], "somewhere: LAT,LON in degrees are wanted"),
        (["--at", "91,0"], "91,0: LAT,LON"),
        (["--way", "1", "--until", "tomorrow"], "tomorrow: such as 2026-11-27T18:00"),
        (["--way", "1", "--max-weight", "0"], "--max-weight must be above 0"),
        (
            ["--way", "1", "--from", "2027-01-02T00:00", "--until", "2027-01-01T00:00"],
            "--until must be later than --from",
        ),
        ([], "required"),
    ],
)
def test_a_closure_that_means_nothing_is_refused(run, words, said):
    done = run("closure", "add", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert run("closure", "list").stdout == "no street is shut\n"


def test_speeds_are_set_by_the_hour(run):
    assert run("speeds", "list").stdout.startswith("nothing is known yet")
    assert (
        run("speeds", "set", "primary", "7-9", "0.6").stdout == "primary: 2 h at 0.6\n"
    )
    listed = run("speeds", "list").stdout.splitlines()
    assert listed == [
        "primary          07:00  0.60  set",
        "primary          08:00  0.60  set",
    ]
    assert run("speeds", "learn").stdout.splitlines() == listed


@pytest.mark.parametrize(
    "words", [["road", "25", "1"], ["primary", "9-7", "1"], ["primary", "7", "0"]]
)
def test_a_speed_that_means_nothing_is_refused(run, words):
    done = run("speeds", "set", *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
