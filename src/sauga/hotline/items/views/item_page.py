"""The item page and everything one can do there. No preview of any kind exists."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from sauga.hotline.assessment import forms as assessment_forms
from sauga.hotline.assessment import presenters as assessment_presenters
from sauga.hotline.assessment.actions import claims, routing, verdicts
from sauga.hotline.assessment.queries import hold_for
from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import Address, item_for
from sauga.hotline.handovers.views.records import of_item as handovers
from sauga.hotline.items import forms, presenters
from sauga.hotline.items.actions import merges
from sauga.hotline.items.queries import item_page as queries
from sauga.hotline.monitoring import presenters as monitoring_presenters
from sauga.hotline.monitoring import queries as monitoring
from sauga.hotline.notices.actions import withdrawal
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.forms import desk as report_forms
from sauga.hotline.reports.queries.desk import location_for
from sauga.hotline.states import Handling
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing import forms as tracing_forms
from sauga.kernel import clock, sealed, vocab
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Outcome, answers_with_page, post_action
from sauga.kernel.refusals import ActionRefused, FormUnfit
from sauga.kernel.ui import toasts

REVIEWS = {Handling.SECOND_REVIEW, Handling.ARBITRATION}
REOPENABLE = {
    Handling.NO_ACTION,
    Handling.ROUTED,
    Handling.FOLLOWED,
    Handling.WATCHED,
    Handling.ARCHIVED,
    Handling.NOTICE_DUE,
    Handling.POLICE_HOLD,
}
LOOK = "hotline.look"
"""In the session: which item's address is open, and until when. The address itself is not stored."""


@needs(Permission.SEE_WORKLIST)
def item(request: HttpRequest, ref: str) -> HttpResponse:
    """The item, masked.

    Its address stays open for two minutes after it was revealed, whatever is done meanwhile.
    """
    found = item_for(actor(request), ref)
    if "hide" in request.GET:
        request.session.pop(LOOK, None)
        return HttpResponseRedirect(reverse("hotline-item", args=[found.ref]))
    address, seconds = _look(request, found)
    return _page(request, found, address=address, seconds=seconds)


def _look(request: HttpRequest, found: ContentItem) -> tuple[Address | None, int]:
    """The address that this session opened, and the seconds for which it stays open.

    Nothing is counted again.
    """
    held, by, now = request.session.get(LOOK), actor(request), clock.now().timestamp()
    if not held or held["item"] != found.ref or held["until"] <= now or not by.can(Permission.REVEAL_ADDRESS):
        return None, 0
    try:
        return claims.address_still_open(by=by, item=found), int(held["until"] - now) + 1
    except sealed.KeyNotAvailable:
        return None, 0


@needs(Permission.REVEAL_ADDRESS)
@answers_with_page(item_for, "hotline-item")
def reveal(request: HttpRequest, ref: str) -> HttpResponse:
    """The item with its address opened, once, for the reason given.

    The page hides it again after two minutes.
    """
    by, found = actor(request), item_for(actor(request), ref)
    form = assessment_forms.RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reveal=form, status=422)
    try:
        address = claims.reveal_address(by=by, item=found, reason=form.cleaned_data["reason"], at=clock.now())
    except ActionRefused as refused:
        said = refused.text
        return _page(request, found, trouble=said, status=409)
    request.session[LOOK] = {"item": found.ref, "until": (clock.now() + claims.REVEAL_LASTS).timestamp()}
    return _page(request, found, address=address, seconds=int(claims.REVEAL_LASTS.total_seconds()))


@needs(Permission.SEE_WORKLIST)
@answers_with_page(item_for, "hotline-item")
def assess(request: HttpRequest, ref: str) -> HttpResponse:
    """Save a verdict: the first, the second or the deciding one, as the item's state requires."""
    by, found, at = actor(request), item_for(actor(request), ref), clock.now()
    form = assessment_forms.VerdictForm(request.POST, category=found.category)
    if not form.is_valid():
        return _page(request, found, verdict=form, status=422)
    write = verdicts.review_item if found.handling in REVIEWS else verdicts.assess_item
    try:
        write(by=by, item=found, verdict=form.verdict_given(), note=form.cleaned_data["note"], at=at)
    except ActionRefused as refused:
        said = refused.text
        return _page(request, item_for(by, ref), verdict=form, trouble=said, status=409)
    toasts.say(request, gettext("Verdict saved."))
    return HttpResponseRedirect(reverse("hotline-item", args=[ref]))


def _page(
    request: HttpRequest,
    found: ContentItem,
    *,
    verdict: assessment_forms.VerdictForm | None = None,
    reveal: assessment_forms.RevealForm | None = None,
    address: Address | None = None,
    seconds: int = 0,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    at, by = clock.now(), actor(request)
    page = queries.item_page(by=by, item=found)
    left = content_presenters.triage_left(found, at)
    context: dict[str, Any] = {
        "page": page,
        "item": found,
        "urgency": content_presenters.urgency(found.priority),
        "category": vocab.label("rrt.category", found.category),
        "hosting": content_presenters.hosting(found),
        "handling": content_presenters.handling(found),
        "presence": content_presenters.presence(found),
        "left": dict(zip(("text", "share", "tone"), left, strict=True)) if left else None,
        "strip": monitoring_presenters.strip_chart(monitoring.strip(found)) if page.occurrences else None,
        "moments": presenters.moments(page.timeline),
        "untraced": presenters.untraced(page.trace.failed) if page.trace else "",
        "routes": [
            (route, assessment_presenters.because(route.rule, route.rule_version)) for route in page.routes
        ],
        "courses": assessment_presenters.courses(routing.routes_by_verdict(found, at)),
        "would_wait": routing.waits_for_country(found),
        "waits_for_country": routing.waits_for_country(found) and found.handling == Handling.ASSESSED,
        "misses_a_rule": routing.has_no_route(found, at),
        "verdict_form": verdict
        or assessment_forms.VerdictForm(initial={"verdict": found.verdict}, category=found.category),
        "reveal_form": reveal or assessment_forms.RevealForm(),
        "country_form": tracing_forms.CountryForm(initial={"country": found.country}),
        "hold_form": assessment_forms.HoldForm(),
        "reopen_form": report_forms.ReopenForm(),
        "join_form": forms.JoinForm(),
        "handovers": handovers(by, found, at),
        "address": address,
        "seconds": seconds,
        "here": reverse("hotline-item", args=[found.ref]),
        "trouble": trouble,
        "can": _abilities(by, found, at),
        "in_hand": found.taken_by_id == by.person_id
        and found.taken_until is not None
        and found.taken_until > at,
        "held_by": found.taken_by
        if found.taken_until is not None and found.taken_until > at and found.taken_by_id != by.person_id
        else None,
        "locked": by.vault is None,
        "blind": found.handling in REVIEWS and by.can(Permission.REVIEW),
    }
    return render(request, "hotline/items/item.html", context, status=status)


def _abilities(by: PersonActor, found: ContentItem, at: Any) -> dict[str, bool]:
    waiting = found.handling == Handling.AWAITING_ASSESSMENT or (
        found.handling == Handling.ASSESSED and not found.verdict
    )
    return {
        "assess": by.can(Permission.ASSESS) and waiting,
        "review": by.can(Permission.REVIEW) and found.handling in REVIEWS,
        "take": by.can(Permission.ASSESS) and (waiting or found.handling == Handling.NEW),
        "reveal": by.can(Permission.REVEAL_ADDRESS),
        "country": by.can(Permission.CONFIRM_COUNTRY) and found.kind == "WEB",
        "hold": by.can(Permission.HOLD)
        and found.handling
        in {
            Handling.NEW,
            Handling.AWAITING_ASSESSMENT,
            Handling.ASSESSED,
            Handling.SECOND_REVIEW,
            Handling.ROUTED,
        },
        "end_hold": by.can(Permission.HOLD),
        "reopen": by.can(Permission.REVIEW)
        and (found.handling in REOPENABLE or routing.has_no_route(found, at)),
        "join": by.can(Permission.TRIAGE) and found.handling in merges.MERGEABLE,
        "open_report": by.can(Permission.OPEN_REPORT),
    }


@needs(Permission.ASSESS)
@post_action("hotline-item")
def claim(request: HttpRequest, ref: str) -> str:
    """Claim the item."""
    claims.claim_item(by=actor(request), item=item_for(actor(request), ref), at=clock.now())
    return gettext("Claimed for 20 minutes.")


@needs(Permission.ASSESS)
@post_action("hotline-item")
def release(request: HttpRequest, ref: str) -> str:
    """Release the item."""
    claims.release_item(by=actor(request), item=item_for(actor(request), ref), at=clock.now())
    return gettext("Released for others.")


@needs(Permission.CONFIRM_COUNTRY)
@post_action("hotline-item")
def country(request: HttpRequest, ref: str) -> str:
    """Confirm the country."""
    form = tracing_forms.CountryForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Two letters, for example LT."))
    tracing.confirm_country(
        by=actor(request),
        item=item_for(actor(request), ref),
        country=form.cleaned_data["country"],
        at=clock.now(),
    )
    return gettext("Country confirmed.")


@needs(Permission.CONFIRM_COUNTRY)
@post_action("hotline-item")
def trace(request: HttpRequest, ref: str) -> str:
    """Trace the item again."""
    tracing.trace_again(by=actor(request), item=item_for(actor(request), ref), at=clock.now())
    return gettext("All sources are being queried again.")


@needs(Permission.HOLD)
@post_action("hotline-item")
def hold(request: HttpRequest, ref: str) -> str:
    """Place a police hold."""
    form = assessment_forms.HoldForm(request.POST)
    if not form.is_valid():
        raise routing.HoldTooLong(hours=routing.longest_hold(clock.now()))
    routing.hold_item(
        by=actor(request), item=item_for(actor(request), ref), **form.cleaned_data, at=clock.now()
    )
    return gettext("Held. When the time is over, the notice goes out.")


@needs(Permission.HOLD)
@post_action("hotline-item")
def end_hold(request: HttpRequest, ref: str, number: int) -> str:
    """End a hold."""
    routing.end_hold(by=actor(request), hold=hold_for(actor(request), ref, number), at=clock.now())
    return gettext("The hold is released.")


@needs(Permission.REVIEW)
@post_action("hotline-item")
def reopen(request: HttpRequest, ref: str) -> str:
    """Judge a decided item anew."""
    form = report_forms.ReopenForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a reason."))
    withdrawal.reopen_item(
        by=actor(request),
        item=item_for(actor(request), ref),
        reason=form.cleaned_data["reason"],
        at=clock.now(),
    )
    return gettext("Reopened. Notices that had gone out are withdrawn.")


@needs(Permission.TRIAGE)
@post_action("hotline-item")
def separate_location(request: HttpRequest, ref: str, number: int) -> str:
    """Separate a report that a person merged."""
    merges.separate_location(
        by=actor(request), location=location_for(actor(request), ref, number), at=clock.now()
    )
    return gettext("Separated; the address has its own item again.")


@needs(Permission.TRIAGE)
@post_action("hotline-item")
def merge(request: HttpRequest, ref: str) -> str | Outcome:
    """Merge this item with another and go there."""
    by, found = actor(request), item_for(actor(request), ref)
    try:
        other = item_for(by, request.POST.get("into", ""))
    except Http404:
        raise FormUnfit(gettext("There is no item with this number.")) from None
    into = merges.merge_item(by=by, item=found, into=other, at=clock.now())
    return Outcome(gettext("Merged. The reports are here now."), to=reverse("hotline-item", args=[into.ref]))
