"""What a bin is provisioned with for its battery is what its firmware takes."""

import pytest

from backend.firmware.settings import SETTINGS
from tests.hardware.spoiling import SOURCES

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
def test_radio_ends_before_the_cut_off_and_a_warning_comes_before_that(battery):
    facts = BATTERIES[battery]
    cut_off_mv = facts["cut_off_v"] * 1000

    radio_min_mv, low_mv = (
        facts["settings"][name] for name in ("radio_min_mv", "battery_low_mv")
    )
    assert cut_off_mv < radio_min_mv < low_mv
