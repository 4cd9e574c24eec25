"""Child processes that do not outlive us, even when we are killed with -9."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from signal import SIGINT, Signals

from backend.embedded.account import Account

PR_SET_PDEATHSIG = 1  # linux/prctl.h

# Loaded before any fork: between fork and exec a child must not take locks.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def start_child(
    command: Sequence[str],
    *,
    log_path: Path,
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    death_signal: Signals = SIGINT,
) -> subprocess.Popen[bytes]:
    """Start a process that gets `death_signal` from the kernel when we die.

    The kernel watches the *thread* that calls this (prctl(2)): call it from one that
    lives as long as the child should. Elsewhere than on Linux the child may outlive us.
    """
    with log_path.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=cwd,
            env=environment,
            user=account.user_id if account else None,
            group=account.group_id if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,  # Ctrl-C in a terminal is for the launcher alone
            # Safe beside threads: one system call, nothing allocated or locked.
            preexec_fn=_follow_parent(death_signal),  # noqa: PLW1509
        )


def _follow_parent(signal: Signals) -> Callable[[], None]:
    parent_id = os.getpid()

    def ask_kernel() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(signal), 0, 0, 0)
        if os.getppid() != parent_id:  # it died before the kernel was asked
            os._exit(1)

    return ask_kernel
