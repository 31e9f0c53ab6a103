"""The school label through its actions: a team answers, gets a level and a plan; gold is reviewed by
somebody from another school; labels last, are renewed, expire. Who is refused what."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from sauga.kernel import audit, credentials, media
from sauga.kernel.credentials import CredentialState
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.media.models import MediaFile
from sauga.kernel.media.refusals import FileRefused
from sauga.kernel.organisations.models import SameAs
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.selfcheck.effects import ambassador_level
from sauga.selfcheck.school import presenters
from sauga.selfcheck.school.actions import assessments as assessment_actions
from sauga.selfcheck.school.actions import comparison, labels, plans, questionnaires
from sauga.selfcheck.school.actions import evidence as evidences
from sauga.selfcheck.school.actions import reviews as review_actions
from sauga.selfcheck.school.actions.assessments import AnswerRefused, Given, NoQuestionnaire, NotAnswered
from sauga.selfcheck.school.actions.erasure import forget_member
from sauga.selfcheck.school.actions.evidence import EvidenceRefused, NotReady
from sauga.selfcheck.school.actions.labels import EvidenceNotAccepted, LabelOver
from sauga.selfcheck.school.actions.plans import TaskGiven, TaskRefused
from sauga.selfcheck.school.actions.reviews import AssessorRefused, ReviewRefused
from sauga.selfcheck.school.actions.transitions import NotNow
from sauga.selfcheck.school.models import (
    Answer,
    Assessment,
    Assessor,
    Evidence,
    Label,
    PlanTask,
    Published,
    Questionnaire,
    Rescore,
    Review,
    Round,
    TeamMember,
    Verdict,
)
from sauga.selfcheck.school.queries import assessments, country, reviews
from sauga.selfcheck.school.rules.codes import Level, Pledge, ReturnReason
from sauga.selfcheck.school.rules.reviews import reviewed_aspects
from sauga.selfcheck.states import AssessmentState
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import labels as make
from tests.factories.labels import AT, COMMENT, PLEDGES
from tests.factories.members import acts_for, joined

WORKER = SystemActor("selfcheck")


def badge(label: Label) -> str:
    held = credentials.credential_for(labels.subject_of(label), "selfcheck.label")
    return held.state if held is not None else ""


# Answering
def test_a_school_gets_its_label_a_badge_and_a_plan_at_once(centre: Centre):
    _who, row = make.submitted(3)
    assert row.state == AssessmentState.LABELLED
    label = Label.objects.get()
    assert (label.level, label.since, label.until) == ("SILVER", date(2026, 11, 28), date(2028, 5, 28))
    assert badge(label) == CredentialState.VALID and not label.is_reviewed
    tasks = list(PlanTask.objects.all())
    assert 3 <= len(tasks) <= 10 and all(one.owner and one.due > date(2026, 11, 28) for one in tasks)
    steps = [step.after for step in row.steps.order_by("pk")]
    assert steps == ["IN_PROGRESS", "SUBMITTED", "SCORED", "LABELLED"]
    said = [one.action for one in audit.timeline(row, zone="awareness")]
    assert said[0] == "school_assessment:started" and said[-1] == "school_label:issued"


def test_colleagues_join_the_same_assessment_and_strangers_find_none(centre: Centre):
    who, row = make.begun()
    colleague = make.teacher(row.school, "jonas@mokykla.example")
    assert assessment_actions.start_assessment(by=colleague, school=row.school, at=AT).pk == row.pk
    assert {one.row.member_id for one in assessments.team_of(row)} == {who.member_id, colleague.member_id}
    stranger = make.teacher(make.school("Kita", "LT-21"), "kita@kita.example")
    with pytest.raises(Http404):
        assessments.assessment_for(stranger, row.ref)
    for act in (
        lambda: assessment_actions.start_assessment(by=stranger, school=row.school, at=AT),
        lambda: assessment_actions.save_area(by=stranger, assessment=row, area="LEARNING", given={}, at=AT),
        lambda: assessment_actions.submit(by=stranger, assessment=row, at=AT),
        lambda: labels.take_label(by=stranger, assessment=row, at=AT),
        lambda: assessment_actions.begin_next_round(by=stranger, assessment=row, at=AT),
        lambda: evidences.send_for_review(by=stranger, assessment=row, at=AT),
        lambda: plans.add_task(
            by=stranger, assessment=row, given=TaskGiven("HEAD", date(2027, 1, 4), title="Darbas"), at=AT
        ),
        lambda: assessment_actions.submit(by=centre.actor("LABEL_COORDINATOR"), assessment=row, at=AT),
    ):
        with pytest.raises(PermissionRefused):
            act()


def test_the_database_keeps_one_open_assessment_for_a_school(centre: Centre):
    _who, row = make.begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(school=row.school, started_at=AT)


def test_only_schools_are_assessed_and_only_with_a_questionnaire(centre: Centre):
    where = make.school()
    who = make.teacher(where)
    with pytest.raises(NoQuestionnaire):
        assessment_actions.start_assessment(by=who, school=where, at=AT)
    make.load_questionnaires(AT)
    library = make.create_organisation(
        by=make.SETUP, names={"lt": "Biblioteka"}, kinds=["LIBRARY"], municipality="LT-18", at=AT
    )
    acts_for(who, library, AT)
    with pytest.raises(PermissionRefused):
        assessment_actions.start_assessment(by=who, school=library, at=AT)
    assert assessments.schools_of(who) == [where]


def test_a_round_keeps_its_version_of_the_questionnaire(centre: Centre):
    _who, row = make.begun(make.FIRST_VERSION)
    assert assessments.present_round(row).questionnaire.version == 1
    assert questionnaire_versions() == [1, 2]


def questionnaire_versions() -> list[int]:
    return list(Questionnaire.objects.order_by("version").values_list("version", flat=True))


def test_saving_keeps_what_a_colleague_saved_meanwhile(centre: Centre):
    who, row = make.begun()
    colleague = make.teacher(row.school, "jonas@mokykla.example")
    first = {"bullying": Given(3, "", 0), "data": Given(2, "", 0)}
    saved = assessment_actions.save_area(by=who, assessment=row, area="INFRASTRUCTURE", given=first, at=AT)
    assert set(saved.changed) == {"bullying", "data"} and make.fresh(row).state == AssessmentState.IN_PROGRESS
    late = {"bullying": Given(5, "", 0), "help": Given(4, "", 0), "data": Given(2, "", 0)}
    saved = assessment_actions.save_area(
        by=colleague, assessment=row, area="INFRASTRUCTURE", given=late, at=AT
    )
    assert saved.changed == ("help",) and saved.left == ("bullying",)
    again = {"bullying": Given(5, "", 1)}
    saved = assessment_actions.save_area(
        by=colleague, assessment=row, area="INFRASTRUCTURE", given=again, at=AT
    )
    assert saved.changed == ("bullying",)
    held = assessments.answers_of(assessments.present_round(row))
    assert (held["bullying"].level, held["bullying"].revision) == (5, 2)


@pytest.mark.parametrize(
    ("area", "given"),
    [
        ("INFRASTRUCTURE", {"parents": Given(3, "", 0)}),
        ("NOTHING", {}),
        ("INFRASTRUCTURE", {"data": Given(6, "", 0)}),
        ("INFRASTRUCTURE", {"data": Given(3, "x" * 1501, 0)}),
    ],
)
def test_answers_that_cannot_be_are_refused(centre: Centre, area: str, given: dict[str, Given]):
    who, row = make.begun()
    with pytest.raises(AnswerRefused):
        assessment_actions.save_area(by=who, assessment=row, area=area, given=given, at=AT)
    assert not Answer.objects.exists()


def test_submitting_names_what_is_not_answered(centre: Centre):
    who, row = make.begun()
    given = {"bullying": Given(3, "", 0), "data": Given(None, "Dar ne.", 0)}
    assessment_actions.save_area(by=who, assessment=row, area="INFRASTRUCTURE", given=given, at=AT)
    with pytest.raises(NotAnswered) as refused:
        assessment_actions.submit(by=who, assessment=row, at=AT)
    assert (
        "data" in refused.value.codes
        and "bullying" not in refused.value.codes
        and len(refused.value.codes) == 29
    )
    assert make.fresh(row).state == AssessmentState.IN_PROGRESS


def test_answers_do_not_change_after_submitting(centre: Centre):
    who, row = make.submitted(3)
    with pytest.raises(NotNow):
        assessment_actions.save_area(by=who, assessment=row, area="LEARNING", given={}, at=AT)
    with pytest.raises(NotNow):
        assessment_actions.submit(by=who, assessment=row, at=AT)


# Gold
def test_gold_is_not_taken_without_a_review(centre: Centre):
    who, row = make.submitted(4)
    assert row.state == AssessmentState.SCORED and not Label.objects.exists()
    held = assessments.present_round(row)
    with pytest.raises(EvidenceNotAccepted):
        labels.issue(row, held, Level.GOLD, AT, is_reviewed=False)
    with pytest.raises(EvidenceNotAccepted):
        labels.issue(row, held, Level.GOLD, AT, is_reviewed=True)
    label = labels.take_label(by=who, assessment=row, at=AT)
    assert label.level == Level.SILVER


def test_comments_come_first_then_files(centre: Centre):
    who, row = make.submitted(4)
    with pytest.raises(EvidenceRefused) as refused:
        evidences.add_evidence(
            by=who,
            assessment=row,
            aspect="bullying",
            content=make.pdf(),
            name="a.pdf",
            pledges=PLEDGES,
            at=AT,
        )
    assert refused.value.why == "comment_first"
    with pytest.raises(NotReady) as unready:
        evidences.send_for_review(by=who, assessment=row, at=AT)
    assert unready.value.why == "comments"
    for code in reviews.to_show(assessments.present_round(row)):
        evidences.save_comment(by=who, assessment=row, aspect=code, comment=COMMENT, at=AT)
    with pytest.raises(NotReady) as bare:
        evidences.send_for_review(by=who, assessment=row, at=AT)
    assert bare.value.why == "files"
    assert make.with_evidence(who, row).state == AssessmentState.EVIDENCE_REVIEW
    with pytest.raises(NotNow):
        evidences.save_comment(by=who, assessment=row, aspect="bullying", comment="Kita.", at=AT)
    with pytest.raises(EvidenceRefused):
        make.submitted(4, of=make.school("Trečia", "LT-21"))  # another school's member is the same address
        evidences.save_comment(
            by=who, assessment=Assessment.objects.latest("pk"), aspect="phones", comment="x", at=AT
        )


@pytest.mark.parametrize(
    ("pledges", "author", "reason"),
    [
        ((Pledge.NO_NAMES, Pledge.NO_MESSAGES), "", ReturnReason.FACE),
        ((Pledge.NO_FACES, Pledge.NO_MESSAGES), "", ReturnReason.NAME),
        ((Pledge.NO_FACES, Pledge.NO_NAMES), "", ReturnReason.MESSAGES),
        (PLEDGES, "Vardenė Pavardenė", ReturnReason.PLACE),
    ],
)
def test_a_file_that_may_tell_of_people_is_returned_and_not_kept(
    centre: Centre, pledges: tuple[str, ...], author: str, reason: str
):
    who, row = make.submitted(4, comment=COMMENT)
    made = evidences.add_evidence(
        by=who,
        assessment=row,
        aspect="bullying",
        content=make.pdf(author),
        name="a.pdf",
        pledges=pledges,
        at=AT,
    )
    assert made.returned == reason and made.file is None and not MediaFile.objects.exists()
    assert len(made.sha256) == 64


def test_a_file_is_inspected_by_its_bytes(centre: Centre):
    who, row = make.submitted(4, comment=COMMENT)
    for content, name in ((b"<html>", "a.pdf"), (b"", "a.pdf"), (b"PK\x03\x04", "a.pdf")):
        with pytest.raises(FileRefused):
            evidences.add_evidence(
                by=who, assessment=row, aspect="data", content=content, name=name, pledges=PLEDGES, at=AT
            )
    for _ in range(3):
        evidences.add_evidence(
            by=who, assessment=row, aspect="data", content=make.pdf(), name="a.pdf", pledges=PLEDGES, at=AT
        )
    with pytest.raises(EvidenceRefused) as refused:
        evidences.add_evidence(
            by=who, assessment=row, aspect="data", content=make.pdf(), name="a.pdf", pledges=PLEDGES, at=AT
        )
    assert refused.value.why == "many"
    one = Evidence.objects.first()
    evidences.remove_evidence(by=who, assessment=row, evidence=one, at=AT)
    assert Evidence.objects.count() == 2 and MediaFile.objects.count() == 2
    with pytest.raises(EvidenceRefused):
        evidences.remove_evidence(by=who, assessment=row, evidence=one, at=AT)


def test_an_ambassador_from_another_school_makes_it_gold_and_the_files_are_gone(centre: Centre):
    _who, row = make.gold_sent()
    by = make.assessor(centre)
    assert [one.pk for one in reviews.waiting_for(reviews.granted(by))] == [row.pk]
    review = review_actions.take_review(by=by, assessment=row, at=AT)
    with pytest.raises(ReviewRefused) as refused:
        review_actions.conclude(by=by, review=review, at=AT)
    assert refused.value.why == "missing"
    make.judged(by, review)
    review_actions.conclude(by=by, review=review, at=AT)
    row = make.fresh(row)
    label = Label.objects.get()
    assert (row.state, label.level, label.is_reviewed) == (AssessmentState.LABELLED, "GOLD", True)
    assert badge(label) == CredentialState.VALID
    assert not MediaFile.objects.exists()
    kept = list(Evidence.objects.all())
    assert kept and all(one.file_id is None and one.deleted_at and one.sha256 for one in kept)
    assert Verdict.objects.count() == len(reviewed_aspects(assessments.form_of(review.round)))
    with pytest.raises(NotNow):
        review_actions.give_verdict(
            by=by, review=review, aspect="data", is_accepted=False, reason="Ne.", at=AT
        )


def test_what_is_not_accepted_goes_back_with_its_reason_and_comes_again(centre: Centre):
    who, row = make.gold_sent()
    by = make.assessor(centre)
    review = review_actions.take_review(by=by, assessment=row, at=AT)
    make.judged(by, review, refused=("data",))
    review_actions.conclude(by=by, review=review, at=AT)
    row = make.fresh(row)
    held = assessments.present_round(row)
    assert row.state == AssessmentState.EVIDENCE_RETURNED and reviews.to_show(held) == ["data"]
    assert reviews.verdicts_of(held)["data"].reason == "Aprašyta aiškiai."
    row = make.with_evidence(who, row)
    again = review_actions.take_review(by=by, assessment=row, at=AT)
    make.judged(by, again)
    review_actions.conclude(by=by, review=again, at=AT)
    assert Label.objects.get().level == "GOLD"


def test_a_review_may_end_with_what_was_accepted(centre: Centre):
    _who, row = make.gold_sent()
    by = make.assessor(centre)
    review = review_actions.take_review(by=by, assessment=row, at=AT)
    make.judged(by, review, refused=("data",))
    review_actions.conclude(by=by, review=review, is_final=True, at=AT)
    assert Label.objects.get().level == "SILVER" and make.fresh(row).state == AssessmentState.LABELLED


def test_a_lower_level_is_reviewed_by_wish_with_words_alone(centre: Centre):
    who, row = make.submitted(3, comment=COMMENT, wants_review=True)
    assert row.state == AssessmentState.SCORED
    evidences.send_for_review(by=who, assessment=row, at=AT)
    by = make.assessor(centre)
    review = review_actions.take_review(by=by, assessment=row, at=AT)
    make.judged(by, review)
    review_actions.conclude(by=by, review=review, at=AT)
    label = Label.objects.get()
    assert (label.level, label.is_reviewed) == ("SILVER", True)


def test_nobody_reviews_their_own_school(centre: Centre):
    who, row = make.gold_sent()
    own = make.assessor(centre, works_at=row.school, address="sava@mokykla.example")
    twin = make.school("Girių mokykla, kita eilutė", "LT-18")
    SameAs.objects.create(first=row.school, second=twin, marked_at=AT)
    same = make.assessor(centre, works_at=twin, address="ta-pati@mokykla.example")
    former = make.assessor(centre, address="buvusi@mokykla.example")
    acts_for(former, row.school, AT)
    for by in (own, same, former):
        with pytest.raises(ReviewRefused) as refused:
            review_actions.take_review(by=by, assessment=row, at=AT)
        assert refused.value.why == "same_school"
        assert not reviews.waiting_for(reviews.granted(by))
    with pytest.raises(PermissionRefused):
        review_actions.take_review(by=who, assessment=row, at=AT)
    late = make.assessor(centre, address="veliau@kita.example")
    review = review_actions.take_review(by=late, assessment=row, at=AT)
    acts_for(late, row.school, AT)  # begins to work there meanwhile
    with pytest.raises(ReviewRefused):
        review_actions.give_verdict(
            by=late, review=review, aspect="data", is_accepted=True, reason="Gerai.", at=AT
        )


def test_a_review_is_one_persons_and_can_be_given_back(centre: Centre):
    _who, row = make.gold_sent()
    first, second = make.assessor(centre), make.assessor(centre, address="antra@kita.example")
    review = review_actions.take_review(by=first, assessment=row, at=AT)
    with pytest.raises(ReviewRefused) as refused:
        review_actions.take_review(by=second, assessment=row, at=AT)
    assert refused.value.why == "taken"
    for act in (
        lambda: review_actions.give_verdict(
            by=second, review=review, aspect="data", is_accepted=True, reason="Gerai.", at=AT
        ),
        lambda: review_actions.conclude(by=second, review=review, at=AT),
        lambda: review_actions.give_back(by=second, review=review, at=AT),
    ):
        with pytest.raises(PermissionRefused):
            act()
    with pytest.raises(Http404):
        reviews.own_review(second, review.ref)
    with pytest.raises(ReviewRefused):
        review_actions.give_verdict(
            by=first, review=review, aspect="phones", is_accepted=True, reason="x", at=AT
        )
    with pytest.raises(ReviewRefused):
        review_actions.give_verdict(
            by=first, review=review, aspect="data", is_accepted=True, reason=" ", at=AT
        )
    with pytest.raises(ReviewRefused):
        review_actions.give_verdict(
            by=first, review=review, aspect="data", is_accepted=True, reason="x" * 601, at=AT
        )
    review_actions.give_back(by=first, review=review, at=AT)
    assert review_actions.take_review(by=second, assessment=row, at=AT).assessor.member_id == second.member_id


def test_an_assessor_returns_a_file_and_it_is_deleted_at_once(centre: Centre):
    who, row = make.gold_sent()
    by = make.assessor(centre)
    review = review_actions.take_review(by=by, assessment=row, at=AT)
    one = Evidence.objects.filter(aspect="data").get()
    with pytest.raises(ReviewRefused):
        review_actions.return_evidence(by=by, review=review, evidence=one, reason="WHY", at=AT)
    before = MediaFile.objects.count()
    made = review_actions.return_evidence(by=by, review=review, evidence=one, reason=ReturnReason.FACE, at=AT)
    assert made.returned == "FACE" and made.file is None and MediaFile.objects.count() == before - 1
    with pytest.raises(ReviewRefused):
        review_actions.return_evidence(by=by, review=review, evidence=one, reason=ReturnReason.FACE, at=AT)
    assert who.member_id


# The role
def test_the_role_is_granted_by_staff_to_certified_ambassadors(centre: Centre):
    who, _secret = joined("asta@kita.example", name="Asta Miškė")
    where = make.school("Kita mokykla", "LT-21")
    with pytest.raises(AssessorRefused):
        review_actions.ask_to_assess(by=who, workplaces=[], at=AT)
    row = review_actions.ask_to_assess(by=who, workplaces=[where], at=AT)
    with pytest.raises(AssessorRefused):
        review_actions.ask_to_assess(by=who, workplaces=[where], at=AT)
    for nobody in (who, centre.actor("EDITOR"), SystemActor("selfcheck")):
        with pytest.raises(PermissionRefused):
            review_actions.grant_role(by=nobody, assessor=row, at=AT)
    staff = centre.actor("LABEL_COORDINATOR")
    assert ambassador_level.is_known
    with pytest.raises(AssessorRefused) as refused:
        review_actions.grant_role(by=staff, assessor=row, at=AT)
    assert refused.value.why == "ambassador"
    review_actions.refuse_role(by=staff, assessor=row, at=AT)
    with pytest.raises(MoveNotAllowed):
        review_actions.refuse_role(by=staff, assessor=row, at=AT)
    assert reviews.granted(who) is None
    with pytest.raises(PermissionRefused):
        review_actions.ask_to_assess(by=staff, workplaces=[where], at=AT)


def test_the_end_of_the_role_frees_open_reviews(centre: Centre):
    _who, row = make.gold_sent()
    by = make.assessor(centre)
    review_actions.take_review(by=by, assessment=row, at=AT)
    review_actions.end_role(by=by, assessor=reviews.granted(by), at=AT)
    assert reviews.granted(by) is None and reviews.waiting().count() == 1
    with pytest.raises(PermissionRefused):
        review_actions.take_review(by=by, assessment=row, at=AT)


# Time
def test_a_label_can_be_renewed_from_the_twelfth_month_and_expires_after_the_eighteenth(centre: Centre):
    who, row = make.submitted(3)
    assert labels.advance_all(by=WORKER, at=make.month(11)) == 0
    with pytest.raises(NotNow):
        assessment_actions.begin_next_round(by=who, assessment=row, at=AT)
    assert labels.advance_all(by=WORKER, at=make.month(12)) == 1
    assert labels.advance_all(by=WORKER, at=make.month(12)) == 0
    assert make.fresh(row).state == AssessmentState.REDO_OPEN
    assert labels.advance_all(by=WORKER, at=make.month(18)) == 1
    row = make.fresh(row)
    assert row.state == AssessmentState.EXPIRED and row.ended_at is not None
    again = assessment_actions.start_assessment(by=who, school=row.school, at=make.month(19))
    assert again.pk != row.pk and again.round == 2
    with pytest.raises(PermissionRefused):
        labels.advance_all(by=centre.actor("LABEL_COORDINATOR"), at=AT)


def test_the_next_round_explains_what_moved_and_replaces_the_badge(centre: Centre):
    who, row = make.submitted(3, at=make.FIRST_VERSION)
    first = Label.objects.get()
    later = make.month(13, make.FIRST_VERSION)
    labels.advance_all(by=WORKER, at=later)
    row = assessment_actions.begin_next_round(by=who, assessment=make.fresh(row), at=later)
    assert row.round == 2 and make.fresh(row).state == AssessmentState.IN_PROGRESS
    assert assessments.label_of(row.school_id) == first
    row = make.answered(who, row, 3, {"bullying": 4}, at=later)
    assessment_actions.submit(by=who, assessment=row, at=later)
    held = assessments.present_round(make.fresh(row))
    moved = assessments.moved_since(held, assessments.levels_of(held))
    assert [one.aspect for one in moved] == ["bullying"]
    assert Label.objects.count() == 2 and badge(first) == CredentialState.REVOKED
    assert [one.number for one in Round.objects.order_by("number")] == [1, 2]


def test_a_new_version_scores_old_answers_again_and_leaves_the_label(centre: Centre):
    contents = questionnaires.shipped()
    questionnaires.load_version(contents[0], make.FIRST_VERSION)
    where = make.school()
    who = make.teacher(where, at=make.FIRST_VERSION)
    row = assessment_actions.start_assessment(by=who, school=where, at=make.FIRST_VERSION)
    row = make.answered(who, row, 3, at=make.FIRST_VERSION)
    assessment_actions.submit(by=who, assessment=row, at=make.FIRST_VERSION)
    assert questionnaires.load_questionnaires(AT).endswith("1 new")
    found = Rescore.objects.get()
    assert found.version == 2 and found.moved == {"ai": [3, 2], "council": [3, 2]}
    assert Label.objects.get().level == "SILVER"
    assert questionnaires.load_questionnaires(AT).endswith("0 new") and Rescore.objects.count() == 1
    with pytest.raises(PermissionRefused):
        questionnaires.rescore_all(by=who, at=AT)


def test_a_label_is_revoked_with_its_badge(centre: Centre):
    who, _row = make.submitted(3)
    label = Label.objects.get()
    with pytest.raises(PermissionRefused):
        labels.revoke_label(by=who, label=label, why="MISTAKE", at=AT)
    labels.revoke_label(by=centre.actor("LABEL_COORDINATOR"), label=label, why="MISTAKE", at=AT)
    label.refresh_from_db()
    assert badge(label) == CredentialState.REVOKED
    assert not presenters.label_line(label, date(2026, 12, 1)).is_valid
    with pytest.raises(LabelOver):
        labels.revoke_label(by=centre.actor("LABEL_COORDINATOR"), label=label, why="MISTAKE", at=AT)


# The plan
def test_the_plan_is_changed_by_the_team(centre: Centre):
    who, row = make.submitted(3)
    given = TaskGiven("IT", date(2027, 2, 1), title="Patikrinti filtrą")
    own = plans.add_task(by=who, assessment=row, given=given, at=AT)
    proposed = PlanTask.objects.exclude(aspect="").first()
    plans.change_task(
        by=who,
        assessment=row,
        task=proposed,
        given=TaskGiven("HEAD", date(2027, 3, 1), "DONE", title="x"),
        at=AT,
    )
    proposed.refresh_from_db()
    assert (proposed.owner, proposed.progress, proposed.title) == ("HEAD", "DONE", "")
    for wrong, why in (
        (TaskGiven("NOBODY", date(2027, 1, 1), title="x"), "owner"),
        (TaskGiven("IT", date(2020, 1, 1), title="x"), "due"),
        (TaskGiven("IT", date(2040, 1, 1), title="x"), "due"),
        (TaskGiven("IT", date(2027, 1, 1), title=" "), "title"),
    ):
        with pytest.raises(TaskRefused) as refused:
            plans.add_task(by=who, assessment=row, given=wrong, at=AT)
        assert refused.value.why == why
    plans.remove_task(by=who, assessment=row, task=own, at=AT)
    with pytest.raises(TaskRefused):
        plans.remove_task(by=who, assessment=row, task=own, at=AT)


# The country
def labelled_schools(n: int, municipality: str, level: int = 3, begin: int = 0) -> None:
    """Schools with a label, written as rows: the sums are what counts here."""
    make.load_questionnaires(AT)
    form = Questionnaire.objects.latest("version")
    for number in range(begin, begin + n):
        where = make.school(f"Mokykla {municipality} {number}", municipality)
        row = Assessment.objects.create(school=where, state=AssessmentState.LABELLED, started_at=AT)
        points = {"INFRASTRUCTURE": 12 * level, "LEARNING": 12 * level, "COMMUNITY": 12 * level}
        held = Round.objects.create(
            assessment=row,
            number=1,
            questionnaire=form,
            started_at=AT,
            scored_at=AT,
            level="SILVER",
            points=points,
            weights=dict.fromkeys(points, 12),
        )
        Answer.objects.create(round=held, aspect="data", level=2, answered_at=AT)
        Label.objects.create(
            round=held, school=where, level="SILVER", since=date(2026, 11, 1), until=date(2028, 5, 1)
        )


def test_the_country_is_shown_from_ten_schools_and_small_municipalities_cannot_be_worked_out(centre: Centre):
    labelled_schools(9, "LT-18")
    comparison.publish_comparison(by=WORKER, at=AT)
    assert country.published() == {}
    labelled_schools(14, "LT-21")
    labelled_schools(3, "LT-58")
    comparison.publish_comparison(by=WORKER, at=AT)
    shown = country.published()
    assert "LT-18" not in shown and "LT-58" not in shown
    assert shown["LT-21"].schools == 14 and shown["LT-21"].tenths["LEARNING"] == 30
    assert shown[""].schools == 26
    labelled_schools(1, "LT-21", level=5, begin=50)  # one more school changes nothing that is shown
    comparison.publish_comparison(by=WORKER, at=AT + timedelta(days=1))
    assert country.published() == shown
    n, gaps = country.gaps()
    assert n == 26 and next(one for one in gaps if one.aspect.code == "data").schools == 26
    assert all(one.schools in (None, 0, 26) for one in gaps)
    assert Published.objects.count() == 2
    with pytest.raises(PermissionRefused):
        comparison.publish_comparison(by=centre.actor("LABEL_COORDINATOR"), at=AT)


# Leaving
def test_a_member_who_leaves_is_forgotten_and_the_schools_answers_stay(centre: Centre):
    _who, row = make.gold_sent()
    by = make.assessor(centre)
    review_actions.take_review(by=by, assessment=row, at=AT)
    who = TeamMember.objects.get().member
    assert presenters.export(who, AT)["teams"] and presenters.kept(who)
    assert presenters.export(by.member, AT)["assessor"] == "GRANTED"
    forget_member(who, AT)
    forget_member(by.member, AT)
    assert not TeamMember.objects.exists() and not Assessor.objects.exists()
    assert Review.objects.get().assessor is None and reviews.waiting().count() == 1
    assert Answer.objects.count() == 30 and not presenters.kept(who)
    assert media.FileState.READY in set(MediaFile.objects.values_list("state", flat=True))
