"""The bins that an OSM extract knows, taken in as they were written."""

from pathlib import Path

import pytest

from backend.city.bins.bin_file import write_bins
from backend.city.bins.candidates import read_candidates
from tests.services.extracts import write_extract

HELSINKI = Path(__file__).parents[2] / "backend/demo/city/helsinki.osm.pbf"
FACTS = """
SELECT site.name, site.address, volume_l, stream FROM slot
JOIN site USING (site_id) JOIN container USING (slot_id)
WHERE code = %s AND to_at IS NULL"""


@pytest.fixture
def import_extract(run_command):
    """Write the bins of an extract as `ullage city add` does, and import them."""

    def run(extract: Path):
        write_bins(read_candidates(extract).bins, Path("x.bins.geojson"))
        return run_command("x.bins.geojson")

    return run


def test_all_of_helsinki_goes_in_without_a_word_of_complaint(import_extract, ask):
    said = import_extract(HELSINKI)

    assert (said.status, said.err) == (0, "")
    assert "53 new, 0 updated, 0 unchanged, 0 bad" in said.out
    assert ask("SELECT count(DISTINCT site_id) FROM slot") == [(52,)]
    code = "osm-node-6049452999-glass"
    assert ask(FACTS, code) == [
        ("Pullonpalautus", "Aleksanterinkatu 25", 1500, "glass")
    ]


def test_again_nothing_changes_and_a_volume_that_became_known_does(
    import_extract, tmp_path, ask
):
    extract = tmp_path / "x.osm.pbf"
    tags = {"amenity": "recycling", "recycling:glass": "yes"}
    write_extract(extract, [tags])
    import_extract(extract)

    assert "0 new, 0 updated, 1 unchanged, 0 bad" in import_extract(extract).out

    write_extract(extract, [tags | {"capacity:glass": "3 m3"}])

    assert "0 new, 1 updated, 0 unchanged, 0 bad" in import_extract(extract).out
    assert ask(FACTS, "osm-node-1-glass") == [
        ("Recycling point node/1", None, 3000, "glass")
    ]


def test_a_column_that_means_nothing_is_still_named(run_import):
    said = run_import(
        "code,stream,volume_l,lat_deg,lon_deg,osm_id,colour\nA,glass,240,60,25,1,red\n"
    )

    assert "the column colour means nothing here" in said.err
    assert "osm_id" not in said.err


def test_bins_outside_the_map_go_in_and_are_named(run_import, ask, monkeypatch):
    monkeypatch.setenv("ULLAGE_CITIES", str(HELSINKI.parent))
    head = "code,stream,volume_l,lat_deg,lon_deg\n"
    run_import(f"{head}A,glass,600,60.17,24.94\n")
    ask("UPDATE organisation SET city = 'helsinki' RETURNING city")

    far = "".join(f"B{n},glass,600,60.3,24.94\n" for n in range(12))
    said = run_import(f"{head}A,glass,700,60.17,24.94\n{far}")

    assert said.status == 0
    assert "12 new, 1 updated" in said.out
    warnings = said.err.splitlines()
    assert warnings[0] == (
        "bins.csv:3: warning: B0 at 60.3, 24.94 lies outside the map of helsinki: "
        "no run can come there"
    )
    assert (
        warnings[-1] == "bins.csv: warning: 2 more bins lie outside the map of helsinki"
    )
    assert len(warnings) == 11
