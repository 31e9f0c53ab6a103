"""What readers see: Lithuanian and English wording, and the bad input that must not trip it."""

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel import i18n
from sauga.kernel.i18n.privacy import kind_name

AT = datetime(2027, 2, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "ą", "b", "c", "č", "d"],
        ["as", "ąs", "asa"],
        ["listi", "lįsti", "lysti"],
        ["siuto", "siųto", "siūto"],
        ["šakiai", "Šakiai"],
        ["Ignalina", "Yla", "Ylakiai", "Irklas", "Jonava"],
        ["Kauno", "Kauno rajonas", "Kaunogrūdai"],
        ["„Vaikų linija“", "10 pamoka", "2 pamoka", "Pamoka", "Борис"],
        ["Beyonce", "Beyoncé", "Beyonda"],
    ],
)
def test_sort_key_follows_lithuanian_order(ordered):
    assert sorted(reversed(ordered), key=i18n.sort_key) == ordered


def test_sort_key_reads_decomposed_and_stressed_letters():
    assert i18n.sort_key(unicodedata.normalize("NFD", "Šakiai")) == i18n.sort_key("Šakiai")
    assert i18n.sort_key("namas") < i18n.sort_key("nãmas") < i18n.sort_key("namasis")
    assert i18n.sort_key("\u0301a") == i18n.sort_key("a")
    assert i18n.sort_key("ė\u0303") > i18n.sort_key("ė")


@given(st.text())
def test_sort_key_fold_stems_and_redaction_take_any_text(text):
    assert isinstance(i18n.sort_key(text), bytes)
    i18n.fold(text)
    i18n.search_stems(text)
    i18n.index_letter(text)
    i18n.redact(text)
    i18n.format_phone(text)
    i18n.vocative(text)


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("Ąžuolas", "A"),
        ("ėriukas", "E"),
        ("Ylakiai", "I"),
        ("Ūla", "U"),
        ("čiurlys", "Č"),
        ("„Langas“", "L"),
        ("112", "0–9"),
        ("Борис", "#"),
        ("…", "#"),
    ],
)
def test_index_letter(word, letter):
    assert i18n.index_letter(word) == letter


def test_search_finds_inflected_and_undiacritic_words():
    index = set(i18n.search_stems("Pranešimai apie patyčias, medžio ir jautis"))
    for query in ("pranesimas", "pranešimų", "patycios", "medis", "jaucio"):
        assert index & set(i18n.search_stems(query)), query
    assert i18n.search_stems(" … ") == []


def test_vocative_exceptions_come_first():
    assert i18n.vocative("Tobias", {"tobias": "Tobiau"}) == "Tobiau"
    assert i18n.vocative("") is None
    assert i18n.vocative("Rūta") == "Rūta"
    assert i18n.vocative(unicodedata.normalize("NFD", "Eglė")) == "Egle"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("8 5 200 0000", "+370 5 200 0000"),
        ("+370 37 200000", "+370 37 200000"),
        ("0 528 20000", "+370 528 20000"),
        ("60000000", "+370 600 00000"),
        ("0037060000000", "+370 600 00000"),
        ("+371 2000 0000", "+37120000000"),
        ("+12", None),
        ("12345", None),
        ("labas", None),
        ("116123", "116 123"),
    ],
)
def test_phones(typed, printed):
    assert i18n.format_phone(typed) == printed


def test_no_line_ends_within_the_number_of_a_helpline():
    text = "Skambink 116 111 ar 116 123. Kaina 116 1112, 2116 111, tel:116111"
    assert i18n.joined_numbers(text) == (
        "Skambink 116\xa0111 ar 116\xa0123. Kaina 116 1112, 2116 111, tel:116111"
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Skambink +370 600 00000 vakare", "Skambink [telefono numeris] vakare"),
        ("Rašyk 37060000000", "Rašyk [telefono numeris]"),
        ("Mano 8 600 00000.", "Mano [telefono numeris]."),
        ("kodas 59912310012", "kodas [asmens kodas]"),
        ("LT12 1000 0111 0100 1000 čia", "[banko sąskaita] čia"),
        ("ona@mokykla.example", "[el. pašto adresas]"),
        ("@ona_7 rašo", "[paskyros vardas] rašo"),
        ("žr. https://pavyzdys.example/x?y=1", "žr. [tinklalapio adresas]"),
        ("iš 192.0.2.7 ir 2001:db8:0:0:0:0:0:1", "iš [tinklo adresas] ir [tinklo adresas]"),
        ("ABC 123 prie namo", "[valstybinis numeris] prie namo"),
        ("LT-01234 Vilnius", "[pašto kodas] Vilnius"),
        ("gyvena Beržų g. 7 kieme", "gyvena [gatvės adresas] kieme"),
        ("mokausi 8b klasėje", "mokausi [mokyklos klasė]"),
        ("2027 m. vasario 9 d. 14:05 buvo 5 žmonės", "2027 m. vasario 9 d. 14:05 buvo 5 žmonės"),
    ],
)
def test_redact_hides_what_identifies_and_nothing_else(text, kept):
    assert i18n.redact(text) == kept


def test_every_kind_has_lithuanian_words():
    with translation.override("en"):
        english = {kind: kind_name(kind) for kind in i18n.Personal}
    assert all(kind_name(kind) != english[kind] for kind in i18n.Personal)


def test_check_digit_refuses_what_is_no_code():
    assert not i18n.check_digit_fits("123")
    assert not i18n.check_digit_fits("5991231001x")


@pytest.mark.parametrize(
    ("span", "lt", "en"),
    [
        (timedelta(seconds=45), "45 sek.", "45 s"),
        (timedelta(minutes=9, seconds=20), "9 min.", "9 min"),
        (timedelta(hours=2, minutes=15), "2 val.", "2 h"),
        (timedelta(days=3, hours=1), "3 d.", "3 d"),
        (timedelta(minutes=-9), "9 min.", "9 min"),
    ],
)
def test_duration(span, lt, en):
    assert i18n.duration(span) == lt
    with translation.override("en"):
        assert i18n.duration(span) == en


def test_duration_exact_names_two_units():
    assert i18n.duration(timedelta(hours=2, minutes=15), exact=True) == "2 val. 15 min."
    assert i18n.duration(timedelta(hours=2), exact=True) == "2 val."
    assert i18n.duration(timedelta(minutes=2, seconds=3), exact=True) == "2 min."


def test_ago_left_and_overdue():
    assert i18n.ago(AT - timedelta(hours=2), AT) == "prieš 2 val."
    assert i18n.ago(AT + timedelta(seconds=5), AT) == "ką tik"
    assert i18n.left(AT + timedelta(minutes=9), AT) == "liko 9 min."
    assert i18n.left(AT - timedelta(hours=3), AT) == "vėluoja 3 val."
    with translation.override("en"):
        assert i18n.ago(AT - timedelta(hours=2), AT) == "2 h ago"
        assert i18n.left(AT + timedelta(minutes=9), AT) == "9 min left"


def test_interval_wording():
    assert i18n.interval(timedelta(hours=2), timedelta(hours=3)) == "2–3 val."
    assert i18n.interval(timedelta(minutes=50), timedelta(hours=2)) == "50 min. – 2 val."
    assert i18n.interval(timedelta(hours=2), timedelta(hours=2)) == "2 val."
    assert i18n.interval(timedelta(hours=2), None) == "daugiau kaip 2 val."


def test_english_dates_and_numbers():
    with translation.override("en"):
        assert i18n.long_date(date(2027, 2, 9)) == "9\u00a0February 2027"
        assert i18n.date_with_weekday(date(2027, 2, 9)) == "Tuesday, 9\u00a0February 2027"
        assert i18n.date_range(date(2027, 2, 9), date(2027, 2, 14)) == "9–14\u00a0February 2027"
        assert i18n.date_range(date(2027, 2, 27), date(2027, 3, 3)) == "27\u00a0February – 3\u00a0March 2027"
        assert (
            i18n.date_range(date(2027, 12, 30), date(2028, 1, 2))
            == "30\u00a0December 2027 – 2\u00a0January 2028"
        )
        assert (i18n.percent(33.5), i18n.euro(1234.5), i18n.integer(1234)) == ("33.5%", "€1,234.50", "1,234")
        assert i18n.and_list(["A", "B", "C"]) == "A, B and C"


def test_date_range_of_one_day_and_backwards():
    assert i18n.date_range(date(2027, 2, 9), date(2027, 2, 9)) == "2027\u00a0m. vasario\u00a09\u00a0d."
    with pytest.raises(ValueError, match="before"):
        i18n.date_range(date(2027, 2, 9), date(2027, 2, 8))


def test_hours_of_one_day_and_of_several():
    nine, noon = datetime(2026, 12, 3, 7, tzinfo=UTC), datetime(2026, 12, 3, 10, 30, tzinfo=UTC)
    assert i18n.datetime_range(nine, noon) == "2026\u00a0m. gruodžio\u00a03\u00a0d., 09:00–12:30"
    with translation.override("en"):
        two_days = i18n.datetime_range(nine, noon + timedelta(days=1))
        assert two_days == "3–4\u00a0December 2026, from 09:00 on the first day to 12:30 on the last"
        until_midnight = i18n.datetime_range(nine, datetime(2026, 12, 3, 22, tzinfo=UTC))
        assert until_midnight == "3\u00a0December 2026, 09:00–00:00"


def test_instants_show_in_vilnius():
    at = datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert i18n.long_datetime(at) == "2027\u00a0m. kovo\u00a028\u00a0d., 04:00"
    assert i18n.short_date(datetime(2027, 2, 9, 23, tzinfo=UTC)) == "2027-02-10"
    assert i18n.month_and_year(date(2027, 2, 1)) == "2027\u00a0m. vasaris"


def test_language_names():
    assert i18n.language_name("en") == "anglų"
    assert i18n.language_name("en", own=True) == "English"
    assert i18n.language_name("lt", own=True) == "Lietuvių"
    assert i18n.language_name("xx-nowhere") == "xx-nowhere"


def test_filters_in_a_template():
    template = Template(
        "{% load formats %}{{ then|ago:at }} · {{ n|within_days }} · {{ tel|phone }} · {{ word|phone }} · "
        "{{ share|percent }} · {{ early|between:late }}"
    )
    shown = template.render(
        Context(
            {
                "then": AT - timedelta(hours=2),
                "at": AT,
                "n": 2,
                "tel": "860000000",
                "word": "nėra",
                "share": 64,
                "early": timedelta(hours=2),
                "late": None,
            }
        )
    )
    assert shown == "prieš 2 val. · per 2 dienas · +370 600 00000 · nėra · 64\u00a0% · daugiau kaip 2 val."


def test_django_speaks_lithuanian_where_it_lacked_words():
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_ipv4_address

    with pytest.raises(ValidationError) as refused:
        validate_ipv4_address("x")
    assert refused.value.messages == ["Įveskite taisyklingą IPv4 adresą."]


@pytest.mark.parametrize(
    ("language", "kept", "read"),
    [
        ("lt", "2012-07", "2012 m. liepos mėn."),
        ("lt", "2027-02-09", "2027\xa0m. vasario\xa09\xa0d."),
        ("en", "2012-07", "July 2012"),
        ("en", "2007", "2007"),
    ],
)
def test_dates_of_registers_are_read_as_dates(language, kept, read):
    with translation.override(language):
        assert i18n.partial_date(kept) == read
