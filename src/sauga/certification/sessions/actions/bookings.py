"""An ambassador accepts or declines; both sides report; the host confirms; contradictions go to a person."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.certification.permissions import Permission
from sauga.certification.sessions.actions.requests import close_offers, is_host, offer_more
from sauga.certification.sessions.actions.transitions import (
    keep_report,
    move_booking,
    record,
    require_ambassador,
    require_host,
    send_mail,
)
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.sessions.queries import bookings
from sauga.certification.sessions.rules.agreement import agree
from sauga.certification.sessions.rules.codes import REPORTED_FOR, Side
from sauga.certification.states import CERTIFIED, BookingState, OfferState
from sauga.certification.trail import Trail
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import short_date
from sauga.kernel.identity import allowed, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, SystemActor, lock, move


class AnswerRefused(ActionRefused):
    """The ambassador cannot take this session."""

    messages = {
        "taken": _("Somebody else has accepted this session, or it was withdrawn."),
        "not_certified": _("You are not certified on the day of the session."),
        "own": _("This is your own request; somebody else has to come."),
        "past": _("The day of the session is over."),
    }


class NotYet(ActionRefused):
    """The day of the session has not come, or is long over."""

    messages = {
        "early": _("It can be reported from %(day)s on."),
        "late": _("It could be reported until %(day)s. Please write to us."),
    }


class SelfConfirmed(ActionRefused):
    """A session counts only when a person other than the ambassador confirms it."""

    message = _("A session is confirmed by its host, not by the ambassador.")


def answer(*, by: Actor, offer: Offer, accepts: bool, at: datetime) -> Booking:
    """An ambassador accepts or declines; the first who accepts comes, the others are told no more.

    Raises PermissionRefused, AnswerRefused, MoveNotAllowed.
    """
    require_ambassador(by, offer.ambassador)
    with transaction.atomic():
        row = lock(offer.booking)
        held = lock(offer)
        if held.state != OfferState.OFFERED or row.state != BookingState.REQUESTED:
            raise AnswerRefused("taken")
        if accepts:
            _accept(by, row, held, at)
        else:
            move(held, to=OfferState.DECLINED, by=by, at=at)
            record(by, Trail.ANSWERED, row, at, to=OfferState.DECLINED)
            if not Offer.objects.filter(booking=row, state=OfferState.OFFERED).exists():
                offer_more(SystemActor("certification"), row, at)
        return row


def _accept(by: Actor, row: Booking, held: Offer, at: datetime) -> None:
    ambassador = lock(held.ambassador)
    certified = ambassador.state in CERTIFIED and ambassador.ended_at is None
    if not certified or not any(one.counts_on(row.day) for one in ambassador.certifications.all()):
        raise AnswerRefused("not_certified")
    if is_host(row, ambassador.pk):
        raise AnswerRefused("own")
    if row.day < local_day(at):
        raise AnswerRefused("past")
    move(held, to=OfferState.ACCEPTED, by=by, at=at)
    row.ambassador, row.accepted_at = ambassador, at
    row.save(update_fields=["ambassador", "accepted_at"])
    move_booking(by, row, BookingState.ACCEPTED, at)
    close_offers(by, row, at, keep=held.pk)
    record(by, Trail.ANSWERED, row, at, to=OfferState.ACCEPTED)
    send_mail(row, "accepted")


def cancel(*, by: Actor, booking: Booking, why: str, at: datetime) -> Booking:
    """The host, the ambassador or staff call an accepted session off; the others are told.

    Raises PermissionRefused, MoveNotAllowed.
    """
    side = _side(by, booking)
    with transaction.atomic():
        row = lock(booking)
        move_booking(by, row, BookingState.CANCELLED, at, f"{side}_{why}"[:64] if why else side)
        if side != Side.HOST:
            send_mail(row, "cancelled")
        if side != Side.AMBASSADOR:
            send_mail(row, "cancelled_ambassador")
        return row


def _side(by: Actor, booking: Booking) -> str:
    if allowed(by, Permission.KEEP_SESSIONS):
        return Side.CENTRE
    if allowed(by, Permission.ASK_SESSION):
        return Side.HOST
    require_ambassador(by, booking.ambassador)
    return Side.AMBASSADOR


def report_held(*, by: Actor, booking: Booking, heads: Mapping[str, int], at: datetime) -> Booking:
    """The ambassador says that it took place, and with how many people; the host is asked to confirm.

    Raises PermissionRefused, NotYet, HeadsRefused, MoveNotAllowed.
    """
    require_ambassador(by, booking.ambassador)
    with transaction.atomic():
        row = lock(booking)
        _require_time(row, at)
        if row.state != BookingState.ACCEPTED:
            raise MoveNotAllowed(row.state, BookingState.HELD)
        keep_report(by, row, Side.AMBASSADOR, at, took_place=True, heads=heads)
        move_booking(by, row, BookingState.HELD, at)
        if Side.HOST in bookings.told(row):
            _settle(SystemActor("certification"), row, at)
        else:
            send_mail(row, "please_confirm")
        return row


def confirm_held(
    *,
    by: Actor,
    booking: Booking,
    took_place: bool,
    heads: Mapping[str, int],
    rating: str = "",
    words: str = "",
    at: datetime,
) -> Booking:
    """The host says what took place. Where both sides agree, the session counts; otherwise a person looks.

    Raises PermissionRefused, SelfConfirmed, NotYet, HeadsRefused, MoveNotAllowed.
    """
    require_host(by)
    with transaction.atomic():
        row = lock(booking)
        if row.ambassador_id is not None and is_host(row, row.ambassador_id):
            raise SelfConfirmed
        if row.state not in (BookingState.ACCEPTED, BookingState.HELD):
            raise MoveNotAllowed(row.state, BookingState.HOST_CONFIRMED)
        _require_time(row, at)
        keep_report(by, row, Side.HOST, at, took_place=took_place, heads=heads, rating=rating, words=words)
        if row.state == BookingState.HELD:
            _settle(by, row, at)
        return row


def _settle(by: Actor, row: Booking, at: datetime) -> None:
    said = bookings.told(row)
    if agree(said[Side.AMBASSADOR], said[Side.HOST]):
        row.took_place = True
        row.save(update_fields=["took_place"])
        move_booking(by, row, BookingState.HOST_CONFIRMED, at)
    else:
        move_booking(by, row, BookingState.CONTRADICTED, at)


def clear_up(
    *, by: Actor, booking: Booking, took_place: bool, heads: Mapping[str, int], at: datetime
) -> Booking:
    """Staff spoke with both sides and say what took place. Raises PermissionRefused, HeadsRefused,
    MoveNotAllowed.
    """
    require(by, Permission.KEEP_SESSIONS)
    with transaction.atomic():
        row = lock(booking)
        if row.state != BookingState.CONTRADICTED:
            raise MoveNotAllowed(row.state, BookingState.HOST_CONFIRMED)
        keep_report(by, row, Side.CENTRE, at, took_place=took_place, heads=heads)
        row.took_place = took_place
        row.save(update_fields=["took_place"])
        move_booking(by, row, BookingState.HOST_CONFIRMED, at, "CLEARED")
        return row


def _require_time(row: Booking, at: datetime) -> None:
    today, last = local_day(at), row.day + timedelta(days=REPORTED_FOR)
    if not row.has_come(today):
        raise NotYet("early", day=lambda: short_date(row.day))
    if today > last:
        raise NotYet("late", day=lambda: short_date(last))


def remind_all(*, by: Actor, at: datetime) -> int:
    """Ask again for reports that are missing: the day after and a week later, then no more. Returns how many;
    a second run on the same day asks for none. Raises PermissionRefused.
    """
    require(by, Permission.MAIL)
    return sum(_remind(key, at) for key in bookings.to_report(local_day(at)))


WEEK = timedelta(days=7)


def _remind(key: int, at: datetime) -> bool:
    today = local_day(at)
    with transaction.atomic():
        row = Booking.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
        if row is None or row.state not in (BookingState.ACCEPTED, BookingState.HELD):
            return False
        due = 1 if today < row.day + WEEK else 2
        if row.reminders >= due:
            return False
        row.reminders = due
        row.save(update_fields=["reminders"])
        send_mail(row, "please_report" if row.state == BookingState.ACCEPTED else "please_confirm")
        return True
