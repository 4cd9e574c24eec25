"""Columns of frozen tables: checked on construction, read-only afterwards."""

from dataclasses import field, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routing.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    bool_array,
    float_array,
    int_array,
)

UNLIMITED = 2**31 - 1
"""What a limit says when there is none."""

LATEST_S = 2**31 - 1

Shapes = dict[str, tuple[int, ...]]


def every(value: float, *, minimum: int = 0) -> Any:  # noqa: ANN401
    """Declare a column that may be left out, or given as one number for every row."""
    return field(default=value, metadata={"minimum": minimum})


def freeze(table: Any, owner: str, shapes: Shapes) -> None:  # noqa: ANN401
    """Replace the named columns by checked read-only arrays of their annotated kind.

    Parameters
    ----------
    owner
        Name of the table, for messages.
    shapes
        For each column its shape; a single number is spread over it.

    Raises
    ------
    ValueError
        Naming the column and the index of the first number not understood.
    """
    for each in fields(table):
        if each.name not in shapes:
            continue
        shape, given = shapes[each.name], getattr(table, each.name)
        if np.ndim(given) == 0:
            given = np.full(shape, given)
        label, minimum = f"{owner}.{each.name}", each.metadata.get("minimum", 0)
        array = _checked(each.type, label, given, shape, minimum)
        object.__setattr__(table, each.name, array)


def freeze_windows(table: Any, owner: str, low: str, high: str) -> None:  # noqa: ANN401
    """Check opening and closing times; (rows,) becomes (rows, 1).

    Raises
    ------
    ValueError
        If a window ends before it begins, or begins before the one on its left ends;
        a window repeated is the padding of a row that has fewer.
    """
    shape: tuple[int, ...] = (len(table), 1)
    for name in (low, high):
        array = np.asarray(getattr(table, name))
        if array.ndim == 1:
            array = array[:, None]
            object.__setattr__(table, name, array)
        if array.ndim == 2:  # noqa: PLR2004
            shape = (len(table), max(shape[1], array.shape[1]))
    freeze(table, owner, {low: shape, high: shape})
    opens, closes = getattr(table, low), getattr(table, high)
    refuse(f"{owner}.{high}", closes, closes < opens, f"less than {low}")
    is_new = (opens[:, 1:] != opens[:, :-1]) | (closes[:, 1:] != closes[:, :-1])
    is_bad = np.zeros(shape, np.bool_)
    is_bad[:, 1:] = is_new & (opens[:, 1:] <= closes[:, :-1])
    refuse(f"{owner}.{low}", opens, is_bad, "begins before the window before it ends")


def shape_of(label: str, value: ArrayLike, *, dimensions: int) -> tuple[int, ...]:
    """Return the shape of the column that says how many rows a table has.

    Raises
    ------
    ValueError
        If it has another number of dimensions, or rows of different length.
    """
    try:
        shape = np.shape(value)
    except ValueError:
        raise ValueError(f"{label} has rows of different length") from None
    if len(shape) != dimensions:
        raise ValueError(f"{label} has shape {shape}, not {dimensions}-dimensional")
    return shape


def skill_shape(label: str, value: ArrayLike, rows: int) -> tuple[int, int]:
    """Return the shape of a column of skills; left out, it has none of them yet.

    Raises
    ------
    ValueError
        If one number other than 0 is given: how many skills there are is not known
        to the table.
    """
    if np.ndim(value) > 0:
        return rows, np.shape(value)[-1]
    if value != 0:
        raise ValueError(
            f"{label} = {value!r} not understood: expected a row of skills for each"
        )
    return rows, 0


def refuse(label: str, array: NDArray[Any], is_bad: BoolArray, why: str) -> None:
    """Refuse the first bad number, in the words that all columns use."""
    if is_bad.any():
        index = tuple(int(i) for i in np.argwhere(is_bad)[0])
        place = ", ".join(map(str, index))
        raise ValueError(f"{label}[{place}] = {array[index]} not understood: {why}")


def _checked(
    kind: object, label: str, given: ArrayLike, shape: tuple[int, ...], minimum: int
) -> FloatArray | IntArray | BoolArray:
    if kind == BoolArray:
        return bool_array(label, given, shape=shape)
    if kind == IntArray:
        return int_array(label, given, shape=shape, minimum=minimum, maximum=LATEST_S)
    return float_array(label, given, shape=shape)
