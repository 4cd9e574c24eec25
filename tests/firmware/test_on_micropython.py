"""The same test files once more, in the interpreter the bins have."""

import subprocess
from pathlib import Path

import pytest
from host.wake import FIRMWARE, MICROPYTHON

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("both/test_*.py")) + sorted(HERE.glob("on_device/*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_passes_under_micropython_too(file, tmp_path):
    arguments = [HERE / "runner.py", file.parent, file.stem]
    done = subprocess.run(
        [MICROPYTHON, "-X", "heapsize=1M", *arguments],
        env={"MICROPYPATH": f"{FIRMWARE}:{FIRMWARE.parent}:.frozen"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed test_" in done.stdout
