"""The facts of the accessibility statement: the latest audits with their findings, and exceptions in
force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from sauga.kernel import statements
from sauga.portal.models.base import PortalPage
from sauga.portal.models.feedback import Feedback
from sauga.portal.models.page_gate import GateException
from sauga.portal.states import FeedbackState
from sauga.repository.resources.rules.publish_gate import ABOUT_ACCESS

MOST_SHOWN = 40
WAITING = "portal-feedback-list"


@dataclass(frozen=True)
class Audited:
    """The latest result of one tool for one kind of page."""

    kind: str
    check: str
    tool: str
    at: datetime
    faults: int
    texts: int


@dataclass(frozen=True)
class Excepted:
    """A published text that has an exception from an accessibility check."""

    title: dict[str, str]
    check: str
    reason: dict[str, str]
    until: date
    kind: str


def audited() -> list[Audited]:
    """For each kind of page and check, the combined findings of the latest audit of each published page."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.resources.models import Audit

    one = ("subject", "language", "check_code", "tool")
    found: dict[tuple[str, str, str], Audited] = {}
    shown = _published()
    for row in Audit.objects.order_by(*one, "-at", "-pk").distinct(*one):
        if row.subject not in shown:
            continue
        place = (row.kind, row.check_code, row.tool)
        before = found.get(place)
        faults = len(row.findings) + (before.faults if before else 0)
        at = max(row.at, before.at) if before else row.at
        found[place] = Audited(
            row.kind, row.check_code, row.tool, at, faults, (before.texts if before else 0) + 1
        )
    return [found[place] for place in sorted(found)]


def _published() -> set[str]:
    """The audit names of everything that a visitor can open. Drafts and withdrawn pages say nothing about the
    site.
    """
    from sauga.repository.resources.models import Resource

    pages = PortalPage.objects.live().values_list("pk", flat=True)
    return {
        *(f"page:{key}" for key in pages),
        *(f"resource:{ref}" for ref in Resource.objects.public().values_list("ref", flat=True)),
    }


def excepted(on: date) -> list[Excepted]:
    """Exceptions from accessibility checks in force on what is published: pages first."""
    rows = [
        Excepted(
            {one.page.locale.language_code: one.page.title},
            one.check_code,
            {code: said for code, said in (("lt", one.reason_lt), ("en", one.reason_en)) if said},
            one.until,
            "portal.page",
        )
        for one in GateException.objects.in_force(on)
        .filter(check_code__in=ABOUT_ACCESS, page__live=True)
        .select_related("page__locale")
        .order_by("page__path", "check_code")[:MOST_SHOWN]
    ]
    return rows + _excepted_resources(on) if apps.is_installed("sauga.repository") else rows


def _excepted_resources(on: date) -> list[Excepted]:
    from sauga.repository.resources.models import Resource

    rows: list[Excepted] = []
    for resource in Resource.objects.public().exclude(gate_overrides=[]).order_by("pk")[:MOST_SHOWN]:
        for one in resource.gate_overrides:
            until = date.fromisoformat(one["until"])
            if one["check"] in ABOUT_ACCESS and until >= on:
                rows.append(
                    Excepted(resource.title, one["check"], one["reason"], until, "repository.resource")
                )
    return rows


def counted() -> tuple[int, int]:
    """How many published pages and resources there are, and how many have a recorded check."""
    if not apps.is_installed("sauga.repository"):
        return 0, 0
    from sauga.repository.resources.models import Audit

    shown = _published()
    return len(shown), len(shown & set(Audit.objects.values_list("subject", flat=True).distinct()))


def feedback_list(view: str) -> QuerySet[Feedback]:
    """Feedback: waiting first by due date, or answered and closed, newest first."""
    if view == "open":
        return Feedback.objects.waiting().order_by("due_at", "pk")
    return Feedback.objects.exclude(state=FeedbackState.RECEIVED).order_by("-received_at", "-pk")


def feedback_behind(lookup: bytes) -> Feedback | None:
    """The feedback with a receipt."""
    found: Feedback | None = Feedback.objects.filter(receipt=lookup).first()
    return found


def waiting() -> int:
    """How many wait for an answer."""
    return _waiting()[WAITING]


def rail_counts(_by: Any) -> dict[str, int]:
    """The number shown beside the page of feedback; nothing when none waits."""
    found = waiting()
    return {WAITING: found} if found else {}


@statements.counted()
def _waiting() -> Mapping[str, QuerySet[Feedback]]:
    return {WAITING: Feedback.objects.waiting()}
