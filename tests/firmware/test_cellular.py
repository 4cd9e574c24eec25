"""LTE-M: the dialogue with the modem, good and bad, and the same session behind it."""

import pytest

from tests.firmware.conftest import Device
from tests.firmware.cursor import Cursor

DIALLED = [
    "AT",
    "ATE0",
    "AT+CPIN?",
    "AT+CNMP=38",
    "AT+CMNB=1",
    'AT+CGDCONT=1,"IP","iot.example"',
    "AT+CEREG?",
    "ATD*99#",
    "ppp open",
    "AT+CPOWD=1",
]


@pytest.fixture
def mobile(device: Device, gateway: Cursor, broker: int) -> Device:
    device.provision(
        broker_port=broker, transport="lte", apn="iot.example", report_every=1
    )
    return device


def told(device: Device) -> list[str]:
    """What the modem was told in all wakes so far."""
    return (device.folder / "modem").read_text("utf-8").splitlines()


def test_a_bin_dials_in_reports_and_switches_the_modem_off(mobile, gateway):
    mobile.wake_quietly(modem="good")
    first = told(mobile)
    mobile.wake_quietly(modem="good")

    assert first == DIALLED
    assert gateway.seqs == [0, 1]


def test_user_and_password_are_for_the_link(mobile, gateway, broker):
    mobile.provision(
        broker_port=broker,
        transport="lte",
        apn="iot.example",
        apn_user="me",
        apn_password="it",
    )
    mobile.wake_quietly(modem="good")

    assert "ppp me:it" in told(mobile)
    assert gateway.seqs == [0]


def test_a_modem_that_is_off_is_switched_on_by_its_key(mobile, gateway):
    mobile.wake_quietly(modem="off")

    assert told(mobile) == ["key: on", *DIALLED]
    assert gateway.seqs == [0]


@pytest.mark.parametrize("how", ["slow", "chatty"])
def test_a_modem_that_takes_its_time_or_chatters_is_understood(mobile, gateway, how):
    mobile.wake_quietly(modem=how)

    assert told(mobile)[-1] == "AT+CPOWD=1"
    assert gateway.seqs == [0]


def test_a_modem_that_does_not_listen_any_more_is_switched_off_by_its_key(
    mobile, gateway
):
    mobile.wake_quietly(modem="deaf")

    assert told(mobile)[-1] == "key: off"
    assert gateway.seqs == [0]


@pytest.mark.parametrize(
    ("how", "said", "most_s"),
    [
        ("silent", "modem: silent", 25),
        ("babbling", "modem: silent", 25),
        ("cut", "modem: silent", 25),
        ("no card", "modem: AT+CPIN?", 20),
        ("refusing", "modem: AT+CGDCONT", 10),
        ("searching", "modem: no network", 60),
        ("denied", "modem: the network refuses this card", 10),
        ("busy", "modem: ATD*99#", 10),
        ("no link", "modem: no address", 30),
    ],
)
def test_no_modem_keeps_a_bin_awake_or_loses_a_record(
    mobile, gateway, how, said, most_s
):
    failed = mobile.wake(modem=how)
    mobile.wake_quietly(modem="good")

    assert said in failed.console
    assert failed.sleep_ms is not None
    assert failed.sleep_ms > (900 - most_s) * 1000
    assert gateway.seqs == [0, 1]
