"""After the day: how many took part, corrections, "it did not take place", and reminders."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.activities.actions.activity_changes import (
    check_heads,
    keep_heads,
    record,
    require_organiser,
    send_mail,
)
from sauga.events.activities.actions.registrations import move_activity
from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.queries import activities
from sauga.events.activities.rules.editions import reminders_due
from sauga.events.permissions import Permission
from sauga.events.states import ActivityState
from sauga.events.trail import Trail
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import short_date
from sauga.kernel.identity import allowed, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move


class NotYet(ActionRefused):
    """The day of the activity has not come."""

    message = _("Numbers are reported from the day of the activity on: %(day)s.")


class ReportOver(ActionRefused):
    """Organisers report for four months; later corrections are made by staff."""

    message = _("Numbers were collected until %(day)s. Please write to us about a correction.")


def report(*, by: Actor, activity: Activity, heads: Mapping[str, int], at: datetime) -> Activity:
    """Say how many took part, by age group. A second report corrects the first one.

    Raises PermissionRefused, NotYet, ReportOver, HeadsRefused, MoveNotAllowed.
    """
    _require_time(by, activity, at)
    check_heads(heads)
    with transaction.atomic():
        row = lock(activity)
        was = row.state
        if was != ActivityState.HELD:
            move(row, to=ActivityState.HELD, by=by, at=at)
        row.reported_at = at
        row.save(update_fields=["reported_at"])
        keep_heads(row, HeadsKind.REPORTED, heads)
        record(by, Trail.ACTIVITY_REPORTED, row, at, is_correction=was == ActivityState.HELD)
        return row


def say_not_held(*, by: Actor, activity: Activity, at: datetime) -> Activity:
    """It did not take place: it counts no more, and no reminder is sent.

    Raises PermissionRefused, NotYet, ReportOver, MoveNotAllowed.
    """
    _require_time(by, activity, at)
    with transaction.atomic():
        row = move_activity(by, activity, ActivityState.NOT_HELD, at)
        row.reported_at = at
        row.save(update_fields=["reported_at"])
        keep_heads(row, HeadsKind.REPORTED, {})
        return row


def _require_time(by: Actor, activity: Activity, at: datetime) -> None:
    """Staff who moderate may report for an organiser who telephones, and at any time afterwards."""
    is_staff = allowed(by, Permission.MODERATE_ACTIVITIES)
    if not is_staff:
        require_organiser(by, activity)
    today = local_day(at)
    if not activity.has_come(today):
        raise NotYet(day=lambda: short_date(activity.day))
    if not is_staff and today > activity.edition.reported_until:
        raise ReportOver(day=lambda: short_date(activity.edition.reported_until))


def remind_all(*, by: Actor, at: datetime) -> int:
    """Ask for numbers the day after an activity and a week later, then no more. Returns how many mails it
    asked for; a second run on the same day asks for none.
    """
    require(by, Permission.MAIL_ORGANISERS)
    return sum(_remind(by, key, at) for key in activities.to_remind(at))


def _remind(by: Actor, key: int, at: datetime) -> bool:
    today = local_day(at)
    with transaction.atomic():
        row = (
            Activity.objects.select_for_update(skip_locked=True)
            .filter(pk=key, state=ActivityState.REGISTERED)
            .first()
        )
        if row is None or row.reminders >= reminders_due(row.day, today):
            return False
        if row.reminded_at is not None and local_day(row.reminded_at) == today:
            return False
        row.reminders, row.reminded_at = reminders_due(row.day, today), at
        row.save(update_fields=["reminders", "reminded_at"])
        record(by, Trail.ACTIVITY_REMINDED, row, at, n=row.reminders)
        send_mail(row, "remind")
    return True
