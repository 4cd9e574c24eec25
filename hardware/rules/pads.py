"""Whether a part has the pads of its footprint, each once (KiCad's names)."""

import re
from collections import Counter
from collections.abc import Iterator

from hardware.design.parts import Place
from hardware.design.placed import Placed
from hardware.rules.fault import Fault

RULE = "pads"
# How many pads a footprint of that name has, beside one below the chip.
_COUNTS = (
    (re.compile(r"(?:WSON|USON|LGA|SOT-23|1x)-?0?(\d+)(?=[-_.]|$)"), None),
    (re.compile(r"_(?:0603|0805|1206)_|Inductor_SMD:"), 2),
    (re.compile(r":SOT-23$"), 3),
    (re.compile(r":SOT-563$"), 6),
    (re.compile(r"^TestPoint:"), 1),
)
_BELOW = "-1EP_"


def pad_faults(device: Placed) -> Iterator[Fault]:
    """Find parts whose pins are not the pads of what they are soldered to."""
    for name, part in device.parts.items():
        # The module's pads are its chip's, and have their own names.
        if part.place is not Place.BOARD or name == device.board.module:
            continue
        count = count_pads(part.footprint)
        if count is None:
            what = f"how many pads has {part.footprint}?"
            yield Fault(rule=RULE, where=name, what=what)
            continue
        given = Counter(each for pin in part.pins.values() for each in pin.numbers)
        wanted = Counter(str(each) for each in range(1, count + 1))
        if given != wanted:
            more, fewer = _listed(given - wanted), _listed(wanted - given)
            what = f"pads that its footprint lacks: {more}; without a pin: {fewer}"
            yield Fault(rule=RULE, where=name, what=what)


def count_pads(footprint: str) -> int | None:
    """Tell how many pads a footprint has; None if its name does not say."""
    for pattern, count in _COUNTS:
        if found := pattern.search(footprint):
            beside = int(found[1]) if count is None else count
            return beside + (_BELOW in footprint)
    return None


def _listed(pads: Counter[str]) -> str:
    return ", ".join(sorted(pads)) or "none"
