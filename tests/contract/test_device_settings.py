"""The settings that people are offered are those that the firmware takes."""

import pytest
from binnode.config import Config, ConfigError, parse

from backend.firmware.settings import SETTINGS

PROVISIONED = {
    "device": "bin-1",
    "networks": {"depot": ""},
    "broker_host": "10.0.0.1",
}
ONLY_PROVISIONED = {"broker_port"}


def test_every_number_that_a_device_may_be_asked_for_is_listed_with_its_default():
    settings = parse(dict(PROVISIONED))
    numbers = {
        name: getattr(settings, name)
        for name in Config._fields
        if type(getattr(settings, name)) is int and name not in ONLY_PROVISIONED
    }

    assert {each.name: each.default for each in SETTINGS} == numbers


@pytest.mark.parametrize("setting", SETTINGS, ids=[each.name for each in SETTINGS])
def test_the_limits_of_a_setting_are_the_firmwares(setting):
    for value in (setting.least, setting.most):
        assert getattr(parse(PROVISIONED | {setting.name: value}), setting.name) == (
            value
        )
    for value in (setting.least - 1, setting.most + 1):
        with pytest.raises(ConfigError):
            parse(PROVISIONED | {setting.name: value})
