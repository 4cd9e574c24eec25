"""Avia HX711, a converter of 24 bits for load cells (Avia Semiconductor, datasheet).

25 pulses bring one conversion, the highest bit first, and ask for channel A with gain
128 again (table 3, figure 2). A pulse of more than 60 us switches the chip off, so
nothing may interrupt them. At 10 conversions a second it has settled after 400 ms (key
electrical characteristics); at an end of its range the cell is beyond it, or broken.
"""

from micropython import const

from binnode.sensors.ranging import Distance

_SETTLE_MS = const(400)
_POLL_MS = const(10)
_POLLS = const(100)  # a second, and conversions take half of one
_CONVERSIONS = const(5)
_END = const(0x7FFFFF)

# Flags of a record, as in `payload`: constants that two modules share take room on the
# chip. A weighed one has a mass in the place of the distance.
_NO_ECHO = const(2)
_NOISY = const(4)
_WEIGHED = const(128)
_UNMEASURED_HG = const(65535)
_HEAVIEST_HG = const(32000)
# So far an empty bin's zero may creep with the weather; below that the cell is broken.
_CREEP_HG = const(100)
# What wind does to a bin that nobody touches: 200 g and 1 %.
_LOOSE_HG = const(2)
_LOOSE_SHARE = const(100)


def measure(zero: int, per_hg: int) -> Distance:
    """Weigh the bin, in steps of 100 g.

    Parameters
    ----------
    zero, per_hg
        What the converter says of no load, and how much more with each 100 g.
    """
    from binnode.sensors import wiring

    data, clock = wiring.listen(), wiring.set_mode(0)
    wiring.switch_sensor(True)
    wiring.nap(_SETTLE_MS)
    counts: list[int] = []
    polls = _POLLS
    while polls and len(counts) < _CONVERSIONS:
        if data.value():
            wiring.pause(_POLL_MS)
            polls -= 1
        else:
            held = wiring.disable_irq()
            counts.append(read_count(data, clock))
            wiring.enable_irq(held)
    wiring.switch_sensor(False)
    return summarise(counts, zero, per_hg)


def read_count(data, clock) -> int:
    """Clock out a conversion that is ready."""
    count = 0
    for _ in range(25):
        # Before the pulse the line has the bit of the pulse before.
        count = count << 1 | data.value()
        clock.value(1)
        clock.value(0)
    return count - (count >> 23 << 24)


def summarise(counts: list[int], zero: int, per_hg: int) -> Distance:
    """Take the middle of the conversions, and count those that agree with it."""
    usable = []
    for count in sorted(counts):
        mass_hg: int = (count - zero + per_hg // 2) // per_hg
        if -_END <= count < _END and -_CREEP_HG <= mass_hg <= _HEAVIEST_HG:
            usable.append(mass_hg)
    if not usable:
        return Distance(_UNMEASURED_HG, 0, _NO_ECHO | _WEIGHED)
    middle_hg = usable[len(usable) // 2]
    within_hg = _LOOSE_HG + middle_hg // _LOOSE_SHARE
    agreeing = sum([abs(each - middle_hg) <= within_hg for each in usable])
    flags = _NOISY | _WEIGHED if agreeing * 2 < len(counts) else _WEIGHED
    return Distance(max(0, middle_hg), agreeing, flags)
