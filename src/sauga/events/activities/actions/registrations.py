"""Registering an activity, confirming its address, changing and withdrawing it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.events.activities.actions.activity_changes import (
    HeadsRefused,
    keep_heads,
    record,
    require_organiser,
    send_mail,
)
from sauga.events.activities.models import Activity, ActivityContact, HeadsKind
from sauga.events.activities.queries import contacts
from sauga.events.activities.rules import editions
from sauga.events.activities.rules.codes import MOST_OF_MEMBER
from sauga.events.activities.rules.details import Details, wrong_heads
from sauga.events.states import ActivityState, TextState
from sauga.events.trail import Trail
from sauga.kernel import notifications
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import long_date, typed_text
from sauga.kernel.members import MemberActor
from sauga.kernel.organisations.models import Organisation, valid_at
from sauga.kernel.refusals import ActionRefused, refuse_any
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

WORDS = ("title", "description")
"""A change of these is read by staff again before it is shown."""


class RegistrationClosed(ActionRefused):
    """Activities of this year are not registered or changed today."""

    message = _("Registration is open from %(opens)s to %(last)s.")

    def __init__(self, edition: editions.Edition) -> None:
        super().__init__(opens=lambda: long_date(edition.opens), last=lambda: long_date(edition.last))


class DetailsRefused(ActionRefused):
    """Something about the activity is missing or cannot be so."""

    messages = {
        "organisation": _("Write the name of your organisation."),
        "place": _("Choose the municipality: we do not know where this organisation is."),
        "kind": _("Choose what it is."),
        "title": _("Write in one sentence what you will do."),
        "description": _("Write it shorter, please."),
        "day": _("Choose a day from %(first)s to %(last)s."),
        "ambassador_day": _("Choose a day from %(first)s to %(last)s."),
        "ambassador_topic": _("Write what the ambassador should talk about."),
    }
    fields = {"place": "municipality", **{code: code for code in messages if code != "place"}}

    def __init__(self, why: str, edition: editions.Edition) -> None:
        days = {"first": lambda: long_date(edition.first), "last": lambda: long_date(edition.last)}
        super().__init__(why, **(days if why.endswith("day") else {}))


class LinkOver(ActionRefused):
    """The registration was never confirmed in time, or is confirmed already."""

    message = _("This link has expired. Please register the activity again.")


class TooManyActivities(ActionRefused):
    """A member registers only so many activities for one day."""

    message = _("You have registered %(n)s activities for this day. Please write to us if there are more.")


TO_READ = "events.activity_to_read"


def register(*, by: Actor, details: Details, address: str, at: datetime) -> Activity:
    """Register an activity. A member's address is proven, so it counts at once; anybody else confirms it by a
    mailed link first.

    Raises PermissionRefused, RegistrationClosed, DetailsRefused, HeadsRefused, TooManyActivities.
    """
    require_organiser(by)
    edition = editions.current(local_day(at))
    given = _checked(details, edition, at)
    member = by.member if isinstance(by, MemberActor) else None
    if (
        member is not None
        and Activity.objects.filter(member=member, year=edition.year).count() >= MOST_OF_MEMBER
    ):
        raise TooManyActivities(n=MOST_OF_MEMBER)
    row = Activity(
        year=edition.year,
        member=member,
        registered_at=at,
        expires_at=None if member else at + editions.WAITS,
        state=ActivityState.UNCONFIRMED,
        **given,
    )
    contact, prepared = contacts.new_contact(row, address)
    with transaction.atomic():
        prepared.store()
        row.save()
        contact.activity = row
        contact.save()
        keep_heads(row, HeadsKind.EXPECTED, details.expected)
        record(by, Trail.ACTIVITY_REGISTERED, row, at, kind=row.kind)
        if member is not None:
            _confirm(by, row, at)
        send_mail(row, "registered" if member else "confirm")
    return row


def confirm(*, by: Actor, activity: Activity, at: datetime) -> Activity:
    """The recipient of the mail confirms; from now on it counts. Raises PermissionRefused, LinkOver."""
    require_organiser(by, activity)
    with transaction.atomic():
        row = lock(activity)
        if row.state != ActivityState.UNCONFIRMED or row.is_over(at):
            raise LinkOver
        _confirm(by, row, at)
        return row


def _confirm(by: Actor, row: Activity, at: datetime) -> None:
    row.expires_at = None
    row.save(update_fields=["expires_at"])
    move(row, to=ActivityState.REGISTERED, by=by, at=at)
    record(by, Trail.ACTIVITY_MOVED, row, at, to=ActivityState.REGISTERED)
    _tell_readers(row, at)


def _tell_readers(row: Activity, at: datetime) -> None:
    """Organisers hear that words of schools wait to be read, once until they have read so."""
    if row.is_public and row.text_state == TextState.WAITING:
        link = reverse("events-activities")
        notifications.notify(to="ORGANISER", template=TO_READ, link=link, once=True, at=at)


def change(*, by: Actor, activity: Activity, details: Details, at: datetime) -> Activity:
    """Change an activity that has not been reported. New words wait for approval again, everything else holds
    at once.

    Raises PermissionRefused, RegistrationClosed, DetailsRefused, HeadsRefused, MoveNotAllowed.
    """
    require_organiser(by, activity)
    given = _checked(details, activity.edition, at)
    with transaction.atomic():
        row = lock(activity)
        _must_be(row, ActivityState.REGISTERED, ActivityState.REGISTERED)
        is_reworded = any(getattr(row, name) != given[name] for name in WORDS)
        changed = [name for name, value in given.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, given[name])
        if changed:
            row.save(update_fields=changed)
        keep_heads(row, HeadsKind.EXPECTED, details.expected)
        if "day" in changed:
            row.reminders = 0
            row.save(update_fields=["reminders"])
            ActivityContact.objects.filter(activity=row).update(ends_at=editions.end_of_day(row.day))
        if is_reworded and row.text_state != TextState.WAITING:
            move(row, to=TextState.WAITING, by=by, at=at, track="text_state")
        record(by, Trail.ACTIVITY_CHANGED, row, at)
        return row


def withdraw(*, by: Actor, activity: Activity, at: datetime) -> Activity:
    """The organiser takes it back; it counts no more. Raises PermissionRefused, MoveNotAllowed."""
    require_organiser(by, activity)
    return move_activity(by, activity, ActivityState.WITHDRAWN, at)


def register_again(*, by: Actor, activity: Activity, at: datetime) -> Activity:
    """The organiser takes the withdrawal back, while registration is open. Raises PermissionRefused,
    RegistrationClosed, MoveNotAllowed.
    """
    require_organiser(by, activity)
    if not activity.edition.is_open(local_day(at)):
        raise RegistrationClosed(activity.edition)
    with transaction.atomic():
        row = lock(activity)
        _must_be(row, ActivityState.WITHDRAWN, ActivityState.REGISTERED)
        return move_activity(by, row, ActivityState.REGISTERED, at)


def move_activity(by: Actor, activity: Activity, to: ActivityState, at: datetime) -> Activity:
    """Move it, with its audit line."""
    with transaction.atomic():
        row = lock(activity)
        move(row, to=to, by=by, at=at)
        record(by, Trail.ACTIVITY_MOVED, row, at, to=to)
        return row


def _must_be(row: Activity, state: ActivityState, to: ActivityState) -> None:
    if row.state != state:
        raise MoveNotAllowed(str(row.state), str(to))


def _checked(details: Details, edition: editions.Edition, at: datetime) -> dict[str, Any]:
    """The columns of an activity from what was typed, with the municipality of the organisation where the
    register knows it."""
    if not edition.is_open(local_day(at)):
        raise RegistrationClosed(edition)
    refuse_any(refusals(details, edition, at))
    return _columns(details, at)


def refusals(details: Details, edition: editions.Edition, at: datetime) -> list[ActionRefused]:
    """Everything for which `register` and `change` would refuse what was typed."""
    given = _columns(details, at)
    found: list[ActionRefused] = [DetailsRefused(why, edition) for why in Details(**given).wrong(edition)]
    if wrong := wrong_heads(details.expected):
        found.append(HeadsRefused(wrong))
    return found


def _columns(details: Details, at: datetime) -> dict[str, Any]:
    given = asdict(details)
    for name in ("title", "organisation_name", "ambassador_topic"):
        given[name] = " ".join(typed_text(given[name]).split())
    given["description"] = typed_text(given["description"])
    del given["expected"]
    if details.organisation_id is not None:
        organisation = Organisation.objects.filter(valid_at(at), pk=details.organisation_id).first()
        given["organisation_name"] = ""
        if organisation is None:
            given["organisation_id"] = None
        else:
            given["municipality"] = organisation.municipality or details.municipality
    if not details.wants_ambassador:
        given |= {"ambassador_topic": "", "ambassador_day": None}
    return given
