"""Whoever is given work hears of it: one assigns, the other has it in the bell, on “My day” where it is work
that waits, and in a mail that says nothing of the case.
"""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from factories import panel_voice
from factories.activities import registered
from factories.certification import applied, at_board
from factories.courses import cohort, enrolled
from factories.events import draft as an_event
from factories.events import on_team
from factories.proposals import a_call, closed, proposed
from factories.registrations import PRESENT
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.proposals.actions import reviews
from sauga.kernel.notifications import actions as notices
from sauga.kernel.notifications.models import MailTime, Notification
from sauga.kernel.notifications.preferences import choose_mail_time
from sauga.panel.voice.actions import cycles
from sauga.panel.voice.models import Meeting
from sauga.training.learning.actions import assignments, enrolments
from sauga.training.learning.actions.enrolments import CohortGiven
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def told(centre: Centre, role: str) -> list[str]:
    """What the person of a role was told and has not read, oldest first."""
    rows = Notification.objects.filter(person=centre.people[role], read_at__isnull=True).order_by("pk")
    return [row.template for row in rows]


def mailed(post, centre: Centre, role: str, at) -> str:
    """The mail that follows, as text."""
    before = len(post.mails)
    notices.mail_waiting(person_id=centre.people[role].pk, at=at)
    assert len(post.mails) == before + 1
    parsed = message_from_bytes(post.mails[-1].original_content, policy=policy.default)
    return f"{parsed['Subject']}\n{parsed.get_content()}"


def test_a_reviewer_is_told_once_however_many_proposals(centre: Centre, post):
    call = a_call(centre)
    rows = [proposed(call, f"Ona Pušaitė{n}") for n in ("a", "b")]
    closed(centre, call)
    by, reviewer = centre.actor("ORGANISER", PRESENT), centre.people["PROGRAMME_COMMITTEE"]
    Notification.objects.all().delete()
    assert reviews.assign_many(by=by, rows=rows, person=reviewer, at=PRESENT) == 2
    assert told(centre, "PROGRAMME_COMMITTEE") == ["events.review_assigned"]
    page = sign_in(centre, "PROGRAMME_COMMITTEE").get("/desk/").text
    assert "/desk/events/reviews/?view=open" in page
    letter = mailed(post, centre, "PROGRAMME_COMMITTEE", PRESENT)
    assert "Pokalbis" not in letter and "Pušaitė" not in letter


def test_the_team_of_an_event_is_told_by_role_and_not_who_did_it(centre: Centre):
    on_team(centre, an_event(centre), "DOOR_STAFF", "PHOTOGRAPHER", "ORGANISER")
    assert told(centre, "DOOR_STAFF") == ["events.team_door_staff"]
    assert told(centre, "PHOTOGRAPHER") == ["events.team_photographer"]
    assert told(centre, "ORGANISER") == []
    assert "durų" in sign_in(centre, "DOOR_STAFF").get("/desk/notices/").text


def test_organisers_hear_once_that_texts_of_schools_wait(centre: Centre):
    registered(at=AT)
    registered(at=AT, address="antra@mokykla.example")
    assert told(centre, "ORGANISER") == ["events.activity_to_read"]


def test_a_tutor_is_told_of_the_group_and_of_work(centre: Centre, post):
    group = cohort(centre)
    given = CohortGiven(
        name=group.name,
        language="lt",
        starts=group.starts,
        ends=group.ends,
        closes=group.closes,
        places=group.places,
        tutor_id=centre.people["TUTOR"].pk,
    )
    enrolments.save_cohort(
        by=centre.actor("COURSE_EDITOR"), version=group.version, cohort=group, given=given, at=AT
    )
    enrolments.save_cohort(
        by=centre.actor("COURSE_EDITOR"), version=group.version, cohort=group, given=given, at=AT
    )
    assert told(centre, "TUTOR") == ["training.tutor_assigned"]
    for n in range(2):
        by, row, _secret = enrolled(group, n)
        assignments.hand_in(by=by, enrolment=row, activity="task", text="Mano planas", at=AT)
    assert told(centre, "TUTOR") == ["training.tutor_assigned", "training.handed_in"]
    desk = sign_in(centre, "TUTOR")
    assert "/desk/training/cohorts/?view=work" in desk.get("/desk/").text
    assert group.ref in desk.get("/desk/training/cohorts/?view=work").text
    assert "planas" not in mailed(post, centre, "TUTOR", AT)


def test_the_board_is_told_of_a_case(centre: Centre, post):
    row = at_board(centre, applied(at=AT)[1])
    (notice,) = Notification.objects.filter(person=centre.people["CERTIFICATION_BOARD"], read_at=None)
    assert notice.template == "certification.case_to_decide"
    board = sign_in(centre, "CERTIFICATION_BOARD")
    assert row.ref in board.get(notice.link).text
    assert "Agnė" not in mailed(post, centre, "CERTIFICATION_BOARD", AT)


def test_the_second_adult_of_a_discussion_is_told(centre: Centre):
    panel = panel_voice.panel(centre)
    row = panel_voice.published(panel)
    Notification.objects.all().delete()
    panel_voice.opened(panel, row)
    (notice,) = Notification.objects.all()
    assert (notice.person_id, notice.template) == (panel.second.person_id, "panel.discussion_adult")
    assert notice.link == f"/desk/panel/voice/proposals/{row.ref}/"


def test_a_facilitator_is_told_of_a_meeting_and_mailed_if_they_wish(centre: Centre, post):
    panel = panel_voice.panel(centre)
    given = cycles.MeetingGiven(
        starts=panel_voice.AT + timedelta(days=8),
        ends=panel_voice.AT + timedelta(days=8, hours=1),
        place="Biblioteka",
        agenda="Kalbame apie telefonus.",
        adults=[panel.first.person_id, panel.second.person_id],
    )
    Notification.objects.all().delete()
    at = panel_voice.AT
    choose_mail_time(by=panel.second, time=MailTime.URGENT, at=at)
    meeting = cycles.plan_meeting(by=panel.first, cycle=panel.cycle, given=given, at=at)
    cycles.change_meeting(by=panel.first, meeting=meeting, given=given, at=at)
    (notice,) = Notification.objects.all()
    assert (notice.person_id, notice.template) == (panel.second.person_id, "panel.meeting_adult")
    assert notice.link == f"/desk/panel/voice/meetings/{Meeting.objects.get().ref}/"
    assert notices.mail_waiting(person_id=panel.second.person_id, at=at) is None
    choose_mail_time(by=panel.second, time=MailTime.SOON, at=at)
    assert notices.mail_waiting(person_id=panel.second.person_id, at=at).accepted
    assert "Biblioteka" not in post.mails[0].original_content.decode()
