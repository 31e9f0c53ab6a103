"""Telling Lithuanian from English by small words, and saying nothing where the text does not tell."""

import pytest

from sauga.kernel.i18n import written_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kalbėkis su vaiku apie tai, kas vyksta internete, ir klausyk.", "lt"),
        ("Kalbekis su vaiku apie tai, kas vyksta internete, ir klausyk.", "lt"),
        ("Talk with your child about what happens online and listen to them.", "en"),
        ("The Lithuanian law on „Nepilnamečių apsauga“ is what you need for this, and it is not long.", "en"),
        ("Instagram 2026", ""),
        ("", ""),
        ("Поговори з дитиною про те, що відбувається.", ""),
    ],
)
def test_a_text_tells_its_language_or_nothing(text, language):
    assert written_in(text) == language


def test_a_very_long_text_takes_no_time():
    assert written_in("ir " * 500_000) == "lt"
