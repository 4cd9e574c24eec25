"""`ullage device` and `ullage rejected` as a person meets them."""

import csv
import io
import json
import os

import pytest

from backend.demo.found import CITIES
from gateway.storing.store import Arrival, Memory, store_batch
from gateway.storing.wishes import write_reported
from gateway.wire.setting import Reported
from tests.services.commands import run_here
from tests.services.uplinks import chirpstack
from tests.services.wire import message, record, topic

EUI = "A84041B7C1234567"
UPLINK = f"application/bins/device/{EUI.lower()}/event/up"
DRAGINO = bytes.fromhex("0D3B0AEF00000001")
FREE = """
SELECT code FROM slot WHERE NOT EXISTS (
    SELECT FROM device_slot WHERE device_slot.slot_id = slot.slot_id) LIMIT 1"""
TAKEN = """
SELECT device.device, slot.code FROM device_slot JOIN device USING (device_id)
JOIN slot USING (slot_id) LIMIT 1"""


@pytest.fixture
def run(database, small_city):
    assert small_city
    settings = {"ULLAGE_DATABASE": database, "ULLAGE_CITIES": str(CITIES)}
    return lambda *words: run_here(*words, env=os.environ | settings)


@pytest.fixture
def reject(connection, run):
    """Let a gateway refuse some messages."""

    def reject(*payloads: bytes, on: str = topic("nobody")) -> None:
        store_batch(
            connection,
            [Arrival(topic=on, payload=each) for each in payloads],
            Memory(),
        )

    return reject


@pytest.fixture
def free_slot(connection, small_city):
    connection.execute(
        "UPDATE device_slot SET to_at = from_at + interval '1 s'"
        " WHERE device_id = (SELECT max(device_id) FROM device_slot)"
    )
    ((code,),) = connection.execute(
        "SELECT code FROM slot JOIN device_slot USING (slot_id) WHERE to_at IS NOT NULL"
    ).fetchall()
    return code


def test_a_foreign_device_is_mounted_and_listed(run, free_slot):
    added = run(
        *("device", "add", EUI, "--kind", "dragino-dds75", "--slot", free_slot),
        *("--report-every", "20min"),
    )
    listed = run("device", "list").stdout

    assert added.stdout == f"{EUI.lower()} (dragino-dds75) is on bin {free_slot}\n"
    line = f"{EUI.lower()} (dragino-dds75); bin {free_slot}; every 20 min; never heard"
    assert line in listed.splitlines()


def test_a_bin_and_a_device_have_one_of_each_other(run, connection, free_slot):
    ((device, slot),) = connection.execute(
        TAKEN.replace("LIMIT 1", "WHERE to_at IS NULL LIMIT 1")
    ).fetchall()

    other = run("device", "add", "new", "--kind", "x", "--slot", slot)
    elsewhere = run("device", "add", device, "--kind", "x", "--slot", free_slot)
    nowhere = run("device", "add", "new", "--kind", "x", "--slot", "no-such-bin")

    hint = f"{device} is on bin {slot}: `ullage device remove {device}` first"
    assert hint in other.stderr
    assert hint in elsewhere.stderr
    assert "there is no bin no-such-bin" in nowhere.stderr
    assert {each.returncode for each in (other, elsewhere, nowhere)} == {2}


def test_a_device_that_is_there_is_said_to_be_of_another_kind(run, free_slot):
    add = ("device", "add", "x-1", "--slot", free_slot, "--kind")
    run(*add, "jsn")

    assert run(*add, "json").returncode == 0
    assert f"x-1 (json); bin {free_slot}; every 60 min" in run("device", "list").stdout


def test_a_device_is_taken_off_its_bin_and_mounted_again(run, free_slot):
    add = ("device", "add", "x-1", "--kind", "json", "--slot", free_slot)
    run(*add)

    assert "off its bin" in run("device", "remove", "x-1").stdout
    assert "on no bin" in run("device", "list").stdout
    assert "x-1 is on no bin" in run("device", "remove", "x-1").stderr
    assert "is on bin" in run(*add).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Bin 1", "--kind", "x", "--slot", "y"), "Bin 1: 1 to 32 of a-z 0-9 - _"),
        (("b", "--kind", "x", "--slot", "y", "--report-every", "5"), "such as 30min"),
        (("b", "--slot", "y"), "--kind"),
    ],
)
def test_what_cannot_be_a_device_is_said(run, words, said):
    done = run("device", "add", *words)

    assert done.returncode == 2
    assert said in done.stderr


def test_the_kinds_are_those_of_the_gateway(run):
    kinds = run("device", "kinds").stdout.splitlines()

    assert {"milesight-em400-mud", "dragino-ldds75", "lwm2m-3435", "json"} <= set(kinds)


@pytest.mark.usefixtures("gateway_process")
def test_what_a_stranger_said_is_stored_when_it_is_mounted(
    run, reject, connection, free_slot
):
    reject(chirpstack(DRAGINO, dev_eui=EUI, fPort=2), b"\x07", on=UPLINK)

    added = run("device", "add", EUI, "--kind", "dragino-dds75", "--slot", free_slot)
    reason = f"unknown device {EUI.lower()}"
    replayed = run("rejected", "replay", "--reason", reason)

    assert "1 messages of it came before: `ullage rejected replay" in added.stdout
    assert replayed.stdout == "1 messages tried again: 1 readings stored\n"
    assert connection.execute("SELECT distance_mm FROM reading").fetchall() == [(2799,)]
    assert "first byte" not in run("rejected", "list").stdout


@pytest.mark.usefixtures("gateway_process")
def test_what_is_rejected_again_is_counted(run, reject):
    reject(b"\x07", b"\x08")

    done = run("rejected", "replay", "--all")

    assert done.stdout == (
        "2 messages tried again: 0 readings stored; "
        "2 messages rejected again (`ullage rejected list`)\n"
    )
    assert run("rejected", "list").stdout.count("(2 tries)") == 2


def test_without_a_gateway_messages_wait_for_it(run, reject, monkeypatch):
    monkeypatch.setattr("backend.cli.rejected.PATIENCE_S", 0)
    reject(b"\x07")

    done = run("rejected", "replay", "--all")

    assert "1 wait for a gateway, which will take them by itself" in done.stdout
    assert run("rejected", "replay", "--all").stdout == (
        "no message of that kind is left\n"
    )


def test_rejected_messages_are_listed_newest_first(run, reject):
    reject(b"\x07", message(record()))
    reject(b"{", on="application/x")

    lines = run("rejected", "list").stdout.splitlines()
    some = run("rejected", "list", "--reason", "UNKNOWN device", "--limit", "1").stdout

    assert [line.split(": ", 1)[1][:14] for line in lines] == [
        *("not JSON: Expe", "unknown device", "unknown device")
    ]
    assert some == lines[1] + "\n"
    assert run("rejected", "list", "--since", "2099-01-01").stdout == (
        "no message was rejected\n"
    )


def test_rejected_messages_are_exported_whole(run, reject):
    reject(b"\x07\x00\xff")

    (line,) = run("rejected", "list", "--json").stdout.splitlines()
    (row,) = csv.DictReader(io.StringIO(run("rejected", "list", "--csv").stdout))

    assert json.loads(line)["payload"] == row["payload"] == "0700ff"
    assert row["topic"] == topic("nobody")
    assert row["reason"] == "unknown device nobody"


def test_what_a_stranger_wrote_tells_the_terminal_nothing(run, reject):
    reject(b"x", on="a/\x1b[2Jb\r\n")

    assert "a/\N{REPLACEMENT CHARACTER}[2Jb" in run("rejected", "list").stdout
    assert "\x1b" not in run("rejected", "list").stdout


def test_one_message_is_shown_byte_for_byte(run, reject):
    reject(b"\x07what is this?\x00\xff end")
    number = json.loads(run("rejected", "list", "--json").stdout)["rejected_message_id"]

    shown = run("rejected", "show", str(number)).stdout

    assert "reason   unknown device nobody" in shown
    assert "000000  07 77 68 61 74 20 69 73 20 74 68 69 73 3f 00 ff  .what is" in shown
    assert "000010  20 65 6e 64" in shown


@pytest.mark.parametrize("words", [("show", "99"), ("replay", "99")])
def test_a_message_that_is_not_there_is_named(run, words):
    done = run("rejected", *words)

    assert done.returncode == 2
    assert "there is no rejected message 99: `ullage rejected list`" in done.stderr


def test_a_device_is_asked_for_settings_and_says_what_it_goes_by(run, connection):
    connection.execute("INSERT INTO device (device, kind) VALUES ('x-1', 'test')")
    asked = run("device", "set", "x-1", "measure_every_s=600", "delta_mm=0")
    run("device", "set", "x-1", "report_every=6")
    before = run("device", "show", "x-1").stdout.splitlines()
    said = Reported(
        revision=2,
        firmware=3,
        board="esp32",
        settings={"measure_every_s": 600, "report_every": 6},
        refused={"delta_mm": "1 to 20000 wanted, not 0"},
    )
    write_reported(connection, "x-1", said)
    after = run("device", "show", "x-1").stdout

    assert "x-1 is asked for revision 1" in asked.stdout
    assert before[0].startswith("desired: revision 2, ")
    assert sorted(before[1:]) == [
        "  delta_mm=0",
        "  measure_every_s=600",
        "  report_every=6",
        "reported: nothing yet",
    ]
    assert "reported: revision 2, firmware 3, board esp32, " in after
    assert "  delta_mm refused: 1 to 20000 wanted, not 0\n" in after
    assert "not yet" not in after


def test_settings_of_nobody_and_nonsense_are_refused(run, connection):
    nobody = run("device", "set", "nobody", "delta_mm=5")
    nonsense = run("device", "set", "nobody", "delta_mm")

    assert "there is no device nobody" in nobody.stderr
    assert "delta_mm: such as measure_every_s=600" in nonsense.stderr
