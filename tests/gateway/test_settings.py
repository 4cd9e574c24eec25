import pytest

from gateway.errors import SettingsError
from gateway.settings import read_settings

DATABASE = {"ULLAGE_DATABASE": "dbname=ullage"}


def test_a_database_is_all_that_must_be_given():
    settings = read_settings(DATABASE)

    assert (settings.mqtt_host, settings.mqtt_port) == ("127.0.0.1", 1883)
    assert settings.partitions == frozenset(range(64))
    assert settings.client_id == "ullage-ffffffffffffffff"


def test_partitions_are_numbers_and_ranges():
    settings = read_settings(DATABASE | {"ULLAGE_PARTITIONS": "0-2, 5,63"})

    assert settings.partitions == {0, 1, 2, 5, 63}


def test_gateways_of_different_partitions_have_different_sessions():
    first, second = (
        read_settings(DATABASE | {"ULLAGE_PARTITIONS": text}).client_id
        for text in ("0,2,63", "0,3,63")
    )

    assert first != second


def test_secrets_are_not_shown():
    secrets = {"ULLAGE_DATABASE": "password=hush", "ULLAGE_MQTT_PASSWORD": "hush"}

    assert "hush" not in repr(read_settings(secrets))


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "ULLAGE_DATABASE is missing"),
        (DATABASE | {"ULLAGE_MQTT_PORT": "mqtt"}, "ULLAGE_MQTT_PORT: 'mqtt'"),
        (DATABASE | {"ULLAGE_MQTT_PORT": "70000"}, "ULLAGE_MQTT_PORT: '70000'"),
        (DATABASE | {"ULLAGE_PARTITIONS": ""}, "ULLAGE_PARTITIONS: ''"),
        (DATABASE | {"ULLAGE_PARTITIONS": "0-64"}, "'0-64' is not a number or a range"),
        (DATABASE | {"ULLAGE_PARTITIONS": "1,5-3"}, "'5-3' is not a number"),
    ],
)
def test_a_setting_that_is_not_understood_is_named(environment, reason):
    with pytest.raises(SettingsError, match=reason):
        read_settings(environment)


def test_the_gateway_hears_no_network_server_unless_it_is_told():
    assert read_settings(DATABASE).uplink_topics == ()


def test_the_topics_of_network_servers_are_filters_between_commas():
    told = "application/+/device/+/event/up, v3/+/devices/+/up,plant/#"

    settings = read_settings(DATABASE | {"ULLAGE_UPLINK_TOPICS": told})

    assert settings.uplink_topics == (
        "application/+/device/+/event/up",
        "v3/+/devices/+/up",
        "plant/#",
    )


@pytest.mark.parametrize(
    "wrong", ["#", "+/x", "ullage/1/+/+/readings", "a/b+", "a/#/b"]
)
def test_a_filter_that_would_bring_our_own_topics_or_is_none_is_refused(wrong):
    with pytest.raises(SettingsError, match="ULLAGE_UPLINK_TOPICS"):
        read_settings(DATABASE | {"ULLAGE_UPLINK_TOPICS": wrong})


@pytest.mark.parametrize("name", ["ULLAGE_MQTT_CA", "ULLAGE_MQTT_KEY"])
def test_a_file_that_is_not_there_is_named_before_anybody_connects(name):
    with pytest.raises(SettingsError, match=rf"{name}: nowhere\.pem is not there"):
        read_settings(DATABASE | {name: "nowhere.pem"})


def test_a_certificate_without_a_ca_would_be_shown_to_nobody():
    with pytest.raises(SettingsError, match="ULLAGE_MQTT_CA is missing"):
        read_settings(DATABASE | {"ULLAGE_MQTT_CERTIFICATE": __file__})


@pytest.mark.parametrize("text", ["4", "", "3.1", "mqtt"])
def test_a_version_that_we_do_not_speak_is_refused(text):
    with pytest.raises(SettingsError, match="ULLAGE_MQTT_VERSION"):
        read_settings(DATABASE | {"ULLAGE_MQTT_VERSION": text})
