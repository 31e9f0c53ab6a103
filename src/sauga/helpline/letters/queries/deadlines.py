"""When a letter must have been read for risk: an hour of the line's open time after it came (domain: helpline, §8)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sauga.helpline.letters import rules
from sauga.helpline.rota.queries.opening import plan
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS

CHANNELS = ("PHONE", "CHAT")
AHEAD = 3


def read_by(unread: Mapping[int, datetime], at: datetime) -> dict[int, datetime]:
    """Until when each letter must have been read for risk. `unread` says when the words of each came in; three queries at most."""
    if not unread:
        return {}
    first = min(unread.values()).astimezone(VILNIUS).date()
    made = plan(at, first)
    days = (made.today - first).days + AHEAD
    spans = sorted({(span.begins, span.ends) for channel in CHANNELS for span in made.spans(channel, first - timedelta(days=1), days)})
    length = rules.terms(vocab.policy(rules.POLICY)).screen
    return {pk: rules.after_open_time(begin, length, spans) for pk, begin in unread.items()}
