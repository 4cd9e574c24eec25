"""`ullage doctor`: say what is wrong, and how to mend it."""

import argparse
import json
import os
import sys

from backend.cli.examination import examine


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="say what is wrong and how to mend")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Say what was found, as it is found."""
    has_failure = False
    for each in examine(os.environ):
        has_failure |= each.verdict == "FAIL"
        arrow = f" → {each.remedy}" if each.remedy else ""
        text = f"{each.verdict:<4}  {each.what}: {each.detail}{arrow}"
        line = json.dumps(each._asdict()) if arguments.json else text
        sys.stdout.write(f"{line}\n")
    return int(has_failure)
