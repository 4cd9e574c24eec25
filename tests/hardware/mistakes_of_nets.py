"""Mistakes in what is joined, and in values."""

from tests.hardware.planting import mistake, remove_part
from tests.hardware.spoiling import ends, move, part


@mistake("i2c_sda", "U9.SDA does not exist")
def unknown_end(s):
    ends(s, "i2c_sda").append("U9.SDA")


@mistake("i2c_sda", "U2.MISO does not exist")
def unknown_pin(s):
    ends(s, "i2c_sda").append("U2.MISO")


@mistake("U4.VIN", "on two nets: a short circuit")
def short_circuit(s):
    ends(s, "ground").append("U4.VIN")


@mistake("U3", "on no net")
def loose_part(s):
    for net in s.board["nets"].values():
        net["ends"] = [each for each in net["ends"] if not each.startswith("U3.")]


@mistake("sensor_supply", "S1.VCC is not on the board")
def sensor_on_board(s):
    ends(s, "sensor_supply").append("S1.VCC")


@mistake("battery", "U3.VDD allows 1.4 to 3.6 V")
def thermometer_on_the_cell(s):
    move(s, "U3.VDD", to="battery")


@mistake("battery", "U1.3V3 allows 3 to 3.6 V")
def module_on_the_cell(s):
    move(s, "U1.3V3", to="battery")


@mistake("W1", "S1.VCC allows 4.5 to 5.5 V")
def sensor_of_five_volts(s):
    part(s, "S1")["volts"] = [4.5, 5.5]


@mistake("battery", "J3.3V3 allows 3 to 3.6 V")
def header_on_the_cell(s):
    move(s, "J3.3V3", to="battery")


@mistake("U3.SDA", "is on i2c_scl")
def bus_swapped(s):
    move(s, "U3.SDA", to="i2c_scl")
    move(s, "U3.SCL", to="i2c_sda")


@mistake("U2.SA0", "is on ground, and works on supply")
def wrong_address_pin(s):
    move(s, "U2.SA0", to="ground")


@mistake("U6.MR", "is on ground, and works on battery")
def supervisor_never_lets_go(s):
    move(s, "U6.MR", to="ground")


@mistake("D3.GND", "is on supply, and works on ground")
def diode_turned_round(s):
    move(s, "D3.GND", to="supply")


@mistake("R10", "both ends on one net")
def resistor_bridged(s):
    move(s, "R10.2", to="sensor_mode")


@mistake("U1.EN", "nothing pulls it up")
def reset_without_pull_up(s):
    remove_part(s, "R6")


@mistake("U1.IO8", "nothing pulls it up")
def boot_strap_to_ground(s):
    move(s, "R8.1", to="ground")


@mistake("R4", "leads from the module to battery")
def bus_pulled_to_the_cell(s):
    move(s, "R4.1", to="battery")


@mistake("battery_sense", "divides ground and supply")
def divider_of_the_supply(s):
    move(s, "R1.1", to="supply")


@mistake("battery_sense", "not half of the battery")
def uneven_divider(s):
    part(s, "R2")["ohm"] = 470_000


@mistake("battery_sense", "up to 2600 mV, the ADC has 2450")
def cell_beyond_the_adc(s):
    s.board["batteries"]["li_ion"]["volts"] = [2.7, 5.2]


@mistake("C1", "rated 4 V, on 4.2 V")
def capacitor_of_four_volts(s):
    part(s, "C1")["rated_v"] = 4


@mistake("U5", "CFG3 is set by {'ground': 36500}")
def converter_of_another_voltage(s):
    part(s, "R13")["ohm"] = 36_500


@mistake("U5", "at its output")
def converter_without_output_capacitors(s):
    for each in ("C2", "C7", "C9"):
        remove_part(s, each)


@mistake("supply", "nobody says its volts")
def supply_without_volts(s):
    del s.board["nets"]["supply"]["volts"]


@mistake("i2c_sda", "a bus without a pull-up")
def bus_without_pull_up(s):
    remove_part(s, "R4")


@mistake("i2c_scl", "a bus without a pull-up")
def pull_up_to_ground(s):
    move(s, "R5.1", to="ground")


@mistake("U3", "answers to 0x19, as U2 does")
def same_address(s):
    part(s, "U3")["i2c"] = 0x19


@mistake("boot", "nobody says why")
def nobody_knows_why(s):
    s.board["nets"]["boot"]["why"] = ""


@mistake("U5.VIN", "is on ground")
def converter_on_ground(s):
    move(s, "U5.VIN", to="ground")


@mistake("U1.GND", "is on supply")
def module_without_ground(s):
    move(s, "U1.GND", to="supply")


@mistake("C6.2", "is on supply")
def capacitor_without_ground(s):
    move(s, "C6.2", to="supply")


@mistake("W1", "J2.RX is on battery")
def line_on_the_cell(s):
    move(s, "J2.RX", to="battery")


@mistake("W1", "J2.GND is on supply")
def plug_without_ground(s):
    move(s, "J2.GND", to="supply")


@mistake("i2c_sda", "does not reach the module")
def bus_without_the_module(s):
    ends(s, "i2c_sda").remove("U1.@")


@mistake("R3", "1 ohm pulls sensor_power to ground")
def pull_of_an_ohm(s):
    part(s, "R3")["ohm"] = 1


@mistake("R10", "1e+06 ohm in sensor_mode")
def series_of_a_megohm(s):
    part(s, "R10")["ohm"] = 1e6


@mistake("U5", "44.1 uF at its output")
def nothing_for_a_burst(s):
    remove_part(s, "C7")
