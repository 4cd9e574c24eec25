"""Gains of real bins, read from files as they are published."""

import numpy as np
import pytest

from benchmarks.year.real_series import read_street_bins

HEAD = "serialNumber,timestamp,latestFullness,fullnessThreshold,reason\n"


@pytest.fixture
def folder(tmp_path):
    rows = [
        f"7,2018-06-{day},{level},8,{reason}\n"
        for day, level, reason in (
            (25, 0, "NOT_READY"),
            (26, 4, "NOT_READY"),
            (27, 0, "ALERT"),
            (28, 8, "FULLNESS"),
            (29, 2, "NOT_READY"),
            (30, 6, "NOT_READY"),
        )
    ]
    rows += [f"7,2018-07-0{day},6,8,NOT_READY\n" for day in (1, 2)]
    (tmp_path / "wyndham_daily.csv").write_text(HEAD + "".join(rows))
    return tmp_path


def test_after_a_fall_what_is_in_a_bin_came_since(folder):
    daily = read_street_bins(folder).gained.reshape(-1, 24).sum(axis=1)
    assert daily[0] == pytest.approx(0.4)
    assert daily[3] == pytest.approx(0.2)
    assert daily[4] == pytest.approx(0.4)


def test_a_day_of_which_nothing_is_known_is_as_usual(folder):
    daily = read_street_bins(folder).gained.reshape(-1, 24).sum(axis=1)
    known = [0.4, 0.2, 0.4, 0.0, 0.0]
    assert daily[1] == pytest.approx(np.mean(known))
    assert daily[2] == pytest.approx(np.mean(known))
