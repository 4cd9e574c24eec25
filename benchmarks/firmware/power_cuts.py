"""The power cut at every operation of an update, over three layouts of flash.

Loader, updater, signature and littlefs are the real ones. Each bin must come up, bring
the update to its end and take a later one; whichever does not is counted as bricked.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from host.cutting import LAYOUTS, Layout, cut_power, new_key, prepare

from benchmarks.report import Figure

GOAL = 2000
SURVIVED = ("old", "new")


def measure() -> Iterator[Figure]:
    """Cut everywhere, and count."""
    became: Counter[str] = Counter()
    with TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, new_key())
        for layout in LAYOUTS:
            cuts = cut_power(folder, layout)
            became += cuts.became
            yield from _figures(_describe(layout), cuts.became, goal=None)
    yield from _figures(f"{len(LAYOUTS)} layouts", became, goal=GOAL)


def _describe(layout: Layout) -> str:
    size_kb = layout.block_bytes * layout.blocks // 1024
    return f"{size_kb} KB, blocks of {layout.block_bytes} B"


def _figures(case: str, became: Counter[str], *, goal: int | None) -> Iterator[Figure]:
    bricked = became.total() - sum(became[each] for each in SURVIVED)
    for figure, value, limit in (
        ("power_cuts", became.total(), goal),
        ("new_version_came_up", became["new"], None),
        ("bricked", bricked, 0),
    ):
        yield Figure(
            bench="firmware",
            case=case,
            figure=figure,
            value=value,
            unit="",
            goal=limit,
            is_floor=figure == "power_cuts",
            digits=0,
        )
