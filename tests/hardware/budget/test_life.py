from itertools import islice

import pytest

from hardware.budget.life import COLD, EMPTY, OLD, WEAK, live, live_anywhen, step
from hardware.budget.supply import Supply
from tests.hardware.budget.making import battery, climate, draw

YEARLY = (-10.0, *[25.0] * 11)  # a cold January
GIVES_HALF_IN_THE_COLD = [(-10.0, 0.5), (25.0, 1.0)]


def years(of=None, *, first=0, weather=None, **changes):
    return live(
        of or draw(), battery(**changes), weather or climate(), first=first
    ).years


def test_without_losses_it_is_capacity_by_charge_of_a_day():
    # 30.4375 days a month of 1 mAh: 39 whole months of 1,200 mAh.
    life = live(draw(), battery(), climate(), first=0)

    assert (life.years, life.ended_by) == (39 / 12, EMPTY)


def test_a_year_worked_by_hand():
    of = draw(
        awake_mah=2.0,
        asleep_ua=20.0,
        supply=Supply(out_v=3.3, efficiency_awake=0.8, efficiency_asleep=0.5),
    )
    lossy = battery(capacity_mah=2400, self_discharge=0.12, fade=0.05)

    states = list(islice(step(of, lossy, climate(), first=0), 12))

    # A day: 2 / 0.8 and 20 uA x 24 h / 0.5; a month loses a hundredth of what it holds.
    taken_mah = (2.5 + 0.96) * 30.4375
    used_mah, capacity_mah = 0.0, 2400.0
    for month in range(1, 13):
        used_mah += (capacity_mah - used_mah) * 0.01 + taken_mah
        capacity_mah = 2400 * (1 - 0.05 * (month / 12) ** 0.5)
    assert states[-1].used_mah == pytest.approx(used_mah)
    assert states[-1].capacity_mah == pytest.approx(2280)


def test_what_is_used_is_what_was_drawn_and_what_was_lost():
    of, months = draw(awake_mah=1.5), 24
    kept = list(islice(step(of, battery(), climate(), first=0), months))
    lossy = battery(self_discharge=0.05)
    lost = list(islice(step(of, lossy, climate(), first=0), months))

    assert kept[-1].used_mah == pytest.approx(1.5 * 365.25 * 2)
    assert lost[-1].used_mah > kept[-1].used_mah


@pytest.mark.parametrize("first", [0, 6])
def test_it_ends_in_the_winter_that_it_cannot_serve(first):
    life = live(
        draw(),
        battery(given=GIVES_HALF_IN_THE_COLD),
        climate(YEARLY),
        first=first,
    )

    assert life.ended_by == COLD
    # 600 mAh are gone after 19.7 months: the first January after that is the last.
    assert (first + round(life.years * 12)) % 12 == 0
    assert 19 < life.years * 12 < 32


def test_too_much_resistance_ends_it_though_it_has_charge():
    life = live(
        draw(peak_ma=500),
        battery(
            rest_v=[(0.0, 3.0), (1.0, 4.0)],
            resistance_ohm=[(0.0, 1.0)],
            radio_min_v=2.5,
            cut_off_v=2.9,
        ),
        climate(),
        first=0,
    )

    assert life.ended_by == WEAK
    assert life.lowest_v >= 2.9


def test_below_the_least_voltage_of_the_radio_it_is_empty():
    life = live(
        draw(),
        battery(rest_v=[(0.0, 2.7), (1.0, 3.7)], radio_min_v=3.2),
        climate(),
        first=0,
    )

    assert life.ended_by == EMPTY
    assert life.years < years()


def test_nothing_lasts_longer_than_it_may():
    life = live(draw(awake_mah=0.01), battery(longest_years=10), climate(), first=3)

    assert (life.years, life.ended_by) == (10, OLD)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({}, {"of": draw(asleep_ua=20)}),
        ({}, {"of": draw(awake_mah=1.3)}),
        ({}, {"capacity_mah": 1000.0}),
        ({}, {"self_discharge": 0.05}),
        ({}, {"fade": 0.1}),
        (
            {"given": GIVES_HALF_IN_THE_COLD},
            {"given": GIVES_HALF_IN_THE_COLD, "weather": climate((-10.0,) * 12)},
        ),
        (
            {"self_discharge": 0.05},
            {"self_discharge": 0.05, "weather": climate((40.0,) * 12)},
        ),
        ({"fade": 0.1}, {"fade": 0.1, "weather": climate((45.0,) * 12)}),
        (
            {"of": draw(asleep_ua=20)},
            {"of": draw(asleep_ua=20), "weather": climate((50.0,) * 12)},
        ),
    ],
    ids=[
        "more sleep current",
        "more charge a day",
        "less capacity",
        "more self-discharge",
        "more fade",
        "colder",
        "hotter, losing charge",
        "hotter, ageing",
        "hotter, leaking",
    ],
)
def test_worse_is_shorter(more, less):
    assert years(**less) < years(**more)


def test_a_battery_is_fitted_in_any_month():
    lives = live_anywhen(draw(), battery(given=GIVES_HALF_IN_THE_COLD), climate(YEARLY))

    assert len({life.years for life in lives.each}) > 6
    assert lives.shortest.years < lives.mean_years < max(x.years for x in lives.each)
