"""Calls at the desk: times, closing, reopening, copying, criteria, questions; how long things are kept."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.events import on_team
from factories.proposals import (
    OPENED,
    PRESENT,
    a_call,
    an_offer,
    given,
    proposed,
)
from factories.registrations import PRESENT as NOW
from factories.registrations import WORKER, coming
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.programme.actions.events import copy_event
from sauga.events.programme.actions.publication import cancel_event
from sauga.events.programme.actions.refusals import TimeRefused
from sauga.events.programme.rules.local_times import LocalTime
from sauga.events.proposals.actions import calls, mail, own, submissions
from sauga.events.proposals.actions.submissions import PROPOSER
from sauga.events.proposals.models import Call, Proposal, Review
from sauga.events.proposals.queries import links
from sauga.events.proposals.queries.content import content_of
from sauga.events.states import CallState, ProposalState
from sauga.kernel import retention
from sauga.kernel.clock import VILNIUS
from sauga.kernel.sealed.models import WrappedKey
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def own_page(row: Proposal) -> str:
    return re.sub(r"^https?://[^/]+", "", links.own_address(row))


def _fresh(row: Proposal) -> Proposal:
    row.refresh_from_db()
    return row


def test_the_times_of_a_call_follow_the_clock(centre: Centre):
    event = on_team(centre, coming(centre), "PROGRAMME_COMMITTEE")
    desk, page = sign_in(centre, "PROGRAMME_COMMITTEE"), f"/desk/events/{event.ref}/call/"
    form = {
        "title_lt": "Kviečiame",
        "kinds": ["talk"],
        "durations": ["20"],
        "reviews_wanted": "2",
        "answer_days": "14",
        "starts": "2026-01-01T10:00",
    }
    for wrong, words in (
        ({"ends": "2026-03-29T03:30"}, "valandos nėra"),
        ({"ends": "2026-10-25T03:30"}, "du kartus"),
        ({"ends": "2099-01-01T10:00"}, "prieš prasidedant"),
        ({"ends": "2025-01-01T10:00"}, "vėliau"),
        ({"ends": "x"}, "2027-02-09"),
        ({"ends": "2026-12-20T10:00", "kinds": []}, "id_kinds_error"),
    ):
        answer = desk.post(f"{page}edit/", {**form, **wrong})
        assert answer.status_code == 422 and words in answer.text.lower(), (wrong, answer.text[-4000:])
    twice = {"ends": "2026-10-25T03:30", "ends_which": "second"}
    assert desk.post(f"{page}edit/", {**form, **twice}).status_code == 302
    call = event.call
    assert (call.closes_at.hour, call.closes_at.minute) == (1, 30)
    by = centre.actor("ORGANISER", NOW)
    with pytest.raises(TimeRefused):
        skipped = LocalTime(PRESENT.replace(tzinfo=None, year=2027, month=3, day=28, hour=3, minute=30))
        calls.reopen_call(by=by, call=call, closes=skipped, at=NOW)
    assert desk.post(f"{page}do/publish/").status_code == 302
    call.refresh_from_db()
    assert call.state == CallState.DRAFT  # no criterion, no text, and its time is past
    assert Client().get(f"/en/events/{event.slug}/call/").status_code == 404


def test_a_call_is_closed_reopened_copied_and_ends_with_its_event(centre: Centre, post):
    call = a_call(centre)
    by, desk = centre.actor("ORGANISER", NOW), sign_in(centre, "ORGANISER")
    page = f"/desk/events/{call.event.ref}/call/"
    row = proposed(call)
    assert desk.post(f"{page}do/close/").status_code == 302
    call.refresh_from_db()
    assert call.state == CallState.CLOSED
    Review.objects.create(proposal=row, person_id=by.person_id, assigned_at=NOW)
    until = (NOW + timedelta(days=3)).astimezone(VILNIUS).replace(tzinfo=None, second=0, microsecond=0)
    assert desk.post(f"{page}do/reopen/", {"ends": f"{until:%Y-%m-%dT%H:%M}"}).status_code == 302
    call.refresh_from_db()
    assert call.state == CallState.PUBLISHED and call.closes_at > NOW
    made = copy_event(by=by, event=call.event, starts=LocalTime(until.replace(year=until.year + 1)), at=NOW)
    copied = made.call
    assert copied.state == CallState.DRAFT and copied.criteria.count() == 2 and not copied.proposals.exists()
    assert copied.closes_at < made.starts and copied.closes_at - copied.opens_at > timedelta(days=10)
    cancel_event(by=by, event=call.event, reason="speaker", note={}, at=NOW)
    call.refresh_from_db()
    assert call.state == CallState.CLOSED
    assert mail.send_cancelled(by=WORKER, proposal_id=row.pk, at=NOW)
    assert links.own_address(row).encode()[-20:] in post.mails[-1].content.replace(b"=\n", b"")
    assert desk.post(f"{page}do/nothing/").status_code == 404


def test_the_desk_sets_up_criteria_questions_and_letters(centre: Centre):
    event, desk = coming(centre), sign_in(centre, "ORGANISER")
    page = f"/desk/events/{event.ref}/call/"
    assert desk.get(page).status_code == 200 and desk.get(f"{page}criterion/").status_code == 404
    calls.create_call(by=centre.actor("ORGANISER", NOW), event=event, given=given(event), at=OPENED)
    assert desk.post(f"{page}criterion/", {"name_lt": "Turinys", "weight": "11"}).status_code == 422
    assert desk.post(f"{page}criterion/", {"name_lt": "Turinys", "weight": "3"}).status_code == 302
    one = event.call.criteria.get()
    assert desk.post(f"{page}criterion/{one.ref}/", {"name_lt": "Esmė", "weight": "2"}).status_code == 302
    question = {"phase": "ACCEPTANCE", "kind": "TEXT", "text_lt": "Ką?", "text_en": "What?"}
    assert desk.post(f"{page}question/", {**question, "phase": "x"}).status_code == 422
    assert desk.post(f"{page}question/", question).status_code == 302
    assert "Paskelbus kvietimą, pasiūlymai bus priimami nuo" in desk.get(page).text
    Call.objects.update(opens_at=NOW - timedelta(days=9), closes_at=NOW - timedelta(days=1))
    assert "jau praėjo" in desk.get(page).text and "Kvietimas užvertas" not in desk.get(page).text
    asked = event.call.questions.get()
    assert desk.post(f"{page}question/{asked.ref}/", {**question, "text_lt": "Kodėl?"}).status_code == 302
    assert desk.post(f"{page}letters/", {"rejected_lt": "Labas, {vardas}"}).status_code == 422
    assert desk.post(f"{page}letters/", {"rejected_lt": "Labas, {name}"}).status_code == 302
    shown = desk.get(page).text
    assert "Esmė" in shown and "Kodėl?" in shown
    assert "Labas, {name}" in desk.get(f"{page}letters/").text
    for kind, row in (("question", asked), ("criterion", one)):
        assert desk.post(f"{page}remove/{kind}/{row.ref}/").status_code == 302
    assert not event.call.criteria.exists() and not event.call.questions.exists()
    assert desk.get("/desk/events/calls/").status_code == 200


def test_personal_data_is_destroyed_with_the_key_and_only_counts_stay(centre: Centre):
    call = a_call(centre)
    gone, kept, draft = proposed(call), proposed(call, "Jonas Beržas"), None
    draft = submissions.propose(by=PROPOSER, call=call, offer=an_offer("Ieva"), is_draft=True, at=NOW)
    own.withdraw(by=PROPOSER, proposal=gone, at=NOW)
    rules = [
        "events.proposal.ended",
        "events.proposal.unsent",
        "events.proposal.kept",
        "events.proposalspeaker",
        "events.review",
    ]

    def cleared(days: int, since=NOW) -> list[bool]:
        retention.run(since + timedelta(days=days), only=rules)
        found = Proposal.objects.in_bulk([gone.pk, draft.pk, kept.pk])
        return [found[row.pk].is_cleared for row in (gone, draft, kept)]

    assert cleared(20) == [False, False, False]
    assert cleared(36) == [False, True, False]
    assert cleared(184) == [True, True, False]
    assert not WrappedKey.objects.filter(holder=gone.holder).exists()
    assert not gone.speakers.exists() and kept.speakers.exists()
    assert Client().get(own_page(gone)).status_code == 410
    assert cleared(366, call.event.ends) == [True, True, True]
    assert _fresh(kept).state == ProposalState.SUBMITTED and content_of(kept).title == ""
    page = sign_in(centre, "ORGANISER").get(f"/desk/events/{call.event.ref}/proposals/")
    assert page.status_code == 200


def test_lists_ask_no_more_for_more_rows(centre: Centre):
    call, desk, asked = a_call(centre), sign_in(centre, "ORGANISER"), []
    page = f"/desk/events/{call.event.ref}/proposals/"
    for rows in (1, 3):
        for n in range(rows):
            proposed(call, f"Ona {rows}{n}", address=f"ona{rows}{n}@x.example")
        desk.get(page)
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(page).status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]
