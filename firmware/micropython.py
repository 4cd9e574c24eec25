"""CPython's stand-in for the interpreter's own module; never copied to a device."""

from typing import TypeVar

T = TypeVar("T")


def const(value: T) -> T:
    """Mark a constant; MicroPython's compiler writes it into the code."""
    return value
