"""From a sensor's pings to one distance that can be believed.

Wild echoes come in bursts of hours, in which most pings tell the same wrong distance
(`sim/scenes.py`). So a majority does not decide, but the pings that agree best, and
first those that still see the surface where it was reported last.
"""

from collections import namedtuple

from micropython import const

from binnode.payload import NO_ECHO, NOISY

# What loose material scatters, on top of the sensor's own tolerance.
_LOOSE_MM = const(8)
_LOOSE_PERMILLE = const(17)

# Pings that see the surface where it was: so many it takes, and so much they outweigh
# others. What ten of eleven pings see is believed at once, whatever was before; once in
# a while (`is_fresh_look`) what three of four see: no echo is believed for ever.
_KNOWN_PINGS = const(2)
_KNOWN_WEIGHT = const(10)
_FRESH_WEIGHT = const(3)
_FRESH_REPORTS = const(24)

# What is reported next shall be right; what only fills the time between may cost less.
_PINGS_QUICK = const(5)
_PINGS_BETWEEN = const(2)
_PINGS = const(9)
_PINGS_MOST = const(33)

# What a sensor's datasheet says: where it sees, how exactly, how soon after power-on,
# and how long a ping may take.
Limits = namedtuple(
    "Limits",
    (
        "nearest_mm",
        "farthest_mm",
        "tolerance_mm",
        "tolerance_permille",
        "warm_up_ms",
        "ping_ms",
    ),
)

Distance = namedtuple("Distance", ("distance_mm", "echo_count", "flags"))


def find_distance(ping_mm, has_time, limits, *, known_mm, is_fresh, is_between=False):
    """Ping as often as it takes, while there is time, and say what is believed.

    Parameters
    ----------
    ping_mm, has_time
        Functions: makes a ping; tells whether there is time for one more.
    known_mm, is_fresh
        As for `summarise`.
    is_between
        Whether this wake reports only if something happened.
    """
    pings_mm: list[int] = []
    distance = Distance(0, 0, NO_ECHO)
    quick = wanted = _PINGS_BETWEEN if is_between else _PINGS_QUICK
    while len(pings_mm) < wanted and has_time():
        pings_mm.append(ping_mm())
        if len(pings_mm) >= quick:
            distance = summarise(pings_mm, limits, known_mm, is_fresh=is_fresh)
            wanted = count_wanted(distance, len(pings_mm), limits, known_mm)
    return distance


def summarise(
    pings_mm: list[int], limits: Limits, known_mm: int = 0, *, is_fresh: bool = False
) -> Distance:
    """Take the middle of the pings that agree best, and count those that agree with it.

    Parameters
    ----------
    pings_mm
        One for each ping made, whatever the sensor said; 0: nothing.
    known_mm
        Where the surface was reported last; 0: nobody knows.
    is_fresh
        Whether to hold less to that than usual.
    """
    usable = sorted(p for p in pings_mm if limits.nearest_mm <= p <= limits.farthest_mm)
    if not usable:
        return Distance(0, 0, NO_ECHO)
    chosen = _densest(usable, limits)
    if known_mm:
        weight = _FRESH_WEIGHT if is_fresh else _KNOWN_WEIGHT
        chosen = _find_known(chosen, usable, limits, known_mm, weight)
    middle_mm = _settle(_middle(chosen), usable, limits)
    within_mm = _agreement_mm(middle_mm, limits)
    echo_count = len(_within(middle_mm, within_mm, usable))
    flags = NOISY if echo_count * 2 < len(pings_mm) else 0
    return Distance(middle_mm, echo_count, flags)


def count_wanted(
    distance: Distance, made: int, limits: Limits, known_mm: int = 0
) -> int:
    """Tell how many pings it takes: few if all is as it was, many in doubt."""
    if distance.flags & NO_ECHO:
        return _PINGS
    if known_mm:
        away_mm: int = abs(distance.distance_mm - known_mm)
        if away_mm > 2 * _agreement_mm(known_mm, limits):
            return _PINGS_MOST
        if distance.echo_count == made:
            return made
    return _PINGS if distance.echo_count * 4 >= made * 3 else _PINGS_MOST


def is_fresh_look(wakes: int, report_every: int) -> bool:
    """Tell whether this wake holds less to what is known: one in a day or so."""
    return wakes % (report_every * _FRESH_REPORTS) == 0


def _find_known(
    most: list[int], usable: list[int], limits: Limits, known_mm: int, weight: int
) -> list[int]:
    """Prefer fewer pings that see the surface where it was, the closer the sooner."""
    within_mm = _agreement_mm(known_mm, limits) // 2
    for _ in range(4):
        kept = _densest(_within(known_mm, within_mm, usable), limits)
        if len(kept) >= _KNOWN_PINGS and len(kept) * weight >= len(most):
            return kept
        within_mm *= 2
    return _find_deeper(most, usable, limits)


def _find_deeper(most: list[int], usable: list[int], limits: Limits) -> list[int]:
    """Choose between echoes at new places: an emptied bin jumps, and that is down."""
    if len(most) * 4 >= len(usable) * 3:
        return most
    deeper = _densest([p for p in usable if p > most[-1]], limits)
    return deeper if len(deeper) * 3 >= len(most) else most


def _densest(ordered_mm: list[int], limits: Limits) -> list[int]:
    """Find the most pings of which one could be the middle of all."""
    best_from, best_to, first = 0, 0, 0
    for last, ping_mm in enumerate(ordered_mm):
        while ping_mm - ordered_mm[first] > 2 * _agreement_mm(ping_mm, limits):
            first += 1
        if last - first > best_to - best_from:
            best_from, best_to = first, last
    return ordered_mm[best_from : best_to + 1]


def _settle(middle_mm: int, usable: list[int], limits: Limits) -> int:
    """Take the middle of the pings close around: what was chosen may be cut off."""
    return _middle(_within(middle_mm, _agreement_mm(middle_mm, limits) // 2, usable))


def _within(place_mm: int, within_mm: int, usable: list[int]) -> list[int]:
    return [p for p in usable if abs(p - place_mm) <= within_mm]


def _middle(ordered_mm: list[int]) -> int:
    return ordered_mm[len(ordered_mm) // 2]


def _agreement_mm(distance_mm: int, limits: Limits) -> int:
    permille: int = _LOOSE_PERMILLE + limits.tolerance_permille
    own_mm: int = _LOOSE_MM + limits.tolerance_mm
    return own_mm + distance_mm * permille // 1000
