"""What a whole wake needs of the chip's memory."""

import subprocess
from pathlib import Path

from binnode import journal
from binnode.payload import CLOCK_UNSET, Record
from host.wake import MICROPYTHON

from tests.firmware.cursor import answering

HEAP_KB = 48  # the ESP32 port starts with 56
WEIGH = (
    "import gc; gc.collect(); before = gc.mem_alloc();"
    "import esp32, machine, network, time; gc.collect();"
    "print(gc.mem_alloc() - before)"
)


def full_journal() -> journal.Journal:
    full = journal.Journal(7)
    for second in range(journal.CAPACITY + 5):
        full.append(Record(second, 1000, 3700, 150, 0, 9, CLOCK_UNSET))
    return full


def standins_kb(compiled: Path, folder: Path) -> int:
    """Weigh what a chip has in its flash, and the host on the heap."""
    done = subprocess.run(
        [MICROPYTHON, "-c", WEIGH],
        env={"MICROPYPATH": f"{compiled}/host/standins:.frozen"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return -(-int(done.stdout) // 1024)


def test_a_full_journal_and_a_whole_session_fit(device, broker, cursor, compiled):
    (device.folder / "rtc_memory").write_bytes(full_journal().seal())
    (device.folder / "clock_skew").write_text("0", "ascii")
    device.heap_kb = HEAP_KB + standins_kb(compiled, device.folder)
    device.firmware_dir = compiled
    device.provision(broker_port=broker, report_every=1)
    with answering(broker, cursor):
        device.wake_quietly()

    assert len(cursor.records) == journal.CAPACITY
