"""Filter a level out of statements: a histogram forward filter, slot by slot."""

from pathlib import Path

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.compiled import compiler

compiled = compiler(Path(__file__).parent)


@compiled
def filter_levels(
    count: IntArray,
    fill: FloatArray,
    deviation: FloatArray,
    wild: FloatArray,
    gain: FloatArray,
    gains: FloatArray,
    step: float,
    fallen: float,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(n,) mean, deviation and third central moment of the level after the last gain.

    Parameters
    ----------
    count
        (n,) statements of each slot, the first of its row of the tables.
    fill, deviation, wild
        (n, k) what a statement says, give or take, and how likely it means nothing.
    gain
        (n, k) place between two rows of `gains` of what comes after each statement, in
        proportion; -1: nothing.
    gains
        (g, cells) probability that so many cells come.
    step
        Fill of a cell.
    fallen
        How likely the level has fallen before a statement, nobody knows why.
    """
    cells = gains.shape[1]
    mean, off = np.empty(len(count)), np.empty(len(count))
    third = np.empty(len(count))
    now, then, coming = np.empty(cells), np.empty(cells), np.empty(cells)
    for i in range(len(count)):
        now[:] = 1.0 / cells
        for k in range(count[i]):
            total = 0.0
            for cell in range(cells):
                # Nothing shows what comes to a bin that is full.
                shown = min(cell * step, 1.0)
                z = (min(fill[i, k], 1.0) - shown) / deviation[i, k]
                density = 0.3989423 * np.exp(-0.5 * z * z) / deviation[i, k]
                now[cell] *= (1 - wild[i, k]) * density + wild[i, k]
                total += now[cell]
            now /= total
            if gain[i, k] < 0:
                continue
            row, most = int(gain[i, k]), 0
            part = gain[i, k] - row
            for more in range(cells):
                coming[more] = gains[row, more]
                if part > 0:
                    coming[more] += part * (gains[row + 1, more] - gains[row, more])
                if coming[more] > 1e-7:
                    most = more
            then[:] = 0.0
            for cell in range(cells):
                if now[cell] > 1e-12:
                    for more in range(min(most, cells - 1 - cell) + 1):
                        then[cell + more] += now[cell] * coming[more]
            then[cells - 1] += max(0.0, 1.0 - then.sum())
            above = 0.0
            for cell in range(cells - 1, -1, -1):
                above += then[cell] / (cell + 1)
                now[cell] = (1 - fallen) * then[cell] + fallen * above
        mean[i], square, third[i] = 0.0, 0.0, 0.0
        for cell in range(cells):
            mean[i] += now[cell] * cell * step
        for cell in range(cells):
            away = cell * step - mean[i]
            square += now[cell] * away**2
            third[i] += now[cell] * away**3
        off[i] = np.sqrt(square)
    return mean, off, third
