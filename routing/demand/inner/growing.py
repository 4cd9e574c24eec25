"""What the hours of one slot tell: a smooth fill, its level, and its growth."""

from pathlib import Path

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)

_FULL = 0.97  # as far as a sensor can tell
_SOME_H = 6.0


@compiled
def smooth(grid: FloatArray, cycle: IntArray, least: int) -> FloatArray:
    """(k,) centred median of nine hours, within a cycle, of at least so many fills."""
    count = len(grid)
    smoothed = np.full(count, np.nan)
    near = np.empty(10)
    start = 0
    while start < count:
        end = start + 1
        while end < count and cycle[end] == cycle[start]:
            end += 1
        found = 0
        for coming in range(start, end + 4):
            # The window's fills are kept in order: one comes, one goes.
            if coming < end and grid[coming] == grid[coming]:
                place = found
                while place > 0 and near[place - 1] > grid[coming]:
                    near[place] = near[place - 1]
                    place -= 1
                near[place] = grid[coming]
                found += 1
            gone = coming - 9
            if gone >= start and grid[gone] == grid[gone]:
                place = 0
                while near[place] != grid[gone]:
                    place += 1
                found -= 1
                while place < found:
                    near[place] = near[place + 1]
                    place += 1
            if coming - 4 >= start and found >= least:
                middle = (near[(found - 1) // 2] + near[found // 2]) / 2
                smoothed[coming - 4] = middle
        start = end
    return smoothed


@compiled
def level_of_last_hours(
    grid: FloatArray, cycle: IntArray, width: int, furthest: int, first: int
) -> FloatArray:
    """(k,) median of the hours up to the last one that has a fill, within a cycle.

    NaN before the first hour asked for, and where the last fill is too far back.
    """
    count = len(grid)
    levels = np.full(count, np.nan)
    near = np.empty(width)
    last = -1
    level = np.nan
    for hour in range(max(first - furthest, 0), count):
        if last >= 0 and (cycle[hour] != cycle[last] or hour - last > furthest):
            last = -1
        if grid[hour] == grid[hour]:
            last = hour
            found = 0
            for other in range(max(0, hour - width + 1), hour + 1):
                value = grid[other]
                if value == value and cycle[other] == cycle[hour]:
                    place = found
                    while place > 0 and near[place - 1] > value:
                        near[place] = near[place - 1]
                        place -= 1
                    near[place] = value
                    found += 1
            level = (near[(found - 1) // 2] + near[found // 2]) / 2
        if last >= 0:
            levels[hour] = level
    return levels


@compiled
def climb(
    smoothed: FloatArray, cycle: IntArray, emptied: FloatArray, is_sparse: bool
) -> tuple[FloatArray, FloatArray]:
    """(k,) gained, and watched hours, up to each: rises of a cycle's running maximum.

    After an emptying a slot that seldom reports has risen from empty.
    """
    count = len(smoothed)
    gained, watched = np.zeros(count), np.zeros(count)
    highest, last = np.nan, -1
    gain_sum, watched_sum = 0.0, 0.0
    for hour in range(count):
        fill = smoothed[hour]
        if fill == fill:
            if last < 0 or cycle[hour] != cycle[last]:
                if is_sparse and cycle[hour] > 0:
                    gain_sum += fill
                    watched_sum += max(hour + 0.5 - emptied[cycle[hour] - 1], 1.0)
                highest = fill
            else:
                if hour - last < 48:
                    watched_sum += hour - last
                    gain_sum += max(fill - highest, 0.0)
                highest = max(fill, highest)
            last = hour
        gained[hour], watched[hour] = gain_sum, watched_sum
    return gained, watched


@compiled
def spread_growth(
    grid: FloatArray,
    smoothed: FloatArray,
    cycle: IntArray,
    emptied: FloatArray,
    first_hour: int,
    is_sparse: bool,
    flat_h: float,
    is_special: BoolArray,
) -> tuple[FloatArray, FloatArray, FloatArray, float, FloatArray, float]:
    """Fit a fill that never falls in a cycle; spread its growth over the hours.

    Nothing is seen before the first fill of a cycle and after the last, where medians
    are flat, for so many hours at both ends, and of a bin that is full.

    Returns
    -------
    gained, watched
        (168,) by local hour of the week.
    daily
        (d, 3) days ago, gained, and hours watched, for each day back from the last hour
        that was watched for some hours.
    misfit
        Root mean square of what falls.
    special_watched, special_gained
        (168,) hours watched, and all that was gained, in special hours, which the
        others leave out.
    """
    count = len(smoothed)
    hours = np.empty(count, np.int64)
    found = 0
    for hour in range(count):
        if smoothed[hour] == smoothed[hour]:
            hours[found] = hour
            found += 1
    rising, size = np.empty(found), np.empty(found, np.int64)
    rise_in, seen_in = np.zeros(count), np.zeros(count)
    off = 0.0
    start = 0
    while start < found:
        end = start + 1
        while end < found and cycle[hours[end]] == cycle[hours[start]]:
            end += 1
        coming = end
        while start < end and grid[hours[start]] != grid[hours[start]]:
            start += 1
        while start < end and grid[hours[end - 1]] != grid[hours[end - 1]]:
            end -= 1
        if start == end:
            start = coming
            continue
        first, final = hours[start] + flat_h, hours[end - 1] - flat_h
        # Pool adjacent violators (Barlow et al. 1972).
        blocks = 0
        for i in range(start, end):
            rising[start + blocks], size[start + blocks] = smoothed[hours[i]], 1
            blocks += 1
            while (
                blocks > 1 and rising[start + blocks - 2] > rising[start + blocks - 1]
            ):
                a, b = start + blocks - 2, start + blocks - 1
                total = size[a] + size[b]
                rising[a] = (rising[a] * size[a] + rising[b] * size[b]) / total
                size[a] = total
                blocks -= 1
        before, last = 0.0, -1.0
        number = cycle[hours[start]]
        if is_sparse and number > 0:
            last = emptied[number - 1]
        i = start
        for block in range(start, start + blocks):
            for _ in range(size[block]):
                hour = hours[i]
                off += (smoothed[hour] - rising[block]) ** 2
                if last >= 0 and hour - last <= 336:
                    begun = min(int(np.floor(last)) + 1, hour)
                    elapsed = hour - begun + 1.0
                    rise = max(rising[block] - before, 0.0)
                    is_open = before < _FULL
                    for each in range(max(begun, 0), hour + 1):
                        if not is_open:
                            continue
                        rise_in[each] += rise / elapsed
                        # An hour ends where its number says.
                        seen_in[each] = 1.0
                        if i > start:
                            seen = min(each - first, final - each + 1.0)
                            seen_in[each] = min(max(seen, 0.0), 1.0)
                before, last = rising[block], float(hour)
                i += 1
        start = coming
    gained, watched = np.zeros(168), np.zeros(168)
    special_watched, special_gained = np.zeros(168), 0.0
    daily = np.empty((count // 24 + 1, 3))
    days = 0
    rise, seen = 0.0, 0.0
    for hour in range(count):
        of_week = (first_hour + hour) % 168
        if is_special[hour]:
            special_watched[of_week] += seen_in[hour]
            special_gained += rise_in[hour]
        else:
            gained[of_week] += rise_in[hour]
            watched[of_week] += seen_in[hour]
        rise += rise_in[hour]
        seen += seen_in[hour]
        if (count - 1 - hour) % 24 == 0:
            if seen >= _SOME_H:
                daily[days, 0] = (count - 1 - hour) / 24
                daily[days, 1], daily[days, 2] = rise, seen
                days += 1
            rise, seen = 0.0, 0.0
    misfit = np.sqrt(off / max(found, 1))
    return (
        gained,
        watched,
        daily[:days],
        misfit,
        special_watched,
        special_gained,
    )
