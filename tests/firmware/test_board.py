"""The board as code: what a pin may be used for, and that nothing hangs loose."""

import tomllib

import pytest

from hardware import make_pins

# ESP32 datasheet, sections 2 and 3; ADC 2 belongs to Wi-Fi while that is on.
STRAPPING = {0, 2, 5, 12, 15}
FLASH = set(range(6, 12))
CONSOLE = {1, 3}
INPUT_ONLY = {34, 35, 36, 37, 38, 39}
CAN_WAKE = {0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39}
ADC_1 = {32, 33, 34, 35, 36, 37, 38, 39}
MISSING_ON_WROOM = {20, 24, 28, 29, 30, 31, 37, 38}


def load(name):
    return tomllib.loads(make_pins.BOARD.with_name(name).read_text("utf-8"))


NETS = load("board.toml")["nets"]
PINS = {name: net for name, net in NETS.items() if "pin" in net}
PARTS = load("parts.toml")["parts"]


def test_the_firmwares_pins_are_the_boards():
    made = make_pins.render_pins(make_pins.BOARD.read_text("utf-8"))

    assert make_pins.PINS.read_text("utf-8") == made


def test_no_pin_has_two_nets():
    pins = [net["pin"] for net in PINS.values()]

    assert len(pins) == len(set(pins))


@pytest.mark.parametrize("name", PINS)
def test_a_pin_is_used_for_what_it_can(name):
    net = PINS[name]
    pin = net["pin"]

    assert pin not in STRAPPING | FLASH | CONSOLE | MISSING_ON_WROOM
    assert f"U1.IO{pin}" in net["ends"]
    if net["direction"] in {"out", "bus"}:
        assert pin not in INPUT_ONLY
    if net["direction"] == "analog":
        assert pin in ADC_1
    if net.get("wakes"):
        assert pin in CAN_WAKE


@pytest.mark.parametrize("name", NETS)
def test_a_net_joins_parts_that_exist_and_says_why(name):
    references = {reference for part in PARTS for reference in part["references"]}
    ends = NETS[name]["ends"]

    assert len(ends) >= 2
    assert {end.split(".")[0] for end in ends} <= references
    assert NETS[name]["direction"] in {"in", "out", "analog", "bus", "power"}
    assert NETS[name]["why"]


def test_no_end_is_on_two_nets():
    ends = [end for net in NETS.values() for end in net["ends"]]

    assert len(ends) == len(set(ends))


def test_every_part_is_on_a_net():
    placed = {end.split(".")[0] for net in NETS.values() for end in net["ends"]}

    assert placed == {reference for part in PARTS for reference in part["references"]}


def test_every_part_with_a_ground_or_supply_has_both():
    ground = {end.split(".")[0] for end in NETS["ground"]["ends"]}
    powered = {
        end.split(".")[0]
        for name in ("supply", "sensor_supply")
        for end in NETS[name]["ends"]
        if end[0] in "UJ"
    }

    assert powered <= ground


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["part_number"])
def test_a_part_can_be_bought(part):
    assert part["what"]
    assert part["manufacturer"]
    assert part["part_number"]
    assert part["alternate"]
    assert part["quantity"] == len(part["references"])
    assert part["price_eur"] > 0
    assert isinstance(part["is_estimate"], bool)
