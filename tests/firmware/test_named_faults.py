"""Each thing that is known to go wrong, once, before the real gateway and database.

The short form of the faults and the long run of `scripts/bench firmware`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults.installation import Installation, installed
from benchmarks.faults.run import scratch
from benchmarks.firmware.faults import name_faults, suffer
from benchmarks.firmware.long_run import live


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Path, Installation]]:
    with scratch() as folder, installed(folder) as installation:
        yield folder, installation


@pytest.mark.timeout(180)
def test_every_named_fault_costs_no_record_and_no_night(place, tmp_path):
    _, installation = place
    faults = name_faults()

    suffered = suffer(tmp_path, installation, faults)

    assert len(faults) >= 25
    assert [each for each in suffered if not each.has_recovered] == []


@pytest.mark.timeout(180)
def test_bins_live_for_days_with_a_day_without_wifi(place, tmp_path):
    _, installation = place

    lived = live(tmp_path, installation, bins=2, days=2, outage_days=1)

    assert (lived.missing, lived.doubled, lived.given_up) == (0, 0, 0)
    assert (lived.unwell, lived.said) == (0, "")
    assert lived.made > 2 * 2 * 96
