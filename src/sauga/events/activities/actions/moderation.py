"""What staff decide: whether words are shown, which organisation is meant, what is no activity, what the
year's report tells of.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.activities.actions.activity_changes import record, send_mail
from sauga.events.activities.actions.registrations import move_activity
from sauga.events.activities.models import Activity
from sauga.events.activities.queries import contacts
from sauga.events.activities.rules.codes import LONGEST_REASON
from sauga.events.permissions import Permission
from sauga.events.states import COUNTED, ActivityState, TextState
from sauga.events.trail import Trail
from sauga.kernel.identity import require
from sauga.kernel.organisations.models import Organisation, valid_at
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move


class ReasonRefused(ActionRefused):
    """The organiser reads why the words are not shown."""

    message = _("Write to the organiser in a sentence what to change.")
    field = "reason"


class NotPublic(ActionRefused):
    """The organiser wants it counted, not shown, or it does not count."""

    message = _("This activity is only counted; its words are not shown.")


class OrganisationUnknown(ActionRefused):
    """There is no such organisation in the register, or it has closed."""

    message = _("Choose an organisation of the register.")
    field = "organisation"


class ContactGone(ActionRefused):
    """The address was deleted."""

    message = _("The address of the organiser is no longer kept.")


def approve_text(*, by: Actor, activity: Activity, at: datetime) -> Activity:
    """Show its words to everybody, and tell the organiser. Raises PermissionRefused, NotPublic,
    MoveNotAllowed."""
    require(by, Permission.MODERATE_ACTIVITIES)
    with transaction.atomic():
        row = _public(activity)
        row.text_reason = ""
        row.save(update_fields=["text_reason"])
        move(row, to=TextState.APPROVED, by=by, at=at, track="text_state")
        record(by, Trail.ACTIVITY_TEXT, row, at, to=TextState.APPROVED)
        send_mail(row, "shown")
        return row


def approve_texts(*, by: Actor, activities: Sequence[Activity], at: datetime) -> list[Activity]:
    """Approve several; those that cannot be, because a colleague decided or they are only counted, are left
    out. Raises PermissionRefused."""
    require(by, Permission.MODERATE_ACTIVITIES)
    done = []
    for activity in activities:
        try:
            done.append(approve_text(by=by, activity=activity, at=at))
        except ActionRefused:
            continue
    return done


def decline_text(*, by: Actor, activity: Activity, reason: str, at: datetime) -> Activity:
    """Do not show its words, and write to the organiser why; it still counts. Raises PermissionRefused,
    NotPublic, ReasonRefused, MoveNotAllowed.
    """
    require(by, Permission.MODERATE_ACTIVITIES)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise ReasonRefused
    with transaction.atomic():
        row = _public(activity)
        row.text_reason = said
        row.save(update_fields=["text_reason"])
        move(row, to=TextState.DECLINED, by=by, at=at, track="text_state")
        record(by, Trail.ACTIVITY_TEXT, row, at, to=TextState.DECLINED)
        send_mail(row, "declined")
        return row


def _public(activity: Activity) -> Activity:
    row = lock(activity)
    if not row.is_public or row.state not in COUNTED:
        raise NotPublic
    return row


def link_organisation(*, by: Actor, activity: Activity, organisation: Organisation, at: datetime) -> Activity:
    """Say which organisation of the register is meant. Raises PermissionRefused, OrganisationUnknown."""
    require(by, Permission.MODERATE_ACTIVITIES)
    if not Organisation.objects.filter(valid_at(at), pk=organisation.pk).exists():
        raise OrganisationUnknown
    with transaction.atomic():
        row = lock(activity)
        row.organisation, row.organisation_name = organisation, ""
        row.municipality = organisation.municipality or row.municipality
        row.save(update_fields=["organisation", "organisation_name", "municipality"])
        record(by, Trail.ACTIVITY_LINKED, row, at, organisation=organisation.code)
        return row


def remove(*, by: Actor, activity: Activity, at: datetime) -> Activity:
    """It is no activity: it counts no more and is shown nowhere. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.MODERATE_ACTIVITIES)
    return move_activity(by, activity, ActivityState.REMOVED, at)


def restore(*, by: Actor, activity: Activity, at: datetime) -> Activity:
    """Take a removal back. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.MODERATE_ACTIVITIES)
    was = ActivityState.REGISTERED if activity.reported_at is None else ActivityState.HELD
    return move_activity(by, activity, was, at)


def set_highlight(*, by: Actor, activity: Activity, is_highlight: bool, at: datetime) -> Activity:
    """Choose it for the year's report, or no more. Raises PermissionRefused, NotPublic."""
    require(by, Permission.MODERATE_ACTIVITIES)
    with transaction.atomic():
        row = _public(activity) if is_highlight else lock(activity)
        row.is_highlight = is_highlight
        row.save(update_fields=["is_highlight"])
        record(by, Trail.ACTIVITY_HIGHLIGHTED, row, at, is_highlight=is_highlight)
        return row


def send_link(*, by: Actor, activity: Activity, at: datetime) -> None:
    """Send the organiser the personal link once more. Raises PermissionRefused, ContactGone."""
    require(by, Permission.MODERATE_ACTIVITIES)
    with transaction.atomic():
        row = lock(activity)
        if contacts.contact_of(row) is None:
            raise ContactGone
        record(by, Trail.ACTIVITY_LINK_SENT, row, at)
        send_mail(row, "confirm" if row.state == ActivityState.UNCONFIRMED else "link")
