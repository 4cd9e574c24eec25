"""Which sensors planning may use."""

from dataclasses import replace

import numpy as np
import pytest

from routing.sensing import (
    Condition,
    Reason,
    TrustState,
    judge_readings,
    weigh_trust,
)
from tests.routing.sensing.bins import changed, sawtooth, say

GOOD = Condition(
    readings=240,
    echo_share=0.02,
    no_echo_share=0.01,
    stuck_share=0.0,
    clock_share=0.0,
    moved_share=0.0,
    gap_share=0.0,
    echo_heights_mm=(),
    empty_fill=0.02,
)


def condition_of(readings):
    (judgement,) = judge_readings([readings], from_h=[readings.measured_h[0]])
    return judgement.condition


def test_a_good_sensor_is_trusted_without_reasons():
    trust = weigh_trust(condition_of(say(*sawtooth(20))))
    assert trust.state is TrustState.TRUSTED
    assert trust.reasons == ()


def test_a_sensor_without_echoes_is_not_trusted():
    readings = say(*sawtooth(20))
    silent = np.random.default_rng(1).random(480) < 0.7
    trust = weigh_trust(condition_of(changed(readings, silent, np.nan)))
    assert trust.state is TrustState.NOT_TRUSTED
    assert Reason.NO_ECHO in trust.reasons


def test_a_sensor_that_sees_the_rim_half_of_the_time_is_not_trusted():
    at_h, _ = sawtooth(20)
    readings = say(at_h, np.linspace(0.0, 0.2, 480))
    sees_rim = np.arange(480) // 3 % 3 > 0
    trust = weigh_trust(condition_of(changed(readings, sees_rim, 620)))
    assert trust.state is not TrustState.TRUSTED
    assert trust.reasons == (Reason.ECHOES,)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (replace(GOOD, stuck_share=0.2), Reason.STUCK),
        (replace(GOOD, empty_fill=0.2), Reason.DRIFT),
        (replace(GOOD, clock_share=0.1), Reason.CLOCK),
        (replace(GOOD, moved_share=0.3), Reason.MOVED),
        (replace(GOOD, gap_share=0.6), Reason.GAPS),
        (replace(GOOD, readings=3), Reason.NEW),
    ],
)
def test_each_doubt_has_its_reason(condition, reason):
    trust = weigh_trust(condition)
    assert trust.state is TrustState.DOUBTFUL
    assert trust.reasons == (reason,)


def test_a_sensor_at_a_limit_does_not_flap():
    bad, better, good = (replace(GOOD, echo_share=x) for x in (0.52, 0.42, 0.05))
    assert weigh_trust(better).state is TrustState.DOUBTFUL
    trust = weigh_trust(bad)
    for _ in range(3):
        trust = weigh_trust(better, trust)
        assert trust.state is TrustState.NOT_TRUSTED
    assert weigh_trust(good, trust).state is TrustState.TRUSTED
