"""Who acts: an active member, or an addressee by a link. Staff are asked by `require`. Here also what looks
after members when they write."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.panel.members.models import Member
from sauga.panel.members.queries.members import may_take_part, member_of
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.rules.hours import is_resting
from sauga.panel.voice.rules.words import Contact, contact_in, tidied


@dataclass(frozen=True)
class Addressed:
    """The holder of the link of a proposal, with the number of the link. They sign in nowhere."""

    proposal_ref: str
    link: int

    @property
    def pseudonym(self) -> str:
        """The link stands for a body, not for a person."""
        return f"addressee:{self.proposal_ref}"


class Resting(ActionRefused):
    """Members under 16 do not send anything between 22:00 and 7:00."""

    message = _("At night we rest. What you wrote is kept, and you can send it from 7:00 on.")


class TextRefused(ActionRefused):
    """A text that is missing, too long, or has contact details in it."""

    messages = {
        "missing": pgettext_lazy("child", "Write a few words first."),
        "long": _("This is too long. %(n)s characters at most."),
        Contact.PHONE: _("There is a phone number in it. Take it out: here nobody is reached that way."),
        Contact.EMAIL: _("There is an email address in it. Take it out: here nobody is reached that way."),
        Contact.ACCOUNT: _("There is a link or an account in it. Take it out: we stay in this space."),
        Contact.PLACE: _("There is a school class or an address in it. Take it out: nobody should find you."),
        Contact.NUMBER: _("There is a personal number in it. Take it out."),
    }

    def __init__(self, why: str, field: str, **facts: object) -> None:
        super().__init__(why, **facts)
        self.field = field


class AdultTextRefused(TextRefused):
    """The same for an adult: a facilitator, an expert, or an addressee."""

    messages = {
        "missing": _("Write a few words first."),
        "long": _("This is too long. %(n)s characters at most."),
        Contact.PHONE: _(
            "There is a phone number in the text. Take it out: the panel is reached through this site only."
        ),
        Contact.EMAIL: _(
            "There is an email address in the text. Take it out: the panel is reached through this site only."
        ),
        Contact.ACCOUNT: _(
            "There is a link or an account in the text. Take it out, and say in your own words what stands "
            "there."
        ),
        Contact.PLACE: _(
            "There is a school class or an address in the text. Take it out: nobody should be recognised."
        ),
        Contact.NUMBER: _("There is a personal number in the text. Take it out."),
    }


def acting(by: Actor, at: datetime) -> Member:
    """The active member who acts, with every consent. Raises PermissionRefused for everybody else."""
    found = member_of(by.member_id) if isinstance(by, MemberActor) else None
    if found is None or not may_take_part(found, at):
        raise PermissionRefused("panel.member")
    return found


def require_link(by: Actor, proposal: Proposal) -> None:
    """Return if the actor holds the present link of this proposal; raise PermissionRefused otherwise."""
    if not isinstance(by, Addressed) or (by.proposal_ref, by.link) != (proposal.ref, proposal.link):
        raise PermissionRefused("panel.addressee")


def require_awake(member: Member, at: datetime) -> None:
    """Raises Resting."""
    if is_resting(member.birth_month, at):
        raise Resting


def checked(
    text: str,
    *,
    most: int,
    field: str,
    may_be_empty: bool = False,
    refused: type[TextRefused] = TextRefused,
) -> str:
    """What a member wrote, in order. Raises TextRefused, in words for a member."""
    held = tidied(text)
    if not held and not may_be_empty:
        raise refused("missing", field)
    if len(held) > most:
        raise refused("long", field, n=most)
    if (found := contact_in(held)) is not None:
        raise refused(found, field)
    return held


checked_by_adult = partial(checked, refused=AdultTextRefused)
"""What an adult wrote, in order, by the same rules. Raises AdultTextRefused."""
