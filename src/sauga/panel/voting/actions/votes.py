"""Casting a vote: once, by those who were members at the opening, until the end; sealed before it is stored.

Nothing else is written: no time, no audit entry, no signal, no job.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.panel.members.models import Member
from sauga.panel.members.queries import adults
from sauga.panel.members.queries.members import may_take_part, member_of
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.rules import ballots, decisions


class VoteRefused(ActionRefused):
    """The vote does not count, and nothing was stored."""

    messages = {
        "latecomer": _("You joined after this vote began. You can vote in the next one."),
        "again": _("You have voted already. One vote each, and it cannot be changed."),
        "card": _(
            "Your card is new. It votes a day after you got it, or as soon as a second adult has confirmed "
            "it. Ask the facilitators."
        ),
        "over": _("This vote is over."),
        "changed": _("This vote is not what it was at the beginning. Tell the facilitators."),
        "unknown": _("Something here is not on this ballot. Look at the page again."),
        "twice": _("Each place is for one option only."),
        "missing": _("Choose one."),
    }


def cast_vote(*, by: Actor, ballot: Ballot, vote: Sequence[str], at: datetime) -> None:
    """Seal and store a member's vote. An empty one is an abstention.

    Raises PermissionRefused for a member who may not take part now, VoteRefused.
    """
    member = member_of(by.member_id) if isinstance(by, MemberActor) else None
    if member is None or not may_take_part(member, at):
        raise PermissionRefused("panel.vote")
    with transaction.atomic():
        # The count waits for votes under way.
        row = Ballot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
        voter = Voter.objects.select_for_update().filter(ballot=row, member=member).first()
        has_voted = voter.has_voted if voter is not None else None
        why = decisions.why_no_vote(
            row.standing, vote, at, has_voted=has_voted, is_card_new=adults.is_card_new(member, at)
        )
        if why or voter is None:
            raise VoteRefused(why)
        if not _is_genuine(row):
            raise VoteRefused("changed")
        text = ballots.written(row.frozen, vote)
        voter.sealed_vote = sealed.ballots.seal_vote(
            bytes(row.public_key), zone=sealed.Zone.PANEL, ref=row.ref, slot=voter.slot, text=text
        )
        voter.has_voted = True
        voter.save(update_fields=["sealed_vote", "has_voted"])


def _is_genuine(row: Ballot) -> bool:
    """Whether the vote would be sealed to the key of the opening, as far as this machine can tell."""
    try:
        return row.is_genuine
    except sealed.KeyNotAvailable:
        return False


def forget_voter(member: Member, _at: datetime) -> None:
    """The member leaves: votes that are not counted yet are destroyed, and with them that the member could
    vote. Results are never made again. Called by the action that lets a member leave, in its transaction."""
    Voter.objects.filter(member=member).delete()
