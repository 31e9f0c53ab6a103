"""The publish gate of pages: blocking publication, exceptions, browser audits, and nightly checks of live
pages.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor
from sauga.portal.models.base import PortalPage
from sauga.portal.models.page_gate import GateException, GateWord
from sauga.portal.permissions import Permission
from sauga.portal.queries import page_gate
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.rules.page_checks import PageFacts
from sauga.portal.trail import Trail
from sauga.repository.resources.actions import audits, browser_audit
from sauga.repository.resources.actions.review import check_override
from sauga.repository.resources.rules import publish_gate
from sauga.repository.resources.rules.gate_facts import Result

LOOKER = SystemActor("repository")
"""Keeping what a look found is the repository's act, whoever's page it is."""


class GateBlocked(ActionRefused):
    """The page cannot be published. `failing` names the checks; `waits`: only a browser audit is missing."""

    message = _("Saved, but not published: a check does not pass.")

    def __init__(self, page: PortalPage, failing: list[str], *, waits: bool = False) -> None:
        super().__init__(f"page {page.pk}: {', '.join(failing)}")
        self.page, self.failing, self.waits = page, failing, waits


class CopyIsDraft(GateBlocked):
    """A copy of a live page would be live without a check. Copy it as a draft, and publish the copy."""

    message = _(
        "A copy starts as a draft: copy without publishing, then publish the copy. Nothing was copied."
    )

    def __init__(self, page: PortalPage) -> None:
        super().__init__(page, ["copy"])


class ReviewShut(GateBlocked):
    """The page cannot be submitted for review, because it could not be published."""

    message = _("Saved, but not submitted for review: a check does not pass.")


def check_review(*, page: PortalPage, at: datetime) -> None:
    """Check the newest version of a page before review, as of its planned publication. Raises ReviewShut.

    A browser audit, where there is one, is awaited at the end and blocks no review.
    """
    newest = page_gate.newest(page)
    facts, results = page_gate.judge(newest, max(at, newest.go_live_at or at))
    to_come = _unseen(results) if settings.CHROMIUM else set()
    if failing := [code for code in publish_gate.failing(facts, results) if code not in to_come]:
        raise ReviewShut(page, failing)


def check_page(*, page: PortalPage, at: datetime) -> tuple[PageFacts, list[Result]]:
    """Check a version that is about to be published or scheduled. Raises GateBlocked."""
    facts, results = page_gate.judge(page, at)
    failing = publish_gate.failing(facts, results)
    if failing:
        raise GateBlocked(page, failing, waits=set(failing) <= _unseen(results))
    return facts, results


def record_result(*, page: PortalPage, failing: list[str], results: list[Result], at: datetime) -> None:
    """Record the gate's result for a live page: for the list of failing pages and the accessibility
    statement.
    """
    GateWord.objects.update_or_create(
        page_id=page.pk, defaults={"failing": failing, "unseen": bool(_unseen(results)), "at": at}
    )
    audits.record_changes(
        by=LOOKER,
        subject=page_gate.subject_of(page),
        kind=page_gate.kind_of(page),
        language=str(page.locale.language_code),
        tool=audits.OURS,
        findings={
            one.check: one.findings
            for one in results
            if one.was_made
            and one.check in publish_gate.ABOUT_ACCESS
            and one.check not in publish_gate.BROWSER
        },
        at=at,
    )


def override_check(
    *, by: Actor, page: PortalPage, check: str, reason: Mapping[str, str], until: str, at: datetime
) -> GateException:
    """Grant an exception from a check: by name, with a reason, for at most three years.

    Raises PermissionRefused, OverrideRefused.
    """
    require(by, Permission.OVERRIDE_GATE)
    said = {language: " ".join(text.split())[:400] for language, text in reason.items() if text.strip()}
    check_override(check, said, until, at)
    with transaction.atomic():
        _end(page, check, at)
        words = {"reason_lt": said.get("lt", ""), "reason_en": said.get("en", "")}
        made = GateException.objects.create(
            page_id=page.pk,
            check_code=check,
            **words,
            until=date.fromisoformat(until),
            given_by=by.pseudonym,
            given_at=at,
        )
        audit.record(
            by,
            Trail.GATE_OVERRIDDEN,
            None,
            zone=ZONE,
            at=at,
            facts={"page": str(page.pk), "check": check, "until": until},
        )
        tell(page)
        return made


def end_exception(*, by: Actor, page: PortalPage, check: str, at: datetime) -> None:
    """End an exception; the check counts again. Does nothing where there is none."""
    require(by, Permission.OVERRIDE_GATE)
    with transaction.atomic():
        if not _end(page, check, at):
            return
        audit.record(
            by,
            Trail.GATE_OVERRIDE_ENDED,
            None,
            zone=ZONE,
            at=at,
            facts={"page": str(page.pk), "check": check},
        )
        tell(page)


def _end(page: PortalPage, check: str, at: datetime) -> int:
    return int(GateException.objects.standing().filter(page_id=page.pk, check_code=check).update(ended_at=at))


def tell(page: PortalPage) -> None:
    """Signal to the desk pages that show this page's gate."""
    live.signal(f"portal.gate.{page.pk}")


def request_audit(*, by: Actor, page: PortalPage) -> bool:
    """Start a browser audit of the newest version. False where this installation has no browser or does not
    require one.
    """
    require(by, Permission.SEE_GATE)
    if not (settings.CHROMIUM and settings.GATE_NEEDS_BROWSER):
        return False
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(
            "portal.look_at_page", queue="portal", queueing_lock=f"portal.look.{page.pk}"
        ).defer(page_id=page.pk)
    return True


def audit_page(*, by: Actor, page: PortalPage, at: datetime) -> None:
    """Audit the version that the object holds with the browser, and record the findings. Raises NoBrowser."""
    require(by, Permission.LOOK)
    html = page_gate.page_of(page)
    seen = browser_audit.audit_page(html)
    with transaction.atomic():
        audits.record_audit(
            by=LOOKER,
            subject=page_gate.subject_of(page),
            kind=page_gate.kind_of(page),
            language=str(page.locale.language_code),
            digest=page_gate.digest_of(page),
            tool=seen.tool,
            findings=seen.findings,
            at=at,
        )
        tell(page)


def audit_unseen(*, by: Actor, at: datetime, most: int = 2) -> int:
    """Audit a few live pages that have never been audited. Returns how many. Raises NoBrowser."""
    require(by, Permission.LOOK)
    rows = list(
        GateWord.objects.filter(unseen=True, page__live=True)
        .order_by("at", "pk")
        .select_related("page")[:most]
    )
    for row in rows:
        GateWord.objects.filter(pk=row.pk).update(unseen=False)
        audit_page(by=by, page=row.page.specific, at=at)
    return len(rows)


def judge_live(*, by: Actor, at: datetime) -> int:
    """Check every live page again: links break, dates pass, exceptions end. Returns how many would fail
    today.

    Nothing is unpublished: a person decides. A missing browser audit does not count against a live page.
    """
    require(by, Permission.SWEEP)
    fallen = 0
    for key in list(PortalPage.objects.live().order_by("path").values_list("pk", flat=True)):
        with transaction.atomic():
            page = PortalPage.objects.live().filter(pk=key).first()
            if page is None:
                continue
            facts, results = page_gate.judge(page.specific, at)
            failing = [code for code in publish_gate.failing(facts, results) if code not in _unseen(results)]
            record_result(page=page.specific, failing=failing, results=results, at=at)
            fallen += bool(failing)
    return fallen


def _unseen(results: list[Result]) -> set[str]:
    return {one.check for one in results if one.outcome is publish_gate.Outcome.NOT_RUN}
