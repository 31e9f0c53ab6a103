"""“My Sauga”: the certificates that a member has."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from sauga.kernel import clock, members
from sauga.kernel.credentials import presenters, protection, queries
from sauga.kernel.credentials.presenters import STATES


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every certificate of this member, the latest first, with its check page."""
    at = clock.now()
    rows = queries.of_member(members.member(request).member_id)
    held = protection.contents(rows)
    shown = [
        {
            "row": row,
            "heading": presenters.heading_of(row),
            "about": presenters.in_language(held[row.pk].printed.about),
            "href": reverse("credentials-check", args=[held[row.pk].code]),
            "state": STATES[queries.status_of(row, at).state],
        }
        for row in rows
        if row.pk in held
    ]
    return members.page(request, "credentials/member/mine.html", {"rows": shown})
