"""Whether a part can be bought, today and in five years."""

from collections.abc import Iterator

from hardware.design.parts import Part, Place
from hardware.design.placed import Placed
from hardware.rules.fault import Fault

RULE = "buying"
LIFECYCLES = {"active", "ours", "unknown"}


def buying_faults(device: Placed) -> Iterator[Fault]:
    """Find parts without a number, a second source, a price, or a future."""
    for name, part in device.parts.items():
        if not part.is_copper:
            for what in _cannot_buy(part):
                yield Fault(rule=RULE, where=name, what=what)


def _cannot_buy(part: Part) -> Iterator[str]:
    if not part.manufacturer or not part.part_number:
        yield "no manufacturer's part number"
    if not part.alternates:
        yield "no second source"
    if not part.what or not part.why:
        yield "nobody says what it is, or why"
    if part.lifecycle not in LIFECYCLES:
        yield f"its lifecycle is {part.lifecycle!r}"
    one, hundred, thousand = part.price_eur
    if not one >= hundred >= thousand > 0:
        yield "its price does not fall with the quantity"
    if not part.price_source:
        yield "nobody says where its price is from"
    if part.place is Place.BOARD and not part.footprint:
        yield "no footprint"
