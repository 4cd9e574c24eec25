"""Directions in French."""

from backend.directions.words import Phrase, Words


def _turn(words: str) -> Phrase:
    return Phrase(named=f"{words} sur {{street}}", plain=words)


WORDS = Words(
    depart=Phrase(named="Partir sur {street}", plain="Partir"),
    turns={
        "straight": _turn("Continuer tout droit"),
        "slight_right": _turn("Tourner légèrement à droite"),
        "right": _turn("Tourner à droite"),
        "sharp_right": _turn("Tourner franchement à droite"),
        "slight_left": _turn("Tourner légèrement à gauche"),
        "left": _turn("Tourner à gauche"),
        "sharp_left": _turn("Tourner franchement à gauche"),
    },
    exit=_turn("Au rond-point, prendre la {exit} sortie"),
    roundabout=Phrase(
        named="Traverser le rond-point et continuer sur {street}",
        plain="Traverser le rond-point",
    ),
    u_turn=Phrase(named="Faire demi-tour sur {street}", plain="Faire demi-tour"),
    ferry=Phrase(named="Prendre le ferry {street}", plain="Prendre le ferry"),
    arrive={
        "bin": {
            "left": "Le conteneur est à gauche",
            "right": "Le conteneur est à droite",
            "ahead": "Vous êtes au conteneur",
        },
        "facility": {
            "left": "Le centre de traitement est à gauche",
            "right": "Le centre de traitement est à droite",
            "ahead": "Vous êtes au centre de traitement",
        },
        "depot": {
            "left": "Le dépôt est à gauche",
            "right": "Le dépôt est à droite",
            "ahead": "Vous êtes au dépôt",
        },
    },
    along="pendant {distance}",
    # "sortie" is feminine: première.
    ordinal=lambda number: "1re" if number == 1 else f"{number}e",
    decimal_sign=",",
)
