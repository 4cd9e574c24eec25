"""On or off by records that swing: what raises, what clears, and how long it must.

The answer depends on the records alone, in the order in which they were measured, never
on the order in which they came or on how often somebody looked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Mark(Enum):
    """What one record says."""

    HIGH = "high"
    BETWEEN = "between"  # measured, but neither raises nor clears
    LOW = "low"
    NOTHING = "nothing"  # not measured, or not to be believed


# So many in a row, and what was before them is forgotten: nobody may have to go through
# years of records of a device that has no such sensor, or leans a little for ever.
FORGOTTEN = {Mark.NOTHING: 48, Mark.BETWEEN: 1000}


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How many records in a row it takes, and how long the low ones must last."""

    raise_records: int = 1
    clear_records: int = 1
    clear_after: timedelta = timedelta()


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How it stands at the newest record; if it is on, since which one."""

    is_on: bool
    since: datetime | None


OFF = Standing(is_on=False, since=None)


@dataclass(kw_only=True, slots=True)
class Run:
    """Records in a row that say the same."""

    mark: Mark
    from_at: datetime | None = None
    count: int = 0
    lasted: timedelta = timedelta()

    def add(self, at: datetime) -> None:
        """Take one more record."""
        self.from_at = self.from_at or at
        self.count += 1
        self.lasted = at - self.from_at

    def decides(self, patience: Patience) -> bool | None:
        """Tell whether it raises or clears, or neither yet."""
        if self.mark is Mark.HIGH:
            return True if self.count >= patience.raise_records else None
        if self.mark is Mark.LOW:
            is_long = self.lasted >= patience.clear_after
            return False if is_long and self.count >= patience.clear_records else None
        return False if self.count >= FORGOTTEN[self.mark] else None


def find_standing(
    marks: Iterable[tuple[datetime, Mark]], patience: Patience, *, is_all: bool
) -> Standing | None:
    """Tell how it stands after the marks, oldest first.

    `is_all`: there is nothing older. Else None is an answer: older ones decide.
    """
    standing = OFF if is_all else None
    run = nothing = Run(mark=Mark.NOTHING)
    for at, mark in marks:
        # A record that says nothing breaks no run of those that do.
        if mark is Mark.NOTHING:
            nothing.add(at)
            standing = OFF if nothing.decides(patience) is False else standing
            continue
        nothing = Run(mark=Mark.NOTHING)
        if run.mark is not mark:
            run = Run(mark=mark)
        run.add(at)
        standing = _move(standing, run, patience)
    return standing


def _move(standing: Standing | None, run: Run, patience: Patience) -> Standing | None:
    is_on = run.decides(patience)
    if is_on is None or (standing is not None and standing.is_on is is_on):
        return standing
    return Standing(is_on=True, since=run.from_at) if is_on else OFF
