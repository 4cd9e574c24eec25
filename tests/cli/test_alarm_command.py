"""`ullage alarm`: everything that may be clicked, from a script."""

import csv
import io
import json

import pytest

from backend.alarms.looking import look_at_slots
from tests.services.alarms import Said, hours, report, stand_at
from tests.services.city import MORNING
from tests.services.commands import environment, run_here
from tests.services.inbox import webhook_receiver


@pytest.fixture
def alarm(database, cities):
    """Run `ullage alarm …`."""

    def run(*words):
        env = environment(cities, ULLAGE_DATABASE=database)
        return run_here("alarm", *words, env=env)

    return run


@pytest.fixture
def burning(connection, small_city):
    stand_at(connection, MORNING)
    hot = Said(at=MORNING - hours(1), temperature_c=70.0)
    report(connection, small_city["T-1"], [hot])
    look_at_slots(connection, list(small_city.values()))


def test_alarms_are_listed_for_people_and_for_programs_and_acknowledged(alarm, burning):
    said = alarm("list").stdout
    assert (
        "critical  Fire: Bin T-1, Annankatu 20: 70 °C, since Mon 23 Nov 04:30" in said
    )

    (row,) = csv.DictReader(io.StringIO(alarm("list", "--csv").stdout))
    (fact,) = json.loads(alarm("list", "--json", "--all").stdout)
    assert row["alarm_id"] == str(fact["alarm_id"])
    assert row["what"] == fact["what"] == "70 °C"
    assert alarm("list", "--kind", "tilt").stdout == "no alarms\n"

    assert alarm("ack", row["alarm_id"], "--by", "Aino").returncode == 0
    assert "Aino sees to it" in alarm("list").stdout
    refused = alarm("ack", "999")
    assert refused.returncode == 2
    assert "there is no open alarm 999" in refused.stderr


def test_rules_are_shown_set_and_reset(alarm, small_city):
    assert "hot_c=60" in alarm("rules", "show").stdout
    words = (
        "hot_c=55",
        "--stream",
        "glass",
        "--repeat-min",
        "5",
        "--severity",
        "major",
    )

    said = alarm("rules", "set", "fire", *words).stdout

    assert said.split()[:2] == ["glass", "major"]
    assert "again every 5 min" in said
    assert "hot_c=55" in said
    refused = alarm("rules", "set", "fire", "cool_c=80")
    assert refused.returncode == 2
    assert "cool_c must be below hot_c" in refused.stderr
    alarm("rules", "reset", "fire", "--stream", "glass")
    assert "glass" not in alarm("rules", "show").stdout


def test_a_channel_is_added_tried_replayed_and_removed(alarm, small_city):
    assert "nobody is told" in alarm("channel", "list").stdout
    with webhook_receiver() as receiver:
        added = alarm(
            "channel", "add", "webhook", receiver.url, "--kind", "fire"
        ).stdout
        assert added.startswith("channel 1\nsecret whsec_")

        assert alarm("channel", "test", "1").stdout == "taken\n"
        assert alarm("replay", "--channel", "1").stdout == "1 are told again\n"
        receiver.answers = [500, 500]  # the replay, and the test
        assert "answered 500" in alarm("channel", "test", "1").stderr

        log = alarm("channel", "log", "1").stdout.splitlines()
    assert len(receiver.posts) >= 2
    assert any(each.endswith("taken") for each in log)
    assert f"{receiver.url}: fire from minor" in alarm("channel", "list").stdout
    assert alarm("channel", "remove", "1").returncode == 0
    assert alarm("channel", "remove", "1").returncode == 2
