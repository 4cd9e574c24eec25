"""Readings flow, and whoever carries them is killed: none lost, none doubled.

The short form of `scripts/bench faults`, which kills a thousand times.
"""

import pytest

from benchmarks.faults.run import run_full_disk, run_kills
from benchmarks.faults.small_disk import NoSmallDiskError

KILLS = 50
SEED = 7
# The goal of a thousand kills is 5 %; a few unlucky ones weigh more among fifty.
RESENT_PCT = 10


@pytest.mark.timeout(240)
def test_no_reading_is_lost_or_doubled_whoever_is_killed():
    outcome = run_kills(KILLS, SEED)

    verdict = outcome.verdict
    assert outcome.is_finished
    assert (verdict.lost, verdict.doubled, verdict.wrong, verdict.gaps) == (0, 0, 0, 0)
    assert verdict.resent_pct <= RESENT_PCT
    assert min(outcome.faults.values()) >= KILLS // 4 - 1
    assert verdict.made > 10 * KILLS


def test_a_full_disk_stops_all_acks_and_costs_no_reading():
    try:
        outcome = run_full_disk(1)
    except NoSmallDiskError as error:
        pytest.skip(str(error))

    verdict = outcome.verdict
    assert outcome.is_finished
    assert (verdict.lost, verdict.doubled, verdict.wrong, verdict.gaps) == (0, 0, 0, 0)
