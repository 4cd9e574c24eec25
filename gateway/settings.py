"""What the gateway is told from outside, read once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gateway.errors import SettingsError
from gateway.topic import PARTITIONS, is_ours

RANGE = re.compile(r"(\d+)(?:-(\d+))?")
# `+` stands for a whole level, `#` for all levels at the end (MQTT 3.1.1, §4.7.1); one
# that begins with a wildcard would bring our own topics a second time.
LEVEL = r"(?:[^/+#\0]*|\+)"
FILTER = re.compile(rf"[^/+#\0]+(?:/{LEVEL})*(?:/#)?")
MAX_PORT = 65535
Version = Literal["5", "3.1.1"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Where the broker and the database are, and which part of the fleet is ours."""

    database: str = field(repr=False)
    mqtt_host: str
    mqtt_port: int
    mqtt_user: str | None
    mqtt_password: str | None = field(repr=False)
    mqtt_versions: tuple[Version, ...]
    mqtt_ca: str | None
    mqtt_certificate: str | None
    mqtt_key: str | None
    partitions: frozenset[int]
    uplink_topics: tuple[str, ...]
    health_host: str
    health_port: int | None

    @property
    def client_id(self) -> str:
        """Name our session at the broker: always the same, for it outlives us."""
        # 23 characters, the most that every broker has to take (MQTT 3.1.1, §3.1.3.1).
        return f"ullage-{sum(1 << each for each in self.partitions):016x}"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings of one gateway from its environment."""
    database = environment.get("ULLAGE_DATABASE")
    if not database:
        raise SettingsError(
            "ULLAGE_DATABASE is missing: set it to a conninfo string such as "
            "'host=127.0.0.1 dbname=ullage user=ullage password=…'"
        )
    ca, certificate, key = (
        _read_path(name, environment.get(name))
        for name in ("ULLAGE_MQTT_CA", "ULLAGE_MQTT_CERTIFICATE", "ULLAGE_MQTT_KEY")
    )
    if ca is None and (certificate or key):
        raise SettingsError(
            "ULLAGE_MQTT_CA is missing: without it the connection is not encrypted, "
            "and nobody asks for the certificate"
        )
    return Settings(
        database=database,
        mqtt_host=environment.get("ULLAGE_MQTT_HOST", "127.0.0.1"),
        mqtt_port=_read_port(
            "ULLAGE_MQTT_PORT", environment.get("ULLAGE_MQTT_PORT", "1883")
        ),
        mqtt_user=environment.get("ULLAGE_MQTT_USER"),
        mqtt_password=environment.get("ULLAGE_MQTT_PASSWORD"),
        mqtt_versions=_read_versions(environment.get("ULLAGE_MQTT_VERSION", "auto")),
        mqtt_ca=ca,
        mqtt_certificate=certificate,
        mqtt_key=key,
        partitions=_read_partitions(environment.get("ULLAGE_PARTITIONS", "0-63")),
        uplink_topics=_read_filters(environment.get("ULLAGE_UPLINK_TOPICS", "")),
        health_host=environment.get("ULLAGE_GATEWAY_HOST", "127.0.0.1"),
        health_port=_read_health_port(environment.get("ULLAGE_GATEWAY_PORT")),
    )


def _read_path(name: str, path: str | None) -> str | None:
    if path is not None and not os.access(path, os.R_OK):
        raise SettingsError(f"{name}: {path} is not there, or not for us to read")
    return path


def _read_health_port(text: str | None) -> int | None:
    return None if text is None else _read_port("ULLAGE_GATEWAY_PORT", text)


def _read_versions(text: str) -> tuple[Version, ...]:
    """Read which version to speak; with `auto` the broker's answer decides."""
    match text:
        case "auto":
            return ("5", "3.1.1")
        case "5" | "3.1.1":
            return (text,)
    raise SettingsError(f"ULLAGE_MQTT_VERSION: {text!r} is not auto, 5 or 3.1.1")


def _read_port(name: str, text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= MAX_PORT:
        raise SettingsError(f"{name}: {text!r} is not a port")
    return int(text)


def _read_partitions(text: str) -> frozenset[int]:
    parts = (_read_range(part.strip()) for part in text.split(","))
    return frozenset(partition for part in parts for partition in part)


def _read_range(text: str) -> range:
    match = RANGE.fullmatch(text)
    if match is not None:
        partitions = range(int(match[1]), int(match[2] or match[1]) + 1)
        if partitions and partitions[-1] < PARTITIONS:
            return partitions
    raise SettingsError(
        f"ULLAGE_PARTITIONS: {text!r} is not a number or a range like 8-15 "
        f"within 0-{PARTITIONS - 1}"
    )


def _read_filters(text: str) -> tuple[str, ...]:
    filters = tuple(each.strip() for each in text.split(",") if each.strip())
    for each in filters:
        if FILTER.fullmatch(each) is None or is_ours(each):
            raise SettingsError(
                f"ULLAGE_UPLINK_TOPICS: {each!r} is not a topic filter of a network "
                "server, such as application/+/device/+/event/up"
            )
    return filters
