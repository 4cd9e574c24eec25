"""What a process and its children hold for themselves."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

MIB = 1024 * 1024
SAMPLE_EVERY_S = 0.25


@dataclass(kw_only=True, slots=True)
class Peak:
    """The largest sum seen, in MiB."""

    mb: float = 0.0


def sum_memory_mb(process: psutil.Process) -> float:
    """Add up the unique set sizes of a process and its children, in MiB."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_full_info().uss
        except psutil.Error:
            continue
    return total / MIB


@contextmanager
def watching(process: psutil.Process) -> Iterator[Peak]:
    """Sample the memory in a thread while the block runs."""
    peak = Peak()
    is_over = threading.Event()

    def sample() -> None:
        while not is_over.wait(SAMPLE_EVERY_S):
            peak.mb = max(peak.mb, sum_memory_mb(process))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield peak
    finally:
        is_over.set()
        thread.join()
