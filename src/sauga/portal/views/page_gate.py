"""Publish gate of a page: every check, what to do about it, exceptions, and publication."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts
from sauga.kernel.ui.page_previews import frames, widths
from sauga.portal.actions import page_gate as actions
from sauga.portal.actions.pages import publish_page
from sauga.portal.models.base import PortalPage
from sauga.portal.permissions import Permission
from sauga.portal.presenters import page_gate as words
from sauga.portal.queries import desk, page_changes, page_gate
from sauga.portal.states import readers
from sauga.repository.resources.forms.actions import OverrideForm
from sauga.repository.resources.presenters import publish_gate as shared
from sauga.repository.resources.views.publish_gate import UNFIT

SERVER = "page.invalid"
"""The gate shows a page to itself; no address of the page is taken from here."""


def face(page: PortalPage) -> str:
    """The page as visitors will see it, of the version that the object holds."""
    request = HttpRequest()
    request.method, request.META = "GET", {"SERVER_NAME": SERVER, "SERVER_PORT": "80"}
    language = str(page.locale.language_code)
    request.path = request.path_info = page.url or f"/{language}/"
    request.LANGUAGE_CODE = language
    request.is_preview = True  # type: ignore[attr-defined]  # as Wagtail calls it: no script
    request.twins = {}  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    with override(language):
        return render_to_string(page.get_template(request), page.get_context(request), request=request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_GATE)
def gate_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every check of the newest version of a page. A post grants an exception."""
    by, at = actor(request), clock.now()
    page = page_gate.newest(desk.page_for(by, page_id))
    code = request.POST.get("check", "")
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not by.can(Permission.OVERRIDE_GATE):
            raise Http404
        if form.is_valid() and _given(by, page, code, form, at):
            toasts.say(request, gettext("The exception has been recorded with your name."))
            return _back(page)
    src = reverse("portal-gate-preview", args=[page.pk])
    context = _context(by, page, form, code, at) | {"preview": widths.preview(request, src)}
    status = UNFIT if form.is_bound else 200
    return frames.frames(render(request, "portal/desk/gate.html", context, status=status))


def _given(by: PersonActor, page: PortalPage, code: str, form: OverrideForm, at: datetime) -> bool:
    given = form.cleaned_data
    reason = {"lt": given["reason_lt"], "en": given["reason_en"]}
    try:
        actions.override_check(
            by=by, page=page, check=code, reason=reason, until=given["until"].isoformat(), at=at
        )
    except ActionRefused as refused:
        refused.add_to(form)
        return False
    return True


def _context(
    by: PersonActor, page: PortalPage, form: OverrideForm, code: str, at: datetime
) -> dict[str, Any]:
    facts, results = page_gate.judge(page, at)
    lines = shared.lines(facts, results, words.say)
    for one in lines:
        one["next"] = words.NEXT.get(one["code"], "")
        one["form"] = (
            form if one["code"] == code and form.is_bound else OverrideForm(auto_id=f"id_{one['code']}_%s")
        )
    return {
        "page": page,
        "facts": _facts(page, facts.content),
        "may_override": by.can(Permission.OVERRIDE_GATE),
        "may_publish": by.can(Permission.PUBLISH_PAGES),
        "is_new": not page.live or page.has_unpublished_changes,
        "seen": page_gate.last_audit(page),
        "gate_href": reverse("portal-gate", args=[page.pk]),
        "end_href": reverse("portal-gate-end", args=[page.pk]),
        "edit_href": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "language": str(page.locale.language_code),
        "review": page_changes.review_of(page),
        "readings": desk.other_readings(page),
        **shared.summary(lines),
    }


@require_safe
@needs(Permission.SEE_GATE)
def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The newest version as visitors will see it: the page's own template, in a frame of the desk."""
    page = page_gate.newest(desk.page_for(actor(request), page_id))
    return frames.framed(HttpResponse(face(page)), look=widths.look_of(request))


@require_safe
@needs(Permission.SEE_GATE)
def beside(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the gate says of the saved draft, for the panel beside its text."""
    page = desk.page_for(actor(request), page_id).specific
    return render(request, "portal/cms/_gate_beside.html", {"page": page})


def _facts(page: PortalPage, content: Any) -> list[tuple[str, str]]:
    named = {code: str(label) for code, label in readers()}
    state = gettext("Published") if page.live else gettext("Draft")
    return [
        (gettext("Kind of page"), str(page._meta.verbose_name)),
        (gettext("For whom"), ", ".join(named.get(code, code) for code in content["audiences"])),
        (
            gettext("Topics"),
            ", ".join(
                vocab.label("topics", code) for code in content["topics"] if vocab.has_term("topics", code)
            ),
        ),
        (gettext("Language"), vocab.label("languages", str(page.locale.language_code))),
        (gettext("Reading level"), vocab.label("reading_levels", content["reading_level"])),
        (gettext("State"), state),
    ]


def _back(page: PortalPage) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal-gate", args=[page.pk]))


@require_POST
@needs(Permission.SEE_GATE)
def audit_again(request: HttpRequest, page_id: int) -> HttpResponse:
    """Start a browser audit of the newest version."""
    by = actor(request)
    page = desk.page_for(by, page_id)
    asked = actions.request_audit(by=by, page=page)
    toasts.say(
        request,
        gettext("The browser looks at it now; this page tells when it has.")
        if asked
        else gettext("Checked again."),
    )
    return _back(page)


@require_POST
@needs(Permission.OVERRIDE_GATE)
def end_exception(request: HttpRequest, page_id: int) -> HttpResponse:
    """End an exception."""
    by, code = actor(request), request.POST.get("check", "")
    page = desk.page_for(by, page_id)
    actions.end_exception(by=by, page=page, check=code, at=clock.now())
    toasts.say(request, gettext("The exception has ended: %(check)s.") % {"check": shared.name_of(code)})
    return _back(page)


@require_POST
@needs(Permission.PUBLISH_PAGES)
def publish(request: HttpRequest, page_id: int) -> HttpResponse:
    """Publish the newest version, where nothing blocks it."""
    by, at = actor(request), clock.now()
    page = desk.page_for(by, page_id)
    try:
        publish_page(by=by, page=page.specific, at=at)
    except actions.GateBlocked as shut:
        return refused(request, shut)
    page.refresh_from_db()
    toasts.say(request, gettext("The page is published.") if page.live else gettext("The page is scheduled."))
    return _back(page)


def refused(request: HttpRequest, shut: actions.GateBlocked) -> HttpResponse:
    """Where an editor lands whose page cannot be published: the draft is kept, and the gate says what to
    do.
    """
    by = actor(request)
    if shut.waits and by.can(Permission.SEE_GATE) and actions.request_audit(by=by, page=shut.page):
        toasts.say(
            request, gettext("Saved. The browser audit is running; publish it here when it has finished.")
        )
    else:
        toasts.say(request, shut.text)
    address = reverse("portal-gate", args=[shut.page.pk])
    return HttpResponseRedirect(address)
