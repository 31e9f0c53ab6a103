"""The board: two people without a conflict of interest decide about certifications, suspensions, appeals."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.certification import effects
from sauga.certification.applications.actions.applications import carry, forget_employer
from sauga.certification.applications.actions.certifications import certify, end
from sauga.certification.applications.actions.credentials import restore
from sauga.certification.applications.actions.transitions import record, require_own, send_mail, step
from sauga.certification.applications.models import (
    Ambassador,
    Case,
    Interest,
    Vote,
    Workplace,
)
from sauga.certification.applications.queries import ambassadors, interests, protection
from sauga.certification.applications.rules.codes import VOTES, CaseKind, CertificationKind, Choice
from sauga.certification.applications.rules.conflicts import Conflict, conflict, outcome
from sauga.certification.permissions import Permission
from sauga.certification.programme.rules.criteria import Kind
from sauga.certification.states import CERTIFIED, AmbassadorState, CaseState
from sauga.certification.trail import Trail
from sauga.kernel import notifications
from sauga.kernel.clock import local_day
from sauga.kernel.credentials import Why
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move


class VoteRefused(ActionRefused):
    """This person may not decide about this ambassador."""

    messages = {
        Conflict.COLLEAGUE: _("You work at the same organisation; somebody else decides."),
        Conflict.SELF: _("This is your own application; somebody else decides."),
        Conflict.FIRST_BOARD: _("You decided the first time; an appeal is decided by others."),
        Conflict.VOTED: _("You have decided already."),
    }


class AppealRefused(ActionRefused):
    """There is nothing to appeal against, or it was done."""

    message = _("There is no decision against which an appeal can be made, or it was made already.")


TO_DECIDE = "certification.case_to_decide"


def present_to_board(*, by: Actor, ambassador: Ambassador, at: datetime) -> Case:
    """Every criterion is met: the board decides. Raises PermissionRefused, CriteriaMissing."""
    require(by, Permission.DECIDE_CRITERIA)
    with transaction.atomic():
        row = lock(ambassador)
        step(by, row, AmbassadorState.BOARD_DECISION, at)
        return open_case(by, row, CaseKind.CERTIFICATION, at)


def open_case(
    by: Actor, row: Ambassador, kind: CaseKind, at: datetime, *, why: str = "", about: Case | None = None
) -> Case:
    """A case of a locked ambassador."""
    case = Case.objects.create(ambassador=row, kind=kind, why=why, about=about, opened_at=at)
    record(by, Trail.CASE_OPENED, case, at, kind=str(kind))
    link = reverse("certification-case", args=[case.ref])
    notifications.notify(
        to="CERTIFICATION_BOARD", template=TO_DECIDE, context={"ref": case.ref}, link=link, at=at
    )
    return case


def vote(*, by: Actor, case: Case, choice: str, reason: str, at: datetime) -> Case:
    """Decide, with a reason. Two equal votes carry the decision out.

    Raises PermissionRefused, VoteRefused, TextMissing, CriteriaMissing, MoveNotAllowed.
    """
    require(by, Permission.BOARD)
    assert isinstance(by, PersonActor)
    words = typed_text(reason)
    if not words.strip():
        raise TextMissing
    with transaction.atomic():
        row = lock(case.ambassador)
        held = lock(case)
        if held.state != CaseState.OPEN:
            raise MoveNotAllowed(held.state, CaseState.DECIDED)
        if against := conflict(interests.asked(by, held, at)):
            raise VoteRefused(against)
        made = Vote(case=held, person=by.person, choice=Choice(choice), at=at)
        made.reason = protection.seal(
            protection.open_key(row), _Named(made, held.ref, by.person.pk), "reason", words
        )
        made.save()
        record(by, Trail.VOTED, held, at, choice=str(choice))
        decided = outcome([one.choice for one in Vote.objects.filter(case=held)], VOTES)
        if decided:
            _carry_out(by, row, held, Choice(decided), at)
        return held


class _Named:
    """A vote as the key sees it: it has no reference of its own before it is stored."""

    def __init__(self, row: Vote, case: str, person: int) -> None:
        self._meta, self.ref = row._meta, f"{case}:{person}"


def reason_of(row: Ambassador, one: Vote) -> str:
    """Why a member of the board voted so; empty where the key was destroyed."""
    named = _Named(one, one.case.ref, one.person_id)
    try:
        return protection.unseal(protection.open_key(row), named, "reason", one.reason)
    except KeyNotAvailable:
        return ""


def _carry_out(by: Actor, row: Ambassador, case: Case, decided: Choice, at: datetime) -> None:
    move(case, to=CaseState.DECIDED, by=by, at=at, why=decided)
    case.outcome, case.decided_at = decided, at
    case.save(update_fields=["outcome", "decided_at"])
    record(by, Trail.CASE_DECIDED, case, at, kind=case.kind, outcome=str(decided))
    is_for = decided == Choice.FOR
    if case.kind == CaseKind.CERTIFICATION:
        _certify(by, row, at) if is_for else _reject(by, row, at)
    elif case.kind == CaseKind.SUSPENSION:
        _restore(by, row, at) if is_for else _revoke(by, row, at)
    elif is_for:
        _uphold(by, row, at)
    else:
        send_mail(row, "appeal_refused")


def _certify(by: Actor, row: Ambassador, at: datetime, why: str = "") -> None:
    step(by, row, AmbassadorState.ACTIVE, at, why)
    certify(by, row, CertificationKind.FIRST, at)
    forget_employer(row)
    for earlier in ambassadors.others_of(row):
        if earlier.state in CERTIFIED and earlier.ended_at is None:
            _replace(lock(earlier), row, at)
    send_mail(row, "certified")


def _replace(earlier: Ambassador, row: Ambassador, at: datetime) -> None:
    """The new certification replaces the one that the person had; profile and consent go with the person."""
    end(earlier, Why.RENEWED, at)
    _ended(earlier, at)
    effects.certified_anew(earlier, row)


def _reject(by: Actor, row: Ambassador, at: datetime) -> None:
    step(by, row, AmbassadorState.REJECTED, at)
    forget_employer(row)
    _ended(row, at)
    send_mail(row, "rejected")


def _restore(by: Actor, row: Ambassador, at: datetime) -> None:
    step(by, row, AmbassadorState.ACTIVE, at)
    restore(row, at)
    send_mail(row, "restored")


def _revoke(by: Actor, row: Ambassador, at: datetime) -> None:
    step(by, row, AmbassadorState.REVOKED, at)
    end(row, Why.CONDITIONS, at)
    _ended(row, at)
    send_mail(row, "revoked")


def _ended(row: Ambassador, at: datetime) -> None:
    row.ended_at = at
    row.save(update_fields=["ended_at"])


class StatementRefused(ActionRefused):
    """There is no suspension to speak about, or it was done."""

    message = _("There is no open case of a suspension, or you have written to the board already.")


def speak_for_oneself(*, by: Actor, ambassador: Ambassador, words: str, at: datetime) -> Case:
    """The suspended ambassador tells the board their side, once, before it decides.

    Raises PermissionRefused, StatementRefused, TextMissing.
    """
    said = _own_words(by, ambassador, words)
    with transaction.atomic():
        row = lock(ambassador)
        open_one = suspension_of(row)
        if open_one is None:
            raise StatementRefused
        case = lock(open_one)
        _keep_words(row, case, said)
        record(by, Trail.CASE_ANSWERED, case, at)
        return case


def suspension_of(row: Ambassador) -> Case | None:
    """The open case of a suspension to which the ambassador has not spoken yet."""
    case = ambassadors.open_case_of(row) if row.state == AmbassadorState.SUSPENDED else None
    return case if case is not None and not bytes(case.words) else None


def appeal(*, by: Actor, ambassador: Ambassador, words: str, at: datetime) -> Case:
    """The applicant asks others to decide again about a rejection or a revocation, once.

    Raises PermissionRefused, AppealRefused, TextMissing.
    """
    said = _own_words(by, ambassador, words)
    with transaction.atomic():
        row = lock(ambassador)
        about = appealable(row)
        if about is None:
            raise AppealRefused
        case = open_case(by, row, CaseKind.APPEAL, at, about=about)
        _keep_words(row, case, said)
        return case


def _own_words(by: Actor, ambassador: Ambassador, words: str) -> str:
    """What an ambassador tells the board. Raises PermissionRefused, TextMissing."""
    require_own(by, ambassador)
    said = typed_text(words)
    if not said.strip():
        raise TextMissing
    return said


def _keep_words(row: Ambassador, case: Case, said: str) -> None:
    case.words = protection.seal(protection.open_key(row), case, "words", said)
    case.save(update_fields=["words"])


def appealable(row: Ambassador) -> Case | None:
    """The decision against which an appeal can be made."""
    if row.state not in (AmbassadorState.REJECTED, AmbassadorState.REVOKED):
        return None
    kind = CaseKind.CERTIFICATION if row.state == AmbassadorState.REJECTED else CaseKind.SUSPENSION
    decided = Case.objects.filter(ambassador=row, kind=kind, outcome=Choice.AGAINST).order_by("-decided_at")
    about = decided.first()
    return about if about is not None and not about.appeals.exists() else None


def _uphold(by: Actor, row: Ambassador, at: datetime) -> Ambassador:
    """An appeal is upheld: a new application with the same evidence goes the whole way, each step with its
    criteria, and is certified. Raises CriteriaMissing where evidence has expired meanwhile.
    """
    again = Ambassador(
        member=row.member,
        programme=row.programme,
        level=row.level,
        municipality=row.municipality,
        language=row.language,
        earlier=row,
        applied_at=at,
    )
    prepared = protection.prepare_key(again)
    again.name = protection.seal(prepared.key, again, "name", protection.text_of(row, row, "name"))
    prepared.store()
    again.save()
    for one in Workplace.objects.filter(ambassador=row):
        Workplace.objects.create(
            ambassador=again, organisation=one.organisation, since=one.since, until=one.until
        )
    carry(row, again, tuple(Kind.values))
    effects.certified_anew(row, again)
    again = lock(again)
    for to in (
        AmbassadorState.ELIGIBLE,
        AmbassadorState.IN_TRAINING,
        AmbassadorState.EXAM_PASSED,
        AmbassadorState.SUPERVISED,
        AmbassadorState.BOARD_DECISION,
    ):
        if to != AmbassadorState.SUPERVISED or again.level > 1:
            step(by, again, to, at, "APPEAL")
    _certify(by, again, at, "APPEAL")
    return again


def declare_interest(
    *, by: Actor, organisation: Organisation, since: date, until: date | None, at: datetime
) -> Interest:
    """A member of the board says where they work or worked. Raises PermissionRefused."""
    require(by, Permission.BOARD)
    assert isinstance(by, PersonActor)
    with transaction.atomic():
        made = Interest.objects.create(person=by.person, organisation=organisation, since=since, until=until)
        record(by, Trail.INTEREST, made, at, what="declared")
        return made


def end_interest(*, by: Actor, interest: Interest, at: datetime) -> Interest:
    """It ended today. Raises PermissionRefused."""
    require(by, Permission.BOARD)
    with transaction.atomic():
        row = lock(interest)
        row.until = local_day(at)
        row.save(update_fields=["until"])
        record(by, Trail.INTEREST, row, at, what="ended")
        return row
