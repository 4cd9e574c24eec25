"""The bench of emptyings: what it counts, and what it says without its data."""

import gzip

import numpy as np

from benchmarks import emptyings
from tests.routing.sensing.bins import sawtooth


def test_crews_work_six_days_from_five_to_nineteen_local_time():
    monday_5h_h = 1606103999 / 3600, 1606104001 / 3600  # 2020-11-23, 05:00 in Berlin
    sunday_noon_h = 1606046400 / 3600
    july_monday_18h59_h = 1594054740 / 3600

    is_inside = emptyings.in_crews_hours(
        np.array([*monday_5h_h, sunday_noon_h, july_monday_18h59_h])
    )

    assert is_inside.tolist() == [False, True, False, True]


def test_without_data_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["bench", "--data", str(tmp_path)])

    emptyings.main()

    said = capsys.readouterr()
    assert "nothing measured" in said.err
    assert said.out == ""


def test_it_judges_a_file_with_what_the_product_calls(tmp_path, monkeypatch, capsys):
    at_h, fill = sawtooth(60)
    noise = np.random.default_rng(1).normal(0, 1, len(at_h))
    lines = ["sensor,unix_s,distance_cm,temp_c,tilt_deg,battery_mv"]
    lines += [
        f"A,{at:.0f},{cm:.0f},8,1,3600"
        for at, cm in zip(at_h * 3600, 120 - 110 * fill + noise, strict=True)
    ]
    with gzip.open(tmp_path / emptyings.READINGS, "wt") as file:
        file.write("\n".join(lines))
    monkeypatch.setattr("sys.argv", ["bench", "--data", str(tmp_path)])
    monkeypatch.setattr(emptyings, "is_good", lambda *_: True)

    emptyings.main()

    out = capsys.readouterr().out
    assert '"figure": "events_per_sensor_year", "value": 42.' in out
