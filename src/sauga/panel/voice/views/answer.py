"""The addressee's page by the link: the proposal, the date, a draft, the answer. Opening it changes nothing;
the buttons do. No account, no cookie."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.panel.voice import presenters
from sauga.panel.voice.actions import addressees as addressee_actions
from sauga.panel.voice.actions import answers as answer_actions
from sauga.panel.voice.actions.people import Addressed
from sauga.panel.voice.forms import AnswerForm, AskForm
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.queries import addressees, proposals
from sauga.panel.voice.rules import answers
from sauga.panel.voice.rules.answers import readability
from sauga.panel.voice.rules.labels import PARTS
from sauga.panel.voice.rules.states import WAITING

UNFIT, GONE = 422, 410
DONE = ("saved", "asked", "more-time", "sent")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Read the proposal and answer it."""
    row, link = addressees.proposal_by(token)
    try:
        by = addressee_actions.actor_of(row, link)
    except PermissionRefused:
        row = None
    if row is None or row.sent_on is None:
        return _private(render(request, "panel/voice/public/answer_over.html", status=GONE))
    form = AnswerForm.showing(row.answer)
    ask, shown = AskForm(), ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "ask":
            ask = AskForm(request.POST)
        elif do in ("save", "preview", "send"):
            form = AnswerForm(request.POST)
        came = _did(do, by, row, form, ask)
        if came in DONE:
            return _private(HttpResponseRedirect(f"{request.path}?done={came}"))
        shown = came
    did = request.GET.get("done", "") if request.method != "POST" else ""
    context = _context(row, form, ask) | {"did": did if did in DONE else "", "shown": shown}
    is_unfit = bool(form.errors or ask.errors or context["refused_text"])
    return _private(
        render(request, "panel/voice/public/answer.html", context, status=UNFIT if is_unfit else 200)
    )


def _did(do: str, by: Addressed, row: Proposal, form: AnswerForm, ask: AskForm) -> str:
    """What was done, `preview` where the answer is shown once more before it is sent, or nothing."""
    at = clock.now()
    target: AnswerForm | AskForm = ask if do == "ask" else form
    if do == "more-time":
        try:
            addressee_actions.ask_more_time(by=by, proposal=row, at=at)
        except ActionRefused as refused:
            row.refused_text = refused.text  # type: ignore[attr-defined]  # for the page of this request
            return ""
        return "more-time"
    if target.is_bound and target.is_valid():
        with refusal_in(target):
            return ACTS[do](by, row, target, at)
    return ""


def _ask(by: Addressed, row: Proposal, form: Any, at: datetime) -> str:
    answer_actions.ask_panel(by=by, proposal=row, text=form.cleaned_data["text"], at=at)
    return "asked"


def _send(by: Addressed, row: Proposal, form: Any, at: datetime) -> str:
    answer_actions.send_answer(by=by, proposal=row, given=form.given(), at=at)
    return "sent"


def _preview(_by: Addressed, row: Proposal, form: Any, at: datetime) -> str:
    answer_actions.require_whole(row, form.given(), at)
    return "preview"


def _save(by: Addressed, row: Proposal, form: Any, at: datetime) -> str:
    answer_actions.save_answer(by=by, proposal=row, given=form.given(), at=at)
    return "saved"


ACTS = {"ask": _ask, "send": _send, "preview": _preview, "save": _save}


def _context(row: Proposal, form: AnswerForm, ask: AskForm) -> dict[str, Any]:
    today = local_day(clock.now())
    language = row.addressee.language if row.addressee else "lt"
    reason = (form.data.get("reason", "") if form.is_bound else row.answer.reason) or ""
    text = proposals.text_of(row)
    due = row.due_on or today
    return {
        "row": row,
        "text": text,
        "parts": [(label, getattr(text, name)) for name, label in PARTS.items()],
        "form": form,
        "ask": ask,
        "is_open": row.state in WAITING,
        "left": presenters.days_left(due, today),
        "is_late": today > due,
        "may_extend": not row.extended and today <= due,
        "reading": readability(reason, language) if reason.strip() else None,
        "answer": row.answer,
        "verdict": presenters.ANSWERS.get(row.answer.verdict, ""),
        "preview_verdict": dict(answers.Verdict.choices).get(form.data.get("verdict", ""), "")
        if form.is_bound
        else "",
        "chosen": form.data.get("verdict", "") if form.is_bound else row.answer.verdict,
        "questions": list(row.questions.order_by("pk")),
        "refused_text": getattr(row, "refused_text", ""),
    }


def _private(response: HttpResponse) -> HttpResponse:
    """A personal address stays with its reader: not kept, not passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
