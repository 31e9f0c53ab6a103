"""Checking the hotline's own trail on an auditor's wish; the answer comes as a notice, because long chains take a while."""

from datetime import datetime

from django.db import transaction

from sauga.hotline.actions.jobs import Job, defer
from sauga.hotline.rules.permissions import Permission
from sauga.kernel import audit, notices, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.identity.models import Person

ZONE = sealed.Zone.HOTLINE


def ask_for_check(*, by: PersonActor, at: datetime) -> None:
    """Queue a check of the chain; its result goes to the one who asked."""
    require(by, Permission.SEE_TRAIL)
    with transaction.atomic():
        defer(Job.CHECK_TRAIL, person_id=by.person_id)


def tell_verdict(*, person_id: int, at: datetime) -> audit.Verdict:
    """Verify the chain and tell the person: whole with so many lines, or broken at a line."""
    verdict = audit.verify(ZONE)
    template = "hotline.trail_whole" if verdict.ok else "hotline.trail_broken"
    context = {"rows": verdict.rows} if verdict.ok else {"line": verdict.first_bad_sequence or 0}
    with transaction.atomic():
        notices.notify(to=Person.objects.get(pk=person_id), template=template, context=context, link="/desk/hotline/trail/", at=at)
    return verdict
