"""The one place that every way to the public passes: the editors' tool asks it before anything goes live.

Wagtail has many ways to publish (the button, the workflow's last approval, many at once, the schedule,
going back to an older version, a call from code); its hooks hear of some of them. All of them end in one
action, and copies that are born live in two others. Their `check()` is asked first by `execute()`, so it
is there that the gate stands (decision 0056). Reviewers are asked only about what may go live: the two
ways in which a review begins, handing in and handing in again, ask the same checks (decision 0080).
Called once, from `apps.py`.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any

from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Workflow, WorkflowState

from sauga.portal.actions import page_gate
from sauga.portal.models.base import PortalPage

type Check = Callable[..., None]


def stand(now: Callable[[], datetime]) -> None:
    """Put the gate before the three actions; `now` says the time, which the tool does not pass in. Calling it
    again changes nothing.
    """
    for action, question in (
        (PublishPageRevisionAction, partial(_may_go_live, now=now)),
        (CopyPageAction, _stays_draft),
        (CreatePageAliasAction, _may_be_alias),
    ):
        if not hasattr(action.check, "asks_the_gate"):
            action.check = _guarded(action.check, question)
    if not hasattr(Workflow.start, "asks_the_gate"):
        Workflow.start = _asking(Workflow.start, lambda _workflow, page: page, now)
        WorkflowState.resume = _asking(WorkflowState.resume, lambda state, *_more: state.content_object, now)


def _asking(
    begin: Callable[..., Any], page_of: Callable[..., Any], now: Callable[[], datetime]
) -> Callable[..., Any]:
    """Starting a review, after the gate."""

    @wraps(begin)
    def asked(self: Any, *args: Any, **kwargs: Any) -> Any:
        found = page_of(self, *(args or tuple(kwargs.values()))[:1])
        page = getattr(found, "specific", found)
        if isinstance(page, PortalPage):
            page_gate.check_review(page=page, at=now())
        return begin(self, *args, **kwargs)

    asked.asks_the_gate = True  # type: ignore[attr-defined]  # a mark on a function
    return asked


def _guarded(check: Check, question: Callable[[Any], None]) -> Check:
    @wraps(check)
    def guarded(self: Any, skip_permission_checks: bool = False) -> None:
        """Permissions first; the gate has no such switch."""
        check(self, skip_permission_checks=skip_permission_checks)
        question(self)

    guarded.asks_the_gate = True  # type: ignore[attr-defined]  # a mark on a function
    return guarded


def _may_go_live(action: PublishPageRevisionAction, *, now: Callable[[], datetime]) -> None:
    page = action.object
    if isinstance(page, PortalPage):
        at = now()
        goes_up = max(
            at, page.go_live_at or at
        )  # what would be refused at that hour is refused when it is scheduled
        _facts, results = page_gate.check_page(page=page, at=goes_up)
        if not (page.go_live_at and page.go_live_at > at):
            page_gate.record_result(page=page, failing=[], results=results, at=at)


def _stays_draft(action: CopyPageAction) -> None:
    """A copy has another address, other translations and no exceptions: it is checked when it is published
    itself.
    """
    if action.keep_live:
        _refuse_live(action.page, recursive=action.recursive)


def _may_be_alias(action: CreatePageAliasAction) -> None:
    """An alias is live as soon as its page is, and under a wrong address in another language."""
    _refuse_live(action.page, recursive=action.recursive)


def _refuse_live(page: Any, *, recursive: bool) -> None:
    found = page.get_descendants(inclusive=True) if recursive else type(page).objects.filter(pk=page.pk)
    live = found.filter(live=True).first()
    if live is not None and isinstance(live.specific, PortalPage):
        raise page_gate.CopyIsDraft(live.specific)
