"""Publish gate: every check, what to do about it, and exceptions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import post_action
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts
from sauga.kernel.ui.public_frame.frame import frame_of
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions import review
from sauga.repository.resources.forms.actions import OverrideForm
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import publish_gate as words
from sauga.repository.resources.queries import publish_gate
from sauga.repository.resources.rules import publish_gate as gate

UNFIT = 422


def gate_markup(resource: Resource, language: str) -> str:
    """The page of a resource in a language as the gate checks it, published or not."""
    body = (resource.body or {}).get(language) or []
    context = {
        "title": (resource.title or {}).get(language, ""),
        "abstract": (resource.abstract or {}).get(language, ""),
        "body": [{**block, "tag": "ol" if block.get("ordered") else "ul"} for block in body],
        "language": language,
    }
    with override(language):
        context["frame"] = frame_of(None)  # head and foot ask for it, and there is no request to keep it
        return render_to_string("repository/resources/gate_page.html", context)


@needs(Permission.SEE_GATE)
def gate_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Every check of a resource. A post grants an exception."""
    resource = _found(ref)
    by, at = actor(request), clock.now()
    code = request.POST.get("check", "")
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not by.can(Permission.OVERRIDE_GATE):
            raise Http404
        if form.is_valid():
            reason = {"lt": form.cleaned_data["reason_lt"], "en": form.cleaned_data["reason_en"]}
            with refusal_in(form):
                until = form.cleaned_data["until"].isoformat()
                review.override_gate(by=by, resource=resource, check=code, reason=reason, until=until, at=at)
                toasts.say(request, gettext("The exception has been recorded with your name."))
                return HttpResponseRedirect(reverse("repository-gate", args=[resource.ref]))
    return render(
        request,
        "repository/resources/publish_gate.html",
        _context(request, resource, form, code),
        status=UNFIT if form.is_bound else 200,
    )


def _found(ref: str) -> Resource:
    found: Resource = get_object_or_404(Resource, ref=ref)
    return found


def _context(request: HttpRequest, resource: Resource, form: OverrideForm, code: str) -> dict[str, Any]:
    at = clock.now()
    facts = publish_gate.gate_facts(resource, at.astimezone(VILNIUS).date())
    lines = words.lines(facts, gate.judge(facts))
    for one in lines:
        one["form"] = (
            form if one["code"] == code and form.is_bound else OverrideForm(auto_id=f"id_{one['code']}_%s")
        )
    seen = publish_gate.last_audit(publish_gate.subject_of(resource))
    return {
        "row": resource,
        "title": resource.words("title", "lt"),
        "facts": words.facts_of(resource),
        "may_override": actor(request).can(Permission.OVERRIDE_GATE),
        "seen": seen,
        "needs_browser": facts.needs_browser,
        "gate_href": reverse("repository-gate", args=[resource.ref]),
        "end_href": reverse("repository-gate-end", args=[resource.ref]),
        **words.summary(lines),
    }


@needs(Permission.SEE_GATE)
@post_action("repository-gate")
def audit_again(request: HttpRequest, ref: str) -> str:
    """Start another browser audit."""
    asked = review.ask_browser(_found(ref))
    return (
        gettext("The browser looks at it now; this page tells when it has.")
        if asked
        else gettext("Checked again.")
    )


@needs(Permission.OVERRIDE_GATE)
@post_action("repository-gate")
def end_override(request: HttpRequest, ref: str) -> str:
    """End an exception."""
    code = request.POST.get("check", "")
    review.end_override(by=actor(request), resource=_found(ref), check=code, at=clock.now())
    known = vocab.has_term("gate_checks", code)
    return (
        gettext("The exception has ended: %(check)s.") % {"check": vocab.label("gate_checks", code)}
        if known
        else ""
    )
