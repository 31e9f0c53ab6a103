"""Background jobs of webinars: each calls one action and may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.training.webinars.actions import presence
from sauga.training.webinars.models import Webinar

WORKER = SystemActor("training")


@app.task(name=presence.CONFIRM, queue="training", pass_context=False)
def confirm_presence(webinar_id: int) -> None:
    """After a webinar: who was present long enough has attended."""
    webinar = Webinar.objects.select_related("event").get(pk=webinar_id)
    presence.confirm_presence(by=WORKER, webinar=webinar, at=clock.now())
