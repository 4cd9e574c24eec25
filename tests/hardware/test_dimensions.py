import tomllib
from pathlib import Path

import pytest

from hardware.enclosure.dimensions import BOXES, DATA, load_dimensions

HARDWARE = Path(__file__).parents[2] / "hardware"


def test_the_sensor_that_must_fit_is_the_one_that_is_bought():
    parts = tomllib.loads((HARDWARE / "parts.toml").read_text("utf-8"))["parts"]
    bought = {each["part_number"] for each in parts}
    assert load_dimensions().sensor.part_number in bought


def test_circuit_and_enclosures_mean_the_same_board():
    board = tomllib.loads((HARDWARE / "board.toml").read_text("utf-8"))
    parts = tomllib.loads((HARDWARE / "parts.toml").read_text("utf-8"))["parts"]
    (bare,) = (each["what"] for each in parts if each["references"] == ["PCB"])
    assert {each["box"] for each in board["batteries"].values()} == set(BOXES)
    for room in (load_dimensions(box=each).board for each in BOXES):
        assert room.antenna_free_mm == board["board"]["antenna_free_mm"]
        assert f"{room.length_mm:g} x {room.width_mm:g} mm" in bare
        assert f"{room.thickness_mm:g} mm" in bare


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
