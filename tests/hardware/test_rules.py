"""The rules of a board, each broken on purpose: none is there for show."""

import pytest

from hardware.design.placed import FOLDER, every_device
from hardware.rules.everything import faults
from tests.hardware import (
    mistakes_of_joints,
    mistakes_of_lists,
    mistakes_of_nets,
    mistakes_of_protection,
)
from tests.hardware.planting import MISTAKES
from tests.hardware.spoiling import SOURCES, spoilt

# Imported for what they plant.
PLANTED = (
    mistakes_of_joints,
    mistakes_of_lists,
    mistakes_of_nets,
    mistakes_of_protection,
)


def test_the_board_has_no_fault_with_any_module_and_battery():
    assert [str(each) for each in faults(SOURCES)] == []


def test_there_are_two_modules_and_three_batteries():
    assert len(list(every_device(SOURCES))) == 6


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.spoil.__name__)
def test_a_planted_fault_is_found(mistake):
    broken = spoilt()

    mistake.spoil(broken)

    found = [each.what for each in faults(broken) if each.where == mistake.where]
    assert any(mistake.said in each for each in found), found


def test_the_hardwares_page_counts_what_is_planted():
    page = (FOLDER / "README.md").read_text("utf-8")

    assert f"{len(MISTAKES)} planted faults found" in page


def test_what_the_board_excuses_is_no_fault_and_says_why():
    strict = spoilt()
    strict.board["excused"].clear()

    assert [each.where for each in faults(strict)] == ["W1"]


@pytest.mark.parametrize("word", ["where", "says", "why"])
def test_an_excuse_of_nothing_or_without_a_reason_is_found(word):
    stale = spoilt()
    stale.board["excused"][0][word] = "" if word != "where" else "W99"

    assert "excuses" in {each.rule for each in faults(stale)}


# Missing, these leave pins open, which SKiDL finds (hardware/circuit/tests).
OPEN = {
    "console_tx",
    "console_rx",
    "power_good_delay",
    "coil_in",
    "coil_out",
    "volts_2",
}


@pytest.mark.parametrize("net", sorted(set(SOURCES.board["nets"]) - OPEN))
def test_a_net_that_is_missing_is_found(net):
    broken = spoilt()
    del broken.board["nets"][net]

    assert faults(broken)


NO_PART = {"U1", "PCB", "ASSEMBLY"}
REFERENCES = [name for row in SOURCES.parts["parts"] for name in row["references"]]


@pytest.mark.parametrize("reference", sorted(set(REFERENCES) - NO_PART))
def test_a_part_that_is_missing_is_found(reference):
    broken = spoilt()
    for row in broken.parts["parts"]:
        row["references"] = [name for name in row["references"] if name != reference]

    assert faults(broken)


@pytest.mark.parametrize("role", SOURCES.board["roles"])
@pytest.mark.parametrize("who", [None, "X9"])
def test_a_role_that_nobody_has_is_found(role, who):
    broken = spoilt()
    broken.board["roles"][role] = who
    if who is None:
        del broken.board["roles"][role]

    assert {each.rule for each in faults(broken)} == {"asked for", "excuses"}


def test_a_fault_says_where_what_and_by_which_rule():
    broken = spoilt()
    mistakes_of_nets.same_address(broken)

    assert [str(each) for each in faults(broken)] == [
        "U3: answers to 0x19, as U2 does (nets)"
    ]
