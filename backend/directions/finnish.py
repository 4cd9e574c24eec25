"""Directions in Finnish.

A name is not declined: "tielle Bulevardi", with the case on the word before it.
"""

from backend.directions.words import Phrase, Words


def _turn(words: str) -> Phrase:
    return Phrase(named=f"{words} tielle {{street}}", plain=words)


WORDS = Words(
    depart=Phrase(named="Lähde ajamaan tietä {street}", plain="Lähde ajamaan"),
    turns={
        "straight": _turn("Jatka suoraan"),
        "slight_right": _turn("Käänny loivasti oikealle"),
        "right": _turn("Käänny oikealle"),
        "sharp_right": _turn("Käänny jyrkästi oikealle"),
        "slight_left": _turn("Käänny loivasti vasemmalle"),
        "left": _turn("Käänny vasemmalle"),
        "sharp_left": _turn("Käänny jyrkästi vasemmalle"),
    },
    exit=_turn("Ota liikenneympyrästä {exit} liittymä"),
    roundabout=_turn("Aja liikenneympyrän läpi"),
    u_turn=Phrase(named="Tee U-käännös tiellä {street}", plain="Tee U-käännös"),
    ferry=Phrase(named="Aja lautalle {street}", plain="Aja lautalle"),
    arrive={
        "bin": {
            "left": "Keräysastia on vasemmalla",
            "right": "Keräysastia on oikealla",
            "ahead": "Olet keräysastialla",
        },
        "facility": {
            "left": "Vastaanottopaikka on vasemmalla",
            "right": "Vastaanottopaikka on oikealla",
            "ahead": "Olet vastaanottopaikalla",
        },
        "depot": {
            "left": "Varikko on vasemmalla",
            "right": "Varikko on oikealla",
            "ahead": "Olet varikolla",
        },
    },
    along="jatka {distance}",
    ordinal=lambda number: f"{number}.",
    decimal_sign=",",
)
