"""Replies of the helpline to what young people told it, as codes."""

from datetime import datetime

from sauga.kernel import integration
from sauga.kernel.integration import Progress
from sauga.panel.members.actions import telling_helpline


def child_moved(progress: Progress, at: datetime) -> None:
    """The helpline has taken or settled it."""
    telling_helpline.follow(progress=progress, at=at)


def register() -> None:
    """Register what the panel sends to the helpline and where the replies go."""
    integration.register_sender(telling_helpline.CHILD, child_moved)
    integration.register_kind(telling_helpline.WITHDRAWAL)
