"""Directions in German."""

from backend.directions.words import Phrase, Words


def _turn(words: str) -> Phrase:
    return Phrase(named=f"{words} auf {{street}}", plain=words)


WORDS = Words(
    depart=Phrase(named="Losfahren auf {street}", plain="Losfahren"),
    turns={
        "straight": _turn("Geradeaus weiter"),
        "slight_right": _turn("Leicht rechts abbiegen"),
        "right": _turn("Rechts abbiegen"),
        "sharp_right": _turn("Scharf rechts abbiegen"),
        "slight_left": _turn("Leicht links abbiegen"),
        "left": _turn("Links abbiegen"),
        "sharp_left": _turn("Scharf links abbiegen"),
    },
    exit=Phrase(
        named="Im Kreisverkehr die {exit} Ausfahrt auf {street} nehmen",
        plain="Im Kreisverkehr die {exit} Ausfahrt nehmen",
    ),
    roundabout=Phrase(
        named="Durch den Kreisverkehr auf {street} fahren",
        plain="Durch den Kreisverkehr fahren",
    ),
    u_turn=Phrase(named="Auf {street} wenden", plain="Wenden"),
    ferry=Phrase(named="Fähre {street} nehmen", plain="Fähre nehmen"),
    arrive={
        "bin": {
            "left": "Der Behälter steht links",
            "right": "Der Behälter steht rechts",
            "ahead": "Sie sind am Behälter",
        },
        "facility": {
            "left": "Die Anlage liegt links",
            "right": "Die Anlage liegt rechts",
            "ahead": "Sie sind an der Anlage",
        },
        "depot": {
            "left": "Das Depot liegt links",
            "right": "Das Depot liegt rechts",
            "ahead": "Sie sind am Depot",
        },
    },
    along="{distance} folgen",
    ordinal=lambda number: f"{number}.",
    decimal_sign=",",
)
