"""The public pages of webinars: the list, one webinar with its picture and questions; the page of a
participant who wants a confirmation.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.programme.models import Event
from sauga.events.registration.queries.tickets import tickets_at_desk
from sauga.kernel import clock, media
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.page_previews.frames import plays
from sauga.training.effects import webinar_sections
from sauga.training.webinars import presenters
from sauga.training.webinars.actions import presence, questions
from sauga.training.webinars.forms import QuestionForm
from sauga.training.webinars.models import Webinar
from sauga.training.webinars.queries import links, presences, webinars
from sauga.training.webinars.queries import questions as asked
from sauga.training.webinars.rules import BEAT, Phase

VIEWER = SystemActor("webinar_viewer")
UNFIT, GONE, CONFLICT = 422, 410, 409
BEAT_SECONDS = int(BEAT.total_seconds())


@require_safe
def all_webinars(request: HttpRequest) -> HttpResponse:
    """What comes, what is on now, what was."""
    at = clock.now()
    context = {
        "coming": [presenters.line(row, at) for row in webinars.upcoming(at)],
        "past": [presenters.line(row, at) for row in webinars.past(at)],
    }
    return render(request, "training/webinars/public/list.html", context)


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One webinar: its picture while it is on, who speaks, where it is shown, questions."""
    return _page(request, webinars.public_webinar(slug), QuestionForm())


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the speaker, without a name. A script gets the reference of the question; without one the page
    says that it was sent."""
    webinar = webinars.public_webinar(slug)
    to = reverse("training-webinar", args=[slug])
    if request.method != "POST":
        return HttpResponseRedirect(to)
    return answer_question(request, webinar, lambda form: _page(request, webinar, form, UNFIT), to=to)


def answer_question(
    request: HttpRequest,
    webinar: Webinar,
    again: Callable[[QuestionForm], HttpResponse],
    *,
    to: str,
    page: str = "",
    by: SystemActor = VIEWER,
) -> HttpResponse:
    """Store a question and answer a script with its reference, a browser with the page; or say why not."""
    form, is_script = QuestionForm(request.POST), request.headers.get("X-Requested-With") == "fetch"
    if form.is_valid():
        with refusal_in(form):
            row = questions.ask(
                by=by, webinar=webinar, text=form.cleaned_data["question"], page=page, at=clock.now()
            )
            if is_script:
                mark = presenters.QUESTIONS[row.state]
                return JsonResponse({"ref": row.ref, "text": row.text, "says": str(mark.text)})
            return HttpResponseRedirect(f"{to}?done=asked#questions")
    if is_script:
        first = next(iter(form.errors.values()))
        return JsonResponse({"why": first[0]}, status=UNFIT)
    return again(form)


@require_safe
def question_states(request: HttpRequest) -> HttpResponse:
    """Where questions stand, for the page that remembers their references (`?q=…`). The address says nothing
    about the page."""
    found = asked.states_of(request.GET.getlist("q"))
    marks = presenters.QUESTIONS
    answer = {
        ref: {"tone": marks[state].tone, "says": str(marks[state].text)} for ref, state in found.items()
    }
    response = JsonResponse(answer)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def recording(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The film of a webinar whose picture is a recording, from its start on."""
    webinar = webinars.public_webinar(slug)
    if webinar.phase(clock.now()) not in (Phase.LIVE, Phase.OVER) or webinar.is_off:
        raise Http404
    return send_file(request, webinar.recording.name, download=False)


def send_file(request: HttpRequest, name: str | None, *, download: bool) -> HttpResponseBase:
    """A file of a webinar. Raises Http404 where there is none."""
    file = media.file_named(name or "")
    if file is None or not file.is_ready:
        raise Http404
    return media.send_media(request, file, download=download)


def _page(request: HttpRequest, webinar: Webinar, form: QuestionForm, status: int = 200) -> HttpResponse:
    at = clock.now()
    event: Event = webinar.event
    context = {
        **shown(webinar, at, reverse("training-webinar-recording", args=[event.slug])),
        "form": form,
        "ask_href": reverse("training-webinar-ask", args=[event.slug]),
        "sections": webinar_sections.of(webinar, at),
        "register": _register(event, at),
        "done": request.GET.get("done", ""),
        "series": [
            presenters.line(row, at)
            for row in (webinars.past(at, event.series.slug) if event.series else ())
            if row.pk != webinar.pk
        ],
    }
    return plays(render(request, "training/webinars/public/webinar.html", context, status=status))


def _register(event: Event, at: datetime) -> str:
    """Where a participant registers who wants a confirmation, while that is open."""
    is_open = event.ends > at and any(ticket.is_open(at) for ticket in tickets_at_desk(event))
    return reverse("events-register", args=[event.slug]) if is_open else ""


def shown(webinar: Webinar, at: datetime, film: str) -> dict[str, Any]:
    """What every page with the picture of a webinar needs."""
    phase = webinar.phase(at)
    return {
        "webinar": webinar,
        "event": webinar.event,
        "words": presenters.words_of(webinar),
        "state": presenters.state_of(webinar, at),
        "phase": str(phase),
        "times": webinar.times,
        "picture": presenters.picture_of(webinar, at, film),
        "speakers": [presenters.speaker_line(one) for one in webinars.public_speakers(webinar)],
        "may_ask": phase in (Phase.DOORS, Phase.LIVE) and not webinar.is_off,
        "states_href": reverse("training-questions"),
        "beat": BEAT_SECONDS,
        "now": at,
    }


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def watch(request: HttpRequest, token: str) -> HttpResponse:
    """The webinar for a registered participant: the same picture, and the minutes are recorded."""
    found, at = links.watcher_by(token), clock.now()
    if found is None:
        return _private(render(request, "training/webinars/public/gone.html", status=GONE))
    webinar, registration = found
    event = webinar.event
    context = {
        **shown(webinar, at, reverse("training-webinar-recording", args=[event.slug])),
        "form": QuestionForm(),
        "ask_href": reverse("training-webinar-ask", args=[event.slug]),
        "is_watcher": True,
        "has_seat": registration.state in (*presences.SEATED, *presences.CONFIRMED),
        "percent": presences.percent_of(webinar, registration),
        "is_enough": presences.is_enough(presences.percent_of(webinar, registration)),
        "beat_href": reverse("training-watch-beat", args=[token]),
    }
    return _private(plays(render(request, "training/webinars/public/webinar.html", context)))


@require_POST
def watch_beat(request: HttpRequest, token: str) -> HttpResponse:
    """An open page says that it is there; answered with how much of the webinar that makes."""
    found = links.watcher_by(token)
    if found is None:
        return JsonResponse({}, status=GONE)
    webinar, registration = found
    try:
        presence.be_present(
            by=VIEWER,
            webinar=webinar,
            registration=registration,
            device=request.POST.get("device", ""),
            at=clock.now(),
        )
    except ActionRefused as refused:
        return JsonResponse({"why": refused.text}, status=CONFLICT)
    percent = presences.percent_of(webinar, registration)
    return JsonResponse({"percent": percent, "enough": presences.is_enough(percent)})
