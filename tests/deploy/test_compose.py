"""What compose.yaml and deploy/ name exists, and nothing in them opens by itself."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

import gateway.settings
from backend.__main__ import main
from backend.settings import Settings, is_loopback, read_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: each for name, each in SERVICES.items() if each["image"] == "ullage"}
GATEWAYS = {name: each for name, each in OURS.items() if "gateway" in each["command"]}
#: made by the operator, never part of the repository
MADE = "./deploy/certificates/"
SECRET = re.compile(r"\$\{\w+:\?[^}]+\}")


def mounts(service: dict[str, Any]) -> dict[str, str]:
    """Map what a container sees to what it is on the machine."""
    pairs = [each.split(":") for each in service.get("volumes", [])]
    return {inside: outside for outside, inside, *_ in pairs}


def certificates_made() -> set[str]:
    """List the files that the commands at the head of compose.yaml make."""
    head = (ROOT / "compose.yaml").read_text("utf-8").split("name:")[0]
    clients = re.findall(r"deploy/certificate client (\S+)", head)
    files = {f"{name}.{end}" for name in clients for end in ("crt", "key")}
    assert "deploy/certificate server broker" in head
    return files | {"ca.crt", "clients.crt", "server.crt", "server.key"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_file_that_is_mounted_is_there_or_made_first(name):
    for outside in mounts(SERVICES[name]).values():
        if outside.startswith(MADE):
            assert outside.removeprefix(MADE) in certificates_made()
        elif outside.startswith("."):
            assert (ROOT / outside).is_file()
        else:
            assert outside in COMPOSE["volumes"]


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_one_that_the_program_reads(name):
    source = Path(gateway.settings.__file__).read_text("utf-8")
    known = (
        set(re.findall(r'"(ULLAGE_\w+)"', source))
        if name in GATEWAYS
        else {f"ULLAGE_{each.name.upper()}" for each in fields(Settings)}
    )

    assert OURS[name]["environment"].keys() <= known


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_of_ours(name, capsys):
    match OURS[name]["command"]:
        case ["ullage", command]:
            with pytest.raises(SystemExit) as stop:
                main([command, "--help"])
            assert stop.value.code == 0
        case command:
            assert command == ["python", "-m", "gateway"]


@pytest.mark.parametrize("name", GATEWAYS)
def test_a_gateway_can_read_the_settings_that_it_is_given(name, tmp_path):
    environment = dict(GATEWAYS[name]["environment"])
    for key, inside in environment.items():
        if inside in mounts(GATEWAYS[name]):
            environment[key] = str(tmp_path / Path(inside).name)
            Path(environment[key]).touch()

    settings = gateway.settings.read_settings(environment)

    assert f":{settings.health_port}/health" in str(GATEWAYS[name]["healthcheck"])
    assert settings.mqtt_host in SERVICES
    assert f"listener {settings.mqtt_port}\n" in mosquitto_conf()


def test_the_gateways_have_the_whole_fleet_between_them_and_nothing_twice():
    shares = [
        gateway.settings.read_settings(
            {
                "ULLAGE_DATABASE": "dbname=x",
                "ULLAGE_PARTITIONS": each["environment"]["ULLAGE_PARTITIONS"],
            }
        ).partitions
        for each in GATEWAYS.values()
    ]

    assert sorted(partition for each in shares for partition in each) == [*range(64)]


def test_the_gateways_are_users_that_the_broker_knows():
    acl = (DEPLOY / "mosquitto/acl").read_text("utf-8")
    users = re.findall(r"^user (\S+)$", acl, re.MULTILINE)

    assert [
        Path(mounts(each)["/run/secrets/gateway.crt"]).stem
        for each in GATEWAYS.values()
    ] == users


def test_the_broker_has_every_file_that_its_configuration_names():
    named = re.findall(
        r"^\w+ (/mosquitto/(?:config|data)/\S*)$", mosquitto_conf(), re.MULTILINE
    )

    seen = mounts(SERVICES["broker"])
    assert len(named) == 5
    assert all(each in seen or each.rstrip("/") in seen for each in named)


def test_every_password_has_to_be_given():
    text = "\n".join(
        line
        for line in (ROOT / "compose.yaml").read_text("utf-8").splitlines()
        if not line.lstrip().startswith("#")
    )
    for line in text.splitlines():
        if "password=" in line.lower() or "PASSWORD:" in line:
            assert SECRET.search(line), line
    assert ":-" not in text  # a default for a variable


def test_nobody_outside_reaches_more_than_the_broker():
    published = {
        name: each["ports"] for name, each in SERVICES.items() if "ports" in each
    }

    assert published == {"broker": ["8883:8883"], "database": ["127.0.0.1:5432:5432"]}
    application = read_settings(SERVICES["application"]["environment"])
    assert is_loopback(application.host)


def test_images_are_of_a_version():
    for each in SERVICES.values():
        assert each["image"] == "ullage" or re.search(r":\d+\.\d+", each["image"])


def test_the_image_is_made_of_what_the_build_needs_and_of_nothing_secret():
    kept = re.findall(
        r"^!(\S+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE
    )

    assert all((ROOT / each).exists() for each in kept)
    assert not {"deploy", ".env", ".git"} & set(kept)


def mosquitto_conf() -> str:
    return (DEPLOY / "mosquitto/mosquitto.conf").read_text("utf-8")
