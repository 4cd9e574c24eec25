import pytest

from hardware.budget.assumptions import list_spans, load, worse
from hardware.budget.climate import Climate
from hardware.budget.lasting import Budget, Choice
from hardware.budget.metered import RADIO, find_day, load_days
from hardware.budget.names import UnknownNameError
from hardware.budget.tolerance import weigh

USUAL = load_days()["6 reports a day"]


def test_a_number_is_typical_or_at_its_worse_end():
    cells = [load(choose).batteries["li_ion"] for choose in (lambda _: False, worse)]

    assert cells[0].capacity_mah > cells[1].capacity_mah
    assert cells[0].given[0][1] > cells[1].given[0][1]
    assert cells[0].rest_v == cells[1].rest_v


def test_one_number_is_made_worse_alone():
    path = "batteries.li_ion.fade"
    changed = load(path.__eq__)

    assert path in list_spans()
    assert changed.batteries["li_ion"].fade == load(worse).batteries["li_ion"].fade
    assert changed.batteries["lifepo4"] == load().batteries["lifepo4"]


@pytest.mark.parametrize("assumptions", [load(), load(worse)], ids=["typical", "worse"])
def test_batteries_get_no_better_by_cold_or_by_use(assumptions):
    for battery in assumptions.batteries.values():
        volts = [v for _, v in battery.rest_v]
        given = [share for _, share in battery.given]
        ohms = [ohm for _, ohm in battery.resistance_ohm]
        assert volts == sorted(volts)
        assert given == sorted(given)
        assert ohms == sorted(ohms, reverse=True)
        for curve in (battery.rest_v, battery.given, battery.resistance_ohm):
            assert [x for x, _ in curve] == sorted(x for x, _ in curve)


def test_what_differs_on_a_board_is_a_phase_that_is_metered():
    metered = {phase.name for day in load_days().values() for phase in day.phases}

    for board in load().boards.values():
        assert set(board.factors) <= metered | set(RADIO)


@pytest.mark.parametrize("battery", load().batteries)
def test_where_winters_are_hard_no_battery_lasts_longer(battery):
    budget = Budget()
    cold, mild = (
        budget.answer(USUAL, Choice(battery=battery, climate=climate))
        for climate in ("cold", "mild")
    )

    assert cold.typical_years <= mild.typical_years
    assert cold.low_years < mild.low_years


def test_what_is_worse_costs_years_and_never_gives_any():
    tolerance = weigh(USUAL, Choice())

    assert all(cost.years >= 0 for cost in tolerance.costs)
    assert tolerance.costs[0].years > 0.2
    dearest = tolerance.typical_years - tolerance.costs[0].years
    answer = Budget().answer(USUAL, Choice())
    assert answer.low_years < tolerance.likely_low_years < dearest
    assert answer.typical_years == tolerance.typical_years


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(board="esp8266"), "board 'esp8266' not understood: one of esp32, esp"),
        (Choice(battery="aa"), "battery 'aa' not understood: one of li_ion, "),
        (Choice(climate="moon"), "climate 'moon' not understood: one of cold, mild"),
    ],
)
def test_who_asks_for_what_there_is_not_hears_what_there_is(choice, said):
    with pytest.raises(UnknownNameError, match=said):
        Budget().answer(USUAL, choice)


def test_a_day_that_was_not_metered_is_refused():
    with pytest.raises(UnknownNameError, match="day 'lazy' not understood"):
        find_day(load_days(), "lazy")


def test_a_year_has_twelve_months():
    with pytest.raises(ValueError, match="11 months"):
        Climate(name="", title="", means_c=[0.0] * 11, sun_k=0, coldest_below_k=0)
