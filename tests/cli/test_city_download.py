"""`ullage city add` with an address."""

import json

import pytest

from tests.services.cities import put_city
from tests.services.commands import contents


@pytest.mark.parametrize("way", ["", "moved/", "unmeasured/"])
def test_an_address_is_as_good_as_a_file(city_command, cities, web_files, way):
    address = f"{web_files}/{way}helsinki.osm.pbf"

    done = city_command("add", address)

    assert done.returncode == 0
    assert "download: " in done.stderr
    assert "0.7 MB" in done.stderr
    made = json.loads((cities / "helsinki.json").read_text())
    assert (made["source"], made["extract_bytes"]) == (address, 685_110)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("gone", "the server says 404 Not Found"),
        ("cut", "ended after 300000 of 685110 bytes"),
        ("page", "it is a page (text/html) and no OSM extract"),
        ("huge", "room for"),
    ],
)
def test_an_address_that_gives_no_extract_is_named_and_changes_nothing(
    city_command, cities, web_files, way, said
):
    put_city(cities, "town")
    before = contents(cities)
    address = f"{web_files}/{way}/town.osm.pbf"

    done = city_command("add", address)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"ullage city: {address}: ")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(cities) == before


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:1/x.osm.pbf", "refused"),
        ("http://nowhere.invalid/x.osm.pbf", "http://nowhere.invalid/x.osm.pbf: "),
        ("ftp://127.0.0.1/x.osm.pbf", "an http or https address"),
        ("file:///etc/x.osm.pbf", "an http or https address"),
        ("http://a b/x.osm.pbf", "control characters"),
    ],
)
def test_an_address_without_an_answer_is_named(city_command, cities, address, said):
    done = city_command("add", address)

    assert done.returncode == 2
    assert done.stderr.startswith(f"ullage city: {address}")
    assert said in done.stderr
    assert contents(cities) == {}


def test_what_was_fetched_and_is_no_extract_is_named_by_its_address(
    city_command, cities, web_files
):
    address = f"{web_files}/rubbish/x.osm.pbf"

    done = city_command("add", address)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(
        f"ullage city: {address}: not an OSM extract"
    )
    assert str(cities) not in done.stderr
    assert contents(cities) == {}
