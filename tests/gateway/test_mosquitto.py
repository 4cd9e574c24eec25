"""Gateways and bins at the Mosquitto that we ship: TLS, access, versions, sessions."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from tests.services.devices import add_device, connected, listening
from tests.services.gateway import count_stored, inserts_waiting
from tests.services.mosquitto import PASSWORD, Certificates
from tests.services.waiting import wait_for
from tests.services.wire import numbered, partition_of, read_ack, topic


@pytest.fixture
def bin_1(connection, mosquitto):
    """A bin with a certificate, which listens."""
    name, device_id = add_device(connection)
    with listening(mosquitto.way_in(name), name, device_id) as device:
        yield device


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_a_bin_is_answered_over_tls_in_either_version(
    version, mosquitto, bin_1, start_gateway, tmp_path
):
    start_gateway(mosquitto.way_in("gateway-1"), ULLAGE_MQTT_VERSION=version)

    assert read_ack(bin_1.exchange(numbered(0, 24))).next_seq == 24
    assert f"subscribed, MQTT {version}" in (tmp_path / "gateway-1.log").read_text()


def test_a_gateway_that_was_there_before_its_broker_still_speaks_mqtt_5(
    mosquitto, start_gateway, tmp_path
):
    mosquitto.program.stop()
    start_gateway(mosquitto.way_in("gateway-1"), until="broker away")
    mosquitto.program.start()

    log = tmp_path / "gateway-1.log"
    wait_for(lambda: "subscribed" in log.read_text())
    assert "subscribed, MQTT 5" in log.read_text()


def test_a_bin_without_a_certificate_comes_with_its_password(connection, mosquitto):
    name = "bin-password"
    with listening(mosquitto.way_in_by_password(name, PASSWORD), name, 0) as device:
        device.client.subscribe(topic("bin-a", "ack"), qos=1)
        with connected(mosquitto.way_in("gateway-1"), "gateway-1") as gateway:
            gateway.publish(topic("bin-a", "ack"), b"not for it", qos=1)
            gateway.publish(topic(name, "ack"), b"for it", qos=1)

            assert device.hear().payload == b"for it"


def test_a_bin_writes_and_hears_nothing_but_its_own(mosquitto):
    with ExitStack() as stack:
        bin_a, bin_b, gateway = (
            stack.enter_context(listening(mosquitto.way_in(name), name, 0))
            for name in ("bin-a", "bin-b", "gateway-1")
        )
        for every in ("ullage/1/+/+/readings", "ullage/1/+/+/ack", "#", "$SYS/#"):
            bin_a.client.subscribe(every, qos=1)
        for ours in ("ullage/1/+/+/readings", "ullage/1/+/+/events"):
            gateway.client.subscribe(ours, qos=1)
        for device, forbidden in (
            (bin_a, topic("bin-b")),
            (bin_a, topic("bin-b", "ack")),
            (bin_a, topic("bin-a", "ack")),
            (gateway, topic("bin-a")),
            (gateway, topic("bin-a", "reported")),
        ):
            device.say(b"not allowed", on=forbidden)
        bin_b.say(b"its own")
        bin_b.say(b"what it asks for", on=topic("bin-b", "events"))
        bin_b.client.subscribe(topic("bin-b", "update"), qos=1)
        gateway.say(b"for b", on=topic("bin-b", "update"))
        gateway.say(b"for a", on=topic("bin-a", "ack"))

        assert gateway.hear().topic == topic("bin-b")
        assert gateway.hear().topic == topic("bin-b", "events")
        assert [bin_a.hear().payload, bin_b.hear().payload] == [b"for a", b"for b"]
        assert [each.heard.qsize() for each in (gateway, bin_a, bin_b)] == [0, 0, 0]


def test_whoever_takes_a_gateways_name_takes_nothing_from_it(
    mosquitto, bin_1, start_gateway, tmp_path
):
    start_gateway(mosquitto.way_in("gateway-1"))

    for name in ("gateway-1", "ullage-ffffffffffffffff"):
        with connected(mosquitto.way_in("bin-a"), name):
            pass

    assert read_ack(bin_1.exchange(numbered(0, 1))).next_seq == 1
    assert "lost" not in (tmp_path / "gateway-1.log").read_text()


def test_a_stolen_bin_is_silenced_by_two_lines(mosquitto):
    stolen, honest = (mosquitto.way_in(name) for name in ("bin-a", "bin-b"))
    mosquitto.also_rule("\nuser bin-a\ntopic deny ullage/1/+/bin-a/#\n")
    with (
        listening(mosquitto.way_in("gateway-1"), "gateway-1", 0) as gateway,
        listening(stolen, "bin-a", 0) as bin_a,
        listening(honest, "bin-b", 0) as bin_b,
    ):
        gateway.client.subscribe("ullage/1/+/+/readings", qos=1)
        bin_a.say(b"stolen")
        bin_b.say(b"honest")

        assert bytes(gateway.hear().payload) == b"honest"


def test_keys_are_for_their_owner_and_certificates_for_everybody(certificates):
    certificates.of("bin-a")
    modes = {
        each.name: each.stat().st_mode & 0o777 for each in certificates.folder.iterdir()
    }

    assert {mode for name, mode in modes.items() if name.endswith(".key")} == {0o600}
    assert {mode for name, mode in modes.items() if name.endswith(".crt")} == {0o644}


@pytest.mark.parametrize("name", ["", "+", "#", "bin/1", "Bin-1", "ca", 33 * "a"])
def test_no_certificate_is_made_for_a_name_that_opens_more(certificates, name):
    made = certificates.make("client", name)

    assert made.returncode == 2
    assert made.stderr.startswith(f"deploy/certificate: {name}")


def test_a_broker_of_another_ca_is_not_talked_to(mosquitto, start_gateway, tmp_path):
    others = Certificates(tmp_path / "others")
    others.of("gateway-1")

    start_gateway(replace(mosquitto.way_in("gateway-1"), ca=others.ca), until="broker")

    log = (tmp_path / "gateway-1.log").read_text()
    assert "(ULLAGE_MQTT_CA) does not certify that it is 127.0.0.1" in log


def test_a_certificate_of_another_ca_is_not_let_in(mosquitto, start_gateway, tmp_path):
    certificate, key = Certificates(tmp_path / "others").of("gateway-1")
    ours = mosquitto.way_in("gateway-1")

    start_gateway(replace(ours, certificate=certificate, key=key), until="broker")

    log = (tmp_path / "gateway-1.log").read_text()
    assert "its log says why, a certificate it does not know" in log


def test_two_gateways_share_a_fleet_and_each_reading_is_stored_once(
    connection, mosquitto, start_gateway
):
    start_gateway(mosquitto.way_in("gateway-1"), ULLAGE_PARTITIONS="0-31")
    start_gateway(mosquitto.way_in("gateway-2"), ULLAGE_PARTITIONS="32-63")
    with ExitStack() as stack:
        for name, device_id in [add_device(connection) for _ in range(8)]:
            way_in = mosquitto.way_in(name)
            device = stack.enter_context(listening(way_in, name, device_id))
            assert read_ack(device.exchange(numbered(0, 3))).next_seq == 3
            assert device.heard.empty()

    assert count_stored(connection) == (24, 24)
    served = connection.execute("SELECT partitions FROM gateway_service").fetchall()
    assert sorted(served) == [([*range(32)],), ([*range(32, 64)],)]


def test_a_gateway_with_a_new_share_no_longer_hears_the_old(
    connection, mosquitto, bin_1, start_gateway
):
    way_in = mosquitto.way_in("gateway-1")  # one session, by its user
    name, device_id = add_device(connection)
    while partition_of(name) == partition_of(bin_1.name):
        name, device_id = add_device(connection)
    start_gateway(way_in).stop()
    share = str(partition_of(name))
    gateway = start_gateway(way_in, ULLAGE_PARTITIONS=share)

    bin_1.say(numbered(0, 1))
    with listening(mosquitto.way_in(name), name, device_id) as other:
        other.exchange(numbered(0, 1))
    gateway.stop()  # all that it had taken is stored

    assert count_stored(connection) == (1, 1)


def test_two_gateways_with_one_share_say_what_is_wrong(
    mosquitto_as_it_comes, start_gateway, tmp_path
):
    for _ in range(2):
        start_gateway(mosquitto_as_it_comes)

    log = tmp_path / "gateway-1.log"
    wait_for(lambda: "a second gateway has our share" in log.read_text())


def test_what_is_said_between_two_lives_of_a_gateway_is_stored(
    connection, mosquitto, bin_1, start_gateway
):
    gateway = start_gateway(mosquitto.way_in("gateway-1"))
    gateway.stop()
    for first_seq in range(0, 50, 5):
        bin_1.say(numbered(first_seq, 5))

    gateway.start()

    wait_for(lambda: count_stored(connection) == (50, 50))


def test_more_than_a_default_queue_waits_for_a_database_that_pauses(
    connection, database, mosquitto, bin_1, start_gateway
):
    start_gateway(mosquitto.way_in("gateway-1"))
    count = 4000 + 1000 + 500  # in flight, in a queue as it comes, and more
    bin_1.exchange(numbered(0, 1))

    with inserts_waiting(database):
        bin_1.say_all(numbered(seq, 1) for seq in range(1, count))

    wait_for(lambda: count_stored(connection) == (count, count))


def test_as_mosquitto_comes_it_drops_what_is_more_and_the_bin_has_to_say_it_again(
    connection, database, mosquitto_as_it_comes, start_gateway
):
    start_gateway(mosquitto_as_it_comes, ULLAGE_MQTT_VERSION="3.1.1")
    name, device_id = add_device(connection)
    with listening(mosquitto_as_it_comes, name, device_id) as device:
        device.exchange(numbered(0, 1))
        with inserts_waiting(database):
            device.say_all(numbered(seq, 1) for seq in range(1, 1500))

        wait_for(lambda: count_stored(connection) == (1021, 1021))
        device.say(numbered(1500, 1))  # beyond the hole
        device.say(numbered(1021, 480))

        wait_for(lambda: count_stored(connection) == (1501, 1501))


def test_twenty_in_flight_do_not_stall_a_gateway(
    connection, mosquitto_as_it_comes, start_gateway
):
    start_gateway(mosquitto_as_it_comes, ULLAGE_MQTT_VERSION="3.1.1")
    name, device_id = add_device(connection)
    with listening(mosquitto_as_it_comes, name, device_id) as device:
        device.say_all(numbered(seq, 1) for seq in range(600))

        # By twenties, each committed before the next comes.
        wait_for(lambda: count_stored(connection) == (600, 600), patience_s=6)
