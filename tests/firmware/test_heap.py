"""What a whole wake needs of the chip's memory."""

import pytest
from sim.crowded import fill_journal

from tests.firmware.conftest import ACK_TOPIC, NOON_S
from tests.firmware.cursor import answering
from tests.firmware.heap import chip_heap_kb

DESIRED_TOPIC = "ullage/1/6/bin-1/desired"
DESIRED = b'{"v":1,"revision":3,"settings":{"delta_mm":0,"report_every":1}}'


@pytest.mark.parametrize("is_asked", [False, True])
def test_a_full_journal_and_a_whole_session_fit(
    device, broker, cursor, compiled, is_asked
):
    full = fill_journal(NOON_S)
    count = full.count
    (device.folder / "rtc_memory").write_bytes(full.seal())
    (device.folder / "clock_skew").write_text("0", "ascii")
    device.heap_kb = chip_heap_kb(compiled)
    device.firmware_dir = compiled
    device.provision(broker_port=broker, report_every=1)
    with answering(broker, cursor) as client:
        if is_asked:
            client.publish(DESIRED_TOPIC, DESIRED, retain=True)
        device.wake_quietly()
        if is_asked:
            device.wake_quietly()
            client.publish(DESIRED_TOPIC, b"", retain=True)
        client.publish(ACK_TOPIC, b"", qos=1, retain=True).wait_for_publish(5)

    assert len(cursor.ahead) == 1
    assert len(cursor.records) == count + 1 + is_asked
