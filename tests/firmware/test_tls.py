"""TLS with a real broker: who is let in, and whom a bin believes.

Certificates are made by `deploy/certificate`, as an operator makes them.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from backend.embedded.loopback import find_free_port
from tests.firmware import peers
from tests.firmware.brokers import MOSQUITTO, run
from tests.firmware.conftest import NOON_S, Device
from tests.firmware.cursor import Cursor, answering
from tests.firmware.heap import chip_heap_kb

SCRIPT = Path(__file__).parents[2] / "deploy" / "certificate"
NAMED = "localhost"
SOURCE_S = 1_795_651_200  # of the firmware: 2026-11-26
LATER_S = 1_900_000_000
MUTUAL = ("require_certificate true", "use_identity_as_username true")
BY_PASSWORD = ("allow_anonymous true",)


def certify(folder: Path, client: str = "bin-1") -> Path:
    environment = os.environ | {"CERTIFICATES": str(folder)}
    for words in (("server", NAMED), ("client", client)):
        subprocess.run([SCRIPT, *words], env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    return certify(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def strangers(tmp_path_factory) -> Path:
    return certify(tmp_path_factory.mktemp("strangers"))


@contextmanager
def closed_broker(
    device: Device, certificates: Path, cursor: Cursor, let_in: tuple[str, ...] = MUTUAL
) -> Iterator[None]:
    """A broker that takes bins by TLS only; the gateway of a test is beside it."""
    if MOSQUITTO is None:
        pytest.skip("there is no mosquitto")
    port, plain_port = find_free_port(), find_free_port()
    lines = [
        "user root",
        "per_listener_settings true",
        f"listener {plain_port} 127.0.0.1",
        "allow_anonymous true",
        f"listener {port} 127.0.0.1",
        f"cafile {certificates}/clients.crt",
        f"certfile {certificates}/server.crt",
        f"keyfile {certificates}/server.key",
        "tls_version tlsv1.2",
        *let_in,
    ]
    config = device.folder / "mosquitto.conf"
    config.write_text("\n".join(lines), "utf-8")
    device.provision(broker_host=NAMED, broker_port=port, tls=True, report_every=2)
    with (
        run([MOSQUITTO, "-c", str(config)], plain_port, port),
        answering(plain_port, cursor),
    ):
        yield


def give(device: Device, *, ca: Path, own: Path | None) -> None:
    shutil.copy(ca / "ca.der", device.folder / "ca.der")
    if own is not None:
        shutil.copy(own / "bin-1.der", device.folder / "client.der")
        shutil.copy(own / "bin-1_key.der", device.folder / "client_key.der")


def test_a_bin_with_its_certificate_reports(device, cursor, ours):
    give(device, ca=ours, own=ours)
    with closed_broker(device, ours, cursor):
        for _ in range(3):
            device.wake_quietly()

    assert cursor.seqs == [0, 1, 2]


def test_a_bin_without_one_comes_by_password(device, cursor, ours):
    give(device, ca=ours, own=None)
    with closed_broker(device, ours, cursor, BY_PASSWORD):
        device.wake_quietly()

    assert cursor.seqs == [0]


def provision_again(device: Device, **fields: str) -> None:
    file = device.folder / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | fields), "utf-8")


def is_turned_away(device: Device, cursor: Cursor) -> bool:
    wake = device.wake()
    assert (wake.status, wake.sleep_ms is None) == (0, False)
    return "Error" in wake.console and not cursor.records


def test_a_broker_of_another_ca_hears_nothing(device, cursor, ours, strangers):
    give(device, ca=strangers, own=ours)
    with closed_broker(device, ours, cursor):
        assert is_turned_away(device, cursor)


def test_a_broker_of_another_name_hears_nothing(device, cursor, ours):
    give(device, ca=ours, own=ours)
    with closed_broker(device, ours, cursor):
        provision_again(device, broker_host="127.0.0.1")
        assert is_turned_away(device, cursor)


def test_a_bin_of_another_ca_is_not_let_in(device, cursor, ours, strangers):
    give(device, ca=ours, own=strangers)
    with closed_broker(device, ours, cursor):
        assert is_turned_away(device, cursor)


def test_a_bin_without_a_certificate_is_not_let_in(device, cursor, ours):
    give(device, ca=ours, own=None)
    with closed_broker(device, ours, cursor):
        assert is_turned_away(device, cursor)


def test_without_its_ca_nothing_goes_out(device):
    with peers.peer(peers.say_nothing) as port:
        device.provision(broker_port=port, tls=True)
        wake = device.wake()

    assert "ca.der: no such file" in wake.console
    assert wake.sleep_ms is not None


@pytest.mark.parametrize("behave", [peers.say_nothing, peers.drip, peers.talk_nonsense])
def test_no_peer_can_stretch_the_handshake(device, ours, behave):
    give(device, ca=ours, own=ours)
    with peers.peer(behave) as port:
        device.provision(broker_host=NAMED, broker_port=port, tls=True)
        wake = device.wake()

    assert wake.status == 0
    assert wake.sleep_ms is not None
    assert wake.sleep_ms > 885_000


def test_before_the_first_handshake_the_chip_has_a_date(device, cursor, ours):
    give(device, ca=ours, own=ours)
    dated = device.wake_in(replace(device.world, is_power_on=True))
    skew_s = int((device.folder / "clock_skew").read_text("ascii"))
    with closed_broker(device, ours, cursor):
        device.wake_quietly()  # that wake left a note to measure
        device.wake_quietly(is_power_on=True)

    assert (dated.sleep_ms, dated.console) == (1, "")
    assert abs(NOON_S + skew_s - SOURCE_S) < 60
    # Whatever the chip believes, the records have the time of the ack.
    ages_s = [cursor.server_s - row["true_s"] for row in cursor.records.values()]
    assert len(ages_s) == 2
    assert all(0 <= each < 10 for each in ages_s)


def test_what_flash_knows_to_be_past_is_a_later_date_than_the_source(device, ours):
    give(device, ca=ours, own=ours)
    told = {"binnode": {"date_s": LATER_S - 946_684_800}}
    (device.folder / "nvs.json").write_text(json.dumps(told), "utf-8")
    device.wake_in(replace(device.world, is_power_on=True))

    skew_s = int((device.folder / "clock_skew").read_text("ascii"))
    assert abs(NOON_S + skew_s - LATER_S) < 60


def test_a_clock_that_takes_no_date_does_not_keep_a_bin_from_measuring(device, ours):
    give(device, ca=ours, own=ours)
    device.wake_in(replace(device.world, is_power_on=True))
    wake = device.wake_in(replace(device.world, is_power_on=True))

    assert wake.sleep_ms > 880_000


@pytest.mark.parametrize(("modem", "more_kb"), [(None, 0), ("good", 2)])
def test_a_session_with_tls_fits_into_the_chips_heap(
    device, cursor, compiled, ours, modem, more_kb
):
    """By Wi-Fi in 48 KB, and by LTE-M in 50."""
    device.wake()
    others = ("modem", "ppp") if modem else ()
    device.heap_kb = chip_heap_kb(compiled, *others) + more_kb
    device.firmware_dir = compiled
    give(device, ca=ours, own=ours)
    with closed_broker(device, ours, cursor):
        if modem:
            provision_again(device, transport="lte", apn="iot.example")
        for _ in range(3):
            device.wake_quietly(modem=modem)

    assert cursor.seqs == [0, 1, 2]
