"""A relay of real firmware, and a gateway behind a real broker."""

from collections.abc import Iterator

import pytest

from tests.firmware.conftest import ACK_TOPIC
from tests.firmware.cursor import answering
from tests.firmware.relay.site import (
    DESIRED_TOPIC,
    OFFER_TOPIC,
    Eventful,
    Site,
    draw_mac,
)


@pytest.fixture
def site(tmp_path) -> Site:
    (tmp_path / "air").mkdir()
    (tmp_path / "relay").mkdir()
    return Site(tmp_path / "relay", draw_mac())


@pytest.fixture
def cursor() -> Eventful:
    return Eventful()


@pytest.fixture
def gateway(broker: int, cursor: Eventful) -> Iterator[Eventful]:
    with answering(broker, cursor) as client:
        cursor.client = client
        yield cursor
        for topic in (ACK_TOPIC, OFFER_TOPIC, DESIRED_TOPIC):
            client.publish(topic, b"", qos=1, retain=True).wait_for_publish(5)
