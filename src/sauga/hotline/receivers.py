"""What reaches the hotline from outside its own pages: reports of mail servers about letters, and what the
helpline passes on."""

from datetime import datetime

from sauga.hotline.notices.actions.notice_delivery import RETURN_PREFIX, delivery_known
from sauga.hotline.reports.actions import helpline_handover, own_pictures
from sauga.kernel import clock, integration
from sauga.kernel.integration import Received, code, text
from sauga.kernel.notifications.bounces import dispatch
from sauga.kernel.notifications.bounces.reports import Kind

ADDRESS = integration.Kind(
    "helpline.url",
    "helpline",
    "hotline",
    {"url": text(8192), "suspected": code(), "day": code()},
    machine_reads=True,
)
OWN_PICTURE = integration.Kind(
    "helpline.own_picture", "helpline", "hotline", {"pass": code(), "until": code()}
)


def mail_returned(token: str, kind: Kind, code: str) -> None:
    """A server's report about one letter; called inside a transaction."""
    delivery_known(return_token=token, kind=str(kind), code=code, at=clock.now())


def receive_address(received: Received, at: datetime) -> None:
    """The helpline passes on an address, without the child."""
    helpline_handover.receive_address(received=received, at=at)


def receive_pass(received: Received, at: datetime) -> None:
    """A child of the helpline may bring own pictures, once."""
    own_pictures.accept_pass(received=received, at=at)


def register() -> None:
    """Register the receivers of delivery reports about notices and of the helpline's messages."""
    dispatch.register(RETURN_PREFIX, mail_returned)
    integration.register_receiver(ADDRESS, receive_address)
    integration.register_receiver(OWN_PICTURE, receive_pass)
