"""Ways from an OSRM server, held against what a real one answered.

`osrm_helsinki.json` has the answers of osrm-routed 26.10 (car profile, the demo city's
extract, tables of three places at most), each under the address that was asked for.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from backend.planning.day import plan_next_day
from backend.planning.inputs import PlanningError
from backend.settings import Settings
from backend.streets import OsrmError
from backend.streets.osrm import NO_WAY_M, NO_WAY_S, OsrmNetwork
from routing.roads import COLLECTION_TRUCK, Place, Unreachable
from tests.planning.driving import MONDAY

ANSWERS = json.loads(Path(__file__).with_name("osrm_helsinki.json").read_text("utf-8"))
POINTS = [
    (60.16545, 24.93905),
    (60.17665, 24.94175),
    (60.16632, 24.93745),
    (60.16963, 24.95016),
    (60.16442, 24.94376),
]
TABLE_S = [
    [0, 313, 23, 208, 71],
    [337, 0, 321, 164, 355],
    [23, 290, 0, 224, 93],
    [182, 180, 166, 0, 201],
    [75, 319, 92, 174, 0],
]


class Replay(BaseHTTPRequestHandler):
    """Answers what the real server answered to the same request."""

    answers = ANSWERS

    def do_GET(self):
        said = self.answers.get(self.path)
        body = b"no such request was made to the real server"
        if said is not None:
            body = json.dumps(said["body"]).encode()
        self.send_response(404 if said is None else said["status"])
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        return


@pytest.fixture
def serve():
    servers = []

    def start(answers=ANSWERS):
        handler = type("Handler", (Replay,), {"answers": answers})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def network(serve):
    return OsrmNetwork(serve())


@pytest.fixture
def places(network):
    found = [network.snap(*point) for point in POINTS]
    assert all(isinstance(place, Place) for place in found)
    return found


def test_points_snap_to_the_servers_streets(network, places):
    assert (places[0].lat_deg, places[0].lon_deg) == (60.165416, 24.938951)
    assert places[0].distance_m == pytest.approx(6.67, abs=0.01)
    assert network.can_reach(places[0], COLLECTION_TRUCK)


def test_a_point_far_from_the_servers_streets_says_how_far(network):
    answer = network.snap(60.3, 24.9)
    assert isinstance(answer, Unreachable)
    assert "13643 m away (limit 250 m)" in answer.reason
    assert isinstance(network.snap(95.0, 24.9), Unreachable)


def test_a_table_that_is_too_large_for_the_server_is_asked_for_in_parts(
    network, places
):
    matrix = network.matrix(places)
    assert matrix.travel_s.tolist() == TABLE_S
    assert matrix.distance_m[0, 3] == 1183


def test_the_sparse_form_is_cut_out_of_the_tables(network, places):
    sparse = network.sparse(places, hubs=2, neighbours=2)
    assert sparse.from_hub_s.tolist() == TABLE_S[:2]
    assert sparse.neighbour[0].tolist() == [2, 4]
    assert sparse.neighbour_s[0].tolist() == [23, 71]


def test_a_route_has_a_line_and_tells_what_to_do(network, places):
    leg = network.path(places[0], places[3])
    assert (leg.travel_s, leg.distance_m) == (208, 1183)
    assert len(leg.points) > 10
    told = [(each.kind, each.bend, each.street) for each in leg.manoeuvres]
    assert told == [
        ("depart", "straight", "Annankatu"),
        ("turn", "left", "Uudenmaankatu"),
        ("turn", "slight_right", "Erottajankatu"),
        ("turn", "right", "Eteläesplanadi"),
        ("turn", "left", "Fabianinkatu"),
        ("turn", "right", "Yliopistonkatu"),
        ("arrive", "straight", ""),
    ]
    assert sum(each.distance_m for each in leg.manoeuvres) == pytest.approx(1183, abs=7)


def test_no_way_in_a_table_is_longer_than_any_shift(serve, places):
    table = {
        "code": "Ok",
        "durations": [[0, None], [9, 0]],
        "distances": [[0, None], [80, 0]],
    }
    two = "24.9389510,60.1654160;24.9416380,60.1766740"
    asked = "sources=0;1&destinations=2;3&annotations=duration,distance"
    path = f"/table/v1/driving/{two};{two}?{asked}"
    network = OsrmNetwork(serve({path: {"status": 200, "body": table}}))
    matrix = network.matrix(places[:2])
    assert matrix.travel_s.tolist() == [[0, NO_WAY_S], [9, 0]]
    assert matrix.distance_m.tolist() == [[0, NO_WAY_M], [80, 0]]


def test_a_server_that_does_not_answer_is_named_with_its_setting():
    with pytest.raises(OsrmError, match=r"does not answer.*ULLAGE_OSRM_URL"):
        OsrmNetwork("http://127.0.0.1:9").snap(60.17, 24.94)


def test_a_server_that_speaks_something_else_is_named(serve):
    with pytest.raises(OsrmError, match="does not speak OSRM's API"):
        OsrmNetwork(serve({})).snap(60.17, 24.94)


def test_an_address_that_is_none_is_refused():
    with pytest.raises(OsrmError, match="an address like"):
        OsrmNetwork("file:///etc/passwd")


def test_a_day_is_not_planned_by_guesses_when_the_server_is_down(
    connection, database, small_city
):
    assert small_city
    settings = Settings(database=database, osrm_url="http://127.0.0.1:9")
    with pytest.raises(PlanningError, match="ULLAGE_OSRM_URL names it"):
        plan_next_day(connection, settings, service_day=MONDAY)
