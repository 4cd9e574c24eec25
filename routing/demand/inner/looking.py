"""What the hours of one slot tell: a smooth fill, its growth, and how it looks now."""

from pathlib import Path

import numpy as np

from routing.arrays import BoolArray, FloatArray, IntArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)

FEATURES = (
    *("horizon_h", "level", "seasonal", "rate", "rate_2d", "rate_7d"),
    *("slower_9h", "slower_15h", "since_emptied_h", "rise_24h", "rise_72h"),
    *("spread_24h", "below_peak", "hour", "familiar", "at_echo", "low_24h", "high_24h"),
    *("off_echo", "last", "weekday"),
)
"""Columns of what `look` returns; fills and rises as fractions, rates per hour."""


@compiled
def smooth(grid: FloatArray, cycle: IntArray, least: int) -> FloatArray:
    """(k,) centred median of nine hours, within a cycle, of at least so many fills."""
    count = len(grid)
    smoothed = np.full(count, np.nan)
    near = np.empty(9)
    for hour in range(count):
        found = 0
        for other in range(max(0, hour - 4), min(count, hour + 5)):
            value = grid[other]
            if value == value and cycle[other] == cycle[hour]:
                place = found
                while place > 0 and near[place - 1] > value:
                    near[place] = near[place - 1]
                    place -= 1
                near[place] = value
                found += 1
        if found >= least:
            smoothed[hour] = (near[(found - 1) // 2] + near[found // 2]) / 2
    return smoothed


@compiled
def level_of_last_hours(
    grid: FloatArray, cycle: IntArray, width: int, furthest: int
) -> FloatArray:
    """(k,) median of the hours up to the last one that has a fill, within a cycle."""
    count = len(grid)
    levels = np.full(count, np.nan)
    near = np.empty(width)
    last = -1
    level = np.nan
    for hour in range(count):
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
    smoothed: FloatArray,
    cycle: IntArray,
    emptied: FloatArray,
    first_hour: int,
    is_sparse: bool,
    is_special: BoolArray,
) -> tuple[FloatArray, FloatArray, FloatArray, float, FloatArray, float]:
    """Fit a fill that never falls in a cycle; spread its growth over the hours.

    Returns
    -------
    gained, watched
        (168,) by local hour of the week.
    daily
        (d,) gained in each whole day that was watched.
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
                    for each in range(max(begun, 0), hour + 1):
                        rise_in[each] += max(rising[block] - before, 0.0) / elapsed
                        seen_in[each] = 1.0
                before, last = rising[block], float(hour)
                i += 1
        start = end
    gained, watched = np.zeros(168), np.zeros(168)
    special_watched, special_gained = np.zeros(168), 0.0
    daily = np.empty(count // 24 + 1)
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
        if hour % 24 == 23:
            if seen > 23.5:
                daily[days] = rise
                days += 1
            rise, seen = 0.0, 0.0
    misfit = np.sqrt(off / max(found, 1))
    return gained, watched, daily[:days], misfit, special_watched, special_gained


@compiled
def look(
    grid: FloatArray,
    cycle: IntArray,
    emptied: FloatArray,
    levels: FloatArray,
    slower: FloatArray,
    slowest: FloatArray,
    smoothed: FloatArray,
    gained: FloatArray,
    watched: FloatArray,
    first_hour: int,
    origins: IntArray,
    horizons: IntArray,
) -> FloatArray:
    """(m, t, 21) what can be seen at hours, no later: `FEATURES` for each horizon."""
    seen = np.full((len(origins), len(horizons), 21), np.nan)
    counts, day = np.empty(140), np.empty(24)
    rise, hours = np.empty(168), np.empty(168)
    for m in range(len(origins)):
        now = origins[m]
        level = levels[now]
        settled = now - 4
        from_hour = max(now - 1344 + 1, 0)
        base_gain, base_watched = 0.0, 0.0
        if settled - 1344 >= 0:
            base_gain = gained[settled - 1344]
            base_watched = watched[settled - 1344]
        all_gain = gained[max(settled, 0)] - base_gain
        all_watched = watched[max(settled, 0)] - base_watched
        rate = (all_gain + 48 * 0.003) / (all_watched + 48)
        recent = np.full(2, np.nan)
        for j in range(2):
            span = 48 if j == 0 else 168
            before = settled - span
            gain, hour_count = 0.0, 0.0
            if before >= 0:
                gain, hour_count = gained[before], watched[before]
            gain = gained[max(settled, 0)] - gain
            hour_count = watched[max(settled, 0)] - hour_count
            recent[j] = gain / max(hour_count, 1.0)
        number = cycle[now]
        since = 1440.0
        if number > 0:
            since = min(now - np.floor(emptied[number - 1]), 1440.0)
        peak = np.nan
        for hour in range(max(from_hour, now - int(since) + 1), settled + 1):
            fill = smoothed[hour]
            if fill == fill and cycle[hour] == number and not peak >= fill:
                peak = fill
        # An echo from a fixed height is a fill that is met far too often.
        counts[:] = 0.0
        total = 0
        for hour in range(from_hour, now + 1):
            fill = grid[hour]
            if fill == fill:
                counts[min(max(int(100 * fill + 10.5), 0), 139)] += 1
                total += 1
        echo, most = 25, -1.0
        for cell in range(25, 135):
            here = counts[cell - 1] + counts[cell] + counts[cell + 1]
            if here > most:
                echo, most = cell, here
        echo_fill = (echo - 10) / 100
        cell = 2
        if level == level:
            cell = min(max(int(100 * level + 10.5), 2), 137)
        familiar = 0.0
        for other in range(cell - 2, cell + 3):
            familiar += counts[other] / max(total, 1)
        found, at_echo, last = 0, 0, np.nan
        others, off = np.empty(5), 0
        for hour in range(now, max(-1, now - 48), -1):
            if cycle[hour] != number:
                break
            fill = grid[hour]
            if fill == fill:
                if now - hour < 24:
                    if found == 0:
                        last = fill
                    day[found] = fill
                    found += 1
                    if abs(fill - echo_fill) <= 0.02:
                        at_echo += 1
                if off < 5 and abs(fill - echo_fill) > 0.02:
                    others[off] = fill
                    off += 1
        low, high, spread, share = np.nan, np.nan, np.nan, np.nan
        if found > 0:
            ordered = np.sort(day[:found])
            low = ordered[int(0.2 * (found - 1) + 0.5)] - level
            high = ordered[int(0.8 * (found - 1) + 0.5)] - level
            share = at_echo / found
            if found > 2:
                spread = (
                    ordered[int(0.9 * (found - 1) + 0.5)]
                    - ordered[int(0.1 * (found - 1) + 0.5)]
                )
        off_echo = np.nan
        if off > 0:
            off_echo = np.median(others[:off]) - level
        rise_24h, rise_72h = np.nan, np.nan
        if now >= 24 and cycle[now - 24] == number:
            rise_24h = level - levels[now - 24]
        if now >= 72 and cycle[now - 72] == number:
            rise_72h = level - levels[now - 72]
        rise[:] = 0.0
        hours[:] = 0.0
        for hour in range(max(settled - 1344, 1), settled):
            if watched[hour] > watched[hour - 1]:
                of_week = (first_hour + hour) % 168
                rise[of_week] += gained[hour] - gained[hour - 1]
                hours[of_week] += watched[hour] - watched[hour - 1]
        passed, seasonal = 0, 0.0
        for t in range(len(horizons)):
            while passed < horizons[t]:
                passed += 1
                of_week = (first_hour + now + passed) % 168
                seasonal += (rise[of_week] + 8 * rate) / (hours[of_week] + 8)
            row = seen[m, t]
            row[0], row[1], row[2], row[3] = horizons[t], level, seasonal, rate
            row[4], row[5] = recent[0], recent[1]
            row[6], row[7] = slower[now] - level, slowest[now] - level
            row[8], row[9], row[10] = since, rise_24h, rise_72h
            row[11], row[12] = spread, peak - level
            row[13] = (first_hour + now) % 24
            row[14], row[15], row[16], row[17] = familiar, share, low, high
            row[18], row[19] = off_echo, last - level
    return seen
