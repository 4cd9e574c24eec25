"""Tables stated in plain lists and numbers, which become checked arrays."""

from dataclasses import replace
from typing import Any


def stated(table: Any, **columns: Any) -> Any:
    return table(**columns)


def restated(table: Any, **columns: Any) -> Any:
    """State the same table with other columns."""
    return replace(table, **columns)
