"""Surveys: only those who came answer, once; nobody can tell whose answer it is; small numbers are hidden."""

import random
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from factories.followup import a_mailing, after, came, missed, moved
from factories.registrations import NOW, a_ticket, an_event, registered
from hypothesis import given as drawn
from hypothesis import settings as trials
from hypothesis import strategies as st

from sauga.events.followup.actions import mailings
from sauga.events.followup.actions import surveys as actions
from sauga.events.followup.actions.surveys import ATTENDEE, AnswerRefused, SurveyRefused
from sauga.events.followup.models import Survey, SurveyAnswer, SurveyMark
from sauga.events.followup.queries import surveys as queries
from sauga.events.followup.rules.mailings import Kind, Words
from sauga.events.followup.rules.questionnaires import (
    LEAST,
    Breakdown,
    breakdown_for,
    fits,
    hidden_groups,
    tally,
)
from sauga.events.registration.queries import links
from sauga.events.states import RegistrationState
from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
UNIT = pytest.mark.unit


def opened(centre: Centre, event, *, is_for_classes: bool = False) -> Survey:
    by, at = centre.actor("ORGANISER"), after(event)
    row = actions.begin_survey(by=by, event=event, is_for_classes=is_for_classes, at=at)
    return actions.open_survey(by=by, survey=row, closes_at=event.ends + timedelta(days=14), at=at)


def attendees(event, ticket, n: int, **more) -> list:
    rows = [registered(ticket, f"{ticket.pk}a{number}", **more) for number in range(n)]
    return [came(row, at=after(event)) for row in rows]


def answers(survey: Survey, first: int = 4, text: str = "") -> dict:
    questions = list(survey.questions.all())
    held = {questions[0].ref: first, questions[1].ref: 5}
    return held | ({questions[-1].ref: text} if text else {})


def answer(survey, row, at, **more) -> None:
    actions.answer_survey(by=ATTENDEE, registration=row, answers=answers(survey, **more), at=at)


def test_only_those_who_came_answer_and_only_once(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 9)
    here, absent, sure = (registered(ticket, name) for name in "abc")
    other = came(registered(a_ticket(centre, an_event(centre), 3), "d"), at=after(event))
    here, absent = came(here, at=after(event)), missed(absent, at=after(event))
    survey, at = opened(centre, event), after(event)
    for row in (absent, sure, other):
        with pytest.raises(AnswerRefused) as refused:
            answer(survey, row, at)
        assert refused.value.why == "attendee"
    for wrong, why in (
        ({}, "missing"),
        ({"first": 6}, "unfit"),
        ({"first": True}, "unfit"),
        ({"first": "4"}, "unfit"),
    ):
        held = answers(survey, **wrong) if wrong else {}
        with pytest.raises(AnswerRefused) as refused:
            actions.answer_survey(by=ATTENDEE, registration=here, answers=held, at=at)
        assert refused.value.why == why and not SurveyMark.objects.exists()
    answer(survey, here, at)
    with pytest.raises(AnswerRefused) as refused:
        answer(survey, here, at)
    assert refused.value.why == "used" and SurveyAnswer.objects.count() == 1
    with pytest.raises(PermissionRefused):
        actions.answer_survey(by=SystemActor("registrant"), registration=here, answers={}, at=at)


def test_an_answer_cannot_be_joined_with_who_gave_it(centre: Centre):
    event = an_event(centre)
    rows = attendees(event, a_ticket(centre, event, 9), 3)
    survey, at = opened(centre, event), after(event)
    for row in rows:
        answer(survey, row, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM events_surveyanswer")
        names, found = [column.name for column in cursor.description], cursor.fetchall()
    assert set(names) == {"id", "survey_id", "ticket", "language", "values"}
    told = str(found) + str(list(SurveyMark.objects.values()))
    for row in rows:
        for mine in (row.ref, row.sending, bytes(row.person).hex(), bytes(row.address_lookup).hex()):
            assert mine not in told
    assert all(row[names.index("ticket")] == row[names.index("language")] == "" for row in found)
    keys = [row[names.index("id")] for row in found]
    assert all(key.version == 4 for key in keys)  # random: neither order nor time
    actions.close_survey(by=centre.actor("ORGANISER"), survey=survey, at=at)
    assert not SurveyMark.objects.exists() and SurveyAnswer.objects.count() == 3


def test_contact_data_is_taken_out_of_texts_before_they_are_stored(centre: Centre):
    event = an_event(centre)
    [row] = attendees(event, a_ticket(centre, event, 9), 1)
    survey = opened(centre, event)
    answer(survey, row, after(event), text="Rašykite ona@mokykla.example arba +370 600 00 000, ačiū")
    kept = str(SurveyAnswer.objects.get().values)
    assert "ona@" not in kept and "600 00" not in kept and "[el. pašto adresas]" in kept and "ačiū" in kept


def test_a_survey_opens_after_the_event_and_closes_by_its_time(centre: Centre):
    event = an_event(centre)
    by = centre.actor("ORGANISER")
    row = actions.begin_survey(by=by, event=event, is_for_classes=False, at=NOW)
    with pytest.raises(SurveyRefused):
        actions.begin_survey(by=by, event=event, is_for_classes=False, at=NOW)
    for at, closes_at, why in (
        (NOW, event.ends + timedelta(days=1), "early"),
        (after(event), after(event), "closes"),
        (after(event), event.ends + timedelta(days=29), "closes"),
    ):
        with pytest.raises(SurveyRefused) as refused:
            actions.open_survey(by=by, survey=row, closes_at=closes_at, at=at)
        assert refused.value.why == why
    [person] = attendees(event, a_ticket(centre, event, 9), 1)
    closes = event.ends + timedelta(days=3)
    actions.open_survey(by=by, survey=row, closes_at=closes, at=after(event))
    with pytest.raises(AnswerRefused):
        answer(row, person, closes)
    assert actions.close_due(by=SystemActor("events"), at=closes) == 1
    assert actions.close_due(by=SystemActor("events"), at=closes) == 0
    row.refresh_from_db()
    assert (row.state, row.invited) == ("CLOSED", 1)
    question = row.questions.first()
    for act, what in (
        (actions.put_question, {"survey": row, "given": _given(question)}),
        (actions.remove_question, {"question": question}),
        (actions.move_question, {"question": question, "up": True}),
        (actions.discard_survey, {"survey": row}),
        (actions.close_survey, {"survey": row}),
    ):
        with pytest.raises(MoveNotAllowed):
            act(by=by, at=closes, **what)


def _given(question) -> dict:
    return {"kind": question.kind, "text": question.text, "choices": {}, "is_required": False}


def test_results_are_shown_from_ten_answers_on_and_small_groups_never(centre: Centre):
    event = an_event(centre)
    tickets = [a_ticket(centre, event, 40) for _ in range(3)]
    rows = [attendees(event, ticket, n) for ticket, n in zip(tickets, (12, 11, 10), strict=True)]
    survey, at = opened(centre, event), after(event)
    assert survey.breakdown == Breakdown.BOTH
    for row in rows[0][:9]:
        answer(survey, row, at, first=5)
    desk = sign_in(centre, "ORGANISER")
    page = f"/desk/events/surveys/{survey.ref}/"
    assert not queries.results(survey).is_shown and not queries.results(survey).tallies
    assert "nuo 10 atsakymų" in desk.get(page).text and desk.get(f"{page}file/csv/").status_code == 404
    for row in (*rows[0][9:], *rows[1], *rows[2][:3]):
        answer(survey, row, at, first=2)
    found = queries.results(survey)
    first = survey.questions.first()
    assert (found.n, found.invited) == (26, 33) and found.tallies[first.ref].counts == {5: 9, 2: 17}
    groups = {group.name: group for group in found.groups("ticket")}
    shown = [group.n for group in groups.values()]
    assert groups[tickets[2].ref].n is None and shown.count(None) == 2  # or the rest gives it away
    assert all((group.n is None) == (group.means[first.ref] is None) for group in groups.values())
    text = " ".join(desk.get(page).text.split())
    assert "26 iš 33" in text and "mažiau nei 10" in text
    file = desk.get(f"{page}file/csv/").content.decode("utf-8-sig")
    assert "17" in file and desk.get(f"{page}file/xlsx/").content[:2] == b"PK"
    assert desk.get(f"{page}file/exe/").status_code == 404


@UNIT
def test_what_is_kept_beside_an_answer_recognises_nobody():
    many = {("a", "lt"): 20, ("a", "en"): 10, ("b", "lt"): 12}
    assert breakdown_for(many) == Breakdown.BOTH
    assert breakdown_for({**many, ("a", "en"): 1}) == Breakdown.TICKET
    assert breakdown_for({("a", "lt"): 3, ("b", "lt"): 12, ("b", "en"): 11}) == Breakdown.LANGUAGE
    assert breakdown_for({("a", "lt"): 3, ("a", "en"): 12}) == Breakdown.NONE
    assert breakdown_for({}) == Breakdown.NONE


@UNIT
@trials(max_examples=50)
@drawn(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1))
def test_no_small_group_can_be_worked_out(sizes):
    hidden = hidden_groups(sizes)
    small = {code for code, n in sizes.items() if 0 < n < LEAST}
    assert small <= hidden
    total = sum(sizes[code] for code in hidden)
    if small and sum(n for n in sizes.values() if n) != total:
        assert len(hidden) > 1 and total >= LEAST


@UNIT
def test_answers_fit_their_questions_and_add_up():
    rng = random.Random(17)
    for kind, good, bad in (
        ("SCALE", [1, 5], [0, 6, "1", True, None, [1]]),
        ("CHOICE", [0, 2], [3, -1, "0", False]),
        ("SEVERAL", [[0], [2, 1]], [[], [0, 0], [3], 1, ["0"]]),
        ("TEXT", ["a"], ["", " ", "x" * 601, 5]),
    ):
        assert all(fits(kind, 3, one) for one in good), kind
        assert not any(fits(kind, 3, one) for one in bad), kind
    values = [rng.randint(1, 5) for _ in range(50)]
    assert tally("SCALE", values).mean == sum(values) / 50
    assert tally("SEVERAL", [[0, 1], [1]]).counts == {0: 1, 1: 2}
    assert tally("SCALE", []).mean is None


def test_the_page_behind_the_link_works_once_without_scripts(centre: Centre, monkeypatch):
    event = an_event(centre)
    [row] = attendees(event, a_ticket(centre, event, 9), 1)
    monkeypatch.setattr(clock, "now", lambda: after(event))
    browser = Client()
    page, english = (urlsplit(queries.address_of(row, code)).path for code in ("lt", "en"))
    assert browser.get(page).status_code == 410  # no survey yet
    own = urlsplit(links.own_address(row)).path
    assert page not in browser.get(own).text
    survey = opened(centre, event)
    assert page in browser.get(own).text
    shown = browser.get(page)
    assert shown.status_code == 200 and not browser.cookies and shown.headers["Cache-Control"] == "no-store"
    assert "Kaip vertinate visą renginį?" in shown.text
    assert "How do you rate the event" in browser.get(english).text
    questions = list(survey.questions.all())
    assert browser.post(page, {}).status_code == 422
    sent = {
        f"q_{questions[0].ref}": "4",
        f"q_{questions[4].ref}": ["0", "2"],
        f"q_{questions[5].ref}": "Gerai",
    }
    done = browser.post(page, sent)
    assert done.status_code == 302 and "Ačiū" in browser.get(done.url).text
    assert SurveyAnswer.objects.get().values == {
        questions[0].ref: 4,
        questions[4].ref: [0, 2],
        questions[5].ref: "Gerai",
    }
    again = browser.get(page).text
    assert "Jau atsakėte" in again and "<textarea" not in again
    assert browser.post(page, sent).status_code == 422 and SurveyAnswer.objects.count() == 1
    assert page not in browser.get(own).text


def test_teachers_have_a_survey_of_their_own(centre: Centre):
    event = an_event(centre)
    group = came(registered(a_ticket(centre, event, 30, classes=True), "b", pupils=9), at=after(event))
    people = opened(centre, event)
    assert queries.survey_of(group) is None
    with pytest.raises(AnswerRefused):
        actions.answer_survey(by=ATTENDEE, registration=group, answers=answers(people), at=after(event))
    classes = opened(centre, event, is_for_classes=True)
    answer(classes, group, after(event))
    assert SurveyAnswer.objects.get().survey == classes


def test_the_link_is_mailed_to_attendees_only_and_once_a_survey_is_open(centre: Centre):
    event = an_event(centre)
    attendees(event, a_ticket(centre, event, 9), 1)
    by, words = (
        centre.actor("ORGANISER"),
        Words(subject={"lt": "a", "en": "a"}, body={"lt": "{survey}", "en": "{survey}"}),
    )
    with pytest.raises(mailings.MailingRefused) as refused:
        a_mailing(centre, event, at=NOW, words=words)
    assert refused.value.why == "attendees"
    row = a_mailing(centre, event, at=NOW, words=words, kind=Kind.THANKS, groups=["ATTENDED"])
    with pytest.raises(mailings.MailingRefused) as refused:
        mailings.send(by=by, mailing=row, at=after(event))
    assert refused.value.why == "survey"
    opened(centre, event)
    assert mailings.send(by=by, mailing=row, at=after(event)).total == 1


def test_the_desk_writes_a_survey_and_refuses_others(centre: Centre):
    event = an_event(centre)
    desk = sign_in(centre, "ORGANISER")
    begun = desk.post(f"/desk/events/{event.ref}/survey/", {"for": "people"})
    assert begun.status_code == 302
    survey, page = Survey.objects.get(), begun.url
    n = survey.questions.count()
    given = {
        "kind": "CHOICE",
        "text_lt": "Ar?",
        "text_en": "Whether?",
        "choices_lt": "Taip\nNe",
        "choices_en": "Yes",
    }
    assert desk.post(f"{page}question/", given).status_code == 422
    assert desk.post(f"{page}question/", {**given, "choices_en": "Yes\nNo"}).status_code == 302
    new = survey.questions.last()
    assert desk.get(f"{page}question/{new.ref}/").status_code == 200
    for name in ("up", "down", "up"):
        assert desk.post(f"{page}question/{new.ref}/{name}/").status_code == 302
    assert list(survey.questions.all()).index(new) == n - 1
    assert desk.post(f"{page}question/{new.ref}/other/").status_code == 404
    assert desk.post(f"{page}question/{new.ref}/remove/").status_code == 302 and survey.questions.count() == n
    assert desk.post(f"{page}open/", {"closes_at": "2099-01-01T10:00"}).status_code == 422
    assert "Ar?" not in desk.get(page).text
    for role in ("PROGRAMME_COMMITTEE", "DOOR_STAFF", "PHOTOGRAPHER", "PUBLISHER"):
        other = sign_in(centre, role)
        assert other.get(page).status_code == 404 and other.post(f"{page}close/").status_code == 404
        assert other.post(f"/desk/events/{event.ref}/survey/", {"for": "classes"}).status_code == 404
        with pytest.raises(PermissionRefused):
            actions.close_survey(by=centre.actor(role), survey=survey, at=NOW)
    assert desk.post(f"{page}discard/").status_code == 302 and not Survey.objects.exists()


def test_a_correction_of_the_desk_takes_the_survey_away(centre: Centre):
    event = an_event(centre)
    [row] = attendees(event, a_ticket(centre, event, 9), 1)
    survey = opened(centre, event)
    row = moved(row, RegistrationState.NO_SHOW, at=after(event), heads=0)
    with pytest.raises(AnswerRefused):
        answer(survey, row, after(event))


def test_the_report_of_the_event_has_the_numbers_from_ten_answers_on_and_no_texts(centre: Centre):
    event = an_event(centre)
    rows = attendees(event, a_ticket(centre, event, 20), 11)
    desk, at = sign_in(centre, "AWARENESS_STATISTICIAN"), after(event)
    address = f"/desk/events/{event.ref}/report/"
    assert "h-surveys" not in desk.get(address).text
    survey = opened(centre, event)
    for row in rows[:9]:
        answer(survey, row, at, first=4, text="Ačiū už pietus")
    page = " ".join(desk.get(address).text.split())
    assert "h-surveys" in page and "Vidurkis iš 5" not in page
    answer(survey, rows[9], at, first=2)
    page = " ".join(desk.get(address).text.split())
    assert "Vidurkis iš 5" in page and ">3,8<" in page
    assert "Ačiū už pietus" not in page
