"""The one page of a speaker, by personal link: how long until the start, how many libraries watch, the
questions that were passed on."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sauga.events.programme.models import Speaker
from sauga.kernel import clock
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor
from sauga.training.effects import speaker_sections
from sauga.training.states import QuestionState
from sauga.training.webinars import presenters
from sauga.training.webinars.actions import questions
from sauga.training.webinars.queries import links
from sauga.training.webinars.queries import questions as asked
from sauga.training.webinars.views.public import GONE, UNFIT

SPEAKER = SystemActor("webinar_speaker")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The page; a post marks a question as answered, or takes that back."""
    speaker = links.speaker_by(token)
    if speaker is None:
        response = render(request, "training/webinars/public/gone.html", status=GONE)
    elif request.method == "POST":
        response = _answer(request, speaker, token)
    else:
        response = _shown(request, speaker, "")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest, speaker: Speaker, token: str) -> HttpResponse:
    row = asked.question_of(speaker.event.webinar, request.POST.get("question", "")[:40])
    to = QuestionState.PASSED if request.POST.get("do") == "back" else QuestionState.ANSWERED
    try:
        questions.answer(by=SPEAKER, speaker=speaker, question=row, to=to, at=clock.now())
    except ActionRefused as refused:
        return _shown(request, speaker, refused.text, UNFIT)
    return HttpResponseRedirect(reverse("training-speaker", args=[token]))


def _shown(request: HttpRequest, speaker: Speaker, refused: str, status: int = 200) -> HttpResponse:
    webinar, at = speaker.event.webinar, clock.now()
    counts = asked.counts(webinar)
    context = {
        "speaker": speaker,
        "webinar": webinar,
        "event": speaker.event,
        "words": presenters.words_of(webinar),
        "times": webinar.times,
        "phase": str(webinar.phase(at)),
        "state": presenters.state_of(webinar, at),
        "passed": asked.passed(webinar),
        "answered": asked.answered(webinar),
        "unread": counts[QuestionState.WAITING],
        "sections": speaker_sections.of(webinar, at),
        "source": presenters.source_of(webinar),
        "refused": refused,
        "now": at,
    }
    return render(request, "training/webinars/public/speaker.html", context, status=status)
