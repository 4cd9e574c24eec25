"""Draw the harness with WireViz, which has graphviz lay it out."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from wireviz.wireviz import parse

from hardware.design.placed import Placed
from hardware.harness.describe import describe_harness


def draw_harness(device: Placed, folder: Path) -> None:
    """Write `harness.svg`, and `harness.bom.tsv`, what to buy for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        parse(
            describe_harness(device),
            output_formats=("svg", "tsv"),
            output_dir=folder,
            output_name="harness",
        )
