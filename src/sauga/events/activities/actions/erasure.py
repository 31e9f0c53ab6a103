"""Forgets who registered what: a member deletes the account."""

from datetime import datetime

from sauga.events.activities.models import Activity, ActivityContact
from sauga.kernel import sealed
from sauga.kernel.members.models import Member


def forget_member(member: Member, _at: datetime) -> None:
    """Destroy the addresses behind a member's activities, in the transaction of the deletion. The
    activities stay as those of their organisations."""
    rows = list(Activity.objects.select_for_update().filter(member=member))
    sealed.destroy_keys([row.holder for row in rows])
    ActivityContact.objects.filter(activity__in=rows).delete()
    Activity.objects.filter(pk__in=[row.pk for row in rows]).update(member=None)
