"""A wake that checks what was fetched."""

from binnode import power
from binnode.updates.installing import conclude


def run() -> None:
    """Check it, and tell the loader when it is whole."""
    conclude(power.read_battery_mv())
