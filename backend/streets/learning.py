"""Learn how fast traffic is from what drivers tapped."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from backend.store.overview import Organisation
from backend.store.streets import (
    DrivenStop,
    RoadSpeed,
    load_driven_stops,
    replace_learned_speeds,
)
from routing.roads import (
    COLLECTION_TRUCK,
    DrivenLeg,
    Place,
    RoadMap,
    StreetNetwork,
    learn_speed_factors,
)

# Traffic changes with the seasons and with road works; a month is enough to learn from.
LOOK_BACK = timedelta(days=35)


def learn_speeds(
    conn: Connection[Any], organisation: Organisation, roads: RoadMap
) -> list[RoadSpeed]:
    """Learn from the last weeks' taps, and write it in the place of what was known."""
    owner = organisation.organisation_id
    stops = load_driven_stops(conn, owner, since=organisation.now - LOOK_BACK)
    network = StreetNetwork(roads, COLLECTION_TRUCK)
    zone = ZoneInfo(organisation.time_zone)
    learned = [
        RoadSpeed(
            road_class=each.road_class,
            hour=each.hour,
            factor=each.factor,
            driven_s=each.driven_s,
            is_set=False,
        )
        for each in learn_speed_factors(list(_legs(stops, network, zone)))
    ]
    with conn.transaction():
        replace_learned_speeds(conn, owner, learned)
    return learned


def _legs(
    stops: Iterable[DrivenStop], network: StreetNetwork, zone: ZoneInfo
) -> Iterator[DrivenLeg]:
    """Yield the drives between one stop of a vehicle and its next on the same day."""
    for before, after in pairwise(stops):
        left_at = before.done_at.astimezone(zone)
        is_one_drive = (
            before.vehicle_id == after.vehicle_id
            and left_at.date() == after.done_at.astimezone(zone).date()
        )
        start = network.snap(before.lat_deg, before.lon_deg)
        end = network.snap(after.lat_deg, after.lon_deg)
        if not is_one_drive or not isinstance(start, Place):
            continue
        if not isinstance(end, Place):
            continue
        class_s = network.class_seconds(start, end)
        seconds = (after.done_at - before.done_at).total_seconds() - after.service_s
        whole_s = network.path(start, end).travel_s
        yield DrivenLeg(
            hour=left_at.hour,
            seconds=seconds,
            class_s=class_s,
            other_s=max(0.0, whole_s - sum(class_s.values())),
        )
