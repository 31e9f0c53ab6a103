"""How a content item is shown at the desk: urgency, hosting, handling, presence, time left. No database."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import pgettext_lazy

from sauga.hotline.states import Handling, Presence, awaits_verdict
from sauga.kernel import i18n, vocab
from sauga.kernel.kit.lists import Mark

TONES = {"P1": "bad", "P2": "wait", "P3": "info", "P4": "calm", "P5": "calm"}


SHAPES = {"P1": "diamond", "P2": "triangle", "P3": "square", "P4": "ring", "P5": "dash"}


CONFIDENCE = {
    "CONFIRMED": ("good", "dot"),
    "AGREED": ("good", "ring"),
    "SINGLE": ("wait", "half"),
    "CONFLICT": ("bad", "rings"),
    "MASKED": ("calm", "dashed"),
    "NONE": ("calm", "dashed"),
}


SURE = {
    "CONFIRMED": pgettext_lazy("country", "confirmed"),
    "AGREED": pgettext_lazy("country", "likely"),
    "SINGLE": pgettext_lazy("country", "one source"),
    "CONFLICT": pgettext_lazy("country", "sources disagree"),
}


PLACES = {
    "CDN_MASKED": pgettext_lazy("hosting", "behind a CDN"),
    "ONION": pgettext_lazy("hosting", "onion"),
    "NON_WEB": pgettext_lazy("hosting", "not on the web"),
}


NOT_RESOLVED = pgettext_lazy("hosting", "not resolved")


HANDLING = {
    Handling.NEW: ("calm", "ring"),
    Handling.AWAITING_ASSESSMENT: ("calm", "dashed"),
    Handling.ASSESSED: ("wait", "half"),
    Handling.SECOND_REVIEW: ("wait", "half"),
    Handling.ARBITRATION: ("bad", "rings"),
    Handling.NO_ACTION: ("calm", "dash"),
    Handling.ROUTED: ("act", "target"),
    Handling.POLICE_HOLD: ("bad", "bars"),
    Handling.NOTICE_DUE: ("wait", "triangle"),
    Handling.FOLLOWED: ("act", "target"),
    Handling.WATCHED: ("good", "tick"),
    Handling.ARCHIVED: ("calm", "dash"),
}


PRESENCE = {
    Presence.UNKNOWN: ("calm", "dashed"),
    Presence.ONLINE: ("wait", "bars"),
    Presence.UNREACHABLE: ("calm", "ring"),
    Presence.PRESUMED_REMOVED: ("info", "half"),
    Presence.REMOVED: ("good", "tick"),
    Presence.REAPPEARED: ("bad", "diamond"),
}


def urgency(priority: str) -> Mark:
    """P1–P5 as a mark."""
    return Mark(TONES[priority], SHAPES[priority], priority)


def hosting(item: Any) -> Mark:
    """Where an item is hosted and how certain that is."""
    tone, shape = CONFIDENCE.get(item.country_confidence, ("calm", "dashed"))
    if item.country and item.country_confidence in SURE:
        return Mark(tone, shape, f"{item.country} · {SURE[item.country_confidence]}")
    return Mark(tone, shape, str(PLACES.get(item.hosting_class, NOT_RESOLVED)))


def handling(item: Any) -> Mark:
    """What is being done about an item."""
    tone, shape = HANDLING[Handling(item.handling)]
    return Mark(tone, shape, vocab.label("state.item_handling", item.handling))


def presence(item: Any) -> Mark:
    """Whether an item can be reached."""
    tone, shape = PRESENCE[Presence(item.presence)]
    return Mark(tone, shape, vocab.label("state.item_presence", item.presence))


def time_left(received: datetime, due: datetime, at: datetime) -> tuple[str, float, str]:
    """The time left as text, the share of the time used up, and the tone."""
    whole = max(due - received, timedelta(minutes=1))
    share = min(1.0, max(0.0, (at - received) / whole))
    tone = "late" if at >= due or share > 0.85 else "wait" if share > 0.6 else ""
    return i18n.left(due, at), share, tone


def triage_left(item: Any, at: datetime) -> tuple[str, float, str] | None:
    """Time left until the item should be assessed;

    None once it is: what is held, monitored or finished is not overdue.
    """
    if not awaits_verdict(item.handling):
        return None
    target = timedelta(minutes=vocab.policy("policy.triage_target")["minutes"][item.priority])
    return time_left(max(item.received_hour, item.due_at - target), item.due_at, at)
