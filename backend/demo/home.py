"""Where a demo keeps its data when nobody says where."""

from hashlib import blake2b
from pathlib import Path

from backend.embedded.account import choose_account, find_closed_folder

BESIDE = Path(".ullage/demo")
# Where root's own folders are closed to the user that PostgreSQL runs under.
ELSEWHERE = Path("/var/lib/ullage")


def choose_home(here: Path) -> Path:
    """Choose a folder in `here`, or elsewhere one that belongs to `here` alone."""
    home = (here / BESIDE).resolve()
    account = choose_account(home)
    if account is None or not find_closed_folder(_existing(home), account):
        return home
    digest = blake2b(bytes(here.resolve()), digest_size=6).hexdigest()
    return ELSEWHERE / f"demo-{digest}"


def _existing(path: Path) -> Path:
    """Return the first part of the way that is not made yet, or the path itself."""
    while not path.parent.exists():
        path = path.parent
    return path
