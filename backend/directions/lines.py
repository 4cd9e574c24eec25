"""Say a way line by line."""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.directions.distances import write_distance
from backend.directions.languages import LANGUAGES
from backend.directions.merging import merge_noise
from backend.directions.words import Destination, Phrase, Side, Words
from backend.store.directions import Bend, Manoeuvre, ManoeuvreKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing to do, and for how long to go on then.

    `along` says `distance_m` in words; on arrival it is empty.
    """

    text: str
    along: str
    kind: ManoeuvreKind
    bend: Bend
    exit_number: int | None
    distance_m: int
    lat_deg: float
    lon_deg: float


def tell_way(
    manoeuvres: Iterable[Manoeuvre], *, to: Destination, language: str
) -> tuple[Line, ...]:
    """Say in a language what leads to a destination; nothing known is nothing said."""
    words = LANGUAGES[language]
    return tuple(_tell(each, words, to=to) for each in merge_noise(manoeuvres))


def _tell(manoeuvre: Manoeuvre, words: Words, *, to: Destination) -> Line:
    return Line(
        text=_say(manoeuvre, words, to=to),
        along=_say_along(manoeuvre, words),
        kind=manoeuvre.kind,
        bend=manoeuvre.bend,
        exit_number=manoeuvre.exit_number,
        distance_m=manoeuvre.distance_m,
        lat_deg=manoeuvre.lat_deg,
        lon_deg=manoeuvre.lon_deg,
    )


def _say(manoeuvre: Manoeuvre, words: Words, *, to: Destination) -> str:
    if manoeuvre.kind == "arrive":
        return words.arrive[to][_side(manoeuvre.bend)]
    phrase = _phrase(manoeuvre, words)
    number = manoeuvre.exit_number
    exit_name = words.ordinal(number) if number else ""
    said = phrase.named if manoeuvre.street else phrase.plain
    return said.format(street=manoeuvre.street, exit=exit_name)


def _phrase(manoeuvre: Manoeuvre, words: Words) -> Phrase:
    match manoeuvre.kind:
        case "turn":
            return words.turns[manoeuvre.bend]
        case "roundabout":
            return words.exit if manoeuvre.exit_number else words.roundabout
        case "u_turn":
            return words.u_turn
        case "ferry":
            return words.ferry
        case _:
            return words.depart


def _side(bend: Bend) -> Side:
    if bend.endswith("left"):
        return "left"
    return "right" if bend.endswith("right") else "ahead"


def _say_along(manoeuvre: Manoeuvre, words: Words) -> str:
    if manoeuvre.kind == "arrive" or manoeuvre.distance_m <= 0:
        return ""
    distance = write_distance(manoeuvre.distance_m, decimal_sign=words.decimal_sign)
    return words.along.format(distance=distance)
