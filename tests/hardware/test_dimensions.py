import tomllib
from pathlib import Path

import pytest

from hardware.enclosure.dimensions import DATA, load_dimensions

HARDWARE = Path(__file__).parents[2] / "hardware"


def test_the_sensor_that_must_fit_is_the_one_that_is_bought():
    parts = tomllib.loads((HARDWARE / "parts.toml").read_text("utf-8"))["parts"]
    bought = {each["part_number"] for each in parts}
    assert load_dimensions().sensor.part_number in bought


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nseal_mm = 1.0", "\nseal_mm = 1.0\nsoftness = 2"),
        ("\nseal_mm = 1.0", ""),
        ("[label]", "[sticker]"),
    ],
    ids=["unknown", "missing", "a table missing"],
)
def test_a_file_with_a_wrong_name_is_refused(tmp_path, old, new):
    text = DATA.read_text("utf-8")
    assert text.count(old) == 1
    path = tmp_path / "enclosure.toml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises((TypeError, KeyError)):
        load_dimensions(path)
