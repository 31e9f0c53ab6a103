"""What reaches the newsletter from outside its pages: reports of mail servers about issues."""

from sauga.kernel import clock
from sauga.kernel.notifications import receive
from sauga.kernel.notifications.reports import Kind
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import sending
from sauga.newsletter.rules import RETURN_PREFIX

WORKER = SystemActor("newsletter")


def mail_returned(token: str, kind: Kind, code: str) -> None:
    """A server's report about one mail; called inside a transaction. Only failures count."""
    if kind is Kind.FAILED:
        sending.mail_returned(by=WORKER, token=token, code=code, at=clock.now())


def register() -> None:
    """Register the receiver of delivery reports."""
    receive.register(RETURN_PREFIX, mail_returned)
