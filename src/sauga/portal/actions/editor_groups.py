"""A member of staff's groups in Wagtail: they follow the permissions here at every request, so that an ended
role opens nothing.
"""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.portal.permissions import Permission
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.rules.editor_groups import EDITOR_GROUPS
from sauga.portal.trail import Trail


def sync_editor_groups(*, by: PersonActor, at: datetime) -> None:
    """Set the person's groups to those of their current permissions. One read where nothing changed, which is
    nearly always.

    Raises PermissionRefused for someone who may not use Wagtail at all.
    """
    require(by, Permission.USE_CMS)
    wanted = {str(permission) for permission in EDITOR_GROUPS if by.can(permission)}
    person = by.person
    held = set(person.groups.values_list("name", flat=True))
    if wanted == held:
        return
    with transaction.atomic():
        person.groups.set(Group.objects.filter(name__in=wanted))
        facts = {"given": len(wanted - held), "taken": len(held - wanted)}
        audit.record(by, Trail.SEAT_CHANGED, None, zone=ZONE, at=at, facts=facts)
