"""What a bin's firmware does, measured by modules of one function: `measure()`."""

import argparse
import importlib
import sys
from pathlib import Path

# Each yields figures; what they take from the firmware runs unchanged, as on a bin.
MODULES = (
    *("size", "heap", "report_bytes", "energy_model", "energy"),
    *("fill_error", "faults", "long_run", "power_cuts"),
)

FIRMWARE = Path(__file__).parents[2] / "firmware"


def main() -> None:
    """Run the modules that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", nargs="*", help=f"of {', '.join(MODULES)}")
    named = parser.parse_args().module
    unknown = [each for each in named if each not in MODULES]
    if unknown:
        parser.error(f"{unknown[0]} is not one of {', '.join(MODULES)}")
    sys.path.insert(0, str(FIRMWARE))
    for name in named or MODULES:
        module = importlib.import_module(f"benchmarks.firmware.{name}")
        for figure in module.measure():
            figure.print()
