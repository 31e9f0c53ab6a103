"""“My data” is read by people: names of fields, times, yes and no, and codes stand there in words."""

from datetime import UTC, datetime

from django.utils import translation

from sauga.kernel.members.data_words import in_words

HELD = {
    "courses": [
        {
            "course": {"lt": "Saugesnis prisijungimas", "en": "Stronger sign-in"},
            "state": "ACTIVE",
            "enrolled_at": datetime(2026, 11, 23, 22, 30, tzinfo=UTC).isoformat(),
            "completed_at": None,
            "organisation_sees_hours": False,
            "minutes": 0,
            "a_new_field": "x",
        }
    ],
}


def test_my_data_is_said_in_words_of_the_page():
    with translation.override("lt"):
        assert list(in_words(HELD, {"ACTIVE": "mokosi"})) == [
            ("kursas 1 kursas", "Saugesnis prisijungimas"),
            ("kursas 1 būsena", "mokosi"),
            ("kursas 1 užsirašyta", "2026\u00a0m. lapkričio\u00a024\u00a0d."),
            ("kursas 1 organizacija mato valandas", "ne"),
            ("kursas 1 minutės", "0"),
            ("kursas 1 a new field", "x"),
        ]
    with translation.override("en"):
        assert list(in_words(HELD, {}))[:2] == [
            ("course 1 course", "Stronger sign-in"),
            ("course 1 status", "ACTIVE"),
        ]
