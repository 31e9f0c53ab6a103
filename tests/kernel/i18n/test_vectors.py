"""Every row of the reference vectors holds."""

import gettext
import json
from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats, timezone

from sauga.kernel import i18n


@pytest.fixture
def vectors(shared):
    return json.loads((shared / "data/lt_test_vectors.json").read_text(encoding="utf-8"))


def test_sort_orders_equal_the_reference(vectors):
    for row in vectors["sort_orders"]:
        assert sorted(row["input"], key=i18n.sort_key) == row["expected"], row["case"]


def test_greetings_use_the_vocative_or_no_name(vectors):
    for row in vectors["greetings"]:
        assert i18n.vocative(row["name"]) == row["vocative"]
        assert i18n.greeting(row["name"], to="child") == row["child"]
        assert i18n.greeting(row["name"], to="adult") == row["adult"]


def test_plural_rule_and_sentences(vectors):
    plurals = vectors["plurals"]
    index = gettext.c2py(plurals["header"].partition("plural=")[2].rstrip(";"))
    for count, form in plurals["index"].items():
        assert index(int(count)) == form
    for sentence in plurals["sentences"]:
        for count, expected in sentence["expected"].items():
            assert sentence["msgstr"][index(int(count))] % {"n": int(count)} == expected
    answer = next(s for s in plurals["sentences"] if s["key"] == "we answer within days")
    for count, expected in answer["expected"].items():
        assert f"Atsakysime {i18n.within_days(int(count))}" == expected


def test_numbers(vectors):
    write = {
        "integer": i18n.integer,
        "decimal": i18n.decimal,
        "decimal 2": lambda v: i18n.decimal(v, 2),
        "percent": i18n.percent,
        "euro": i18n.euro,
        "year": i18n.year,
    }
    for row in vectors["numbers"]:
        assert write[row["as"]](row["value"]) == row["expected"], row


def test_number_input(vectors):
    class Form(forms.Form):
        number = forms.FloatField(localize=True)

    for row in vectors["number_input"]:
        form = Form({"number": row["typed"]})
        assert (form.cleaned_data["number"] if form.is_valid() else None) == row["expected"], row


def test_date_input(vectors):
    class Form(forms.Form):
        day = forms.DateField()

    for row in vectors["date_input"]:
        form = Form({"day": row["typed"]})
        got = form.cleaned_data["day"].isoformat() if form.is_valid() else None
        assert got == row["expected"], row


def test_months_and_weekdays(vectors):
    for number, (genitive, nominative) in enumerate(
        zip(vectors["months"]["genitive"], vectors["months"]["nominative"], strict=True), 1
    ):
        assert formats.date_format(date(2027, number, 9), "E") == genitive
        assert formats.date_format(date(2027, number, 9), "F") == nominative
    for offset, name in enumerate(vectors["weekdays"]):
        assert formats.date_format(date(2027, 2, 8 + offset), "l") == name


def test_dates(vectors):
    for row in vectors["dates"]:
        value, how = row["value"], row["as"]
        if how == "range":
            first, last = map(date.fromisoformat, value.split("/"))
            assert i18n.date_range(first, last) == row["expected"]
        elif how.startswith("with weekday"):
            assert i18n.date_with_weekday(date.fromisoformat(value)) == row["expected"]
        elif how.endswith("Europe/Vilnius"):
            assert i18n.short_datetime(datetime.fromisoformat(value)) == row["expected"]
        else:
            at = timezone.make_aware(datetime.fromisoformat(value))
            assert formats.date_format(timezone.localtime(at), how) == row["expected"], row


def test_lists(vectors):
    for row in vectors["lists"]:
        assert i18n.and_list(row["items"]) == row["expected"]


def test_search_folding(vectors):
    for row in vectors["search_folding"]:
        assert i18n.fold(row["text"]) == row["expected"]


def test_personal_codes(vectors):
    for row in vectors["personal_codes"]:
        found = [
            f
            for f in i18n.find_personal(f"kodas {row['code']}, ačiū")
            if f.kind is i18n.Personal.PERSONAL_CODE
        ]
        assert bool(found) == row["redact"], row["why"]
        assert i18n.check_digit_fits(row["code"]) == row["check_digit_ok"], row["why"]
        assert not found or found[0].certain == row["check_digit_ok"]


def test_phones(vectors):
    for row in vectors["phones"]:
        assert i18n.format_phone(row["typed"]) == row["expected"], row


def test_glossary_forms_share_a_stem(shared):
    """99 % of a term's form pairs meet, 98 % when the searcher types no diacritics (docs/develop/i18n.md)."""
    import csv

    pairs = plain = bare = 0
    with (shared / "data/glossary.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            words = [row[form] for form in ("lt", "genitive_sg", "nominative_pl", "genitive_pl") if row[form]]
            for other in words[1:]:
                pairs += 1
                plain += _meet(words[0], other)
                bare += _meet(words[0], i18n.fold(other))
    assert plain / pairs >= 0.98
    assert bare / pairs >= 0.96


def _meet(text: str, query: str) -> bool:
    stems = set(i18n.search_stems(text))
    return all(stems & set(i18n.search_stems(word)) for word in query.split())
