"""Looking some days ahead: which area on which day."""

from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from routing.demand import QUANTILES, Basis, SlotForecast
from routing.selection import (
    LATER,
    Ground,
    Outlook,
    look_ahead,
    outlook_of,
    value_of_sensors,
)
from routing.selection.search import search_days

CHANCE_H = np.array([5.0, 29.0, 53.0, 77.0, 101.0])
STAKE = 200.0


def ground(km_from_depot, *, room_l=10_000.0) -> Ground:
    """Bins on a line; a kilometre costs a euro, emptying two."""
    place = np.append(0.0, km_from_depot)
    cents = 100.0 * np.abs(place[:, None] - place[None, :])
    return Ground(
        way_cents=cents,
        home_cents=cents[1:, 0].copy(),
        visit_cents=np.full(len(km_from_depot), 200.0),
        trip_cents=500.0,
        volume_l=np.full(len(km_from_depot), 1000.0),
        room_l=room_l,
    )


def outlook(fill_now, rate_per_day) -> Outlook:
    """Everything comes evenly, and everybody knows it."""
    fill_now, rate = np.array(fill_now), np.array(rate_per_day)
    fill = fill_now[:, None] + rate[:, None] * CHANCE_H / 24
    full_h = np.maximum(fill - 1.0, 0.0) / rate[:, None] * 24
    return Outlook(
        chance_h=CHANCE_H,
        fill=np.minimum(fill, 1.0),
        full_h=np.minimum(full_h, CHANCE_H),
        fill_now=fill_now,
        deviation=np.zeros(len(rate)),
        rate_per_day=rate,
        dispersion=np.full(len(rate), 0.01),
    )


def looked(view, where, stake=STAKE, **options):
    return look_ahead(
        view,
        ground(where, **options),
        overflow_cents_per_h=np.full(len(view), stake),
        iterations=200,
        seed=1,
    )


def test_a_bin_that_is_about_to_overflow_is_worth_its_drive_today():
    ahead = looked(outlook([0.98, 0.1], [0.3, 0.01]), [10.0, 40.0])

    assert ahead.chance.tolist() == [0, LATER]
    assert ahead.prize_cents[0] > 2 * 1000
    assert ahead.prize_cents[1] == 0


def test_a_bin_with_days_of_room_is_left():
    ahead = looked(outlook([0.2], [0.05]), [10.0])

    assert ahead.chance[0] == LATER
    assert ahead.prize_cents[0] < 2 * 1000


def test_a_bin_beside_one_that_must_be_emptied_comes_along():
    alone = looked(outlook([0.7], [0.1]), [30.0])
    beside = looked(outlook([0.7, 0.98], [0.1, 0.3]), [30.0, 30.2])

    assert alone.chance[0] != 0
    assert beside.chance.tolist() == [0, 0]


@pytest.mark.parametrize(("stake", "is_left"), [(STAKE, True), (100 * STAKE, False)])
def test_a_nearly_empty_bin_beside_the_way_is_left_unless_its_risk_costs_more_than_it(
    stake, is_left
):
    view = outlook([0.98, 0.1], [0.3, 0.05])
    full_h = view.full_h + np.array([[0.0], [0.2]]) * np.arange(5)
    ahead = looked(replace(view, full_h=full_h), [30.0, 30.0], stake=stake)

    assert (ahead.prize_cents[1] == 0) == is_left


def test_a_bin_whose_area_is_visited_tomorrow_anyway_is_left_today():
    # Its neighbours are full tomorrow; today nobody else needs anything there.
    ahead = looked(outlook([0.8, 0.62, 0.62], [0.2, 0.3, 0.3]), [30.0, 30.1, 30.2])

    assert ahead.chance[0] == ahead.chance[1] == ahead.chance[2] > 0
    assert ahead.prize_cents.tolist() == [0.0, 0.0, 0.0]


def test_no_trip_of_the_plan_is_fuller_than_a_vehicle():
    view, room_l = outlook([0.95] * 7, [0.4] * 7), 2500.0
    place = ground(np.linspace(5, 6, 7), room_l=room_l)
    load = np.ascontiguousarray(view.fill[:, :2] * 1000.0)

    trips, lengths, day = search_days(
        place.way_cents,
        place.home_cents,
        place.trip_cents,
        np.tile([9000.0, 0.0, 0.0, 9000.0], (7, 1)),
        load,
        room_l,
        np.argsort(place.way_cents[1:, 1:], axis=1),
        3,
        200,
        50.0,
        1,
    )

    taken = [trips[r, : lengths[r]].tolist() for r in range(len(trips))]
    assert sorted(chain.from_iterable(taken)) == list(range(7))
    for r, slots in enumerate(taken):
        assert load[slots, day[r]].sum() <= room_l


def test_overflow_that_costs_more_is_worth_more():
    view = outlook([0.9], [0.2])

    dear, cheap = (looked(view, [10.0], stake).prize_cents[0] for stake in (800, 100))

    assert dear > cheap


def test_the_same_question_has_the_same_answer():
    view = outlook([0.9, 0.5, 0.7], [0.2, 0.3, 0.1])

    first, second = (looked(view, [10.0, 12.0, 30.0]) for _ in range(2))

    assert first.prize_cents.tolist() == second.prize_cents.tolist()


FORECAST = SlotForecast(
    slot_id=1,
    fill_fraction=0.8,
    fill_deviation=0.0,
    rate_per_day=0.24,
    emptied_h=None,
    horizon_h=np.array([0.0, 10.0, 20.0, 30.0]),
    fill_quantiles=np.tile([0.8, 0.9, 1.0, 1.1], (len(QUANTILES), 1)),
    overflow_probability=np.array([0.0, 0.0, 0.5, 1.0]),
    full_h=None,
    trust=1.0,
    basis=Basis.SENSOR,
)


def test_hours_of_overflow_are_the_integral_of_its_probability():
    view = outlook_of([FORECAST], chance_h=np.array([10.0, 20.0, 30.0]))

    assert view.full_h[0] == pytest.approx([0.0, 2.5, 10.0])
    assert view.fill[0] == pytest.approx([0.9, 1.0, 1.0])


def test_a_chance_beyond_the_forecast_is_refused():
    with pytest.raises(ValueError, match="chance_h = 31"):
        outlook_of([FORECAST], chance_h=np.array([31.0]))


def test_a_slot_that_is_known_better_is_dispersed_less():
    wide = replace(
        FORECAST, fill_quantiles=FORECAST.fill_quantiles + np.linspace(0, 1, 7)[:, None]
    )
    view = outlook_of([FORECAST, wide], chance_h=np.array([10.0, 20.0]))

    assert view.dispersion[0] < view.dispersion[1]


def test_a_sensor_pays_most_where_least_is_known_and_most_comes():
    worth = value_of_sensors(
        np.array([0.1, 0.1, 0.005]),
        np.array([0.04, 0.04, 0.04]),
        rate_doubt=np.array([0.1, 0.8, 0.1]),
        visit_cents=np.full(3, 1000.0),
        overflow_cents_per_h=np.full(3, 200.0),
    )

    assert worth[1] > worth[0] > worth[2] >= 0
