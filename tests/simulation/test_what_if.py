"""A question that makes no sense is refused in words that name the field."""

from dataclasses import asdict

import numpy as np
import pytest

from backend.simulation.bins import add_bins
from backend.simulation.what_if import (
    NewBin,
    SimulationError,
    WhatIf,
    parse_what_if,
)
from tests.simulation.bins import alike

NEW = NewBin(stream="residual", volume_l=660, lat_deg=60.17, lon_deg=24.94)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"depot_lat_deg": 60.0}, "depot_lon_deg"),
        ({"depot_lat_deg": 160.0, "depot_lon_deg": 24.0}, "lat_deg = 160"),
        ({"service_level": 1.0}, "service_level"),
        ({"service_level": 0.99, "overflow_weight": 2.0}, "not both"),
        ({"weekdays": (7,)}, "weekdays"),
        ({"days": 0}, "days"),
        ({"must_go_probability": 0.0}, "must_go_probability"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, what):
    with pytest.raises(SimulationError, match=what):
        WhatIf(**wrong)


def test_a_question_is_the_same_after_it_was_kept():
    asked = WhatIf(without_vehicles=(2,), more_bins=(NEW,), weekdays=(0, 3), days=7)

    assert parse_what_if(asdict(asked)) == asked
    assert asked.changes_anything
    assert not WhatIf(days=7, with_sensors=True).changes_anything


def test_a_new_bin_fills_as_those_of_its_stream_a_larger_one_slower():
    known = alike(3, per_day=np.array([0.1, 0.2, 0.9]))
    large = NewBin(stream="residual", volume_l=2640, lat_deg=60.17, lon_deg=24.94)

    more = add_bins(known, [NEW, large])

    assert more.per_day[3:] == pytest.approx([0.2, 0.1])
    assert more.slot_id.tolist() == [0, 1, 2, -1, -1]


def test_a_stream_of_which_nothing_is_known_is_refused():
    glass = NewBin(stream="glass", volume_l=660, lat_deg=60.17, lon_deg=24.94)

    with pytest.raises(SimulationError, match=r"glass.*residual"):
        add_bins(alike(1), [glass])
