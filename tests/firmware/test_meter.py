"""What the energy meter charges: notes of wakes, made up and real ones."""

import subprocess
from dataclasses import replace

import pytest
from host.server import serving_wakes
from host.wake import FIRMWARE, MICROPYTHON, run_wake
from sim import published
from sim.meter import (
    ADDRESS,
    ASLEEP,
    HANDSHAKE,
    JOIN,
    NAP,
    RETRIES,
    SCAN,
    SENSOR,
    SESSION,
    day,
    meter,
    read_wake,
)

from tests.firmware import peers
from tests.firmware.test_tls import NAMED, certify, give

TOTALS = [published.WITH_MQTT, published.WITH_DHCP, published.WITH_POST]
LEAST = ("0 1 sleep 899000",)
MEASURED = (
    "0 1 pin 25 1",
    "0 1 nap",
    "300000 1 awake",
    "400000 1 pin 25 0",
    "400000 2 sleep 899000",
)
JOINED = ("0 1 radio 1", "0 1 join", "664000 1 joined", "664000 2 found")
OFF = ("664000 3 radio 0",)
WORDS = """
import time, machine
uart = machine.UART(1)
time.sleep_ms(160)
print(uart.read())
machine.lightsleep(100)
print(uart.read())
time.sleep_ms(100)
print(uart.read())
"""


def charges(wake):
    return {each.name: each.charge_mc for each in wake.phases}


def beyond(wake, other):
    return wake.charge_mc - other.charge_mc


def test_every_pause_is_charged_with_what_the_chip_was_at():
    wake = meter(MEASURED)

    assert charges(wake)[NAP] == pytest.approx(0.3 * 0.8)
    assert charges(wake)[SENSOR] == pytest.approx(0.4 * 8)
    assert beyond(wake, meter(LEAST)) == pytest.approx(0.3 * 0.8 + 0.1 * 35 + 0.4 * 8)


def test_light_sleep_is_not_awake_but_takes_its_time():
    wake, least = meter(MEASURED), meter(LEAST)

    assert wake.awake_s - least.awake_s == pytest.approx(0.1)
    assert wake.whole_s - least.whole_s == pytest.approx(0.4)


def test_joining_longer_than_published_is_waiting_for_an_address():
    late = meter(("0 1 radio 1", "0 1 join", "1556000 1 joined", "1556000 1 radio 0"))

    board_mc = 15 * 0.664
    assert charges(late)[JOIN] == pytest.approx(100.2 - 3.32 - board_mc)
    assert charges(late)[ADDRESS] == pytest.approx(204.3 - 100.2 - 15 * 0.892, rel=0.05)


def test_a_second_attempt_to_join_is_charged_as_the_first():
    again = ("664000 1 join", "1328000 1 joined", "1328000 1 radio 0")
    twice = charges(meter((*JOINED[:2], *again)))

    assert twice[JOIN] == pytest.approx(2 * charges(meter((*JOINED, *OFF)))[JOIN])


def test_an_answer_is_a_round_trip_and_silence_as_long_as_it_lasted():
    asked = meter((*JOINED, *OFF))
    heard = meter((*JOINED, "664000 2 heard", *OFF))
    unheard = meter((*JOINED, "664000 2 unheard 3000", *OFF))

    assert beyond(heard, asked) == pytest.approx(2, abs=0.2)
    assert beyond(unheard, asked) == pytest.approx(150 * beyond(heard, asked))


def test_a_handshake_is_charged_as_assumed_with_its_two_round_trips():
    answers = ("664000 2 heard",) * 2
    plain = meter((*JOINED, *OFF))
    secure = meter((*JOINED, "664000 2 tls", *answers, *OFF))

    assert charges(secure)[HANDSHAKE] == pytest.approx(150)
    assert charges(secure)[SESSION] == charges(plain)[SESSION]


def test_a_fast_clock_shortens_the_handshake_and_takes_more_until_the_chip_sleeps():
    answers = ("664000 2 heard",) * 3
    slow = charges(meter((*JOINED, "664000 2 tls", *answers, *OFF)))
    fast = charges(meter((*JOINED, "664000 2 fast", "664000 2 tls", *answers, *OFF)))

    assert fast[HANDSHAKE] == pytest.approx(1.0 * 113.5)
    assert fast[SESSION] - slow[SESSION] == pytest.approx(0.02 * 13.5, rel=0.1)


def test_who_never_finds_the_broker_has_waited_for_it():
    lost = meter((*JOINED[:3], "664000 9001 radio 0"))

    assert charges(lost)[SESSION] > 100 * 8.5


@pytest.mark.parametrize("total", TOTALS)
def test_each_published_total_is_predicted_by_the_others(total):
    others = [each for each in TOTALS if each is not total]

    predicted_mc = published.predict_mc(total, *others)

    assert predicted_mc != total.charge_mc
    assert predicted_mc == pytest.approx(total.charge_mc, rel=0.1)


def test_a_day_is_its_wakes_the_reports_made_twice_and_the_sleep_between():
    report = meter((*JOINED, *OFF))
    lived = day([report, report], retried=0.05, asleep_ua=20)

    by_name = {each.name: each for each in lived.phases}
    radio_mc = charges(report)[JOIN] + charges(report)[SESSION]
    assert by_name[RETRIES].charge_mc == pytest.approx(0.05 * 2 * radio_mc)
    assert by_name[ASLEEP].charge_mc == pytest.approx(20 * 86.4, rel=0.001)
    total_s = sum(each.duration_s for each in lived.phases)
    assert total_s == pytest.approx(86400)
    assert lived.mah == pytest.approx(
        (2 * report.charge_mc + 0.1 * radio_mc + by_name[ASLEEP].charge_mc) / 3600
    )


def test_the_mean_of_two_days_is_that_of_one():
    report = meter((*JOINED, *OFF))

    assert day([report] * 6, days=2).mah == pytest.approx(day([report] * 3).mah)


@pytest.fixture
def awake(device):
    """Wake the device, 900 s after the last time, and meter it."""

    def wake(**world):
        device.world = replace(device.world, now_s=device.world.now_s + 900)
        run_wake(device.folder, replace(device.world, **world), is_metered=True)
        return read_wake(device.folder)

    return wake


def test_a_place_to_look_for_costs_a_scan_and_dhcp(awake, device, broker, gateway):
    device.provision(broker_port=broker, report_every=1)
    first, renewed, again = awake(), awake(), awake()

    assert gateway.seqs == [0, 1, 2]
    # The first time it looks around; then it knows the time, and asks for an address.
    assert charges(first)[SCAN] > 100
    assert not {SCAN, HANDSHAKE} & charges(renewed).keys()
    assert charges(again)[ADDRESS] < 2  # 20 ms, a look whether it is joined
    more_mc = charges(renewed)[ADDRESS]
    assert more_mc > charges(again)[JOIN]
    assert beyond(renewed, again) == pytest.approx(more_mc, rel=0.15)


def test_doubt_costs_pings(awake, device):
    device.provision(broker_port=1, report_every=96)
    awake(pings_mm=(1000,) * 33)
    sure = awake(pings_mm=(1000,) * 33)
    unsure = awake(pings_mm=(1000, 2000, 700, 1500, 3000, 400, 2500) * 5)

    assert not sure.has_reported
    assert charges(unsure)[SENSOR] > 3 * charges(sure)[SENSOR]
    assert sure.awake_s < 0.9


def test_a_frame_that_comes_while_the_chip_sleeps_is_lost(tmp_path):
    said = {f"BIN_UART_{number}": f"0{number}" for number in range(9)}
    done = subprocess.run(
        [MICROPYTHON, "-c", WORDS],
        env={
            "MICROPYPATH": f"{FIRMWARE}/host/standins:.frozen",
            "BIN_POWER_ON": "1",
            "BIN_UART_MS": "100",
            **said,
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == [r"b'\x00\x01'", "None", r"b'\x03'"]


def test_a_handshake_is_noticed(awake, device, tmp_path):
    certificates = tmp_path / "certificates"
    certify(certificates)
    give(device, ca=certificates, own=certificates)
    with peers.peer(peers.talk_nonsense) as port:
        device.provision(broker_host=NAMED, broker_port=port, tls=True)
        dated, wake = awake(), awake()

    assert HANDSHAKE not in charges(dated)
    # At 240 MHz: two thirds of 1.5 s, with 13.5 mA more.
    assert charges(wake)[HANDSHAKE] == pytest.approx(113.5)


def test_a_short_day_of_a_bin_has_a_report_for_every_fourth_wake(
    device, broker, gateway
):
    device.provision(broker_port=broker, report_every=4)
    wakes = []
    with serving_wakes() as server:
        for number in range(13):
            world = replace(device.world, now_s=device.world.now_s + 900 * number)
            done = server.run_wake(device.folder, world, is_metered=True)
            assert (done.status, done.console) == (0, "")
            wakes.append(read_wake(device.folder))

    assert [each.has_reported for each in wakes[1:]] == [False, False, False, True] * 3
    quarter = day(wakes[1:], days=0.125)
    assert 1.5 < quarter.mah < 3
    assert day(wakes[1:], days=0.125, asleep_ua=10_000).mah > 200
