"""What activities hold about a member, and how an organisation is used: for “my data” and for the
register."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from sauga.events.activities.models import Activity
from sauga.events.activities.queries.activities import of_member
from sauga.events.states import ActivityState
from sauga.kernel.clock import local_day
from sauga.kernel.members.models import Member
from sauga.kernel.organisations.models import Organisation


def export(member: Member, _at: datetime) -> dict[str, Any]:
    """Its part of “my data”."""
    rows = of_member(member)
    if not rows:
        return {}
    return {
        "activities": [
            {
                "title": row.title,
                "description": row.description,
                "day": row.day.isoformat(),
                "state": row.state,
                "registered_at": row.registered_at.isoformat(),
            }
            for row in rows
        ]
    }


def kept(member: Member) -> list[str]:
    """What stays after a deletion."""
    if not Activity.objects.filter(member=member).exclude(state=ActivityState.UNCONFIRMED).exists():
        return []
    return [
        gettext("Activities of Safer Internet Day stay as those of their organisation, without your address.")
    ]


def use_of(organisation: Organisation, at: datetime) -> str:
    """Whether activities of an organisation are ahead, in words; the register asks before it closes one."""
    rows = Activity.objects.counted().filter(organisation=organisation, day__gte=local_day(at))
    return gettext("its activities of Safer Internet Day are ahead") if rows.exists() else ""
