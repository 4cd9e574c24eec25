"""The plan: which vehicle does what when, what is left out and why, what it costs."""

from dataclasses import dataclass
from enum import StrEnum


class StepKind(StrEnum):
    """What happens at a step of a run."""

    DEPART = "depart"
    PICKUP = "pickup"
    TIP = "tip"
    RETURN = "return"


class UnservedReason(StrEnum):
    """Why a stop is in no run."""

    NO_COMPARTMENT = "no vehicle takes the stream"
    NO_FACILITY = "no facility takes the stream"
    TOO_LARGE = "more litres than any compartment holds"
    TOO_HEAVY = "more kilograms than any vehicle carries"
    OUT_OF_REACH = "no vehicle can empty it, tip and be home within its shift"
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
        Row of the problem's matrices.
    arrive_s, start_s, depart_s
        When the vehicle arrives, begins the work, and goes on; the depot's departure
        arrives and starts when it departs.
    wait_s
        ``start_s - arrive_s``.
    leg_distance_m, leg_travel_s
        The drive that led here, 0 at the departure.
    load_l
        Litres on board afterwards, one number for each stream.
    load_kg
        Kilograms on board afterwards.
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
    load_kg: float


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
class Unserved:
    """A stop that is in no run, and why."""

    stop: int
    reason: UnservedReason


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanCost:
    """What the plan costs, in cents, by cause."""

    distance_cents: float
    time_cents: float
    fixed_cents: float
    tip_cents: float
    prizes_left_cents: float

    @property
    def total_cents(self) -> float:
        """Return the sum that the solver made small."""
        return (
            self.distance_cents
            + self.time_cents
            + self.fixed_cents
            + self.tip_cents
            + self.prizes_left_cents
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SolverFacts:
    """How the plan was found."""

    name: str
    seconds: float
    iterations: int
    seed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The decision for one service day."""

    runs: tuple[Run, ...]
    unserved: tuple[Unserved, ...]
    cost: PlanCost
    solver: SolverFacts
