"""The signed-in member as one frozen value that actions, queries and templates share."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest

from sauga.kernel import clock
from sauga.kernel.members import protection
from sauga.kernel.members.models import Member, MemberSession

CACHE = "_members_actor"


class NobodySignedIn(Exception):
    """`member` was asked outside the member site, or before signing in."""


@dataclass(frozen=True)
class MemberActor:
    """A member at one instant. It has no `can`: no permission of staff is ever held by a member.

    `is_child` says whom a page speaks to. Two actors are equal when they are the same member.
    """

    pseudonym: str
    member_id: int
    ref: str = field(compare=False)
    name: str = field(compare=False, repr=False)
    language: str = field(compare=False)
    birth_month: date | None = field(compare=False, default=None, repr=False)
    is_child: bool = field(compare=False, default=False)

    @property
    def first_name(self) -> str:
        """What a greeting says; empty while no name was given."""
        return self.name.split()[0] if self.name.split() else ""

    @property
    def member(self) -> Member:
        """The row behind, read fresh."""
        return Member.objects.get(pk=self.member_id)


def member_actor(member: Member, at: datetime) -> MemberActor:
    """The actor that a member is at `at`."""
    key = protection.keys_of([member]).get(member.holder)
    if key is not None:
        member.birth_month = member.month_by(key)
    return MemberActor(
        pseudonym=member.pseudonym,
        member_id=member.pk,
        ref=member.ref,
        name=protection.unseal(key, member, "name", member.name) if key is not None else "",
        language=member.language,
        birth_month=member.birth_month,
        is_child=member.is_young and member.is_under(18, at.astimezone(clock.VILNIUS).date()),
    )


def session_of(request: HttpRequest) -> MemberSession | None:
    """The session that the middleware found; None on the other sites."""
    return getattr(request, "member_session", None)


def member_or_none(request: HttpRequest) -> MemberActor | None:
    """The member of this request, the same object each time."""
    held: MemberActor | None = getattr(request, CACHE, None)
    session = session_of(request)
    if held is None and session is not None:
        held = member_actor(session.member, clock.now())
        setattr(request, CACHE, held)
    return held


def member(request: HttpRequest) -> MemberActor:
    """The member of this request. Raises NobodySignedIn."""
    held = member_or_none(request)
    if held is None:
        raise NobodySignedIn
    return held
