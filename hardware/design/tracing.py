"""What is behind a resistor, and which of the module's pins behind a pin of a plug."""

from collections.abc import Iterator

from hardware.design.board import End, Net
from hardware.design.placed import Placed


def through_resistors(device: Placed, net: Net) -> Iterator[tuple[str, Net]]:
    """Give each resistor on a net, and the net on its other side."""
    for end in net.ends:
        if end.reference.startswith("R") and end.reference in device.parts:
            far = device.net_of(_other_end(end))
            if far is not None:
                yield end.reference, far


def _other_end(end: End) -> End:
    """Give the other pin of a part that has two, named 1 and 2."""
    return End(reference=end.reference, pin="1" if end.pin == "2" else "2")


def pad_behind(device: Placed, end: End) -> str | None:
    """Name the module's pad, straight or through one resistor; nothing for a supply."""
    net = device.net_of(end)
    if net is None or net.direction == "power":
        return None
    module = device.board.module
    within = (net, *(far for _, far in through_resistors(device, net)))
    pads = (end.pin for each in within for end in each.ends if end.reference == module)
    return next(pads, None)
