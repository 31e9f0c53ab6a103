"""Replies of the helpline to what young people told it, as codes."""

from datetime import datetime

from sauga.kernel import integration
from sauga.kernel.integration import Progress
from sauga.panel.members.actions import helpline_referrals


def child_moved(progress: Progress, at: datetime) -> None:
    """The helpline has taken or settled it."""
    helpline_referrals.follow(progress=progress, at=at)


def register() -> None:
    """Register what the panel sends to the helpline and where the replies go."""
    integration.register_sender(helpline_referrals.CHILD, child_moved)
    integration.register_kind(helpline_referrals.WITHDRAWAL)
