import pytest

from gateway.errors import PayloadError
from gateway.topic import (
    ack_topic,
    device_of,
    event_of,
    is_event,
    other_filters,
    our_filters,
    partition_of,
)
from tests.services.wire import topic


def test_the_partition_is_the_crc_of_the_device():
    assert partition_of("123456789") == 0xCBF43926 % 64  # the check value of CRC-32


def test_a_device_is_read_from_the_topic_of_its_readings():
    assert device_of(topic("bin-1_a")) == "bin-1_a"


@pytest.mark.parametrize(
    "name",
    [
        "ullage/1/0/Bin/readings",
        "ullage/2/0/bin/readings",
        "ullage/1/0/bin/events",
        "ullage/1/0/bin/readings/",
        f"ullage/1/0/{'a' * 33}/readings",
    ],
)
def test_another_topic_is_refused(name):
    with pytest.raises(PayloadError, match="the topic is not"):
        device_of(name)


def test_a_wrong_partition_is_refused_with_the_right_one():
    right = partition_of("bin")

    with pytest.raises(PayloadError, match=f"partition {right}, not {right + 1}"):
        device_of(f"ullage/1/{right + 1}/bin/readings")


def test_a_device_is_read_from_the_topic_of_its_events_too():
    assert event_of(topic("bin-1_a", "events")) == "bin-1_a"
    assert is_event(topic("bin-1_a", "events"))
    assert not is_event(topic("bin-1_a"))
    assert not is_event("application/bins/events")


def test_an_acknowledgement_goes_to_the_device_and_its_partition():
    assert ack_topic("bin") == topic("bin", "ack")


def test_a_whole_fleet_is_a_subscription_for_each_thing_that_devices_say():
    assert our_filters(frozenset(range(64))) == [
        "ullage/1/+/+/readings",
        "ullage/1/+/+/events",
        "ullage/1/+/+/reported",
    ]


def test_a_part_of_a_fleet_is_subscribed_to_partition_by_partition():
    assert our_filters(frozenset({9, 3})) == [
        "ullage/1/3/+/readings",
        "ullage/1/3/+/events",
        "ullage/1/3/+/reported",
        "ullage/1/9/+/readings",
        "ullage/1/9/+/events",
        "ullage/1/9/+/reported",
    ]


@pytest.mark.parametrize("partitions", [{0}, {1, 63}, set(range(63)), set(range(64))])
def test_whatever_a_gateway_had_before_is_either_its_own_or_another_filter(partitions):
    ours = set(our_filters(frozenset(partitions)))
    others = set(other_filters(frozenset(partitions)))

    assert not ours & others
    # For each thing that is said: one for each partition, and one for all.
    assert len(ours | others) == 3 * 65
