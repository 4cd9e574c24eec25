"""A stranger's first minutes: a clone, an empty environment, two commands."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.services.postgres import server_folder

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(600)
# Where packages come from on this machine, and whom it trusts: not ours to empty.
KEPT = ("PIP_", "UV_", "NPM_", "SSL_CERT_", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_")
PATIENCE_S = 500


@pytest.fixture(scope="module")
def clone():
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone itself")
    with server_folder() as folder:
        command = ["git", "clone", "--quiet", "--depth=1", ROOT.as_uri()]
        subprocess.run([*command, str(folder / "clone")], check=True)
        yield folder / "clone"


def run(clone, *command):
    """Run a script with nothing in its environment but a path and a home."""
    kept = {name: os.environ[name] for name in os.environ if name.startswith(KEPT)}
    bare = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]}
    return subprocess.run(
        command,
        cwd=clone,
        env=bare | kept,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def test_the_demo_runs_in_a_clean_clone(clone):
    done = run(clone, "scripts/demo", "--port", "0", "--for", "75")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "ready http://127.0.0.1:" in done.stdout


def test_the_tests_run_in_a_clean_clone(clone):
    done = run(clone, "scripts/test", "-q", "tests/planning/test_horizon.py")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
