"""What reaches events from outside their pages: reports of mail servers about letters."""

from sauga.events.followup.actions import delivery
from sauga.events.followup.queries import mailings
from sauga.events.followup.rules.mailings import CODE, RETURN_PREFIX
from sauga.kernel import clock
from sauga.kernel.notifications import batches
from sauga.kernel.notifications.bounces import dispatch
from sauga.kernel.notifications.bounces.reports import Kind
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")


def mail_returned(token: str, kind: Kind, code: str) -> None:
    """A server's report about one letter; called inside a transaction. Only failures count."""
    if kind is Kind.FAILED:
        delivery.mail_returned(by=WORKER, token=token, code=code, at=clock.now())


def register() -> None:
    """Register the receiver of delivery reports, and the letters among all that are sent in batches."""
    dispatch.register(RETURN_PREFIX, mail_returned)
    batches.register_mass_mail(batches.MassMail(CODE, mailings.sent, mailings.is_waiting))
