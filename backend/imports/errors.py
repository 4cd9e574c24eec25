"""What can be wrong with an import, by what one can do about it.

ImportRefusedError           nothing was done: mend what the message names, try again
├─ UnusableFileError         it is the file
└─ UnusableOrganisationError it is whose bins they are said to be

A row that cannot be used is a value, `BadRow`: the rows beside it go in.
"""

from dataclasses import dataclass


class ImportRefusedError(Exception):
    """Nothing can be imported; the message says why and what to do."""


class UnusableFileError(ImportRefusedError):
    """The file holds no bins that can be read."""


class UnusableOrganisationError(ImportRefusedError):
    """It is not clear whose bins these are."""


class RefusedRowError(Exception):
    """A row contradicts what the database knows."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.problem = Problem(field=field, reason=reason)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Why one field cannot be used."""

    field: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BadRow:
    """A row that did not go in: its line (GeoJSON: feature number) and why."""

    line: int
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return "; ".join(f"{each.field}: {each.reason}" for each in self.problems)
