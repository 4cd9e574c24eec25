"""Importing a bin that is known brings it up to date, and nothing else."""

HEADER = "code,stream,volume_l,lat_deg,lon_deg"
FULL_HEADER = f"{HEADER},site,address,device,empty_mm,full_mm,service_s"
FULL_BIN = (
    f"{FULL_HEADER}\nA1,glass,1100,60.17,24.94,Market,Square 1,sensor-1,1200,200,90\n"
)
COUNT_EVERYTHING = """
SELECT (SELECT count(*) FROM organisation), (SELECT count(*) FROM site),
       (SELECT count(*) FROM slot), (SELECT count(*) FROM container),
       (SELECT count(*) FROM calibration), (SELECT count(*) FROM device),
       (SELECT count(*) FROM device_slot)"""
MOUNTED = """
SELECT device, code, to_at IS NULL FROM device_slot
JOIN device USING (device_id) JOIN slot USING (slot_id)
ORDER BY from_at, code"""
SITES = "SELECT name, address, lat_deg, lon_deg FROM site ORDER BY site_id"


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


def test_a_calibration_by_mass_is_written_beside_that_by_distance(run_import, ask):
    run_import(FULL_BIN)
    by_mass = f"{HEADER},empty_kg,full_kg\nA1,glass,1100,60.17,24.94,41.5,450\n"

    assert "1 updated" in run_import(by_mass).out
    assert "1 unchanged" in run_import(by_mass).out
    assert ask(
        "SELECT empty_mm, full_mm, empty_kg, full_kg FROM calibration "
        "ORDER BY valid_from"
    ) == [(1200, 200, None, None), (1200, 200, 41.5, 450.0)]


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
