"""Writing a letter to people of an event, and deciding about it: send, pause, continue, stop."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.followup.letters import trial
from sauga.events.followup.models import Mailing, MailingLetter, Survey
from sauga.events.followup.queries import surveys
from sauga.events.followup.queries.certificates import minutes_for
from sauga.events.followup.queries.mailings import WAITING, progress, to_write_to
from sauga.events.followup.rules.mailings import (
    CHANNEL,
    FIELDS,
    FOR_ATTENDEES,
    GROUPS,
    KINDS,
    LANGUAGES,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    ONLY,
    Group,
    Words,
    fields_in,
    unknown_fields,
)
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.models import Ticket
from sauga.events.states import MailingState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

SEND_NOW = "events.send_mailings_now"


class MailingRefused(ActionRefused):
    """The letter cannot be like this, or cannot go out now."""

    messages = {
        "groups": _("Choose to whom the email goes."),
        "only": _("An email about attendance goes only to those whom it is about: %(group)s."),
        "fields": _("There is no field %(unknown)s. Known fields: %(known)s."),
        "attendees": _("The field %(unknown)s is for people who came: choose only “Came”."),
        "words": _("Write a subject and a text in both languages."),
        "kind": _("Choose what the email is about."),
        "tickets": _("Choose tickets of this event."),
        "certificate": _("The event gives no certificates yet: state their hours first."),
        "survey": _("Open the survey first, then send its link."),
        "nobody": _("There is nobody to send it to now."),
    }
    fields = {"groups": "groups", "only": "groups", "attendees": "groups", "tickets": "tickets"}


class MailNotTaken(ActionRefused):
    """The mail server did not take the test mail."""

    message = _("The mail server did not take the test email. Try again in a few minutes.")


def write_mailing(
    *,
    by: Actor,
    event: Event,
    kind: str,
    groups: Collection[str],
    words: Words,
    tickets: Collection[str] = (),
    is_for_classes: bool = False,
    at: datetime,
    mailing: Mailing | None = None,
) -> Mailing:
    """Begin a letter, or change a draft. Raises PermissionRefused, MailingRefused, MoveNotAllowed."""
    require(by, Permission.WRITE_MAILINGS, event)
    chosen = _checked(event, kind, groups, words, tickets)
    with transaction.atomic():
        row = _draft(mailing) if mailing is not None else Mailing(event=event)
        row.kind, row.groups, row.tickets = kind, chosen, sorted(tickets)
        row.subject, row.body = dict(words.subject), dict(words.body)
        row.is_for_classes, row.written_at = is_for_classes, at
        row.save()
        audit.record(by, Trail.MAILING_WRITTEN, row, zone=ZONE, at=at, facts={"kind": kind})
        live.signal(CHANNEL)
        return row


def _checked(
    event: Event, kind: str, groups: Collection[str], words: Words, tickets: Collection[str]
) -> list[str]:
    chosen = [group.value for group in Group if group in groups]
    if kind not in KINDS:
        raise MailingRefused("kind")
    if not chosen or len(chosen) != len(set(groups)):
        raise MailingRefused("groups")
    _check_words(words)
    if Ticket.objects.filter(event=event, ref__in=list(tickets)).count() != len(set(tickets)):
        raise MailingRefused("tickets")
    _check_attendance(kind, chosen, words)
    return chosen


def _check_words(words: Words) -> None:
    given = [words.subject.get(code, "").strip() for code in LANGUAGES]
    texts = [words.body.get(code, "").strip() for code in LANGUAGES]
    if not all([*given, *texts]):
        raise MailingRefused("words")
    if max(map(len, given)) > LONGEST_SUBJECT or max(map(len, texts)) > LONGEST_TEXT:
        raise MailingRefused("words")
    if unknown := unknown_fields(words.texts):
        raise MailingRefused("fields", unknown=_braced(unknown), known=_braced(FIELDS))


def _check_attendance(kind: str, chosen: list[str], words: Words) -> None:
    """A letter that is about attendance goes to participants only."""
    if (only := ONLY.get(kind)) and chosen != [only]:
        raise MailingRefused("only", group=lambda: str(GROUPS[only]))
    if (held := sorted(fields_in(words.texts) & FOR_ATTENDEES)) and chosen != [Group.ATTENDED]:
        raise MailingRefused("attendees", unknown=_braced(held))


def _braced(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def discard(*, by: Actor, mailing: Mailing, at: datetime) -> None:
    """Delete a draft. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE_MAILINGS, mailing)
    with transaction.atomic():
        row = _draft(mailing)
        audit.record(by, Trail.MAILING_DISCARDED, row, zone=ZONE, at=at)
        row.delete()
        live.signal(CHANNEL)


def send_test(*, by: PersonActor, mailing: Mailing, language: str, at: datetime) -> None:
    """Send the letter to one's own address. Raises PermissionRefused, MailNotTaken."""
    require(by, Permission.WRITE_MAILINGS, mailing)
    try:
        handed = deliver(trial(mailing, by.person.email, language, at))
    except MailRefused:
        raise MailNotTaken from None
    if not handed.accepted:
        raise MailNotTaken
    audit.record(by, Trail.MAILING_TESTED, mailing, zone=ZONE, at=at)


def send(*, by: Actor, mailing: Mailing, at: datetime) -> Mailing:
    """Make a row for each recipient and begin to send. Recipients who have the same letter already, from
    another mailing of the event, are left out.

    Raises PermissionRefused, MailingRefused, MoveNotAllowed.
    """
    require(by, Permission.WRITE_MAILINGS, mailing)
    with transaction.atomic():
        list(
            Event.objects.select_for_update().filter(pk=mailing.event_id)
        )  # one mailing of an event at a time
        row = _draft(mailing)
        _checked(row.event, row.kind, row.groups, Words(subject=row.subject, body=row.body), row.tickets)
        _check_links(row, fields_in([*row.subject.values(), *row.body.values()]), at)
        keys = list(to_write_to(row).order_by("pk").values_list("pk", flat=True))
        if not keys:
            raise MailingRefused("nobody")
        rows = (MailingLetter(mailing=row, registration_id=key, next_at=at) for key in keys)
        row.total = len(MailingLetter.objects.bulk_create(rows, batch_size=1000))
        row.started_at = at
        row.save(update_fields=["total", "started_at"])
        move_mailing(by, row, MailingState.SENDING, at)
        app.configure_task(SEND_NOW, queue="events").defer()
        return row


def _check_links(row: Mailing, held: set[str], at: datetime) -> None:
    """Everybody who gets a link has a certificate, or a survey to answer."""
    if "certificate" in held and not minutes_for(row.event):
        raise MailingRefused("certificate")
    if "survey" not in held:
        return
    kinds = {bool(groups) for groups in to_write_to(row).values_list("groups", flat=True)}
    known = Survey.objects.filter(event=row.event_id)
    if kinds - {one.is_for_classes for one in known if surveys.is_open(one, at)}:
        raise MailingRefused("survey")


def pause(*, by: Actor, mailing: Mailing, at: datetime) -> Mailing:
    """No further letter until it is continued. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE_MAILINGS, mailing)
    with transaction.atomic():
        return move_mailing(by, lock(mailing), MailingState.PAUSED, at)


def resume(*, by: Actor, mailing: Mailing, at: datetime) -> Mailing:
    """Continue where it was paused. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE_MAILINGS, mailing)
    with transaction.atomic():
        row = lock(mailing)
        if row.state != MailingState.PAUSED:  # a draft begins with `send` only
            raise MoveNotAllowed(row.state, MailingState.SENDING)
        move_mailing(by, row, MailingState.SENDING, at)
        app.configure_task(SEND_NOW, queue="events").defer()
        return row


def stop(*, by: Actor, mailing: Mailing, at: datetime) -> Mailing:
    """Stop sending; what was sent stays sent. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE_MAILINGS, mailing)
    with transaction.atomic():
        row = lock(mailing)
        if row.state not in {MailingState.SENDING, MailingState.PAUSED}:
            raise MoveNotAllowed(row.state, MailingState.CANCELLED)
        row.letters.filter(WAITING).update(skipped_at=at)
        now = progress(row)
        row.handed, row.failed, row.skipped, row.ended_at = now.handed, now.failed, now.skipped, at
        row.save(update_fields=["handed", "failed", "skipped", "ended_at"])
        return move_mailing(by, row, MailingState.CANCELLED, at)


def move_mailing(by: Actor, row: Mailing, to: MailingState, at: datetime) -> Mailing:
    """Move a locked mailing, with its audit entry and the signal to open pages."""
    move(row, to=to, by=by, at=at)
    facts: dict[str, str | int] = {"to": str(to), "n": row.total}
    audit.record(by, Trail.MAILING_MOVED, row, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)
    return row


def _draft(mailing: Mailing) -> Mailing:
    row = lock(mailing)
    if row.state != MailingState.DRAFT:
        raise MoveNotAllowed(row.state, MailingState.DRAFT)
    return row
