"""Quizzes and self-checks are played on the page of their resource: without an account, storing nothing, with
and without a script.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.resources import published

from sauga.repository.catalogue.rules import quizzes
from sauga.repository.resources.models import Resource
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.structure import structure

WHY, ADVICE = "A date alone proves nothing.", "Change it with your adult."
QUIZ = [
    {"kind": "heading", "text": "The quiz"},
    {
        "kind": "question",
        "text": "Which helps?",
        "answers": ["Likes", "The source"],
        "right": [1],
        "explanation": WHY,
    },
    {"kind": "question", "text": "Which two?", "answers": ["Author", "Date", "Likes"], "right": [0, 1]},
]
CHECK = [
    {"kind": "heading", "text": "For children"},
    {"kind": "paragraph", "text": "There are two questions."},
    {
        "kind": "question",
        "text": "Who knows it?",
        "answers": ["My adult", "Everyone"],
        "right": [],
        "points": [2, 0],
        "explanation": ADVICE,
    },
    {
        "kind": "question",
        "text": "Who sees it?",
        "answers": ["People I know", "Everyone"],
        "right": [],
        "points": [2, 0],
        "explanation": "Choose friends only.",
    },
    {"kind": "result", "least": 0, "text": "It is good that you answered."},
    {"kind": "result", "least": 3, "text": "You are doing well!"},
    {"kind": "paragraph", "text": "Call 116 111 if you want to talk."},
]
LITHUANIAN = [
    {"kind": "heading", "text": "Viktorina"},
    {"kind": "question", "text": "Kas padeda?", "answers": ["Patiktukai", "Šaltinis"], "right": [1]},
]
TEXT = [{"kind": "heading", "text": "How to play"}, {"kind": "paragraph", "text": "In teams."}]


@pytest.fixture
def played(centre: Centre) -> Resource:
    return published(centre, type="quiz", body={"lt": LITHUANIAN, "en": [*TEXT, *QUIZ, *CHECK]})


def post(row: Resource, **fields: str) -> str:
    answer = Client().post(f"/en/resources/{row.slug_en}/answers/", fields)
    assert answer.status_code == 200 and not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert structure(text) == []
    return text


@pytest.mark.unit
def test_a_part_with_nothing_but_questions_is_played_and_a_task_of_a_lesson_is_read():
    read, played = quizzes.split([*TEXT, *QUIZ, {"kind": "slot", "slot": "help"}, *CHECK])
    assert [block["kind"] for block in read] == ["heading", "paragraph", "slot"]
    assert [(one.place, one.title, one.is_check) for one in played] == [
        (1, "The quiz", False),
        (2, "For children", True),
    ]
    assert (played[1].intro, played[1].end) == ([CHECK[1]["text"]], [CHECK[6]["text"]])
    lesson = [QUIZ[0], {"kind": "task", "title": "", "text": "Talk.", "minutes": 5}, QUIZ[1]]
    assert quizzes.split(lesson) == (lesson, [])
    open_question = [QUIZ[0], {"kind": "question", "text": "Why?", "answers": [], "right": []}]
    assert quizzes.split(open_question) == (open_question, [])


@pytest.mark.unit
def test_points_lead_to_the_highest_result_that_is_reached():
    (check,) = quizzes.split(CHECK)[1]
    given = [quizzes.answered(check, fields) for fields in ({"q1": "0", "q2": "0"}, {"q1": "1"}, {})]
    assert [quizzes.result(check, one) for one in given] == [CHECK[5]["text"], CHECK[4]["text"], ""]
    assert [[one.needs_advice for one in answers] for answers in given] == [
        [False, False],
        [True, False],
        [False, False],
    ]


@pytest.mark.unit
@pytest.mark.parametrize(("value"), ["", "2", "-1", "x", "1 "])
def test_an_answer_that_is_not_offered_is_no_answer(value: str):
    (quiz,) = quizzes.split(QUIZ)[1]
    given = quizzes.answered(quiz, {"q1": value, "q2-7": "1"})
    assert [one.chosen for one in given] == [frozenset(), frozenset()]


@pytest.mark.django_db
def test_the_page_of_a_resource_has_a_form_for_each_quiz(played: Resource):
    page = Client().get(f"/en/resources/{played.slug_en}/")
    text = page.content.decode()
    assert not page.cookies and structure(text) == []
    assert text.count('<form class="quiz"') == 2 and "repository/quiz" in text
    assert text.count(f'action="/en/resources/{played.slug_en}/answers/"') == 2
    assert 'type="radio" name="q1"' in text and 'type="checkbox" name="q2-1"' in text
    assert text.index("The quiz") < text.index("How to play"), "played first, read below"
    assert "atsakymai/" in Client().get(f"/lt/istekliai/{played.slug_lt}/").content.decode()


@pytest.mark.django_db
def test_posted_answers_are_counted_explained_and_forgotten(played: Resource):
    with CaptureQueriesContext(
        connection,
    ) as said:
        text = post(played, quiz="1", q1="1", **{"q2-0": "1"})
    assert not [one for one in said.captured_queries if re.match("INSERT|UPDATE|DELETE", one["sql"])]
    assert "Right: 1 of 2." in text and WHY in text
    assert "Author, Date" in text, "the right answer to the second"
    assert 'name="q2-0" value="1"' in text, "the switch of languages posts the answers again"
    assert "You have not chosen an answer yet." in post(played, quiz="1")


@pytest.mark.django_db
def test_a_self_check_shows_a_result_and_advice_and_no_score(played: Resource):
    text = post(played, quiz="2", q1="1", q2="0")
    assert "It is good that you answered." in text and ADVICE in text
    assert "Choose friends only." not in text and "Right:" not in text
    assert "Call 116\xa0111 if you want to talk." in text
    assert "You are doing well!" in post(played, quiz="2", q1="0", q2="0")


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"quiz": "3"}, {"quiz": "x"}, {"quiz": "-1"}])
def test_without_a_quiz_the_answers_lead_back_to_the_page(played: Resource, fields: dict[str, str]):
    address = f"/en/resources/{played.slug_en}/"
    assert Client().post(f"{address}answers/", fields).headers["Location"] == address
    assert Client().get(f"{address}answers/").headers["Location"] == address
