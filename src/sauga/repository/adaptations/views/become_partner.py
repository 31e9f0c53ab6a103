"""Where *Adapt* on a public resource leads: outsiders to becoming a partner, editors of one to the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sauga.kernel import members
from sauga.repository.adaptations.queries import partners as queries


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
        "partner": queries.partner_among(organisations),
        "is_acting": bool(organisations),
    }
    if by is None:
        return render(request, "repository/adaptations/adapt.html", context)
    return members.page(request, "repository/adaptations/adapt.html", context)
