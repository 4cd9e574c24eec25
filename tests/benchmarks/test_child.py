"""A process of its own is measured for itself."""

import numpy as np

from benchmarks.child import measure_in_child


def test_the_peak_is_not_that_of_whoever_asks():
    ballast = np.ones(64 * 2**20)

    facts = measure_in_child("tests.benchmarks.test_child:nothing", {})

    assert facts["peak_mb"] < 200 < ballast.nbytes / 2**20


def nothing():
    return {}
