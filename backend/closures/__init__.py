"""Streets that are shut for a while: the rules that command and API share.

Light to load: what needs the street map is in `backend.closures.on_map`.
"""

from backend.closures.errors import (
    ClosureError,
    MeaninglessClosureError,
    NoStreetError,
    NoStreetMapError,
)
from backend.closures.stretch import Stretch

__all__ = [
    "ClosureError",
    "MeaninglessClosureError",
    "NoStreetError",
    "NoStreetMapError",
    "Stretch",
]
