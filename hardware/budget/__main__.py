"""`python -m hardware.budget [tables | json | plot FILE]`."""

import argparse
import json
from pathlib import Path

from hardware.budget.lasting import Budget
from hardware.budget.metered import load_days
from hardware.budget.report import HOURLY, USUAL, Report


def main() -> None:
    """Print what the budget says, or draw it."""
    parser = argparse.ArgumentParser(prog="python -m hardware.budget")
    parser.add_argument("what", nargs="?", default="tables", help="tables, json, plot")
    parser.add_argument("file", nargs="?", type=Path, help="of the plot")
    asked = parser.parse_args()
    report = Report(load_days(), Budget())
    match asked.what, asked.file:
        case "tables", None:
            print_tables(report)
        case "json", None:
            print(json.dumps(report.as_json(), indent=1))
        case "plot", Path() as file:
            from hardware.budget.plot import draw  # matplotlib is not everywhere

            draw(file)
        case _:
            parser.error(f"{asked.what!r} not understood")


def print_tables(report: Report) -> None:
    """Print what the documentation has."""
    print(report.claim(), end="\n\n")
    for name in (USUAL, HOURLY):
        print(f"{name}:\n\n{report.years_table(name)}")
    print(report.days_table())
    print(report.costs_table(), end="")


if __name__ == "__main__":
    main()
