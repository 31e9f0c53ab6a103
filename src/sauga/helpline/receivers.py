"""Replies of other services to what the helpline passed on, as codes; and young people of the youth panel who
asked that the helpline is told about them."""

from datetime import datetime

from sauga.helpline.safeguarding.actions import hotline_handover, panel_referrals, self_images
from sauga.kernel import integration
from sauga.kernel.integration import Progress, Received


def link_moved(progress: Progress, at: datetime) -> None:
    """The hotline has assessed an address."""
    hotline_handover.follow_link(progress=progress, at=at)


def pass_moved(progress: Progress, at: datetime) -> None:
    """A pass was used, or its day is over."""
    self_images.follow_pass(progress=progress, at=at)


def child_came(received: Received, at: datetime) -> None:
    """A young person of the youth panel wants that we know."""
    panel_referrals.receive(received=received, at=at)


def child_withdrew(received: Received, at: datetime) -> None:
    """The young person took it back."""
    panel_referrals.receive_withdrawal(received=received, at=at)


def register() -> None:
    """Register what the helpline sends to the hotline and where the replies go, and what it receives."""
    integration.register_sender(hotline_handover.ADDRESS, link_moved)
    integration.register_sender(self_images.OWN_PICTURE, pass_moved)
    integration.register_receiver(panel_referrals.CHILD, child_came)
    integration.register_receiver(panel_referrals.WITHDRAWAL, child_withdrew)
