"""Which languages there are, and which of them somebody reads."""

from collections.abc import Mapping

from backend.directions import english, finnish, french, german, spanish
from backend.directions.words import Words

LANGUAGES: Mapping[str, Words] = {
    "en": english.WORDS,
    "de": german.WORDS,
    "fr": french.WORDS,
    "es": spanish.WORDS,
    "fi": finnish.WORDS,
}
DEFAULT = "en"
_UNREADABLE = 0.0


def choose_language(asked: str | None, accepted: str | None = None) -> str:
    """Choose what was asked for by name, else the best of an Accept-Language header.

    "de-AT" is German; what is not understood is English.
    """
    if asked:
        return _known(asked) or DEFAULT
    wanted = sorted(map(_rank, (accepted or "").split(",")), key=lambda each: -each[1])
    found = (_known(tag) for tag, weight in wanted if weight > 0)
    return next(filter(None, found), DEFAULT)


def _known(tag: str) -> str | None:
    primary = tag.strip().lower().replace("_", "-").partition("-")[0]
    return primary if primary in LANGUAGES else None


def _rank(offer: str) -> tuple[str, float]:
    """Read "de-AT;q=0.8" (RFC 9110, section 12.5.4)."""
    tag, _, weight = offer.partition(";")
    _, is_weighted, number = weight.partition("q=")
    try:
        return tag, float(number) if is_weighted else 1.0
    except ValueError:
        # Somebody's broken browser still gets his directions, in another language.
        return tag, _UNREADABLE
