"""What a killed launcher or server left running on a cluster, and its end.

PostgreSQL trusts the process id in `postmaster.pid` as soon as it exists, and a zombie
exists: in a container without an init the next start would refuse for ever. And to
remove that file while a backend still writes would destroy the data. So we look at the
processes themselves.
"""

import logging
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT, Signals

import psutil

log = logging.getLogger(__name__)

# PostgreSQL's fast stop, its immediate stop, and what nothing survives; with the time
# each gets, s.
STEPS: tuple[tuple[Signals, float], ...] = ((SIGINT, 30.0), (SIGQUIT, 5.0))
KILL_TIMEOUT_S = 10.0


def list_processes(cluster: Path, cluster_name: str) -> list[psutil.Process]:
    """List the living processes of a cluster, the postmaster first.

    The postmaster has the folder in its arguments; its children show `cluster_name` in
    their title.
    """
    found = []
    for process in psutil.process_iter(["name", "cmdline", "status"]):
        if process.info["name"] != "postgres":
            continue
        title = process.info["cmdline"] or []
        is_postmaster = str(cluster) in title
        is_child = any(f"postgres: {cluster_name}:" in part for part in title)
        if process.info["status"] != psutil.STATUS_ZOMBIE and (
            is_postmaster or is_child
        ):
            found.append((not is_postmaster, process))
    return [process for _, process in sorted(found, key=lambda pair: pair[0])]


def clear_leftovers(cluster: Path, cluster_name: str) -> None:
    """Stop what still runs on a cluster nobody owns, and remove its stale lock file."""
    for signal, timeout_s in STEPS:
        alive = list_processes(cluster, cluster_name)
        if not alive:
            break
        log.warning(
            "stopping a server that outlived its launcher",
            extra={"cluster": str(cluster), "signal": signal.name},
        )
        _send(alive[:1], signal)
        psutil.wait_procs(alive, timeout=timeout_s)
    kill_processes(cluster, cluster_name)
    cluster.joinpath("postmaster.pid").unlink(missing_ok=True)


def kill_processes(cluster: Path, cluster_name: str) -> None:
    """Kill every process of a cluster, as a power cut would."""
    alive = list_processes(cluster, cluster_name)
    _send(alive, SIGKILL)
    psutil.wait_procs(alive, timeout=KILL_TIMEOUT_S)


def _send(processes: list[psutil.Process], signal: Signals) -> None:
    for process in processes:
        try:
            process.send_signal(signal)
        except psutil.NoSuchProcess:
            continue  # it ended by itself, which is what we want
