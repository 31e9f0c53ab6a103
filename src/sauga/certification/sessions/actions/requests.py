"""A host asks for a session and confirms the address; it is offered to ambassadors nearby."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries import protection
from sauga.certification.permissions import Permission
from sauga.certification.sessions.actions.transitions import (
    move_booking,
    record,
    require_host,
    send_mail,
)
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.sessions.queries import bookings
from sauga.certification.sessions.rules.codes import (
    AT_ONCE,
    CONFIRM_DAYS,
    EARLIEST_DAYS,
    FARTHEST_DAYS,
    Source,
)
from sauga.certification.sessions.rules.matching import chosen
from sauga.certification.states import BookingState, OfferState
from sauga.certification.trail import Trail
from sauga.events.activities.models import Activity
from sauga.events.activities.queries import contacts
from sauga.kernel import vocab
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import long_date, typed_text
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import allowed, require
from sauga.kernel.members.protection import address_of
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.places import is_municipality
from sauga.kernel.refusals import ActionRefused, refuse_any
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor, MoveNotAllowed, SystemActor, lock, move


@dataclass(frozen=True)
class Asked:
    """What a host asks for."""

    organisation: Organisation | None
    organisation_name: str
    municipality: str
    topic: str
    audience: str
    language: str
    day: date
    begins: time | None
    heads_expected: int
    note: str = ""
    spoken: str = "lt"


class RequestRefused(ActionRefused):
    """The request cannot be received so."""

    messages = {
        "organisation": _("Write the name of your school or library."),
        "place": _("Choose the municipality."),
        "topic": pgettext_lazy("session", "Choose a topic."),
        "audience": _("Choose who it is for."),
        "language": _("Choose the language."),
        "day": _("Choose a day from %(first)s to %(last)s."),
    }
    fields = {
        "organisation": "organisation",
        "place": "municipality",
        "topic": "topic",
        "audience": "audience",
        "language": "language",
        "day": "day",
    }


class LinkOver(ActionRefused):
    """The request was never confirmed in time, or is confirmed already."""

    message = _("This link has expired. Please ask for a session again.")


def request(*, by: Actor, given: Asked, address: str, at: datetime) -> Booking:
    """Receive a request; it is offered once the mailed link is opened and confirmed.

    Raises PermissionRefused, RequestRefused.
    """
    require_host(by)
    refuse_any(refusals(given, at))
    return _receive(by, given, normal_address(address), at, source=Source.SITE)


def refusals(given: Asked, at: datetime) -> list[ActionRefused]:
    """Everything for which `request` would refuse what was asked for."""
    first, last = days(at)
    found = []
    if given.organisation is None and not given.organisation_name.strip():
        found.append(RequestRefused("organisation"))
    if not is_municipality(given.municipality):
        found.append(RequestRefused("place"))
    for name, vocabulary in (("topic", "topics"), ("audience", "audiences"), ("language", "languages")):
        if not vocab.has_term(vocabulary, getattr(given, name), at=at):
            found.append(RequestRefused(name))
    if not first <= given.day <= last:
        found.append(RequestRefused("day", first=lambda: long_date(first), last=lambda: long_date(last)))
    return [*found]


def days(at: datetime) -> tuple[date, date]:
    """The first and the last day for which a session can be asked."""
    today = local_day(at)
    return today + timedelta(days=EARLIEST_DAYS), today + timedelta(days=FARTHEST_DAYS)


def _receive(
    by: Actor, given: Asked, address: str, at: datetime, *, source: Source, activity: str = ""
) -> Booking:
    row = Booking(
        source=source,
        organisation=given.organisation,
        organisation_name="" if given.organisation else " ".join(typed_text(given.organisation_name).split()),
        municipality=given.municipality,
        topic=given.topic,
        audience=given.audience,
        language=given.language,
        spoken=given.spoken,
        day=given.day,
        begins=given.begins,
        heads_expected=given.heads_expected,
        activity=activity,
        asked_at=at,
        expires_at=at + timedelta(days=CONFIRM_DAYS),
        lookup=protection.lookup_of("session", address),
    )
    prepared = protection.prepare_key(row)
    row.address = protection.seal(prepared.key, row, "address", address)
    row.note = protection.seal(prepared.key, row, "note", typed_text(given.note))
    with transaction.atomic():
        prepared.store()
        row.save()
        record(by, Trail.REQUESTED, row, at, source=str(source))
        if source == Source.SITE:
            send_mail(row, "confirm")
        return row


def confirm(*, by: Actor, booking: Booking, at: datetime) -> Booking:
    """The host confirms the address; ambassadors are asked now. Raises PermissionRefused, LinkOver."""
    require_host(by)
    with transaction.atomic():
        row = lock(booking)
        if (
            row.confirmed_at is not None
            or row.state != BookingState.REQUESTED
            or (row.expires_at and at >= row.expires_at)
        ):
            raise LinkOver
        row.confirmed_at, row.expires_at = at, None
        row.save(update_fields=["confirmed_at", "expires_at"])
        offer_more(SystemActor("certification"), row, at)
        return row


def offer(*, by: Actor, booking: Booking, at: datetime) -> int:
    """Staff have it offered to further ambassadors; how many were asked. Raises PermissionRefused,
    MoveNotAllowed.
    """
    require(by, Permission.KEEP_SESSIONS)
    with transaction.atomic():
        row = lock(booking)
        if row.state != BookingState.REQUESTED or row.confirmed_at is None:
            raise MoveNotAllowed(row.state, BookingState.REQUESTED)
        return offer_more(by, row, at)


def match_again(*, by: Actor, ambassador_id: int, at: datetime) -> int:
    """An ambassador has filled the profile or changed it: each open request that fits is
    offered to them, too. Returns how many requests were. Raises PermissionRefused."""
    require(by, Permission.ADVANCE)
    n = 0
    for key in bookings.with_room(AT_ONCE, at):
        with transaction.atomic():
            row = Booking.objects.select_for_update(of=("self",)).get(pk=key)
            if row.state == BookingState.REQUESTED and bookings.open_offers(row) < AT_ONCE:
                n += offer_more(by, row, at, only=ambassador_id)
    return n


def offer_more(by: Actor, row: Booking, at: datetime, *, only: int | None = None) -> int:
    """Ask the next few ambassadors who fit, or `only` one if they do; never the same ambassador twice, and
    never the host."""
    fitting = chosen(bookings.request_of(row), bookings.candidates(row, at), 10_000)
    wanted = [one.key for one in fitting if only in (None, one.key)]
    kept = [key for key in wanted if not is_host(row, key)][:AT_ONCE]
    if only is not None and not kept:
        return 0
    for key in kept:
        made = Offer.objects.create(booking=row, ambassador_id=key, offered_at=at)
        send_mail(row, "offer", made.pk)
    record(by, Trail.OFFERED, row, at, n=len(kept))
    return len(kept)


def is_host(row: Booking, ambassador_id: int) -> bool:
    """Whether the ambassador's own address is that of the host: ambassadors do not confirm their own
    sessions.
    """
    found = Ambassador.objects.select_related("member").filter(pk=ambassador_id).first()
    if found is None or found.member is None or not bytes(row.lookup):
        return False
    try:
        address = normal_address(address_of(found.member))
    except KeyNotAvailable:
        return True
    return protection.lookup_of("session", address) == bytes(row.lookup)


def decline(*, by: Actor, booking: Booking, at: datetime) -> Booking:
    """No ambassador can come, or the host no longer needs it. Raises PermissionRefused, MoveNotAllowed."""
    is_staff = allowed(by, Permission.KEEP_SESSIONS)
    if not is_staff:
        require_host(by)
    with transaction.atomic():
        row = lock(booking)
        move_booking(by, row, BookingState.DECLINED, at, "CENTRE" if is_staff else "HOST")
        close_offers(by, row, at)
        if is_staff:
            send_mail(row, "declined")
        return row


def close_offers(by: Actor, row: Booking, at: datetime, keep: int | None = None) -> None:
    """No further ambassador needs to answer."""
    for one in Offer.objects.select_for_update().filter(booking=row, state=OfferState.OFFERED):
        if one.pk != keep:
            move(one, to=OfferState.CLOSED, by=by, at=at)


def take_up_activities(*, by: Actor, at: datetime) -> int:
    """Activities of Safer Internet Day that want an ambassador become requests; their addresses are confirmed
    already. Returns how many. Raises PermissionRefused.
    """
    if not allowed(by, Permission.KEEP_SESSIONS):
        require(by, Permission.ADVANCE)
    return sum(_take_up(by, one, at) for one in bookings.wanted_by_activities(at))


def _take_up(by: Actor, activity: Activity, at: datetime) -> bool:
    contact = getattr(activity, "contact", None)
    if contact is None:
        return False
    try:
        address = contacts.address_of(contact)
    except KeyNotAvailable:
        return False
    with transaction.atomic():
        given = Asked(
            organisation=activity.organisation,
            organisation_name=activity.organisation_name,
            municipality=activity.municipality,
            topic="",
            audience="",
            language=activity.language,
            day=activity.ambassador_day or activity.day,
            begins=activity.begins,
            heads_expected=0,
            note=": ".join(filter(None, (activity.title, activity.ambassador_topic))),
            spoken=activity.language,
        )
        row = _receive(by, given, address, at, source=Source.ACTIVITY, activity=activity.ref)
        row.confirmed_at, row.expires_at = at, None
        row.save(update_fields=["confirmed_at", "expires_at"])
        offer_more(by, row, at)
    return True
