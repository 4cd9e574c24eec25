"""What a module's pin may be used for; and that firmware has the board's."""

import pytest

from hardware import make_pins
from hardware.design.placed import place
from hardware.rules.pins import pin_faults
from tests.hardware.spoiling import SOURCES, spoilt

MODULES = sorted(SOURCES.board["modules"])


def found(sources, module):
    device = place(sources, module=module, battery="li_ion")
    return [f"{each.where}: {each.what}" for each in pin_faults(device)]


@pytest.mark.parametrize("module", MODULES)
def test_the_firmwares_pins_are_the_boards(module):
    made = make_pins.render_pins(make_pins.load_board(), module)

    assert make_pins.PINS[module].read_text("utf-8") == made


def test_the_modems_pins_are_the_boards():
    made = make_pins.render_modem_pins(make_pins.load_board())

    assert make_pins.MODEM_PINS.read_text("utf-8") == made


@pytest.mark.parametrize("module", MODULES)
def test_each_pin_is_used_for_what_it_can(module):
    assert found(SOURCES, module) == []


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
    broken = spoilt()
    broken.board["modules"][module]["pins"][net] = pin

    assert f"{net}: {why}" in found(broken, module)


@pytest.mark.parametrize(
    ("module", "fact", "value", "said"),
    [
        ("esp32c3", "uart", 2, "uart: the chip has no UART 2"),
        ("esp32c3", "ext0", True, "ext0: the chip cannot wake by ext0"),
        ("esp32c3", "boot", 3, "boot: the chip is flashed by GPIO 9"),
        ("esp32", "ext0", False, "ext0: the chip can wake by ext0"),
        ("esp32", "boot", 12, "boot: the chip is flashed by GPIO 0"),
        ("esp32", "modem_uart", 0, "modem_uart: the chip has no UART 0"),
        ("esp32", "modem_uart", 2, "modem_uart: the range sensor has it"),
    ],
)
def test_a_use_that_the_chip_does_not_know_is_found(module, fact, value, said):
    broken = spoilt()
    broken.board["modules"][module][fact] = value

    assert said in found(broken, module)


def test_two_nets_on_a_pin_and_a_net_without_one_are_found():
    broken = spoilt()
    used = broken.board["modules"]["esp32c3"]["pins"]
    used["sensor_rx"] = used["sensor_mode"]
    del used["i2c_scl"]

    assert found(broken, "esp32c3") == [
        "i2c_scl: net without a pin, or pin without a net",
        "GPIO 7: two nets on a pin",
    ]
