"""One measured figure, as a line of JSON."""

import json
import sys
from dataclasses import asdict, dataclass

ORDER = (
    *("bench", "case", "figure", "value", "unit"),
    *("reference", "reference_value", "ratio", "goal", "ok"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure beside its reference, which was measured in the same run.

    Parameters
    ----------
    value
        None if it could not be measured: then a goal is not reached.
    reference_value
        None if there is nothing to compare with.
    goal
        Bounds `value` from above, or from below if `is_floor`; None: only measured.
    digits
        Decimals that mean something.
    """

    bench: str
    case: str
    figure: str
    value: float | None
    unit: str
    reference: str = ""
    reference_value: float | None = None
    goal: float | None = None
    is_floor: bool = False
    digits: int = 3

    @property
    def ratio(self) -> float | None:
        """Return value over reference, if both are there and it means something."""
        if self.value is None or not self.reference_value:
            return None
        return self.value / self.reference_value

    @property
    def ok(self) -> bool | None:
        """Return whether the goal is reached; None without a goal."""
        if self.goal is None or self.value is None:
            return None if self.goal is None else False
        return self.value >= self.goal if self.is_floor else self.value <= self.goal

    def print(self) -> None:
        """Write the line."""
        facts = asdict(self) | {
            "value": _rounded(self.value, self.digits),
            "reference_value": _rounded(self.reference_value, self.digits),
            "ratio": _rounded(self.ratio, max(3, self.digits)),
            "ok": self.ok,
        }
        sys.stdout.write(json.dumps({key: facts[key] for key in ORDER}) + "\n")
        sys.stdout.flush()


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits)
