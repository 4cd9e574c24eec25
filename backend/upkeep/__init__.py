"""What keeps the stored readings small and quick to read."""

from backend.upkeep.loop import keep_up

__all__ = ["keep_up"]
