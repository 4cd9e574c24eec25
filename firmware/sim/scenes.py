"""What an ultrasonic sensor sees in a bin, wake after wake, wild echoes and all.

Host code, never on a device. The numbers describe hourly readings of 38 sensors in
glass banks over a year; 15 of them had 6 % or more wild readings, 10 % on average:
more than 8 cm (or 8 % of the depth) off the median of the nine hours around them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

# How deep wild readings lie: their share in each tenth of the depth, from the sensor
# down. Most come from fixed things: the rim of the hatch, welds, a hanging bag.
WILD_PERMILLE = (3, 32, 6, 24, 124, 216, 148, 118, 113, 103, 88, 19, 6)
# After a wild reading the next is wild with 0.39 after an hour, 0.30 after two, 0.24
# after four, 0.15 after eight; of six in a row none to six are wild in 70, 14, 9, 4,
# 2, 1 and 0.2 of a hundred. So a bin is quiet, or disturbed for hours. Simulated and
# judged in the same way this gives 0.39, 0.31, 0.23, 0.14; 71, 14, 8, 4, 2, 1, 0.2.
QUIET_WILD, DISTURBED_WILD = 0.01, 0.6
STAYS = 0.94  # from one wake of 15 minutes to the next
TELLS_FALSE_ECHO = 0.8  # two wild readings in a row are within 2 cm with 0.6
SILENT = 0.01
# Of 13 sensors that are hardly ever wild the distance shrinks by more than 2, 4, 6, 10,
# 15 % of the depth within three hours in 15, 8, 3, 0.5, 0.1 of a hundred cases, and
# they are emptied every 15 days. This gives 15, 8, 4, 0.7, 0.1, and 15 days.
THROWN_IN = 1 / 30  # of the wakes
THROWN_IN_SIZE = 0.024  # of the depth, in the mean
SCATTER_MM = 8  # of good pings on loose glass, one standard deviation


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One wake: where the surface is, and what pings would say, without end."""

    depth_mm: int
    distance_mm: int
    is_emptied: bool
    chance: random.Random = field(repr=False)
    wild_share: float
    false_echo_mm: int

    def pings(self) -> Iterator[int]:
        """Say one distance after the other; 0: silence."""
        while True:
            yield self._ping()

    def _ping(self) -> int:
        chance = self.chance
        if chance.random() < SILENT:
            return 0
        if chance.random() >= self.wild_share:
            return round(chance.gauss(self.distance_mm, SCATTER_MM))
        if chance.random() < TELLS_FALSE_ECHO:
            return round(chance.gauss(self.false_echo_mm, SCATTER_MM))
        return _wild_mm(self.depth_mm, chance)


def bin_scenes(
    seed: int, *, wakes: int, wild_share: float = 0.1, is_bursty: bool = True
) -> Iterator[Scene]:
    """Live through the wakes of one bin that fills and is emptied."""
    chance = random.Random(seed)
    depth_mm = chance.randint(780, 1380)
    distance_mm = depth_mm
    share, false_echo_mm = 0.0, 0
    for wake in range(wakes):
        if wake == 0 or chance.random() >= STAYS:
            share = _draw_share(wild_share, chance) if is_bursty else wild_share
            false_echo_mm = _wild_mm(depth_mm, chance)
        if chance.random() < THROWN_IN:
            distance_mm -= round(chance.expovariate(1 / (depth_mm * THROWN_IN_SIZE)))
        is_emptied = distance_mm < depth_mm // 8
        if is_emptied:
            distance_mm = depth_mm
        yield Scene(
            depth_mm=depth_mm,
            distance_mm=distance_mm,
            is_emptied=is_emptied,
            chance=chance,
            wild_share=share,
            false_echo_mm=false_echo_mm,
        )


def _draw_share(mean: float, chance: random.Random) -> float:
    disturbed = (mean - QUIET_WILD) / (DISTURBED_WILD - QUIET_WILD)
    return DISTURBED_WILD if chance.random() < disturbed else QUIET_WILD


def _wild_mm(depth_mm: int, chance: random.Random) -> int:
    tenth = chance.choices(range(len(WILD_PERMILLE)), WILD_PERMILLE)[0]
    return round((tenth + chance.random()) * depth_mm / 10)
