"""Two weeks without a gateway: the firmware, a broker, the gateway, the database."""

import time

from binnode.memory.journal import Journal
from binnode.payload import Record
from host.world import World

from tests.firmware.conftest import Device

ADD_DEVICE = "INSERT INTO device (device, kind) VALUES ('bin-1', 'ullage-esp32')"
WAKES = 14 * 96
SEQS = "SELECT seq FROM reading ORDER BY seq"
HOLES = "SELECT from_seq, to_seq FROM reading_gap"
LATEST = "SELECT distance_mm FROM device_latest"


def test_a_bin_that_was_cut_off_for_two_weeks_tells_the_newest_and_all_it_has(
    connection, broker, gateway_process, tmp_path
):
    connection.execute(ADD_DEVICE)
    now_s = int(time.time()) - 900
    device = Device(tmp_path, World(now_s=now_s))
    device.provision(
        broker_host=broker.host,
        broker_port=broker.port,
        user=broker.user,
        password=broker.password,
        report_every=1,
    )
    device.wake_quietly(is_power_on=True)
    kept = Journal(1)
    assert kept.unseal((tmp_path / "rtc_memory").read_bytes())
    for seq in range(1, WAKES):
        at_s = now_s - 900 * (WAKES - seq)
        kept.append(Record(at_s, 900 + seq % 7, 3700, 150 + seq % 5, 0, 9, 0))
    kept.reserved_seq = 2 * WAKES
    (tmp_path / "rtc_memory").write_bytes(kept.seal())

    device.world = World(now_s=int(time.time()) - 300)
    device.wake_quietly(distance_mm=300)

    stored = [seq for (seq,) in connection.execute(SEQS)]
    lost = [
        seq for begin, end in connection.execute(HOLES) for seq in range(begin, end)
    ]
    assert sorted(stored + lost) == list(range(WAKES + 1))
    assert stored[-193:] == list(range(WAKES + 1 - 193, WAKES + 1))
    assert len(stored) == kept.count + 2
    cursor = connection.execute("SELECT next_seq, ahead_seq FROM device_journal")
    assert cursor.fetchall() == [(WAKES + 1, None)]
    ((distance_mm,),) = connection.execute(LATEST)
    assert abs(distance_mm - 300) <= 4
