"""The pages behind the personal link of a library: one page from the answer to the count, the equipment test,
the papers. Opening them changes nothing; the buttons do.
"""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.page_previews.frames import plays
from sauga.training.states import BEFORE_SHOWING, SHOWED, SiteState
from sauga.training.viewing import documents
from sauga.training.viewing.actions import audience_counts, hosts, messages
from sauga.training.viewing.forms import CountForm, EnrolForm, MessageForm, TestForm
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.presenters import STATES, library_page
from sauga.training.viewing.queries import links, sites
from sauga.training.viewing.queries.hosts import host_of
from sauga.training.viewing.rules import Picture
from sauga.training.webinars.forms import QuestionForm
from sauga.training.webinars.queries.links import whole
from sauga.training.webinars.rules import Phase
from sauga.training.webinars.views.public import answer_question, send_file, shown

HOST = SystemActor("site_host")
UNFIT, GONE, CONFLICT = 422, 410, 409
SPEED_BYTES = 1_500_000
"""So much is fetched to measure the connection: a second at 12 Mbit/s, twenty at 600 kbit/s."""

type View = Callable[[HttpRequest, ViewingSite, datetime], HttpResponseBase]


def _own(view: View) -> Callable[..., HttpResponseBase]:
    """Give the view the site behind its link; one that is gone, or was never made here, answers alike."""

    @wraps(view)
    def private(request: HttpRequest, token: str) -> HttpResponseBase:
        at, site = clock.now(), links.site_by(token)
        if site is None:
            response: HttpResponseBase = render(request, "training/webinars/public/gone.html", status=GONE)
        else:
            response = view(request, site, at)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return private


def _to(site: ViewingSite, did: str, place: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{links.own_path(site)}?done={did}{place}")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@_own
def page(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    """The one page of a library."""
    if request.method != "POST":
        return _page(request, site, at)
    do = request.POST.get("do", "")
    if do in FORMS:
        return FORMS[do](request, site, at)
    act = ACTS.get(do)
    if act is None:
        raise Http404
    try:
        act(site, request, at)
    except ActionRefused as refused:
        return _page(request, _fresh(site), at, refused=refused.text)
    return _to(site, do)


def _fresh(site: ViewingSite) -> ViewingSite:
    found = links.site_by(links.token_of(site))
    if found is None:
        raise Http404
    return found


ACTS: Mapping[str, Callable[[ViewingSite, HttpRequest, datetime], object]] = {
    "decline": lambda site, _request, at: hosts.decline(by=HOST, site=site, at=at),
    "withdraw": lambda site, _request, at: hosts.withdraw(by=HOST, site=site, at=at),
    "ready": lambda site, _request, at: hosts.say_ready(by=HOST, site=site, at=at),
    "fallback": lambda site, _request, at: hosts.note_papers(by=HOST, site=site, what="fallback", at=at),
    "slips": lambda site, _request, at: hosts.note_papers(by=HOST, site=site, what="slips", at=at),
    "show": lambda site, request, at: hosts.show(
        by=HOST, site=site, picture=request.POST.get("picture", Picture.OK), at=at
    ),
    "picture": lambda site, request, at: hosts.report_picture(
        by=HOST, site=site, picture=request.POST.get("picture", ""), at=at
    ),
}


def _enrol(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    form = EnrolForm(request.POST)
    if form.is_valid():
        act = hosts.enrol if site.state == SiteState.INVITED else hosts.change
        with refusal_in(form):
            act(by=HOST, site=site, given=form.enrolment(), at=at)
            return _to(site, "enrolled" if site.state == SiteState.INVITED else "changed")
    return _page(request, site, at, enrol=form)


def _count(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    form = CountForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            note, is_sure = form.cleaned_data["note"], form.cleaned_data["is_sure"]
            audience_counts.count(by=HOST, site=site, heads=form.heads(), note=note, is_sure=is_sure, at=at)
            return _to(site, "counted", "#count")
    return _page(request, site, at, count=form)


def _write(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    form = MessageForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            messages.write(by=HOST, site=site, text=form.cleaned_data["text"], at=at)
            return _to(site, "written", "#messages")
    return _page(request, site, at, message=form)


def _ask(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    return answer_question(
        request,
        site.webinar,
        lambda form: _page(request, site, at, question=form),
        to=links.own_path(site),
        page=site.ref,
        by=HOST,
    )


FORMS: Mapping[str, Callable[[HttpRequest, ViewingSite, datetime], HttpResponse]] = {
    "enrol": _enrol,
    "count": _count,
    "write": _write,
    "ask": _ask,
}


def _page(
    request: HttpRequest, site: ViewingSite, at: datetime, *, refused: str = "", **bound: Any
) -> HttpResponse:
    test, webinar = sites.last_test(site), site.webinar
    phase = webinar.phase(at)
    held = {f"heads_{one.group}": one.heads for one in site.counts.all()}
    host = host_of(site) if site.state in BEFORE_SHOWING else None
    initial: dict[str, Any] = {"seats": site.seats, "is_public": site.is_public}
    if host is not None:
        initial |= {"name": host.name, "phone": host.phone, "address": host.address}
    is_day = phase in (Phase.DOORS, Phase.LIVE) and not webinar.is_off
    context = {
        **shown(webinar, at, links.own_path(site, "site-recording")),
        "site": site,
        "library": str(site),
        "site_state": STATES[site.state],
        "step": library_page.next_step(site, at),
        "steps": library_page.phases(site, test, at),
        "test": test,
        "checks": library_page.checklist(site, test)
        if site.state in (*BEFORE_SHOWING, SiteState.LIVE)
        else [],
        "enrol_form": bound.get("enrol") or EnrolForm(initial=initial),
        "count_form": bound.get("count") or CountForm(initial={**held, "note": site.note}),
        "form": bound.get("question") or QuestionForm(auto_id="ask-%s"),
        "message_form": bound.get("message") or MessageForm(auto_id="message-%s"),
        "thread": list(site.messages.all()),
        "total": sum(held.values()),
        "is_day": is_day,
        "takes_part": site.state in (*BEFORE_SHOWING, *SHOWED),
        "may_change": site.state in BEFORE_SHOWING,
        "may_count": site.state in SHOWED and phase == Phase.OVER,
        "count_opens": webinar.times.over_at,
        "count_until": documents.count_until(site),
        "pictures": [(one.value, one.label) for one in hosts.REPORTED],
        "own": {name: links.own_path(site, f"site-{name}") for name in PAPERS},
        "when": documents.when(webinar),
        "has_script": bool(webinar.script),
        "member_href": reverse("training-member-site", args=[links.token_of(site)]),
        "version": version_of(site, at),
        "refused": refused,
        "done": "" if request.method == "POST" else request.GET.get("done", ""),
    }
    is_unfit = refused or bound
    status = UNFIT if is_unfit else 200
    return plays(render(request, "training/viewing/public/site.html", context, status=status))


PAPERS = ("test", "beat", "poster", "script", "slips", "fallback", "speed", "recording")


@require_http_methods(["GET", "HEAD", "POST"])
@_own
def test(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    """The equipment test: a film with a tone, what is seen and heard, and what to do where it fails."""
    form = TestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            hosts.store_test(by=HOST, site=site, found=form.findings(), at=at)
            return HttpResponseRedirect(f"{links.own_path(site, 'site-test')}?done=1")
    last = sites.last_test(site)
    address = whole("")
    context = {
        "site": site,
        "library": str(site),
        "title": documents.title_of(site.webinar),
        "form": form,
        "last": last,
        "advice": library_page.advice_of(last, address.partition("://")[2]) if last else [],
        "done": request.GET.get("done", "") if request.method != "POST" else "",
        "speed": links.own_path(site, "site-speed"),
        "speed_bytes": SPEED_BYTES,
        "back": links.own_path(site),
        "fallback": links.own_path(site, "site-fallback") if site.webinar.fallback else "",
        "may_test": site.state in (*BEFORE_SHOWING, SiteState.LIVE),
    }
    status = UNFIT if form.errors else 200
    return render(request, "training/viewing/public/test.html", context, status=status)


@require_safe
@_own
def speed(_request: HttpRequest, _site: ViewingSite, _at: datetime) -> HttpResponse:
    """Bytes that nothing on the way can pack, to measure how fast they come."""
    return HttpResponse(os.urandom(SPEED_BYTES), content_type="application/octet-stream")


@require_POST
@_own
def beat(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    """The open page says what it sees; the answer says whether something on it is new. A library that is
    ready and whose picture runs is live from then on."""
    picture = request.POST.get("picture", "")
    try:
        if site.state == SiteState.READY and picture == Picture.OK and site.webinar.phase(at) == Phase.LIVE:
            hosts.show(by=HOST, site=site, picture=picture, at=at, is_heard=True)
        elif site.state == SiteState.LIVE and picture and site.webinar.phase(at) == Phase.LIVE:
            hosts.report_picture(by=HOST, site=site, picture=picture, at=at, is_heard=True)
    except ActionRefused as refused:
        return JsonResponse({"why": refused.text}, status=CONFLICT)
    site.refresh_from_db(fields=["state", "picture"])
    return JsonResponse({"version": version_of(site, at)})


def version_of(site: ViewingSite, at: datetime) -> str:
    """Changes when the page of a library would look different."""
    last = site.messages.order_by("-pk").values_list("pk", flat=True).first() or 0
    stream = site.webinar.stream.state if site.webinar.stream else ""
    return f"{site.state}-{site.webinar.phase(at)}-{last}-{stream}-{site.webinar.event.state}"


def _pdf(document: bytes, name: str) -> HttpResponse:
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _name(site: ViewingSite, what: str) -> str:
    return f"{what}-{slugify(documents.title_of(site.webinar))[:40]}"


@require_safe
@_own
def poster(_request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    """The poster with the name of the library."""
    if site.state == SiteState.INVITED:
        raise Http404
    return _pdf(documents.poster(site, at), _name(site, "poster"))


@require_safe
@_own
def script(_request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    """The host script, where there is one."""
    if site.state == SiteState.INVITED or not site.webinar.script:
        raise Http404
    return _pdf(documents.script(site.webinar, at), _name(site, "script"))


@require_safe
@_own
def slips(_request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponse:
    """The paper questions."""
    if site.state == SiteState.INVITED:
        raise Http404
    return _pdf(documents.slips(site.webinar, at), _name(site, "questions"))


@require_safe
@_own
def fallback(request: HttpRequest, site: ViewingSite, _at: datetime) -> HttpResponseBase:
    """The recording for an evening without a connection."""
    if site.state == SiteState.INVITED:
        raise Http404
    return send_file(request, site.webinar.fallback.name, download=True)


@require_safe
@_own
def recording(request: HttpRequest, site: ViewingSite, at: datetime) -> HttpResponseBase:
    """The film of a webinar whose picture is a recording, from its start on."""
    if site.webinar.phase(at) not in (Phase.LIVE, Phase.OVER):
        raise Http404
    return send_file(request, site.webinar.recording.name, download=False)
