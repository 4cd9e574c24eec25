"""What a plan says of itself: why each stop is in or out, where time and money go."""

from routing.solver.explain.explanation import Explanation, Why, explain_plan

__all__ = ["Explanation", "Why", "explain_plan"]
