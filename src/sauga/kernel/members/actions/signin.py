"""Signing in: asking for a link, using it, beginning and ending sessions.

Asking does the same work whether or not an account has the address: it is not even looked up. The account is
made when the link is opened (decision 0113).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, clock, sealed
from sauga.kernel.members import jobs, protection
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.members.models import Member, MemberSession, SigninLink, new_ref
from sauga.kernel.members.rules import LINK_LASTS, SESSION_IDLE, SESSION_LONGEST
from sauga.kernel.members.signin import cookies
from sauga.kernel.members.trail import ZONE, Trail
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

MOST_SESSIONS = 20


class LinkOver(ActionRefused):
    """The link was used, is too old or was never made here; there was no sign-in."""

    message = _("This link has been used or is older than 15 minutes. Ask for a new one.")


def ask_link(
    *, by: Actor, address: str, browser: str, language: str, wanted: str, at: datetime
) -> SigninLink:
    """Store a link for an address, and have it mailed. `browser` is the secret of the browser that asks.

    The members' table is not read: known and unknown addresses are the same here.
    """
    row = SigninLink(
        ref=new_ref(),
        lookup=protection.lookup_of(address),
        browser=cookies.digest(browser),
        language=language,
        wanted=wanted,
        created_at=at,
        expires_at=at + LINK_LASTS,
    )
    prepared = protection.prepare_key(row.holder)
    row.address = protection.seal(prepared.key, row, "address", address)
    with transaction.atomic():
        prepared.store()
        row.save()
        jobs.defer(jobs.Job.SEND_LINK, link_id=row.pk)
    return row


def use_link(*, by: Actor, link: SigninLink, device: str, at: datetime) -> tuple[MemberActor, str]:
    """Sign in by a link, once: the member and the secret of the new session. The first link of an address
    makes its account.

    Raises LinkOver.
    """
    with transaction.atomic():
        open_row = SigninLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=at)
        if not open_row.update(used_at=at):
            raise LinkOver
        member = Member.objects.filter(lookup=link.lookup).first() or _create_member(by, link, at)
        sealed.destroy_keys([link.holder])
        who = member_actor(member, at)
        return who, begin_session(by=who, member=member, method="link", device=device, at=at)


def _create_member(by: Actor, link: SigninLink, at: datetime) -> Member:
    address = protection.unseal(protection.open_key(link), link, "address", link.address)
    row = new_member(address=address, language=link.language, at=at)
    prepared = protection.prepare_key(row.holder)
    row.address = protection.seal(prepared.key, row, "address", address)
    try:
        with transaction.atomic():
            prepared.store()
            row.save()
            audit.record(by, Trail.ACCOUNT_CREATED, row.pseudonym, zone=ZONE, at=at)
    except IntegrityError:  # another link of the same address was opened at the same moment
        return Member.objects.get(lookup=row.lookup)
    return row


def new_member(*, address: str, language: str, at: datetime) -> Member:
    """A row for a new account, not yet stored."""
    return Member(
        lookup=protection.lookup_of(address),
        language=language,
        created_at=at,
        last_seen_date=at.astimezone(clock.VILNIUS).date(),
    )


def begin_session(*, by: MemberActor, member: Member, method: str, device: str, at: datetime) -> str:
    """Begin a session and return the secret that only its cookie holds. The oldest beyond twenty end."""
    secret = cookies.new_secret()
    row = MemberSession(
        ref=new_ref(),
        member=member,
        key=cookies.digest(secret),
        method=method,
        begun_at=at,
        seen_at=clock.to_hour(at),
        expires_at=at + SESSION_IDLE,
    )
    with transaction.atomic():
        row.device = protection.seal(protection.open_key(member), row, "device", device)
        row.save()
        kept = MemberSession.objects.filter(member=member).order_by("-begun_at", "-pk")[:MOST_SESSIONS]
        MemberSession.objects.filter(member=member).exclude(pk__in=kept.values("pk")).delete()
        _was_here(member, at)
        audit.record(by, Trail.SIGNED_IN, member.pseudonym, zone=ZONE, at=at, facts={"method": method})
    return secret


def touch_session(*, session: MemberSession, at: datetime) -> None:
    """Note that a session is in use, at most once an hour, and let it last longer."""
    hour = clock.to_hour(at)
    if session.seen_at >= hour:
        return
    session.seen_at = hour
    session.expires_at = min(at + SESSION_IDLE, session.begun_at + SESSION_LONGEST)
    with transaction.atomic():
        session.save(update_fields=["seen_at", "expires_at"])
        _was_here(session.member, at)


def end_sessions(*, by: MemberActor, sessions: Iterable[MemberSession], at: datetime) -> int:
    """End sessions of the member; a copied cookie of one of them is worth nothing from then on. Those of
    others are left alone."""
    own = [row.pk for row in sessions if row.member_id == by.member_id]
    with transaction.atomic():
        count, _deleted = MemberSession.objects.filter(pk__in=own).delete()
        if count:
            audit.record(by, Trail.SIGNED_OUT, by.pseudonym, zone=ZONE, at=at, facts={"count": count})
    return count


def _was_here(member: Member, at: datetime) -> None:
    day = at.astimezone(clock.VILNIUS).date()
    Member.objects.filter(pk=member.pk).exclude(last_seen_date=day, warned_at__isnull=True).update(
        last_seen_date=day, warned_at=None
    )
