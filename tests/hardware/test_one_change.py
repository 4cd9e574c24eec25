"""One change in the board's files moves everything that is made from them."""

import json

from hardware import make_pins
from hardware.bom.lines import list_lines
from hardware.bom.write import render
from hardware.design.placed import place
from hardware.harness.describe import describe_harness
from hardware.schematic.sheets import draw_sheets
from tests.hardware.spoiling import SOURCES, part, spoilt

NO_BOX: dict[str, list[object]] = {"parts": []}


def made(sources, module="esp32", battery="li_ion"):
    """Make all: firmware's pins, schematic, harness, bill of materials."""
    device = place(sources, module=module, battery=battery)
    return {
        "pins": make_pins.render_pins(sources.board, module),
        "schematic": json.dumps(draw_sheets(device)),
        "harness": json.dumps(describe_harness(device)),
        "bill": render(device, list_lines(device, NO_BOX)),
    }


def test_a_pin_of_the_module_moves_in_firmware_schematic_harness_and_bill():
    before = made(SOURCES)
    changed = spoilt()
    changed.board["modules"]["esp32"]["pins"]["sensor_rx"] = 33
    after = made(changed)

    assert "SENSOR_RX = 16" in before["pins"]
    assert "SENSOR_RX = 33" in after["pins"]
    assert '"IO16"' in before["schematic"]
    assert '"IO33"' in after["schematic"]
    assert '"IO16"' not in after["schematic"]
    assert "TX (IO16)" in before["harness"]
    assert "TX (IO33)" in after["harness"]
    assert "| TX | IO16 |" in before["bill"]
    assert "| TX | IO33 |" in after["bill"]


def test_a_part_number_moves_in_schematic_harness_and_bill():
    changed = spoilt()
    part(changed, "J2")["part_number"] = "S4B-XH-A"

    after = made(changed)

    assert "J2 S4B-XH-A" in after["schematic"]
    assert '"mpn": "S4B-XH-A"' in after["harness"]
    assert "JST S4B-XH-A" in after["bill"]


def test_what_one_module_or_battery_lacks_is_in_none_of_its_files():
    small = made(SOURCES, module="esp32c3")

    assert "ONE_WIRE = None" in small["pins"]
    assert "J4 " not in small["schematic"]
    assert "W3" not in small["harness"]
    assert "DS18B20" not in small["bill"]


def test_a_pulse_capacitor_is_with_the_primary_cell_only():
    assert "SPC1550" in made(SOURCES, battery="li_socl2")["bill"]
    assert "SPC1550" not in made(SOURCES)["bill"]


def test_a_supply_is_a_symbol_at_each_pin_and_a_signal_one_net():
    device = place(SOURCES, module="esp32", battery="li_ion")
    cells = draw_sheets(device)["sensors"]["modules"]["ullage-bin esp32 sensors"][
        "cells"
    ]
    load_switch, thermometer = cells["U4"], cells["U3"]

    symbols = [each for each in cells.values() if each["type"] == "vcc"]
    bits = [each["connections"]["A"][0] for each in symbols]
    assert len(bits) == len(set(bits))
    assert load_switch["connections"]["VIN"] != thermometer["connections"]["VDD"]
    assert thermometer["connections"]["SDA"] == cells["U2"]["connections"]["SDA"]
