"""Concerns, cases, referrals and addresses at the desk in words: marks, time left, available actions."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.helpline.states import CaseState, ConcernState, LinkState, ReferralState
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.kit.lists import Column, Line, Link, Mark, Quiet, TimeLeft
from sauga.kernel.ui import components

type Said = tuple[str, str, str | Promise]


CONCERN: dict[str, Said] = {
    ConcernState.CONCERN: ("wait", "ring", pgettext_lazy("concern", "Raised")),
    ConcernState.CONSULT: ("bad", "diamond", pgettext_lazy("concern", "Consult now")),
    ConcernState.WATCH: ("info", "target", pgettext_lazy("concern", "Watching")),
    ConcernState.ACT_WITH_CONSENT: ("wait", "half", pgettext_lazy("concern", "Acting with consent proposed")),
    ConcernState.ACT_WITHOUT_CONSENT: (
        "wait",
        "half",
        pgettext_lazy("concern", "Acting without consent proposed"),
    ),
    ConcernState.REFUSED: ("bad", "bars", pgettext_lazy("concern", "Not approved")),
    ConcernState.APPROVED: ("act", "tick", pgettext_lazy("concern", "Approved by two")),
    ConcernState.NOTIFIED: ("act", "target", pgettext_lazy("concern", "Passed on")),
    ConcernState.ACKNOWLEDGED: ("info", "half", pgettext_lazy("concern", "Taken up by the service")),
    ConcernState.CHILD_INFORMED: ("good", "dot", pgettext_lazy("concern", "The child knows")),
    ConcernState.CHILD_NOT_REACHABLE: (
        "wait",
        "dashed",
        pgettext_lazy("concern", "The child could not be told"),
    ),
    ConcernState.REVIEWED: ("calm", "tick", pgettext_lazy("concern", "Reviewed")),
}
CASE: dict[str, Said] = {
    CaseState.DRAFT: ("calm", "dashed", pgettext_lazy("case", "Draft")),
    CaseState.OPEN: ("wait", "ring", pgettext_lazy("case", "Open, without a case worker")),
    CaseState.IN_PROGRESS: ("act", "half", pgettext_lazy("case", "In work")),
    CaseState.WAITING_EXTERNAL: ("info", "dashed", pgettext_lazy("case", "Waiting for others")),
    CaseState.CLOSE_PROPOSED: ("wait", "half", pgettext_lazy("case", "Closing proposed")),
    CaseState.CLOSED: ("calm", "tick", pgettext_lazy("case", "Closed")),
}
REFERRAL: dict[str, Said] = {
    ReferralState.SUGGESTED: ("calm", "ring", pgettext_lazy("referral", "Prepared")),
    ReferralState.CONSENT_ASKED: ("wait", "half", pgettext_lazy("referral", "The child is asked")),
    ReferralState.DECLINED: ("calm", "dash", pgettext_lazy("referral", "The child said no")),
    ReferralState.CONSENTED: ("act", "tick", pgettext_lazy("referral", "The child agreed")),
    ReferralState.WITHDRAWN: ("calm", "dash", pgettext_lazy("referral", "Taken back")),
    ReferralState.SENT: ("act", "target", pgettext_lazy("referral", "Sent")),
    ReferralState.CHASED: ("wait", "triangle", pgettext_lazy("referral", "Late, chased")),
    ReferralState.ESCALATED: (
        "bad",
        "triangle",
        pgettext_lazy("referral", "Late, with the safeguarding lead"),
    ),
    ReferralState.ACKNOWLEDGED: ("info", "half", pgettext_lazy("referral", "Taken up")),
    ReferralState.IN_SERVICE: ("info", "dot", pgettext_lazy("referral", "The service helps")),
    ReferralState.OUTCOME: ("good", "dot", pgettext_lazy("referral", "Outcome known")),
    ReferralState.CLOSED: ("calm", "tick", pgettext_lazy("referral", "Closed")),
}
LINK: dict[str, Said] = {
    LinkState.CAPTURED: ("calm", "ring", pgettext_lazy("address", "Recorded")),
    LinkState.SUBMITTED: ("act", "target", pgettext_lazy("address", "On its way to the hotline")),
    LinkState.RECEIPTED: ("info", "half", pgettext_lazy("address", "With the hotline")),
    LinkState.ASSESSED: ("good", "dot", pgettext_lazy("address", "The hotline has answered")),
    LinkState.TOLD: ("calm", "tick", pgettext_lazy("address", "The child knows")),
}
OUTCOMES: dict[str, str | Promise] = {
    "ACTED": _("Illegal; the provider or the police was notified"),
    "REMOVED": _("Removed: it can no longer be reached"),
    "KNOWN_ALREADY": _("The hotline knew it already and works on it"),
    "NOT_ILLEGAL": _("Not illegal"),
    "LAWFUL_WHERE_HOSTED": _("Lawful in the country where it is hosted"),
    "COULD_NOT_SEE": _("The hotline could not see it"),
    "NOT_ENOUGH": _("Not enough to go on"),
    "HANDED_ON": _("Handed on to another authority"),
    "ANSWERED": _("Answered"),
}
NOTES: dict[str, str | Promise] = {
    "NOTE": _("Note"),
    "PLAN": _("Plan"),
    "CLOSING": _("Why it can be closed"),
    "WATCH": _("Why we watch"),
    "EARLIER": _("Facts of an earlier proposal"),
    "REFUSED": _("Why it was not approved"),
    "SERVICE": _("From the service"),
    "CHILD_TOLD": _("How the child was told"),
    "NOT_REACHED": _("How we tried to reach the child"),
    "REVIEW": _("Review"),
}
BAD = {ConcernState.REFUSED, ReferralState.CHASED, ReferralState.ESCALATED}
WHY = (
    "confidentiality_ground",
    "safeguarding_decision",
    "child_told",
    "consent_given",
    "referral_target",
    "case_reopening",
)


def word(table: Mapping[str, Said], state: str) -> Mark:
    """Where something stands."""
    tone, shape, text = table[state]
    return Mark(tone, shape, str(text))


def outcome(code: str) -> str:
    """What the hotline found, in words."""
    return str(OUTCOMES.get(code, "")) or code


def note_kind(code: str) -> str:
    """What a note is."""
    return str(NOTES.get(code, NOTES["NOTE"]))


def moments(
    steps: Iterable[Any], table: Mapping[str, Said], names: Mapping[str, str]
) -> list[components.Moment]:
    """The way so far, with who and why."""
    found = []
    for step in steps:
        who = names.get(step.by, "") or (gettext("the child") if step.by == "system:child" else "")
        why = next(
            (vocab.label(name, step.why) for name in WHY if step.why and vocab.has_term(name, step.why)), ""
        )
        note = " · ".join(
            part for part in (who, why or outcome(step.why) if step.why in OUTCOMES else why) if part
        )
        found.append(
            components.Moment(
                text=word(table, step.after).text,
                when=step.at,
                note=note,
                kind="bad" if step.after in BAD else "done",
            )
        )
    return found


def left(since: datetime | None, until: datetime | None, at: datetime) -> TimeLeft | None:
    """How long until the next step is due; None where no clock runs."""
    if until is None:
        return None
    seconds = (until - at).total_seconds()
    if seconds <= 0:
        return TimeLeft(gettext("late by %(time)s") % {"time": _span(-seconds)}, 1.0, "late")
    whole = max((until - (since or at)).total_seconds(), 1)
    share = min(max(1 - seconds / whole, 0), 1)
    return TimeLeft(
        gettext("%(time)s left") % {"time": _span(seconds)}, round(share, 2), "wait" if share > 0.66 else ""
    )


def day_left(day: date | None, at: datetime) -> TimeLeft | None:
    """As `left`, for a day: it is due at its end."""
    if day is None:
        return None
    return left(at - timedelta(days=7), datetime.combine(day + timedelta(days=1), time(), VILNIUS), at)


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return gettext("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return gettext("%(h)d h %(m)d min") % {"h": minutes // 60, "m": minutes % 60}
    days = minutes // (24 * 60)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def columns(who: str | Promise, person: str, due: str) -> tuple[Column, ...]:
    """The columns of the lists of concerns, cases and referrals: `person` and `due` are the fields by which
    the last two sort.
    """
    return (
        Column("number", _("Number"), is_heading=True),
        Column("state", _("State"), is_state=True),
        Column("left", _("Time"), "nowrap", (due,)),
        Column("who", who, sort=(lithuanian_order(F(f"{person}__name")),)),
    )


def row(ref: str, href: str, what: str, *, state: Mark, left: TimeLeft | None, who: Any) -> Line:
    """One row of these lists; `who` is a person or None."""
    return Line(
        ref, ((Link(ref, href), Quiet(what) if what else None), state, left, who.name if who else None)
    )
