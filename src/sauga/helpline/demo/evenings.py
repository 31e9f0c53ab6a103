"""One evening of the demo: conversations, calls, people who leave early or come out of hours."""

from datetime import date, datetime, time, timedelta

from sauga.helpline.demo.stage import MINUTE, Stage
from sauga.helpline.demo.talks import CALLED, TALKS
from sauga.kernel.clock import VILNIUS


def evening(stage: Stage, day: date) -> None:
    """From six to ten: a conversation or two, some calls, a child who leaves early; one knocks when the
    line is closed.
    """
    at = datetime.combine(day, time(18), VILNIUS)
    if stage.random.random() < 0.5:
        stage.knock(at - timedelta(hours=stage.random.randrange(2, 8)))
    stage.begin_evening(at)
    at += MINUTE * stage.random.randrange(3, 25)
    for _ in range(stage.random.choice([1, 1, 2])):
        stage.there(at)
        at = stage.talk(stage.random.choice(TALKS), at) + MINUTE * stage.random.randrange(2, 12)
    for topic, age, gender in stage.random.sample(CALLED, 2):
        at = stage.call(topic, age, gender, at) + MINUTE * stage.random.randrange(1, 6)
    if stage.random.random() < 0.4:
        at = stage.silence(at) + 2 * MINUTE
    if stage.random.random() < 0.45:
        stage.there(at)
        at = stage.leave(stage.random.choice(TALKS), at)
    stage.end_evening(at + 10 * MINUTE)
