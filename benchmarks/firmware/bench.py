"""`scripts/bench firmware [FIGURE …]`: what a bin needs, and what it survives."""

import argparse
import importlib
import sys
from pathlib import Path

FIGURES = ("size", "power_cuts")
FIRMWARE = Path(__file__).parents[2] / "firmware"


def main() -> None:
    """Measure what is asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    sys.path.insert(0, str(FIRMWARE))  # it is in no distribution
    for name in parser.parse_args().figures or FIGURES:
        importlib.import_module(f"benchmarks.firmware.{name}").measure()
