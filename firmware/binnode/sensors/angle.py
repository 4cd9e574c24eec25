"""How far a bin leans, from gravity, in whole numbers."""

from micropython import const

from binnode.payload import TILT_UNMEASURED

_SCALE = const(1000)


def tilt_from_gravity(x: int, y: int, z: int) -> int:
    """Tell the degrees between the z axis and up, 0..180.

    The arc tangent is Rajan et al. (2006), "Efficient approximations for the
    arctangent function", equation 7: off by 0.22 degrees at most.
    """
    across = _square_root(x * x + y * y)
    along = abs(z)
    if across == along == 0:
        return TILT_UNMEASURED
    if across <= along:
        tilt_deg = _arctangent_deg(across, along)
    else:
        tilt_deg = 90 - _arctangent_deg(along, across)
    return tilt_deg if z >= 0 else 180 - tilt_deg


def _arctangent_deg(opposite: int, adjacent: int) -> int:
    ratio = opposite * _SCALE // adjacent
    millidegrees = 45 * ratio + 15_642 * ratio * (_SCALE - ratio) // _SCALE**2
    return (millidegrees + _SCALE // 2) // _SCALE


def _square_root(square: int) -> int:
    root = square
    better = (square + 1) // 2
    while better < root:
        root, better = better, (better + square // better) // 2
    return root
