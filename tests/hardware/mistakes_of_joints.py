"""Mistakes in who speaks, who hears, and who is fed."""

from tests.hardware.planting import mistake
from tests.hardware.spoiling import ends, move, part


@mistake("C3.1", "hangs loose")
def capacitor_with_one_leg(s):
    ends(s, "battery_sense").remove("C3.1")


@mistake("console_tx", "U1.TXD0 is alone on it")
def console_to_nowhere(s):
    ends(s, "console_tx").remove("J3.RX")


@mistake("U2.NC1", "must stay free")
def free_pin_on_ground(s):
    ends(s, "ground").append("U2.NC1")


@mistake("supply", "fed by U5.VOUT and by U4.VOUT")
def two_supplies(s):
    move(s, "U4.VOUT", to="supply")


@mistake("U6.CT", "wants one C")
def delay_with_something_beside(s):
    ends(s, "power_good_delay").append("R5.2")


@mistake("console_rx", "a capacitor on a signal")
def slow_console(s):
    move(s, "C8.1", to="console_rx")


@mistake("enable", "2 capacitors where one")
def slow_reset(s):
    move(s, "C8.1", to="enable")


@mistake("supply", "U2.INT1 speaks on a supply")
def interrupt_on_the_supply(s):
    move(s, "U2.INT1", to="supply")


@mistake("sensor_supply", "U2.VDD is without power while others speak to it")
def accelerometer_switched_off(s):
    move(s, "U2.VDD", to="sensor_supply")


@mistake("i2c_scl", "U3.VDD is fed by a signal")
def thermometer_fed_by_its_clock(s):
    move(s, "U3.VDD", to="i2c_scl")


@mistake("motion_wake", "nobody drives U1.IO27")
def knock_unheard(s):
    move(s, "U2.INT1", to="gate")


@mistake("modem_key", "nobody hears U1.IO4")
def modem_without_a_key(s):
    move(s, "J6.KEY", to="console_rx")


@mistake("one_wire", "nobody is on this bus")
def thermometer_cut_off(s):
    move(s, "R16.1", to="sensor_tx")


@mistake("boot", "driven by J3.BOOT and by U6.RESET")
def supervisor_on_the_boot_pin(s):
    move(s, "U6.RESET", to="boot")


@mistake("boot", "pulled to ground and to supply")
def boot_pulled_both_ways(s):
    move(s, "R3.1", to="boot")


@mistake("i2c_sda", "joins 2 pins of D3")
def two_lines_of_one_diode(s):
    move(s, "D3.D4", to="i2c_sda")


@mistake("enable", "joins U1.EN and U1.IO16")
def two_pads_of_the_module(s):
    ends(s, "enable").extend(ends(s, "sensor_rx_wire"))
    ends(s, "sensor_rx_wire").clear()


@mistake("J3.BOOT", "does not reach U1.IO0")
def header_that_flashes_nothing(s):
    move(s, "J3.BOOT", to="console_rx")


@mistake("modem_rx", "a diode where no spark comes in")
def diode_on_an_inner_line(s):
    ends(s, "modem_rx").remove("J6.TX")
    move(s, "D3.D4", to="modem_rx")


@mistake("boot", "J3.BOOT can be touched, and nothing takes a spark")
def boot_without_a_diode(s):
    move(s, "D3.D4", to="console_tx")


@mistake("power_good", "no test point")
def cut_off_that_nobody_can_measure(s):
    move(s, "TP6.1", to="supply")


@mistake("supply", "chips without a small capacitor")
def large_capacitors_only(s):
    move(s, "C5.1", to="battery")


@mistake("U5", "CFG1 is set by {'battery': 36500}")
def second_voltage_by_the_cell(s):
    move(s, "R12.2", to="battery")


@mistake("F1", "holds 11000 mA, and the cell may give no more")
def fuse_that_never_trips(s):
    part(s, "F1")["hold_ma"] = 11_000


@mistake("R7", "RC0603FR-0747KL is 47000")
def resistor_of_another_number(s):
    part(s, "R7")["part_number"] = "RC0603FR-0747KL"


@mistake("C7", "GRM31CR60J106ME39L is 10")
def capacitor_of_another_number(s):
    part(s, "C7")["part_number"] = "GRM31CR60J106ME39L"


@mistake("C7", "Capacitor, 47 uF, X5R, 6.3 V, 1206 is 47")
def capacitor_of_other_words(s):
    part(s, "C7")["what"] = "Capacitor, 47 uF, X5R, 6.3 V, 1206"


@mistake("C3", "16 V is reckoned with")
def capacitor_of_other_volts(s):
    part(s, "C3")["what"] = "Capacitor, 100 nF, X7R, 6.3 V, 0603"


@mistake("U6", "TPS3840DL27DBVR does not cut off low at 2.7 V")
def supervisor_that_leaves_the_converter_floating(s):
    part(s, "U6", battery="li_ion")["part_number"] = "TPS3840DL27DBVR"


@mistake("U7", "TPS3840DL16DBVR does not cut off low at 2.9 V")
def reset_of_another_voltage(s):
    part(s, "U7")["part_number"] = "TPS3840DL16DBVR"


@mistake("W1", "S1.VCC allows 3.3 to 5 V, not 1.8 to 1.8 V")
def sensor_starved(s):
    s.board["nets"]["sensor_supply"]["volts"] = [1.8, 1.8]


@mistake("R6", "joins supply and ground")
def resistor_across_the_supply(s):
    move(s, "R6.2", to="ground")


@mistake("U5.LX_1", "is no pin, or on no net, and has a partner")
def partner_of_nobody(s):
    part(s, "U5")["partners"]["LX_1"] = "L"


@mistake("R7", "4700 is reckoned with, and CRCW060347K0FKEA is 47000")
def alternate_of_another_value(s):
    part(s, "R7")["alternates"] = ["CRCW060347K0FKEA"]


@mistake("C3", "what value is Capacitor, 0.1 microfarads?")
def value_that_nobody_can_read(s):
    part(s, "C3")["what"] = "Capacitor, 0.1 microfarads"
