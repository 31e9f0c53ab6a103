"""The members' space: its home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.kernel import clock
from sauga.kernel.members import open_to_visitors
from sauga.panel.effects import hooks
from sauga.panel.members.models import Member
from sauga.panel.members.views.pages import member_needed, space_page


@require_safe
@member_needed
def home(request: HttpRequest, member: Member) -> HttpResponse:
    """The next meeting, what waits, what we said and what came of it."""
    at = clock.now()
    parts = [part for parts in hooks.home_parts for part in parts(member, at)]
    return space_page(request, member, "panel/members/site/home.html", {"parts": parts})


@require_safe
@open_to_visitors
def signin(request: HttpRequest) -> HttpResponse:
    """Sign in with the card."""
    return render(request, "panel/members/site/signin.html")
