"""Directions in English."""

from backend.directions.words import Phrase, Words

_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def _turn(words: str) -> Phrase:
    return Phrase(named=f"{words} onto {{street}}", plain=words)


WORDS = Words(
    depart=Phrase(named="Start on {street}", plain="Set off"),
    turns={
        "straight": Phrase(
            named="Continue straight onto {street}", plain="Go straight on"
        ),
        "slight_right": _turn("Bear right"),
        "right": _turn("Turn right"),
        "sharp_right": _turn("Turn sharp right"),
        "slight_left": _turn("Bear left"),
        "left": _turn("Turn left"),
        "sharp_left": _turn("Turn sharp left"),
    },
    exit=_turn("At the roundabout take the {exit} exit"),
    roundabout=Phrase(
        named="Cross the roundabout onto {street}", plain="Cross the roundabout"
    ),
    u_turn=Phrase(named="Make a U-turn on {street}", plain="Make a U-turn"),
    ferry=Phrase(named="Take the ferry {street}", plain="Take the ferry"),
    arrive={
        "bin": {
            "left": "The bin is on the left",
            "right": "The bin is on the right",
            "ahead": "You are at the bin",
        },
        "facility": {
            "left": "The facility is on the left",
            "right": "The facility is on the right",
            "ahead": "You are at the facility",
        },
        "depot": {
            "left": "The depot is on the left",
            "right": "The depot is on the right",
            "ahead": "You are at the depot",
        },
    },
    along="for {distance}",
    ordinal=_ordinal,
    decimal_sign=".",
)
