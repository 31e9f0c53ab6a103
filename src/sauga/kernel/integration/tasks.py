"""Jobs that carry referrals over and their state back."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.integration import receiver, transport

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=3)


@app.task(name="referrals.deliver", queue="referrals", retry=PATIENT)
def deliver(referral_id: int) -> None:
    """Hand one referral to its receiver."""
    receiver.deliver(referral_id=referral_id, at=clock.now())


@app.task(name="referrals.tell_sender", queue="referrals", retry=PATIENT)
def tell_sender(ref: str, state: str, outcome: str) -> None:
    """Tell the sending service about one move."""
    receiver.tell_sender(ref=ref, state=state, outcome=outcome, at=clock.now())


@app.task(name="referrals.carry", queue="referrals", retry=PATIENT)
def carry(referral_id: int) -> None:
    """Bring one referral to another installation."""
    transport.carry(referral_id=referral_id, at=clock.now())


@app.task(name="referrals.carry_state", queue="referrals", retry=PATIENT)
def carry_state(ref: str, state: str, outcome: str) -> None:
    """Tell another installation how its referral stands."""
    transport.carry_state(ref=ref, state=state, outcome=outcome, at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="referrals.deliver_waiting", queue="referrals", queueing_lock="referrals.deliver_waiting")
def deliver_waiting(timestamp: int) -> None:
    """Whatever was left behind."""
    receiver.deliver_waiting(clock.now())
    transport.carry_waiting(clock.now())
