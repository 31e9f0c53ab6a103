"""What an ambassador's files do to each other: suspension, revocation, appeal, a higher level, leaving."""

from datetime import timedelta

import pytest

from sauga.certification.applications.actions import applications, board, evidence, suspensions
from sauga.certification.applications.actions.board import StatementRefused
from sauga.certification.applications.actions.evidence import EvidenceRefused
from sauga.certification.applications.actions.transitions import CriteriaMissing, OtherFile
from sauga.certification.applications.models import Ambassador, Case
from sauga.certification.applications.queries import protection
from sauga.certification.applications.queries.ambassadors import open_case_of
from sauga.certification.overview.actions.erasure import forget_member
from sauga.certification.register.queries import entries
from sauga.certification.states import AmbassadorState
from sauga.kernel.credentials import CredentialState
from sauga.kernel.identity import PermissionRefused, person_actor
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import MoveNotAllowed
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.certification.test_applications import (
    BOARD,
    LATER,
    another_member_of_the_board,
    credential,
    state,
)
from tests.factories import certification as make
from tests.factories.certification import AT
from tests.factories.members import joined


def test_staff_certify_nobody_and_end_no_certification_past_the_board(centre: Centre):
    """Only the board certifies, restores and revokes; the manager moves an application and no more."""
    by = centre.actor("CERTIFICATION_MANAGER", AT)
    _who, row = make.applied()
    row = make.at_board(centre, row)
    suspended = make.certified(centre, employer=make.school("Kita"), address="jonas@kita.example")[1]
    suspensions.suspend(by=by, ambassador=suspended, why="CONDUCT", at=AT)
    certified = make.certified(centre, employer=make.school("Trečia"), address="rasa@trecia.example")[1]
    for one in (row, suspended, certified):
        for to in AmbassadorState:
            with pytest.raises(MoveNotAllowed):
                applications.advance(by=by, ambassador=one, to=to, at=AT)
    assert (state(row), state(suspended), state(certified)) == (
        AmbassadorState.BOARD_DECISION,
        AmbassadorState.SUSPENDED,
        AmbassadorState.ACTIVE,
    )


def test_somebody_who_leaves_while_suspended_leaves_no_case_behind(centre: Centre):
    who, row = make.certified(centre)
    suspensions.suspend(by=centre.actor("CERTIFICATION_MANAGER", AT), ambassador=row, why="CONDUCT", at=AT)
    forget_member(who.member, AT)
    assert not Case.objects.filter(state="OPEN").exists() and credential(row) == CredentialState.REVOKED


def test_the_suspended_are_heard_once_and_only_by_their_own_words(centre: Centre):
    who, row = make.certified(centre)
    with pytest.raises(StatementRefused):
        board.speak_for_oneself(by=who, ambassador=row, words="Mano pusė.", at=AT)
    suspensions.suspend(by=centre.actor("CERTIFICATION_MANAGER", AT), ambassador=row, why="CONDUCT", at=AT)
    other, _secret = joined("kita@kita.example", "Kita Kitaitė", AT)
    for by in (other, centre.actor("CERTIFICATION_MANAGER", AT), make.HOST):
        with pytest.raises(PermissionRefused):
            board.speak_for_oneself(by=by, ambassador=row, words="Mano pusė.", at=AT)
    with pytest.raises(TextMissing):
        board.speak_for_oneself(by=who, ambassador=row, words=" ", at=AT)
    case = board.speak_for_oneself(by=who, ambassador=row, words="Mano pusė.", at=AT)
    assert "pusė" not in str(Case.objects.filter(pk=case.pk).values())
    assert protection.text_of(row, case, "words") == "Mano pusė."
    with pytest.raises(StatementRefused):
        board.speak_for_oneself(by=who, ambassador=row, words="Dar.", at=AT)


def test_what_expired_is_shown_anew_while_a_revocation_is_appealed(centre: Centre):
    who, row = make.certified(centre)
    case = suspensions.suspend(
        by=centre.actor("CERTIFICATION_MANAGER", AT), ambassador=row, why="CONDUCT", at=AT
    )
    late = AT + timedelta(days=731)
    for role in (BOARD, f"{BOARD}_2"):
        board.vote(by=centre.actor(role, late), case=case, choice="AGAINST", reason="Pažeista.", at=late)
    manager, again = centre.actor("CERTIFICATION_MANAGER", late), make.again(who, late)
    shown = make.shown("background_check", late)
    with pytest.raises(EvidenceRefused) as refused:
        evidence.record_evidence(by=manager, ambassador=row, shown=shown, at=late)
    assert refused.value.why == "over"
    appealed = board.appeal(by=again, ambassador=row, words="Prašau.", at=late)
    third, fourth = (person_actor(another_member_of_the_board(n), late) for n in (3, 4))
    board.vote(by=third, case=appealed, choice="FOR", reason="Teisinga.", at=late)
    with pytest.raises(CriteriaMissing) as missing:
        board.vote(by=fourth, case=appealed, choice="FOR", reason="Teisinga.", at=late)
    assert missing.value.codes == ["background_check"]
    evidence.record_evidence(by=manager, ambassador=row, shown=shown, at=late)
    board.vote(by=fourth, case=appealed, choice="FOR", reason="Teisinga.", at=late)
    found = Ambassador.objects.get(earlier=row)
    assert (state(row), found.state, credential(found)) == (
        AmbassadorState.REVOKED,
        AmbassadorState.ACTIVE,
        CredentialState.VALID,
    )


def test_the_profile_and_a_corrected_name_go_with_the_person(centre: Centre):
    who, first = make.listed(centre, level=1)
    given = make.given(make.school("Kita"), level=2)
    row = applications.apply(by=make.again(who, LATER), given=given, at=LATER)
    by = centre.actor("CERTIFICATION_MANAGER", LATER)
    make.employer_agrees(row, LATER)
    for to in (AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING):
        applications.advance(by=by, ambassador=row, to=to, at=LATER)
    make.record(centre, row, "supervised_session", at=LATER)
    applications.advance(by=by, ambassador=row, to=AmbassadorState.SUPERVISED, at=LATER)
    board.present_to_board(by=by, ambassador=row, at=LATER)
    assert [one.ref for one in entries.listed(LATER)] == [first.ref]
    make.decided(centre, row, at=LATER)
    applications.correct_name(by=by, ambassador=row, name="Agnė Girdenytė", at=LATER)
    (shown,) = entries.listed(LATER)
    assert (shown.ref, shown.name, shown.level) == (row.ref, "Agnė Girdenytė", 2)


def test_nobody_is_certified_by_another_file_while_suspended(centre: Centre):
    who, first = make.certified(centre)
    given = make.given(make.school("Kita"), level=2)
    row = applications.apply(by=make.again(who, AT), given=given, at=AT)
    by = centre.actor("CERTIFICATION_MANAGER", AT)
    make.employer_agrees(row, AT)
    for to in (AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING):
        applications.advance(by=by, ambassador=row, to=to, at=AT)
    make.record(centre, row, "supervised_session", at=AT)
    applications.advance(by=by, ambassador=row, to=AmbassadorState.SUPERVISED, at=AT)
    board.present_to_board(by=by, ambassador=row, at=AT)
    suspensions.suspend(by=by, ambassador=first, why="SAFEGUARDING", at=AT)
    case = open_case_of(row)
    board.vote(by=centre.actor(BOARD, AT), case=case, choice="FOR", reason="Gerai.", at=AT)
    with pytest.raises(OtherFile) as refused:
        board.vote(by=centre.actor(f"{BOARD}_2", AT), case=case, choice="FOR", reason="Gerai.", at=AT)
    assert refused.value.why == "SUSPENDED" and state(row) == AmbassadorState.BOARD_DECISION
