"""The embedded broker: closed to strangers, the same after a restart."""

import stat

import psutil
import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from backend.embedded.broker import BrokerConfig, EmbeddedBroker
from tests.services.broker import Broker
from tests.services.devices import connected

PATIENCE_S = 20


def way_in(broker: EmbeddedBroker) -> Broker:
    return Broker(
        host=broker.address.host,
        port=broker.address.port,
        user=broker.address.device_user,
        password=broker.address.device_password,
    )


def test_only_this_machine_can_reach_it(own_broker):
    process = psutil.Process(own_broker.process.pid)
    listening = {
        each.laddr.ip
        for each in process.net_connections()
        if each.status == psutil.CONN_LISTEN
    }

    assert listening == {"127.0.0.1"}


@pytest.mark.parametrize("credentials", [None, ("device", "guess"), ("root", "")])
def test_nobody_gets_in_without_the_password(own_broker, credentials):
    client = Client(CallbackAPIVersion.VERSION2)
    if credentials is not None:
        client.username_pw_set(*credentials)
    client.connect(own_broker.address.host, own_broker.address.port)

    while client.loop(1.0) == 0:
        assert not client.is_connected()


def test_its_passwords_are_drawn_anew_for_each_launcher(tmp_path):
    first, second = (
        EmbeddedBroker(BrokerConfig(data_dir=tmp_path)).address for _ in range(2)
    )

    passwords = {
        first.device_password,
        first.gateway_password,
        second.device_password,
        second.gateway_password,
    }
    assert len(passwords) == 4


def test_its_settings_are_kept_where_only_their_owner_reads_them(own_broker):
    assert stat.S_IMODE(own_broker.config_path.stat().st_mode) == 0o600


def test_the_same_clients_get_in_again_after_it_was_killed(own_broker):
    with connected(way_in(own_broker), "before"):
        pass
    own_broker.process.kill()
    own_broker.process.wait(PATIENCE_S)
    assert not own_broker.is_alive()

    own_broker.start()

    with connected(way_in(own_broker), "after") as client:
        assert client.is_connected()
