"""What the accessibility statement rests on: the last audits, what they found, exceptions in force. Computed each time, never typed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps

from sauga.portal.models import Feedback
from sauga.portal.states import FeedbackState

ABOUT_ACCESS = (
    "axe",
    "html",
    "alt_text",
    "captions",
    "transcript",
    "audio_description",
    "tagged_pdf",
    "keyboard",
    "print_fallback",
    "text_version",
    "reading_level",
)
MOST_SHOWN = 40


@dataclass(frozen=True)
class Audited:
    """The last word of one tool on one kind of page."""

    kind: str
    check: str
    tool: str
    at: datetime
    faults: int


@dataclass(frozen=True)
class Excepted:
    """A text that is published although a check about accessibility does not pass."""

    title: dict[str, str]
    check: str
    reason: dict[str, str]
    until: date


def audited() -> list[Audited]:
    """For each kind of page and check, what the newest look at each page of it found together."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.models import Audit

    latest = Audit.objects.order_by("subject", "language", "check_code", "-at", "-pk").distinct("subject", "language", "check_code")
    found: dict[tuple[str, str], Audited] = {}
    for row in latest:
        before = found.get((row.kind, row.check_code))
        faults = len(row.findings) + (before.faults if before else 0)
        at = max(row.at, before.at) if before else row.at
        found[row.kind, row.check_code] = Audited(row.kind, row.check_code, row.tool, at, faults)
    return [found[place] for place in sorted(found)]


def excepted(on: date) -> list[Excepted]:
    """Exceptions in force that concern accessibility, of what is published."""
    if not apps.is_installed("sauga.repository"):
        return []
    from sauga.repository.models import Resource

    rows: list[Excepted] = []
    for resource in Resource.objects.public().exclude(gate_overrides=[]).order_by("pk")[:MOST_SHOWN]:
        for one in resource.gate_overrides:
            until = date.fromisoformat(one["until"])
            if one["check"] in ABOUT_ACCESS and until >= on:
                rows.append(Excepted(resource.title, one["check"], one["reason"], until))
    return rows


def feedback_list(view: str) -> list[Feedback]:
    """What readers said: waiting first by due time, or what was answered or closed, newest first."""
    if view == "open":
        return list(Feedback.objects.waiting().order_by("due_at", "pk"))
    return list(Feedback.objects.exclude(state=FeedbackState.RECEIVED).order_by("-received_at", "-pk")[:200])


def feedback_behind(lookup: bytes) -> Feedback | None:
    """What was said under a receipt."""
    found: Feedback | None = Feedback.objects.filter(receipt=lookup).first()
    return found


def waiting(_actor: Any = None) -> int | None:
    """How many wait for an answer; nothing when none does."""
    return Feedback.objects.waiting().count() or None
