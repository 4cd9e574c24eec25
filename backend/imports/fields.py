"""From the text of a cell to the value of a field, or the reason why not."""

import re
from collections.abc import Callable, Collection, Mapping

Value = str | int | float
Parse = Callable[[str], Value]

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
DEVICE = re.compile(r"[a-z0-9_-]{1,32}")
MAX_SHOWN = 40
MAX_CODE = 64
MAX_TEXT = 200
# The largest a lorry can empty is a 40 m³ roll-off; ten times that is a slip.
MAX_VOLUME_L = 400_000
# docs/payload.md, Limits: distance_mm.
MAX_DISTANCE_MM = 20_000
# The same: mass_hg.
MAX_MASS_KG = 3_200
MAX_SERVICE_S = 86_400


class FieldError(ValueError):
    """The text is no value of this field; the message is the reason."""


def shorten(text: str) -> str:
    """Make a text fit to be shown in a message."""
    shown = text if text.isprintable() else ascii(text)[1:-1]
    return shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + "…"


def parse_number(text: str, *, low: float, high: float) -> float:
    """Read a number with a decimal point."""
    if not NUMBER.fullmatch(text):
        hint = "a number with a decimal point" if "," in text else "a number"
        raise FieldError(f"{shorten(text)} not understood: {hint} is wanted")
    value = float(text)
    if not low <= value <= high:
        raise FieldError(f"{shorten(text)} not understood: {low}..{high}")
    return value


def decimal(low: float, high: float) -> Parse:
    """Make a parser of numbers in a range."""
    return lambda text: parse_number(text, low=low, high=high)


def whole(low: int, high: int) -> Parse:
    """Make a parser of whole numbers in a range."""

    def parse(text: str) -> int:
        value = parse_number(text, low=low, high=high)
        if not value.is_integer():
            raise FieldError(f"{shorten(text)} not understood: a whole number")
        return int(value)

    return parse


def line_of_text(max_length: int) -> Parse:
    """Make a parser of texts that fit on a line."""

    def parse(text: str) -> str:
        if not text.isprintable():
            raise FieldError(f"{shorten(text)} has characters that cannot be printed")
        if len(text) > max_length:
            raise FieldError(f"{shorten(text)} is longer than {max_length} characters")
        return text

    return parse


def parse_device(text: str) -> str:
    """Read a device's name on the wire."""
    if not DEVICE.fullmatch(text):
        raise FieldError(
            f"{shorten(text)} not understood: 1 to 32 characters of a-z 0-9 - _"
        )
    return text


def one_of(known: Collection[str]) -> Parse:
    """Make a parser of names from a set."""

    def parse(text: str) -> str:
        if text not in known:
            raise FieldError(
                f"{shorten(text)} not understood: known are {', '.join(sorted(known))}"
            )
        return text

    return parse


def parsers_for(streams: Collection[str]) -> Mapping[str, Parse]:
    """Give the parser of each field."""
    return {
        "code": line_of_text(MAX_CODE),
        "stream": one_of(streams),
        "volume_l": whole(1, MAX_VOLUME_L),
        "lat_deg": decimal(-90, 90),
        "lon_deg": decimal(-180, 180),
        "site": line_of_text(MAX_TEXT),
        "address": line_of_text(MAX_TEXT),
        "device": parse_device,
        "empty_mm": whole(1, MAX_DISTANCE_MM),
        "full_mm": whole(0, MAX_DISTANCE_MM),
        "empty_kg": decimal(0, MAX_MASS_KG),
        "full_kg": decimal(0, MAX_MASS_KG),
        "service_s": whole(0, MAX_SERVICE_S),
        "container_type": line_of_text(MAX_CODE),
    }
