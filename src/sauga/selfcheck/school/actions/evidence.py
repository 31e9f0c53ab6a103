"""Evidence: files beside comments, checked for what they tell about people, and sent for review."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import media
from sauga.kernel.i18n import and_list, typed_text
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.selfcheck.school.actions.transitions import NotNow, held_by, join, record, require_school, step
from sauga.selfcheck.school.models import Answer, Assessment, Evidence, Round
from sauga.selfcheck.school.queries import assessments, reviews
from sauga.selfcheck.school.rules import decisions
from sauga.selfcheck.school.rules.codes import LONGEST_COMMENT, MISSING_PLEDGE
from sauga.selfcheck.school.rules.metadata import tells_of_people
from sauga.selfcheck.school.rules.reviews import reviewed_aspects
from sauga.selfcheck.states import GIVING_EVIDENCE, AssessmentState
from sauga.selfcheck.trail import ZONE, Trail

OWNER = "selfcheck.evidence"
KINDS = {media.Kind.PDF, media.Kind.IMAGE}
EVERY_PLEDGE = tuple(MISSING_PLEDGE)


class EvidenceRefused(ActionRefused):
    """A file or a comment cannot be taken."""

    messages = {
        "aspect": _("This aspect needs no evidence."),
        "many": _("At most three files for each aspect. Remove one first."),
        "comment_first": _("Describe it in words first: two to four sentences, without names."),
        "comment": _("This is too long. Two to four sentences are enough."),
        "gone": _("This file is not there any more."),
    }


class NotReady(ActionRefused):
    """Comments or files are missing."""

    messages = {
        "comments": _("Write a few sentences first for: %(aspects)s."),
        "files": _("For gold, a file is missing for: %(aspects)s."),
    }


def add_evidence(
    *,
    by: Actor,
    assessment: Assessment,
    aspect: str,
    content: bytes,
    name: str,
    pledges: Collection[str],
    at: datetime,
) -> Evidence:
    """Take a file for an aspect whose comment is there. One that the person adding it has not looked through,
    or that says who or where made it, is returned with the reason and not kept.

    Raises PermissionRefused, NotNow, EvidenceRefused, FileRefused.
    """
    require_school(by, assessment.school_id)
    found = media.inspect(content, name, kinds=KINDS)
    names_somebody = found.kind == media.Kind.PDF and tells_of_people(content)
    returned = decisions.why_returned(pledges, tells_of_people=names_somebody)
    with transaction.atomic():
        row = held_by(by, assessment, *GIVING_EVIDENCE)
        held = _shown(row, aspect)
        comment = Answer.objects.filter(round=held, aspect=aspect).values_list("comment", flat=True).first()
        there = Evidence.objects.filter(round=held, aspect=aspect, returned="", deleted_at__isnull=True)
        if why := decisions.why_not_added(comment or "", there.count()):
            raise EvidenceRefused(why)
        file = None if returned else media.store(by=by, found=found, owner=OWNER, zone=ZONE, at=at)
        made = Evidence.objects.create(
            round=held,
            aspect=aspect,
            file=file,
            kind=found.kind,
            size=len(found.content),
            sha256=found.sha256,
            returned=returned,
            added_at=at,
            deleted_at=at if returned else None,
        )
        if returned:
            record(by, Trail.EVIDENCE_RETURNED, row, at, aspect=aspect, reason=returned)
        else:
            record(by, Trail.EVIDENCE_ADDED, row, at, aspect=aspect)
        return made


def remove_evidence(*, by: Actor, assessment: Assessment, evidence: Evidence, at: datetime) -> None:
    """Take a file back, or a returned one off the list. Raises PermissionRefused, NotNow, EvidenceRefused."""
    with transaction.atomic():
        row = held_by(by, assessment, *GIVING_EVIDENCE)
        held = assessments.present_round(row)
        if evidence.round_id != held.pk or not Evidence.objects.filter(pk=evidence.pk).exists():
            raise EvidenceRefused("gone")
        delete_files(by, held, [evidence], at)
        evidence.delete()


def save_comment(*, by: Actor, assessment: Assessment, aspect: str, comment: str, at: datetime) -> Answer:
    """Write or change the comment of an aspect that is reviewed. Raises PermissionRefused, NotNow,
    EvidenceRefused."""
    with transaction.atomic():
        row = held_by(by, assessment, *GIVING_EVIDENCE)
        held = _shown(row, aspect)
        text = typed_text(comment)
        if len(text) > LONGEST_COMMENT:
            raise EvidenceRefused("comment")
        answer = lock(Answer.objects.get(round=held, aspect=aspect))
        if answer.comment != text:
            answer.comment, answer.answered_at = text, at
            answer.revision += 1
            answer.save(update_fields=["comment", "answered_at", "revision"])
        join(require_school(by, row.school_id), row, at)
        return answer


def send_for_review(*, by: Actor, assessment: Assessment, at: datetime) -> Assessment:
    """Have an ambassador from another school look at it. Comments come first; gold needs a file for each
    aspect.

    Raises PermissionRefused, NotNow, NotReady.
    """
    with transaction.atomic():
        row = held_by(by, assessment, *GIVING_EVIDENCE)
        held = assessments.present_round(row)
        form = assessments.form_of(held)
        comments = {one.aspect: one.comment for one in Answer.objects.filter(round=held)}
        kept = Evidence.objects.filter(round=held, returned="", deleted_at__isnull=True)
        with_files = set(kept.values_list("aspect", flat=True))
        why, lacking = decisions.lacking(held.level, reviews.to_show(held), comments, with_files)
        if why:
            raise NotReady(why, aspects=and_list([form.aspects[code].name for code in lacking]))
        step(by, row, AssessmentState.EVIDENCE_REVIEW, at)
        return row


def delete_files(by: Actor, held: Round, rows: Collection[Evidence], at: datetime) -> int:
    """Delete the bytes behind evidence; the rows keep name and checksum. Returns how many were deleted."""
    n = 0
    for row in rows:
        if row.file is None:
            continue
        file, row.file, row.deleted_at = row.file, None, at
        row.save(update_fields=["file", "deleted_at"])
        n += media.delete(by=by, file=file, at=at)
    if n:
        record(by, Trail.EVIDENCE_DELETED, held.assessment, at, n=n)
    return n


def _shown(row: Assessment, aspect: str) -> Round:
    """The present round. Raises EvidenceRefused for an aspect without a review."""
    held = assessments.present_round(row)
    if aspect not in reviewed_aspects(assessments.form_of(held)):
        raise EvidenceRefused("aspect")
    return held


__all__ = [
    "EvidenceRefused",
    "NotNow",
    "NotReady",
    "add_evidence",
    "delete_files",
    "remove_evidence",
    "save_comment",
    "send_for_review",
]
