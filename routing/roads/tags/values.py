"""OSM's written values: numbers with units, and conditions.

Sources: the OSM wiki pages Map features/Units and Conditional restrictions.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Tags = Mapping[str, str]

_NUMBER = re.compile(r"^(\d+(?:[.,]\d+)?)\s*([a-zA-Z/]*)$")
_FEET = re.compile(r"^(\d+)\s*(?:'|ft)\s*(?:(\d+(?:\.\d+)?)\s*(?:\"|'')?)?$")
_CONDITION = re.compile(r"([^;@]+?)\s*@\s*(\([^)]*\)|[^;]+)")
_SIZE = re.compile(r"^(weight|height|width|length|axleload)\s*(>=?)\s*(\d+(?:\.\d+)?)$")

_M_PER_FOOT = 0.3048
_M = {"": 1.0, "m": 1.0, "cm": 0.01, "ft": _M_PER_FOOT, "in": _M_PER_FOOT / 12}
_T = {
    "": 1.0,
    "t": 1.0,
    "tonnes": 1.0,
    "mt": 1.0,
    "kg": 0.001,
    "st": 0.90718474,  # short tons
    "lt": 1.0160469,  # long tons
    "lbs": 0.00045359237,
}
_KMH = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344, "knots": 1.852}


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A value that holds under a condition.

    Parameters
    ----------
    value
        What holds, such as ``no``.
    words
        The condition as it is written, in lower case and without brackets.
    size
        What is measured ("weight", …) and the number it must exceed, if that is all of
        the condition.
    """

    value: str
    words: str
    size: tuple[str, float] | None

    @property
    def is_for_service(self) -> bool:
        """Say whether it holds for who has business there."""
        return any(word in self.words for word in ("destination", "delivery"))


def metres(text: str | None) -> float | None:
    """Read a length in metres; None if there is no number in it."""
    if text is None:
        return None
    if feet := _FEET.match(text.strip()):
        return (int(feet[1]) + float(feet[2] or 0) / 12) * _M_PER_FOOT
    return _measure(text, _M)


def tonnes(text: str | None) -> float | None:
    """Read a mass in tonnes; None if there is no number in it."""
    return None if text is None else _measure(text, _T)


def kmh(text: str | None) -> float | None:
    """Read a speed in km/h; None if there is no number above 0 in it."""
    return (None if text is None else _measure(text, _KMH)) or None


def conditions(text: str | None) -> Iterator[Condition]:
    """Read ``value @ (condition); …``."""
    for value, written in _CONDITION.findall(text or ""):
        words = written.strip().strip("()").strip().lower()
        size = _SIZE.match(words)
        yield Condition(
            value=value.strip().lower(),
            words=words,
            size=(size[1], float(size[3])) if size else None,
        )


def seen_driving(tags: Tags, *, forwards: bool) -> Tags:
    """Let what is said for one direction stand for the whole street."""
    end, other = (":forward", ":backward") if forwards else (":backward", ":forward")
    if not any(key.endswith(end) or end + ":" in key for key in tags):
        return tags
    ours = {key.replace(end, ""): value for key, value in tags.items() if end in key}
    plain = {k: v for k, v in tags.items() if end not in k and other not in k}
    return plain | ours


def _measure(text: str, units: Mapping[str, float]) -> float | None:
    match = _NUMBER.match(text.strip())
    if match is None or match[2].lower() not in units:
        return None
    return float(match[1].replace(",", ".")) * units[match[2].lower()]
