from binnode import config
from binnode.config import ConfigError, parse

GOOD = {
    "device": "bin-1",
    "networks": {"depot": ""},
    "broker_host": "10.0.0.1",
}


def refusal(read, content):
    try:
        read(content)
    except ConfigError as error:
        return str(error)
    return "accepted"


def test_what_is_left_out_has_a_default():
    settings = parse(dict(GOOD))
    assert settings.device == "bin-1"
    assert settings.broker_port == 1883
    assert settings.measure_every_s == 900
    assert settings.report_every == 4
    assert settings.user == ""
    assert settings.sensor == "a02yyuw"
    assert settings.thermometer == "tmp102"
    assert settings.threshold_mm == 0


def test_a_missing_field_is_named():
    for name in GOOD:
        content = {key: value for key, value in GOOD.items() if key != name}
        assert refusal(parse, content) == name + ": missing; add it to config.json"


def test_a_broken_field_is_named():
    for name, value in (
        ("device", "Bin 1"),
        ("device", ""),
        ("device", "x" * 33),
        ("networks", 7),
        ("networks", {}),
        ("networks", {"depot": 7}),
        ("networks", {"": "secret"}),
        ("networks", {str(number): "" for number in range(5)}),
        ("broker_host", None),
        ("broker_port", 0),
        ("broker_port", 65536),
        ("broker_port", "1883"),
        ("broker_port", True),
        ("measure_every_s", 9),
        ("report_every", 0),
        ("delta_mm", 1.5),
        ("password", "x" * 65),
        ("threshold_mm", -1),
        ("hysteresis_mm", 20001),
        ("tilt_limit_deg", 0),
        ("hot_limit_dc", 1501),
        ("hot_jump_dc", 0),
        ("knock_mg", 2001),
        ("sensor", "hc-sr04"),
        ("thermometer", "a02yyuw"),
    ):
        content = dict(GOOD, **{name: value})
        assert refusal(parse, content).startswith(name + ": ")


def test_a_file_that_is_not_there_is_named():
    said = refusal(config.load, "no-such-file.json")
    assert said.startswith("no-such-file.json: no such file")
