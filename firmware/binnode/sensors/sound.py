"""How far sound goes and comes back in air."""

from micropython import const

from binnode.payload import TEMPERATURE_UNMEASURED

_SOUND_AT_0_MM_S = const(331_300)  # and 606 more with each degree
_MM_S_A_DEGREE = const(606)
_USUAL_DC = const(150)


def echo_mm(echo_us: int, temperature_dc: int) -> int:
    """Tell how far away an echo is, in whole numbers below 2 ** 30 all the way.

    The chip keeps no larger ones without memory of their own.
    """
    if temperature_dc == TEMPERATURE_UNMEASURED:
        temperature_dc = _USUAL_DC
    sound_mm_s = _SOUND_AT_0_MM_S + _MM_S_A_DEGREE * temperature_dc // 10
    return echo_us * (sound_mm_s // 100) // 20_000
