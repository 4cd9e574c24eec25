"""Who uses a city: `ullage city use`, and what `add` does for an organisation."""

import pytest

from tests.services.cities import put_city
from tests.services.commands import NOWHERE


def test_the_only_organisation_uses_what_it_is_told(
    with_database, cities, found, city_of
):
    put_city(cities)
    found(Espoo="helsinki")

    done = with_database("use", "espoo")

    assert done.stdout == "Espoo uses espoo from now on, before: helsinki\n"
    assert city_of() == {"Espoo": "espoo"}


def test_of_several_organisations_one_must_be_named(
    with_database, cities, found, city_of
):
    put_city(cities)
    found(Espoo=None, Vantaa=None)

    unnamed = with_database("use", "espoo")
    unknown = with_database("use", "espoo", "--organisation", "Oulu")
    named = with_database("use", "espoo", "--organisation", "Vantaa")

    assert (unnamed.returncode, unknown.returncode, named.returncode) == (2, 2, 0)
    assert "--organisation must name one of Espoo, Vantaa" in unnamed.stderr
    assert "there is no organisation Oulu" in unknown.stderr
    assert city_of() == {"Espoo": None, "Vantaa": "espoo"}


def test_nobody_is_given_a_half_city(with_database, cities, found, city_of):
    put_city(cities)
    (cities / "espoo.roads.npz").unlink()
    found(Espoo=None)

    done = with_database("use", "espoo")

    assert done.returncode == 2
    assert "half city (no espoo.roads.npz)" in done.stderr
    assert city_of() == {"Espoo": None}


def test_use_needs_a_database(city_command, cities):
    put_city(cities)

    done = city_command("use", "espoo")

    assert (done.returncode, "ULLAGE_DATABASE is missing" in done.stderr) == (2, True)


def test_add_gives_the_city_to_the_only_organisation_that_has_none(
    with_database, found, city_of, town
):
    found(Town=None)

    done = with_database("add", str(town))

    assert "Town uses town from now on" in done.stdout
    assert city_of() == {"Town": "town"}


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ({}, "ullage city use town\n"),
        ({"Town": "oulu"}, "ullage city use town\n"),
        ({"Town": "town"}, ""),
        ({"Town": None, "Oulu": None}, "ullage city use town --organisation NAME\n"),
    ],
)
def test_add_takes_no_city_away_and_says_how_to_use_it(
    with_database, found, city_of, town, before, said
):
    found(**before)

    done = with_database("add", str(town))

    assert done.returncode == 0
    assert done.stdout.endswith(said)
    assert ("ullage city use" in done.stdout) == bool(said)
    assert city_of() == before


def test_add_gives_the_city_to_whoever_is_named(
    with_database, cities, found, city_of, town
):
    found(Town="oulu", Oulu="oulu")

    def add(name: str):
        words = ("add", str(town), "--organisation", name)
        return with_database(*words)

    unknown, named = add("Rome"), add("Town")

    assert (unknown.returncode, "organisation Rome" in unknown.stderr) == (2, True)
    assert "reading streets" not in unknown.stderr
    assert named.returncode == 0
    assert city_of() == {"Town": "town", "Oulu": "oulu"}


def test_add_needs_no_database_that_answers(city_command, cities, town):
    done = city_command("add", str(town), ULLAGE_DATABASE=NOWHERE)

    assert (done.returncode, (cities / "town.json").is_file()) == (0, True)
    assert "does not answer" in done.stderr
    assert "ullage city use town" in done.stderr
