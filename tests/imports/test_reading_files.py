"""From the text of a file to rows, without a database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports import BadRow, BinFile, ImportRefusedError, decode, read_bins
from backend.imports.table import BINS
from backend.store.imports import BinRow

STREAMS = frozenset({"glass", "paper"})
HEADER = "code,stream,volume_l,lat_deg,lon_deg"
BIN = "A1,glass,1100,60.17,24.94"


def read(text: str) -> BinFile:
    return read_bins(text, streams=STREAMS)


def read_one_bad(text: str) -> BadRow:
    file = read(text)
    (bad,) = file.bad
    return bad


def read_field(column: str, cell: str) -> str:
    """Read a bin with one more cell; return the complaint."""
    return str(read_one_bad(f"{HEADER},{column}\n{BIN},{cell}\n"))


def test_semicolons_and_a_byte_order_mark_are_what_spreadsheets_write():
    data = "\ufeffcode;stream;volume_l;lat_deg;lon_deg\r\nA1;glass;1100;60.17;24.94\r\n"

    file = read(decode(data.encode()))

    assert file.rows == (
        BinRow(
            line=2,
            code="A1",
            stream="glass",
            volume_l=1100,
            lat_deg=60.17,
            lon_deg=24.94,
        ),
    )


def test_columns_come_in_any_order_and_case():
    file = read(" Lon_deg ,LAT_DEG,volume_l,Stream,code\n24.94,60.17,1100,glass,A1\n")

    assert file.rows == read(f"{HEADER}\n{BIN}\n").rows


def test_a_column_nobody_knows_is_named():
    file = read(f"{HEADER},colour,,Colour\n{BIN},red,,blue\n")

    assert file.unknown_columns == ("colour",)
    assert len(file.rows) == 1


def test_lines_are_counted_as_an_editor_shows_them():
    bad = read_one_bad(f"{HEADER}\r\n\r\n{BIN}\r\n,,,,\r\nA2,glass,x,60.17,24.94\r\n")

    assert bad.line == 5


def test_a_delimiter_in_quotes_is_text():
    (row,) = read(f'{HEADER},address\n{BIN},"Square 1, north ""gate"""\n').rows

    assert row.address == 'Square 1, north "gate"'


def test_a_quote_that_is_never_closed_costs_its_own_line_only():
    file = read(f'{HEADER},address\n{BIN},"Square 1\nA2,glass,660,60.18,24.95,\n')

    assert [each.code for each in file.rows] == ["A2"]
    assert "2: row: a quote" in f"{file.bad[0].line}: {file.bad[0]}"


def test_a_row_of_another_length_is_bad_and_says_why():
    text = f"{HEADER},address\n{BIN},Square 1, north\nA2,glass\n{BIN},x,,\n"

    file = read(text)

    assert [str(each) for each in file.bad] == [
        "row: 7 cells where the header has 6: put text that holds a , in quotes",
        "row: 2 cells where the header has 6: put text that holds a , in quotes",
    ]
    assert len(file.rows) == 1


def test_the_second_row_with_a_code_is_the_bad_one():
    file = read(f"{HEADER}\n{BIN}\n{BIN}\n")

    assert [each.line for each in file.rows] == [2]
    assert str(file.bad[0]) == "code: A1 is on line 2 already"


def test_a_device_sits_on_one_bin():
    other = BIN.replace("A1", "A2")

    bad = read_one_bad(f"{HEADER},device\n{BIN},sensor-1\n{other},sensor-1\n")

    assert str(bad) == "device: sensor-1 is on line 2 already"


def test_every_fault_of_a_row_is_named_at_once():
    bad = read_one_bad(f"{HEADER}\n,plastik,many,91,-180.5\n")

    assert [each.field for each in bad.problems] == [
        "code",
        "stream",
        "volume_l",
        "lat_deg",
        "lon_deg",
    ]
    assert "known are glass, paper" in str(bad)


@pytest.mark.parametrize(
    ("column", "cell", "complaint"),
    [
        ("device", "Sensor 1", "device: Sensor 1 not understood: 1 to 32 characters"),
        ("device", "s" * 33, "device: "),
        ("service_s", "-1", "service_s: -1 not understood: 0..86400"),
        ("service_s", "1.5", "service_s: 1.5 not understood: a whole number"),
        ("service_s", "1_0", "service_s: 1_0 not understood: a number is wanted"),
        ("service_s", "nan", "service_s: nan not understood"),
        ("service_s", "9" * 5000, "not understood: 0..86400"),
        ("site", "a\x00b", "site: a\\x00b has characters that cannot be printed"),
        ("site", "a" * 201, "is longer than 200 characters"),
        ("empty_mm", "1200", "full_mm: is missing: empty_mm and full_mm come together"),
        ("full_mm", "200", "empty_mm: is missing: empty_mm and full_mm come together"),
        ("empty_kg", "41.5", "full_kg: is missing: empty_kg and full_kg come together"),
    ],
)
def test_a_cell_that_cannot_be_used_says_why(column, cell, complaint):
    assert complaint in read_field(column, cell)


@pytest.mark.parametrize(("full_kg", "is_good"), [("42.5", True), ("42.4", False)])
def test_full_must_be_heavier_than_empty(full_kg, is_good):
    file = read(f"{HEADER},empty_kg,full_kg\n{BIN},41.5,{full_kg}\n")

    assert bool(file.rows) is is_good


@pytest.mark.parametrize(("empty_mm", "is_good"), [(201, True), (200, False)])
def test_empty_must_be_farther_than_full(empty_mm, is_good):
    file = read(f"{HEADER},empty_mm,full_mm\n{BIN},{empty_mm},200\n")

    assert bool(file.rows) is is_good


@pytest.mark.parametrize(
    ("lat_deg", "is_good"), [("90", True), ("-90.0", True), ("90.000001", False)]
)
def test_latitudes_end_at_the_poles(lat_deg, is_good):
    file = read(f"{HEADER}\nA1,glass,1100,{lat_deg},24.94\n")

    assert bool(file.rows) is is_good


def test_a_decimal_comma_is_refused_with_a_hint():
    bad = read_one_bad(f"{HEADER.replace(',', ';')}\nA1;glass;1100;60,17;24.94\n")

    expected = "lat_deg: 60,17 not understood: a number with a decimal point is wanted"
    assert str(bad) == expected


def feature(**changes: object) -> dict[str, object]:
    properties = {"code": "A1", "stream": "glass", "volume_l": 1100}
    geometry = {"type": "Point", "coordinates": [24.94, 60.17]}
    whole = {"type": "Feature", "properties": properties, "geometry": geometry}
    return whole | changes


def collect(*features: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_a_geojson_point_is_the_same_bin_as_a_csv_row():
    (from_json,) = read(collect(feature())).rows
    (from_csv,) = read(f"\n{HEADER}\n{BIN}\n".lstrip()).rows

    assert (from_json.lat_deg, from_json.lon_deg) == (60.17, 24.94)
    assert (from_json.code, from_json.volume_l) == (from_csv.code, from_csv.volume_l)


def test_a_feature_is_named_by_its_number():
    file = read(collect(feature(), feature()))

    assert file.bad[0].line == 2
    assert str(file.bad[0]) == "code: A1 is on feature 1 already"


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (None, "geometry: a Point is wanted"),
        (feature(geometry=None), "geometry: a Point is wanted"),
        (
            feature(geometry={"type": "Point", "coordinates": [1]}),
            "geometry: coordinates must be [longitude, latitude]",
        ),
        (
            feature(geometry={"type": "Point", "coordinates": [[1], 2]}),
            "lon_deg: [1] is no text or number",
        ),
        (
            feature(geometry={"type": "Point", "coordinates": [2500000, 6700000]}),
            "lat_deg: 6700000 not understood: -90..90",
        ),
        (
            feature(properties={"code": True, "stream": "glass"}),
            "code: true is no text or number",
        ),
        (
            feature(properties={"code": "\ud800", "stream": "glass", "volume_l": 1}),
            "code: \\ud800 has characters that cannot be printed",
        ),
    ],
)
def test_a_feature_that_is_no_bin_says_why(broken, complaint):
    assert complaint in str(read(collect(feature(), broken)).bad[0])


@pytest.mark.parametrize(
    "text", ['{"features": NaN}', "[" * 100_000, "[1]", '{"a": ' + "9" * 5000 + "}"]
)
def test_json_that_is_no_geojson_is_refused(text):
    with pytest.raises(ImportRefusedError):
        read(text)


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["A1", "glass", "1100", "60.17", "-0", "1e999", '"', "a\nb", ""]),
)
ROWS = st.lists(st.lists(CELLS, max_size=12).map(",".join), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*BINS.known, "type", "geometry"]), inner)
    ),
    max_leaves=8,
)


def assert_every_row_is_accounted_for(text: str) -> None:
    try:
        file = read(text)
    except ImportRefusedError:
        return
    lines = [each.line for each in file.rows] + [each.line for each in file.bad]
    assert lines
    assert len(set(lines)) == len(lines)
    assert all(str(each) for each in file.bad)
    assert all(each.empty_mm is None or each.full_mm is not None for each in file.rows)


@given(st.text())
def test_no_text_whatever_breaks_the_reader(text):
    assert_every_row_is_accounted_for(text)


@given(ROWS)
def test_no_rows_whatever_break_the_reader(rows):
    assert_every_row_is_accounted_for("\n".join([",".join(BINS.known), *rows]))


@given(JSON, JSON)
def test_no_json_whatever_breaks_the_reader(properties, geometry):
    changes = {"properties": properties, "geometry": geometry}
    assert_every_row_is_accounted_for(collect(feature(), feature(**changes)))


@given(st.binary(max_size=64))
def test_no_bytes_whatever_break_the_decoder(data):
    try:
        decode(data)
    except ImportRefusedError as error:
        assert "UTF-8" in str(error)  # noqa: PT017 - most bytes are refused
