"""Which language somebody reads."""

import pytest

from backend.directions import choose_language


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        ("de", None, "de"),
        ("de-AT", "fr", "de"),
        ("FI_fi", None, "fi"),
        ("sv", "fi", "en"),
        (None, "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        (None, "sv;q=0.9, es;q=0.5, de;q=0.7", "de"),
        (None, "de;q=0, es", "es"),
        (None, "sv, *", "en"),
        (None, "de;q=x", "en"),
        ("", "", "en"),
        (None, None, "en"),
    ],
)
def test_what_is_asked_for_comes_before_what_is_accepted(asked, accepted, chosen):
    assert choose_language(asked, accepted) == chosen
