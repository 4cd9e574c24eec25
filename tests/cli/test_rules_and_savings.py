"""`ullage import deposits`, `schedule`, `rule`, `savings`, as an operator uses them."""

import pytest

from tests.savings.driven import drive_monday
from tests.services.commands import environment, run_here


@pytest.fixture
def ullage(database, cities):
    def run(*words: str):
        return run_here(*words, env=environment(cities, ULLAGE_DATABASE=database))

    return run


def test_counts_are_taken_in_and_bad_rows_named(
    ullage, connection, small_city, tmp_path
):
    path = tmp_path / "counts.csv"
    path.write_text(
        "code;reported_at;deposits\n"
        "T-1;2026-11-22T06:00+02:00;17\n"
        "T-1;2026-11-22 07:00;3\n"
        "T-9;2026-11-22T06:00Z;3\n"
        "T-2;2026-11-22T06:00Z;-3\n",
        "utf-8",
    )

    done = ullage("import", "deposits", str(path))

    assert done.returncode == 1
    assert done.stdout.endswith("1 taken in, 3 bad\n")
    said = {line.split(":")[1]: line for line in done.stderr.splitlines()}
    assert "a time with its offset" in said["3"]
    assert "there is no bin T-9" in said["4"]
    assert "deposits: -3 not understood" in said["5"]
    rows = connection.execute("SELECT slot_id, deposits FROM deposit_report").fetchall()
    assert rows == [(small_city["T-1"], 17)]


def test_rounds_are_imported_listed_and_a_month_is_reckoned_against_them(
    ullage, connection, small_city, city_settings, tmp_path
):
    drive_monday(connection, small_city, city_settings)
    path = tmp_path / "rounds.csv"
    path.write_text(
        "code,weekdays,every_days,from_day\n"
        "T-1,mon-wed sat,,\n"
        "T-2,,2,2026-11-23\n"
        "T-3,mon,2,\n",
        "utf-8",
    )

    taken = ullage("schedule", "import", str(path))
    assert "either weekdays or every_days" in taken.stderr
    assert ullage("schedule", "list").stdout == (
        "T-1: mon, tue, wed, sat\nT-2: every 2 days from 2026-11-23\n"
    )
    refused = ullage("savings")
    assert refused.returncode == 2
    assert "October 2026 was before that" in refused.stderr

    connection.execute("UPDATE organisation SET city = NULL")
    done = ullage("savings", "--month", "2026-11")

    assert done.returncode == 0
    assert "November 2026, 2026-11-23 to 2026-11-23" in done.stdout
    assert "- 2 bins had a fixed round." in done.stdout
    assert "estimate without a street map" in done.stdout
    assert ullage("savings", "--list").stdout == done.stdout


def test_rules_are_set_and_listed_in_words(ullage, small_city):
    for words in (
        ("set", "hygiene", "--stream", "residual", "--days", "14"),
        ("set", "contract", "--bin", "T-1", "--on", "mon,thu"),
        ("service-days", "mon-fri"),
        ("day-off", "2026-12-25", "--reason", "Christmas"),
        ("event", "2027-06-25", "--factor", "2.5", "--reason", "Midsummer"),
        ("service-level", "99.5"),
    ):
        assert ullage("rule", *words).returncode == 0

    assert ullage("rule", "list").stdout == (
        "service level: 99.5 %\n"
        "service days: mon, tue, wed, thu, fri\n"
        "day off: 2026-12-25 Christmas\n"
        "event: 2027-06-25, 2.5 times the usual Midsummer\n"
        "contract, bin T-1: emptied on mon, thu\n"
        "hygiene, stream residual: emptied every 14 days\n"
    )
    wrong = ullage("rule", "set", "hygiene", "--bin", "T-1", "--on", "mon")
    assert wrong.returncode == 2
    assert "hygiene takes --days" in wrong.stderr
