"""The street that the demo has shut: seen for some days, and in nobody's way."""

from datetime import timedelta

import pytest

from backend.closures.on_map import locate_new
from backend.demo.found import CITIES, begin_today, found_city, plan_city
from backend.demo.places import ROAD_WORKS_AT
from backend.store.founding import set_clock
from backend.store.overview import load_organisation
from backend.store.streets import load_closures_to_come
from backend.streets import find_road_map
from routing.roads import (
    NOTHING_SPECIAL,
    PROFILES,
    Closure,
    Conditions,
    FleetNetwork,
    Unreachable,
)
from tests.services.city import MORNING


@pytest.fixture
def demo(connection):
    city = plan_city(begin_today(MORNING))
    found_city(connection, city)
    set_clock(connection, shown_at=city.begins_at, speed=1.0)
    return city


def test_it_lasts_some_days_and_says_that_it_is_made_up(connection, demo):
    organisation = load_organisation(connection)
    assert organisation is not None

    (closure,) = load_closures_to_come(connection, organisation)

    assert closure.from_at is not None
    assert closure.to_at is not None
    assert closure.from_at < demo.begins_at
    assert timedelta(days=3) < closure.to_at - demo.begins_at < timedelta(days=8)
    assert "made up" in closure.reason
    assert locate_new(closure, organisation, CITIES).street == "Annankatu"


@pytest.mark.parametrize("profile", PROFILES)
def test_it_strands_no_bin(profile):
    roads = find_road_map(CITIES, "helsinki")
    assert roads is not None
    closures = (Closure(at=ROAD_WORKS_AT),)
    open_, shut = (
        FleetNetwork(roads, [PROFILES[profile]], conditions=conditions)
        for conditions in (NOTHING_SPECIAL, Conditions(closures=closures))
    )

    sites = [each.site for each in plan_city(begin_today(MORNING)).sites]

    assert stranded(shut, sites) == stranded(open_, sites)


def stranded(network, sites) -> set[str]:
    return {
        each.name
        for each in sites
        if isinstance(network.snap(each.lat_deg, each.lon_deg), Unreachable)
    }
