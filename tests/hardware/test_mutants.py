"""Boards with one slip of the pen: the rules find each, whatever it is."""

import pytest

from benchmarks.hardware.mutants import draw_mutants, list_mutants
from hardware.rules.everything import faults
from tests.hardware.spoiling import SOURCES, spoilt

OF_EACH_KIND = 60
MUTANTS = list_mutants(SOURCES)
DRAWN = draw_mutants(MUTANTS, OF_EACH_KIND, seed=8)


@pytest.mark.parametrize("mutant", DRAWN, ids=lambda each: f"{each.kind}: {each.what}")
def test_a_slip_is_found(mutant):
    assert faults(mutant.apply(SOURCES))


def test_there_are_slips_of_four_kinds():
    assert {each.kind for each in MUTANTS} == {
        "open joint",
        "misplaced end",
        "pins mixed up",
        "joined nets",
    }


@pytest.mark.parametrize(
    "same",
    [
        "R4.1 for R4.2",  # a resistor turned round
        "L1.1 for L1.2",
        "U5.LX1 for U5.LX2",  # the coil is
        "D3.D3 for D3.D4",  # lines of one array
    ],
)
def test_what_makes_an_equal_circuit_is_no_slip(same):
    assert same not in {each.what for each in MUTANTS}


def test_a_slip_leaves_the_board_that_it_was_made_of():
    before = spoilt()

    for each in DRAWN:
        each.apply(SOURCES)

    assert before == SOURCES
