"""Why a street cannot be shut.

ClosureError
├── MeaninglessClosureError   say it otherwise: it names the field
├── NoStreetError             point somewhere else
└── NoStreetMapError          bring a street map first
"""

from collections.abc import Mapping


class ClosureError(ValueError):
    """The street cannot be shut; the message says why."""


class MeaninglessClosureError(ClosureError):
    """A field means nothing, by itself or beside another.

    Parameters
    ----------
    problem
        What is wrong; `{}` stands for the name of `other`.
    """

    def __init__(self, field: str, problem: str, *, other: str = "") -> None:
        self.field, self.problem, self.other = field, problem, other
        super().__init__(self.tell({}))

    def tell(self, names: Mapping[str, str]) -> str:
        """Say it with the names that whoever asked knows the fields by."""
        field, other = (names.get(each, each) for each in (self.field, self.other))
        return f"{field} {self.problem.format(other)}"


class NoStreetError(ClosureError):
    """What was pointed at is no street of the city."""


class NoStreetMapError(ClosureError):
    """There is no street map to shut a street of: `ullage city add FILE`."""
