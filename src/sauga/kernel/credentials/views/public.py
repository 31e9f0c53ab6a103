"""The check page: by code, with everything that is printed; by a file that a visitor brings. Opening a page
changes nothing, and nothing of a file is stored."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, page_cache, rate_limits
from sauga.kernel.credentials import presenters, protection, queries, verification
from sauga.kernel.credentials.exports.downloads import as_json, as_pdf, as_svg
from sauga.kernel.credentials.forms import CodeForm, FileForm
from sauga.kernel.credentials.issuer import keys
from sauga.kernel.credentials.models import Credential
from sauga.kernel.sealed import KeyNotAvailable, TicketError, new_ticket, read_ticket
from sauga.kernel.ui.public_frame import language as switch
from sauga.kernel.ui.responses import errors

PURPOSE = "credentials.file"
UNFIT, MISSING, TOO_MANY = 422, 404, 429
MINUTE = timedelta(minutes=1)
MOST_MISSES = 600
"""Wrong codes in a minute, in one process, of all visitors together; a right one is always answered."""
TICKET_AGE = timedelta(hours=12)
_misses = rate_limits.RecentCount(MINUTE, most_each=MOST_MISSES)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Where a code is typed or a file is brought; a code leads to its page."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(reverse("credentials-check", args=[form.normalised]))
    status = UNFIT if form.errors else 200
    return _index(request, clock.now(), status=status, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """What a file is: genuine, altered, or not one of ours."""
    at = clock.now()
    if request.method != "POST":
        return HttpResponseRedirect(reverse("credentials"))
    form, ticket = FileForm(request.POST, request.FILES), request.POST.get("ticket", "")
    if not form.is_valid():
        return _index(request, at, status=UNFIT, file_form=form)
    try:
        read_ticket(ticket, PURPOSE, at, TICKET_AGE)
        rate_limits.admit(PURPOSE, ticket, request, at)
    except TicketError:
        form.add_error("file", gettext("This page was open for too long. Choose the file again."))
        return _index(request, at, status=UNFIT, file_form=form)
    except rate_limits.Held as held:
        return _index(request, at, status=TOO_MANY, file_form=form, held=held, puzzle=held.puzzle)
    checked = verification.check_file(form.cleaned_data["file"].read(verification.LARGEST + 1))
    changed = presenters.changed_words(checked.changed)
    context: dict[str, Any] = {"checked": checked, "finding": str(checked.finding), "changed": changed}
    if checked.credential is not None:
        context |= _shown(checked.credential, at) or {}
        context["legend"] = presenters.legend()
    response = render(request, "credentials/public/file.html", context)
    return _private(response)


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is printed on the credential with this code, and where it stands."""
    at = clock.now()
    row = queries.by_code(code)
    shown = _shown(row, at) if row is not None else None
    if row is None or shown is None:
        return _miss(request, at)
    values = {
        "code": shown["code"],
        "printed": render_to_string("credentials/public/_sheet.html", shown),
        "contact": f"labas@{settings.ENV.mail_domain}",
        "did": keys.issuer_did(),
        "method": keys.method_of(row.key),
    }
    return _private(_framed(request, "check", values, "credentials-check", "code"))


@require_safe
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The credential as a file: signed JSON, a picture with it, or the paper."""
    at = clock.now()
    row = queries.by_code(code)
    try:
        content = protection.content_of(row) if row is not None else None
    except KeyNotAvailable:
        content = None
    if row is None or content is None:
        return _miss(request, at)
    make = {"json": as_json, "svg": as_svg, "pdf": as_pdf}[kind]
    return _private(make(row, content))


def _index(request: HttpRequest, at: datetime, *, status: int = 200, **more: Any) -> HttpResponse:
    ticket = request.POST.get("ticket", "") if "held" in more else new_ticket(PURPOSE, at)
    request.twins = switch.addresses("credentials")  # type: ignore[attr-defined]  # the answer to a form, too
    context = {
        "form": CodeForm(),
        "file_form": FileForm(),
        "ticket": ticket,
        "puzzle": rate_limits.puzzle_for(PURPOSE, ticket, at),
        "legend": presenters.legend(),
        **more,
    }
    response = render(request, "credentials/public/index.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"  # the form's ticket is one visitor's
    return response


def _shown(row: Credential, at: datetime) -> dict[str, Any] | None:
    try:
        content = protection.content_of(row)
    except KeyNotAvailable:
        return None
    status = queries.status_of(row, at)
    return {
        "row": row,
        "code": content.code,
        "sheet": presenters.sheet(row, content),
        "status": status,
        "heading": presenters.HEADINGS[status.state],
        "status_text": presenters.status_text(status, row, at),
        "at": at,
    }


def _miss(request: HttpRequest, at: datetime) -> HttpResponse:
    """The same bytes whether there never was such a code, it cannot be one, or what it named was deleted:
    nothing of the address is repeated."""
    if _misses.before("all", at) >= MOST_MISSES - 1:
        return errors.too_many(request, seconds=60)
    return _private(_framed(request, "missing", {}, "credentials", status=MISSING))


def _framed(
    request: HttpRequest, name: str, values: Mapping[str, str], page: str, *parts: str, status: int = 200
) -> HttpResponse:
    """A page whose frame is the same for all credentials: head, foot, the form for another code. `values`
    holds what belongs to one credential, and is queried and rendered for each request. `page` with the values
    named `parts` is its address in other languages."""
    place = {one: page_cache.placeholder(one) for one in values}

    def context() -> dict[str, Any]:
        there = switch.addresses(page, *[place[one] for one in parts])
        request.twins = there  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
        return {**place, "form": CodeForm(), "legend": presenters.legend()}

    template = f"credentials/public/{name}.html"
    return HttpResponse(page_cache.render_shared(request, template, context, values), status=status)


def _private(response: HttpResponse) -> HttpResponse:
    """A page with a name on it stays with its reader: not kept, not passed on, in no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
