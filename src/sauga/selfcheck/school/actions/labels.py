"""Labels: issued with their credential, renewable from the twelfth month, expired after the eighteenth, or
revoked."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext, override, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import credentials
from sauga.kernel.clock import VILNIUS, local_day
from sauga.kernel.credentials import Credential, CredentialState, PrintedField, PrintedFields, Why, Words
from sauga.kernel.i18n import long_date
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school.actions.evidence import delete_files
from sauga.selfcheck.school.actions.transitions import held_by, record, step
from sauga.selfcheck.school.models import Assessment, Label, Round
from sauga.selfcheck.school.queries import assessments
from sauga.selfcheck.school.queries.reviews import decided, files_of
from sauga.selfcheck.school.rules import decisions, terms
from sauga.selfcheck.school.rules.codes import Level
from sauga.selfcheck.school.rules.credential import LABEL
from sauga.selfcheck.school.rules.reviews import without_review
from sauga.selfcheck.states import TAKING_LABEL, AssessmentState
from sauga.selfcheck.trail import Trail

BY = SystemActor("selfcheck")


class EvidenceNotAccepted(ActionRefused):
    """Gold without accepted evidence."""

    message = _("Gold needs a review in which every aspect was accepted.")


class LabelOver(ActionRefused):
    """The label was revoked or is over."""

    message = _("This label was revoked already, or it has expired.")


def take_label(*, by: Actor, assessment: Assessment, at: datetime) -> Label:
    """Take the label that the answers reach without a review: at most silver. Files that were added are
    deleted.

    Raises PermissionRefused, NotNow.
    """
    with transaction.atomic():
        row = held_by(by, assessment, *TAKING_LABEL)
        held = assessments.present_round(row)
        delete_files(by, held, [one for one in files_of(held) if one.file is not None], at)
        return issue(row, held, without_review(held.level), at, is_reviewed=False)


def issue(row: Assessment, held: Round, level: Level, at: datetime, *, is_reviewed: bool) -> Label:
    """Label a locked assessment, in the caller's transaction. Raises EvidenceNotAccepted, MoveNotAllowed."""
    require(BY, Permission.ISSUE_LABEL)
    if not decisions.may_issue(level, assessments.form_of(held), decided(held), is_reviewed=is_reviewed):
        raise EvidenceNotAccepted
    since = local_day(at)
    before = assessments.label_of(row.school_id)
    made = Label.objects.create(
        round=held,
        school_id=row.school_id,
        level=level,
        is_reviewed=is_reviewed,
        since=since,
        until=terms.valid_to(since),
        listed_at=before.listed_at if before is not None else None,
    )
    step(BY, row, AssessmentState.LABELLED, at)
    earlier = _credential(before) if before is not None else None
    credentials.issue(
        by=BY,
        kind=LABEL,
        printed=printed(made, at),
        subject=subject_of(made),
        at=at,
        valid_until=datetime.combine(made.until, time(0), tzinfo=VILNIUS),
        language="lt",
    )
    if earlier is not None and earlier.state == CredentialState.VALID and before is not None:
        credentials.revoke(by=BY, credential=earlier, why=Why.RENEWED, at=at)
    record(BY, Trail.LABELLED, row, at, level=str(level), round=held.number, reviewed=is_reviewed)
    return made


def revoke_label(*, by: Actor, label: Label, why: str, at: datetime) -> Label:
    """Take a label back at once: its page, picture and badge say so. Raises PermissionRefused, LabelOver."""
    require(by, Permission.REVOKE_LABEL)
    with transaction.atomic():
        row = lock(label)
        if decisions.is_over(row.until, local_day(at), is_revoked=row.revoked_at is not None):
            raise LabelOver
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        held = _credential(row)
        if held is not None and held.state == CredentialState.VALID:
            credentials.revoke(by=BY, credential=held, why=why, at=at)
        record(by, Trail.REVOKED, row.round.assessment, at, why=why)
        return row


def advance_all(*, by: Actor, at: datetime) -> int:
    """Open the next round for labels in their twelfth month, and end assessments whose label is over. Returns
    how many moved. Raises PermissionRefused."""
    require(by, Permission.ADVANCE_LABELS)
    moved, today = 0, local_day(at)
    keys = Assessment.objects.filter(
        state__in=(AssessmentState.LABELLED, AssessmentState.REDO_OPEN)
    ).values_list("pk", flat=True)
    for key in list(keys):
        with transaction.atomic():
            row = Assessment.objects.select_for_update().get(pk=key)
            label = Label.objects.filter(round__assessment=row).order_by("-since", "-pk").first()
            to = decisions.due_move(row.state, label.since, label.until, today) if label is not None else None
            if to is None:
                continue
            if to == AssessmentState.EXPIRED:
                row.ended_at = at
                row.save(update_fields=["ended_at"])
            step(by, row, to, at)
            moved += 1
    return moved


def subject_of(label: Label) -> str:
    """What the credential is about."""
    return f"selfcheck.label:{label.ref}"


def printed(label: Label, at: datetime) -> PrintedFields:
    """What stands on the badge."""
    reviewed = _words(
        lambda: (
            gettext("by an ambassador from another school")
            if label.is_reviewed
            else gettext("by the school itself")
        )
    )
    return PrintedFields(
        holder=label.school.name_at(at),
        about=_words(
            lambda: pgettext("badge", "School label, %(level)s") % {"level": Level(label.level).label.lower()}
        ),
        fields=(
            PrintedField(
                "level", _words(lambda: gettext("Level")), _words(lambda: str(Level(label.level).label))
            ),
            PrintedField("since", _words(lambda: gettext("Since")), _words(lambda: long_date(label.since))),
            PrintedField(
                "until", _words(lambda: gettext("Until")), _words(lambda: long_date(last_day(label)))
            ),
            PrintedField("reviewed", _words(lambda: gettext("How it was assessed")), reviewed),
            PrintedField(
                "version",
                _words(lambda: gettext("Version of the questionnaire")),
                Words.same(str(label.round.questionnaire.version)),
            ),
        ),
        intro=_words(lambda: gettext("This is to certify that")),
        why=_words(lambda: gettext("has looked at its own work for children’s safety online")),
    )


def last_day(label: Label) -> date:
    """The last day on which a label counts."""
    return date.fromordinal(label.until.toordinal() - 1)


def _credential(label: Label) -> Credential | None:
    return credentials.credential_for(subject_of(label), LABEL)


def _words(text: Callable[[], str]) -> Words:
    with override("lt"):
        lt = text()
    with override("en"):
        return Words(lt, text())
