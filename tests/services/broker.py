"""A real broker for the tests: the one that the product embeds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from backend.embedded.broker import BrokerConfig, EmbeddedBroker


@dataclass(frozen=True, kw_only=True, slots=True)
class Broker:
    """Where it listens, and one way in."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)


@pytest.fixture(scope="session")
def broker(tmp_path_factory) -> Iterator[Broker]:
    """The broker of the session; give topics or devices names of your own."""
    config = BrokerConfig(data_dir=tmp_path_factory.mktemp("broker"))
    with EmbeddedBroker(config) as embedded:
        address = embedded.address
        yield Broker(
            host=address.host,
            port=address.port,
            user=address.gateway_user,
            password=address.gateway_password,
        )


@pytest.fixture
def own_broker(tmp_path) -> Iterator[EmbeddedBroker]:
    """A broker of one test, to be killed and started again."""
    with EmbeddedBroker(BrokerConfig(data_dir=tmp_path / "broker")) as embedded:
        yield embedded
