"""The counsellor's desk: duty, the next contact as an offer, and what waits. The queue chooses the
conversation, never the counsellor.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.chat.actions import presence, queue, supervision, transfers
from sauga.helpline.chat.forms.desk import CHANNELS, DutyForm, RefuseForm
from sauga.helpline.chat.presenters import desk as words
from sauga.helpline.chat.queries import desk as queries
from sauga.helpline.chat.rules.time_limits import OFFER, REFUSALS_TOLD
from sauga.helpline.line.presenters import band_mark
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import announcements
from sauga.helpline.rota.actions import duty as duties
from sauga.helpline.rota.queries import duty as readiness
from sauga.helpline.rota.queries.announcements import announcements_for
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs, safe_path
from sauga.kernel.kit.actions import post_action
from sauga.kernel.refusals import ActionRefused, FormUnfit
from sauga.kernel.ui import toasts

TIRED = 2


@require_safe
@needs(Permission.BE_ON_DUTY)
def desk(request: HttpRequest) -> HttpResponse:
    """The desk without a conversation open: duty, the offer, what is to be written up."""
    at, by = clock.now(), actor(request)
    presence.staff_seen(by=by, at=at)
    context = {**side(by, at), "duty_form": DutyForm()}
    if context["desk"].duty is None:
        context["lacks"] = words.lacks(
            readiness.lacks(by.person_id, CHANNELS, at, leads=by.can(Permission.LEAD_SHIFT))
        )
        context["has_pass"] = readiness.has_waiver(by.person_id, at)
    return render(request, "helpline/chat/desk/desk.html", context)


@require_safe
@needs(Permission.BE_ON_DUTY)
def present(request: HttpRequest) -> HttpResponse:
    """A sign of life of an open page of the desk."""
    by, at = actor(request), clock.now()
    presence.staff_seen(by=by, at=at)
    if (listened := request.GET.get("listening", "")) and by.can(Permission.LISTEN_IN):
        supervision.still_listening(by=by, ref=listened[:20], at=at)
    return HttpResponse(status=204)


@require_POST
@needs(Permission.BE_ON_DUTY)
def dismiss_announcement(request: HttpRequest, ref: str) -> HttpResponse:
    """Mark an announcement as read."""
    announcements.put_aside(by=actor(request), ref=ref, at=clock.now())
    return HttpResponseRedirect(safe_path(request.POST.get("next", "")) or reverse("helpline-desk"))


def side(by: PersonActor, at: datetime, desk: queries.Desk | None = None) -> dict[str, Any]:
    """What the list at the left and the offer need, on every page of the desk."""
    held = desk or queries.desk_of(by, at)
    offered = held.offer.conversation if held.offer else None
    refusals = held.duty.refusals if held.duty else 0
    return {
        "desk": held,
        "talks": [(talk, band_mark(talk.conversation.band)) for talk in held.talks],
        "offered": offered,
        "offered_band": band_mark(offered.band) if offered else None,
        "offered_why": words.risk_sentence(offered) if offered else "",
        "offered_now": words.why_now(offered, at) if offered else "",
        "offer_share": 1 - held.seconds / OFFER.total_seconds(),
        "refuse_form": RefuseForm(),
        "refusals": refusals,
        "tired": refusals >= TIRED,
        "lead_knows": refusals >= REFUSALS_TOLD,
        "locked": by.vault is None,
        "shift_words": announcements_for(by, at),
    }


@needs(Permission.BE_ON_DUTY)
@post_action("helpline-desk")
def duty(request: HttpRequest, what: str) -> str:
    """Begin, pause, go on with or end one's duty."""
    by, at = actor(request), clock.now()
    if what == "begin":
        form = DutyForm(request.POST)
        if not form.is_valid():
            raise FormUnfit(gettext("Choose at least one channel."))
        duties.go_on_duty(by=by, channels=form.cleaned_data["channels"], at=at)
        return gettext("You are on duty.")
    if what == "break":
        duties.take_break(by=by, at=at)
        return gettext("On a break. Conversations in hand go on; no new ones come.")
    if what == "back":
        duties.come_back(by=by, at=at)
        return gettext("Welcome back.")
    if what == "end":
        duties.go_off_duty(by=by, at=at)
        return gettext("Duty ended. Thank you for being there.")
    raise Http404


@needs(Permission.TALK)
@post_action("helpline-desk")
def next_contact(request: HttpRequest) -> str | None:
    """Ask for the next contact; the queue decides which."""
    offer = queue.next_contact(by=actor(request), at=clock.now())
    return None if offer else gettext("Nobody is waiting right now.")


@require_POST
@needs(Permission.TALK)
def accept(request: HttpRequest) -> HttpResponse:
    """Take the contact that is offered, and go to it."""
    at, by = clock.now(), actor(request)
    offer = queries.desk_of(by, at).offer
    try:
        if offer is None:
            raise queue.OfferOver
        taken = queue.accept_offer(by=by, offer=offer, at=at)
    except ActionRefused as refused:
        toasts.refuse(request, refused.text)
        return HttpResponseRedirect(reverse("helpline-desk"))
    return HttpResponseRedirect(reverse("helpline-talk", args=[taken.ref]))


@needs(Permission.TALK)
@post_action("helpline-desk")
def refuse(request: HttpRequest) -> str:
    """Give the offered contact back, with a reason."""
    at, by = clock.now(), actor(request)
    offer, form = queries.desk_of(by, at).offer, RefuseForm(request.POST)
    if offer is None:
        raise queue.OfferOver
    queue.refuse_offer(
        by=by, offer=offer, reason=form.cleaned_data["reason"] if form.is_valid() else "", at=at
    )
    return gettext("Declined; the child keeps the place. It is all right to say no.")


@require_POST
@needs(Permission.TALK)
def accept_transfer(request: HttpRequest, ref: str) -> HttpResponse:
    """Take what a colleague hands over, and go to it."""
    at, by = clock.now(), actor(request)
    try:
        found = queries.transfer_for(by, ref, at)
        if found is None:
            raise transfers.TransferOver
        taken = transfers.take_transfer(by=by, transfer=found, at=at)
    except ActionRefused as refused:
        toasts.refuse(request, refused.text)
        return HttpResponseRedirect(reverse("helpline-desk"))
    return HttpResponseRedirect(reverse("helpline-talk", args=[taken.ref]))
