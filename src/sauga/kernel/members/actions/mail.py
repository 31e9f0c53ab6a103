"""Sends the mails of members: composed when they go out, so that no queue and no table holds an address."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import override

from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.identity import require
from sauga.kernel.members import home, links, protection
from sauga.kernel.members.actions import mail_texts
from sauga.kernel.members.actors import member_actor
from sauga.kernel.members.models import Guardian, Member, Representation, SigninLink
from sauga.kernel.members.rules import CONSENT_AGE, UNUSED_TERM, Permission
from sauga.kernel.notifications.mail import MailRefused, compose, deliver
from sauga.kernel.retention import keep_terms
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor

MOST_LINKS, WITHIN = 3, timedelta(minutes=15)
"""Sign-in mails to one address. Further requests are answered alike, and the links already sent work."""
WARNED_BEFORE = timedelta(days=30)


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def send_link(*, by: Actor, link_id: int, at: datetime) -> bool:
    """Send a sign-in link. False when it is over or its address had three in a quarter of an hour.

    Raises NotHanded.
    """
    require(by, Permission.SEND_MAIL)
    with transaction.atomic():
        link = SigninLink.objects.select_for_update().filter(pk=link_id).first()
        if link is None or not link.is_open(at):
            return False
        recent = SigninLink.objects.filter(lookup=link.lookup, sent_at__gt=at - WITHIN).exclude(pk=link.pk)
        if recent.count() >= MOST_LINKS:
            return False
        try:
            address = protection.unseal(protection.open_key(link), link, "address", link.address)
        except KeyNotAvailable:
            return False
        link.sent_at = at
        link.save(update_fields=["sent_at"])
    _send(address, link.language, at, lambda: mail_texts.signin(links.signin_address(link)))
    return True


def send_decision(*, by: Actor, representation_id: int, at: datetime) -> None:
    """Tell the member what became of a request."""
    require(by, Permission.SEND_MAIL)
    row = Representation.objects.select_related("member", "organisation").filter(pk=representation_id).first()
    if row is None or row.state not in {"CONFIRMED", "REFUSED", "ENDED"}:
        return
    member = row.member

    def written() -> mail_texts.Written:
        named = row.organisation.name_at(at) if row.organisation else _asked_name(row)
        return mail_texts.decision(
            row.state, named, links.page_address("members-organisations", member.language)
        )

    _to_member(member, at, written)


def send_partnership(*, by: Actor, representation_id: int, is_partner: bool, at: datetime) -> None:
    """Tell a member what became of the request that the organisation becomes a partner."""
    require(by, Permission.SEND_MAIL)
    _to_representative(
        representation_id,
        at,
        "members-home",
        lambda name, link: mail_texts.partnership(name, link, is_partner=is_partner),
    )


def send_invitation(*, by: Actor, representation_id: int, at: datetime) -> None:
    """Tell an invited member where to sign in."""
    require(by, Permission.SEND_MAIL)
    _to_representative(representation_id, at, "members-signin", mail_texts.invitation)


def _to_representative(
    representation_id: int, at: datetime, page: str, write: Callable[[str, str], mail_texts.Written]
) -> None:
    """Write to a member who acts for an organisation; not to one who no longer does."""
    rows = Representation.objects.select_related("member", "organisation")
    row = rows.filter(pk=representation_id, state="CONFIRMED").first()
    if row is None or row.organisation is None:
        return
    place, member = row.organisation, row.member
    _to_member(member, at, lambda: write(place.name_at(at), links.page_address(page, member.language)))


def _asked_name(row: Representation) -> str:
    return protection.unseal(protection.open_key(row.member), row, "asked_name", row.asked_name)


def send_guardian(*, by: Actor, guardian_id: int, at: datetime) -> None:
    """Send a guardian the link to the consent page."""
    require(by, Permission.SEND_MAIL)
    row = Guardian.objects.select_related("member").filter(pk=guardian_id).first()
    if row is None or at >= row.expires_at:
        return
    address = protection.unseal(protection.open_key(row.member), row, "address", row.address)
    child = protection.child_of(row)
    is_old = not row.member.is_under(CONSENT_AGE, local_day(at)) and bool(child.inviter)
    link = links.guardian_address(row)
    _send(address, row.language, at, lambda: mail_texts.guardian(link, child, decides_alone=is_old))


def send_guardian_at_14(*, by: Actor, guardian_id: int, at: datetime) -> None:
    """Tell a guardian that the child decides alone soon."""
    require(by, Permission.SEND_MAIL)
    row = Guardian.objects.select_related("member").filter(pk=guardian_id).first()
    day = row.member.first_day_at(CONSENT_AGE) if row is not None and at < row.expires_at else None
    if row is None or day is None:
        return
    address = protection.unseal(protection.open_key(row.member), row, "address", row.address)
    with override(row.language):
        shown = date_format(day, "DATE_FORMAT")
    _send(address, row.language, at, lambda: mail_texts.guardian_at_14(links.guardian_address(row), shown))


def send_withdrawal(*, by: Actor, member_id: int, at: datetime) -> None:
    """Tell a young member that the guardian withdrew a consent."""
    require(by, Permission.SEND_MAIL)
    member = Member.objects.filter(pk=member_id).first()
    if member is not None:
        address = links.page_address("members-consents", member.language)
        _to_member(member, at, lambda: mail_texts.withdrawal(address))


def send_copied_passkey(*, by: Actor, member_id: int, at: datetime) -> None:
    """Tell a member that a copy of a passkey tried to sign in."""
    require(by, Permission.SEND_MAIL)
    member = Member.objects.filter(pk=member_id).first()
    if member is not None:
        address, who = links.page_address("members-account", member.language), member_actor(member, at)
        _to_member(member, at, lambda: mail_texts.copied_passkey(address, is_child=who.is_child))


def wanting_reminders() -> list[int]:
    """Members who asked to be reminded."""
    return list(Member.objects.filter(is_reminded=True).order_by("pk").values_list("pk", flat=True))


def send_reminder(*, by: Actor, member_id: int, at: datetime) -> bool:
    """Tell a member what waits; False when nothing does, or the member wants no reminders any more."""
    require(by, Permission.SEND_MAIL)
    member = Member.objects.filter(pk=member_id, is_reminded=True).first()
    if member is None:
        return False
    with override(member.language):
        who = member_actor(member, at)
        waiting = home.waiting_for(who, at)
    if not waiting:
        return False
    addresses = [links.page_address(name, member.language) for name in ("members-home", "members-account")]
    _to_member(member, at, lambda: mail_texts.reminder(waiting, *addresses, is_child=who.is_child))
    return True


def nearly_unused(at: datetime) -> list[int]:
    """Members whose accounts are to be deleted in a month and who were not warned yet."""
    unused = keep_terms()[UNUSED_TERM]
    day = (at - unused + WARNED_BEFORE).astimezone(clock.VILNIUS).date()
    rows = Member.objects.filter(last_seen_date__lte=day, warned_at__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def send_warning(*, by: Actor, member_id: int, at: datetime) -> bool:
    """Warn the owner of an unused account, once; False when it is in use again or was warned."""
    require(by, Permission.SEND_MAIL)
    with transaction.atomic():
        member = Member.objects.select_for_update().filter(pk=member_id).first()
        if member is None or member.pk not in nearly_unused(at):
            return False
        member.warned_at = at
        member.save(update_fields=["warned_at"])
        who = member_actor(member, at)
        day = (at + WARNED_BEFORE).astimezone(clock.VILNIUS).date()
        address = links.page_address("members-home", member.language)
        _to_member(
            member,
            at,
            lambda: mail_texts.warning(address, date_format(day, "DATE_FORMAT"), is_child=who.is_child),
        )
    return True


def _to_member(member: Member, at: datetime, write: Callable[[], mail_texts.Written]) -> None:
    if address := protection.address_of(member):  # a member who signs in by a card has none
        _send(address, member.language, at, write)


def _send(address: str, language: str, at: datetime, write: Callable[[], mail_texts.Written]) -> None:
    with override(language):
        subject, text = write()
    try:
        letter = compose(subject=subject, body_text=text, to=address, language=language, at=at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        return
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
