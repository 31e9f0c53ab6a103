"""What reaches the newsletter from outside its pages: reports of mail servers about issues."""

from sauga.kernel import clock, vocab
from sauga.kernel.notifications import batches
from sauga.kernel.notifications.bounces import dispatch
from sauga.kernel.notifications.bounces.reports import Kind
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import delivery
from sauga.newsletter.queries import issues
from sauga.newsletter.rules import CODE, POLICY, RETURN_PREFIX

WORKER = SystemActor("newsletter")


def mail_returned(token: str, kind: Kind, code: str) -> None:
    """A server's report about one mail; called inside a transaction. Only failures count."""
    if kind is Kind.FAILED:
        delivery.mail_returned(by=WORKER, token=token, code=code, at=clock.now())


def _per_minute() -> int:
    """The limit that staff state, for all mails that are sent in batches."""
    return int(vocab.policy(POLICY)["per_minute"])


def register() -> None:
    """Register the receiver of delivery reports, and issues among all that is sent in batches."""
    dispatch.register(RETURN_PREFIX, mail_returned)
    batches.register_mass_mail(batches.MassMail(CODE, issues.sent, issues.is_waiting, _per_minute))
