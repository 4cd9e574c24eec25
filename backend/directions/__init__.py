"""What a driver reads on the way, in his own language."""

from backend.directions.languages import LANGUAGES, choose_language
from backend.directions.lines import Line, tell_way

__all__ = ["LANGUAGES", "Line", "choose_language", "tell_way"]
