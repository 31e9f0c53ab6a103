"""How rows of the desk are worded and drawn: tones, shapes, time left. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy

from sauga.hotline.queries.worklist import Row
from sauga.hotline.rules.policies import LISTS
from sauga.hotline.rules.routing import Matched
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


@dataclass(frozen=True)
class Line:
    """A line of the worklist, ready to be drawn. `left` is empty where no deadline runs."""

    ref: str
    href: str
    urgency: Mark
    category: str
    host: str
    hosting: Mark
    state: Mark
    joined: int
    age: str
    left: str
    share: float
    left_tone: str
    holder: str


def urgency(priority: str) -> Mark:
    """P1–P5 as a mark."""
    return Mark(TONES[priority], SHAPES[priority], priority)


def hosting(item: Any) -> Mark:
    """Where an item lies and how sure that is."""
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


@dataclass(frozen=True)
class Course:
    """Where verdicts would send an item: their codes, their names, and the routes, each with its reason."""

    verdicts: str
    names: str
    routes: list[tuple[str, str]]


def because(rule: str, version: int | None = None) -> str:
    """Why a rule of routing sends items where it does: its conditions in words, but for the verdict, which stands beside it.

    `version`: of the rules; today's when not given. Empty when the verdict is the only condition.
    """
    versions = vocab.policy_history("policy.routing") if version else [vocab.policy("policy.routing")]
    rules = [one for policy in versions if version in {None, policy.version} for one in policy["rules"]]
    found: Mapping[str, Any] = next((one["when"] for one in rules if one["id"] == rule), {})
    return "; ".join(_condition(name, codes) for name, codes in found.items() if not name.startswith("verdict"))


def _condition(name: str, codes: Sequence[str]) -> str:
    of = name.removesuffix("_not")
    named = ", ".join(vocab.label(LISTS[of], code) if of in LISTS else code for code in codes)
    return gettext("not: %(codes)s") % {"codes": named} if of != name else named


def courses(by_verdict: Mapping[str, list[Matched]]) -> list[Course]:
    """One line for verdicts that lead to the same routes, in the order of the list of verdicts."""
    groups: dict[tuple[Matched, ...], list[str]] = {}
    for code, routes in by_verdict.items():
        groups.setdefault(tuple(routes), []).append(code)
    return [
        Course(
            " ".join(codes),
            "; ".join(vocab.label("item.verdict", code) for code in codes),
            [(match.route, because(match.rule)) for match in routes],
        )
        for routes, codes in groups.items()
    ]


def time_left(received: datetime, due: datetime, at: datetime) -> tuple[str, float, str]:
    """Words, the share of the time used up, and the tone."""
    whole = max(due - received, timedelta(minutes=1))
    share = min(1.0, max(0.0, (at - received) / whole))
    tone = "late" if at >= due or share > 0.85 else "wait" if share > 0.6 else ""
    return i18n.left(due, at), share, tone


def untraced(failed: str) -> str:
    """Why no source said where an item is hosted; empty when they were asked and simply did not answer."""
    return {
        "NOT_ON_THE_WEB": gettext("It is not on the web, so there is no host to ask about."),
        "REFUSED_BY_GUARD": gettext("The address leads into a private network or is no web address: it is never asked about."),
    }.get(failed, "")


def triage_left(item: Any, at: datetime) -> tuple[str, float, str] | None:
    """Time left until somebody should have judged the item; None once it is judged: what is held, followed or finished is not overdue."""
    if not awaits_verdict(item.handling):
        return None
    target = timedelta(minutes=vocab.policy("policy.triage_target")["minutes"][item.priority])
    return time_left(max(item.received_hour, item.due_at - target), item.due_at, at)


def line(row: Row, at: datetime) -> Line:
    """One row of the worklist in words."""
    item = row.item
    words, share, tone = triage_left(item, at) or ("", 0.0, "")
    return Line(
        ref=item.ref,
        href=reverse("hotline-item", args=[item.ref]),
        urgency=urgency(item.priority),
        category=vocab.label("rrt.category", item.category),
        host=row.host,
        hosting=hosting(item),
        state=handling(item),
        joined=item.report_count,
        age=i18n.age_from_hour(item.received_hour, at),
        left=words,
        share=share,
        left_tone=tone,
        holder=item.taken_by.name if row.taken and item.taken_by else "",
    )
