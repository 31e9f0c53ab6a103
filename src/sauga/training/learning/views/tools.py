"""Tools in a course: the learner's press, the tool's request that the browser brings back, the signed answer;
and the scores that a tool sends itself."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from sauga.kernel import clock, members
from sauga.kernel.i18n import languages
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.page_previews.frames import submits_to
from sauga.training.learning.actions import tool_launches, tool_scores
from sauga.training.learning.actions.tool_scores import ScoreRefused
from sauga.training.learning.queries import enrolments
from sauga.training.learning.queries import tools as queries
from sauga.training.learning.views.member import UNFIT, adult
from sauga.training.tools import presenters
from sauga.training.tools.models import ToolToken
from sauga.training.tools.queries import tools as registrations
from sauga.training.tools.rules.messages import LONGEST_NONCE, LONGEST_STATE
from sauga.training.tools.rules.scores import LONGEST_BODY
from sauga.training.tools.views.machine import unkept

BY = SystemActor("training")
SCORE_TYPE, LINE_TYPE = "application/vnd.ims.lis.v1.score+json", "application/vnd.ims.lis.v2.lineitem+json"
ASKED = {
    "scope": 200,
    "response_type": 40,
    "response_mode": 40,
    "prompt": 40,
    "client_id": 40,
    "redirect_uri": 600,
    "state": LONGEST_STATE,
    "nonce": LONGEST_NONCE,
    "login_hint": 100,
    "lti_message_hint": 100,
}
"""What a tool's request may hold, and how long each may be."""


@require_POST
def open_tool(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """The learner opens a tool, in a window of its own: a page that leads to the tool at once."""
    by, at = adult(request), clock.now()
    row = enrolments.readable(by, ref)
    try:
        opening = tool_launches.open_tool(
            by=by,
            enrolment=row,
            activity=code,
            passes_name="passes_name" in request.POST,
            language=languages.active().code,
            at=at,
        )
    except ActionRefused as refused:
        return _refused(request, refused)
    context = {"tool": opening.tool, "address": opening.address}
    return members.page(request, "training/learning/member/tool_open.html", context)


@require_http_methods(["GET", "POST"])
def authorise(request: HttpRequest) -> HttpResponse:
    """The tool's request. It comes from another site, by GET or POST; the page of the member site to which it
    is sent on knows who is signed in, as the browser sends its cookie along there."""
    given = asked(request.GET if request.method == "GET" else request.POST)
    with override(queries.language_of(given.get("lti_message_hint", ""))):
        address = reverse("training-tool-answer")
    onward = HttpResponseRedirect(f"{address}?{urlencode(given)}")
    onward.status_code = 303  # a post becomes a get, which brings the cookie of the member site along
    return unkept(onward)


def asked(given: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of a tool's request; one that is too long is left out, and so refused."""
    found = {name: str(given.get(name, "")) for name in ASKED}
    return {name: text for name, text in found.items() if text and len(text) <= ASKED[name]}


@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """The signed answer: a form that goes to the tool by itself, and by a button."""
    by, at = adult(request), clock.now()
    try:
        made = tool_launches.answer_launch(by=by, asked=asked(request.GET), at=at)
    except ActionRefused as refused:
        return _refused(request, refused)
    page = members.page(request, "training/learning/member/tool_answer.html", {"answer": made})
    return submits_to(page, made.origins)


def _refused(request: HttpRequest, refused: ActionRefused) -> HttpResponse:
    context = {"reason": refused.text}
    return members.page(request, "training/learning/member/tool_refused.html", context, status=UNFIT)


# What the tool asks for itself
@require_safe
def line(request: HttpRequest, cohort: str, activity: str) -> HttpResponse:
    """One activity in one group of learners, as a line item."""

    def read(token: ToolToken) -> HttpResponse:
        found = tool_scores.read_line(by=BY, token=token, cohort=cohort, activity=activity, at=clock.now())
        return JsonResponse(
            {
                "id": presenters.address("training-tools-line", cohort, activity),
                "scoreMaximum": 100,
                "label": str(found.activity),
                "resourceLinkId": f"{cohort}-{activity}",
            },
            content_type=LINE_TYPE,
        )

    return _with_token(request, read)


@require_POST
def scores(request: HttpRequest, cohort: str, activity: str) -> HttpResponse:
    """A score of one learner."""

    def take(token: ToolToken) -> HttpResponse:
        if request.content_type not in (SCORE_TYPE, "application/json"):
            raise ScoreRefused("type", 415)
        if len(request.body) > LONGEST_BODY:
            raise ScoreRefused("size", 413)
        tool_scores.take_score(
            by=BY, token=token, cohort=cohort, activity=activity, body=request.body, at=clock.now()
        )
        return HttpResponse(status=204)

    return _with_token(request, take)


def _with_token(request: HttpRequest, act: Callable[[ToolToken], HttpResponse]) -> HttpResponse:
    """What a valid token gets; the code of a refusal is in the answer, its words in the tool's log."""
    kind, _sep, secret = request.headers.get("Authorization", "").partition(" ")
    token = registrations.token(secret.strip(), clock.now()) if kind.lower() == "bearer" else None
    if token is None:
        response = JsonResponse({"error": "invalid_token"}, status=401)
        response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return unkept(response)
    try:
        return unkept(act(token))
    except ScoreRefused as refused:
        return unkept(JsonResponse({"error": refused.why}, status=refused.status))
