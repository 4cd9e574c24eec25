"""The file of candidate bins: what `ullage import bins` takes as it is."""

import json
from pathlib import Path

import pytest

from backend.city.bins.bin_file import write_bins
from backend.city.bins.candidates import read_candidates
from backend.imports import BinFile, decode, read_bins
from tests.services.extracts import write_extract

HELSINKI = Path(__file__).parents[3] / "backend/demo/city/helsinki.osm.pbf"
# The table `stream` of the schema.
STREAMS = frozenset(
    ("residual", "packaging", "paper", "glass", "organic", "textiles")
) | {"e-waste", "batteries", "cooking-oil", "chemicals"}


@pytest.fixture
def write(tmp_path: Path):
    """Write an extract with these nodes, read its bins, write them as a file."""

    def write(*nodes: dict[str, str]) -> Path:
        extract, out = tmp_path / "x.osm.pbf", tmp_path / "x.bins.geojson"
        write_extract(extract, nodes)
        write_bins(read_candidates(extract).bins, out)
        return out

    return write


def read(path: Path) -> BinFile:
    return read_bins(decode(path.read_bytes()), streams=STREAMS)


def properties(path: Path) -> list[dict[str, object]]:
    features = json.loads(path.read_text("utf-8"))["features"]
    return [feature["properties"] for feature in features]


def test_every_bin_of_helsinki_is_a_good_row_and_nothing_is_noise(tmp_path):
    out = tmp_path / "helsinki.bins.geojson"

    count = write_bins(read_candidates(HELSINKI).bins, out)

    file = read(out)
    assert (file.bad, file.unknown_columns) == ((), ())
    # 52 on the map, one of them for glass and packaging.
    assert count == len(file.rows) == 53


def test_a_bin_of_several_streams_is_a_row_for_each_at_one_site(write):
    tags = {"amenity": "recycling", "recycling:glass": "yes", "recycling:paper": "yes"}
    first, second = read(write(tags)).rows

    assert (first.code, second.code) == ("osm-node-1-glass", "osm-node-1-paper")
    assert (first.stream, second.stream) == ("glass", "paper")
    assert first.site == second.site == "Recycling point node/1"


def test_operator_name_and_where_the_volume_is_from_stay_readable(write):
    tags = {"amenity": "recycling", "recycling:clothes": "yes"}
    [known, unknown] = properties(
        write(
            tags | {"operator": "Emmy", "name": "By the shop", "volume": "2 m3"},
            tags,
        )
    )

    assert known["osm_id"] == "node/1"
    assert (known["osm_operator"], known["osm_name"]) == ("Emmy", "By the shop")
    assert (known["volume_l"], known["osm_volume_is_assumed"]) == (2000, False)
    assert (unknown["volume_l"], unknown["osm_volume_is_assumed"]) == (1500, True)
    assert known["site"] == "By the shop"


def test_names_that_no_column_can_hold_are_made_to_fit(write):
    [row] = read(write({"amenity": "waste_basket", "name": "a\nb\t" + "x" * 250})).rows

    assert row.site is not None
    assert row.site.startswith("a b x")
    assert len(row.site) == 200


def test_an_extract_without_bins_gives_an_empty_file(write):
    assert properties(write({"shop": "bakery"})) == []
