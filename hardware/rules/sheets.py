"""Whether the schematic shows every part, once."""

from collections.abc import Iterator

from hardware.design.parts import Place
from hardware.design.placed import Placed
from hardware.rules.fault import Fault

RULE = "sheets"


def sheet_faults(device: Placed) -> Iterator[Fault]:
    """Find parts that no sheet shows, or two do."""
    known = {name for part in device.known for name in part.references}
    shown = [each for names in device.board.sheets.values() for each in names]
    for name, part in device.parts.items():
        if part.place is Place.BOARD and shown.count(name) != 1:
            what = f"on {shown.count(name)} sheets of the schematic"
            yield Fault(rule=RULE, where=name, what=what)
    for name in sorted(set(shown) - known):
        yield Fault(rule=RULE, where=name, what="on a sheet, and nowhere else")
