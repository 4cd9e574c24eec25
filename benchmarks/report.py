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

    `goal` bounds `value` from above.
    """

    bench: str
    case: str
    figure: str
    value: float
    unit: str
    reference: str
    reference_value: float
    goal: float

    def print(self) -> None:
        """Write the line."""
        ratio = self.value / self.reference_value if self.reference_value else None
        facts = asdict(self) | {
            "value": round(self.value, 3),
            "reference_value": round(self.reference_value, 3),
            "ratio": None if ratio is None else round(ratio, 3),
            "ok": self.value <= self.goal,
        }
        sys.stdout.write(json.dumps({key: facts[key] for key in ORDER}) + "\n")
        sys.stdout.flush()
