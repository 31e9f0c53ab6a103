"""What every act at the desk has in common: a post, an action, a toast, and a clear word when it cannot be done."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sauga.hotline.actions import assessment, holding, linking, routing, thread, triage
from sauga.kernel import sealed
from sauga.kernel.states import MoveNotAllowed
from sauga.kernel.ui import toasts

REFUSALS: dict[type[Exception], Callable[[], str]] = {
    MoveNotAllowed: lambda: gettext("This cannot be done in the item's present state; somebody may have acted a moment ago."),
    holding.TakenByAnother: lambda: gettext("A colleague has this item in hand right now."),
    holding.ExposureReached: lambda: gettext("You have done enough for today. The welfare lead can lift the stop after talking with you."),
    holding.VaultLocked: lambda: gettext("Your vault is locked. Unlock it with your password first."),
    holding.NothingToAssess: lambda: gettext("This item has its verdict; there is nothing to take in hand."),
    holding.NotInYourHand: lambda: gettext("It is not in your hand any more."),
    holding.NotAnAnalyst: lambda: gettext("This colleague may not assess."),
    triage.AlreadyJudged: lambda: gettext("This item has its verdict; its urgency changes nothing any more."),
    assessment.OwnItem: lambda: gettext("Nobody reviews their own verdict."),
    assessment.ActDoesNotFit: lambda: gettext("This legal act is no basis for this verdict on an item of this category."),
    assessment.VerdictIncomplete: lambda: gettext("A field that this verdict needs is missing."),
    routing.HoldTooLong: lambda: gettext("A police hold lasts at most 72 hours."),
    linking.CannotJoin: lambda: gettext("Only an item that nobody has judged yet can be joined to another."),
    linking.CannotTakeApart: lambda: gettext("These reports name exactly the same address, so they stay together."),
    thread.NothingToSay: lambda: gettext("Write a few words first."),
    sealed.KeyNotAvailable: lambda: gettext("Your keys do not open this, or its time is over."),
}


def act(name: str) -> Callable[[Callable[..., str | None]], Callable[..., HttpResponse]]:
    """Turn `view(request, ref) -> toast or None` into a post that goes back to the page `name` of the same reference."""

    def mark(view: Callable[..., str | None]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(view)
        def acted(request: HttpRequest, ref: str, **more: Any) -> HttpResponse:
            try:
                said = view(request, ref, **more)
            except tuple(REFUSALS) as refused:
                said = next(words() for kind, words in REFUSALS.items() if isinstance(refused, kind))
            if said:
                toasts.say(request, said)
            return HttpResponseRedirect(reverse(name, args=[ref]))

        return acted

    return mark


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a post of the item page that answers with the page itself: coming back to its address leads to the plain item."""

    @wraps(view)
    def answered(request: HttpRequest, ref: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(reverse("hotline-item", args=[ref]))
        return view(request, ref)

    return answered
