"""Appeals: a learner asks to look again at a result; a tutor decides with name and reason. Granted, one more
try is given, and who had failed learns on."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.training.learning.actions.activities import ReasonNeeded, give_tries, own
from sauga.training.learning.actions.assignments import check_text
from sauga.training.learning.actions.progress import CHANNEL, NotLearning, progress_of
from sauga.training.learning.models import Appeal, Enrolment
from sauga.training.learning.queries import texts
from sauga.training.learning.queries.progress import is_kind
from sauga.training.learning.rules.progress import Kind
from sauga.training.permissions import Permission
from sauga.training.states import EnrolmentState
from sauga.training.trail import ZONE, Trail

LONGEST = 4_000


class AppealOpen(ActionRefused):
    """One appeal at a time."""

    message = _("You have asked already. The tutor will answer soon.")


class Decided(ActionRefused):
    """An appeal is decided once."""

    message = _("This appeal is decided already.")


def ask(*, by: MemberActor, enrolment: Enrolment, activity: str, text: str, at: datetime) -> Appeal:
    """Ask to look again. Raises NotYours, NotLearning, TextUnfit, AppealOpen."""
    own(by, enrolment)
    held = check_text(text, LONGEST)
    if enrolment.state not in (EnrolmentState.ACTIVE, EnrolmentState.STALLED, EnrolmentState.FAILED):
        raise NotLearning
    made = Appeal(enrolment=enrolment, activity=activity, asked_at=at)
    made.text = texts.seal(texts.key_of(enrolment.holder), made, "text", held)
    try:
        with transaction.atomic():
            made.save()
            facts = {"what": "appeal"}
            audit.record(by, Trail.ENROLMENT_CHANGED, enrolment, zone=ZONE, at=at, facts=facts)
            live.signal(CHANNEL)
    except IntegrityError:
        raise AppealOpen from None
    return made


def decide(*, by: Actor, appeal: Appeal, is_granted: bool, reason: str, at: datetime) -> Appeal:
    """Answer an appeal. Raises Decided, ReasonNeeded."""
    require(by, Permission.TUTOR, appeal.enrolment)
    if not reason.strip():
        raise ReasonNeeded
    with transaction.atomic():
        row = lock(appeal)
        if row.decided_at is not None:
            raise Decided
        row.decided_at, row.is_granted = at, is_granted
        row.decided_by_id = getattr(by, "person_id", None)
        row.reason = texts.seal(texts.key_of(row.enrolment.holder), row, "reason", reason.strip()[:LONGEST])
        row.save()
        audit.record(by, Trail.APPEAL_DECIDED, row.enrolment, zone=ZONE, at=at, facts={"granted": is_granted})
        if is_granted:
            _one_more(by, row.enrolment, row.activity, reason, at)
        live.signal(CHANNEL)
        return row


def _one_more(by: Actor, enrolment: Enrolment, activity: str, reason: str, at: datetime) -> None:
    """One more try of the quiz in question; where none is named, of every quiz without a try left."""
    codes = [activity] if activity and is_kind(enrolment, activity, Kind.QUIZ) else []
    if not codes:
        rows = enrolment.progress.filter(done_at__isnull=True, used__gt=0)
        codes = [row.activity for row in rows if is_kind(enrolment, row.activity, Kind.QUIZ)]
    for code in codes:
        progress_of(enrolment, code, at)
        give_tries(by=by, enrolment=enrolment, activity=code, tries=1, reason=reason, at=at)
