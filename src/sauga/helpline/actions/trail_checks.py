"""Checking the helpline's own trail on an auditor's wish; the answer comes as a notice, because long chains take a while."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from sauga.helpline.rules.permissions import Permission
from sauga.kernel import audit, notices, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.identity.models import Person

ZONE = sealed.Zone.HELPLINE
JOB = "helpline.check_trail"


def ask_for_check(*, by: PersonActor, at: datetime) -> None:
    """Queue a check of the chain; its result goes to the one who asked."""
    require(by, Permission.SEE_TRAIL)
    with transaction.atomic():
        app.configure_task(JOB, queue="helpline").defer(person_id=by.person_id)


def tell_verdict(*, person_id: int, at: datetime) -> audit.Verdict:
    """Verify the chain and tell the person: whole with so many lines, or broken at a line."""
    verdict = audit.verify(ZONE)
    template = "helpline.trail_whole" if verdict.ok else "helpline.trail_broken"
    context = {"rows": verdict.rows} if verdict.ok else {"line": verdict.first_bad_sequence or 0}
    with transaction.atomic():
        notices.notify(to=Person.objects.get(pk=person_id), template=template, context=context, link="/desk/helpline/trail/", at=at)
    return verdict
