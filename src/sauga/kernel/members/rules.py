"""What staff may do about members, and when a consent counts.

Members hold none of these permissions: what they may do follows from whose account it is.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sauga.kernel import clock
from sauga.kernel.members.models import Consent, Member

CONSENT_AGE = 14
"""From this age on a person consents alone (Law on Legal Protection of Personal Data of Lithuania, article 6;
GDPR, article 8)."""
FULL_AGE = 18
ASKED_AHEAD = timedelta(days=30)
"""So long before a child is 14 it is asked again: what it says from then on counts afterwards."""
LINK_LASTS = timedelta(minutes=15)
"""How long a link to sign in works."""
SESSION_IDLE, SESSION_LONGEST = timedelta(days=14), timedelta(days=90)
"""A session ends after so long without use, and after so long in any case."""
UNUSED_TERM = "members.unused"
"""The keep term of accounts that nobody uses; staff may change it."""


class Permission(StrEnum):
    """Acts of staff and of jobs."""

    DECIDE_REQUEST = "members.decide_request"
    INVITE = "members.invite"
    INVITE_YOUNG = "members.invite_young"
    END_UNUSED = "members.end_unused"
    SEND_MAIL = "members.send_mail"


DEFAULT_ROLES: dict[str, set[Permission]] = {"COORDINATOR": {Permission.DECIDE_REQUEST}}
SYSTEM: dict[str, set[Permission]] = {
    "members": {Permission.END_UNUSED, Permission.SEND_MAIL},
    "setup": {Permission.INVITE},
    "demo": {Permission.DECIDE_REQUEST, Permission.INVITE},
}


def parties_needed(member: Member, on: date, *, guardian_until_full_age: bool) -> set[str]:
    """Whose consent a purpose takes: under 14 the guardian's and the child's own, from 14 on the own, and the
    guardian's too where the purpose says so (photographs)."""
    needed = {str(Consent.Party.SELF)}
    if member.is_under(CONSENT_AGE, on) or (guardian_until_full_age and member.is_under(FULL_AGE, on)):
        needed.add(str(Consent.Party.GUARDIAN))
    return needed


def is_effective(
    member: Member,
    standing: Collection[Consent],
    on: date,
    *,
    valid_from_version: int,
    guardian_until_full_age: bool,
) -> bool:
    """Whether the standing consents to one purpose are enough on a day.

    A consent to a text older than `valid_from_version` does not count. A member who turns 14 is asked again,
    from 30 days before: what the child had agreed to earlier does not count from then on.
    """
    counting = {
        str(one.given_by)
        for one in standing
        if one.version >= valid_from_version and not _was_given_as_child(member, one, on)
    }
    return parties_needed(member, on, guardian_until_full_age=guardian_until_full_age) <= counting


def is_asked_again(member: Member, on: date) -> bool:
    """Whether a day is one on which a child is asked again: shortly before it is 14, or later."""
    return member.is_young and not member.is_under(CONSENT_AGE, on + ASKED_AHEAD)


def _was_given_as_child(member: Member, consent: Consent, on: date) -> bool:
    given_on = consent.given_at.astimezone(clock.VILNIUS).date()
    return member.is_young and not is_asked_again(member, given_on) and not member.is_under(CONSENT_AGE, on)


WORDING = {
    Permission.DECIDE_REQUEST: _("Confirm whom members act for"),
    Permission.INVITE_YOUNG: _("Invite young people to the panel"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
