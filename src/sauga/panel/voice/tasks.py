"""Background jobs of the panel's voice: each calls one action and may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.panel.voice.actions import addressees, daily, news
from sauga.panel.voice.actions.risk_checks import SEND as SEND_NEWS

WORKER = SystemActor("panel")
RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.periodic(cron="20 6 * * *")
@app.task(name="panel.voice_daily", queue="panel", queueing_lock="panel.voice_daily", pass_context=False)
def every_day(timestamp: int) -> None:
    """Discussions that end, reminders, dates that have passed, answers that become public."""
    daily.advance_all(by=WORKER, at=clock.now())


@app.task(name=addressees.SEND, queue="mail", pass_context=False, retry=RETRY)
def addressee_mail(proposal_id: int, what: str) -> None:
    """Mail an addressee the link of a proposal."""
    addressees.send_mail(by=WORKER, proposal_id=proposal_id, what=what, at=clock.now())


@app.task(name=SEND_NEWS, queue="mail", pass_context=False, retry=RETRY)
def news_mail(news_id: int) -> None:
    """Tell a member that there is something new."""
    news.send_news(by=WORKER, news_id=news_id, at=clock.now())
