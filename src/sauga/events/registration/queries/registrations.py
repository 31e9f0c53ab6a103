"""Registrations as the desk and members see them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event, said
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import address_lookup, details_by, details_of
from sauga.events.states import CAME, OPEN, REGISTERED, UNPROVEN, RegistrationState
from sauga.kernel import members
from sauga.kernel.i18n import fold
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PersonActor, allowed
from sauga.kernel.members.models import Member

ENDED = (RegistrationState.CANCELLED, RegistrationState.REJECTED, RegistrationState.EVENT_CANCELLED)
MOST_SEARCHED = 10_000
VIEWS: dict[str, tuple[RegistrationState, ...]] = {
    "confirmed": (RegistrationState.CONFIRMED,),
    "line": (RegistrationState.WAITLISTED, RegistrationState.OFFERED),
    "pending": (RegistrationState.PENDING_APPROVAL, RegistrationState.GUARDIAN_PENDING),
    "unconfirmed": UNPROVEN,
    "came": CAME,
    "missed": (RegistrationState.NO_SHOW,),
    "ended": ENDED,
}


def desk_event(by: PersonActor, ref: str) -> Event:
    """An event whose registrations this person may see. Raises Http404."""
    found = Event.objects.visible_to(by, Permission.SEE_REGISTRATIONS).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def registration_for(by: PersonActor, ref: str) -> Registration:
    """One registration at the desk. Raises Http404."""
    found = Registration.objects.select_related("event", "ticket").filter(ref=ref).first()
    if found is None or not allowed(by, Permission.SEE_REGISTRATIONS, found):
        raise Http404
    return found


def registrations(
    event: Event, view: str, *, words: str = "", ticket: str = "", kind: str = ""
) -> QuerySet[Registration]:
    """Registrations in one view: the line from its front, the others by time."""
    rows: QuerySet[Registration] = Registration.objects.filter(event=event, state__in=VIEWS[view])
    rows = rows.select_related("ticket")
    if ticket:
        rows = rows.filter(ticket__ref=ticket)
    if kind:
        rows = rows.filter(groups={}) if kind == "PERSON" else rows.exclude(groups={})
    if words:
        rows = _found(rows, words)
    return rows.order_by("-state", "-has_priority", "number", "pk") if view == "line" else rows.order_by("pk")


def _found(rows: QuerySet[Registration], words: str) -> QuerySet[Registration]:
    """Those with this address or reference, or whose name, school or class has the words. Names are
    encrypted, so they are read one after the other."""
    if "@" in words:
        return rows.filter(address_lookup=address_lookup(normal_address(words)))
    wanted = fold(words)
    candidates = list(rows[:MOST_SEARCHED])
    held = details_by(candidates)
    found = [
        row.pk
        for row in candidates
        if wanted in fold(f"{held[row.pk].name} {held[row.pk].school} {held[row.pk].class_name} {row.ref}")
    ]
    return rows.filter(pk__in=found)


def counts(event: Event) -> dict[str, int]:
    """How many registrations stand in each view."""
    rows = Registration.objects.filter(event=event).values_list("state").annotate(n=Count("pk"))
    by_state = dict(rows)
    return {view: sum(by_state.get(state, 0) for state in states) for view, states in VIEWS.items()}


def for_file(event: Event) -> list[Registration]:
    """Every registration of an event that was not cancelled or rejected, at most as many as a file holds."""
    rows = Registration.objects.filter(event=event, state__in=REGISTERED)
    return list(rows.select_related("ticket").order_by("pk")[:MOST_SEARCHED])


def with_needs(event: Event) -> list[Registration]:
    """Registrations that come, or may come, with access needs."""
    return list(Registration.objects.open().filter(event=event).exclude(needs=b"").order_by("pk"))


def chosen(by: PersonActor, refs: Collection[str]) -> list[Registration]:
    """The ticked registrations. Raises Http404."""
    if not by.can(Permission.SEE_REGISTRATIONS):
        raise Http404
    seen = Event.objects.visible_to(by, Permission.SEE_REGISTRATIONS)
    return list(Registration.objects.select_related("event", "ticket").filter(ref__in=refs, event__in=seen))


def _own(member: Member) -> Q:
    """A member's own: made with the account, or without it but with its address. The member has proven that
    address, and the personal link that was mailed to it allows the same (decision 0184)."""
    mine, address = Q(member=member.pk), members.address_of(member)
    return mine | Q(member=None, address_lookup=address_lookup(normal_address(address))) if address else mine


def is_own(member: Member, row: Registration) -> bool:
    """Whether the registration belongs to the member."""
    return Registration.objects.filter(_own(member), pk=row.pk).exists()


def of_member(member: Member, at: datetime) -> list[Registration]:
    """A member's registrations for events that are not over, the next first; then what ended."""
    rows = Registration.objects.filter(_own(member), event__ends__gt=at).select_related("event", "ticket")
    return sorted(rows, key=lambda row: (row.state not in OPEN, row.event.starts, row.pk))


def of_member_by_ref(member: Member, ref: str) -> Registration:
    """One of a member's own registrations. Raises Http404."""
    rows = Registration.objects.select_related("event", "ticket").filter(_own(member), ref=ref)
    found = rows.first()
    if found is None:
        raise Http404
    return found


def export(member: Member, _at: datetime) -> list[dict[str, Any]]:
    """The part of “my data” about registrations."""
    rows = Registration.objects.filter(_own(member)).select_related("event").order_by("pk")
    return [
        {
            "event": str(said(row.event.title)),
            "starts": row.event.starts.isoformat(),
            "state": row.state,
            "heads": row.heads,
            "attended_heads": row.attended_heads,
            "name": details_of(row).name,
            "photographs": row.photo,
            "children_agreed": row.photo_children,
            "registered_at": row.created_at.isoformat(),
        }
        for row in rows
    ]
