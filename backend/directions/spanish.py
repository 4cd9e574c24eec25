"""Directions in Spanish."""

from backend.directions.words import Phrase, Words


def _turn(words: str) -> Phrase:
    return Phrase(named=f"{words} hacia {{street}}", plain=words)


WORDS = Words(
    depart=Phrase(named="Salga por {street}", plain="Inicie la marcha"),
    turns={
        "straight": Phrase(named="Siga recto por {street}", plain="Siga recto"),
        "slight_right": _turn("Gire ligeramente a la derecha"),
        "right": _turn("Gire a la derecha"),
        "sharp_right": _turn("Gire bruscamente a la derecha"),
        "slight_left": _turn("Gire ligeramente a la izquierda"),
        "left": _turn("Gire a la izquierda"),
        "sharp_left": _turn("Gire bruscamente a la izquierda"),
    },
    exit=_turn("En la rotonda, tome la {exit} salida"),
    roundabout=Phrase(
        named="Cruce la rotonda y siga por {street}", plain="Cruce la rotonda"
    ),
    u_turn=Phrase(
        named="Haga un cambio de sentido en {street}",
        plain="Haga un cambio de sentido",
    ),
    ferry=Phrase(named="Tome el ferri {street}", plain="Tome el ferri"),
    arrive={
        "bin": {
            "left": "El contenedor está a la izquierda",
            "right": "El contenedor está a la derecha",
            "ahead": "Ha llegado al contenedor",
        },
        "facility": {
            "left": "La planta está a la izquierda",
            "right": "La planta está a la derecha",
            "ahead": "Ha llegado a la planta",
        },
        "depot": {
            "left": "La base está a la izquierda",
            "right": "La base está a la derecha",
            "ahead": "Ha llegado a la base",
        },
    },
    along="durante {distance}",
    # "salida" is feminine: primera.
    ordinal=lambda number: f"{number}.ª",
    decimal_sign=",",
)
