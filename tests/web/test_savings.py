"""The savings ledger by the API: asked for, reckoned by the worker, exported."""

import csv
import io

from backend.savings.watching import _work
from backend.store.savings import load_requests
from tests.savings.driven import TUESDAY_NOON, drive_monday, set_rounds

NOVEMBER = {"month": "2026-11-05"}


def test_a_month_that_is_asked_for_is_reckoned_and_exported(
    client, connection, small_city, city_settings
):
    drive_monday(connection, small_city, city_settings)
    set_rounds(connection, small_city)
    assert client.get("/api/v1/savings").json()["savings"] == []
    assert client.post("/api/v1/savings", json=NOVEMBER).status_code == 202

    _work(city_settings)

    ledger = client.get("/api/v1/savings").json()
    (saving,) = ledger["savings"]
    assert ledger["round_count"] == 3
    assert saving["month"] == "2026-11-01"
    (request,) = ledger["requests"]
    assert request["ended_at"] is not None
    assert request["trouble"] is None
    (row,) = csv.DictReader(io.StringIO(client.get("/api/v1/savings.csv").text))
    assert float(row["fixed_distance_km"]) == saving["fixed"]["distance_km"]
    assert row["inputs_sha256"] == saving["inputs_sha256"]
    by_day = client.get("/api/v1/savings.csv?by=day").text
    assert [each["from_day"] for each in csv.DictReader(io.StringIO(by_day))] == [
        "2026-11-23"
    ]
    assert client.get("/api/v1/savings/2026-11-01").json() == [saving]


def test_the_worker_reckons_the_month_that_ended_once_by_itself(
    connection, small_city, city_settings
):
    drive_monday(connection, small_city, city_settings)
    set_rounds(connection, small_city)
    _work(city_settings)
    assert load_requests(connection, 1) == []

    connection.execute(
        "UPDATE clock SET shown_origin_at = %s, real_origin_at = clock_timestamp()",
        (TUESDAY_NOON.replace(month=12, day=1),),
    )
    _work(city_settings)
    _work(city_settings)

    (request,) = load_requests(connection, 1)
    assert request.trouble is None
    rows = connection.execute("SELECT month, from_day, to_day FROM saving").fetchall()
    assert [[each.isoformat() for each in row] for row in rows] == [
        ["2026-11-01", "2026-11-23", "2026-11-30"]
    ]
