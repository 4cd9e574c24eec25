"""How large a bin on the map is: as its tags say, or as is usual."""

import pytest

from backend.city.bins.volumes import Volume, volume_of

RECYCLING = {"amenity": "recycling"}


def stated(tags: dict[str, str], stream: str = "glass") -> int | None:
    volume = volume_of(RECYCLING | tags, stream)
    return None if volume.is_assumed else volume.volume_l


@pytest.mark.parametrize(
    ("text", "volume_l"),
    [
        ("240 l", 240),
        ("240L", 240),
        ("1100 litres", 1100),
        ("1100 liter", 1100),
        ("3 m3", 3000),
        ("2.5 m³", 2500),
        ("2,5 m³", 2500),
        ("1 cbm", 1000),
        ("3 cubic metres", 3000),
    ],
)
def test_litres_and_cubic_metres_are_understood(text, volume_l):
    assert stated({"volume": text}) == volume_l
    assert stated({"capacity": text}) == volume_l


@pytest.mark.parametrize(
    "text", ["2", "240", "yes", "", "many", "3 kg", "l", "-3 m3", "1.100 l", "999 m3"]
)
def test_a_bare_number_may_count_bins_and_is_not_taken_for_litres(text):
    assert stated({"capacity": text}) is None


def test_what_is_said_of_one_material_holds_for_its_stream_alone():
    tags = {"capacity:glass_bottles": "3 m3", "capacity": "1100 l"}

    assert stated(tags, "glass") == 3000
    assert stated(tags, "paper") == 1100


def test_a_capacity_that_names_no_material_holds_for_all():
    assert stated({"capacity:volume": "2 m3"}) == 2000


@pytest.mark.parametrize(
    ("amenity", "volume_l"),
    [("waste_basket", 80), ("waste_disposal", 1100), ("recycling", 1500)],
)
def test_a_bin_that_does_not_say_has_a_usual_volume_marked_as_assumed(
    amenity, volume_l
):
    found = volume_of({"amenity": amenity}, "residual")

    assert found == Volume(volume_l=volume_l, is_assumed=True)
