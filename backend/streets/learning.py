"""Learn how fast traffic is from what drivers tapped."""

from collections.abc import Iterator, Sequence
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
    stops: Sequence[DrivenStop], network: StreetNetwork, zone: ZoneInfo
) -> Iterator[DrivenLeg]:
    """Yield the drives between one stop of a vehicle and its next on the same day."""
    places = [network.snap(each.lat_deg, each.lon_deg) for each in stops]
    for (before, start), (after, end) in pairwise(zip(stops, places, strict=True)):
        if not isinstance(start, Place) or not isinstance(end, Place):
            continue
        if not _is_one_drive(before, after, zone):
            continue
        class_s, other_s = network.time_by_class(start, end)
        seconds = (after.done_at - before.done_at).total_seconds() - after.service_s
        yield DrivenLeg(
            hour=before.done_at.astimezone(zone).hour,
            seconds=seconds,
            class_s=class_s,
            other_s=other_s,
        )


def _is_one_drive(before: DrivenStop, after: DrivenStop, zone: ZoneInfo) -> bool:
    left, reached = (each.done_at.astimezone(zone).date() for each in (before, after))
    return before.vehicle_id == after.vehicle_id and left == reached
