"""Jobs of identity. They take ids only."""

from importlib import import_module

from django.conf import settings
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.identity.actions import proposals
from sauga.kernel.identity.letters import mail
from sauga.kernel.identity.models import Invitation
from sauga.kernel.identity.signin import throttle
from sauga.kernel.states import SystemActor


@app.task(name="identity.send_link", queue="mail", retry=5)  # type: ignore[misc]  # the decorator is untyped
def send_link(invitation_id: int) -> None:
    """Send the mail of an invitation or a reset; nothing when it was used or withdrawn meanwhile."""
    row = Invitation.objects.select_related("organisation", "role").filter(pk=invitation_id).first()
    if row is not None and row.used_at is None and row.withdrawn_at is None:
        mail.send(row, clock.now())


@app.periodic(cron="11 * * * *")
@app.task(name="identity.forget_sessions", queue="house", pass_context=False)  # type: ignore[misc]  # the decorator is untyped
def forget_sessions(timestamp: int) -> None:
    """Every hour: delete sessions that have ended by themselves and failures that are too old to slow anybody
    down."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    throttle.forget(clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="identity.expire_proposals", queue="house", pass_context=False)  # type: ignore[misc]  # the decorator is untyped
def expire_proposals(timestamp: int) -> None:
    """Every hour: proposed roles not decided in time lapse."""
    proposals.expire_proposals(by=SystemActor("identity"), at=clock.now())
