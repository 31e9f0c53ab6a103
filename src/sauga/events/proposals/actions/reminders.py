"""Reminds a speaker once to confirm, and tells the organisers once when the time for the answer has passed:
nothing is decided by itself."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.proposals.actions.transitions import signal
from sauga.events.proposals.models import Proposal
from sauga.events.proposals.queries import confirmations
from sauga.kernel import notifications
from sauga.kernel.identity import require
from sauga.kernel.states import Actor

SEND_REMINDER = "events.proposal_reminder"
LAPSED = "events.proposals_unconfirmed"


def remind(*, by: Actor, at: datetime) -> int:
    """Remind the speakers whose answer is due soon; how many. Raises PermissionRefused."""
    require(by, Permission.ADVANCE)
    with transaction.atomic():
        keys = confirmations.to_remind(at)
        held = Proposal.objects.select_for_update().filter(
            confirmations.WAITING, pk__in=keys, reminded_at=None
        )
        rows = list(held.order_by("pk"))
        for row in rows:
            row.reminded_at = at
            row.save(update_fields=["reminded_at"])
            app.configure_task(SEND_REMINDER, queue="mail").defer(proposal_id=row.pk)
        return len(rows)


def tell_lapsed(*, by: Actor, at: datetime) -> int:
    """Tell organisers of accepted proposals that were not confirmed in time, of each once; how many. Raises
    PermissionRefused."""
    require(by, Permission.ADVANCE)
    with transaction.atomic():
        held = confirmations.lapsed(at).select_for_update(of=("self",))
        rows = list(held.select_related("call__event").order_by("pk"))
        for event, n in Counter(row.call.event for row in rows).items():
            link = f"{reverse('events-proposals', args=[event.ref])}?view=accepted"
            context: dict[str, str | int] = {"ref": event.ref, "n": n}
            notifications.notify(to="ORGANISER", template=LAPSED, context=context, link=link, at=at)
        Proposal.objects.filter(pk__in=[row.pk for row in rows]).update(lapse_told_at=at)
        if rows:
            signal()
        return len(rows)
