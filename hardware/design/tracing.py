"""Which of the module's pins is behind a pin of a plug."""

from hardware.design.board import End
from hardware.design.placed import Placed


def other_end(end: End) -> End:
    """Give the other pin of a part that has two, named 1 and 2."""
    return End(reference=end.reference, pin="1" if end.pin == "2" else "2")


def pad_behind(device: Placed, end: End) -> str | None:
    """Name the module's pad, straight or through one resistor; nothing for a supply."""
    net = device.net_of(end)
    if net is None or net.direction == "power":
        return None
    module = device.board.module
    for near in net.ends:
        if near.reference == module:
            return near.pin
    for near in net.ends:
        far = device.net_of(other_end(near)) if near.reference[0] == "R" else None
        pads = [] if far is None else [e.pin for e in far.ends if e.reference == module]
        if pads:
            return pads[0]
    return None
