"""Mistakes in cables, sheets and purchasing."""

from tests.hardware.planting import mistake
from tests.hardware.spoiling import part


@mistake("W1", "two wires of one colour")
def two_wires_of_a_colour(s):
    s.board["cables"]["W1"]["wires"][3][1] = "YE"


@mistake("W2", "0.05 mm2 for a cell")
def thin_battery_cable(s):
    s.board["cables"]["W2"]["mm2"] = 0.05


@mistake("F1", "on 0 sheets")
def on_no_sheet(s):
    s.board["sheets"]["power"].remove("F1")


@mistake("U5", "on 2 sheets")
def on_two_sheets(s):
    s.board["sheets"]["sensors"].append("U5")


@mistake("W1", "RX is no TX")
def wires_crossed(s):
    wires = s.board["cables"]["W1"]["wires"]
    wires[2][2], wires[3][2] = "TX", "RX"


@mistake("W2", "PLUS is no MINUS")
def cell_reversed_in_its_cable(s):
    wires = s.board["cables"]["W2"]["wires"]
    wires[0][2], wires[1][2] = "MINUS", "PLUS"


@mistake("W1", "ground is black")
def ground_is_red(s):
    s.board["cables"]["W1"]["wires"][1][1] = "RD"


@mistake("W1", "supply is red")
def supply_is_blue(s):
    s.board["cables"]["W1"]["wires"][0][1] = "BU"


@mistake("W4", "no wire at SCL")
def wire_missing(s):
    s.board["cables"]["W4"]["wires"].pop()


@mistake("W4", "one of them does not exist")
def wire_to_nowhere(s):
    s.board["cables"]["W4"]["wires"][2][2] = "SDI"


@mistake("W1", "two wires at one pin")
def two_wires_at_a_pin(s):
    s.board["cables"]["W1"]["wires"].append(["VCC", "RD", "VCC"])


@mistake("S1", "no cable leads to it")
def no_cable(s):
    del s.board["cables"]["W1"]


@mistake("W1", "of which one is not there")
def cable_of_what_is_not_there(s):
    s.board["cables"]["W1"]["ends"] = ["J2", "S9"]


@mistake("U3", "no manufacturer's part number")
def no_part_number(s):
    part(s, "U3")["part_number"] = ""


@mistake("U3", "no second source")
def no_second_source(s):
    part(s, "U3")["alternates"] = []


@mistake("U3", "its lifecycle is 'not for new designs'")
def obsolete(s):
    part(s, "U3")["lifecycle"] = "not for new designs"


@mistake("U3", "does not fall with the quantity")
def dearer_by_the_thousand(s):
    part(s, "U3")["price_eur"] = [1.0, 0.8, 0.9]


@mistake("U3", "nobody says where its price is from")
def price_from_nowhere(s):
    part(s, "U3")["price_source"] = ""


@mistake("U3", "no footprint")
def no_footprint(s):
    part(s, "U3")["footprint"] = ""


@mistake("U99", "on a sheet, and nowhere else")
def sheet_of_nothing(s):
    s.board["sheets"]["power"].append("U99")


@mistake("U3", "nobody says what it is, or why")
def no_reason(s):
    part(s, "U3")["why"] = ""


@mistake("U6", "lacks: none; without a pin: 5")
def pin_without_a_pad(s):
    del part(s, "U6", battery="li_ion")["pins"]["CT"]
    del part(s, "U6", battery="li_ion")["partners"]


@mistake("U3", "lacks: 7; without a pin: 6")
def pad_that_the_footprint_has_not(s):
    part(s, "U3")["pins"]["SDA"] = "7 io"


@mistake("J2", "lacks: none; without a pin: 5")
def plug_of_another_width(s):
    part(s, "J2")["footprint"] = "Connector_JST:JST_XH_B5B-XH-A_1x05_P2.50mm_Vertical"


@mistake("D1", "how many pads has Own:Clamp?")
def footprint_of_nobody(s):
    part(s, "D1")["footprint"] = "Own:Clamp"
