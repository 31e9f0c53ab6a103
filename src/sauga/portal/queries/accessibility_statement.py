"""The facts of the accessibility statement: the latest audits with their findings, and exceptions in
force.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Func, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from sauga.kernel import statements
from sauga.kernel.identity import PersonActor
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
    found: dict[tuple[str, str, str], list[tuple[datetime, int]]] = {}
    subjects = set()
    for subject, kind, check, tool, at, faults in _audits():
        subjects.add(subject)
        found.setdefault((kind, check, tool), []).append((at, faults))
    audits = [
        Audited(*place, max(at for at, _faults in held), sum(faults for _at, faults in held), len(held))
        for place, held in sorted(found.items(), key=lambda one: one[0])
    ]
    return Checked(sum(_published().values()), len(subjects), audits)


@statements.counted()
def _published() -> Mapping[str, QuerySet[Any]]:
    from sauga.repository.resources.models import Resource

    return {"pages": PortalPage.objects.live(), "resources": Resource.objects.public()}


@statements.prepared
def _audits() -> Any:
    """The latest audits of what a visitor can open, with the number of their findings. Drafts and withdrawn
    pages say nothing about the site."""
    from sauga.repository.resources.models import Audit, Resource

    def named(prefix: str, rows: Any, key: str) -> Any:
        return rows.annotate(named=Concat(Value(prefix, TextField()), Cast(key, TextField()))).values("named")

    pages = named("page:", PortalPage.objects.live().order_by(), "pk")
    resources = named("resource:", Resource.objects.public().order_by(), "ref")
    one = ("subject", "language", "check_code", "tool")
    rows = Audit.objects.filter(Q(subject__in=pages) | Q(subject__in=resources))
    faults = Func(F("findings"), function="jsonb_array_length", output_field=IntegerField())
    latest = rows.order_by(*one, "-at", "-pk").distinct(*one)
    return latest.annotate(faults=faults).values_list("subject", "kind", "check_code", "tool", "at", "faults")


def excepted(on: date) -> list[Excepted]:
    """Exceptions from accessibility checks in force on what is published: pages first."""
    rows = [
        Excepted(
            {language: title},
            check,
            {code: said for code, said in (("lt", reason_lt), ("en", reason_en)) if said},
            until,
            "portal.page",
        )
        for title, language, check, reason_lt, reason_en, until in _in_force(on=on)
    ]
    return rows + _excepted_resources(on) if apps.is_installed("sauga.repository") else rows


@statements.prepared
def _in_force(*, on: date) -> Any:
    rows = GateException.objects.in_force(on).filter(check_code__in=ABOUT_ACCESS, page__live=True)
    shown = ("page__title", "page__locale__language_code", "check_code", "reason_lt", "reason_en", "until")
    return rows.order_by("page__path", "check_code").values_list(*shown)[:MOST_SHOWN]


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


def waiting(_by: PersonActor, _at: datetime) -> int:
    """How many wait for an answer."""
    return _waiting()[WAITING]


@statements.counted()
def _waiting() -> Mapping[str, QuerySet[Feedback]]:
    return {WAITING: Feedback.objects.waiting()}
