"""What can be registered for: quotas, tickets and questions of an event."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.registration.actions.seats import ADVANCE, CHANNEL, seat_transaction
from sauga.events.registration.models import Question, Quota, Registration, Ticket
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

MOST_SEATS = 100_000


class QuotaRefused(ActionRefused):
    """A size that cannot be."""

    messages = {
        "taken": _("%(taken)s seats are taken: the quota cannot be smaller. Cancel registrations first."),
        "size": _("A quota has between 1 and 100,000 seats."),
        "used": _("Tickets draw on this quota. Remove them first."),
    }
    fields = {"taken": "size", "size": "size"}


class TicketRefused(ActionRefused):
    """Dates or quotas that cannot be, or registrations that rest on them."""

    messages = {
        "dates": _("Registration closes after it opens, and not after the beginning of the event."),
        "quotas": _("Choose at least one quota of this event."),
        "used": _(
            "Somebody registered for this ticket: its quotas and its kind stay. Close it by its date instead."
        ),
    }
    fields = {"dates": "closes_at", "quotas": "quotas", "used": "quotas"}


class QuestionRefused(ActionRefused):
    """A choice needs something to choose from."""

    message = _("Write at least two answers to choose from, the same number in both languages.")
    field = "choices_lt"


def add_quota(*, by: Actor, event: Event, name: Mapping[str, str], size: int, at: datetime) -> Quota:
    """Add a quota. Raises PermissionRefused, QuotaRefused."""
    require(by, Permission.KEEP_REGISTRATIONS, event)
    _check_size(size)
    with transaction.atomic():
        row = Quota.objects.create(
            event=event, name=dict(name), size=size, place=Quota.objects.filter(event=event).count()
        )
        facts: dict[str, str | int] = {"what": "added", "size": size}
        audit.record(by, Trail.QUOTA_CHANGED, row, zone=ZONE, at=at, facts=facts)
        live.signal(CHANNEL)
        return row


def change_quota(*, by: Actor, quota: Quota, name: Mapping[str, str], size: int, at: datetime) -> Quota:
    """Rename a quota, or change how many seats there are: not below what is taken; more are offered to the
    line.

    Raises PermissionRefused, QuotaRefused, TooBusy.
    """
    require(by, Permission.KEEP_REGISTRATIONS, quota)
    _check_size(size)
    with seat_transaction():
        row = lock(quota)
        if size < row.taken:
            raise QuotaRefused("taken", taken=row.taken)
        before, row.name, row.size = row.size, dict(name), size
        row.save(update_fields=["name", "size"])
        facts: dict[str, str | int] = {"what": "changed", "before": before, "size": size}
        audit.record(by, Trail.QUOTA_CHANGED, row, zone=ZONE, at=at, facts=facts)
        if size > before:
            app.configure_task(ADVANCE, queue="events").defer(event_id=row.event_id)
        live.signal(CHANNEL)
        return row


def remove_quota(*, by: Actor, quota: Quota, at: datetime) -> None:
    """Remove a quota that no ticket draws on. Raises PermissionRefused, QuotaRefused."""
    require(by, Permission.KEEP_REGISTRATIONS, quota)
    with seat_transaction():
        row = lock(quota)
        if row.tickets.exists():
            raise QuotaRefused("used")
        audit.record(by, Trail.QUOTA_CHANGED, row, zone=ZONE, at=at, facts={"what": "removed"})
        row.delete()
        live.signal(CHANNEL)


def _check_size(size: int) -> None:
    if not 0 < size <= MOST_SEATS:
        raise QuotaRefused("size")


def put_ticket(
    *, by: Actor, event: Event, given: Mapping[str, Any], at: datetime, ticket: Ticket | None = None
) -> Ticket:
    """Add a ticket, or change one: `given` has name, quotas, is_for_classes, wants_approval, opens_at,
    closes_at.

    Raises PermissionRefused, TicketRefused.
    """
    require(by, Permission.KEEP_REGISTRATIONS, event)
    if not given["opens_at"] < given["closes_at"] <= event.starts:
        raise TicketRefused("dates")
    quotas = list(Quota.objects.filter(event=event, pk__in=[quota.pk for quota in given["quotas"]]))
    if not quotas:
        raise TicketRefused("quotas")
    with seat_transaction():
        list(
            Quota.objects.select_for_update().filter(event=event).order_by("pk")
        )  # no registration is made meanwhile
        row = (
            lock(ticket)
            if ticket is not None
            else Ticket(event=event, place=Ticket.objects.filter(event=event).count())
        )
        if ticket is not None:
            _refuse_used(row, quotas, given["is_for_classes"])
        for name in ("name", "is_for_classes", "wants_approval", "opens_at", "closes_at"):
            setattr(row, name, given[name])
        row.save()
        row.quotas.set(quotas)
        facts = {"what": "changed" if ticket is not None else "added"}
        audit.record(by, Trail.TICKET_CHANGED, row, zone=ZONE, at=at, facts=facts)
        live.signal(CHANNEL)
        return row


def _refuse_used(row: Ticket, quotas: Collection[Quota], is_for_classes: bool) -> None:
    held = set(row.quotas.values_list("pk", flat=True))
    if held == {quota.pk for quota in quotas} and row.is_for_classes == is_for_classes:
        return
    if Registration.objects.filter(ticket=row).exists():
        raise TicketRefused("used")


def remove_ticket(*, by: Actor, ticket: Ticket, at: datetime) -> None:
    """Remove a ticket without registrations. Raises PermissionRefused, TicketRefused."""
    require(by, Permission.KEEP_REGISTRATIONS, ticket)
    with transaction.atomic():
        row = lock(ticket)
        if Registration.objects.filter(ticket=row).exists():
            raise TicketRefused("used")
        audit.record(by, Trail.TICKET_CHANGED, row, zone=ZONE, at=at, facts={"what": "removed"})
        row.delete()
        live.signal(CHANNEL)


KINDS = {"TEXT": _("A line of text"), "CHOICE": _("One of several answers"), "YES_NO": _("Yes or no")}


def put_question(
    *, by: Actor, event: Event, given: Mapping[str, Any], at: datetime, question: Question | None = None
) -> Question:
    """Add a question, or change its words: `given` has kind, text, choices, is_required. Raises
    PermissionRefused, QuestionRefused."""
    require(by, Permission.KEEP_REGISTRATIONS, event)
    choices = dict(given["choices"]) if given["kind"] == "CHOICE" else {}
    if given["kind"] == "CHOICE" and not can_be_chosen(choices):
        raise QuestionRefused
    with transaction.atomic():
        row = (
            lock(question)
            if question is not None
            else Question(event=event, place=Question.objects.filter(event=event).count())
        )
        row.kind, row.text, row.choices = given["kind"], given["text"], choices
        row.is_required = given["is_required"]
        row.save()
        facts = {"what": "changed" if question is not None else "added"}
        audit.record(by, Trail.QUESTION_CHANGED, row, zone=ZONE, at=at, facts=facts)
        return row


def can_be_chosen(choices: Mapping[str, Collection[str]]) -> bool:
    """Whether there are at least two answers, the same number in each language that has any."""
    lengths = {len(lines) for lines in choices.values() if lines}
    return len(lengths) == 1 and min(lengths) >= 2


def remove_question(*, by: Actor, question: Question, at: datetime) -> None:
    """Ask it no longer; answers that were given stay with their registrations. Raises PermissionRefused."""
    require(by, Permission.KEEP_REGISTRATIONS, question)
    with transaction.atomic():
        audit.record(by, Trail.QUESTION_CHANGED, question, zone=ZONE, at=at, facts={"what": "removed"})
        question.delete()


def copy_setup(*, by: Actor, event: Event, copy: Event, at: datetime) -> int:
    """Give the copy of an event the same quotas, tickets and questions, open for as many days before its own
    beginning and at the same hours of the clock; registrations are not copied. The number of rows made."""
    made: dict[int, Quota] = {}
    for quota in Quota.objects.filter(event=event):
        made[quota.pk] = Quota.objects.create(event=copy, name=quota.name, size=quota.size, place=quota.place)
        facts: dict[str, str | int] = {"what": "added", "size": quota.size}
        audit.record(by, Trail.QUOTA_CHANGED, made[quota.pk], zone=ZONE, at=at, facts=facts)
    rows: list[Ticket | Question] = []
    for ticket in Ticket.objects.filter(event=event).prefetch_related("quotas"):
        new = Ticket.objects.create(
            event=copy,
            name=ticket.name,
            is_for_classes=ticket.is_for_classes,
            wants_approval=ticket.wants_approval,
            opens_at=moved_with(ticket.opens_at, event, copy),
            closes_at=moved_with(ticket.closes_at, event, copy),
            place=ticket.place,
        )
        new.quotas.set([made[quota.pk] for quota in ticket.quotas.all()])
        audit.record(by, Trail.TICKET_CHANGED, new, zone=ZONE, at=at, facts={"what": "added"})
        rows.append(new)
    for asked in Question.objects.filter(event=event):
        new_question = Question.objects.create(
            event=copy,
            kind=asked.kind,
            text=asked.text,
            choices=asked.choices,
            is_required=asked.is_required,
            place=asked.place,
        )
        audit.record(by, Trail.QUESTION_CHANGED, new_question, zone=ZONE, at=at, facts={"what": "added"})
        rows.append(new_question)
    return len(made) + len(rows)


def moved_with(moment: datetime, event: Event, copy: Event) -> datetime:
    """As many days before the copy as it was before the event, at the same hour of the clock; in an hour that
    is skipped, as many hours before."""
    shift = local_time(copy.starts).naive - local_time(event.starts).naive
    found = local_time(moment).moved(shift).instants
    return min(found[0], copy.starts) if found else copy.starts - (event.starts - moment)
