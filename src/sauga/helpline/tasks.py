"""Background jobs of the helpline: each calls one action and may run twice without harm."""

from procrastinate.contrib.django import app

from sauga.helpline.calls.actions import calls
from sauga.helpline.chat.actions import timeouts as chat_timeouts
from sauga.helpline.letters.actions import timeouts
from sauga.helpline.quality import actions as quality
from sauga.helpline.rota.actions import attendance, channel_pauses
from sauga.helpline.safeguarding.actions import escalations
from sauga.kernel import clock
from sauga.kernel.states import SystemActor

QUEUE = SystemActor("queue")


# Conversations
# ------------------------------------------------------------------------------------------------------------
@app.periodic(cron="* * * * * */5")
@app.task(
    name="helpline.sweep",
    queue="helpline",
    queueing_lock="helpline.sweep",
    lock="helpline.sweep",
    pass_context=False,
)
def sweep(timestamp: int) -> None:
    """Every five seconds: offers and transfers that ran out, lost connections, absent counsellors, silence,
    closing hours, calls.
    """
    at = clock.now()
    try:
        chat_timeouts.sweep(at)
    finally:
        calls.sweep_calls(at=at)


# Letters
# ------------------------------------------------------------------------------------------------------------
@app.periodic(cron="*/5 * * * *")
@app.task(
    name="helpline.sweep_letters",
    queue="helpline",
    queueing_lock="helpline.sweep_letters",
    pass_context=False,
)
def sweep_letters(timestamp: int) -> None:
    """Releases letters claimed for too long, closes answered ones, and tells leads about missed deadlines."""
    at = clock.now()
    timeouts.release_idle(by=QUEUE, at=at)
    timeouts.close_answered(by=QUEUE, at=at)
    timeouts.remind(by=QUEUE, at=at)


# Safeguarding
# ------------------------------------------------------------------------------------------------------------
@app.periodic(cron="* * * * *")
@app.task(name="helpline.chase", queue="helpline", queueing_lock="helpline.chase", pass_context=False)
def chase(timestamp: int) -> None:
    """Every minute: concerns and referrals that are late."""
    at = clock.now()
    escalations.escalate_concerns(at=at)
    escalations.escalate_referrals(at=at)


@app.periodic(cron="5 6 * * *")
@app.task(
    name="helpline.remind_cases", queue="helpline", queueing_lock="helpline.remind_cases", pass_context=False
)
def remind_cases(timestamp: int) -> None:
    """In the morning: cases whose follow-up day is today."""
    escalations.remind_cases(at=clock.now())


# Quality
# ------------------------------------------------------------------------------------------------------------
@app.periodic(cron="20 4 * * *")
@app.task(
    name="helpline.draw_reviews", queue="helpline", queueing_lock="helpline.draw_reviews", pass_context=False
)
def draw_reviews(timestamp: int) -> None:
    """Every night: every immediate danger, every complaint and a random share of what closed lately is
    put on the list.
    """
    quality.draw_reviews(by=QUEUE, at=clock.now())


# Rota and channels
# ------------------------------------------------------------------------------------------------------------
@app.periodic(cron="* * * * *")
@app.task(
    name="helpline.sweep_rota",
    queue="helpline",
    queueing_lock="helpline.sweep_rota",
    lock="helpline.sweep_rota",
    pass_context=False,
)
def sweep_rota(timestamp: int) -> None:
    """Every minute: unconfirmed claims, offers that lapse, who did not come, forgotten check-outs; channels
    without people.
    """
    at = clock.now()
    attendance.sweep_shifts(by=QUEUE, at=at)
    channel_pauses.sweep_pauses(by=QUEUE, at=at)
