"""`ullage city add` that is stopped, or killed, or not alone."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.cities import put_city
from tests.services.commands import PATIENCE_S, command, contents, environment

HELSINKI = Path(__file__).parents[2] / "backend/demo/city/helsinki.osm.pbf"


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < give_up_s
        time.sleep(0.002)


def begin(cities: Path, source: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("city", "add", source, "--name", "town"),
        env=environment(cities),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A run in the background hands on that it does not hear Ctrl-C.
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - no thread of ours holds a lock
    )


def hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def visible(cities: Path) -> dict[str, bytes]:
    """Read the city's files, not what is being made."""
    return {k: v for k, v in contents(cities).items() if not k.startswith(".")}


@pytest.fixture
def old(cities: Path) -> dict[str, bytes]:
    """A city that is there already."""
    put_city(cities, "town")
    return contents(cities)


def is_fetching(cities: Path) -> bool:
    return any(path.stat().st_size for path in cities.glob(".adding-*/extract.osm.pbf"))


def is_drawing(cities: Path) -> bool:
    return any(cities.glob(".adding-*/.drawing-*"))


def test_ctrl_c_while_fetching_leaves_nothing_behind(cities, old, web_files):
    process = begin(cities, f"{web_files}/stall/town.osm.pbf")
    wait_until(lambda: is_fetching(cities))

    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 130
    assert "Traceback" not in said[1]
    assert contents(cities) == old


def test_ctrl_c_while_drawing_leaves_nothing_behind(cities, old):
    process = begin(cities, str(HELSINKI))
    wait_until(lambda: is_drawing(cities))

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 130
    assert contents(cities) == old
    assert not list(cities.glob(".*"))


@pytest.mark.parametrize("when", [is_fetching, is_drawing])
def test_after_a_kill_the_old_city_is_there_and_adding_again_clears_up(
    cities, old, web_files, city_command, when
):
    way = "stall/" if when is is_fetching else ""
    process = begin(cities, f"{web_files}/{way}town.osm.pbf")
    wait_until(lambda: when(cities))

    process.kill()
    process.communicate(timeout=PATIENCE_S)

    assert visible(cities) == old
    assert list(cities.glob(".adding-*"))
    done = city_command("add", str(HELSINKI), "--name", "town")
    assert done.returncode == 0
    assert not list(cities.glob(".*"))
    assert visible(cities).keys() == old.keys()


def test_a_city_killed_while_moved_in_is_half_until_it_is_added_again(
    cities, old, city_command
):
    # The manifest goes first and comes last.
    (cities / "town.json").unlink()

    assert "half: no manifest" in city_command("list").stdout
    assert city_command("add", str(HELSINKI), "--name", "town").returncode == 0
    assert "whole" in city_command("list").stdout


def test_two_at_once_wait_for_each_other_and_both_cities_are_there(
    cities, web_files, city_command
):
    slow = begin(cities, f"{web_files}/stall/town.osm.pbf")
    wait_until(lambda: is_fetching(cities))
    other = begin(cities, str(HELSINKI))
    with pytest.raises(subprocess.TimeoutExpired):
        other.wait(6)

    slow.send_signal(signal.SIGINT)

    slow.communicate(timeout=PATIENCE_S)
    said = other.communicate(timeout=PATIENCE_S)
    assert other.returncode == 0
    assert "waiting for another `ullage city`" in said[1]
    assert "whole" in city_command("list").stdout
