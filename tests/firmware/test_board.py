"""The board as code: what a pin may be used for, and that nothing hangs loose."""

import copy
import tomllib
from dataclasses import dataclass
from typing import Any

import pytest

from hardware import make_pins


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """What its datasheet says of the pins of a module."""

    module: frozenset[int]
    strapping: frozenset[int]
    others: frozenset[int]
    input_only: frozenset[int]
    can_wake: frozenset[int]
    adc_1: frozenset[int]
    uarts: frozenset[int]
    has_ext0: bool


def pins(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


CHIPS = {
    # ESP32 datasheet, sections 2 and 3; ADC 2 belongs to Wi-Fi while that is on. Others
    # are flash and console. The WROOM module leaves some out.
    "esp32": Chip(
        module=frozenset(range(40)) - {20, 24, 28, 29, 30, 31, 37, 38},
        strapping=pins(0, 2, 5, 12, 15),
        others=pins(*range(6, 12), 1, 3),
        input_only=pins(*range(34, 40)),
        can_wake=pins(0, 2, 4, *range(12, 16), *range(25, 28), *range(32, 40)),
        adc_1=pins(*range(32, 40)),
        uarts=pins(1, 2),
        has_ext0=True,
    ),
    # ESP32-C3 datasheet, section 2: flash, USB, console; only pins of the low-power
    # domain, 0 to 5, end deep sleep; GPIO 5 is on ADC 2.
    "esp32c3": Chip(
        module=pins(*range(11), 18, 19, 20, 21),
        strapping=pins(2, 8, 9),
        others=pins(*range(11, 18), 18, 19, 20, 21),
        input_only=pins(),
        can_wake=pins(*range(6)),
        adc_1=pins(*range(5)),
        uarts=pins(1),
        has_ext0=False,
    ),
}

BOARD = make_pins.load_board()
ALL_PARTS = tomllib.loads(make_pins.BOARD.with_name("parts.toml").read_text("utf-8"))[
    "parts"
]


def only(things: list[Any], module: str) -> list[Any]:
    return [each for each in things if each.get("only", module) == module]


def parts(module: str) -> set[str]:
    return {name for part in only(ALL_PARTS, module) for name in part["references"]}


def nets(board: dict[str, Any], module: str) -> dict[str, Any]:
    """Name the nets of one module, with the ends that are placed there."""
    elsewhere = {name for part in ALL_PARTS for name in part["references"]}
    elsewhere -= parts(module)
    return {
        name: [end for end in net["ends"] if end.split(".")[0] not in elsewhere]
        for name, net in board["nets"].items()
        if net.get("only", module) == module
    }


def faults(board: dict[str, Any], module: str) -> list[str]:
    """Say what a module cannot do that the board asks of it."""
    chip, facts = CHIPS[module], board["modules"][module]
    used = facts["pins"]
    wanted = {
        name for name, net in board["nets"].items() if net.get("use") and name != "boot"
    } & set(nets(board, module))
    found = [f"{name}: no pin" for name in wanted ^ set(used)]
    for name, pin in used.items():
        net = board["nets"][name]
        found += [f"{name}: {why}" for why in pin_faults(chip, net, pin)]
    if len(set(used.values())) < len(used):
        found.append("two nets on a pin")
    if facts["uart"] not in chip.uarts or facts["ext0"] != chip.has_ext0:
        found.append("the chip has no such part")
    if facts["boot"] not in chip.strapping:
        found.append("boot: not strapping")
    return found


def pin_faults(chip: Chip, net: dict[str, Any], pin: int) -> list[str]:
    checks = {
        "not on the module": pin not in chip.module,
        "strapping": pin in chip.strapping,
        "flash, USB or console": pin in chip.others,
        "input only": net["use"] in {"out", "bus"} and pin in chip.input_only,
        "not on ADC 1": net["use"] == "analog" and pin not in chip.adc_1,
        "cannot wake": net.get("wakes", False) and pin not in chip.can_wake,
    }
    return [why for why, is_wrong in checks.items() if is_wrong]


@pytest.mark.parametrize("module", CHIPS)
def test_the_firmwares_pins_are_the_boards(module):
    made = make_pins.render_pins(BOARD, module)

    assert make_pins.PINS[module].read_text("utf-8") == made


def test_the_modems_pins_are_the_boards():
    made = make_pins.render_modem_pins(BOARD)

    assert make_pins.MODEM_PINS.read_text("utf-8") == made


@pytest.mark.parametrize("module", CHIPS)
def test_each_pin_is_used_for_what_it_can(module):
    assert faults(BOARD, module) == []


@pytest.mark.parametrize(
    ("module", "net", "pin", "why"),
    [
        ("esp32", "sensor_power", 12, "strapping"),
        ("esp32", "sensor_rx", 9, "flash, USB or console"),
        ("esp32", "sensor_tx", 1, "flash, USB or console"),
        ("esp32", "sensor_power", 35, "input only"),
        ("esp32", "i2c_sda", 36, "input only"),
        ("esp32", "battery_sense", 27, "not on ADC 1"),
        ("esp32", "motion_wake", 23, "cannot wake"),
        ("esp32", "sensor_rx", 20, "not on the module"),
        ("esp32c3", "sensor_power", 8, "strapping"),
        ("esp32c3", "sensor_power", 12, "flash, USB or console"),
        ("esp32c3", "sensor_power", 18, "flash, USB or console"),
        ("esp32c3", "sensor_rx", 20, "flash, USB or console"),
        ("esp32c3", "battery_sense", 5, "not on ADC 1"),
        ("esp32c3", "motion_wake", 6, "cannot wake"),
        ("esp32c3", "sensor_rx", 25, "not on the module"),
    ],
)
def test_a_pin_that_cannot_is_found(module, net, pin, why):
    broken = copy.deepcopy(BOARD)
    broken["modules"][module]["pins"][net] = pin

    assert f"{net}: {why}" in faults(broken, module)


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("uart", 2, "the chip has no such part"),
        ("ext0", True, "the chip has no such part"),
        ("boot", 3, "boot: not strapping"),
    ],
)
def test_a_part_that_the_c3_lacks_is_found(fact, value, said):
    broken = copy.deepcopy(BOARD)
    broken["modules"]["esp32c3"][fact] = value

    assert said in faults(broken, "esp32c3")


def test_two_nets_on_a_pin_and_a_net_without_one_are_found():
    broken = copy.deepcopy(BOARD)
    used = broken["modules"]["esp32c3"]["pins"]
    used["sensor_rx"] = used["sensor_mode"]
    del used["i2c_scl"]

    assert faults(broken, "esp32c3") == ["i2c_scl: no pin", "two nets on a pin"]


@pytest.mark.parametrize("name", BOARD["nets"])
def test_a_net_joins_parts_that_exist_and_says_why(name):
    net = BOARD["nets"][name]
    references = {reference for part in ALL_PARTS for reference in part["references"]}

    assert len(net["ends"]) >= 2
    assert {end.split(".")[0] for end in net["ends"]} <= references
    assert net.get("use", net.get("direction")) in {
        *("in", "out", "analog", "bus", "power")
    }
    assert net["why"]
    assert ("U1.@" in net["ends"]) == ("use" in net or name == "boot")


@pytest.mark.parametrize("module", CHIPS)
def test_no_end_is_on_two_nets_and_every_part_is_on_one(module):
    placed = nets(BOARD, module)
    ends = [end for net in placed.values() for end in net if end != "U1.@"]

    assert len(ends) == len(set(ends))
    assert {end.split(".")[0] for end in ends} == parts(module)


@pytest.mark.parametrize("module", CHIPS)
def test_every_part_with_a_ground_or_supply_has_both(module):
    placed = nets(BOARD, module)
    ground = {end.split(".")[0] for end in placed["ground"]}
    powered = {
        end.split(".")[0]
        for name in ("supply", "sensor_supply")
        for end in placed[name]
        if end[0] in "UJ"
    }

    assert powered <= ground


@pytest.mark.parametrize("part", ALL_PARTS, ids=lambda part: part["part_number"])
def test_a_part_can_be_bought(part):
    assert part["what"]
    assert part["manufacturer"]
    assert part["part_number"]
    assert part["alternate"]
    assert part["quantity"] == len(part["references"])
    assert part["price_eur"] > 0
    assert isinstance(part["is_estimate"], bool)
    assert part.get("only", "esp32") in CHIPS
