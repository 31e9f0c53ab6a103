"""What the desk's actions on ballots share: the move, the audit entry, the signal to open pages of the desk.

Nothing is recorded or signalled when a member votes: a page that renews itself would show how many did.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, move
from sauga.panel.trail import BALLOTS_CHANNEL, ZONE, Trail
from sauga.panel.voting.models import Ballot


class BallotUnfit(ActionRefused):
    """The ballot cannot be asked like this."""

    messages = {
        "question": _("Write the question."),
        "options": _("Write between %(fewest)s and %(most)s options, each on a line of its own."),
        "twice": _("Two options have the same name, or one has none."),
        "seats": _("An election has at least two seats, and more people standing than seats."),
        "quorum": _("At least five votes are needed, so that nobody’s vote can be guessed."),
        "ends": _("Voting lasts at least one day and at most sixty. Choose another end."),
        "long": _("An option is too long: at most 120 characters, its explanation at most 300."),
        "proposal": _(
            "No proposal has this reference. Begin with “Write the ballot” on the page of the proposal, "
            "which fills it in."
        ),
    }
    fields = {
        "question": "question",
        "options": "options",
        "twice": "options",
        "long": "options",
        "seats": "seats",
        "quorum": "quorum",
        "ends": "ends_at",
        "proposal": "proposal",
    }


def step(by: Actor, row: Ballot, to: str, at: datetime) -> Ballot:
    """Move a locked ballot. Raises MoveNotAllowed."""
    move(row, to=to, by=by, at=at)
    record(by, row, at, Trail.BALLOT_MOVED, to=str(to))
    return row


def record(by: Actor, row: Ballot, at: datetime, act: Trail, **facts: str | int) -> None:
    """The audit entry of an act, and the signal."""
    audit.record(by, act, row, zone=ZONE, at=at, facts=facts)
    live.signal(BALLOTS_CHANNEL)
