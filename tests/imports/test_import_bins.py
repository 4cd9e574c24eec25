"""`ullage import bins`, against a real database."""

import json
import threading

import psycopg
import pytest

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


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../../etc/passwd", "Europe", ""])
def test_a_time_zone_that_does_not_exist_is_refused(run_import, ask, zone):
    said = run_import(TWO_BINS, "--organisation", "X", "--time-zone", f"{zone}/")

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


def test_importing_twice_changes_nothing_the_second_time(run_import, ask):
    run_import(FULL_BIN)
    before = ask(COUNT_EVERYTHING)

    said = run_import(FULL_BIN)

    assert said.status == 0
    assert "0 new, 0 updated, 1 unchanged, 0 bad" in said.out
    assert ask(COUNT_EVERYTHING) == before


def test_an_empty_cell_changes_nothing(run_import, ask):
    run_import(FULL_BIN)

    said = run_import(f"{FULL_HEADER}\nA1,glass,1100,60.17,24.94,,,,,,\n")

    assert "1 unchanged" in said.out
    assert ask(MOUNTED) == [("sensor-1", "A1", True)]


def test_another_volume_closes_the_old_container_and_opens_a_new_one(run_import, ask):
    run_import(FULL_BIN)

    said = run_import(FULL_BIN.replace("1100", "660"))

    assert "1 updated" in said.out
    containers = ask("SELECT volume_l, from_at, to_at FROM container ORDER BY from_at")
    (old_l, _, old_to_at), (new_l, new_from_at, new_to_at) = containers
    assert (old_l, new_l) == (1100, 660)
    assert old_to_at == new_from_at
    assert new_to_at is None
    assert ask("SELECT count(*) FROM calibration") == [(1,)]


def test_a_new_calibration_is_written_beside_the_old_one(run_import, ask):
    run_import(FULL_BIN)

    run_import(FULL_BIN.replace("1200,200", "1250,200"))

    assert ask("SELECT empty_mm FROM calibration ORDER BY valid_from") == [
        (1200,),
        (1250,),
    ]


def test_a_first_calibration_holds_from_the_containers_first_day(run_import, ask):
    run_import(f"{HEADER},device\nA1,glass,1100,60.17,24.94,sensor-1\n")

    run_import(f"{HEADER},empty_mm,full_mm\nA1,glass,1100,60.17,24.94,1200,200\n")

    assert ask(
        "SELECT valid_from = from_at FROM calibration JOIN container USING (slot_id)"
    ) == [(True,)]


def test_a_device_named_at_another_bin_moves_there(run_import, ask):
    header = f"{HEADER},device"
    run_import(f"{header}\nA1,glass,1100,60.17,24.94,sensor-1\n")

    said = run_import(f"{header}\nA2,paper,660,60.18,24.95,sensor-1\n")

    assert said.status == 0
    assert ask(MOUNTED) == [("sensor-1", "A1", False), ("sensor-1", "A2", True)]


def test_two_bins_can_swap_their_devices_in_one_file(run_import, ask):
    lines = [
        f"{HEADER},device",
        "A1,glass,1100,60.17,24.94,sensor-1",
        "A2,paper,660,60.18,24.95,sensor-2",
    ]
    run_import("\n".join(lines))
    swapped = "\n".join(lines).replace("r-1", "r-x").replace("r-2", "r-1")

    said = run_import(swapped.replace("r-x", "r-2"))

    assert "2 updated" in said.out
    assert sorted(ask(MOUNTED)) == [
        ("sensor-1", "A1", False),
        ("sensor-1", "A2", True),
        ("sensor-2", "A1", True),
        ("sensor-2", "A2", False),
    ]


def test_bins_of_one_place_share_a_site(run_import, ask):
    run_import(
        f"{HEADER},site\nA1,glass,1100,60.17,24.94,Market\n"
        "A2,paper,660,60.17,24.94,Market\nA3,paper,660,60.18,24.94,Market\n"
    )

    assert ask("SELECT count(*) FROM site") == [(2,)]


def test_a_lone_bin_takes_its_site_along(run_import, ask):
    run_import(FULL_BIN)
    (before,) = ask("SELECT site_id FROM site")

    run_import(FULL_BIN.replace("60.17", "60.20").replace("Square 1", "Square 2"))

    assert ask(SITES) == [("Market", "Square 2", 60.2, 24.94)]
    assert ask("SELECT site_id FROM site") == [before]


def test_a_bin_that_moves_away_leaves_the_others_where_they_are(run_import, ask):
    file = (
        f"{HEADER},site\nA1,glass,1100,60.17,24.94,Market\n"
        "A2,paper,660,60.17,24.94,Market\n"
    )
    run_import(file)

    run_import(f"{HEADER},site\nA1,glass,1100,60.5,24.5,Market\n")

    assert ask(
        "SELECT code, lat_deg FROM slot JOIN site USING (site_id) ORDER BY code"
    ) == [("A1", 60.5), ("A2", 60.17)]


def test_a_site_that_everybody_left_is_gone(run_import, ask):
    file = (
        f"{HEADER},site\nA1,glass,1100,60.17,24.94,Market\n"
        "A2,paper,660,60.17,24.94,Market\n"
    )
    run_import(file)

    said = run_import(file.replace("60.17", "60.50"))

    assert "2 updated" in said.out
    assert ask(SITES) == [("Market", None, 60.5, 24.94)]


def test_a_site_named_by_its_address_follows_a_corrected_address(run_import, ask):
    header = f"{HEADER},address"
    run_import(f"{header}\nA1,glass,1100,60.17,24.94,Main 1\n")

    run_import(f"{header}\nA1,glass,1100,60.17,24.94,Main Street 1\n")

    assert ask(SITES) == [("Main Street 1", "Main Street 1", 60.17, 24.94)]


def test_stream_and_service_time_are_brought_up_to_date(run_import, ask):
    run_import(FULL_BIN)

    run_import(FULL_BIN.replace("glass", "paper").replace(",90\n", ",45\n"))

    assert ask("SELECT stream, service_s FROM slot") == [("paper", 45)]


def test_check_reports_and_changes_nothing(run_import, ask):
    said = run_import(f"{TWO_BINS}A3,glass,none,60.2,24.9\n", "--check")

    assert said.status == 1
    assert "2 new, 0 updated, 0 unchanged, 1 bad (checked only" in said.out
    assert ask(COUNT_EVERYTHING) == [NOTHING]


def test_what_another_organisation_owns_is_not_touched(run_import, ask, connection):
    run_import(FULL_BIN, "--organisation", "Espoo")
    connection.execute("INSERT INTO organisation (name, time_zone) VALUES ('V', 'UTC')")
    rows = "A1,glass,240,60.3,24.9,,,,,,\nV1,glass,240,60.3,24.9,,,sensor-1,,,\n"

    said = run_import(f"{FULL_HEADER}\n{rows}", "--organisation", "V")

    assert said.status == 2
    assert "bins.csv:2: code: A1 is another organisation's bin" in said.err
    assert "bins.csv:3: device: sensor-1 is on another organisation's bin" in said.err
    assert ask("SELECT code, volume_l FROM slot JOIN container USING (slot_id)") == [
        ("A1", 1100)
    ]


def test_a_row_the_database_refuses_is_bad_as_a_whole(run_import, ask, connection):
    run_import(FULL_BIN)
    # A container that came tomorrow cannot have gone today.
    connection.execute("UPDATE container SET from_at = clock_now() + interval '1 day'")

    said = run_import(
        f"{HEADER}\nA1,paper,660,60.5,24.5\nA2,paper,660,60.18,24.95\n",
    )

    assert said.status == 1
    assert "bins.csv:2: row: the database refuses it: " in said.err
    assert ask("SELECT stream, lat_deg FROM slot JOIN site USING (site_id)") == [
        ("glass", 60.17),
        ("paper", 60.18),
    ]


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
