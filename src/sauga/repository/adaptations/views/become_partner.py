"""Where *Adapt* on a public resource leads: members of a partner to a new adaptation, everybody else to
becoming a partner."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sauga.kernel import members
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.resources.presenters import resources


@members.open_to_visitors
@require_safe
def adapt(request: HttpRequest, ref: str) -> HttpResponse:
    """What adapting is, and both ways to it. It is read without signing in."""
    base = queries.adaptable_for(ref)
    by = members.member_or_none(request)
    partners = queries.own_partners(by) if by is not None else []
    context = {
        "base": base,
        "title": base.words("title", get_language() or "lt"),
        "asks": resources.terms(base)["main"] == "ask",
        "note": resources.terms(base)["note"],
        "partners": partners,
        "is_acting": by is not None and bool(members.organisations_of(by.member_id)),
        "become": _become(is_signed_in=by is not None),
        "sign_in": _sign_in(request.path),
    }
    if by is None:
        return render(request, "repository/adaptations/adapt.html", context)
    return members.page(request, "repository/adaptations/adapt.html", context)


def _become(*, is_signed_in: bool) -> str:
    """The form to become a partner; visitors sign in first and are led to it."""
    form = f"{reverse('members-ask')}?partner"
    return form if is_signed_in else _sign_in(form)


def _sign_in(wanted: str) -> str:
    """The sign-in of members, which leads on to a page."""
    return f"{reverse('members-signin')}?{urlencode({'next': wanted})}"
