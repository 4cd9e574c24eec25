"""The plan: which vehicle does what when, what is left out and why, what it costs."""

from dataclasses import dataclass, fields
from enum import StrEnum


class StepKind(StrEnum):
    """What happens at a step of a run."""

    DEPART = "depart"
    PICKUP = "pickup"
    TIP = "tip"
    BREAK = "break"
    RETURN = "return"


class UnservedReason(StrEnum):
    """Why a stop is in no run."""

    NO_VEHICLE = "no vehicle has the skills, the access or the permission to come"
    NO_COMPARTMENT = "no vehicle takes the stream"
    NO_FACILITY = "no facility takes the stream"
    TOO_LARGE = "more litres or containers than any compartment holds"
    TOO_HEAVY = "more kilograms than any vehicle carries"
    OUT_OF_REACH = "no vehicle can empty it, tip and be home within its shift"
    LOCK_BROKEN = "the locked beginning of its run breaks a rule"
    ALTERNATIVE_SERVED = "another stop of its alternative is emptied"
    BEFORE_UNSERVED = "the stop that must be emptied before it is not"
    NO_ROOM = "mandatory, but no run had room or time left"
    NOT_WORTH_IT = "optional, and adding it costs more than its prize or does not fit"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One halt of a run.

    Parameters
    ----------
    kind
        What happens here.
    location
        Row of the problem's ways. A break has the location of the halt that comes
        after it: the vehicle is on its way there, or waits there.
    arrive_s, start_s, depart_s
        When the vehicle arrives, begins the work, and goes on; the depot's departure
        arrives and starts when it departs. A break is the time from start to depart.
    wait_s
        ``start_s - arrive_s``.
    leg_travel_s
        Seconds driven since the step before, 0 at the departure. A break on the way
        parts a leg in two.
    leg_distance_m
        The drive that led here from the last halt, 0 at the departure and at breaks.
    load_l, load_kg, load_containers
        On board afterwards, one number for each stream.
    """

    kind: StepKind
    location: int
    arrive_s: int
    start_s: int
    depart_s: int
    wait_s: int
    leg_distance_m: int
    leg_travel_s: int
    load_l: tuple[float, ...]
    load_kg: tuple[float, ...]
    load_containers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One vehicle's day, from depart to return."""

    vehicle: int
    steps: tuple[Step, ...]

    @property
    def distance_m(self) -> int:
        """Return the metres driven."""
        return sum(step.leg_distance_m for step in self.steps)

    @property
    def duration_s(self) -> int:
        """Return the seconds from departure to return."""
        return self.steps[-1].arrive_s - self.steps[0].depart_s


@dataclass(frozen=True, kw_only=True, slots=True)
class Relaxation:
    """The cheapest way to make room for a stop that no run could hold.

    Parameters
    ----------
    limit
        Which limit would have to give way, named as its column in the problem
        (``shift_end_s``, ``capacity_kg``, ``latest_s`` …).
    amount
        By how much, in the unit of that column.
    vehicle
        Who would then come.
    cents
        What the plan would cost more, the price of the stop's own work included.
    """

    limit: str
    amount: float
    vehicle: int
    cents: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Unserved:
    """A stop that is in no run, and why."""

    stop: int
    reason: UnservedReason
    relaxation: Relaxation | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanCost:
    """What the plan costs, in cents, by cause.

    Parameters
    ----------
    distance_cents, time_cents, fixed_cents
        Kilometres, hours from departure to return, vehicles that have a run.
    overtime_cents, balance_cents
        Hours after the end of the shift; hours above a run's fair share.
    tip_cents, tonnage_cents
        Tips, and what was tipped.
    moved_cents, foreign_cents
        Stops that another vehicle was to do; stops outside the vehicle's territory.
    prizes_left_cents
        Prizes of what is unserved; of an alternative, once, if none of it is served.
    """

    distance_cents: float = 0.0
    time_cents: float = 0.0
    fixed_cents: float = 0.0
    overtime_cents: float = 0.0
    balance_cents: float = 0.0
    tip_cents: float = 0.0
    tonnage_cents: float = 0.0
    moved_cents: float = 0.0
    foreign_cents: float = 0.0
    prizes_left_cents: float = 0.0

    @property
    def total_cents(self) -> float:
        """Return the sum that the solver made small."""
        return float(sum(getattr(self, each.name) for each in fields(self)))


@dataclass(frozen=True, kw_only=True, slots=True)
class SolverFacts:
    """How the plan was found.

    `bound_cents` is a cost below which no plan of the problem can be.
    """

    name: str
    seconds: float
    iterations: int
    seed: int
    bound_cents: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The decision for one service day."""

    runs: tuple[Run, ...]
    unserved: tuple[Unserved, ...]
    cost: PlanCost
    solver: SolverFacts
