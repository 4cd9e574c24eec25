"""The account PostgreSQL runs under: it refuses to be root."""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from backend.embedded.errors import FolderError

# From the range that Debian's policy (§9.2.2) gives to nobody; a number needs no entry
# in /etc/passwd, and it also exists in containers that map only 65 536 ids.
UNPRIVILEGED_ID = 65432


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A numeric user and group to become."""

    user_id: int
    group_id: int


def choose_account(folder: Path) -> Account | None:
    """Choose who may own `folder` and run its server; None: ourselves."""
    if os.geteuid() != 0:
        return None
    owner = folder.stat() if folder.exists() else None
    if owner is not None and owner.st_uid != 0:
        return Account(user_id=owner.st_uid, group_id=owner.st_gid)
    return Account(user_id=UNPRIVILEGED_ID, group_id=UNPRIVILEGED_ID)


def find_closed_folder(path: Path, account: Account) -> Path | None:
    """Find the folder on the way to `path` that `account` may not pass, if any."""
    for folder in reversed(path.parents):
        status = folder.stat()
        bit = 0o100 if status.st_uid == account.user_id else 0o001
        if not status.st_mode & bit:
            return folder
    return None


def require_reachable(path: Path, account: Account) -> None:
    """Refuse a path that the account cannot get to."""
    closed = find_closed_folder(path, account)
    if closed is not None:
        raise FolderError(
            f"{path}: PostgreSQL does not run as root, and its user {account.user_id} "
            f"may not pass {closed}: choose a data folder elsewhere (/var/lib/ullage), "
            "or start as an ordinary user"
        )


def find_named_account() -> Account:
    """Find an unprivileged account that has a name: initdb insists on one."""
    nobody = pwd.getpwnam("nobody")
    return Account(user_id=nobody.pw_uid, group_id=nobody.pw_gid)


def hand_over(account: Account | None, *paths: Path) -> None:
    """Give files and folders to the account."""
    if account is None:
        return
    for path in paths:
        os.chown(path, account.user_id, account.group_id)


def reachable_package(package: Path, account: Account | None, copy: Path) -> Path:
    """Return a package, copied into `copy` once if the account cannot reach it.

    The shared libraries of a repaired wheel lie beside the package, in a folder called
    `<package>.libs`, and its programs look for them there (auditwheel).
    """
    if account is None or find_closed_folder(package / "any", account) is None:
        return package
    if not copy.exists():
        unfinished = copy.with_name(copy.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (package, package.with_name(package.name + ".libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.name, symlinks=True)
        unfinished.rename(copy)
    return copy / package.name
