"""Power cuts in an update, counted: releases for them, and MicroPython run on them."""

import random
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    generate_private_key,
)
from host.release import LOADER, Terms, sign_folder
from host.signing import EXPONENT, KEY_BITS
from host.wake import FIRMWARE, MICROPYTHON

_MODULES = 6
_MODULE_BYTES = 1300
_HEAP = "24M"  # three times the largest flash, and the log


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A flash, and how many bytes littlefs programs at once."""

    block_bytes: int
    blocks: int
    program_bytes: int


LAYOUTS = (
    Layout(block_bytes=4096, blocks=512, program_bytes=32),  # an ESP32's 2 MiB
    Layout(block_bytes=4096, blocks=40, program_bytes=32),  # hardly room for both
    Layout(block_bytes=8192, blocks=64, program_bytes=64),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cuts:
    """How many operations an update has, and what became of the bins after cuts."""

    operations: int
    became: Counter[str]


def new_key() -> RSAPrivateKey:
    """Make a key that nobody keeps."""
    return generate_private_key(EXPONENT, KEY_BITS)


def write_application(folder: Path, version: int) -> None:
    """Write an application that only says that it runs, of some size."""
    modules = folder / "binnode"
    modules.mkdir(parents=True)
    (modules / "__init__.py").write_text("slot = 'a'\nis_trial = False\n", "ascii")
    start = f"def run():\n    global ran\n    ran = {version}\n"
    (modules / "start.py").write_text(start, "ascii")
    for number in range(_MODULES):
        content = random.Random(f"{version} {number}").randbytes(_MODULE_BYTES)
        (modules / f"module_{number}.mpy").write_bytes(content)


def prepare(folder: Path, key: RSAPrivateKey) -> None:
    """Write the loader and three releases."""
    for version in (1, 2, 3):
        write_application(folder / str(version), version)
        sign_folder(folder / str(version), Terms(version=version), key, [])
    shutil.copy(FIRMWARE / LOADER, folder)


def run_script(folder: Path, script: Path, *words: str) -> str:
    """Run a script of MicroPython's on what is prepared; return what it prints."""
    done = subprocess.run(
        [MICROPYTHON, "-X", f"heapsize={_HEAP}", script, *words],
        env={"MICROPYPATH": f"{FIRMWARE}:.frozen"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def cut_power(folder: Path, layout: Layout, *, every: int = 1) -> Cuts:
    """Cut at each EVERY-th operation of an update, torn four ways."""
    numbers = (layout.block_bytes, layout.blocks, layout.program_bytes, every)
    script = FIRMWARE / "host" / "power_cuts.py"
    said = run_script(folder, script, *map(str, numbers))
    operations, became = said.split(" ", 1)
    counts = re.findall(r"(\w+)=(\d+)", became)
    return Cuts(
        operations=int(operations),
        became=Counter({what: int(count) for what, count in counts}),
    )
