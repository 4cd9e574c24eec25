"""What SKiDL finds, and what it writes for KiCad."""

import re

import pytest
from simp_sexp import Sexp

from hardware.circuit.circuit import build_circuit, check_circuit, write_netlist
from hardware.design.parts import Place
from hardware.design.placed import every_device, load_sources, place

SOURCES = load_sources()
DEVICES = list(every_device(SOURCES))


def said(sources, module="esp32", battery="li_ion"):
    device = place(sources, module=module, battery=battery)
    return [each.what for each in check_circuit(build_circuit(device), device=device)]


@pytest.mark.parametrize("device", DEVICES, ids=lambda each: each.name)
def test_there_is_no_electrical_fault(device):
    assert check_circuit(build_circuit(device), device=device) == []


def ends(sources, net):
    return sources.board["nets"][net]["ends"]


def two_outputs(s):
    ends(s, "motion_wake").append("J2.TX")
    ends(s, "sensor_rx_wire").remove("J2.TX")


def open_input(s):
    ends(s, "i2c_scl").remove("U3.SCL")


def open_configuration(s):
    ends(s, "ground").remove("U5.SEL")


def supply_that_nobody_makes(s):
    ends(s, "sensor_supply").remove("U4.VOUT")


def net_with_one_pin(s):
    s.board["nets"]["power_good_delay"]["ends"] = ["U6.CT"]


def pin_that_must_stay_free(s):
    ends(s, "ground").append("U2.NC1")


def two_converters(s):
    ends(s, "supply").append("U4.VOUT")
    ends(s, "sensor_supply").remove("U4.VOUT")


def module_drives_a_sensor_that_talks(s):
    s.board["nets"]["sensor_rx"]["use"] = "out"
    ends(s, "sensor_rx").append("J2.TX")
    ends(s, "sensor_rx_wire").remove("J2.TX")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (two_outputs, "OUTPUT connected to OUTPUT"),
        (open_input, "Unconnected pin: INPUT pin 1/SCL"),
        (open_configuration, "Unconnected pin: INPUT pin 2/SEL"),
        (supply_that_nobody_makes, "Insufficient drive current on net sensor_supply"),
        (net_with_one_pin, "Only one pin"),
        (pin_that_must_stay_free, "should not be connected to a net"),
        (two_converters, "POWER-OUT connected to POWER-OUT"),
        (module_drives_a_sensor_that_talks, "OUTPUT connected to OUTPUT"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_planted_fault_is_found(spoil, words):
    broken = load_sources()

    spoil(broken)

    assert any(words in each for each in said(broken)), said(broken)


@pytest.mark.parametrize(
    "net",
    ["console_tx", "console_rx", "power_good_delay", "coil_in", "coil_out", "volts_2"],
)
def test_pins_that_a_missing_net_leaves_open_are_found(net):
    broken = load_sources()
    del broken.board["nets"][net]

    assert any("Unconnected pin" in each for each in said(broken))


@pytest.mark.parametrize("device", DEVICES, ids=lambda each: each.name)
def test_the_netlist_has_every_part_and_every_joint_of_the_board(device, tmp_path):
    path = tmp_path / "board.net"
    write_netlist(build_circuit(device), path)
    netlist = Sexp(path.read_text("utf-8"))

    placed = {n for n, part in device.parts.items() if part.place is Place.BOARD}
    assert {
        str(each[1]) for each in netlist.search("/export/components/comp/ref")
    } == placed
    assert read_joints(path.read_text("utf-8")) == {
        net.name: {
            (end.reference, number)
            for end in net.ends
            for number in device.parts[end.reference].pins[end.pin].numbers
        }
        for net in device.nets
    }


def read_joints(text):
    """Read nets of a netlist anew, by their brackets."""
    found = {}
    for block in text.split("(net\n")[1:]:
        name = re.findall(r'\(name "?([^")]+)"?\)', block)[0]
        nodes = re.findall(r'\(ref "?([^")]+)"?\)\s*\(pin "?([^")]+)"?\)', block)
        found[name] = set(nodes)
    return {name: nodes for name, nodes in found.items() if "NOCONNECT" not in name}


def test_the_netlist_of_a_board_is_the_same_each_time(tmp_path):
    device = DEVICES[0]
    for name in ("first", "second"):
        write_netlist(build_circuit(device), tmp_path / name)

    first, second = ((tmp_path / n).read_text() for n in ("first", "second"))
    assert first == second
    assert '(date "")' in first
