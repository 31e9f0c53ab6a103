"""How notices are shown at the desk: state, progress, the escalation ladder. No database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.presenters import time_left
from sauga.hotline.notices.models import Notice, NoticeStep
from sauga.hotline.notices.rules.deadlines import Rung
from sauga.hotline.states import NoticeState
from sauga.kernel import vocab
from sauga.kernel.i18n import languages
from sauga.kernel.identity import names_of
from sauga.kernel.kit.lists import Mark, TimeLeft
from sauga.kernel.ui import components

STATES: dict[NoticeState, tuple[str, str]] = {
    NoticeState.DRAFTED: ("wait", "half"),
    NoticeState.APPROVED: ("act", "half"),
    NoticeState.QUEUED: ("act", "half"),
    NoticeState.SENT: ("act", "target"),
    NoticeState.DELIVERED: ("act", "dot"),
    NoticeState.BOUNCED: ("bad", "cross"),
    NoticeState.NO_RECEIPT: ("wait", "dashed"),
    NoticeState.ACKNOWLEDGED: ("info", "ring"),
    NoticeState.CLAIMED_REMOVED: ("info", "half"),
    NoticeState.REFUSED: ("bad", "bars"),
    NoticeState.DISPUTED: ("bad", "rings"),
    NoticeState.SATISFIED: ("good", "tick"),
    NoticeState.PARTLY_SATISFIED: ("wait", "half"),
    NoticeState.EXPIRED: ("bad", "diamond"),
    NoticeState.ESCALATED: ("bad", "triangle"),
    NoticeState.WITHDRAWN: ("calm", "dash"),
    NoticeState.CLOSED: ("calm", "tick"),
}
CHECKS: dict[str, str | Promise] = {
    "template": _("The template is valid"),
    "contact": _("A person approved the contact"),
    "verdict": _("The verdict is upheld"),
    "field": _("Every field of the legal basis is filled"),
}
BAD_STEPS = {
    NoticeState.BOUNCED,
    NoticeState.REFUSED,
    NoticeState.DISPUTED,
    NoticeState.EXPIRED,
    NoticeState.ESCALATED,
}
ANSWERED = {
    NoticeState.ACKNOWLEDGED,
    NoticeState.CLAIMED_REMOVED,
    NoticeState.REFUSED,
    NoticeState.DISPUTED,
    NoticeState.SATISFIED,
    NoticeState.PARTLY_SATISFIED,
}


def state(notice: Notice) -> Mark:
    """The state of a notice."""
    tone, shape = STATES[NoticeState(notice.state)]
    return Mark(tone, shape, vocab.label("state.notice", notice.state))


def left(notice: Notice, at: datetime) -> TimeLeft | None:
    """Time left until removal is due; None before sending and after the end."""
    since = notice.delivered_at or notice.sent_at
    if (
        notice.remove_by is None
        or since is None
        or notice.state in {NoticeState.SATISFIED, NoticeState.WITHDRAWN, NoticeState.CLOSED}
    ):
        return None
    return TimeLeft(*time_left(since, notice.remove_by, at))


def way(notice: Notice) -> list[tuple[str | Promise, bool, bool]]:
    """The five steps of every notice: label, done, current."""
    approved = notice.state not in {NoticeState.DRAFTED} and not (
        notice.state == NoticeState.WITHDRAWN and notice.sent_at is None
    )
    done = [
        True,
        approved,
        notice.sent_at is not None,
        notice.delivered_at is not None,
        notice.state in ANSWERED,
    ]
    words = [_("Drafted"), _("Approved"), _("Sent"), _("Delivered"), _("Answered")]
    current = next((number for number, met in enumerate(done) if not met), len(done))
    ended = notice.state in {NoticeState.WITHDRAWN, NoticeState.CLOSED, NoticeState.SATISFIED}
    return [
        (word, met, number == current and not ended)
        for number, (word, met) in enumerate(zip(words, done, strict=True))
    ]


def moments(steps: Sequence[NoticeStep]) -> list[components.Moment]:
    """The notice's moves, newest first."""
    names = names_of({step.by for step in steps})
    return [
        components.Moment(
            text=vocab.label("state.notice", step.after),
            when=step.at,
            note=names.get(step.by, ""),
            kind="bad" if step.after in BAD_STEPS else "now" if number == 0 else "done",
        )
        for number, step in enumerate(steps)
    ]


def rungs(ladder: Sequence[Rung], done: int) -> list[dict[str, Any]]:
    """The ladder as text: each kind of rung once, with repeats."""
    language = languages.active().code
    labels = {step["code"]: step[language] for step in vocab.policy("policy.escalation")["steps"]}
    seen: dict[str, dict[str, Any]] = {}
    for number, rung in enumerate(ladder):
        held = seen.setdefault(
            rung.do,
            {"label": labels.get(rung.do, rung.do), "hours": rung.after_hours, "done": False, "repeats": 0},
        )
        held["repeats"] += 1
        held["done"] = held["done"] or number < done
    return sorted(seen.values(), key=lambda row: row["hours"])
