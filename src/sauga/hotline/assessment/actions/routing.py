"""Routing of judged items. All matching rules apply at once, at any hour; nothing is batched."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.models import PoliceHold, Route
from sauga.hotline.assessment.rules.routing import Facts, Matched, matching_routes
from sauga.hotline.content.models import ContentItem
from sauga.hotline.jobs import Job, defer
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.models import Report
from sauga.hotline.states import Handling
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock, move

ZONE = sealed.Zone.HOTLINE
ROUTER = SystemActor("router")
NOT_ACTIONABLE = {"NOT_ILLEGAL", "NOT_ASSESSABLE"}
STAYS_HERE = NOT_ACTIONABLE | {"DOUBTFUL"}
"""Verdicts that give no route: no action, or a second review first."""
HOME = "LT"


def longest_hold(at: datetime) -> int:
    """How many hours a police hold may last by the policy in force."""
    return int(vocab.policy("policy.hold", at=at)["police_hold_max_hours"])


class HoldTooLong(ActionRefused):
    """A police hold lasts at most the `hours` of the policy."""

    message = _("A police hold lasts at most %(hours)s hours.")
    field = "hours"


def proposed_routes(item: ContentItem, verdict: str, at: datetime) -> list[Matched]:
    """What the rules of the day would give this verdict; shown before it is written."""
    facts = Facts(verdict, item.hosting_class, item.priority, item.category, item.country)
    return matching_routes(
        vocab.policy("policy.routing", at=at)["rules"], facts, at.astimezone(VILNIUS).date()
    )


def routes_by_verdict(item: ContentItem, at: datetime) -> dict[str, list[Matched]]:
    """Each verdict that gives a route, with the routes of today's rules; for a judged item its own verdict
    only."""
    codes = [item.verdict] if item.verdict else [code for code, _label in vocab.choices("item.verdict")]
    return {code: proposed_routes(item, code, at) for code in codes if code not in STAYS_HERE}


def waits_for_country(item: ContentItem) -> bool:
    """A step meant for Lithuania only waits until a person has confirmed the country, except where a child is
    at risk now."""
    return item.hosting_class == HOME and item.country_confidence != "CONFIRMED" and item.priority != "P1"


def route_item(*, item: ContentItem, at: datetime) -> ContentItem:
    """Give a judged item its routes and move it on; called inside the transaction of the verdict or of the
    country's confirmation.

    An item that is not illegal takes no action, for the reason its verdict gave. One that waits for its
    country stays ASSESSED, and so does an illegal one that no rule matches: leaving it alone is a person's
    decision, never a gap in the rules.
    """
    require(ROUTER, Permission.ROUTE)
    with transaction.atomic():
        if item.verdict in NOT_ACTIONABLE:
            return _no_action(item, at)
        if waits_for_country(item):
            return item
        matched = proposed_routes(item, item.verdict, at)
        if not matched:
            return _notify_no_route(item, at)
        _write_routes(item, matched, at)
        move(item, to=Handling.ROUTED, by=ROUTER, at=at, track="handling")
        _go_on(item, by=ROUTER, at=at)
        _settle(item)
        return item


def _write_routes(item: ContentItem, matched: list[Matched], at: datetime) -> None:
    version = vocab.policy("policy.routing", at=at).version
    Route.objects.bulk_create(
        (
            Route(
                item=item,
                route=match.route,
                rule=match.rule,
                rule_version=version,
                occurrence=item.occurrence,
                at=at,
            )
            for match in matched
        ),
        ignore_conflicts=True,
    )
    routes = ",".join(sorted(match.route for match in matched))
    audit.record(ROUTER, Trail.ITEM_ROUTED, item, zone=ZONE, at=at, facts={"routes": routes})


def has_no_route(item: ContentItem, at: datetime) -> bool:
    """Whether a judged, illegal item waits because no rule of today matches it."""
    judged = item.handling == Handling.ASSESSED and item.verdict and item.verdict not in NOT_ACTIONABLE
    return bool(judged) and not waits_for_country(item) and not proposed_routes(item, item.verdict, at)


def _notify_no_route(item: ContentItem, at: datetime) -> ContentItem:
    link = f"/desk/hotline/items/{item.ref}/"
    for role in (
        "NOTICE_OFFICER",
        "SECOND_REVIEWER",
    ):  # the officer can write the rule, the reviewer can reopen the item
        notify(to=role, template="hotline.no_rule", context={"ref": item.ref}, link=link, at=at, urgent=True)
    live.signal("hotline.worklist")
    return item


def route_waiting(*, at: datetime) -> int:
    """Route what was judged while no rule matched, now that one does; returns how many went on."""
    waiting = (
        ContentItem.objects.filter(handling=Handling.ASSESSED)
        .exclude(verdict="")
        .exclude(verdict__in=NOT_ACTIONABLE)
    )
    gone = 0
    for found in waiting.order_by("pk")[:500]:
        with transaction.atomic():
            item = lock(found)
            if (
                item.handling == Handling.ASSESSED
                and item.verdict
                and not waits_for_country(item)
                and not has_no_route(item, at)
            ):
                route_item(item=item, at=at)
                live.signal(f"hotline.item.{item.ref}")
                gone += 1
    return gone


def _no_action(item: ContentItem, at: datetime) -> ContentItem:
    move(item, to=Handling.NO_ACTION, by=ROUTER, at=at, track="handling", why=item.no_action_reason)
    item.next_check_at = None
    item.save(update_fields=["next_check_at"])
    _settle(item)
    return item


def _go_on(item: ContentItem, *, by: Actor, at: datetime) -> None:
    """From ROUTED or a hold: to the notice if there is a provider route, otherwise to monitoring.

    An open hold comes first.
    """
    if item.handling == Handling.ROUTED and item.holds.filter(ended_at=None, until__gt=at).exists():
        move(item, to=Handling.POLICE_HOLD, by=by, at=at, track="handling")
        return
    if item.routes.filter(occurrence=item.occurrence, route="PROVIDER_NOTICE").exists():
        move(item, to=Handling.NOTICE_DUE, by=by, at=at, track="handling")
        defer(Job.PREPARE_NOTICE, item_id=item.pk)
    else:
        move(item, to=Handling.FOLLOWED, by=by, at=at, track="handling")


def _settle(item: ContentItem) -> None:
    for report_id in (
        Report.objects.filter(locations__item=item).order_by("pk").values_list("pk", flat=True).distinct()
    ):
        defer(Job.SETTLE_REPORTS, report_id=report_id)


def hold_item(*, by: Actor, item: ContentItem, reason: str, hours: int, at: datetime) -> PoliceHold:
    """The police liaison asks that a notice waits: named, reasoned, at most policy.hold hours, expiring into
    sending.

    It may be requested before the verdict and takes effect when the item is routed. Raises HoldTooLong.
    """
    require(by, Permission.HOLD, item)
    longest = longest_hold(at)
    if not 0 < hours <= longest:
        raise HoldTooLong(hours=longest)
    with transaction.atomic():
        item = lock(item)
        hold = PoliceHold.objects.create(
            item=item, reason=reason, by=by.pseudonym, at=at, until=at + timedelta(hours=hours)
        )
        audit.record(by, Trail.ITEM_HELD, item, zone=ZONE, at=at, facts={"reason": reason, "hours": hours})
        if item.handling == Handling.ROUTED:
            move(item, to=Handling.POLICE_HOLD, by=by, at=at, track="handling", why=reason)
        live.signal("hotline.worklist")
        return hold


def end_hold(*, by: Actor, hold: PoliceHold, at: datetime) -> PoliceHold:
    """Release a hold, or let it expire; the item goes on at once. Ending it twice does nothing."""
    require(by, Permission.ROUTE if isinstance(by, SystemActor) else Permission.HOLD)
    with transaction.atomic():
        item = lock(hold.item)
        hold = lock(hold)
        if hold.ended_at is not None:
            return hold
        hold.ended_at, hold.ended_by = at, by.pseudonym
        hold.save(update_fields=["ended_at", "ended_by"])
        audit.record(by, Trail.ITEM_HOLD_ENDED, item, zone=ZONE, at=at)
        if (
            item.handling == Handling.POLICE_HOLD
            and not item.holds.filter(ended_at=None, until__gt=at).exists()
        ):
            _go_on(item, by=by, at=at)
        live.signal("hotline.worklist")
        return hold


def expire_holds(*, at: datetime) -> int:
    """End every hold that has expired; returns how many."""
    over = list(PoliceHold.objects.filter(ended_at=None, until__lte=at).order_by("until")[:500])
    for hold in over:
        end_hold(by=ROUTER, hold=hold, at=at)
    return len(over)
