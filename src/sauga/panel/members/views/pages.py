"""What every page of the members' space has: the menu, under which pseudonym, whose words, the sentence after
an act."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from sauga.kernel import clock
from sauga.kernel.ui.hrefs import address
from sauga.panel.effects import hooks
from sauga.panel.members.models import Member
from sauga.panel.members.queries.members import acting_member, may_take_part, signed_in_member
from sauga.panel.members.rules.ages import YOUNGER, age_layer

UNFIT = 422
type MemberView = Callable[..., HttpResponseBase]


def space_page(
    request: HttpRequest,
    member: Member,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    sentences: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the members' space, whose template extends `panel/members/site/base.html`.

    The template gets `member`, `layer` ("12-13" or "14-17"), `is_younger`, `menu` and `done`; `sentences` are
    what may stand there after an act, by the code in the address (`on_to`). The menu is there for a member
    who takes part.
    """
    at = clock.now()
    layer = age_layer(member, at)
    done = (sentences or {}).get(request.GET.get("done", ""), "") if request.method != "POST" else ""
    frame = {
        "member": member,
        "layer": layer,
        "is_younger": layer == YOUNGER,
        "menu": [(address(page.url), page) for page in hooks.menu] if may_take_part(member, at) else [],
        "done": done,
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def on_to(name: str, done: str, *args: str) -> HttpResponseRedirect:
    """On to a page, with the sentence after an act."""
    return HttpResponseRedirect(f"{reverse(name, args=args)}?{urlencode({'done': done})}")


def member_needed(view: MemberView) -> MemberView:
    """A view of the members' space: it gets the active member as its second argument. A member who is signed
    in and may not take part now is led to the page that says why."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = acting_member(request, clock.now())
        if found is not None:
            return view(request, found, *args, **kwargs)
        return HttpResponseRedirect(reverse("panel-me"))

    return guarded


def anyone_signed_in(view: MemberView) -> MemberView:
    """A view for those who are signed in, also one who was asked for consent and has not decided, or is
    paused.

    Raises Http404 for an account that belongs to no member any more.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = signed_in_member(request)
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return guarded
