"""Replies of other services to what the helpline passed on, as codes."""

from datetime import datetime

from sauga.helpline.safeguarding.actions import hotline_handover, self_images
from sauga.kernel import integration
from sauga.kernel.integration import Progress


def link_moved(progress: Progress, at: datetime) -> None:
    """The hotline has assessed an address."""
    hotline_handover.follow_link(progress=progress, at=at)


def pass_moved(progress: Progress, at: datetime) -> None:
    """A pass was used, or its day is over."""
    self_images.follow_pass(progress=progress, at=at)


def register() -> None:
    """Register what the helpline sends to the hotline and where the replies go."""
    integration.register_sender(hotline_handover.ADDRESS, link_moved)
    integration.register_sender(self_images.OWN_PICTURE, pass_moved)
