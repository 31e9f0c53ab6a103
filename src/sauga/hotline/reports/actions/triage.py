"""Triage: a person sets the category and urgency of a report; its open items follow."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.hotline.permissions import Permission
from sauga.hotline.reports import rules as urgency
from sauga.hotline.reports.models import Report
from sauga.hotline.states import TO_ASSESS, ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import acknowledge_about
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock, move

ZONE = sealed.Zone.HOTLINE


class AlreadyJudged(ActionRefused):
    """The item has its verdict; its urgency changes nothing any more."""

    message = _("This item has its verdict; its urgency changes nothing any more.")


def prioritise_item(
    *, by: PersonActor, item: ContentItem, priority: str, at: datetime, due_at: datetime | None = None
) -> ContentItem:
    """Set how urgent one item is; its time runs anew from now, or until `due_at` (to undo).

    Its reports keep their own urgency.

    Raises vocab.UnknownTerm, AlreadyJudged.
    """
    require(by, Permission.TRIAGE, item)
    vocab.term("priority", priority)
    with transaction.atomic():
        item = lock(item)
        if item.handling not in TO_ASSESS:
            raise AlreadyJudged
        before, item.priority = item.priority, priority
        item.due_at = due_at or urgency.due_at(priority, at, vocab.policy("policy.triage_target"))
        item.save(update_fields=["priority", "due_at"])
        audit.record(
            by, Trail.ITEM_PRIORITISED, item, zone=ZONE, at=at, facts={"before": before, "priority": priority}
        )
        live.signal("hotline.worklist")
        live.signal(f"hotline.item.{item.ref}")
        return item


def triage_report(*, by: PersonActor, report: Report, category: str, priority: str, at: datetime) -> Report:
    """Set category and priority of a report and of those of its items that wait for a verdict.

    May be done again.

    `category` is a code of rrt.category, `priority` P1–P5; raises vocab.UnknownTerm for others.
    """
    require(by, Permission.TRIAGE, report)
    vocab.term("rrt.category", category)
    vocab.term("priority", priority)
    with transaction.atomic():
        report = lock(report)
        report.category, report.priority = category, priority
        report.due_at = urgency.due_at(priority, at, vocab.policy("policy.triage_target"))
        report.save(update_fields=["category", "priority", "due_at"])
        items = (
            ContentItem.objects.select_for_update()
            .filter(locations__report=report, handling__in=TO_ASSESS)
            .order_by("pk")
        )
        for item in items:
            item.category, item.priority, item.due_at = category, priority, report.due_at
            item.save(update_fields=["category", "priority", "due_at"])
            live.signal(f"hotline.item.{item.ref}")
        if report.state == ReportState.RECEIVED:
            move(report, to=ReportState.TRIAGED, by=by, at=at)
        acknowledge_about(by=by, about=f"hotline.report.{report.ref}", at=at)
        audit.record(
            by,
            Trail.REPORT_TRIAGED,
            report,
            zone=ZONE,
            at=at,
            facts={"priority": priority, "category": category},
        )
        live.signal("hotline.worklist")
        return report
