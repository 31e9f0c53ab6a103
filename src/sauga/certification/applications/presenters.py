"""Applications and certifications as pages show them: states, the checklist, votes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext_lazy

from sauga.certification.applications.actions.board import reason_of
from sauga.certification.applications.models import Ambassador, Case
from sauga.certification.applications.queries import evidence, protection
from sauga.certification.applications.queries.ambassadors import cases_of
from sauga.certification.applications.rules.codes import CaseKind, Choice, Source
from sauga.certification.programme.queries import versions
from sauga.certification.programme.rules.criteria import FOR_CERTIFICATION, Kind, Standing, Why
from sauga.certification.states import AmbassadorState, CaseState
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import long_date
from sauga.kernel.identity.queries import names_of
from sauga.kernel.kit.lists import Mark
from sauga.kernel.ui.components import Moment

STATES: dict[str, Mark] = {
    AmbassadorState.APPLIED: Mark("wait", "", pgettext_lazy("ambassador", "applied")),
    AmbassadorState.ELIGIBLE: Mark("act", "", pgettext_lazy("ambassador", "eligible")),
    AmbassadorState.IN_TRAINING: Mark("wait", "half", pgettext_lazy("ambassador", "in training")),
    AmbassadorState.EXAM_PASSED: Mark("act", "", pgettext_lazy("ambassador", "exam passed")),
    AmbassadorState.SUPERVISED: Mark("act", "", pgettext_lazy("ambassador", "supervised session held")),
    AmbassadorState.BOARD_DECISION: Mark("wait", "half", pgettext_lazy("ambassador", "with the board")),
    AmbassadorState.ACTIVE: Mark("good", "", pgettext_lazy("ambassador", "certified")),
    AmbassadorState.REJECTED: Mark("calm", "dash", pgettext_lazy("ambassador", "not certified")),
    AmbassadorState.RENEWAL_DUE: Mark("wait", "", pgettext_lazy("ambassador", "to be renewed")),
    AmbassadorState.LAPSED: Mark("calm", "dashed", pgettext_lazy("ambassador", "lapsed")),
    AmbassadorState.SUSPENDED: Mark("bad", "diamond", pgettext_lazy("ambassador", "suspended")),
    AmbassadorState.REVOKED: Mark("bad", "dash", pgettext_lazy("ambassador", "revoked")),
    AmbassadorState.WITHDRAWN: Mark("calm", "dash", pgettext_lazy("ambassador", "withdrawn")),
}
CASES: dict[str, Mark] = {
    CaseState.OPEN: Mark("wait", "half", pgettext_lazy("board case", "to be decided")),
    CaseState.DECIDED: Mark("calm", "", pgettext_lazy("board case", "decided")),
}
NEXT: dict[str, Any] = {
    AmbassadorState.APPLIED: pgettext_lazy(
        "ambassador", "We check the application; your employer is asked by email."
    ),
    AmbassadorState.ELIGIBLE: pgettext_lazy("ambassador", "You get a place on the course."),
    AmbassadorState.IN_TRAINING: pgettext_lazy("ambassador", "Finish the course and pass the exam."),
    AmbassadorState.EXAM_PASSED: pgettext_lazy(
        "ambassador", "Next: a supervised session at levels 2 and 3, otherwise the board."
    ),
    AmbassadorState.SUPERVISED: pgettext_lazy("ambassador", "Your file goes to the board."),
    AmbassadorState.BOARD_DECISION: pgettext_lazy("ambassador", "Two people of the board decide."),
    AmbassadorState.RENEWAL_DUE: pgettext_lazy("ambassador", "See below what is missing for the renewal."),
    AmbassadorState.LAPSED: pgettext_lazy("ambassador", "The update course brings the certification back."),
    AmbassadorState.SUSPENDED: pgettext_lazy("ambassador", "Please hold no sessions. The board decides."),
}
"""What an ambassador reads below the state."""


def amount_text(one: Standing) -> str:
    """How much there is of how much is needed."""
    return gettext("%(n)s of %(minimum)s") % {"n": one.amount, "minimum": one.minimum}


def why_text(one: Standing) -> str:
    """Why a criterion is not met, in words; empty where it is."""
    if not one.why:
        return ""
    if one.why == Why.EXPIRED:
        return gettext("The evidence has expired.")
    if one.why == Why.MISSING:
        return _missing(one)
    if one.criterion.kind == Kind.SCORE:
        return gettext("%(n)s per cent; %(minimum)s are needed.") % {"n": one.amount, "minimum": one.minimum}
    left = one.minimum - one.amount
    return ngettext("%(n)s more is needed.", "%(n)s more are needed.", left) % {"n": left}


def _missing(one: Standing) -> str:
    if one.criterion.kind == Kind.EMPLOYER:
        return gettext("The employer has not answered yet.")
    return gettext("Nothing yet.")


def checklist(
    row: Ambassador, at: datetime, phases: Iterable[str] = FOR_CERTIFICATION
) -> list[dict[str, Any]]:
    """Every criterion with whether it is met, why not, and until when it counts."""
    return [
        {
            "text": line.criterion.text,
            "is_met": line.standing.is_met,
            "why": why_text(line.standing),
            "amount": amount_text(line.standing) if line.standing.minimum > 1 else "",
            "ends": line.standing.ends,
            "records": line.records,
        }
        for line in evidence.lines(row, local_day(at), phases)
    ]


def records(row: Ambassador) -> list[dict[str, Any]]:
    """Every decision about evidence, with who decided; for the desk."""
    texts = {one.code: one.text for one in versions.criteria_of(row.programme)}
    held = evidence.records_of(row)
    names = names_of({one.decided_by for one in held})
    return [
        {
            "row": one,
            "text": texts.get(one.code, one.code),
            "reference": protection.text_of(row, one, "reference"),
            "who": names.get(one.decided_by) or Source(one.source).label,
        }
        for one in held
    ]


def cases(row: Ambassador, *, with_names: bool) -> list[dict[str, Any]]:
    """What the board decided, with reasons; names only at the desk."""
    return [_case(row, one, with_names=with_names) for one in cases_of(row)]


def _case(row: Ambassador, case: Case, *, with_names: bool) -> dict[str, Any]:
    votes = [
        {
            "who": vote.person.name if with_names else "",
            "choice": Choice(vote.choice).label,
            "reason": reason_of(row, vote),
            "at": vote.at,
        }
        for vote in case.votes.all()
    ]
    return {
        "row": case,
        "kind": CaseKind(case.kind).label,
        "outcome": Choice(case.outcome).label if case.outcome else "",
        "is_open": case.state == CaseState.OPEN,
        "votes": votes if case.outcome else [],  # each decides without knowing what the other said
    }


def course_of(case: Case) -> list[Moment]:
    """Who has decided and since when it waits, the newest first. What each said is shown once all have."""
    said = pgettext_lazy("board case", "one of the board has decided")
    votes = [Moment(text=said, when=vote.at, note=vote.person.name) for vote in case.votes.order_by("-at")]
    return [*votes, Moment(text=CASES[CaseState.OPEN].text, when=case.opened_at)]


def period(since: Any, until: Any) -> str:
    """„2026 m. spalio 1 d. – 2028 m. rugsėjo 30 d.“"""
    return f"{long_date(since)} – {long_date(until)}"
