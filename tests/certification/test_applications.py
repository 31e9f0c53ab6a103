"""From the application to the certification and its end, through the actions; who is refused what."""

from datetime import date, timedelta

import pytest

from sauga.certification.applications.actions import applications, board, evidence, suspensions
from sauga.certification.applications.actions.applications import ApplicationRefused
from sauga.certification.applications.actions.board import AppealRefused, VoteRefused
from sauga.certification.applications.actions.evidence import EvidenceRefused, LinkOver
from sauga.certification.applications.actions.transitions import CriteriaMissing
from sauga.certification.applications.models import (
    Ambassador,
    Case,
    Certification,
    CriterionRecord,
    EmployerAsk,
    Interest,
    Vote,
)
from sauga.certification.applications.queries import protection
from sauga.certification.applications.queries.ambassadors import open_case_of
from sauga.certification.applications.rules.courses import counted
from sauga.certification.programme.actions import versions
from sauga.certification.states import AmbassadorState
from sauga.kernel import audit, credentials
from sauga.kernel.credentials import CredentialState
from sauga.kernel.identity import PermissionRefused, create_person, person_actor, start_membership
from sauga.kernel.identity.models import Person, Role
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import BEGAN, CLI, PASSWORD, Centre, centre  # noqa: F401  a fixture
from tests.factories import certification as make
from tests.factories.certification import AT
from tests.factories.members import joined

BOARD = "CERTIFICATION_BOARD"
LATER = AT + timedelta(days=30)


def another_member_of_the_board(number: int) -> Person:
    """One more person on the board of the centre."""
    made = create_person(
        by=CLI,
        email=f"komisija{number}@sauga.example",
        name=f"Komisija {number}",
        password=PASSWORD,
        at=BEGAN,
    ).person
    start_membership(
        by=CLI,
        person=made,
        organisation=Organisation.objects.get(code="AC"),
        role=Role.objects.get(code=BOARD),
        zones=[],
        at=BEGAN,
    )
    return Person.objects.get(pk=made.pk)


def state(row: Ambassador) -> str:
    return Ambassador.objects.get(pk=row.pk).state


def credential(row: Ambassador) -> str:
    held = credentials.credential_for(f"certification.ambassador:{row.ref}", "certification.ambassador")
    return held.state if held is not None else ""


def test_an_application_becomes_a_certification_with_a_credential(centre: Centre):
    _who, row = make.certified(centre)
    assert row.state == AmbassadorState.ACTIVE
    held = Certification.objects.get(ambassador=row)
    assert (held.since, held.until) == (date(2026, 11, 28), date(2028, 11, 27))
    assert credential(row) == CredentialState.VALID
    assert "Girdenienė" not in str(Ambassador.objects.filter(pk=row.pk).values())
    assert protection.text_of(row, row, "name") == "Agnė Girdenienė"
    assert not bytes(EmployerAsk.objects.get(ambassador=row).address)
    said = [one.action for one in audit.timeline(row, zone="awareness")]
    assert said[0] == "ambassador:applied" and "ambassador:certified" in said


def test_each_step_waits_for_its_criteria(centre: Centre):
    _who, row = make.applied()
    by = centre.actor("CERTIFICATION_MANAGER", AT)
    with pytest.raises(CriteriaMissing) as refused:
        applications.advance(by=by, ambassador=row, to=AmbassadorState.ELIGIBLE, at=AT)
    assert refused.value.codes == ["employer_consent", "background_check"]
    make.employer_agrees(row)
    make.record(centre, row, "background_check")
    applications.advance(by=by, ambassador=row, to=AmbassadorState.ELIGIBLE, at=AT)
    applications.advance(by=by, ambassador=row, to=AmbassadorState.IN_TRAINING, at=AT)
    make.record(centre, row, "training_hours")
    assert state(row) == AmbassadorState.IN_TRAINING
    make.record(centre, row, "exam")
    assert state(row) == AmbassadorState.EXAM_PASSED
    with pytest.raises(MoveNotAllowed):  # level 1 has no supervised session
        applications.advance(by=by, ambassador=row, to=AmbassadorState.SUPERVISED, at=AT)
    with pytest.raises(MoveNotAllowed):
        applications.advance(by=by, ambassador=row, to=AmbassadorState.ACTIVE, at=AT)


def test_evidence_that_was_withdrawn_before_the_board_decides_stops_the_certification(centre: Centre):
    _who, row = make.applied()
    row = make.at_board(centre, row)
    exam = CriterionRecord.objects.get(ambassador=row, code="exam")
    evidence.withdraw_evidence(by=centre.actor("CERTIFICATION_MANAGER", AT), evidence=exam, at=AT)
    case = open_case_of(row)
    board.vote(by=centre.actor(BOARD, AT), case=case, choice="FOR", reason="Gerai.", at=AT)
    with pytest.raises(CriteriaMissing):
        board.vote(by=centre.actor(f"{BOARD}_2", AT), case=case, choice="FOR", reason="Gerai.", at=AT)
    assert state(row) == AmbassadorState.BOARD_DECISION and not Certification.objects.exists()
    assert Vote.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"born": date(2009, 1, 1)}, "age"),
        ({"conduct_version": None}, "conduct"),
        ({"conduct_version": 0}, "conduct"),
        ({"name": "Agnė"}, "name"),
        ({"municipality": "LT-99"}, "place"),
        ({"level": 4}, "level"),
        ({"employer_address": "Agne@Mokykla.example"}, "own_address"),
    ],
)
def test_an_application_is_refused(centre: Centre, more: dict[str, object], why: str):
    with pytest.raises(ApplicationRefused) as refused:
        make.applied(**more)
    assert refused.value.why == why and not Ambassador.objects.exists()


def test_nobody_applies_twice_at_once_and_staff_do_not_apply(centre: Centre):
    who, row = make.applied()
    given = make.given(make.school("Kita mokykla"))
    with pytest.raises(ApplicationRefused):
        applications.apply(by=who, given=given, at=AT)
    with pytest.raises(PermissionRefused):
        applications.apply(by=centre.actor("CERTIFICATION_MANAGER", AT), given=given, at=AT)
    applications.withdraw(by=who, ambassador=row, at=AT)
    assert state(row) == AmbassadorState.WITHDRAWN
    assert applications.apply(by=who, given=given, at=AT).state == AmbassadorState.APPLIED


def test_the_right_to_work_is_a_reference_and_expired_evidence_is_refused(centre: Centre):
    _who, row = make.applied()
    by = centre.actor("CERTIFICATION_MANAGER", AT)

    def refused(**more: object) -> str:
        with pytest.raises(EvidenceRefused) as found:
            evidence.record_evidence(
                by=by, ambassador=row, shown=make.shown("background_check", **more), at=AT
            )
        return found.value.why

    assert refused(reference="") == "reference"
    assert refused(on=date(2024, 11, 1)) == "expired"
    assert refused(on=date(2026, 11, 29)) == "future"
    assert refused(on=date(2026, 1, 1), until=date(2026, 6, 1)) == "expired"
    with pytest.raises(EvidenceRefused):  # the employer answers by its own link, sessions by their hosts
        evidence.record_evidence(by=by, ambassador=row, shown=make.shown("employer_consent"), at=AT)
    with pytest.raises(EvidenceRefused):
        evidence.record_evidence(by=by, ambassador=row, shown=make.shown("confirmed_sessions"), at=AT)
    with pytest.raises(EvidenceRefused):
        evidence.record_evidence(by=by, ambassador=row, shown=make.shown("exam", amount=101), at=AT)
    kept = evidence.record_evidence(by=by, ambassador=row, shown=make.shown("background_check"), at=AT)
    assert b"NR-17" not in bytes(kept.reference) and protection.text_of(row, kept, "reference") == "NR-17"


def test_the_employer_answers_once_by_the_link(centre: Centre):
    who, row = make.applied()
    ask = EmployerAsk.objects.get(ambassador=row)
    with pytest.raises(PermissionRefused):
        evidence.answer_as_employer(by=who, ask=ask, agrees=True, at=AT)
    with pytest.raises(LinkOver):
        evidence.answer_as_employer(by=make.EMPLOYER, ask=ask, agrees=True, at=AT + timedelta(days=31))
    evidence.answer_as_employer(by=make.EMPLOYER, ask=ask, agrees=False, at=AT)
    with pytest.raises(LinkOver):
        evidence.answer_as_employer(by=make.EMPLOYER, ask=ask, agrees=True, at=AT)
    assert not CriterionRecord.objects.filter(code="employer_consent").exists()


def test_a_colleague_of_that_day_does_not_decide(centre: Centre):
    """Organisations count as they are on the day of the decision, not as they were or will be."""
    employer = make.school()
    _who, row = make.applied(employer)
    row = make.at_board(centre, row)
    case = open_case_of(row)
    by = centre.actor(BOARD, AT)
    board.declare_interest(by=by, organisation=employer, since=date(2020, 1, 1), until=None, at=AT)
    with pytest.raises(VoteRefused) as refused:
        board.vote(by=by, case=case, choice="FOR", reason="Gerai.", at=AT)
    assert refused.value.why == "COLLEAGUE" and not Vote.objects.exists()
    board.end_interest(by=by, interest=Interest.objects.get(), at=AT)
    board.vote(by=by, case=case, choice="FOR", reason="Gerai.", at=AT)
    with pytest.raises(VoteRefused):  # one vote each
        board.vote(by=by, case=case, choice="FOR", reason="Gerai.", at=AT)


def test_the_applicant_s_workplace_of_the_day_counts(centre: Centre):
    _who, row = make.applied()
    row = make.at_board(centre, row)
    case, by = open_case_of(row), centre.actor(BOARD, AT)
    other = make.school("Kita mokykla (pavyzdys)")
    board.declare_interest(by=by, organisation=other, since=date(2020, 1, 1), until=None, at=AT)
    manager = centre.actor("CERTIFICATION_MANAGER", AT)
    applications.change_workplace(by=manager, ambassador=row, organisation=other, since=AT.date(), at=AT)
    with pytest.raises(VoteRefused):
        board.vote(by=by, case=case, choice="FOR", reason="Gerai.", at=AT)


def test_two_people_decide_and_a_split_takes_a_third(centre: Centre):
    _who, row = make.applied()
    row = make.at_board(centre, row)
    case = open_case_of(row)
    board.vote(by=centre.actor(BOARD, AT), case=case, choice="FOR", reason="Gerai.", at=AT)
    assert state(row) == AmbassadorState.BOARD_DECISION
    board.vote(by=centre.actor(f"{BOARD}_2", AT), case=case, choice="AGAINST", reason="Ne.", at=AT)
    assert state(row) == AmbassadorState.BOARD_DECISION
    third = person_actor(another_member_of_the_board(3), AT)
    board.vote(by=third, case=case, choice="AGAINST", reason="Ne.", at=AT)
    assert state(row) == AmbassadorState.REJECTED and not Certification.objects.exists()
    with pytest.raises(PermissionRefused):
        board.vote(by=centre.actor("CERTIFICATION_MANAGER", AT), case=case, choice="FOR", reason="x", at=AT)


def test_an_appeal_is_decided_by_others_and_certifies_through_every_step(centre: Centre):
    who, row = make.applied()
    row = make.decided(centre, make.at_board(centre, row), "AGAINST")
    case = board.appeal(by=who, ambassador=row, words="Prašau pažiūrėti dar kartą.", at=AT)
    with pytest.raises(AppealRefused):
        board.appeal(by=who, ambassador=row, words="Dar kartą.", at=AT)
    with pytest.raises(VoteRefused) as refused:
        board.vote(by=centre.actor(BOARD, AT), case=case, choice="FOR", reason="Gerai.", at=AT)
    assert refused.value.why == "FIRST_BOARD"
    for number in (3, 4):
        other = person_actor(another_member_of_the_board(number), AT)
        board.vote(by=other, case=case, choice="FOR", reason="Teisinga.", at=AT)
    again = Ambassador.objects.get(earlier=row)
    assert (state(row), again.state) == (AmbassadorState.REJECTED, AmbassadorState.ACTIVE)
    assert [one.after for one in again.steps.order_by("pk")] == [
        AmbassadorState.ELIGIBLE,
        AmbassadorState.IN_TRAINING,
        AmbassadorState.EXAM_PASSED,
        AmbassadorState.BOARD_DECISION,
        AmbassadorState.ACTIVE,
    ]
    assert credential(again) == CredentialState.VALID


def test_a_suspension_shows_in_the_credential_at_once_and_the_board_decides(centre: Centre):
    _who, row = make.certified(centre)
    case = suspensions.suspend(
        by=centre.actor("SAFEGUARDING_EDITOR", AT), ambassador=row, why="SAFEGUARDING", at=AT
    )
    assert state(row) == AmbassadorState.SUSPENDED and credential(row) == CredentialState.SUSPENDED
    for role in (BOARD, f"{BOARD}_2"):
        board.vote(by=centre.actor(role, AT), case=case, choice="FOR", reason="Išsiaiškinta.", at=AT)
    assert state(row) == AmbassadorState.ACTIVE and credential(row) == CredentialState.VALID
    case = suspensions.suspend(
        by=centre.actor("CERTIFICATION_MANAGER", AT), ambassador=row, why="CONDUCT", at=AT
    )
    for role in (BOARD, f"{BOARD}_2"):
        board.vote(by=centre.actor(role, AT), case=case, choice="AGAINST", reason="Pažeista.", at=AT)
    assert state(row) == AmbassadorState.REVOKED and credential(row) == CredentialState.REVOKED


def test_a_renewal_is_announced_and_needs_every_criterion_of_the_renewal(centre: Centre):
    _who, row = make.certified(centre)
    soon = AT + timedelta(days=730 - 80)
    worker, manager = SystemActor("certification"), centre.actor("CERTIFICATION_MANAGER", soon)
    assert suspensions.advance_all(by=worker, at=AT + timedelta(days=400)) == {}
    assert suspensions.advance_all(by=worker, at=soon) == {AmbassadorState.RENEWAL_DUE: 1}
    assert suspensions.advance_all(by=worker, at=soon) == {}
    with pytest.raises(CriteriaMissing) as refused:
        suspensions.renew(by=manager, ambassador=row, at=soon)
    assert set(refused.value.codes) == {"annual_update", "min_sessions", "community_meetings"}
    assert suspensions.advance_all(by=worker, at=AT + timedelta(days=731)) == {AmbassadorState.LAPSED: 1}
    back = AT + timedelta(days=740)
    with pytest.raises(CriteriaMissing) as refused:
        suspensions.renew(by=manager, ambassador=row, at=back)
    assert set(refused.value.codes) == {"background_check", "annual_update"}
    make.record(centre, row, "annual_update", "background_check", at=back)
    assert (
        suspensions.renew(by=centre.actor("CERTIFICATION_MANAGER", back), ambassador=row, at=back).state
        == AmbassadorState.ACTIVE
    )
    assert Certification.objects.filter(ambassador=row).count() == 2
    assert credential(row) == CredentialState.VALID


def test_a_higher_level_takes_the_earlier_evidence_over_and_replaces_the_certificate(centre: Centre):
    who, first = make.certified(centre)
    row = applications.apply(
        by=make.again(who, LATER), given=make.given(make.school("Kita"), level=2), at=LATER
    )
    by = centre.actor("CERTIFICATION_MANAGER", LATER)
    make.employer_agrees(row, LATER)
    for to in (AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING):
        applications.advance(by=by, ambassador=row, to=to, at=LATER)
    assert state(row) == AmbassadorState.EXAM_PASSED, "course and exam are there already"
    with pytest.raises(CriteriaMissing):
        applications.advance(by=by, ambassador=row, to=AmbassadorState.SUPERVISED, at=LATER)
    make.record(centre, row, "supervised_session", at=LATER)
    applications.advance(by=by, ambassador=row, to=AmbassadorState.SUPERVISED, at=LATER)
    board.present_to_board(by=by, ambassador=row, at=LATER)
    assert make.decided(centre, row, at=LATER).state == AmbassadorState.ACTIVE
    assert (credential(first), credential(row)) == (CredentialState.REVOKED, CredentialState.VALID)
    assert list(Ambassador.objects.certified()) == [row]


def test_an_application_keeps_its_version_and_a_version_in_force_is_never_changed(centre: Centre):
    _who, row = make.applied()
    by = centre.actor("CERTIFICATION_MANAGER", AT)
    first = row.programme.criteria.get(code="exam")
    with pytest.raises(versions.VersionFrozen):
        versions.change_criterion(by=by, criterion=first, given={}, at=AT)
    draft = versions.begin_version(by=by, reason="Griežtesnis egzaminas", at=AT)
    exam = draft.criteria.get(code="exam")
    words = {"text_lt": "Egzaminas bent 90 proc.", "text_en": "At least 90 per cent", "valid_days": None}
    strict = {**words, "minimum_1": 90, "minimum_2": 90, "minimum_3": 90}
    versions.change_criterion(by=by, criterion=exam, given=strict, at=AT)
    with pytest.raises(PermissionRefused):
        versions.put_into_force(by=centre.actor(BOARD, AT), programme=draft, decision="S-2", at=AT)
    versions.put_into_force(by=by, programme=draft, decision="S-2", at=AT)
    assert (
        make.at_board(centre, row).state == AmbassadorState.BOARD_DECISION
    )  # 80 per cent is enough in version 1
    _other, new = make.applied(make.school("Antra"), address="jonas@mokykla.example")
    assert new.programme.version == 2


def test_a_member_who_leaves_takes_the_name_and_the_credential_along(centre: Centre):
    from sauga.certification.overview.actions.erasure import forget_member

    who, row = make.listed(centre)
    forget_member(who.member, AT)
    row = Ambassador.objects.get(pk=row.pk)
    assert row.member is None and not bytes(row.name) and credential(row) == CredentialState.REVOKED
    assert not Ambassador.objects.certified().exists() and Case.objects.exists()


def test_a_name_is_corrected_on_a_new_certificate(centre: Centre):
    _who, row = make.certified(centre)
    before = credentials.credential_for(f"certification.ambassador:{row.ref}", "certification.ambassador")
    by = centre.actor("CERTIFICATION_MANAGER", AT)
    applications.correct_name(by=by, ambassador=row, name="Agnė Girdenytė", at=AT)
    after = credentials.credential_for(f"certification.ambassador:{row.ref}", "certification.ambassador")
    assert before is not None and after is not None and before.pk != after.pk
    assert credentials.content_of(after).printed.holder == "Agnė Girdenytė"


def test_an_account_of_a_young_person_never_applies(centre: Centre):
    from dataclasses import replace

    who, _secret = joined("jaunas@mokykla.example", "Jonas Jaunas", AT)
    young = replace(who, birth_month=date(2010, 5, 1), is_child=True)
    with pytest.raises(ApplicationRefused):
        applications.apply(by=young, given=make.given(make.school()), at=AT)


def test_a_completed_course_counts_by_itself_and_once(centre: Centre):
    who, row = make.applied()
    by = centre.actor("CERTIFICATION_MANAGER", AT)
    make.employer_agrees(row)
    make.record(centre, row, "background_check")
    for to in (AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING):
        applications.advance(by=by, ambassador=row, to=to, at=AT)
    tree = {"all": [{"hours": 40}, {"score": "quiz-1", "at_least": 60}, {"score": "final", "at_least": 70}]}
    worth = counted("ambassador", 40.0, tree, {"quiz-1": 65, "final": 88})
    assert worth == {"training_hours": 40, "exam": 88} and counted("school-librarians", 10, tree, {}) == {}
    for _twice in range(2):
        for code, amount in worth.items():
            given = {"member_id": who.member_id, "code": code, "amount": amount, "on": AT.date(), "at": AT}
            evidence.course_completed(**given)
    assert state(row) == AmbassadorState.EXAM_PASSED
    assert CriterionRecord.objects.filter(ambassador=row, source="COURSE").count() == 2
