"""What may be set, read once at start from the environment or a TOML file."""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "ULLAGE_"
MAX_PORT = 65535
CITIES = Path("cities")
SMTP_PORTS = {"starttls": 587, "tls": 465, "off": 25}


class SettingsError(Exception):
    """A setting cannot be used as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Everything that may be set: `ULLAGE_<FIELD>` or a key of the file."""

    #: PostgreSQL connection string, e.g. "host=… dbname=… user=… password=…"
    database: str = field(repr=False)
    #: address the application listens on
    host: str = "127.0.0.1"
    #: TCP port the application listens on
    port: int = 8080
    #: folder with the files of each city, which `ullage city add` makes
    cities: Path = CITIES
    #: address of an OSRM server to measure ways with, instead of the city's own map
    osrm_url: str = ""
    #: seconds the solver may think about one day
    plan_budget_s: int = 10
    #: threads the solver may use, by default one for each processor it may run on
    plan_threads: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))
    #: weight of an overflow against driving, where no service level was set
    overflow_weight: float = 1.0
    #: address of an online MapLibre style for the console; without: the offline streets
    map_style_url: str | None = None
    #: address of its dark counterpart; without: the same by night
    map_style_url_dark: str | None = None
    #: days that readings are kept as they came; 0: for ever
    keep_raw_days: int = 90
    #: days that their hourly summaries are kept; 0: for ever
    keep_hourly_days: int = 730
    #: days that their daily summaries are kept; 0: for ever
    keep_daily_days: int = 0
    #: days that each morning's forecasts are kept, to be judged; 0: for ever
    keep_forecast_days: int = 180

    #: address at which people open the console, for links in mails; without: host, port
    public_url: str | None = None
    #: mail server that alarms are sent by; without: no mail is sent
    smtp_host: str = ""
    #: its TCP port; without: 587, 465 with TLS, 25 without any encryption
    smtp_port: int = 0
    #: who signs in there; without: nobody does
    smtp_user: str = ""
    #: the password
    smtp_password: str = field(default="", repr=False)
    #: sender of the mails
    smtp_from: str = ""
    #: "starttls", "tls" from the first byte, or "off"
    smtp_tls: str = "starttls"

    def __post_init__(self) -> None:
        if not self.database:
            raise SettingsError(
                f"{PREFIX}DATABASE is missing: give the PostgreSQL connection string, "
                "or use `ullage demo`, which brings its own server"
            )
        if not is_loopback(self.host):
            raise SettingsError(
                f"{PREFIX}HOST={self.host} not understood: until sign-in exists the "
                "application listens on loopback only (127.0.0.1, ::1 or localhost)"
            )
        _require_numbers(self)
        for name in ("map_style_url", "map_style_url_dark"):
            _require_address(name, getattr(self, name), "of a MapLibre style")
        _require_address("public_url", self.public_url, "of the console")
        self._check_mail()

    def _check_mail(self) -> None:
        if self.smtp_tls not in SMTP_PORTS:
            raise SettingsError(
                f"{PREFIX}SMTP_TLS={self.smtp_tls} not understood: "
                f"one of {', '.join(SMTP_PORTS)}"
            )
        if not 0 <= self.smtp_port <= MAX_PORT:
            raise SettingsError(
                f"{PREFIX}SMTP_PORT={self.smtp_port} not understood: 0..{MAX_PORT}"
            )
        if self.smtp_host and "@" not in self.smtp_from:
            raise SettingsError(
                f"{PREFIX}SMTP_FROM={self.smtp_from} not understood: the address that "
                f"mails come from, as {PREFIX}SMTP_HOST is set"
            )

    @property
    def console_url(self) -> str:
        """Say where people open the console."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def mail_port(self) -> int:
        """Say on which port the mail server listens."""
        return self.smtp_port or SMTP_PORTS[self.smtp_tls]


def _require_numbers(settings: Settings) -> None:
    if not 0 <= settings.port <= MAX_PORT:
        raise SettingsError(
            f"{PREFIX}PORT={settings.port} not understood: 0..{MAX_PORT}"
        )
    if not 0 <= settings.overflow_weight < float("inf"):
        raise SettingsError(
            f"{PREFIX}OVERFLOW_WEIGHT={settings.overflow_weight} not understood: "
            "0 or more"
        )
    for name in ("plan_budget_s", "plan_threads"):
        if getattr(settings, name) <= 0:
            raise SettingsError(f"{PREFIX}{name.upper()} must be positive")
    for each in fields(settings):
        if each.name.startswith("keep_") and getattr(settings, each.name) < 0:
            raise SettingsError(f"{PREFIX}{each.name.upper()} must not be negative")


def _require_address(name: str, url: str | None, whose: str) -> None:
    if url is not None and not url.startswith(("http://", "https://")):
        raise SettingsError(
            f"{PREFIX}{name.upper()}={url} not understood: the http(s) address {whose}"
        )


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the file named by ULLAGE_SETTINGS, then let the environment override it.

    Raises
    ------
    SettingsError
        If a value cannot be used; the message names it and says what to do.
    """
    values = {"database": ""} | _gather(environ)
    return Settings(**{key: _parse(key, value) for key, value in values.items()})


@dataclass(frozen=True, kw_only=True, slots=True)
class CitySettings:
    """What a command needs that works without a database too."""

    cities: Path
    database: str | None = field(repr=False)


def read_city_settings(environ: Mapping[str, str]) -> CitySettings:
    """Read where the cities are, and the database if one is set.

    Raises
    ------
    SettingsError
        If the settings cannot be read.
    """
    values = _gather(environ)
    return CitySettings(
        cities=Path(values.get("cities", CITIES)),
        database=values.get("database") or None,
    )


def _gather(environ: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    file_name = environ.get(f"{PREFIX}SETTINGS")
    if file_name:
        values |= _read_file(Path(file_name))
    for each in fields(Settings):
        name = PREFIX + each.name.upper()
        if name in environ:
            values[each.name] = environ[name]
    return values


def _read_file(path: Path) -> dict[str, str]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read: {error.strerror}. {PREFIX}SETTINGS names it"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML in UTF-8: {error}") from error
    known = {each.name for each in fields(Settings)}
    strangers = sorted(values.keys() - known)
    if strangers:
        raise SettingsError(
            f"{path}: {strangers[0]} not understood; "
            f"known are {', '.join(sorted(known))}"
        )
    return {key: str(value) for key, value in values.items()}


PARSERS = {
    "port": int,
    "smtp_port": int,
    "plan_budget_s": int,
    "plan_threads": int,
    "overflow_weight": float,
    "keep_raw_days": int,
    "keep_hourly_days": int,
    "keep_daily_days": int,
    "keep_forecast_days": int,
    "cities": Path,
}


def _parse(name: str, value: str) -> Any:  # noqa: ANN401 - four types of setting
    parse = PARSERS.get(name, str)
    try:
        return parse(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{PREFIX}{name.upper()}={value} not understood") from error
