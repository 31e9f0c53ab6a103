"""Normal forms: the same as Unicode's for whatever people write, and never the square of a row of marks."""

import unicodedata

import pytest
from architecture.tree import sources

from sauga.kernel.i18n import normalised, typed_text

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "text",
    ["", "Ąžuolas", "A\u0328z\u030c", "ﬁ ½ ｶﾞ", "a" + "\u0301" * 30, "हिन्दी", "נִקּוּד", "각", "👩\u200d👧"],
)
def test_what_people_write_is_as_unicode_says(form, text):
    assert normalised(text, form) == unicodedata.normalize(form, text)


def test_marks_after_the_thirtieth_are_dropped():
    assert normalised("a" + "\u0323\u0301" * 100 + "b", "NFD") == "a" + "\u0323" * 15 + "\u0301" * 15 + "b"


def test_nothing_else_normalises():
    assert [source.name for source in sources() if "unicodedata.normalize" in source.text] == [
        "kernel/i18n/normal.py"
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \x00\u202e\u200b \n", ""),
        ("La\x00bas\u202e!\ufeff", "Labas!"),
        ("a\r\nb\rc\td\ud800", "a\nb\nc\td"),
        ("so\u00adfas", "sofas"),
        (
            "Ąžuolas \U0001f469\u200d\U0001f467 \u2764\ufe0f",
            "Ąžuolas \U0001f469\u200d\U0001f467 \u2764\ufe0f",
        ),
    ],
)
def test_of_what_somebody_typed_all_that_is_seen_is_kept_and_nothing_else(typed, kept):
    assert typed_text(typed) == kept == typed_text(kept)
