"""How one slot looks at an hour: what boosted quantiles are foreseen from."""

from pathlib import Path

import numpy as np

from routing.arrays import FloatArray, IntArray
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
