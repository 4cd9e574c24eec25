"""What only the box for a D cell has: a second round thing in saddles of its own."""

import pytest

from hardware.enclosure.checks.fits import check_fit
from hardware.enclosure.dimensions import BOXES
from hardware.enclosure.tests.spoiling import make_part, only, spoil, with_part

pytestmark = only(BOXES[1])


@pytest.mark.parametrize(
    ("table", "changes", "pair"),
    [
        ("capacitor", {"y_mm": 5}, ("capacitor", "cell")),
        ("capacitor", {"z_mm": 21}, ("capacitor", "body")),
        ("capacitor", {"y_mm": -4, "z_mm": 22}, ("capacitor", "board")),
        ("cell", {"diameter_mm": 36}, ("cell", "cover")),
    ],
    ids=["at the cell", "too low", "at the board", "a cell too thick"],
)
def test_what_does_not_fit_beside_the_cell_is_found(
    dimensions, assembly, table, changes, pair
):
    assert check_fit(assembly, *pair).is_good
    spoilt = make_part(table, spoil(dimensions, table, **changes))
    assert not check_fit(with_part(assembly, table, spoilt), *pair).is_good
