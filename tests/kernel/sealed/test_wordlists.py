"""The word lists keep their promise: any slip in one word points to one word."""

import re

import pytest

from sauga.kernel.i18n import languages
from sauga.kernel.sealed.visitors.wordlists import LIST_LENGTH, fold, near, one_edit_apart, spoken, words


@pytest.mark.parametrize("language", spoken())
def test_list_is_well_formed(language):
    listed = words(language)
    assert len(listed) == LIST_LENGTH == len({fold(word) for word in listed})
    assert list(listed) == sorted(listed, key=lambda word: (fold(word), word))
    assert all(re.fullmatch(r"[^\W\d_]{4,8}", word) and word.islower() for word in listed)


@pytest.mark.parametrize("language", spoken())
def test_every_word_is_two_edits_from_every_other(language):
    folded = [fold(word) for word in words(language)]
    assert [word for word in folded if _neighbours(language, word) != 1] == []


def _neighbours(language: str, word: str) -> int:
    """Words within one edit of any one-letter gap or of the word itself, counted by the index that
    the reader uses.
    """
    from sauga.kernel.sealed.visitors.wordlists import _index, gaps

    exact, by_gap = _index(language)
    listed = tuple(exact)
    found = {n for gap in (word, *gaps(word)) for n in by_gap.get(gap, ())}
    return sum(one_edit_apart(listed[n], word) for n in found)


@pytest.mark.parametrize(
    "one, other, apart",
    [
        ("obuolys", "obuolys", True),
        ("obuolys", "obulys", True),
        ("obuolys", "obuollys", True),
        ("obuolys", "obuolis", True),
        ("obuolys", "obuloys", True),
        ("obuolys", "buolys", True),
        ("obuolys", "obuolysx", True),
        ("obuolys", "obulyss", False),
        ("obuolys", "uobloys", False),
        ("obuolys", "obu", False),
        ("abcd", "badc", False),
    ],
)
def test_one_edit_apart(one, other, apart):
    assert one_edit_apart(one, other) is apart
    assert one_edit_apart(other, one) is apart


def test_other_languages_get_english():
    assert words("xx") == words("en")


def test_every_language_with_pages_has_a_list():
    assert [row.code for row in languages.public() if not row.has_receipt_words] == []


@pytest.mark.parametrize(
    ("typed", "same"),
    [("ЇЖАЧОК", "їжачок"), ("ижачок", "їжачок"), ("ёлка", "елка"), ("łódka", "lodka"), ("ґанок", "ганок")],
)
def test_letters_that_a_keyboard_may_lack_are_one(typed, same):
    assert fold(typed) == fold(same)


def test_nothing_is_near_noise():
    assert near("lt", "qqqqqq") == ()
