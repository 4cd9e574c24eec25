"""The rests that the drivers still have before them."""

from backend.planning.horizon import ServiceDay
from backend.planning.under_way import LONG_REST, VehicleDay
from backend.store.planning import Vehicle
from routing.solver import Break, DrivingRule, Rest

LONG_REST_S = int(LONG_REST.total_seconds())
MAX_DRIVING_S = 16_200
# Who may drive less than this before he must rest had better rest first.
LITTLE_DRIVING_S = 3_600


def state_rest(vehicle: Vehicle, day: VehicleDay, *, service_day: ServiceDay) -> Rest:
    """State the break that is still to come, and how far the driver may drive.

    What he drove before today's plan was made anew counts. The solver counts from the
    departure, so its allowance is what is left of his, after later rests as well: on
    the safe side, and rarely felt where streets are short.
    """
    free_s = service_day.second(day.free_at)
    if not vehicle.is_under_driving_rule:
        return Rest(breaks=_lunch(vehicle, day, service_day))
    left_s = max(0, MAX_DRIVING_S - day.driven_s)
    if left_s < LITTLE_DRIVING_S:
        rest_s = max(LONG_REST_S, vehicle.break_s)
        soon = Break(earliest_s=free_s, latest_s=free_s + left_s, length_s=rest_s)
        return Rest(breaks=(soon,), driving=DrivingRule())
    rule = DrivingRule(max_driving_s=left_s, rest_s=LONG_REST_S)
    return Rest(breaks=_lunch(vehicle, day, service_day), driving=rule)


def _lunch(
    vehicle: Vehicle, day: VehicleDay, service_day: ServiceDay
) -> tuple[Break, ...]:
    if vehicle.break_earliest_local is None or vehicle.break_latest_local is None:
        return ()
    earliest_s = service_day.seconds(vehicle.break_earliest_local)
    latest_s = service_day.seconds(vehicle.break_latest_local)
    if day.is_out:
        if _has_had_lunch(vehicle, day, service_day, earliest_s=earliest_s):
            return ()
        earliest_s = max(earliest_s, service_day.second(day.free_at))
    # Whose window is over had his break, though he did not say so.
    if earliest_s > latest_s:
        return ()
    return (Break(earliest_s=earliest_s, latest_s=latest_s, length_s=vehicle.break_s),)


def _has_had_lunch(
    vehicle: Vehicle, day: VehicleDay, service_day: ServiceDay, *, earliest_s: int
) -> bool:
    return any(
        service_day.second(each.depart_at) >= earliest_s + vehicle.break_s
        and (each.depart_at - each.arrive_at).total_seconds() >= vehicle.break_s
        for each in day.rests
    )
