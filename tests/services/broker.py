"""A real broker for the tests: the one that the product embeds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from paho.mqtt.client import Client

from backend.embedded.broker import BrokerConfig, EmbeddedBroker


@dataclass(frozen=True, kw_only=True, slots=True)
class Broker:
    """Where it listens, and one way in."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None

    def introduce(self, client: Client) -> None:
        """Tell a client how to get in."""
        if self.user is not None:
            client.username_pw_set(self.user, self.password)
        if self.ca is not None:
            certificate = str(self.certificate) if self.certificate else None
            key = str(self.key) if self.key else None
            client.tls_set(str(self.ca), certificate, key)

    def settings(self) -> dict[str, str]:
        """Say the same to a gateway."""
        known = {
            "ULLAGE_MQTT_HOST": self.host,
            "ULLAGE_MQTT_PORT": self.port,
            "ULLAGE_MQTT_USER": self.user,
            "ULLAGE_MQTT_PASSWORD": self.password,
            "ULLAGE_MQTT_CA": self.ca,
            "ULLAGE_MQTT_CERTIFICATE": self.certificate,
            "ULLAGE_MQTT_KEY": self.key,
        }
        return {name: str(value) for name, value in known.items() if value is not None}


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
