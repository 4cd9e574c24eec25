"""Mistakes that leave a device without protection."""

from tests.hardware.planting import mistake, remove_part
from tests.hardware.spoiling import ends, move, part


@mistake("F1", "gives 50 mA")
def fuse_of_50_ma(s):
    part(s, "F1")["hold_ma"] = 50


@mistake("U7", "does not reset the module")
def nothing_resets(s):
    move(s, "U7.RESET", to="power_good_delay")


@mistake("D1", "may be left out")
def clamp_left_out(s):
    part(s, "D1")["fitted"] = False


@mistake("board", "uA asleep, allowed are 32")
def thirsty_option(s):
    part(s, "S3")["asleep_ua"] = 2000


@mistake("U6", "TPS3840PL22DBVR does not cut off low at 2.7 V")
def supervisor_of_another_number(s):
    part(s, "U6", battery="li_ion")["part_number"] = "TPS3840PL22DBVR"


@mistake("cell", "the cell's way misses Q1.D")
def transistor_turned(s):
    move(s, "Q1.S", to="cell")
    move(s, "Q1.D", to="protected")


@mistake("battery", "the cell's way misses F1.2")
def fuse_bridged(s):
    move(s, "F1.2", to="protected")


@mistake("protected", "J6.VBAT is on the cell")
def modem_before_the_fuse(s):
    move(s, "J6.VBAT", to="protected")


@mistake("cell", "C1.1 is on the cell, before")
def capacitor_before_the_transistor(s):
    ends(s, "cell").append("C1.1")
    ends(s, "battery").remove("C1.1")


@mistake("Q1", "its gate does not lead to ground")
def gate_on_the_cell(s):
    move(s, "R9.2", to="cell")


@mistake("U6", "cuts off at 2.2 V, not 2.7")
def cut_off_of_another_chemistry(s):
    part(s, "U6", battery="li_ion")["cut_off_v"] = 2.2


@mistake("U6", "cuts off at None V")
def nothing_cuts_off(s):
    for row in s.parts["parts"]:
        row.pop("cut_off_v", None)


@mistake("U6", "does not switch the converter off")
def cut_off_tells_nobody(s):
    move(s, "U5.EN", to="battery")


@mistake("U6", "does not watch the battery")
def cut_off_watches_the_supply(s):
    move(s, "U6.VDD", to="supply")


@mistake("battery", "nothing clamps a surge")
def no_surge_clamp(s):
    remove_part(s, "D1")


@mistake("sensor_rx_wire", "J2.TX can be touched")
def no_spark_diode(s):
    ends(s, "sensor_rx_wire").remove("D2.D2")


@mistake("sensor_supply", "a supply without a capacitor")
def supply_without_capacitor(s):
    remove_part(s, "C6")


@mistake("U5", "promises 300 mA")
def weak_converter(s):
    part(s, "U5")["peak_ma"] = 300


@mistake("B3", "gives 230 mA")
def primary_cell_without_its_capacitor(s):
    part(s, "B3")["gives_ma"] = 230


@mistake("board", "uA asleep, allowed are 32")
def thirsty_converter(s):
    part(s, "U5")["asleep_ua"] = 55


@mistake("J2.VCC", "fed while the module sleeps")
def sensor_never_off(s):
    move(s, "J2.VCC", to="supply")


@mistake("sensor_power", "while the pin floats")
def sensor_on_while_the_pin_floats(s):
    remove_part(s, "R3")


@mistake("supply", "no test point")
def supply_without_test_point(s):
    remove_part(s, "TP3")


@mistake("U7", "resets below 1.6 V")
def reset_that_comes_too_late(s):
    part(s, "U7")["cut_off_v"] = 1.6
