"""What dates bring, once a day: a member who is 18 is an alumnus, one who turned 14 without an answer is
paused, one who left is erased."""

from datetime import datetime, timedelta

from django.db import transaction

from sauga.kernel import audit, sealed
from sauga.kernel.clock import local_day
from sauga.kernel.identity import require
from sauga.kernel.members.actions.account import delete_for_service
from sauga.kernel.members.actions.consents import tell_guardian_at_14
from sauga.kernel.notifications import notify
from sauga.kernel.states import Actor, SystemActor
from sauga.panel.members.actions import membership
from sauga.panel.members.models import Member
from sauga.panel.members.queries import members
from sauga.panel.members.rules.ages import FULL_AGE, is_under
from sauga.panel.members.rules.purposes import PANEL, TAKE_PART
from sauga.panel.permissions import FACILITATOR, Permission
from sauga.panel.states import ENDED, SIGNS_IN, MemberState
from sauga.panel.trail import ZONE, Trail


def advance_all(*, by: SystemActor, at: datetime) -> int:
    """Move everybody whom a date moves, and tell guardians of those who are 14 soon; running it twice changes
    nothing. Returns how many were moved."""
    require(by, Permission.ADVANCE_MEMBERS)
    tell_guardians(by=by, at=at)
    n, today = 0, local_day(at)
    for row in Member.objects.exclude(state__in=ENDED).select_related("account").order_by("pk"):
        is_grown = not is_under(row.birth_month, FULL_AGE, today)
        if is_grown and row.state not in (MemberState.ACTIVE, MemberState.PAUSED):
            membership.let_go(by=by, member=row, at=at)
        elif is_grown:
            membership.grow_up(by=by, member=row, at=at)
        elif row.state == MemberState.ACTIVE and not members.consents_to(row, TAKE_PART, at):
            membership.pause_until_answered(by=by, member=row, at=at)
        else:
            continue
        n += 1
    return n


def tell_guardians(*, by: SystemActor, at: datetime) -> int:
    """Tell the guardian of each member who is 14 within 30 days, once, that the member decides alone from
    then on. Nothing that the member said is in it. Returns how many."""
    require(by, Permission.ADVANCE_MEMBERS)
    n = 0
    soon = Member.objects.filter(members.turning_14(at), told_14_at__isnull=True, state__in=SIGNS_IN)
    for pk in list(soon.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Member.objects.select_for_update(of=("self",)).select_related("account")
            row = rows.get(pk=pk)
            if row.told_14_at is not None or row.account is None or not members.is_asked_again(row, at):
                continue
            is_mailed = tell_guardian_at_14(by=by, member=row.account, at=at)
            row.told_14_at = at
            row.save(update_fields=["told_14_at"])
            facts = {"by": "MAIL" if is_mailed else "LETTER"}
            audit.record(by, Trail.GUARDIAN_TOLD, row, zone=ZONE, at=at, facts=facts)
            if not is_mailed:
                link = f"/desk/panel/members/{row.ref}/letter/"
                notify(to=FACILITATOR, template="panel.guardian_letter", link=link, at=at)
            n += 1
    return n


def erase(*, by: Actor, older_than: timedelta, at: datetime) -> int:
    """Erase who those were who left or grew up so long ago: name, guardian, account, and the keys first.
    Returns how many."""
    require(by, Permission.ADVANCE_MEMBERS)
    due = Member.objects.filter(state__in=ENDED, ended_at__lte=at - older_than, erased_at__isnull=True)
    with transaction.atomic():
        rows = list(due.select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            sealed.destroy_keys([row.holder])
            account, row.account = row.account, None
            row.identity, row.erased_at = b"", at
            row.save(update_fields=["account", "identity", "erased_at"])
            if account is not None:
                delete_for_service(by=SystemActor(PANEL), member=account, at=at)
            audit.record(by, Trail.ERASED, row, zone=ZONE, at=at)
    return len(rows)


def retain_identities(at: datetime, keep: timedelta) -> int:
    """`erase` as a retention rule."""
    return erase(by=SystemActor(PANEL), older_than=keep, at=at)
