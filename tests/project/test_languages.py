"""A language is a row; what is missing in one is said, never passed off as that language."""

import json
from datetime import date

import pytest
from django.utils import translation
from django.utils.html import conditional_escape

from sauga.kernel.i18n import (
    date_range,
    date_with_weekday,
    euro,
    languages,
    long_date,
    percent,
    readability,
    search_stems,
    within_days,
)
from sauga.kernel.i18n.data_texts import in_words
from sauga.kernel.i18n.foreign import Foreign

pytestmark = pytest.mark.unit
FIRST, LAST = date(2027, 2, 9), date(2027, 2, 14)


def test_lithuanian_and_english_are_whole_and_the_others_have_the_journeys_of_who_needs_help():
    assert [row.code for row in languages.whole()] == ["lt", "en"]
    assert [row.code for row in languages.core()] == ["ru", "pl", "uk"]
    assert languages.for_staff() == languages.for_editors() == languages.for_letters() == languages.whole()
    assert languages.default().code == "lt"


@pytest.mark.parametrize(
    ("path", "code"), [("/uk/dopomoha/", "uk"), ("/uk", "uk"), ("/ukr/", ""), ("/uk-UA/", ""), ("/", "")]
)
def test_language_of_a_path(path, code):
    found = languages.of_path(path)
    assert (found.code if found else "") == code


@pytest.mark.parametrize(
    ("code", "day", "days", "weekday"),
    [
        ("lt", "2027 m. vasario 9 d.", "2027 m. vasario 9–14 d.", "2027 m. vasario 9 d., antradienis"),
        ("en", "9 February 2027", "9–14 February 2027", "Tuesday, 9 February 2027"),
        ("uk", "9 лютого 2027 року", "9–14 лютого 2027 року", "вівторок, 9 лютого 2027 року"),
        ("ru", "9 февраля 2027 года", "9–14 февраля 2027 года", "вторник, 9 февраля 2027 года"),
        ("pl", "9 lutego 2027", "9–14 lutego 2027", "wtorek, 9 lutego 2027"),
    ],
)
def test_dates_are_written_as_the_row_says(code, day, days, weekday):
    with translation.override(code):
        shown = [long_date(FIRST), date_range(FIRST, LAST), date_with_weekday(FIRST)]
    assert [one.replace("\u00a0", " ") for one in shown] == [day, days, weekday]


def test_range_over_two_months_names_both():
    with translation.override("uk"):
        shown = date_range(FIRST, FIRST.replace(month=3, day=3))
    assert shown.replace("\u00a0", " ") == "9 лютого – 3 березня 2027 року"


def test_shares_and_money():
    with translation.override("pl"):
        assert (percent(33.5), euro(1234.5)) == ("33,5\u00a0%", "1\u00a0234,50\u00a0€")
    with translation.override("en"):
        assert (percent(33.5), euro(1234.5)) == ("33.5%", "€1,234.50")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("uk", ["протягом 1 дня", "протягом 2 днів", "протягом 5 днів", "протягом 21 дня"]),
        ("ru", None),
        ("pl", None),
    ],
)
def test_plural_forms_follow_the_rule_of_the_language(code, said):
    with translation.override(code):
        found = [within_days(n) for n in (1, 2, 5, 21)]
    assert all(str(n) in text for n, text in zip((1, 2, 5, 21), found, strict=True))
    assert found[0].replace("1", "") != found[2].replace("5", "")
    assert said is None or found == said


def test_scale_of_readability_and_stemmer_come_from_the_row():
    assert readability.longest_sentence(readability.BOUNDS[readability.Level.TEEN], "uk") == 13
    assert readability.measure("Прекрасно зрозуміло", "uk").long_words == 2
    assert set(search_stems("обижают обижали", "ru")) & set(search_stems("обижал", "ru"))
    assert search_stems("patyčios", "uk") == search_stems("patyčios", "lt")


def test_data_are_translated_by_their_english_words_and_marked_when_they_are_not():
    kept = {"lt": "Liūdna", "en": "Sad"}
    assert in_words("term:x", kept, "en") == "Sad" and in_words("term:x", kept, "de") == "Liūdna"
    shown = in_words("term:x", kept, "uk")
    assert isinstance(shown, Foreign) and shown == "Liūdna"
    assert conditional_escape(shown) == '<span lang="lt">Liūdna</span>'
    assert in_words("card:EMERGENCY:hours", {"lt": "Visą parą", "en": "Day and night"}, "uk") == "Цілодобово"
    assert in_words("card:EMERGENCY:hours", {"lt": "Nuo 9", "en": "From 9"}, "uk").language == "lt"
    assert in_words("term:x", {"lt": "", "en": ""}, "uk") == ""


def test_foreign_text_cannot_close_its_element():
    assert Foreign("<b>&", 'l"').__html__() == '<span lang="l&quot;">&lt;b&gt;&amp;</span>'


@pytest.mark.parametrize(
    "row", [{"pages": ["help"], "instead": ["pl"]}, {"pages": ["help"]}, {"colour": "blue"}]
)
def test_row_that_is_not_right_is_refused(row, tmp_path, monkeypatch):
    good = json.loads((languages.FOLDER / "pl" / languages.ROW).read_text(encoding="utf-8"))
    for code in ("lt", "pl"):
        (tmp_path / code).mkdir()
        content = (languages.FOLDER / code / languages.ROW).read_text(encoding="utf-8")
        (tmp_path / code / languages.ROW).write_text(content, encoding="utf-8")
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / languages.ROW).write_text(json.dumps({**good, "instead": [], **row}), encoding="utf-8")
    (tmp_path / "pl" / languages.ROW).write_text(json.dumps({**good, "instead": ["lt"]}), encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    with pytest.raises(languages.RowRefused):
        languages._rows.__wrapped__()
