"""Whatever a file holds, each bin goes in whole or not at all."""

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.imports import ImportRefusedError, TakenIn, read_bins, take_in
from backend.imports.table import BINS
from backend.store.imports import load_streams

# What a bin consists of hangs together, however often and in whatever order it came.
HALVES = """
SELECT (SELECT count(*) FROM slot
        WHERE (SELECT count(*) FROM container
               WHERE container.slot_id = slot.slot_id AND to_at IS NULL) <> 1)
     + (SELECT count(*) FROM site
        WHERE NOT EXISTS (SELECT FROM slot WHERE slot.site_id = site.site_id))
     + (SELECT count(*) FROM device
        WHERE NOT EXISTS (SELECT FROM device_slot
                          WHERE device_slot.device_id = device.device_id))"""
COUNT_SLOTS = "SELECT count(*) FROM slot"

CELLS = {
    "code": ["A1", "A2", "A3", ""],
    "stream": ["glass", "paper", "plastik"],
    "volume_l": ["660", "1100", "-1"],
    "lat_deg": ["60.1", "60.2", "95"],
    "lon_deg": ["24.9", "25.0"],
    "site": ["", "Market", "a\x00b"],
    "address": ["", "Square 1", "Square 2"],
    "device": ["", "sensor-1", "sensor-2", "Sensor"],
    "empty_mm": ["", "1200", "1300"],
    "full_mm": ["", "200"],
    "empty_kg": ["", "41.5"],
    "full_kg": ["", "200", "40"],
    "service_s": ["", "60", "long"],
    "container_type": ["", "underground 3 m3"],
}
ROW = st.tuples(*(st.sampled_from(CELLS[name]) for name in BINS.known)).map(",".join)
FILE = st.lists(ROW, min_size=1, max_size=4).map(
    lambda rows: "\n".join([",".join(BINS.known), *rows])
)


@pytest.fixture(scope="module")
def organisation(module_database: str):
    with psycopg.connect(module_database, autocommit=True) as conn:
        row = conn.execute(
            "INSERT INTO organisation (name, time_zone) VALUES ('X', 'UTC')"
            " RETURNING organisation_id"
        ).fetchone()
        assert row is not None
        yield conn, row[0]


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(files=st.lists(FILE, min_size=1, max_size=4))
def test_files_imported_one_after_the_other_leave_whole_bins(organisation, files):
    conn, organisation_id = organisation
    with conn.transaction(force_rollback=True):
        for text in files:
            import_text(conn, text, organisation_id)
            assert conn.execute(HALVES).fetchone() == (0,)


def import_text(conn, text: str, organisation_id: int) -> None:
    """Import, and import again: the second time nothing may change."""
    try:
        file = read_bins(text, streams=load_streams(conn))
    except ImportRefusedError:
        return

    def take() -> TakenIn:
        return take_in(
            conn, file.rows, organisation_id=organisation_id, file_name="bins.csv"
        )

    (before,) = conn.execute(COUNT_SLOTS).fetchone()
    first = take()
    (after,) = conn.execute(COUNT_SLOTS).fetchone()
    second = take()

    assert first.bad == ()
    assert after - before == first.new_count
    assert second.unchanged_count == len(file.rows)
