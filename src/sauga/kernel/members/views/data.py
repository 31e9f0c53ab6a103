"""“My data”: what is held, a copy as JSON and PDF, and the deletion of the account."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.members.actions import account
from sauga.kernel.members.actors import member
from sauga.kernel.members.forms import DeleteForm
from sauga.kernel.members.my_data import export, holdings
from sauga.kernel.members.signin import cookies
from sauga.kernel.members.views.pages import UNFIT, page


@require_safe
def data(request: HttpRequest) -> HttpResponseBase:
    """Everything on one page."""
    by, at = member(request), clock.now()
    return page(request, "members/site/data.html", {"sections": export.sections(by, at)})


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same as a file: `json` for programs, `pdf` for people."""
    by, at = member(request), clock.now()
    if kind == "json":
        body = json.dumps(export.as_values(by, at), ensure_ascii=False, indent=1, default=str).encode()
        answer = HttpResponse(body, content_type="application/json")
    else:
        answer = HttpResponse(export.as_pdf(by, at), content_type="application/pdf")
    account.record_export(by=by, kind=kind, at=at)
    answer["Content-Disposition"] = f'attachment; filename="sauga-my-data.{kind}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponseBase:
    """What a deletion takes and what stays, then the deletion."""
    by, at = member(request), clock.now()
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account.delete_account(by=by, at=at)
        response = HttpResponseRedirect(f"{reverse('members-signin')}?done=deleted")
        cookies.take(response, cookies.session_name(), cookies.asking_name())
        return response
    kept = [text for holding in holdings.every() for text in holding.kept(by.member)]
    return page(
        request,
        "members/site/delete.html",
        {"form": form, "kept": kept},
        status=UNFIT if form.errors else 200,
    )
