"""The power cut in an update: a part of what `scripts/bench firmware` does in full."""

import pytest
from host.cutting import LAYOUTS, cut_power, prepare

from tests.firmware.signed import signing_key

EVERY = 53


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    prepare(folder, signing_key())
    return folder


@pytest.mark.parametrize("layout", LAYOUTS[1:], ids=lambda each: str(each.block_bytes))
def test_a_bin_comes_up_after_any_cut_and_takes_this_and_a_later_version(
    layout, releases
):
    cuts = cut_power(releases, layout, every=EVERY)

    assert cuts.operations > 100
    assert cuts.became.total() == 4 * len(range(0, cuts.operations, EVERY))
    assert set(cuts.became) == {"old", "new"} or set(cuts.became) == {"old"}
