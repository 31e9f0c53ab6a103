"""The bell: /desk/notices/, one's own notifications."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sauga.kernel import clock
from sauga.kernel.identity import actor, safe_path
from sauga.kernel.notices import actions, queries
from sauga.kernel.notices.alert_queries import may_edit


@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """The list, newest first."""
    by = actor(request)
    rows = queries.news_of(by)
    context = {"news": rows, "has_unread": any(not row.is_read for row in rows), "now": clock.now(), "services": may_edit(by)}
    return render(request, "notices/desk/news.html", context)


@require_GET
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the page a notification speaks of; going there is having read it."""
    row = actions.mark_read(by=actor(request), pk=pk, at=clock.now())
    return HttpResponseRedirect(row.link or reverse("notices-news"))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    actions.mark_all_read(by=actor(request), at=clock.now())
    return HttpResponseRedirect(safe_path(request.headers.get("Referer", ""), whole=True) or reverse("notices-news"))
