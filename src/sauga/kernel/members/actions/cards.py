"""Signing in with a card: a code on paper for young members, who need no email address.

The code has 80 random bits and is shown once; the database holds its digest. A member who loses the card gets
another, and the former ends with every session.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.ids import new_reference, normalise_reference
from sauga.kernel.members.actions.signin import begin_session
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.members.models import Member, MemberSession, SigninCard
from sauga.kernel.members.rules import Permission
from sauga.kernel.members.signin import cookies
from sauga.kernel.members.trail import ZONE, Trail
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

CARD = "card"
"""How sessions of a card are called (`MemberSession.method`)."""
LETTERS = 16


class CardUnknown(ActionRefused):
    """The code is on no card, or the card has ended."""

    message = _("This code does not work. Check the letters, or ask for a new card.")
    field = "code"


def give_card(*, by: Actor, member: Member, at: datetime) -> str:
    """A new card for a young member: its code, to be shown once. The former card and every session end."""
    require(by, Permission.INVITE_YOUNG)
    code = new_reference(LETTERS)
    with transaction.atomic():
        _end(member)
        SigninCard.objects.create(member=member, digest=cookies.digest(code), made_at=at)
        audit.record(by, Trail.CARD_GIVEN, member.pseudonym, zone=ZONE, at=at)
    return code


def end_card(*, by: Actor, member: Member, at: datetime) -> None:
    """No more signing in: the card and every session of the member end at once."""
    require(by, Permission.INVITE_YOUNG)
    with transaction.atomic():
        _end(member)
        audit.record(by, Trail.CARD_ENDED, member.pseudonym, zone=ZONE, at=at)


def use_card(*, by: Actor, code: str, device: str, at: datetime) -> tuple[MemberActor, str]:
    """Sign in by the code of a card: the member and the secret of the new session. Raises CardUnknown."""
    digest = cookies.digest(normalise_reference(code))
    with transaction.atomic():
        card = SigninCard.objects.select_for_update(of=("self",)).filter(digest=digest).first()
        if card is None:
            raise CardUnknown
        who = member_actor(card.member, at)
        return who, begin_session(by=who, member=card.member, method=CARD, device=device, at=at)


def _end(member: Member) -> None:
    SigninCard.objects.filter(member=member).delete()
    MemberSession.objects.filter(member=member).delete()
