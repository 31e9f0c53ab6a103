"""What the member agreed to, and the page of a guardian, who has no account but a signed link."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.members import protection, queries
from sauga.kernel.members.actions import consents as consent_actions
from sauga.kernel.members.actors import member
from sauga.kernel.members.my_sauga.middleware import open_to_visitors
from sauga.kernel.members.rules import CONSENT_AGE
from sauga.kernel.members.views.pages import DONE, UNFIT, page, to
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor

GUARDIAN = SystemActor("guardian")


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponseBase:
    """Each purpose with its words; given or withdrawn by one press."""
    by, at = member(request), clock.now()
    refused = ""
    if request.method == "POST":
        try:
            done = _decide(
                request,
                lambda **asked: consent_actions.give_consent(by=by, at=at, **asked),
                lambda purpose: consent_actions.withdraw_consent(by=by, purpose=purpose, at=at),
            )
            return to("members-consents", done)
        except ActionRefused as refusal:
            refused = refusal.text
    context = {"lines": queries.consent_lines(by.member, at), "refused": refused}
    return page(request, "members/site/consents.html", context, status=UNFIT if refused else 200)


def _decide(
    request: HttpRequest,
    give: Callable[..., Any],
    withdraw: Callable[[str], Any],
    refuse: Callable[[str], Any] | None = None,
) -> str:
    """Carry out what was pressed; the code of the sentence to say. Only a guardian can say no: a member
    simply does not agree."""
    purpose = request.POST.get("purpose", "")
    version = request.POST.get("version", "")
    if "withdraw" in request.POST:
        withdraw(purpose)
        return "withdrawn"
    if refuse is not None and "refuse" in request.POST:
        refuse(purpose)
        return "declined"
    give(purpose=purpose, version=int(version) if version.isdecimal() and len(version) < 5 else 0)
    return "consented"


@open_to_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, token: str) -> HttpResponseBase:
    """What a guardian is asked, agrees to or declines, and can withdraw; never what the child wrote."""
    at = clock.now()
    row = queries.guardian_by_token(token, at)
    lines = [line for line in queries.consent_lines(row.member, at) if line.needs_guardian or line.guardian]
    refused = ""
    if request.method == "POST" and "withdraw_all" in request.POST:
        consent_actions.withdraw_all_as_guardian(by=GUARDIAN, guardian=row, at=at)
        return HttpResponseRedirect(f"{request.path}?done=withdrawn")
    if request.method == "POST":
        if not any(line.purpose.code == request.POST.get("purpose", "") for line in lines):
            raise Http404
        try:
            done = _decide(
                request,
                lambda **asked: consent_actions.give_as_guardian(by=GUARDIAN, guardian=row, at=at, **asked),
                lambda purpose: consent_actions.withdraw_as_guardian(
                    by=GUARDIAN, guardian=row, purpose=purpose, at=at
                ),
                lambda purpose: consent_actions.refuse_as_guardian(
                    by=GUARDIAN, guardian=row, purpose=purpose, at=at
                ),
            )
            return HttpResponseRedirect(f"{request.path}?done={done}")
        except ActionRefused as refusal:
            refused = refusal.text
    given, child = [line for line in lines if line.guardian], protection.child_of(row)
    context = {
        "guardian": row,
        "child": child,
        "born": str(child.year),
        "decides_alone": row.member.is_young and not row.member.is_under(CONSENT_AGE, local_day(at)),
        "lines": lines,
        "given": given,
        "touches": list(dict.fromkeys(str(text) for line in given for text in line.touches_guardian)),
        "alone_from": row.member.first_day_at(CONSENT_AGE) if row.member.is_young else None,
        "refused": refused,
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "members/site/guardian.html", context, status=UNFIT if refused else 200)
