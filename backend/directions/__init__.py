"""What a driver reads on the way, in his own language."""

from backend.directions.languages import LANGUAGES, choose_language
from backend.directions.lines import Destination, Line, tell_way

__all__ = ["LANGUAGES", "Destination", "Line", "choose_language", "tell_way"]
