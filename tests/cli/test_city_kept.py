"""`ullage city list` and `remove`."""

import json

import pytest

from tests.services.cities import put_city
from tests.services.commands import NOWHERE, contents


def test_the_list_says_where_each_city_stands(city_command, cities, database, found):
    put_city(cities, "espoo")
    put_city(cities, "oulu", data_at=None, country=None)
    found(Espoo="espoo", Kauniainen="espoo")

    header, espoo, oulu = city_command(
        "list", ULLAGE_DATABASE=database
    ).stdout.splitlines()

    assert header.split("  ")[0] == "name"
    for fact in ("2026-11-23", "2026-11-01", "FI", "1234 km", "321", "0.0 MB"):
        assert fact in espoo
    assert "Espoo, Kauniainen" in espoo
    assert oulu.split() == [
        *("oulu", "2026-11-23", "-", "-", "1234", "km", "321", "0.0", "MB", "-"),
        "whole",
    ]


def test_the_list_for_programs_is_one_json_object_a_line(
    city_command, cities, database, found
):
    put_city(cities, "espoo")
    put_city(cities, "oulu")
    found(Espoo="espoo")

    said = city_command("list", "--json", ULLAGE_DATABASE=database).stdout
    espoo, oulu = map(json.loads, said.splitlines())

    assert (espoo["name"], espoo["used_by"], oulu["used_by"]) == (
        "espoo",
        ["Espoo"],
        [],
    )
    assert (espoo["faults"], espoo["can_route"]) == ([], True)
    assert espoo["manifest"]["added_at"] == "2026-11-23T09:30:00+00:00"


def test_without_a_database_the_users_are_not_known(city_command, cities):
    put_city(cities)

    done = city_command("list", "--json")

    assert json.loads(done.stdout)["used_by"] is None
    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_that_does_not_answer_is_no_reason_not_to_list(city_command, cities):
    put_city(cities)

    done = city_command("list", ULLAGE_DATABASE=NOWHERE)

    assert "espoo" in done.stdout
    assert "does not answer" in done.stderr


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("espoo.json", "half: no manifest"),
        ("espoo.roads.npz", "half: no espoo.roads.npz"),
        ("espoo.bins.geojson", "no espoo.bins.geojson"),
        ("espoo.pmtiles", "no espoo.pmtiles"),
    ],
)
def test_a_city_that_lacks_a_file_is_listed_as_such(city_command, cities, fault, said):
    put_city(cities)
    (cities / fault).unlink()

    assert said in city_command("list").stdout


def test_files_that_are_not_as_they_were_made_are_seen(city_command, cities):
    put_city(cities, "older", versions={})
    put_city(cities, "cut")
    (cities / "cut.roads.npz").write_bytes(b"r")
    put_city(cities, "odd")
    (cities / "odd.json").write_text("{}")
    (cities / "package.json").write_text("{}")

    cut, odd, older = city_command("list").stdout.splitlines()[1:]

    assert "half: cut.roads.npz is not as it was made" in cut
    assert "half: odd.json is no manifest of a city" in odd
    assert "half: older.roads.npz was made by another version" in older


def test_where_no_city_is_the_list_says_how_to_add_one(city_command):
    done = city_command("list")

    assert (done.returncode, "ullage city add FILE" in done.stdout) == (0, True)


def test_a_city_that_nobody_uses_can_be_removed(city_command, cities, database, found):
    put_city(cities, "espoo")
    put_city(cities, "oulu")
    (cities / "espoo.osm.pbf").write_bytes(b"an extract is the operator's own")
    found(Oulu="oulu")

    done = city_command("remove", "espoo", ULLAGE_DATABASE=database)

    assert (done.returncode, "espoo removed" in done.stdout) == (0, True)
    assert {name.partition(".")[2] for name in contents(cities) if "espoo" in name} == {
        "osm.pbf"
    }
    assert (cities / "oulu.json").is_file()


def test_a_city_in_use_stays_unless_forced(
    city_command, cities, database, found, city_of
):
    put_city(cities)
    found(Espoo="espoo", Oulu="oulu")
    before = contents(cities)

    refused = city_command("remove", "espoo", ULLAGE_DATABASE=database)

    assert refused.returncode == 2
    assert "espoo is used by Espoo" in refused.stderr
    assert "--force" in refused.stderr
    assert contents(cities) == before

    forced = city_command("remove", "espoo", "--force", ULLAGE_DATABASE=database)

    assert (forced.returncode, contents(cities)) == (0, {})
    assert "Espoo has no city any more" in forced.stdout
    assert city_of() == {"Espoo": None, "Oulu": "oulu"}


def test_whether_it_is_used_must_be_known_unless_forced(city_command, cities):
    put_city(cities)

    refused = city_command("remove", "espoo", ULLAGE_DATABASE=NOWHERE)
    forced = city_command("remove", "espoo", "--force", ULLAGE_DATABASE=NOWHERE)

    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    assert (forced.returncode, contents(cities)) == (0, {})


def test_a_half_city_can_be_removed_without_a_database(city_command, cities):
    put_city(cities)
    (cities / "espoo.json").unlink()

    assert city_command("remove", "espoo").returncode == 0
    assert contents(cities) == {}


@pytest.mark.parametrize("deed", ["remove", "use"])
@pytest.mark.parametrize(
    ("name", "said"), [("oulu", "there are espoo"), ("../espoo", "cannot be a city's")]
)
def test_a_city_that_is_not_there_is_said_with_those_that_are(
    city_command, cities, database, deed, name, said
):
    put_city(cities)

    done = city_command(deed, name, ULLAGE_DATABASE=database)

    assert (done.returncode, said in done.stderr) == (2, True)
