"""“My data” is read by people: names of fields, times, yes and no, and codes stand there in words."""

import ast
import inspect
from datetime import UTC, datetime

import pytest
from django.utils import translation

from sauga.kernel.members.my_data import holdings
from sauga.kernel.members.my_data.words import NAMES, READS, in_words

HELD = {
    "courses": [
        {
            "course": {"lt": "Saugesnis prisijungimas", "en": "Stronger sign-in"},
            "state": "ACTIVE",
            "enrolled_at": datetime(2026, 11, 23, 22, 30, tzinfo=UTC).isoformat(),
            "completed_at": None,
            "organisation_sees_hours": False,
            "minutes": 440,
            "day": "2026-09-01",
            "municipality": "LT-57",
            "role": "TEACHER",
            "a_new_field": "x",
        }
    ],
}


def test_my_data_is_said_in_words_of_the_page():
    with translation.override("lt"):
        reads = {**READS, "role": {"TEACHER": "mokytoja"}.__getitem__}
        assert list(in_words(HELD, {"ACTIVE": "mokosi"}, reads)) == [
            ("kursas 1 kursas", "Saugesnis prisijungimas"),
            ("kursas 1 būsena", "mokosi"),
            ("kursas 1 užsirašyta", "2026\u00a0m. lapkričio\u00a024\u00a0d."),
            ("kursas 1 organizacija mato valandas", "ne"),
            ("kursas 1 trukmė", "7 val. 20 min."),
            ("kursas 1 diena", "2026\u00a0m. rugsėjo\u00a01\u00a0d."),
            ("kursas 1 savivaldybė", "Vilniaus miesto savivaldybė"),
            ("kursas 1 vaidmuo", "mokytoja"),
            ("kursas 1 a new field", "x"),
        ]
    with translation.override("en"):
        assert list(in_words(HELD, {}))[:2] == [
            ("course 1 course", "Stronger sign-in"),
            ("course 1 status", "ACTIVE"),
        ]


def test_short_rows_within_a_row_are_one_line_each_and_say_titles_in_place_of_codes():
    done = {
        "activity": "m1-quiz",
        "title": {"lt": "Klausimai"},
        "done_at": "2026-10-09",
        "tries": 1,
        "percent": None,
    }
    long = {"activity": "m1-task", "title": None, "text": "Labas. " * 40}
    with translation.override("lt"):
        assert list(
            in_words({"courses": [{"activities": [done, {"activity": "gone"}], "assignments": [long]}]}, {})
        ) == [
            (
                "kursas 1 dalis 1",
                "Klausimai; atlikta (diena): 2026\u00a0m. spalio\u00a09\u00a0d.; bandymų: 1",
            ),
            ("kursas 1 dalis 2", "dalies kodas: gone"),
            ("kursas 1 pateiktas darbas 1 dalies kodas", "m1-task"),
            ("kursas 1 pateiktas darbas 1 tekstas", "Labas. " * 40),
        ]


def test_every_field_that_a_service_exports_has_a_name():
    unnamed = {
        f"{holding.code}: {key.value}"
        for holding in holdings.every()
        if holding.lines is None
        for function in ast.parse(inspect.getsource(inspect.getmodule(holding.export))).body
        if isinstance(function, ast.FunctionDef) and function.name in {"export", "_exported", "_written"}
        for made in ast.walk(function)
        if isinstance(made, ast.Dict)
        for key in made.keys
        if isinstance(key, ast.Constant) and key.value not in NAMES
    }
    assert not unnamed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("service", "held", "said"),
    [
        ("events", {"photographs": "no_recording"}, "do not record"),
        ("events.pictures", {"agreed_to": "internal"}, "internal reports only"),
        ("certification", {"shown": ["PLACES"]}, "municipalities"),
    ],
)
def test_what_was_agreed_to_is_said_in_words(service: str, held: dict[str, object], said: str):
    holding = next(one for one in holdings.every() if one.code == service)
    with translation.override("en"):
        assert [value for _name, value in in_words(held, holding.codes, {**READS, **holding.reads})] == [said]
