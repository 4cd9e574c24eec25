"""What a bin is provisioned with for its battery is what its firmware takes."""

import re

import pytest

from backend.firmware.settings import SETTINGS
from hardware.budget.assumptions import load, worse
from hardware.budget.curve import at
from hardware.design.placed import FOLDER
from tests.hardware.spoiling import SOURCES, part

KNOWN = {each.name: each for each in SETTINGS}
BATTERIES = SOURCES.board["batteries"]


@pytest.mark.parametrize("battery", BATTERIES)
def test_a_batterys_settings_are_within_the_firmwares_limits(battery):
    for name, value in BATTERIES[battery]["settings"].items():
        assert KNOWN[name].least <= value <= KNOWN[name].most


def test_a_bin_that_is_told_nothing_has_a_li_ion_cell():
    told = BATTERIES["li_ion"]["settings"]

    assert told == {name: KNOWN[name].default for name in told}


@pytest.mark.parametrize("battery", BATTERIES)
def test_a_warning_comes_before_the_radio_ends_and_that_before_the_cut_off(battery):
    facts = BATTERIES[battery]
    cut_off_mv = facts["cut_off_v"] * 1000

    radio_min_mv, low_mv = (
        facts["settings"][name] for name in ("radio_min_mv", "battery_low_mv")
    )
    assert cut_off_mv < radio_min_mv < low_mv


@pytest.mark.parametrize("battery", BATTERIES)
def test_at_the_radios_least_volts_a_typical_burst_at_minus_20_does_not_cut_off(
    battery,
):
    assumed = load()
    cell = assumed.batteries[battery]
    peak_a = assumed.boards["esp32"].peak_ma / 1000
    peak_w = peak_a * assumed.supply.out_v / assumed.supply.efficiency_awake
    left = next(
        left for left, volts in finely(cell.rest_v) if volts >= cell.radio_min_v
    )

    burst_v = cell.peak_v(left, temperature_c=-20, peak_w=peak_w)

    assert burst_v > load(worse).batteries[battery].cut_off_v


def finely(curve):
    """Follow a curve by thousandths."""
    return ((each / 1000, at(curve, each / 1000)) for each in range(1001))


@pytest.mark.parametrize("battery", BATTERIES)
def test_what_a_cells_own_electronics_take_is_what_the_budget_says(battery):
    cell = part(SOURCES, BATTERIES[battery]["cell"])

    beside_ua = load().batteries[battery].beside_ua
    assert beside_ua == cell.get("asleep_ua", 0.0)


@pytest.mark.parametrize("page", ["README.md", "guides/flashing.md"])
def test_the_pages_have_each_batterys_settings(page):
    text = (FOLDER / page).read_text("utf-8")

    for facts in BATTERIES.values():
        low_mv, radio_min_mv = facts["settings"].values()
        assert re.search(rf"\b{low_mv}\b[^0-9\n]*\b{radio_min_mv}\b", text)
