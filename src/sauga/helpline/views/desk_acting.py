"""What every act at the counsellor's desk has in common: a post, an action, a toast, and a clear word when it cannot be done."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sauga.helpline.actions import asking, messages, presence, queue, recording, transfer
from sauga.helpline.rules import messaging
from sauga.kernel import sealed
from sauga.kernel.states import MoveNotAllowed
from sauga.kernel.ui import toasts

REFUSALS: dict[type[Exception], Callable[[], str]] = {
    MoveNotAllowed: lambda: gettext("This cannot be done any more; something changed a moment ago."),
    messages.NothingToSay: lambda: gettext("Write a few words first."),
    messages.TooLong: lambda: gettext("At most 4,000 characters. Send it in two parts."),
    messaging.ConversationOver: lambda: gettext("The conversation has ended."),
    messaging.NotYours: lambda: gettext("A colleague has this conversation now."),
    queue.NotOnDuty: lambda: gettext("Begin your duty first, or come back from the break."),
    queue.HandsFull: lambda: gettext("You have as many conversations as you can hold. Finish one first."),
    queue.OfferOver: lambda: gettext("The offer is over; the child kept the place and was given to somebody else."),
    queue.ReasonMissing: lambda: gettext("Choose a reason."),
    transfer.TransferOver: lambda: gettext("It was taken, refused or withdrawn already."),
    presence.AlreadyOnDuty: lambda: gettext("You are on duty already."),
    presence.NotReady: lambda: gettext("Something is missing before you begin. It stands here; a shift lead can let you begin today."),
    presence.StillTalking: lambda: gettext("End or hand over your conversations first."),
    asking.ReasonUnknown: lambda: gettext("Choose a reason."),
    recording.AlreadyRecorded: lambda: gettext("This contact has its record already."),
    recording.StillGoingOn: lambda: gettext("The contact has not ended yet."),
    recording.TooLateToChange: lambda: gettext("Only its author can correct a record, within 48 hours."),
    sealed.KeyNotAvailable: lambda: gettext("Your keys do not open this, or its time is over."),
}


class VaultLocked(Exception):
    """What is sealed cannot be written while the vault is locked."""


REFUSALS[VaultLocked] = lambda: gettext("Your vault is locked. Unlock it with your password first.")


def refusal(refused: Exception) -> str:
    """A refusal in words that say what to do."""
    return next(words() for kind, words in REFUSALS.items() if isinstance(refused, kind))


def act(name: str, *, anchor: str = "") -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """Turn a view that returns a toast (or a toast and its undo address, or None) into a post that goes back to the page `name`.

    With a reference the page is that of the reference.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(view)
        def acted(request: HttpRequest, **named: Any) -> HttpResponse:
            undo = ""
            try:
                said = view(request, **named)
                if isinstance(said, tuple):
                    said, undo = said
            except tuple(REFUSALS) as refused:
                said = refusal(refused)
            if said:
                toasts.say(request, said, undo=undo)
            place = reverse(name, kwargs={"ref": named["ref"]} if "ref" in named and name != "helpline-desk" else {})
            return HttpResponseRedirect(place + anchor)

        return acted

    return mark
