"""The operator's own bins, lived through under other terms."""

from dataclasses import replace

import pytest

from backend.planning.horizon import to_hours
from backend.planning.inputs import PlanningError
from backend.simulation.own import load_aim, load_terms, simulate_own
from backend.simulation.result import Aim
from backend.simulation.what_if import NewBin, SimulationError, WhatIf
from backend.store.collection_rules import set_service_level
from backend.store.founding import found_vehicles
from backend.store.overview import load_organisation
from tests.services.city import MORNING, TRUCK
from tests.services.readings import report_rise

SHORT = WhatIf(days=1, seeds=1)


@pytest.fixture
def simulate(connection, busy_city, city_settings):
    """Simulate the busy city: eight bins, two trucks."""
    connection.execute("UPDATE slot SET service_s = 120")

    def simulate(asked: WhatIf):
        return simulate_own(connection, city_settings, asked, tell=lambda *_: None)

    return simulate


def figures(answer):
    return {each.name: (each.before, each.after) for each in answer.differences}


def test_nothing_asked_is_nothing_changed_and_a_curve_around_today(simulate):
    answer = simulate(replace(SHORT, days=4))

    assert all(before == after for before, after in figures(answer).values())
    assert answer.bins == 8
    assert answer.roads == "streets"
    assert answer.aim_today == answer.aim_then == Aim(overflow_weight=1.0)
    assert answer.aim_today in [each.aim for each in answer.curve]
    pickups = {each.aim.service_level: each.figures.pickups for each in answer.curve}
    # Between two neighbouring levels luck may decide, not over the whole curve.
    assert pickups[0.999] >= pickups[0.95]
    assert max(pickups.values()) > min(pickups.values())


def test_bins_that_nobody_comes_for_any_more_stay_full(connection, simulate, busy_city):
    glass = replace(TRUCK, name="Glass truck", compartment_l={"glass": 2000})
    found_vehicles(connection, 1, [glass])

    answer = simulate(replace(SHORT, without_vehicles=(1, 2)))

    assert figures(answer)["pickups"][1] == 0
    assert figures(answer)["service_pct"][1] == 0
    assert answer.bins == 8
    assert answer.notes == ["nobody collects residual: 8 bins stay full"]


def test_from_another_depot_more_bins_are_collected_too(simulate):
    new = NewBin(
        stream="residual", volume_l=660, lat_deg=60.1672, lon_deg=24.9440,
        fill_per_day=0.9,
    )  # fmt: skip
    at_the_hall = replace(SHORT, depot_lat_deg=60.17665, depot_lon_deg=24.94175)

    answer = simulate(replace(at_the_hall, more_bins=(new,)))

    assert answer.bins == 9
    assert figures(answer)["pickups"][1] > figures(answer)["pickups"][0]


def test_the_operators_own_service_level_is_todays(
    connection, small_city, city_settings
):
    before = load_aim(connection, city_settings, 1)
    set_service_level(connection, 1, 0.99)

    assert before == Aim(overflow_weight=1.0)
    assert load_aim(connection, city_settings, 1) == Aim(service_level=0.99)


def test_a_bin_that_was_watched_is_in_less_doubt(connection, small_city, city_settings):
    report_rise(
        connection, small_city["T-2"], until=MORNING, hours=72, from_fill=0.1,
        to_fill=0.7,
    )  # fmt: skip
    organisation = load_organisation(connection)
    assert organisation is not None

    terms, start_h = load_terms(connection, city_settings, organisation)

    strange, watched, _ = terms.bins.doubt
    assert 0.2 < watched < strange == 0.6
    assert terms.bins.has_sensor.tolist() == [False, True, False]
    assert terms.bins.per_day[1] == pytest.approx(0.2, rel=0.4)
    # The week counts from the local midnight to come.
    assert start_h == to_hours(MORNING.replace(hour=22, minute=0))


def test_terms_that_cannot_be_are_refused(simulate):
    with pytest.raises(SimulationError, match="no vehicle 99"):
        simulate(replace(SHORT, without_vehicles=(99,)))
    with pytest.raises(SimulationError, match="without any vehicle"):
        simulate(replace(SHORT, without_vehicles=(1, 2)))


def test_an_operator_without_bins_is_told_what_to_do(connection, city_settings):
    with pytest.raises(PlanningError, match="ullage import bins"):
        simulate_own(connection, city_settings, SHORT, tell=lambda *_: None)
