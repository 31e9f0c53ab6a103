"""Search while typing: names in any language and time, short names, codes, mistyped words; and the form field
that takes any of them."""

from datetime import timedelta

import pytest
from django.forms import Form
from factories.people import SETUP

from sauga.kernel import clock, organisations
from sauga.kernel.organisations.actions import codes
from sauga.kernel.organisations.actions.organisations import close_organisation
from sauga.kernel.organisations.forms import OrganisationField, about, written

pytestmark = pytest.mark.django_db
AT = clock.now()


@pytest.fixture(autouse=True)
def known():
    """Six schools, a library and an agency with a former name."""
    rows = {
        name: organisations.create_organisation(by=SETUP, names={"lt": name}, kinds=[kind], at=AT)
        for name, kind in (
            ("Ąžuolyno progimnazija", "SCHOOL"),
            ("Ežero mokykla", "SCHOOL"),
            ("Ežerėlio pagrindinė mokykla", "SCHOOL"),
            ("Pušų mokykla", "SCHOOL"),
            ("Marių pagrindinė mokykla", "SCHOOL"),
            ("Kopų mokykla", "SCHOOL"),
            ("Ežero biblioteka", "LIBRARY"),
            ("Švietimo informacinių technologijų centras", "AGENCY"),
        )
    }
    agency = rows["Švietimo informacinių technologijų centras"]
    for language, name, short, since in (
        ("lt", "Nacionalinė švietimo agentūra", "NŠA", "2019"),
        ("en", "National Agency for Education", "", ""),
    ):
        organisations.add_name(
            by=SETUP, organisation=agency, language=language, name=name, short=short, since=since, at=AT
        )
    codes.set_identifier(by=SETUP, organisation=agency, scheme="LEGAL_ENTITY", value="305238040", at=AT)
    return rows


def found(text, **more):
    return [hit.name for hit in organisations.search(text, at=AT, **more)]


@pytest.mark.parametrize(
    "text",
    [
        "nacional",
        "NŠA",
        "nsa",
        "švietimo informac",
        "agency educ",
        "305238040",
        "30523",
        "  Švietimo  TECHN ",
    ],
)
def test_an_organisation_is_found_by_any_name_of_any_time_in_any_language_and_by_code(text):
    assert found(text) == ["Nacionalinė švietimo agentūra"]


def test_what_begins_with_the_text_comes_first():
    assert found("ežer")[:2] == ["Ežerėlio pagrindinė mokykla", "Ežero biblioteka"]
    assert set(found("mokykla ež")) == {"Ežero mokykla", "Ežerėlio pagrindinė mokykla"}
    assert found("azuolyno") == ["Ąžuolyno progimnazija"]
    assert found("ežer", kinds=["LIBRARY"]) == ["Ežero biblioteka"]
    assert len(found("m", limit=2)) == 2


@pytest.mark.parametrize(
    ("typed", "meant"), [("biblotek", "Ežero biblioteka"), ("progimnzija", "Ąžuolyno progimnazija")]
)
def test_a_mistyped_word_finds_what_was_meant(typed, meant):
    assert found(typed) == [meant]


@pytest.mark.parametrize("text", ["", " ", "%", "_", "\\", "zzzzzz", "…", "a" * 5000, "\0", "' OR 1=1"])
def test_what_fits_nothing_finds_nothing(text):
    assert found(text) == []


def test_a_former_name_says_what_it_was_and_a_closed_one_is_left_out(known):
    [hit] = organisations.search("informacinių technologijų", at=AT)
    assert hit.found == "Švietimo informacinių technologijų centras"
    assert "305238040" in about(hit) and hit.found in about(hit)
    closed = known["Kopų mokykla"]
    close_organisation(by=SETUP, organisation=closed, at=AT + timedelta(hours=1))
    assert organisations.search("kopų", at=AT + timedelta(days=1)) == []


def test_as_many_queries_for_one_hit_as_for_many(django_assert_max_num_queries):
    for text in ("kopų", "mokykla"):
        with django_assert_max_num_queries(8):
            organisations.search(text, at=AT)


class Choice(Form):
    """A form that asks for a school."""

    school = OrganisationField(kinds=["SCHOOL"], suggest_url="organisations-suggest")


def answered(text):
    form = Choice({"school": text})
    return form.cleaned_data["school"].name_at(AT) if form.is_valid() else form.errors["school"].as_text()


def test_the_field_takes_a_name_a_code_or_a_suggestion(known):
    school = known["Pušų mokykla"]
    [hit] = organisations.search("pušų", at=AT)
    for text in ("Pušų mokykla", "pusu", school.code, school.code.lower(), written(hit)):
        assert answered(text) == "Pušų mokykla", text
    assert answered("Ežero mokykla") == "Ežero mokykla", "the exact name is meant, not one that begins so"
    assert Choice(initial={"school": school})["school"].value() == written(hit)
    assert school.code in str(Choice(initial={"school": school})["school"])


def test_the_field_says_what_to_do_where_nothing_or_too_much_fits():
    said = answered("mokykla")
    assert "Ežero mokykla" in said and "Kopų mokykla" in said
    assert answered("Ežero biblioteka") == answered("nera tokios")
    assert Choice({"school": ""}).is_valid() is False
