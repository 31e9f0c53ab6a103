"""One's own proposal by the personal link, and the page of a co-speaker. Opening a page changes nothing, so a
program that looks into links neither confirms nor withdraws; the buttons do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sauga.events.proposals.actions import own as actions
from sauga.events.proposals.actions.submissions import PROPOSER
from sauga.events.proposals.forms.people import (
    AgreementForm,
    ConfirmForm,
    InviteForm,
    ProposalForm,
    shown_agreement,
    shown_proposal,
)
from sauga.events.proposals.models import ACCEPTANCE, SUBMISSION, Proposal, ProposalSpeaker
from sauga.events.proposals.presenters import own_page, shape_words
from sauga.events.proposals.queries import links
from sauga.events.proposals.queries.calls import questions_of
from sauga.events.proposals.queries.content import Content, Details, Keys
from sauga.events.proposals.rules.decisions import CommandRefused
from sauga.events.registration.presenters import answered
from sauga.events.states import ProposalState
from sauga.kernel import clock
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.states import Actor

UNFIT, GONE = 422, 410
DONE = {"save", "submit", "withdraw", "invite", "remove", "confirm", "decline", "hide", "join"}

type Shown = Callable[[HttpRequest, dict[str, Any], int], HttpResponse]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own proposal: where it stands; change, send, invite, confirm, withdraw."""
    row = links.proposal_by(token)
    if row is None:
        return gone(request)
    return respond(request, PROPOSER, row, _shown)


def _shown(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return private(render(request, "events/proposals/public/own.html", context, status=status))


@dataclass
class Held:
    """A proposal with what its page needs; the forms are bound to what was posted."""

    row: Proposal
    content: Content
    details: Details
    speakers: list[tuple[ProposalSpeaker, Details]]
    forms: dict[str, Any]


def _held(request: HttpRequest, row: Proposal) -> Held:
    do, keys = request.POST.get("do", ""), Keys([row])
    content = keys.content(row)
    people = []
    for one in row.speakers.all():
        one.proposal = row
        people.append((one, keys.details(one)))
    main, details = people[0]

    def posted(*names: str) -> Any:
        return request.POST if do in names else None

    forms = {
        "proposal": ProposalForm(
            posted("save", "send"),
            call=row.call,
            questions=questions_of(row.call, SUBMISSION),
            address=details.address,
            is_draft=do == "save" and row.submitted_at is None,
            initial=shown_proposal(row, content, details),
        ),
        "invite": InviteForm(posted("invite"), auto_id="invite-%s"),
        "confirm": ConfirmForm(
            posted("confirm") if row.state in (ProposalState.ACCEPTED, ProposalState.CONFIRMED) else None,
            questions=questions_of(row.call, ACCEPTANCE),
            initial=shown_agreement(main, details) | {f"q_{ref}": one for ref, one in content.later.items()},
            auto_id="confirm-%s",
        ),
    }
    return Held(row, content, details, people, forms)


def respond(request: HttpRequest, by: Actor, row: Proposal, shown: Shown) -> HttpResponse:
    """The page of one proposal, and what is posted to it; `shown` draws it for the public or the member
    site."""
    at, do, held, refused = clock.now(), request.POST.get("do", ""), _held(request, row), ""
    if request.method == "POST":
        refused = _act(by, held, request, at)
        if not refused and not any(form.errors for form in held.forms.values()):
            did = {"send": "submit"}.get(do, do)
            return HttpResponseRedirect(f"{request.path}?done={did}" if did in DONE else request.path)
        row.refresh_from_db()
    page = own_page(row, at)
    context = {
        "page": page,
        "row": row,
        "call": row.call,
        "event": row.call.event,
        "content": held.content,
        "details": held.details,
        "shape": shape_words(row),
        "speakers": held.speakers[1:],
        "main": held.speakers[0][0],
        "answers": answered(held.content.answers, questions_of(row.call, SUBMISSION)),
        "form": held.forms["proposal"] if "CHANGE" in page.may or held.forms["proposal"].errors else None,
        "invite_form": held.forms["invite"] if "INVITE" in page.may or held.forms["invite"].errors else None,
        "confirm_form": held.forms["confirm"]
        if row.state in (ProposalState.ACCEPTED, ProposalState.CONFIRMED)
        else None,
        "did": request.GET.get("done", "") if request.method != "POST" else "",
        "refused": refused,
    }
    errors = any(form.errors for form in held.forms.values())
    return shown(request, context, UNFIT if refused or errors else 200)


def _act(by: Actor, held: Held, request: HttpRequest, at: datetime) -> str:
    """Do what was posted; why it was refused, if it was and no form says so."""
    do, row = request.POST.get("do", ""), held.row
    try:
        if do == "submit":
            actions.submit(by=by, proposal=row, at=at)
        elif do == "withdraw":
            actions.withdraw(by=by, proposal=row, at=at)
        elif do == "decline":
            actions.decline(by=by, proposal=row, at=at)
        elif do == "hide":
            actions.withdraw_publication(by=by, speaker=held.speakers[0][0], at=at)
        elif do == "remove":
            ref = request.POST.get("speaker", "")
            for speaker, _details in held.speakers:
                if speaker.ref == ref:
                    actions.remove_invited(by=by, proposal=row, speaker=speaker, at=at)
        else:
            _act_with_form(by, held, do, at)
    except ActionRefused as refused:
        return refused.text
    return ""


def _act_with_form(by: Actor, held: Held, do: str, at: datetime) -> None:
    row, proposal = held.row, held.forms["proposal"]
    invite, confirm = held.forms["invite"], held.forms["confirm"]
    if do in ("save", "send") and proposal.is_valid():
        with refusal_in(proposal):
            offer = proposal.offer(language=row.language)
            actions.change(by=by, proposal=row, offer=offer, submits=do == "send", at=at)
    elif do == "invite" and invite.is_valid():
        with refusal_in(invite):
            actions.invite(by=by, proposal=row, address=invite.address, at=at)
    elif do == "confirm" and row.state not in (ProposalState.ACCEPTED, ProposalState.CONFIRMED):
        raise CommandRefused("state")
    elif do == "confirm" and confirm.is_valid():
        with refusal_in(confirm):
            actions.confirm(
                by=by,
                proposal=row,
                answers=confirm.answers,
                agreement=confirm.agreement,
                details=confirm.details(held.details.address),
                at=at,
            )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def speaker(request: HttpRequest, token: str) -> HttpResponse:
    """A co-speaker sees what they are invited to and what they said, agrees or does not."""
    row = links.speaker_by(token)
    if row is None:
        return gone(request)
    at, do, refused = clock.now(), request.POST.get("do", ""), ""
    keys = Keys([row.proposal])
    content, details = keys.content(row.proposal), keys.details(row)
    first = row.proposal.speakers.get(is_main=True)
    first.proposal = row.proposal
    form = AgreementForm(request.POST if do == "join" else None, initial=shown_agreement(row, details))
    if request.method == "POST":
        refused = _answer(row, do, form, details.address, at)
        if not refused and not form.errors:
            return HttpResponseRedirect(f"{request.path}?done={do}" if do in DONE else request.path)
        row.refresh_from_db()
    context = {
        "row": row,
        "proposal": row.proposal,
        "event": row.proposal.call.event,
        "content": content,
        "details": details,
        "inviter": keys.details(first).name,
        "shape": shape_words(row.proposal),
        "form": form if "INVITE" in own_page(row.proposal, at).may or form.errors else None,
        "has_joined": row.answered_at is not None and row.declined_at is None,
        "did": request.GET.get("done", "") if request.method != "POST" else "",
        "refused": refused,
    }
    status = UNFIT if refused or form.errors else 200
    return private(render(request, "events/proposals/public/speaker.html", context, status=status))


def _answer(row: ProposalSpeaker, do: str, form: Form, address: str, at: datetime) -> str:
    try:
        if do == "decline":
            actions.decline_invitation(by=PROPOSER, speaker=row, at=at)
        elif do == "hide":
            actions.withdraw_publication(by=PROPOSER, speaker=row, at=at)
        elif do == "join" and isinstance(form, AgreementForm) and form.is_valid():
            with refusal_in(form):
                actions.join(
                    by=PROPOSER,
                    speaker=row,
                    details=form.details(address),
                    agreement=form.agreement,
                    at=at,
                )
    except ActionRefused as refused:
        return refused.text
    return ""


def gone(request: HttpRequest) -> HttpResponse:
    """For a link that leads nowhere."""
    return private(render(request, "events/proposals/public/over.html", status=GONE))


def private(response: HttpResponse) -> HttpResponse:
    """A personal address stays with its reader: not kept, not passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
