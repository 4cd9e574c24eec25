"""What is desired, over what was provisioned."""

from binnode import desired

GOOD = {
    "device": "bin-1",
    "networks": {"depot": ""},
    "broker_host": "10.0.0.1",
}


def test_what_is_desired_lies_over_what_was_provisioned():
    settings, refused = desired.apply(dict(GOOD), {"measure_every_s": 600})
    assert (settings.measure_every_s, settings.report_every) == (600, 4)
    assert refused == {}


def test_what_is_refused_says_why_and_stays_as_it_was():
    wishes = {
        "delta_mm": 0,
        "report_every": 12,
        "broker_host": "elsewhere",
        "colour": 7,
        "count": 1,
        "battery_low_mv": "3300",
    }
    settings, refused = desired.apply(dict(GOOD, delta_mm=50), wishes)
    assert (settings.delta_mm, settings.report_every) == (50, 12)
    assert settings.broker_host == "10.0.0.1"
    assert refused == {
        "delta_mm": "delta_mm: 1 to 20000 wanted, not 0",
        "broker_host": "only in config.json",
        "colour": "not known to this firmware",
        "count": "not known to this firmware",
        "battery_low_mv": "battery_low_mv: '3300' is not a whole number",
    }


def test_where_nothing_was_desired_yet_there_is_revision_0():
    assert desired.read() == (0, {})
