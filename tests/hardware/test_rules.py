"""The rules of a board, each broken on purpose: none is there for show."""

import pytest

from hardware.design.parts import read_parts
from hardware.design.placed import every_device, place
from hardware.rules.everything import device_faults, faults
from tests.hardware.spoiling import SOURCES, ends, move, part, spoilt


def test_the_board_has_no_fault_with_any_module_and_battery():
    assert [str(each) for each in faults(SOURCES)] == []


def test_there_are_two_modules_and_three_batteries():
    assert len(list(every_device(SOURCES))) == 6


def remove_part(sources, reference):
    """Take a part off the board, and off its nets."""
    for row in sources.parts["parts"]:
        row["references"] = [each for each in row["references"] if each != reference]
    for net in sources.board["nets"].values():
        net["ends"] = [
            each for each in net["ends"] if not each.startswith(f"{reference}.")
        ]


def unknown_end(s):
    ends(s, "i2c_sda").append("U9.SDA")


def unknown_pin(s):
    ends(s, "i2c_sda").append("U2.MISO")


def short_circuit(s):
    ends(s, "ground").append("U4.VIN")


def loose_part(s):
    for net in s.board["nets"].values():
        net["ends"] = [each for each in net["ends"] if not each.startswith("U3.")]


def sensor_on_board(s):
    ends(s, "sensor_supply").append("S1.VCC")


def thermometer_on_the_cell(s):
    move(s, "U3.VDD", to="battery")


def module_on_the_cell(s):
    move(s, "U1.3V3", to="battery")


def sensor_of_five_volts(s):
    part(s, "S1")["volts"] = [4.5, 5.5]
    part(s, "J2")["volts"] = [4.5, 5.5]


def supply_without_volts(s):
    del s.board["nets"]["supply"]["volts"]


def bus_without_pull_up(s):
    remove_part(s, "R4")


def pull_up_to_ground(s):
    move(s, "R5.1", to="ground")


def same_address(s):
    part(s, "U3")["i2c"] = 0x19


def nobody_knows_why(s):
    s.board["nets"]["boot"]["why"] = ""


def transistor_turned(s):
    move(s, "Q1.S", to="cell")
    move(s, "Q1.D", to="protected")


def fuse_bridged(s):
    move(s, "F1.2", to="protected")


def capacitor_before_the_transistor(s):
    ends(s, "cell").append("C1.1")
    ends(s, "battery").remove("C1.1")


def gate_on_the_cell(s):
    move(s, "R9.2", to="cell")


def cut_off_of_another_chemistry(s):
    part(s, "U6", battery="li_ion")["cut_off_v"] = 2.2


def nothing_cuts_off(s):
    for row in s.parts["parts"]:
        row.pop("cut_off_v", None)


def cut_off_tells_nobody(s):
    move(s, "U5.EN", to="battery")


def cut_off_watches_the_supply(s):
    move(s, "U6.VDD", to="supply")


def no_surge_clamp(s):
    remove_part(s, "D1")


def no_spark_diode(s):
    ends(s, "sensor_rx_wire").remove("D2.D2")


def supply_without_capacitor(s):
    remove_part(s, "C6")


def weak_converter(s):
    part(s, "U5")["peak_ma"] = 300


def primary_cell_without_its_capacitor(s):
    part(s, "B3")["gives_ma"] = 230


def thirsty_regulator(s):
    part(s, "U5")["asleep_ua"] = 55


def sensor_never_off(s):
    move(s, "J2.VCC", to="supply")


def sensor_on_while_the_pin_floats(s):
    remove_part(s, "R3")


def supply_without_test_point(s):
    remove_part(s, "TP3")


def wires_crossed(s):
    wires = s.board["cables"]["W1"]["wires"]
    wires[2][2], wires[3][2] = "TX", "RX"


def cell_reversed_in_its_cable(s):
    wires = s.board["cables"]["W2"]["wires"]
    wires[0][2], wires[1][2] = "MINUS", "PLUS"


def ground_is_red(s):
    s.board["cables"]["W1"]["wires"][1][1] = "RD"


def supply_is_blue(s):
    s.board["cables"]["W1"]["wires"][0][1] = "BU"


def wire_missing(s):
    s.board["cables"]["W4"]["wires"].pop()


def wire_to_nowhere(s):
    s.board["cables"]["W4"]["wires"][2][2] = "SDI"


def two_wires_at_a_pin(s):
    s.board["cables"]["W1"]["wires"].append(["VCC", "RD", "VCC"])


def no_cable(s):
    del s.board["cables"]["W1"]


def cable_of_what_is_not_there(s):
    s.board["cables"]["W1"]["ends"] = ["J2", "S9"]


def no_part_number(s):
    part(s, "U3")["part_number"] = ""


def no_second_source(s):
    part(s, "U3")["alternates"] = []


def obsolete(s):
    part(s, "U3")["lifecycle"] = "not for new designs"


def dearer_by_the_thousand(s):
    part(s, "U3")["price_eur"] = [1.0, 0.8, 0.9]


def price_from_nowhere(s):
    part(s, "U3")["price_source"] = ""


def no_footprint(s):
    part(s, "U3")["footprint"] = ""


@pytest.mark.parametrize(
    ("spoil", "where", "said"),
    [
        (unknown_end, "i2c_sda", "U9.SDA does not exist"),
        (unknown_pin, "i2c_sda", "U2.MISO does not exist"),
        (short_circuit, "U4.VIN", "on two nets: a short circuit"),
        (loose_part, "U3", "on no net"),
        (sensor_on_board, "sensor_supply", "S1.VCC is not on the board"),
        (thermometer_on_the_cell, "battery", "U3.VDD allows 1.4 to 3.6 V"),
        (module_on_the_cell, "battery", "U1.3V3 allows 3 to 3.6 V"),
        (sensor_of_five_volts, "sensor_supply", "J2.VCC allows 4.5 to 5.5 V"),
        (supply_without_volts, "supply", "nobody says its volts"),
        (bus_without_pull_up, "i2c_sda", "a bus without a pull-up"),
        (pull_up_to_ground, "i2c_scl", "a bus without a pull-up"),
        (same_address, "U3", "answers to 0x19, as U2 does"),
        (nobody_knows_why, "boot", "nobody says why"),
        (transistor_turned, "cell", "the cell's way misses Q1.D"),
        (fuse_bridged, "battery", "the cell's way misses F1.2"),
        (capacitor_before_the_transistor, "cell", "C1.1 would be reversed"),
        (gate_on_the_cell, "Q1", "its gate does not lead to ground"),
        (cut_off_of_another_chemistry, "U6", "cuts off at 2.2 V, not 2.9"),
        (nothing_cuts_off, "battery", "nothing ends its discharge"),
        (cut_off_tells_nobody, "U6", "does not switch the converter off"),
        (cut_off_watches_the_supply, "U6", "does not watch the battery"),
        (no_surge_clamp, "battery", "nothing clamps a surge"),
        (no_spark_diode, "sensor_rx_wire", "J2.TX can be touched"),
        (supply_without_capacitor, "sensor_supply", "a supply without a capacitor"),
        (weak_converter, "U5", "promises 300 mA"),
        (primary_cell_without_its_capacitor, "B3", "gives 230 mA"),
        (thirsty_regulator, "board", "uA asleep, allowed are 25"),
        (sensor_never_off, "J2.VCC", "fed while the module sleeps"),
        (sensor_on_while_the_pin_floats, "sensor_power", "while the pin floats"),
        (supply_without_test_point, "supply", "no test point"),
        (wires_crossed, "W1", "RX is no TX"),
        (cell_reversed_in_its_cable, "W2", "PLUS is no MINUS"),
        (ground_is_red, "W1", "ground is black"),
        (supply_is_blue, "W1", "supply is red"),
        (wire_missing, "W4", "no wire at SCL"),
        (wire_to_nowhere, "W4", "one of them does not exist"),
        (two_wires_at_a_pin, "W1", "two wires at one pin"),
        (no_cable, "S1", "no cable leads to it"),
        (cable_of_what_is_not_there, "W1", "of which one is not there"),
        (no_part_number, "U3", "no manufacturer's part number"),
        (no_second_source, "U3", "no second source"),
        (obsolete, "U3", "its lifecycle is 'not for new designs'"),
        (dearer_by_the_thousand, "U3", "does not fall with the quantity"),
        (price_from_nowhere, "U3", "nobody says where its price is from"),
        (no_footprint, "U3", "no footprint"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_planted_fault_is_found(spoil, where, said):
    broken = spoilt()

    spoil(broken)

    assert any(each.where == where and said in each.what for each in faults(broken))


def test_a_fault_says_where_what_and_by_which_rule():
    broken = spoilt()
    same_address(broken)
    device = place(broken, module="esp32", battery="li_ion")

    assert [str(each) for each in device_faults(device)] == [
        "U3: answers to 0x19, as U2 does (nets)"
    ]


@pytest.mark.parametrize("line", read_parts(SOURCES.parts), ids=lambda p: p.part_number)
def test_no_pad_of_a_part_has_two_pins(line):
    numbers = [number for pin in line.pins.values() for number in pin.numbers]

    assert len(numbers) == len(set(numbers))
