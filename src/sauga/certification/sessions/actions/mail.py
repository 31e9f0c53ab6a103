"""Sends the mails about sessions. Each is composed when it goes out: no queue holds an address."""

from datetime import datetime

from django.db import transaction

from sauga.certification.applications.actions.mail import hand_over
from sauga.certification.applications.queries import protection
from sauga.certification.permissions import Permission
from sauga.certification.sessions.mail_text import TO_AMBASSADOR, Mail, mail_about
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.sessions.rules.codes import MOST_UNCONFIRMED
from sauga.certification.states import BookingState, OfferState
from sauga.kernel.identity import require
from sauga.kernel.members import address_of
from sauga.kernel.notifications import MailRefused, OutgoingMail
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor


def send_mail(*, by: Actor, booking_id: int, what: str, offer_id: int, at: datetime) -> bool:
    """Send one. False where it is no longer wanted or the recipient cannot be reached. Raises NotHanded."""
    require(by, Permission.MAIL)
    kind = Mail(what)
    try:
        letter = (
            _own(booking_id, kind, offer_id, at) if kind in TO_AMBASSADOR else _host(booking_id, kind, at)
        )
    except (KeyNotAvailable, MailRefused):
        return False
    return letter is not None and hand_over(letter)


def _host(booking_id: int, what: Mail, at: datetime) -> OutgoingMail | None:
    with transaction.atomic():
        rows = Booking.objects.select_related("organisation", "ambassador").select_for_update(of=("self",))
        row = rows.filter(pk=booking_id).exclude(lookup=b"").first()
        if row is None or not _is_wanted(row, what, at):
            return None
        address = protection.unseal(protection.open_key(row), row, "address", row.address)
        row.mailed_at = at
        row.save(update_fields=["mailed_at"])
    return mail_about(row, what, address, row.spoken, at=at)


def _is_wanted(row: Booking, what: Mail, at: datetime) -> bool:
    if what is Mail.CONFIRM:
        if row.confirmed_at is not None or row.expires_at is None or at >= row.expires_at:
            return False
        others = Booking.objects.filter(
            lookup=row.lookup, mailed_at__isnull=False, confirmed_at__isnull=True, expires_at__gt=at
        )
        return others.exclude(pk=row.pk).count() < MOST_UNCONFIRMED
    wanted = {
        Mail.ACCEPTED: (BookingState.ACCEPTED,),
        Mail.DECLINED: (BookingState.DECLINED,),
        Mail.CANCELLED: (BookingState.CANCELLED,),
        Mail.PLEASE_CONFIRM: (BookingState.HELD,),
    }
    return row.state in wanted[what]


def _own(booking_id: int, what: Mail, offer_id: int, at: datetime) -> OutgoingMail | None:
    rows = Booking.objects.select_related("organisation", "ambassador__member")
    row = rows.filter(pk=booking_id).first()
    offer = Offer.objects.select_related("ambassador__member").filter(pk=offer_id).first()
    if row is None:
        return None
    if what is Mail.OFFER:
        if offer is None or offer.state != OfferState.OFFERED:
            return None
        ambassador = offer.ambassador
    else:
        if row.ambassador is None or (what is Mail.PLEASE_REPORT and row.state != BookingState.ACCEPTED):
            return None
        ambassador = row.ambassador
    if ambassador.member is None:
        return None
    return mail_about(row, what, address_of(ambassador.member), ambassador.language, at=at, offer=offer)
