"""What is on board, step by step, for the trying of all plans."""

from dataclasses import dataclass, replace

from routing.solver.model import Problem

HAIR = 1e-6


@dataclass(frozen=True)
class Cargo:
    """On board, one number for each stream."""

    home_accepts: tuple[bool, ...]
    litres: tuple[float, ...]
    kilograms: tuple[float, ...]
    containers: tuple[int, ...]

    @property
    def is_fit_for_home(self) -> bool:
        return all(
            is_accepted or not any(self.of(stream))
            for stream, is_accepted in enumerate(self.home_accepts)
        )

    def of(self, stream: int) -> tuple[float, float, int]:
        return self.litres[stream], self.kilograms[stream], self.containers[stream]

    def put(self, stream: int, litres, kilograms, containers) -> "Cargo":
        return replace(
            self,
            litres=put(self.litres, stream, litres),
            kilograms=put(self.kilograms, stream, kilograms),
            containers=put(self.containers, stream, containers),
        )


def put(row, index: int, value):
    return (*row[:index], value, *row[index + 1 :])


def start_cargo(problem: Problem, v: int) -> Cargo:
    fleet = problem.vehicles
    return Cargo(
        tuple(fleet.home_accepts[v].tolist()),
        tuple(fleet.aboard_l[v].tolist()),
        tuple(fleet.aboard_kg[v].tolist()),
        tuple(fleet.aboard_containers[v].tolist()),
    )


def pick_up(problem: Problem, v: int, cargo: Cargo, stop: int) -> Cargo | None:
    """None: it does not fit."""
    stops, fleet, stream = problem.stops, problem.vehicles, problem.stops.stream[stop]
    litres, kilograms, containers = cargo.of(stream)
    later = cargo.put(
        int(stream),
        litres + float(stops.demand_l[stop]),
        kilograms + float(stops.mass_kg[stop]),
        containers + int(stops.containers[stop]),
    )
    does_fit = (
        later.litres[stream] <= fleet.capacity_l[v, stream] + HAIR
        and sum(later.kilograms) <= fleet.capacity_kg[v] + HAIR
        and sum(later.containers) <= fleet.capacity_containers[v]
    )
    return later if does_fit else None


def tip(
    problem: Problem, cargo: Cargo, facility: int, *, is_locked: bool
) -> tuple[Cargo | None, float]:
    """Cargo afterwards and cents; None: nothing to tip, and nobody demands it."""
    sites, cents = problem.facilities, float(problem.facilities.tip_cents[facility])
    taken = [s for s in range(len(problem.streams)) if sites.accepts[facility, s]]
    if not is_locked and not any(any(cargo.of(stream)) for stream in taken):
        return None, 0.0
    later = cargo
    for stream in taken:
        per_tonne = float(sites.cents_per_tonne[facility, stream])
        cents += cargo.kilograms[stream] / 1000 * per_tonne
        later = later.put(stream, 0.0, 0.0, 0)
    return later, cents
