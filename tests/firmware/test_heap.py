"""What a whole wake needs of the chip's memory."""

from binnode import journal
from binnode.payload import CLOCK_UNSET, Record

from tests.firmware.cursor import answering

HEAP_KB = 48  # the ESP32 port starts with 56


def full_journal() -> journal.Journal:
    full = journal.Journal(7)
    for second in range(journal.CAPACITY + 5):
        full.append(Record(second, 1000, 3700, 150, 0, 9, CLOCK_UNSET))
    return full


def test_a_full_journal_and_a_whole_session_fit(device, broker, cursor, compiled):
    device.heap_kb = HEAP_KB
    device.firmware_dir = compiled
    device.provision(broker_port=broker, report_every=1)
    (device.folder / "rtc_memory").write_bytes(full_journal().seal())
    (device.folder / "clock_skew").write_text("0", "ascii")
    with answering(broker, cursor):
        device.wake_quietly()

    assert len(cursor.records) == journal.CAPACITY
