"""What reaches events from outside their pages: reports of mail servers about letters."""

from sauga.events.afterwards.actions import sending
from sauga.events.afterwards.rules.mailings import RETURN_PREFIX
from sauga.kernel import clock
from sauga.kernel.notifications import receive
from sauga.kernel.notifications.reports import Kind
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")


def mail_returned(token: str, kind: Kind, code: str) -> None:
    """A server's report about one letter; called inside a transaction. Only failures count."""
    if kind is Kind.FAILED:
        sending.mail_returned(by=WORKER, token=token, code=code, at=clock.now())


def register() -> None:
    """Register the receiver of delivery reports."""
    receive.register(RETURN_PREFIX, mail_returned)
