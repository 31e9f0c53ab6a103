"""The secret address of a volunteer's own calendar: shown once, renewable, removed when its owner says so."""

import secrets
from datetime import datetime

from django.db import transaction

from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import CalendarLink
from sauga.helpline.rota.queries.calendars import index_of
from sauga.helpline.trail import Trail
from sauga.kernel import audit, sealed
from sauga.kernel.identity import PersonActor, require

ZONE = sealed.Zone.HELPLINE
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 32  # letters, 158 bits


def renew_link(*, by: PersonActor, at: datetime) -> str:
    """A new secret; an older address stops working. Only its index is kept, so it cannot be shown again."""
    require(by, Permission.CLAIM_SHIFT)
    secret = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    with transaction.atomic():
        link, _ = CalendarLink.objects.update_or_create(
            person_id=by.person_id, defaults={"index": index_of(secret), "made_at": at}
        )
        audit.record(by, Trail.VOLUNTEER_CHANGED, link, zone=ZONE, at=at, facts={"what": "CALENDAR_LINK"})
    return secret


def drop_link(*, by: PersonActor, at: datetime) -> bool:
    """The address stops working. Whether there was one."""
    require(by, Permission.CLAIM_SHIFT)
    with transaction.atomic():
        link = CalendarLink.objects.select_for_update().filter(person_id=by.person_id).first()
        if link is None:
            return False
        audit.record(
            by, Trail.VOLUNTEER_CHANGED, link, zone=ZONE, at=at, facts={"what": "CALENDAR_LINK_GONE"}
        )
        CalendarLink.objects.filter(pk=link.pk).delete()
        return True
