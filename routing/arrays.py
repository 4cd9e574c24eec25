"""Arrays checked on their way in: shape, finite, in range; read-only afterwards."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def float_array(
    field: str,
    value: ArrayLike,
    *,
    shape: tuple[int, ...],
    minimum: float = 0.0,
    maximum: float = np.inf,
) -> FloatArray:
    """Return a read-only copy of finite numbers within minimum..maximum.

    Raises
    ------
    ValueError
        Naming the field and the index of the first number not understood.
    """
    array = np.array(value, dtype=np.float64)
    _check_shape(field, array.shape, shape)
    _refuse(field, array, ~np.isfinite(array), "not a finite number")
    _refuse(field, array, array < minimum, f"less than {minimum:g}")
    _refuse(field, array, array > maximum, f"more than {maximum:g}")
    array.setflags(write=False)
    return array


def int_array(
    field: str,
    value: ArrayLike,
    *,
    shape: tuple[int, ...],
    minimum: int = 0,
    maximum: int = 2**53,
) -> IntArray:
    """Return a read-only copy of whole numbers within minimum..maximum."""
    numbers = float_array(field, value, shape=shape, minimum=minimum, maximum=maximum)
    _refuse(field, numbers, numbers % 1 != 0, "not a whole number")
    array = numbers.astype(np.int64)
    array.setflags(write=False)
    return array


def bool_array(field: str, value: ArrayLike, *, shape: tuple[int, ...]) -> BoolArray:
    """Return a read-only copy of truth values."""
    numbers = int_array(field, value, shape=shape, maximum=1)
    array = numbers.astype(np.bool_)
    array.setflags(write=False)
    return array


def _check_shape(
    field: str, actual: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    if actual != expected:
        raise ValueError(f"{field} has shape {actual}, expected {expected}")


def _refuse(
    field: str, array: FloatArray | IntArray, is_bad: BoolArray, why: str
) -> None:
    if is_bad.any():
        index = tuple(int(i) for i in np.argwhere(is_bad)[0])
        place = ", ".join(map(str, index))
        raise ValueError(f"{field}[{place}] = {array[index]} not understood: {why}")
