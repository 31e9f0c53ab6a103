"""Assessors and their reviews: the role, taking a school, a verdict for each aspect, the end of a review."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock, move
from sauga.selfcheck.effects import ambassador_level
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school.actions import labels
from sauga.selfcheck.school.actions.evidence import delete_files
from sauga.selfcheck.school.actions.transitions import NotNow, record, step
from sauga.selfcheck.school.models import Assessment, Assessor, Evidence, Review, Verdict
from sauga.selfcheck.school.queries import assessments, reviews
from sauga.selfcheck.school.rules import decisions
from sauga.selfcheck.school.rules.codes import ReturnReason
from sauga.selfcheck.states import AssessmentState, AssessorState
from sauga.selfcheck.trail import Trail

BY = SystemActor("selfcheck")


class AssessorRefused(ActionRefused):
    """The role cannot be asked for or granted."""

    messages = {
        "twice": _("You have asked already, or are an assessor."),
        "workplace": _("Say where you work. You will not review that school."),
        "ambassador": _("Only certified ambassadors become assessors. This member is not one now."),
    }
    fields = {"workplace": "workplace"}


class ReviewRefused(ActionRefused):
    """The assessor may not do this."""

    messages = {
        "same_school": _("You belong or belonged to this school. Somebody else reviews it."),
        "taken": _("Somebody else has taken this school, or it no longer waits."),
        "aspect": _("This aspect is not reviewed."),
        "reason": _("Write why: the school reads it, one or two sentences."),
        "long": _("This is too long. One or two sentences are enough."),
        "missing": _("Decide about every aspect first."),
        "file": _("This file is not there any more."),
        "return_reason": _("Choose why the file goes back."),
    }
    fields = {"reason": "reason", "long": "reason"}


# The role
def ask_to_assess(*, by: Actor, workplaces: Sequence[Organisation], at: datetime) -> Assessor:
    """A member asks for the role, with where they work. Raises PermissionRefused, AssessorRefused."""
    if not isinstance(by, MemberActor) or by.birth_month is not None:
        raise PermissionRefused("selfcheck.assess")
    if not workplaces:
        raise AssessorRefused("workplace")
    try:
        with transaction.atomic():
            made = Assessor.objects.create(member_id=by.member_id, asked_at=at)
            made.workplaces.set(workplaces)
            record(by, Trail.ASSESSOR_ASKED, made, at)
            return made
    except IntegrityError:
        raise AssessorRefused("twice") from None


def grant_role(*, by: Actor, assessor: Assessor, at: datetime) -> Assessor:
    """Let a certified ambassador review schools. Raises PermissionRefused, AssessorRefused,
    MoveNotAllowed."""
    require(by, Permission.GRANT_ASSESSORS)
    if ambassador_level.is_known and not ambassador_level(assessor.member_id, at):
        raise AssessorRefused("ambassador")
    return _move(by, assessor, AssessorState.GRANTED, at)


def refuse_role(*, by: Actor, assessor: Assessor, at: datetime) -> Assessor:
    """Say no. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.GRANT_ASSESSORS)
    return _move(by, assessor, AssessorState.REFUSED, at)


def end_role(*, by: Actor, assessor: Assessor, at: datetime) -> Assessor:
    """The role is over; open reviews go back to the queue. Raises PermissionRefused, MoveNotAllowed."""
    own = isinstance(by, MemberActor) and by.member_id == assessor.member_id
    if not own:
        require(by, Permission.GRANT_ASSESSORS)
    with transaction.atomic():
        row = _move(by, assessor, AssessorState.ENDED, at)
        for one in Review.objects.select_for_update().filter(assessor=row, ended_at__isnull=True):
            _end(by, one, Trail.REVIEW_GIVEN_BACK, at)
        return row


# A review
def take_review(*, by: Actor, assessment: Assessment, at: datetime) -> Review:
    """Take a school that waits, unless the assessor belongs to it.

    Raises PermissionRefused, ReviewRefused.
    """
    assessor = _granted(by)
    with transaction.atomic():
        row = lock(assessment)
        if why := decisions.why_not_taken(row.state, is_conflict=reviews.has_conflict(assessor, row)):
            raise ReviewRefused(why)
        held = assessments.present_round(row)
        try:
            with transaction.atomic():
                made = Review.objects.create(round=held, assessor=assessor, taken_at=at)
        except IntegrityError:
            raise ReviewRefused("taken") from None
        record(by, Trail.REVIEW_TAKEN, row, at)
        return made


def give_back(*, by: Actor, review: Review, at: datetime) -> Review:
    """Another assessor reviews the school; verdicts given so far stay. Raises PermissionRefused, NotNow."""
    with transaction.atomic():
        row = _open(by, review)
        return _end(by, row, Trail.REVIEW_GIVEN_BACK, at)


def give_verdict(
    *, by: Actor, review: Review, aspect: str, is_accepted: bool, reason: str, at: datetime
) -> Verdict:
    """Whether an aspect stands as the school says, and why. It can be changed until the review is concluded.

    Raises PermissionRefused, NotNow, ReviewRefused.
    """
    with transaction.atomic():
        row = _open(by, review)
        text = typed_text(reason)
        if why := decisions.why_no_verdict(assessments.form_of(row.round), aspect, text):
            raise ReviewRefused(why)
        made, _is_new = Verdict.objects.update_or_create(
            review=row, aspect=aspect, defaults={"is_accepted": is_accepted, "reason": text, "given_at": at}
        )
        record(by, Trail.VERDICT, row.round.assessment, at, aspect=aspect, accepted=is_accepted)
        return made


def return_evidence(*, by: Actor, review: Review, evidence: Evidence, reason: str, at: datetime) -> Evidence:
    """A file shows what it must not, or cannot be read: it is deleted at once and the school reads why.

    Raises PermissionRefused, NotNow, ReviewRefused.
    """
    with transaction.atomic():
        row = _open(by, review)
        if reason not in ReturnReason.values:
            raise ReviewRefused("return_reason")
        held = lock(evidence)
        if held.round_id != row.round_id or held.file is None:
            raise ReviewRefused("file")
        delete_files(by, row.round, [held], at)
        held.returned = reason
        held.save(update_fields=["returned"])
        record(by, Trail.EVIDENCE_RETURNED, row.round.assessment, at, aspect=held.aspect, reason=reason)
        return held


def conclude(*, by: Actor, review: Review, is_final: bool = False, at: datetime) -> Assessment:
    """End a review: with the label where every aspect was accepted; otherwise back to the school or,
    `is_final`, with the label that is reached without what was not accepted. All files are deleted;
    checksums and verdicts stay.

    Raises PermissionRefused, NotNow, ReviewRefused.
    """
    with transaction.atomic():
        row = _open(by, review)
        held = row.round
        assessment = lock(held.assessment)
        form, answers = assessments.form_of(held), assessments.levels_of(held)
        decided = reviews.decided(held)
        if not decisions.is_decided(form, decided):
            raise ReviewRefused("missing")
        level = decisions.conclusion(form, answers, decided, is_final=is_final)
        _end(by, row, None, at)
        files = list(Evidence.objects.filter(round=held, file__isnull=False).select_related("file"))
        delete_files(by, held, files, at)
        if level is not None:
            labels.issue(assessment, held, level, at, is_reviewed=True)
        else:
            step(by, assessment, AssessmentState.EVIDENCE_RETURNED, at)
        return assessment


def _granted(by: Actor) -> Assessor:
    found = reviews.granted(by) if isinstance(by, MemberActor) else None
    if found is None:
        raise PermissionRefused("selfcheck.assess")
    return found


def _open(by: Actor, review: Review) -> Review:
    """The assessor's own open review, locked; also the rule about the school is asked again."""
    assessor = _granted(by)
    row = lock(review)
    assessment = row.round.assessment
    match decisions.why_not_judged(
        assessment.state,
        is_own=row.assessor_id == assessor.pk,
        is_over=row.ended_at is not None,
        is_conflict=reviews.has_conflict(assessor, assessment),
    ):
        case "stranger":
            raise PermissionRefused("selfcheck.assess")
        case "over":
            raise NotNow
        case "same_school":
            raise ReviewRefused("same_school")
    return row


def _end(by: Actor, row: Review, act: Trail | None, at: datetime) -> Review:
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    if act is not None:
        record(by, act, row.round.assessment, at)
    return row


def _move(by: Actor, assessor: Assessor, to: str, at: datetime) -> Assessor:
    with transaction.atomic():
        row = lock(assessor)
        move(row, to=to, by=by, at=at)
        record(by, Trail.ASSESSOR_MOVED, row, at, to=str(to))
        return row
