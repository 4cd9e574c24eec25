"""Commands of the firmware, and releases small enough for them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from host.cutting import write_application
from host.release import LOADER, Terms, sign_folder
from host.wake import FIRMWARE

from tests.firmware.signed import signing_key
from tests.services.commands import NOWHERE, run_here


@pytest.fixture
def ullage(database):
    def run(*words: object) -> subprocess.CompletedProcess[str]:
        settings = os.environ | {"ULLAGE_DATABASE": database}
        return run_here(*map(str, words), env=settings)

    return run


def offline(*words: object) -> subprocess.CompletedProcess[str]:
    """Run what needs no database."""
    return run_here(*map(str, words), env=os.environ | {"ULLAGE_DATABASE": NOWHERE})


def make_release(folder: Path, version: int, board: str = "esp32") -> Path:
    write_application(folder, version)
    shutil.copy(FIRMWARE / LOADER, folder)
    sign_folder(folder, Terms(version=version, board=board), signing_key(), [])
    return folder


@pytest.fixture
def release(tmp_path) -> Path:
    return make_release(tmp_path / "release", 2)
