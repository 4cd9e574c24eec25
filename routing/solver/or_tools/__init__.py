"""OR-Tools: the core of record, to which every rule is stated."""

from routing.solver.or_tools.route import route
from routing.solver.or_tools.unstated import UNSTATED, unstated

__all__ = ["UNSTATED", "route", "unstated"]
