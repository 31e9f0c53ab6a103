"""The facts of the accessibility statement: the latest audits with their findings, and exceptions in
force.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

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


@dataclass(frozen=True)
class Checked:
    """How many published pages and resources there are, how many have a recorded check, and what was
    found."""

    published: int = 0
    checked: int = 0
    audits: Sequence[Audited] = ()


def checked() -> Checked:
    """For each kind of page and check, the combined findings of the latest audit of each published page."""
    if not apps.is_installed("sauga.repository"):
        return Checked()
    found: dict[tuple[str, str, str], Audited] = {}
    subjects = set()
    for row in _audits():
        subjects.add(row.subject)
        place = (row.kind, row.check_code, row.tool)
        before = found.get(place)
        faults = len(row.findings) + (before.faults if before else 0)
        at = max(row.at, before.at) if before else row.at
        found[place] = Audited(
            row.kind, row.check_code, row.tool, at, faults, (before.texts if before else 0) + 1
        )
    published = sum(_published().values())
    return Checked(published, len(subjects), [found[place] for place in sorted(found)])


@statements.counted()
def _published() -> Mapping[str, QuerySet[Any]]:
    from sauga.repository.resources.models import Resource

    return {"pages": PortalPage.objects.live(), "resources": Resource.objects.public()}


@statements.fetched
def _audits() -> Any:
    """The latest audits of what a visitor can open. Drafts and withdrawn pages say nothing about the site."""
    from sauga.repository.resources.models import Audit, Resource

    def named(prefix: str, rows: Any, key: str) -> Any:
        return rows.annotate(named=Concat(Value(prefix, TextField()), Cast(key, TextField()))).values("named")

    pages = named("page:", PortalPage.objects.live().order_by(), "pk")
    resources = named("resource:", Resource.objects.public().order_by(), "ref")
    one = ("subject", "language", "check_code", "tool")
    rows = Audit.objects.filter(Q(subject__in=pages) | Q(subject__in=resources)).defer("digest")
    return rows.order_by(*one, "-at", "-pk").distinct(*one)


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
        for one in _in_force(on=on)
    ]
    return rows + _excepted_resources(on) if apps.is_installed("sauga.repository") else rows


@statements.fetched
def _in_force(*, on: date) -> Any:
    rows = GateException.objects.in_force(on).filter(check_code__in=ABOUT_ACCESS, page__live=True)
    return rows.select_related("page__locale").order_by("page__path", "check_code")[:MOST_SHOWN]


@statements.fetched
def _with_exceptions() -> Any:
    from sauga.repository.resources.models import Resource

    rows = Resource.objects.public().exclude(gate_overrides=[]).order_by("pk")
    return rows.only("title", "gate_overrides")[:MOST_SHOWN]


def _excepted_resources(on: date) -> list[Excepted]:
    rows: list[Excepted] = []
    for resource in _with_exceptions():
        for one in resource.gate_overrides:
            until = date.fromisoformat(one["until"])
            if one["check"] in ABOUT_ACCESS and until >= on:
                rows.append(
                    Excepted(resource.title, one["check"], one["reason"], until, "repository.resource")
                )
    return rows


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
