"""What every action on an activity shares: who may do it, the audit entry, and the mail that follows."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.activities.models import Activity, HeadCount, HeadsKind
from sauga.events.activities.rules.codes import CHANNEL, MOST_HEADS
from sauga.events.activities.rules.details import wrong_heads
from sauga.events.permissions import Permission
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

SEND_MAIL = "events.send_activity_mail"


class HeadsRefused(ActionRefused):
    """The numbers of people cannot be so."""

    messages = {
        "none": _("Write how many people, in at least one age group."),
        "negative": _("Enter zero or more people in each age group."),
        "absurd": _("More than %(most)s people in one age group? Please check the number."),
    }
    fields = {"none": "heads", "negative": "heads", "absurd": "heads"}

    def __init__(self, why: str) -> None:
        super().__init__(why, **({"most": MOST_HEADS} if why == "absurd" else {}))


def require_organiser(by: Actor, activity: Activity | None = None) -> None:
    """Return if the actor holds the activity's link, is the member who registered it, or is one of the
    staff who moderate; raise PermissionRefused for anybody else."""
    if isinstance(by, MemberActor):
        is_own = activity is None or activity.member_id == by.member_id
        if by.birth_month is not None or not is_own:
            raise PermissionRefused(str(Permission.REGISTER_ACTIVITY))
        return
    require(by, Permission.REGISTER_ACTIVITY)


def record(by: Actor, act: Trail, row: Activity, at: datetime, **facts: str | int | bool) -> None:
    """The audit line of an act, and the signal that refreshes open pages of the desk."""
    audit.record(by, act, row, zone=ZONE, at=at, facts={"year": row.year, **facts})
    live.signal(CHANNEL)


def check_heads(heads: Mapping[str, int]) -> None:
    """Raises HeadsRefused."""
    if wrong := wrong_heads(heads):
        raise HeadsRefused(wrong)


def keep_heads(row: Activity, kind: HeadsKind, heads: Mapping[str, int]) -> None:
    """Put these numbers in place of the former ones of this kind."""
    HeadCount.objects.filter(activity=row, kind=kind).delete()
    HeadCount.objects.bulk_create(
        HeadCount(activity=row, kind=kind, group=group, n=n) for group, n in heads.items() if n
    )


def send_mail(row: Activity, what: str) -> None:
    """Have a mail about the activity sent once the transaction is through."""
    app.configure_task(SEND_MAIL, queue="mail").defer(activity_id=row.pk, what=what)
