"""What is said of a way, in every language."""

import pytest

from backend.directions import LANGUAGES, tell_way
from backend.store.directions import Bend, Manoeuvre, ManoeuvreKind

BENDS: tuple[Bend, ...] = (
    "straight",
    "slight_right",
    "right",
    "sharp_right",
    "slight_left",
    "left",
    "sharp_left",
)


def manoeuvre(
    kind: ManoeuvreKind,
    bend: Bend = "straight",
    street: str = "",
    distance_m: int = 120,
    exit_number: int | None = None,
) -> Manoeuvre:
    return Manoeuvre(
        kind=kind,
        bend=bend,
        street=street,
        distance_m=distance_m,
        lat_deg=60.1,
        lon_deg=24.9,
        exit_number=exit_number,
    )


def say(language: str, each: Manoeuvre, *, to="bin") -> str:
    """Say one manoeuvre that nothing is merged with."""
    (line,) = tell_way([each], to=to, language=language)
    return line.text


@pytest.mark.parametrize(
    ("language", "named", "plain"),
    [
        ("en", "Turn right onto Bulevardi", "Turn right"),
        ("de", "Rechts abbiegen auf Bulevardi", "Rechts abbiegen"),
        ("fr", "Tourner à droite sur Bulevardi", "Tourner à droite"),
        ("es", "Gire a la derecha hacia Bulevardi", "Gire a la derecha"),
        ("fi", "Käänny oikealle tielle Bulevardi", "Käänny oikealle"),
    ],
)
def test_a_turn_names_the_street_if_it_has_a_name(language, named, plain):
    assert say(language, manoeuvre("turn", "right", "Bulevardi")) == named
    assert say(language, manoeuvre("turn", "right")) == plain


@pytest.mark.parametrize(
    ("language", "first", "third"),
    [
        ("en", "take the 1st exit onto E18", "take the 3rd exit"),
        ("de", "die 1. Ausfahrt auf E18 nehmen", "die 3. Ausfahrt nehmen"),
        ("fr", "prendre la 1re sortie sur E18", "prendre la 3e sortie"),
        ("es", "tome la 1.ª salida hacia E18", "tome la 3.ª salida"),
        ("fi", "1. liittymä tielle E18", "3. liittymä"),
    ],
)
def test_an_exit_of_a_roundabout_is_counted(language, first, third):
    named = manoeuvre("roundabout", "right", "E18", exit_number=1)
    plain = manoeuvre("roundabout", "left", exit_number=3)

    assert say(language, named).endswith(first)
    assert say(language, plain).endswith(third)


def test_english_counts_as_english_does():
    said = {
        number: say("en", manoeuvre("roundabout", exit_number=number))
        for number in (2, 4, 11, 21)
    }

    for number, ordinal in {2: "2nd", 4: "4th", 11: "11th", 21: "21st"}.items():
        assert f"the {ordinal} exit" in said[number]


@pytest.mark.parametrize(
    ("language", "left", "right", "ahead"),
    [
        ("en", "The bin is on the left", "The bin is on the right", "You are at"),
        ("de", "Behälter steht links", "Behälter steht rechts", "Sie sind am"),
        ("fr", "est à gauche", "est à droite", "Vous êtes au"),
        ("es", "a la izquierda", "a la derecha", "Ha llegado al"),
        ("fi", "on vasemmalla", "on oikealla", "Olet keräysastialla"),
    ],
)
def test_on_arrival_the_side_is_told(language, left, right, ahead):
    assert left in say(language, manoeuvre("arrive", "left"))
    assert right in say(language, manoeuvre("arrive", "right"))
    assert ahead in say(language, manoeuvre("arrive", "straight"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_destination_is_called_what_it_is(language):
    arrivals = {
        say(language, manoeuvre("arrive", "left"), to=to)
        for to in ("bin", "facility", "depot")
    }

    assert len(arrivals) == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("street", ["", "Rue de l'Église {Nord}"])
def test_everything_that_can_be_done_can_be_said_in_every_language(language, street):
    everything = [
        *(manoeuvre("turn", bend, street) for bend in BENDS),
        *(manoeuvre(kind, "left", street) for kind in ("depart", "u_turn", "ferry")),
        manoeuvre("roundabout", "left", street),
        manoeuvre("roundabout", "left", street, exit_number=2),
    ]

    said = [say(language, each) for each in everything]

    assert len(set(said)) == len(said)
    for each in said:
        assert each[0].isupper()
        assert street in each
        assert street or "{" not in each
        assert each == each.strip()


@pytest.mark.parametrize(
    ("metres", "english", "german"),
    [
        (3, "10 m", "10 m"),
        (44, "40 m", "40 m"),
        (97, "100 m", "100 m"),
        (349, "350 m", "350 m"),
        (974, "950 m", "950 m"),
        (975, "1 km", "1 km"),
        (1234, "1.2 km", "1,2 km"),
        (9960, "10 km", "10 km"),
        (25_499, "25 km", "25 km"),
    ],
)
def test_distances_are_rounded_as_a_driver_wants_them(metres, english, german):
    going_on = manoeuvre("depart", street="Bulevardi", distance_m=metres)
    said = {
        language: tell_way([going_on], to="bin", language=language)[0].along
        for language in ("en", "de")
    }

    assert said["en"].replace("\N{NO-BREAK SPACE}", " ") == f"for {english}"
    assert said["de"].replace("\N{NO-BREAK SPACE}", " ") == f"{german} folgen"


def test_on_arrival_there_is_nowhere_further_to_go():
    (line,) = tell_way([manoeuvre("arrive", distance_m=0)], to="bin", language="fi")

    assert line.along == ""
