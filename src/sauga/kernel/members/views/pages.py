"""What every page of the member site has: the menu, whose page it is, and the sentence after an act."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel.members import home
from sauga.kernel.members.actors import member

UNFIT = 422
DONE = {
    "saved": _("Saved."),
    "signed-out": _("Signed out."),
    "session-ended": _("Signed out there."),
    "passkey-added": _("Passkey added. Next time you can sign in with it, without an email."),
    "passkey-removed": _("Passkey removed."),
    "consented": _("Thank you. Noted."),
    "withdrawn": _("Withdrawn."),
    "declined": _("Noted: you do not agree. Nothing happens without you."),
    "asked": _("Sent. You will get an email when it is decided."),
    "request-withdrawn": _("Request withdrawn."),
    "confirmed": _("Confirmed."),
    "refused": _("Not confirmed. The person will be informed."),
    "ended": _("Ended."),
    "deleted": _("Your account and everything in it has been deleted."),
}
"""Sentences after an act, by a code in the address: no cookie is needed to carry them."""


def done_text(request: HttpRequest, sentences: Mapping[str, Any] | None = None) -> Any:
    """The sentence that the address asks for; a service adds its own."""
    return {**DONE, **(sentences or {})}.get(request.GET.get("done", ""), "")


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    sentences: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A page of a signed-in member, whose template extends `members/site/base.html`.

    `sentences` are what a service says after its own acts, by the code in the address (`to`).
    """
    by = member(request)
    done = done_text(request, sentences) if request.method != "POST" else ""
    frame = {"by": by, "menu": home.menu(by), "done": done}
    return render(request, template, {**frame, **context}, status=status)


def to(name: str, done: str, *args: str) -> HttpResponseRedirect:
    """On to a page, with the sentence after an act."""
    return HttpResponseRedirect(f"{reverse(name, args=args)}?{urlencode({'done': done})}")
