"""What the documentation promises is what the budget says."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from hardware.budget.lasting import Budget, Choice
from hardware.budget.metered import load_days
from hardware.budget.report import HOURLY, USUAL, Report

ROOT = Path(__file__).parents[3]
GOAL_YEARS = 3
DESCRIPTION = ".//{http://purl.org/dc/elements/1.1/}description"


@pytest.fixture(scope="module")
def report():
    return Report(load_days(), Budget())


def read(name):
    return (ROOT / name).read_text("utf-8")


def test_one_18650_lasts_three_years_at_15_minutes_and_6_reports_a_day():
    answer = Budget().answer(load_days()[USUAL], Choice())

    assert answer.typical_years >= GOAL_YEARS


def test_the_readme_claims_what_the_budget_says(report):
    assert report.claim() in read("README.md")


@pytest.mark.parametrize("name", [USUAL, HOURLY])
def test_the_documentation_has_the_years(report, name):
    assert report.years_table(name) in read("docs/power.md")


def test_the_documentation_has_what_matters(report):
    assert report.costs_table() in read("docs/power.md")


def test_the_firmware_says_what_its_days_are_worth(report):
    assert report.days_table() in read("firmware/README.md")


def test_the_picture_shows_what_the_budget_says(report):
    picture = ElementTree.fromstring(read("docs/battery-life.svg"))
    shown = picture.find(DESCRIPTION)

    assert shown is not None
    assert shown.text == report.shown()


def test_all_answers_are_there_for_programs(report):
    answers = report.as_json()

    assert len(answers) == 5 * 2 * 4 * 3
    assert {"board": "esp32", "battery": "lifepo4", "climate": "hot"} in [
        each["choice"] for each in answers
    ]
    for each in answers:
        assert 0 <= each["low_years"] <= each["typical_years"]
