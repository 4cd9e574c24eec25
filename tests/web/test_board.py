"""All bins, kept ready to send: the same as looked up afresh, whatever was changed."""

import json

import pytest
from pydantic import TypeAdapter

from backend.planning.day import plan_next_day
from backend.store.bins import load_bins
from backend.web.board import Board
from backend.web.geojson import BinCollection, to_feature
from tests.services.city import MORNING
from tests.services.readings import report_rise

CHANGES = {
    "a bin is new": """
        INSERT INTO slot (site_id, code, stream)
        SELECT site_id, 'T-0', stream FROM slot LIMIT 1""",
    "a bin has another name": "UPDATE slot SET code = 'T-X' WHERE slot_id = %(slot)s",
    "a site has another name": "UPDATE site SET name = 'Elsewhere'",
    "a container is larger": """
        UPDATE container SET volume_l = 4321 WHERE slot_id = %(slot)s""",
    "a bin was emptied": """
        INSERT INTO emptying (slot_id, emptied_at, source)
        VALUES (%(slot)s, clock_now(), 'import')""",
    "a calibration is another": """
        INSERT INTO calibration (slot_id, valid_from, empty_mm, full_mm)
        VALUES (%(slot)s, clock_now() - interval '1 s', 2000, 50)""",
    "a device is taken away": """
        UPDATE device_slot SET to_at = clock_now() WHERE slot_id = %(slot)s""",
}


@pytest.fixture
def board(client):
    return client.app.state.hub.board


@pytest.fixture
def slot_id(connection, small_city):
    report_rise(
        connection,
        small_city["T-1"],
        until=MORNING,
        hours=12,
        from_fill=0.4,
        to_fill=0.6,
    )
    return small_city["T-1"]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_somebody_changed_is_there_when_the_next_one_asks(
    client, connection, slot_id, change
):
    before = shown(client)
    connection.execute(change, {"slot": slot_id})
    after = shown(client)
    assert after != before
    assert after == looked_up(connection)


def test_a_plan_is_there_when_the_next_one_asks(
    client, connection, city_settings, slot_id
):
    before = shown(client)
    plan_next_day(connection, city_settings, service_day=MORNING.date())
    assert shown(client) != before
    assert shown(client) == looked_up(connection)


def test_only_what_changed_is_looked_up_again(
    client, connection, slot_id, board, monkeypatch
):
    shown(client)
    asked = []

    def ask(conn, slots):
        asked.append(slots)
        return load_bins(conn, slots)

    monkeypatch.setattr("backend.web.board.load_bins", ask)
    shown(client)
    connection.execute(CHANGES["a container is larger"], {"slot": slot_id})
    shown(client)
    assert asked == [[slot_id]]


def test_what_nobody_listens_to_is_looked_up_afresh(connection, slot_id):
    deaf = Board()
    deaf.read(connection)
    connection.execute(CHANGES["a bin has another name"], {"slot": slot_id})
    assert json.loads(deaf.read(connection)) == looked_up(connection)


def test_a_lost_listener_makes_it_look_again(client, connection, slot_id, board):
    shown(client)
    board.end_hearing()
    connection.execute(CHANGES["a bin has another name"], {"slot": slot_id})
    assert shown(client) == looked_up(connection)


def shown(client):
    return client.get("/api/v1/bins.geojson").json()


def looked_up(connection):
    bins = BinCollection(features=[to_feature(each) for each in load_bins(connection)])
    return json.loads(TypeAdapter(BinCollection).dump_json(bins))
