"""Joining Wi-Fi: the place of the last time first, then whatever is strongest."""

import pytest

from tests.firmware import peers

OTHER = ("0200000000ff", -40)


def place(device):
    """What flash has of the last place, as bytes: whether it was written again."""
    file = device.folder / "nvs.json"
    return file.read_bytes() if file.exists() else b""


def awake_ms(wake):
    return 900_000 - wake.sleep_ms


@pytest.fixture
def reporting(device, gateway, broker):
    device.provision(broker_port=broker, report_every=1)
    device.wake_quietly()  # only from now on does it know what time it is
    return device


def test_the_second_report_is_sooner_done_and_writes_no_flash(reporting):
    first = reporting.wake()
    kept = place(reporting)
    second = reporting.wake()

    assert (first.console, second.console) == ("", "")
    assert awake_ms(second) < awake_ms(first) - 800
    assert place(reporting) == kept != b""


def test_an_access_point_that_is_gone_costs_one_look_around(reporting, gateway):
    reporting.wake_quietly()
    reporting.wake_quietly(networks={"depot": OTHER})
    kept = place(reporting)
    reporting.wake_quietly(networks={"depot": OTHER})

    assert gateway.seqs == [0, 1, 2, 3]
    assert place(reporting) == kept


def test_a_network_that_nobody_gave_it_is_not_joined(reporting, gateway):
    reporting.wake_quietly()
    wake = reporting.wake(networks={"elsewhere": OTHER})

    assert wake.console == "wifi: not let in by any of depot\n"
    assert gateway.seqs == [0, 1]


@pytest.mark.parametrize(("hours", "is_asked"), [(11, False), (13, True)])
def test_an_address_is_asked_for_again_after_half_a_day(
    reporting, gateway, hours, is_asked
):
    reporting.wake_quietly()
    kept = place(reporting)
    gateway.server_s += hours * 3600
    reporting.wake_quietly()
    reporting.wake_quietly()

    assert (place(reporting) != kept) == is_asked


def test_a_place_that_led_nowhere_is_forgotten(reporting, broker, gateway):
    reporting.wake_quietly()
    with peers.peer(peers.hang_up) as port:
        reporting.provision(broker_port=port, report_every=1)
        reporting.wake()
        forgotten = place(reporting)
    reporting.provision(broker_port=broker, report_every=1)
    reporting.wake_quietly()

    assert b"place" not in forgotten
    assert gateway.seqs == [0, 1, 2, 3]
