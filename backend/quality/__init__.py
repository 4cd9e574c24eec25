"""Quality: which readings are believed, which sensors trusted, which bins emptied."""

from backend.quality.judging import judge_pending
from backend.quality.watch import keep_judging

__all__ = ["judge_pending", "keep_judging"]
