"""Distances as somebody behind a wheel wants them."""

_NEAR_M = 100
_NEAR_STEP_M = 10
_STEP_M = 50
_KM_M = 1000
_FAR_KM = 10
# The number and its unit stay on one line.
_SPACE = "\N{NO-BREAK SPACE}"


def write_distance(metres: int, *, decimal_sign: str) -> str:
    """Round to 10 m when near, to 50 m below a kilometre, then to 100 m and to 1 km."""
    step = _NEAR_STEP_M if metres < _NEAR_M else _STEP_M
    rounded = max(_NEAR_STEP_M, _to_nearest(metres, step))
    if rounded < _KM_M:
        return f"{rounded}{_SPACE}m"
    tenths = _to_nearest(metres, _KM_M // 10) / _KM_M
    km = (
        f"{tenths:.1f}"
        if tenths < _FAR_KM
        else f"{_to_nearest(metres, _KM_M) // _KM_M}"
    )
    return f"{km.removesuffix('.0').replace('.', decimal_sign)}{_SPACE}km"


def _to_nearest(value: int, step: int) -> int:
    return (value + step // 2) // step * step
