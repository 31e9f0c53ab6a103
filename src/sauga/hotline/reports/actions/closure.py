"""The end of a report: once every item has an outcome, the report gets its own and the
reporter can read it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from sauga.hotline.content.models import ContentItem
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.models import Contact, Report
from sauga.hotline.states import TO_ASSESS, Handling, ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

ZONE = sealed.Zone.HOTLINE
CONTACT_TERM = timedelta(days=30)
OPEN = (ReportState.RECEIVED, ReportState.TRIAGED, ReportState.IN_ASSESSMENT, ReportState.WAITING_REPORTER)
ACTED = {Handling.ROUTED, Handling.POLICE_HOLD, Handling.NOTICE_DUE, Handling.FOLLOWED, Handling.WATCHED}
SPAM_TERM = timedelta(days=30)
# Reasons for taking no action, the most telling first: the report takes the first that one of its items has.
REASONS = ("LAWFUL_WHERE_HOSTED", "NOT_ACCESSIBLE", "NOT_FOUND", "NOT_ILLEGAL")


def outcome_of(items: list[ContentItem]) -> ReportState | None:
    """The outcome that fits a report's items; None while one is still open."""
    if any(
        item.handling in ACTED
        or (item.handling == Handling.ARCHIVED and item.verdict and not item.no_action_reason)
        for item in items
    ):
        waiting = any(item.handling not in {*ACTED, Handling.NO_ACTION, Handling.ARCHIVED} for item in items)
        return None if waiting else ReportState.ACTIONED
    if any(item.handling not in {Handling.NO_ACTION, Handling.ARCHIVED} for item in items):
        return None
    given = {item.no_action_reason for item in items}
    return next((ReportState(reason) for reason in REASONS if reason in given), ReportState.NOT_ILLEGAL)


def settle_report(*, by: Actor, report: Report, at: datetime) -> Report:
    """Give a report its outcome and close it, if all its items have theirs.

    Does nothing otherwise, and nothing twice.
    """
    require(by, Permission.SETTLE)
    with transaction.atomic():
        report = lock(report)
        if report.state in {ReportState.CLOSED, ReportState.SPAM, ReportState.WAITING_REPORTER}:
            return report
        outcome = outcome_of(list(ContentItem.objects.filter(locations__report=report).distinct()))
        if outcome is None:
            return report
        if report.state == ReportState.DUPLICATE:
            return _close(by, report, ReportState.DUPLICATE, at)
        for step in (ReportState.TRIAGED, ReportState.IN_ASSESSMENT):
            if report.state != ReportState.IN_ASSESSMENT and report.state_tables["state"].allows(
                report.state, step
            ):
                move(report, to=step, by=by, at=at)
        move(report, to=outcome, by=by, at=at)
        return _close(by, report, outcome, at)


def close_report(*, by: PersonActor, report: Report, outcome: ReportState, at: datetime) -> Report:
    """An analyst ends a report that needs no items judged: out of remit, not enough information, answered as
    a consultation."""
    require(by, Permission.TRIAGE, report)
    if outcome not in {
        ReportState.OUT_OF_REMIT,
        ReportState.INSUFFICIENT,
        ReportState.CONSULTED,
        ReportState.DUPLICATE,
    }:
        raise MoveNotAllowed(report.state, outcome)
    with transaction.atomic():
        report = lock(report)
        move(report, to=outcome, by=by, at=at)
        return _close(by, report, outcome, at)


def mark_spam(*, by: PersonActor, report: Report, reason: str, at: datetime) -> Report:
    """Mark a report as spam, with a reason; for 30 days this can be undone. Nothing is deleted."""
    require(by, Permission.TRIAGE, report)
    with transaction.atomic():
        report = lock(report)
        if report.state == ReportState.RECEIVED:
            move(report, to=ReportState.TRIAGED, by=by, at=at)
        move(report, to=ReportState.SPAM, by=by, at=at, why=reason)
        audit.record(by, Trail.REPORT_MARKED_SPAM, report, zone=ZONE, at=at, facts={"reason": reason})
        live.signal("hotline.worklist")
        return report


def mark_item_spam(*, by: PersonActor, item: ContentItem, reason: str, at: datetime) -> list[Report]:
    """Put aside as noise every open report that names the item; all or none.

    Raises MoveNotAllowed where none is open or one waits.
    """
    require(by, Permission.TRIAGE, item)
    with transaction.atomic():
        item = lock(item)
        reports = list(
            Report.objects.filter(pk__in=item.locations.values("report_id"), state__in=OPEN).order_by("pk")
        )
        if not reports or item.handling not in TO_ASSESS:
            raise MoveNotAllowed(item.handling, ReportState.SPAM)
        return [mark_spam(by=by, report=report, reason=reason, at=at) for report in reports]


def restore_from_spam(*, by: PersonActor, report: Report, at: datetime) -> Report:
    """Undo mark_spam within 30 days. Raises MoveNotAllowed later."""
    require(by, Permission.TRIAGE, report)
    with transaction.atomic():
        report = lock(report)
        marked = report.steps.filter(after=ReportState.SPAM).order_by("-at").first()
        if marked is None or at - marked.at > SPAM_TERM:
            raise MoveNotAllowed(report.state, ReportState.TRIAGED)
        move(report, to=ReportState.TRIAGED, by=by, at=at, why="TAKEN_BACK")
        live.signal("hotline.worklist")
        return report


def reopen_report(*, by: PersonActor, report: Report, reason: str, at: datetime) -> Report:
    """Take a closed report back into assessment, with a reason."""
    require(by, Permission.TRIAGE, report)
    with transaction.atomic():
        report = lock(report)
        move(report, to=ReportState.IN_ASSESSMENT, by=by, at=at, why=reason)
        report.outcome, report.closed_at = "", None
        report.save(update_fields=["outcome", "closed_at"])
        live.signal("hotline.worklist")
        return report


def _close(by: Actor, report: Report, outcome: ReportState, at: datetime) -> Report:
    report.outcome, report.closed_at = outcome, at
    report.save(update_fields=["outcome", "closed_at"])
    move(report, to=ReportState.CLOSED, by=by, at=at)
    Contact.objects.filter(report=report).update(expires_at=at + CONTACT_TERM)
    audit.record(by, Trail.REPORT_CLOSED, report, zone=ZONE, at=at, facts={"outcome": outcome})
    live.signal("hotline.worklist")
    return report
