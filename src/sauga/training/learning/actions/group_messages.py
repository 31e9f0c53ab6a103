"""Messages to a group, reminders to who has stopped, certificates; the mails that follow from moves."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, members
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor, lock
from sauga.training.learning.actions.assignments import check_text
from sauga.training.learning.actions.progress import enter
from sauga.training.learning.documents import letter_about, letter_with
from sauga.training.learning.models import Cohort, Enrolment, EnrolmentStep, GroupMessage
from sauga.training.learning.queries import texts
from sauga.training.learning.queries.tutor import addressed
from sauga.training.learning.rules.progress import STALLS_AFTER
from sauga.training.permissions import Permission
from sauga.training.states import EnrolmentState
from sauga.training.trail import ZONE, Trail

LONGEST = 4_000
SEND_MESSAGE = "training.group_message"
AUDIENCES = {
    "all": _("Everybody who learns"),
    "stuck": _("Those who have not done anything for two weeks"),
    "open": _("Those who have not completed yet"),
}


class NobodyThere(ActionRefused):
    """A message without recipients."""

    message = _("Nobody in the group fits this choice.")
    field = "audience"


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def message(*, by: PersonActor, cohort: Cohort, audience: str, text: str, at: datetime) -> GroupMessage:
    """Write to a group: on the learners' pages and by mail. Raises TextUnfit, NobodyThere."""
    require(by, Permission.TUTOR, cohort)
    held = check_text(text, LONGEST)
    with transaction.atomic():
        receivers = list(addressed(cohort, audience, at))
        if not receivers or audience not in AUDIENCES:
            raise NobodyThere
        made = GroupMessage(cohort=cohort, audience=audience, sent_at=at, author_id=by.person_id)
        made.text = texts.seal(texts.key_of(texts.cohort_holder(cohort)), made, "text", held)
        made.save()
        made.receivers.set(receivers)
        facts: dict[str, str | int | bool] = {"audience": audience, "n": len(receivers)}
        audit.record(by, Trail.LEARNERS_MESSAGED, cohort, zone=ZONE, at=at, facts=facts)
        for row in receivers:
            app.configure_task(SEND_MESSAGE, queue="training").defer(message_id=made.pk, enrolment_id=row.pk)
        return made


def send_message(*, by: Actor, message_id: int, enrolment_id: int, at: datetime) -> bool:
    """Send a group message to one learner. Raises NotHanded."""
    require(by, Permission.ADVANCE_ENROLMENTS)
    row = GroupMessage.objects.select_related("cohort__version").filter(pk=message_id).first()
    enrolment = Enrolment.objects.select_related("member").filter(pk=enrolment_id).first()
    if row is None or enrolment is None or enrolment.state == EnrolmentState.WITHDRAWN:
        return False
    key = texts.keys_of([texts.cohort_holder(row.cohort)]).get(texts.cohort_holder(row.cohort))
    text = texts.unseal(key, row, "text")
    return bool(text) and _deliver(enrolment, lambda address: letter_with(enrolment, row, text, address, at))


def send_step(*, by: Actor, step_id: int, at: datetime) -> bool:
    """Send the mail of a move, once. Nothing once the enrolment has moved on. Raises NotHanded."""
    require(by, Permission.ADVANCE_ENROLMENTS)
    with transaction.atomic():
        step = EnrolmentStep.objects.select_for_update(of=("self",)).filter(pk=step_id).first()
        if step is None or step.mailed_at is not None:
            return False
        row = Enrolment.objects.select_related("member", "cohort__version").get(pk=step.subject_id)
        if row.state != step.after and not (
            row.state == EnrolmentState.CERTIFIED and step.after == EnrolmentState.COMPLETED
        ):
            return False
        step.mailed_at = at
        step.save(update_fields=["mailed_at"])
        return _deliver(row, lambda address: letter_about(row, step, address, at))


def _deliver(row: Enrolment, write: Any) -> bool:
    if row.member is None:
        return False
    try:
        letter = write(members.address_of(row.member))
    except (KeyNotAvailable, MailRefused):
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return bool(handed.accepted)


def notice_stalls(*, by: Actor, at: datetime) -> int:
    """Who has not done anything for two weeks is stalled and gets one reminder. How many there were."""
    require(by, Permission.ADVANCE_ENROLMENTS)
    n = 0
    today = at.astimezone(VILNIUS).date()
    for found in Enrolment.objects.quiet_since(at - STALLS_AFTER).select_related("cohort"):
        if found.cohort.starts + timedelta(days=STALLS_AFTER.days) > today:
            continue
        with transaction.atomic():
            row = lock(found)
            if row.state == EnrolmentState.ACTIVE and row.seen_at < at - STALLS_AFTER:
                enter(by, row, EnrolmentState.STALLED, at)
                n += 1
    return n
