"""Jobs: mail what waits, every two minutes for everyone, at once for what is urgent; call the next people for
unanswered alerts."""

from procrastinate.contrib.django import app

from sauga.kernel import clock


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="notices.mail_everyone", queue="mail", queueing_lock="notices.mail_everyone", pass_context=False
)
def mail_everyone(timestamp: int) -> None:
    """Give each person with waiting news a job of their own, so that one bad mailbox holds up no others."""
    from sauga.kernel.notifications.queries import people_to_mail

    for person_id in people_to_mail(clock.now()):
        mail_person.defer(person_id=person_id)


@app.task(name="notices.mail_person", queue="mail")
def mail_person(person_id: int) -> None:
    """One letter to one person. A server that asks for patience is asked again by the next round."""
    from sauga.kernel.notifications.actions import mail_waiting

    mail_waiting(person_id=person_id, at=clock.now())


@app.task(name="notices.escalate", queue="alerts")
def escalate() -> None:
    """At the moment an alert's next step is due. Whatever was acknowledged meanwhile is left alone."""
    from sauga.kernel.notifications.alerts.actions import escalate_alerts

    escalate_alerts(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="notices.escalate_due", queue="alerts", queueing_lock="notices.escalate_due", pass_context=False
)
def escalate_due(timestamp: int) -> None:
    """The same every minute, should a job have been lost."""
    escalate()
