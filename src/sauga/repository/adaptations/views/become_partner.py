"""Where *Adapt* on a public resource leads: outsiders to becoming a partner, editors of one to the desk."""

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
    """What adapting is, and both ways to it. Nobody needs to sign in to read it."""
    base = queries.adaptable_for(ref)
    by = members.member_or_none(request)
    organisations = members.organisations_of(by.member_id) if by is not None else {}
    context = {
        "base": base,
        "title": base.words("title", get_language() or "lt"),
        "asks": resources.terms(base)["main"] == "ask",
        "note": resources.terms(base)["note"],
        "partner": queries.partner_among(organisations),
        "is_acting": bool(organisations),
        "become": _become(is_signed_in=by is not None),
    }
    if by is None:
        return render(request, "repository/adaptations/adapt.html", context)
    return members.page(request, "repository/adaptations/adapt.html", context)


def _become(*, is_signed_in: bool) -> str:
    """The form of whoever wants to become a partner; visitors sign in first and are led to it."""
    form = f"{reverse('members-ask')}?partner"
    return form if is_signed_in else f"{reverse('members-signin')}?{urlencode({'next': form})}"
