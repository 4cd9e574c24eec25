"""`ullage import bins`, against a real database."""

import json
import os
import threading

import psycopg
import pytest

from backend.cli import import_bins
from tests.services.postgres import scratch_database

HEADER = "code,stream,volume_l,lat_deg,lon_deg"
TWO_BINS = f"{HEADER}\nA1,glass,1100,60.17,24.94\nA2,paper,660,60.18,24.95\n"
FULL_HEADER = f"{HEADER},site,address,device,empty_mm,full_mm,service_s"
FULL_BIN = (
    f"{FULL_HEADER}\nA1,glass,1100,60.17,24.94,Market,Square 1,sensor-1,1200,200,90\n"
)
COUNT_EVERYTHING = """
SELECT (SELECT count(*) FROM organisation), (SELECT count(*) FROM site),
       (SELECT count(*) FROM slot), (SELECT count(*) FROM container),
       (SELECT count(*) FROM calibration), (SELECT count(*) FROM device),
       (SELECT count(*) FROM device_slot)"""
NOTHING = (0, 0, 0, 0, 0, 0, 0)
MOUNTED = """
SELECT device, code, to_at IS NULL FROM device_slot
JOIN device USING (device_id) JOIN slot USING (slot_id)
ORDER BY from_at, code"""
SITES = "SELECT name, address, lat_deg, lon_deg FROM site ORDER BY site_id"


def test_a_row_becomes_a_bin_with_all_that_belongs_to_it(run_import, ask):
    said = run_import(FULL_BIN)

    assert (said.status, said.err) == (0, "")
    assert "bins.csv: 1 new, 0 updated, 0 unchanged, 0 bad" in said.out
    assert ask(SITES) == [("Market", "Square 1", 60.17, 24.94)]
    assert ask("SELECT source, is_made_up FROM site") == [("import:bins.csv:2", False)]
    assert ask("SELECT code, stream, service_s FROM slot") == [("A1", "glass", 90)]
    assert ask("SELECT volume_l, to_at FROM container") == [(1100, None)]
    assert ask("SELECT empty_mm, full_mm FROM calibration") == [(1200, 200)]
    assert ask(MOUNTED) == [("sensor-1", "A1", True)]


def test_the_optional_columns_may_be_absent(run_import, ask):
    said = run_import(TWO_BINS)

    assert said.status == 0
    assert ask("SELECT code, service_s FROM slot ORDER BY code") == [
        ("A1", 120),
        ("A2", 120),
    ]
    assert ask("SELECT name FROM site ORDER BY name") == [("A1",), ("A2",)]


def test_the_first_import_makes_an_organisation_and_says_so(run_import, ask):
    said = run_import(TWO_BINS)

    assert "made 'My city', time zone UTC" in said.out
    assert ask("SELECT name, time_zone FROM organisation") == [("My city", "UTC")]


def test_the_first_organisation_can_be_named(run_import, ask):
    run_import(TWO_BINS, "--organisation", "Espoo", "--time-zone", "Europe/Helsinki")

    assert ask("SELECT name, time_zone FROM organisation") == [
        ("Espoo", "Europe/Helsinki")
    ]


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../../etc/passwd", "Europe"])
def test_a_time_zone_that_does_not_exist_is_refused(run_import, ask, zone):
    said = run_import(TWO_BINS, "--organisation", "X", "--time-zone", zone)

    assert said.status == 2
    assert "--time-zone" in said.err
    assert ask(COUNT_EVERYTHING) == [NOTHING]


def test_an_unknown_organisation_is_refused_and_the_known_ones_named(run_import, ask):
    run_import(TWO_BINS, "--organisation", "Espoo")

    said = run_import(TWO_BINS, "--organisation", "Vantaa")

    assert said.status == 2
    assert "no organisation Vantaa" in said.err
    assert "Espoo" in said.err
    assert ask("SELECT count(*) FROM organisation") == [(1,)]


def test_a_bad_row_is_named_and_the_good_ones_go_in(run_import, ask):
    said = run_import(f"{TWO_BINS}A3,glass,0,60.19,95.0e2\nA4,glass,240,60.2,24.9\n")

    assert said.status == 1
    assert said.err == (
        "bins.csv:4: volume_l: 0 not understood: 1..400000; "
        "lon_deg: 95.0e2 not understood: -180..180\n"
    )
    assert "3 new, 0 updated, 0 unchanged, 1 bad" in said.out
    assert ask("SELECT code FROM slot ORDER BY code") == [("A1",), ("A2",), ("A4",)]


def test_when_every_row_is_bad_nothing_is_made(run_import, ask):
    said = run_import(f"{HEADER}\nA1,plastik,1100,60.17,24.94\n")

    assert said.status == 2
    assert "stream: plastik not understood: known are batteries, chemicals" in said.err
    assert ask(COUNT_EVERYTHING) == [NOTHING]


def test_check_reports_and_changes_nothing(run_import, ask):
    said = run_import(f"{TWO_BINS}A3,glass,none,60.2,24.9\n", "--check")

    assert said.status == 1
    assert "2 new, 0 updated, 0 unchanged, 1 bad (checked only" in said.out
    assert ask(COUNT_EVERYTHING) == [NOTHING]


def test_geojson_points_become_bins(run_import, ask):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [24.94, 60.17, 12.0]},
        "properties": {
            "code": 101,
            "stream": "glass",
            "volume_l": 1100.0,
            "empty_mm": 1200,
            "full_mm": 200,
            "device": None,
        },
    }
    line = {**feature, "geometry": {"type": "LineString", "coordinates": []}}
    document = {"type": "FeatureCollection", "features": [feature, line]}

    said = run_import(json.dumps(document), name="bins.geojson")

    assert said.status == 1
    assert said.err == "bins.geojson:2: geometry: a Point is wanted\n"
    assert ask("SELECT code, volume_l FROM slot JOIN container USING (slot_id)") == [
        ("101", 1100)
    ]
    assert ask("SELECT lat_deg, lon_deg FROM site") == [(60.17, 24.94)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"hello", "neither GeoJSON nor CSV"),
        (b"\xff\xfe\x00c", "is not UTF-8 text"),
        (b"code,stream\nA1,glass\n", "lacks volume_l, lat_deg, lon_deg"),
        (
            b"code,code,stream,volume_l,lat_deg,lon_deg\n1\n",
            "has the column code twice",
        ),
        (HEADER.encode(), "has a header and no rows"),
        (b"{", "is not JSON"),
        (b'{"type": "Feature"}', "a FeatureCollection is wanted"),
        (b'{"type": "FeatureCollection", "features": []}', "has no features"),
        (b'{"type": "FeatureCollection", "features": [1]}', "lacks code"),
    ],
)
def test_a_file_that_holds_no_bins_gets_one_clear_message(
    run_import, ask, content, reason
):
    said = run_import(content)

    assert said.status == 2
    assert said.err.startswith("bins.csv: ")
    assert reason in said.err
    assert "Nothing was changed" in said.err
    assert ask(COUNT_EVERYTHING) == [NOTHING]


def test_two_first_imports_at_once_share_one_organisation(run_import, ask, database):
    with psycopg.connect(database) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (0x756C6C69,))
        other.execute("INSERT INTO organisation (name, time_zone) VALUES ('X', 'UTC')")
        said = []
        thread = threading.Thread(target=lambda: said.append(run_import(TWO_BINS)))
        thread.start()
        other.commit()
        thread.join()

    assert said[0].status == 0
    assert ask("SELECT name FROM organisation") == [("X",)]


def test_a_database_that_does_not_answer_is_said(run_import, monkeypatch):
    monkeypatch.setenv("ULLAGE_DATABASE", "host=127.0.0.1 port=1")

    said = run_import(TWO_BINS)

    assert said.status == 2
    assert "the database does not answer" in said.err


def test_a_database_without_tables_is_said(run_import, monkeypatch, postgres_dsn):
    with scratch_database(
        postgres_dsn, f"ullage_bare_{os.getpid()}", like="template0"
    ) as bare:
        monkeypatch.setenv("ULLAGE_DATABASE", bare)
        said = run_import(TWO_BINS)

    assert said.status == 2
    assert "run `ullage migrate`" in said.err


def test_a_file_that_is_not_there_is_named(run_command):
    said = run_command("nowhere.csv")

    assert said.status == 2
    assert said.err == "nowhere.csv cannot be read: No such file or directory"


def test_a_column_that_means_nothing_is_named_and_no_reason_to_stop(run_import):
    said = run_import(f"{HEADER},colour\nA1,glass,1100,60.17,24.94,red\n")

    assert said.status == 0
    assert "bins.csv: warning: the column colour means nothing here" in said.err


def test_whoever_watches_sees_how_far_a_long_import_is(run_import, monkeypatch):
    monkeypatch.setattr(import_bins, "PROGRESS_ROWS", 1)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    said = run_import(TWO_BINS)

    assert "1 of 2 rows" in said.err
    assert "2 of 2 rows" in said.err
