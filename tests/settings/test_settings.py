"""Settings: read once, refused with a reason."""

import os
from pathlib import Path

import pytest

from backend.settings import (
    Settings,
    SettingsError,
    is_loopback,
    read_city_settings,
    read_settings,
)

DATABASE = {"ULLAGE_DATABASE": "dbname=ullage"}


def read_with(**settings: str) -> Settings:
    return read_settings(DATABASE | {f"ULLAGE_{k}": v for k, v in settings.items()})


@pytest.fixture
def file(tmp_path: Path):
    """Write a settings file; return the environment that names it."""

    def write(text: str) -> dict[str, str]:
        path = tmp_path / "ullage.toml"
        path.write_text(text, "utf-8")
        return {"ULLAGE_SETTINGS": str(path)}

    return write


def test_the_database_is_all_that_must_be_set():
    assert read_settings(DATABASE) == Settings(database="dbname=ullage")


@pytest.mark.parametrize("environ", [{}, {"ULLAGE_DATABASE": ""}])
def test_a_missing_database_is_named_with_a_way_out(environ):
    with pytest.raises(SettingsError, match=r"ULLAGE_DATABASE.*`ullage demo`"):
        read_settings(environ)


def test_each_setting_comes_from_the_environment_in_its_own_type():
    settings = read_with(
        PORT="9000",
        CITIES="maps",
        PLAN_BUDGET_S="3",
        PLAN_THREADS="2",
        OVERFLOW_WEIGHT="1.5",
    )

    assert settings.port == 9000
    assert settings.cities == Path("maps")
    assert settings.plan_budget_s == 3
    assert settings.plan_threads == 2
    assert settings.overflow_weight == 1.5


def test_a_file_can_say_the_same(file):
    settings = read_settings(file('database = "dbname=x"\nport = 9000\n'))

    assert (settings.database, settings.port) == ("dbname=x", 9000)


def test_the_environment_outranks_the_file(file):
    environ = file('database = "dbname=x"\nport = 9000\n') | {"ULLAGE_PORT": "9001"}

    settings = read_settings(environ)

    assert (settings.database, settings.port) == ("dbname=x", 9001)


def test_an_unknown_key_of_the_file_is_refused_and_the_known_ones_named(file):
    with pytest.raises(SettingsError, match=r"prot not understood; known are .*port"):
        read_settings(DATABASE | file("prot = 9000\n"))


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(SettingsError, match=r"nowhere\.toml cannot be read"):
        read_with(SETTINGS="nowhere.toml")


def test_a_file_that_is_not_toml_is_named(file):
    with pytest.raises(SettingsError, match=r"ullage\.toml is not TOML"):
        read_settings(DATABASE | file("port: 9000\n"))


@pytest.mark.parametrize("port", ["http", "8080.0", "", "-1", "65536"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(SettingsError, match=f"ULLAGE_PORT={port} not understood"):
        read_with(PORT=port)


@pytest.mark.parametrize("port", ["0", "65535"])
def test_ports_go_from_any_free_one_to_the_last(port):
    assert read_with(PORT=port).port == int(port)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "192.168.0.7", "::", "example.org", "", "127.0.0.1.example.org"]
)
def test_a_host_that_others_can_reach_is_refused(host):
    with pytest.raises(SettingsError, match="on loopback only"):
        read_with(HOST=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_loopback_has_several_names(host):
    assert is_loopback(host)
    assert read_with(HOST=host).host == host


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLAN_BUDGET_S", "0"),
        ("PLAN_BUDGET_S", "soon"),
        ("OVERFLOW_WEIGHT", "-0.1"),
        ("OVERFLOW_WEIGHT", "high"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=f"ULLAGE_{name}"):
        read_with(**{name: value})


def test_settings_do_not_change_once_read():
    settings = read_settings(DATABASE)

    with pytest.raises(AttributeError):
        settings.port = 1  # type: ignore[misc]


def test_the_solver_may_use_every_processor_unless_told_otherwise():
    assert read_with().plan_threads == len(os.sched_getaffinity(0))


def test_no_map_style_is_online_unless_it_is_set():
    assert read_with().map_style_url is None
    assert read_with(MAP_STYLE_URL="https://a.test/s.json").map_style_url_dark is None


@pytest.mark.parametrize("name", ["MAP_STYLE_URL", "MAP_STYLE_URL_DARK"])
@pytest.mark.parametrize(
    "value", ["", "style.json", "javascript:alert(1)", "file:///x"]
)
def test_a_map_style_without_an_http_address_is_refused(name, value):
    with pytest.raises(SettingsError, match=f"ULLAGE_{name}=.*http"):
        read_with(**{name: value})


def test_planning_needs_a_thread():
    with pytest.raises(SettingsError, match="PLAN_THREADS must be positive"):
        read_with(PLAN_THREADS="0")


def test_where_the_cities_are_can_be_asked_without_a_database(file):
    nothing, some = read_city_settings({}), read_city_settings(file('cities = "maps"'))

    assert (nothing.cities, nothing.database) == (Path("cities"), None)
    assert (some.cities, some.database) == (Path("maps"), None)
    assert read_city_settings(DATABASE).database == "dbname=ullage"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"SMTP_TLS": "ssl"}, "SMTP_TLS=ssl not understood: one of starttls, tls, off"),
        ({"SMTP_PORT": "99999"}, "SMTP_PORT=99999"),
        ({"SMTP_HOST": "mail"}, "SMTP_FROM= not understood"),
        ({"PUBLIC_URL": "bins.example.org"}, "PUBLIC_URL=bins.example.org"),
    ],
)
def test_a_mail_server_that_cannot_work_is_refused_at_start(fields, named):
    with pytest.raises(SettingsError, match=named):
        read_with(**fields)


def test_a_mail_servers_port_is_the_usual_one_of_its_encryption():
    ports = {
        tls: read_with(SMTP_TLS=tls).mail_port for tls in ("starttls", "tls", "off")
    }

    assert ports == {"starttls": 587, "tls": 465, "off": 25}
    assert read_with(SMTP_PORT="2525").mail_port == 2525
