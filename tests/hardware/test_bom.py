"""What a device costs: each part once, and the box of its battery."""

import tomllib

import pytest

from hardware.bom.lines import list_lines, sum_eur
from hardware.bom.write import render, write_csv
from hardware.design.parts import QUANTITIES
from hardware.design.placed import FOLDER, every_device, place
from tests.hardware.spoiling import SOURCES, part, spoilt

BOX = tomllib.loads((FOLDER / "mechanics.toml").read_text("utf-8"))
MOST_AT_100_EUR = 35.0


def lines(sources=SOURCES, module="esp32", battery="li_ion"):
    return list_lines(place(sources, module=module, battery=battery), BOX)


@pytest.mark.parametrize("module", SOURCES.board["modules"])
def test_a_device_with_an_18650_is_complete_for_35_eur_when_100_are_made(module):
    assert sum_eur(lines(module=module), 100) <= MOST_AT_100_EUR


@pytest.mark.parametrize(
    "device", list(every_device(SOURCES)), ids=lambda each: each.name
)
def test_every_part_is_in_the_bill_once_and_no_copper_is(device):
    listed = [name for line in list_lines(device, BOX) for name in line.references]

    bought = {name for name, each in device.parts.items() if not each.is_copper}
    assert len(listed) == len(set(listed))
    assert bought <= set(listed)
    assert "TP1" not in listed


def test_a_part_number_is_one_line_however_many_reasons_it_has():
    pull_ups = next(line for line in lines() if "R4" in line.references)

    assert pull_ups.references == ("R4", "R5", "R6", "R15", "R9")
    assert pull_ups.quantity == 5


def test_the_sum_is_of_what_every_device_has():
    dearer = spoilt()
    part(dearer, "S3")["price_eur"] = [1000, 1000, 1000]
    more = spoilt()
    part(more, "U3")["price_eur"] = [10.55, 5.33, 3.3]

    assert sum_eur(lines(dearer), 100) == sum_eur(lines(), 100)
    assert sum_eur(lines(more), 100) == pytest.approx(sum_eur(lines(), 100) + 5.0)


def test_a_d_cell_comes_with_its_box_and_a_wall_with_its_mount():
    device = place(SOURCES, module="esp32", battery="li_socl2")
    small = {line.part_number for line in lines()}
    large = {line.part_number for line in list_lines(device, BOX)}
    wall = {line.what for line in list_lines(device, BOX, mount="wall")}

    assert "cell_18650/body" in small - large
    assert "cell_d/body" in large - small
    assert any("wall" in what for what in wall)


def test_the_bill_says_what_one_of_a_hundred_costs_and_why_a_part_is_there(tmp_path):
    device = place(SOURCES, module="esp32", battery="li_ion")
    listed = list_lines(device, BOX)

    text = render(device, listed)
    write_csv(listed, tmp_path / "bom.csv")

    assert f"| when 100 are made | {sum_eur(listed, 100):.2f} |" in text
    assert device.parts["Q1"].why in text
    assert (tmp_path / "bom.csv").read_text("utf-8").count("\n") == len(listed) + 1


def test_the_readme_says_what_the_bill_does():
    cost_eur = sum_eur(lines(), 100)

    readme = (FOLDER.parent / "README.md").read_text("utf-8")
    assert f"({cost_eur:.1f} EUR at a hundred, mostly estimates)" in readme


TITLES = {"esp32": "ESP32", "esp32c3": "ESP32-C3"}


@pytest.mark.parametrize("device", list(every_device(SOURCES)), ids=lambda d: d.name)
def test_the_hardwares_page_has_the_cost_of_each_device(device):
    listed = list_lines(device, BOX)
    costs = " | ".join(f"{sum_eur(listed, each):.2f}" for each in QUANTITIES)

    page = (FOLDER / "README.md").read_text("utf-8")
    assert f"| {TITLES[device.module]}, {device.battery.name} | {costs} |" in page
