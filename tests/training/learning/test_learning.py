"""Learning: a learner completes when, and only when, the frozen rule is true; nobody is more than the places;
nobody sees or does what is another's."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from factories.courses import (
    AT,
    RIGHT,
    both,
    cohort,
    drafted,
    enrolled,
    member,
    published,
    published_before_the_gate,
)
from kernel.notifications.conftest import post  # a fixture

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members.my_data import words
from sauga.kernel.states import SystemActor
from sauga.training.courses.actions import drafts, publication, removals
from sauga.training.learning.actions import (
    activities,
    appeals,
    assignments,
    discussions,
    group_messages,
    quizzes,
)
from sauga.training.learning.actions import enrolments as enrolment_actions
from sauga.training.learning.actions.enrolments import EnrolmentData
from sauga.training.learning.actions.progress import NotLearning
from sauga.training.learning.models import Enrolment
from sauga.training.learning.queries import enrolments
from sauga.training.learning.queries import tutor as tutor_queries
from sauga.training.learning.queries.progress import checklist, progress_of
from sauga.training.learning.rules.progress import Kind, Sign
from sauga.training.states import EnrolmentState
from tests.centre import Centre, centre

__all__ = ["centre", "post"]
pytestmark = pytest.mark.django_db
WORKER = SystemActor("training")
WRONG = {"one": [1], "two": [2], "three": [2, 1, 0], "four": [1, 0]}


def answered(by, row, answers=RIGHT, at=AT):
    """One try of the quiz, sent."""
    attempt = quizzes.begin(by=by, enrolment=row, activity="quiz", at=at)
    return quizzes.send(by=by, attempt=attempt, answers=answers, at=at)


def state(row: Enrolment) -> str:
    row.refresh_from_db()
    return row.state


def test_a_learner_completes_at_the_moment_in_which_the_last_condition_is_met(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    assert row.state == EnrolmentState.ACTIVE and row.minutes == 0
    activities.finish(by=by, enrolment=row, activity="read", at=AT)
    with pytest.raises(activities.QuestionsOpen):
        activities.finish(by=by, enrolment=row, activity="film", at=AT)
    activities.answer_film(by=by, enrolment=row, activity="film", item="five", answer=[1], at=AT)
    activities.finish(by=by, enrolment=row, activity="film", at=AT)
    assert answered(by, row).score == 100
    assert state(row) == EnrolmentState.ACTIVE
    discussions.post(by=by, enrolment=row, activity="talk", text="Labas", at=AT)
    assert state(row) in (EnrolmentState.COMPLETED, EnrolmentState.CERTIFIED)
    assert row.completed_at == AT and row.minutes == 40
    with pytest.raises(NotLearning):
        activities.finish(by=by, enrolment=row, activity="read", at=AT)


def test_the_checklist_says_why_not_yet_and_what_next(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    activities.finish(by=by, enrolment=row, activity="read", at=AT)
    answered(by, row, WRONG)
    lines = {line.piece.code: line for line in checklist(row, progress_of(row))}
    assert lines["read"].sign == Sign.DONE
    assert lines["film"].sign == Sign.NOW
    assert (lines["quiz"].why, lines["quiz"].left) == ("TRY_AGAIN", 1)
    assert lines["session"].sign == Sign.WAIT


def test_used_tries_fail_and_an_appeal_or_more_tries_help(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    answered(by, row, WRONG)
    answered(by, row, WRONG)
    assert state(row) == EnrolmentState.FAILED
    with pytest.raises(NotLearning):
        quizzes.begin(by=by, enrolment=row, activity="quiz", at=AT)
    appeal = appeals.ask(by=by, enrolment=row, activity="quiz", text="Klausimas neaiškus", at=AT)
    with pytest.raises(appeals.AppealOpen):
        appeals.ask(by=by, enrolment=row, activity="quiz", text="Dar kartą", at=AT)
    tutor = centre.actor("TUTOR")
    appeals.decide(by=tutor, appeal=appeal, is_granted=True, reason="Tikrai neaiškus", at=AT)
    assert state(row) == EnrolmentState.ACTIVE
    [(one, asked, reason)] = enrolments.appeals_of(row)
    assert (asked, reason, one.decided_by_id) == ("Klausimas neaiškus", "Tikrai neaiškus", tutor.person_id)
    assert answered(by, row).score == 100
    with pytest.raises(appeals.Decided):
        appeals.decide(by=tutor, appeal=appeal, is_granted=False, reason="Ne", at=AT)


def test_who_has_no_try_left_can_leave_and_gives_the_place_up(centre: Centre):
    group = cohort(centre, places=1)
    (by, row, _s), (_next, waiting, _t) = enrolled(group), enrolled(group, 1)
    answered(by, row, WRONG)
    answered(by, row, WRONG)
    appeals.ask(by=by, enrolment=row, activity="quiz", text="Klausimas neaiškus", at=AT)
    assert (state(row), state(waiting)) == (EnrolmentState.FAILED, EnrolmentState.WAITLISTED)
    assert (
        len(tutor_queries.work_of(group).appeals)
        == tutor_queries.waiting_for_tutor(centre.actor("TUTOR"), AT)
        == 1
    )
    enrolment_actions.withdraw(by=by, enrolment=row, at=AT)
    assert (state(row), state(waiting)) == (EnrolmentState.WITHDRAWN, EnrolmentState.ACTIVE)
    assert (
        len(tutor_queries.work_of(group).appeals)
        == tutor_queries.waiting_for_tutor(centre.actor("TUTOR"), AT)
        == 0
    )
    group.refresh_from_db()
    assert (group.taken, group.waiting) == (1, 0)


def test_more_tries_need_a_tutor_and_a_reason(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    with pytest.raises(PermissionRefused):
        activities.give_tries(by=by, enrolment=row, activity="quiz", tries=1, reason="x", at=AT)
    with pytest.raises(PermissionRefused):
        activities.give_tries(
            by=centre.actor("COURSE_EDITOR"), enrolment=row, activity="quiz", tries=1, reason="x", at=AT
        )
    with pytest.raises(activities.ReasonNeeded):
        activities.give_tries(
            by=centre.actor("TUTOR"), enrolment=row, activity="quiz", tries=1, reason=" ", at=AT
        )


def test_a_new_version_changes_nothing_for_who_is_enrolled(centre: Centre):
    version = published(centre)
    by, row, _secret = enrolled(cohort(centre, version))
    editor = centre.actor("COURSE_EDITOR")
    with pytest.raises(drafts.NotADraft):
        drafts.set_completion(by=editor, version=version, tree={"done": "read"}, at=AT)
    second = publication.begin_version(by=editor, version=version, at=AT)
    drafts.set_completion(by=editor, version=second, tree={"all": [{"done": "read"}]}, at=AT)
    with pytest.raises(publication.NotReady):
        publication.submit(by=editor, version=second, at=AT)  # a page that was read proves nothing
    second = published_before_the_gate(second)
    activities.finish(by=by, enrolment=row, activity="read", at=AT)
    assert state(row) == EnrolmentState.ACTIVE and row.version_id == version.pk and len(row.tree["all"]) == 4
    other, newer, _s = enrolled(cohort(centre, second), 1)
    activities.finish(by=other, enrolment=newer, activity="read", at=AT)
    assert state(newer) in (EnrolmentState.COMPLETED, EnrolmentState.CERTIFIED)


def test_nobody_publishes_their_own_work_or_something_incomplete(centre: Centre):
    version = drafted(centre)
    publisher = centre.actor("PUBLISHER")
    publication.submit(by=publisher, version=version, at=AT)
    with pytest.raises(publication.OwnReview):
        publication.publish(by=publisher, version=version, at=AT)
    with pytest.raises(PermissionRefused):
        publication.publish(by=centre.actor("COURSE_EDITOR"), version=version, at=AT)
    publication.give_back(by=publisher, version=version, at=AT)
    removals.remove_part(by=publisher, part=version.activities.get(code="read"), at=AT)
    with pytest.raises(publication.NotReady):
        publication.submit(by=publisher, version=version, at=AT)


def test_places_are_given_in_order_and_never_twice(centre: Centre):
    group = cohort(centre, places=2)
    people = [enrolled(group, n) for n in range(4)]
    states = [state(row) for _by, row, _s in people]
    assert states == [
        EnrolmentState.ACTIVE,
        EnrolmentState.ACTIVE,
        EnrolmentState.WAITLISTED,
        EnrolmentState.WAITLISTED,
    ]
    group.refresh_from_db()
    assert (group.taken, group.waiting) == (2, 2)
    with pytest.raises(enrolment_actions.AlreadyEnrolled):
        enrolment_actions.enrol(by=people[0][0], cohort=group, data=EnrolmentData(role="teacher"), at=AT)
    enrolment_actions.withdraw(by=people[0][0], enrolment=people[0][1], at=AT)
    assert [state(row) for _by, row, _s in people] == [
        EnrolmentState.WITHDRAWN,
        EnrolmentState.ACTIVE,
        EnrolmentState.ACTIVE,
        EnrolmentState.WAITLISTED,
    ]
    with pytest.raises(enrolment_actions.CohortUnfit):
        given = enrolment_actions.CohortGiven(
            name=both("x"), language="lt", starts=group.starts, ends=group.ends, closes=group.closes, places=1
        )
        enrolment_actions.save_cohort(
            by=centre.actor("TUTOR"), version=group.version, cohort=group, given=given, at=AT
        )
    enrolment_actions.withdraw(by=people[3][0], enrolment=people[3][1], at=AT)
    group.refresh_from_db()
    assert (group.taken, group.waiting) == (2, 0)


def test_closing_a_group_tells_those_who_waited(centre: Centre, post):
    group = cohort(centre, places=1)
    (_a, learner, _s), (_b, waiting, _t) = (enrolled(group, n) for n in range(2))
    enrolment_actions.cancel_cohort(by=centre.actor("TUTOR"), cohort=group, at=AT)
    assert (state(learner), state(waiting)) == (
        EnrolmentState.ACTIVE,
        EnrolmentState.WITHDRAWN,
    ) and waiting.ended_at == AT
    step = waiting.steps.order_by("-pk").first()
    assert group_messages.send_step(by=WORKER, step_id=step.pk, at=AT)
    assert not group_messages.send_step(by=WORKER, step_id=step.pk, at=AT)
    [mail] = post.mails
    letter = message_from_bytes(mail.content, policy=policy.default)
    assert "Small course" in str(letter["Subject"]) and "/small/" in letter.get_content()
    with pytest.raises(enrolment_actions.EnrolmentClosed):
        enrolled(group, 5)


def test_only_the_learner_acts_in_an_enrolment(centre: Centre):
    _by, row, _secret = enrolled(cohort(centre))
    stranger, _s = member(7)
    for act in (
        lambda: activities.finish(by=stranger, enrolment=row, activity="read", at=AT),
        lambda: quizzes.begin(by=stranger, enrolment=row, activity="quiz", at=AT),
        lambda: discussions.post(by=stranger, enrolment=row, activity="talk", text="x", at=AT),
        lambda: assignments.hand_in(by=stranger, enrolment=row, activity="task", text="x", at=AT),
        lambda: appeals.ask(by=stranger, enrolment=row, activity="", text="x", at=AT),
    ):
        with pytest.raises(activities.NotYours):
            act()
    with pytest.raises(PermissionRefused):
        enrolment_actions.withdraw(by=stranger, enrolment=row, at=AT)


def test_a_try_is_limited_in_number_and_time(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    first = quizzes.begin(by=by, enrolment=row, activity="quiz", at=AT)
    assert quizzes.begin(by=by, enrolment=row, activity="quiz", at=AT).pk == first.pk
    quizzes.save(by=by, attempt=first, answers={"one": [0], "stranger": [1]}, at=AT)
    first.refresh_from_db()
    assert first.answers == {"one": [0]}
    sent = quizzes.send(by=by, attempt=first, answers=RIGHT, at=AT)
    assert sent.score == 100
    with pytest.raises(quizzes.TryOver):
        quizzes.send(by=by, attempt=first, answers=RIGHT, at=AT)
    answered(by, row, WRONG)
    with pytest.raises(quizzes.NoTriesLeft):
        quizzes.begin(by=by, enrolment=row, activity="quiz", at=AT)
    assert row.progress.get(activity="quiz").score == 100


def test_an_assignment_is_read_by_another_and_graded_by_the_tutor(centre: Centre):
    group = cohort(centre)
    (ona, first, _a), (jonas, second, _b) = enrolled(group), enrolled(group, 1)
    handed = assignments.hand_in(by=ona, enrolment=first, activity="task", text="Mano planas", at=AT)
    assert b"planas" not in bytes(handed.text)
    assignments.hand_in(by=jonas, enrolment=second, activity="task", text="Kitas planas", at=AT)
    [(review, text)] = enrolments.reviews_to_write(first, "task")
    assert text == "Kitas planas"
    tutor = centre.actor("TUTOR")
    with pytest.raises(assignments.PointsUnfit):
        assignments.grade(by=tutor, submission=handed, points={"clear": 9}, feedback="", at=AT)
    assignments.grade(by=tutor, submission=handed, points={"clear": 2}, feedback="Puiku", at=AT)
    assert first.progress.get(activity="task").done_at is None  # the review is still missing
    assignments.review(by=ona, review=review, points={"clear": 1}, comment="Aiškiai", at=AT)
    assert first.progress.get(activity="task").done_at == AT
    held = enrolments.handed_in(second, "task")
    assert held.comments == ["Aiškiai"]
    with pytest.raises(PermissionRefused):
        assignments.grade(by=jonas, submission=handed, points={"clear": 2}, feedback="", at=AT)


def test_a_group_sees_its_discussion_and_the_tutor_moderates_it(centre: Centre):
    group = cohort(centre)
    (ona, first, _a), (jonas, second, _b) = enrolled(group), enrolled(group, 1)
    said = discussions.post(by=ona, enrolment=first, activity="talk", text="Labas visiems", at=AT)
    [one] = enrolments.thread(group, "talk", second.group, own_id=second.pk)
    assert (one.text, one.name, one.is_own) == ("Labas visiems", "Mokytoja Pavyzdė0", False)
    discussions.report(by=jonas, enrolment=second, post=said, at=AT)
    tutor = centre.actor("TUTOR")
    assert [text for _row, text in tutor_queries.work_of(group).reported] == ["Labas visiems"]
    discussions.set_hidden(by=tutor, post=said, is_hidden=True, at=AT)
    assert enrolments.thread(group, "talk", second.group, own_id=second.pk) == []
    assert len(enrolments.thread(group, "talk", first.group, own_id=first.pk)) == 1
    assert enrolments.thread(group, "talk", 2) == []


def test_who_stops_is_reminded_once_and_goes_on(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    assert group_messages.notice_stalls(by=WORKER, at=row.seen_at + timedelta(days=13)) == 0
    later = clock.now() + timedelta(days=16)
    assert group_messages.notice_stalls(by=WORKER, at=later) == 1
    assert group_messages.notice_stalls(by=WORKER, at=later) == 0
    assert state(row) == EnrolmentState.STALLED
    activities.finish(by=by, enrolment=row, activity="read", at=later)
    assert state(row) == EnrolmentState.ACTIVE


def test_a_webinar_and_a_session_are_credited_from_elsewhere(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    given = {"member_id": by.member_id, "kind": Kind.WEBINAR, "at": AT}
    assert activities.credit(by=WORKER, topic="Something else", **given) == 0
    assert activities.credit(by=WORKER, topic="Evening for parents", **given) == 1
    activities.confirm(by=centre.actor("TUTOR"), enrolment=row, activity="session", reason="Buvau", at=AT)
    done = set(row.progress.filter(done_at__isnull=False).values_list("activity", flat=True))
    assert done == {"webinar", "session"}
    with pytest.raises(activities.NotByYourself):
        activities.finish(by=by, enrolment=row, activity="webinar", at=AT)


def test_questions_per_learner_do_not_grow_with_the_group(centre: Centre):
    group = cohort(centre)
    enrolled(group)
    tutor_queries.learners(group, AT)
    with CaptureQueriesContext(connection) as one:
        tutor_queries.learners(group, AT)
    enrolled(group, 1)
    enrolled(group, 2)
    with CaptureQueriesContext(connection) as three:
        tutor_queries.learners(group, AT)
    assert len(one) == len(three)


def test_my_data_says_questions_and_answers_and_not_their_codes(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    answered(by, row, WRONG)
    (course,) = enrolments.export(by.member, AT)["courses"]
    told = course["answers"][0]["answers"]
    assert {one["title"]["en"] for one in told} == {f"Question {code}?" for code in WRONG}
    with translation.override("en"):
        said = dict(words.in_words({"courses": [course]}, {}))
    text = "\n".join(f"{name} {value}" for name, value in said.items())
    assert all(f"Question {code}?" in text for code in WRONG)
    assert not {"one", "two", "three", "four"} & set(text.split())
