"""The members' space: the cycle, proposals, amendments, comments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, members
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.panel.members.models import Member
from sauga.panel.members.rules.ages import age_layer
from sauga.panel.members.views.pages import UNFIT, member_needed, on_to, space_page
from sauga.panel.voice import presenters
from sauga.panel.voice.actions import contributions, deliberation, drafts, risk_checks
from sauga.panel.voice.actions.people import Resting
from sauga.panel.voice.forms import AmendmentForm, CoauthorForm, DeclineForm, ProposalForm, TextForm
from sauga.panel.voice.models import Amendment, Proposal
from sauga.panel.voice.queries import cycles
from sauga.panel.voice.queries import ledger as ledgers
from sauga.panel.voice.queries import proposals as queries
from sauga.panel.voice.rules.hours import is_resting
from sauga.panel.voice.rules.labels import PARTS
from sauga.panel.voice.rules.ledger import Group
from sauga.panel.voice.rules.moderation import RULES, next_step
from sauga.panel.voice.rules.states import BEFORE_VOTE, DISCUSSED, DRAFTS, ProposalState
from sauga.panel.voice.rules.versions import difference

SENTENCES = presenters.DONE


def page(
    request: HttpRequest, member: Member, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the voice in the members' space."""
    frame = {"is_resting": is_resting(member.birth_month, clock.now())}
    return space_page(
        request,
        member,
        f"panel/voice/members/{template}.html",
        {**frame, **context},
        sentences=SENTENCES,
        status=status,
    )


@require_safe
@member_needed
def cycle(request: HttpRequest, member: Member) -> HttpResponse:
    """The cycle in its four parts: space, voice, audience, influence."""
    at = clock.now()
    now = cycles.cycle_on(at)
    states = queries.states_of(queries.open_to_members(now.pk)) if now else {}
    counts = ledgers.counts(ledgers.entries(at))
    context = {
        "cycle": now,
        "meeting": cycles.next_meeting(at),
        "discussed": sum(states.get(one, 0) for one in DISCUSSED),
        "voted": sum(states.get(one, 0) for one in (ProposalState.VOTE_OPEN, ProposalState.VOTE_CLOSED)),
        "waiting": counts[Group.WAITING],
        "late": counts[Group.OVERDUE],
        "in_progress": counts[Group.IN_PROGRESS],
        "done_so_far": counts[Group.DONE],
        "not_done": counts[Group.NOT_DONE],
    }
    return page(request, member, "cycle", context)


@require_safe
@member_needed
def proposals(request: HttpRequest, member: Member) -> HttpResponse:
    """The member's own proposals, and everybody's in the order of their numbers."""
    mine = queries.mine(member)
    keys = {one.pk for one in mine}
    context = {
        "mine": [(one, presenters.PROPOSAL_STATES[one.state]) for one in mine],
        "others": [
            (one, presenters.PROPOSAL_STATES[one.state])
            for one in queries.open_to_members()
            if one.pk not in keys
        ],
        "ended": [(one, presenters.PROPOSAL_STATES[one.state]) for one in queries.archived()],
        "news": [presenters.news_line(one) for one in queries.news_of(member)],
    }
    return page(request, member, "proposals", context)


def _found(member: Member, ref: str) -> Proposal:
    row = queries.proposal_of(member, ref)
    if row is None:
        raise Http404
    return row


@require_safe
@member_needed
def proposal(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """One proposal: its text, amendments, comments, where it stands."""
    row = _found(member, ref)
    risk_checks.seen(member, clock.now(), row)
    return _proposal_page(request, member, row)


def _proposal_page(
    request: HttpRequest, member: Member, row: Proposal, form: TextForm | None = None
) -> HttpResponse:
    authors = queries.authors(row)
    own = next((one for one in authors if one.member_id == member.pk), None)
    is_author = own is not None and own.joined_at is not None
    text = queries.text_of(row)
    layer = age_layer(member, clock.now())
    context = {
        "row": row,
        "text": text,
        "parts": [(label, getattr(text, name)) for name, label in PARTS.items()],
        "state": presenters.PROPOSAL_STATES[row.state],
        "names": presenters.author_names(authors),
        "asked": [one for one in authors if one.joined_at is None],
        "is_author": is_author,
        "is_asked": own is not None and own.joined_at is None,
        "way": presenters.way(row),
        "next_step": next_step(row.returned, layer) if row.returned else "",
        "may_write": is_author and row.state in DRAFTS,
        "may_withdraw": is_author and row.state in BEFORE_VOTE,
        "is_discussed": row.state in DISCUSSED,
        "supporters": queries.supporters(row),
        "supported": queries.supports(member, row),
        "amendments": [_amendment(one, member, text) for one in queries.amendments_shown(member, row)],
        "comments": queries.comments_shown(member, row),
        "questions": list(row.questions.order_by("pk")) if is_author else [],
        "answer": _answer_for(row, is_author=is_author),
        "follow_ups": [
            (presenters.PROPOSAL_STATES[one.kind].text, one) for one in row.follow_ups.order_by("pk")
        ],
        "coauthor": CoauthorForm() if is_author and row.state in BEFORE_VOTE else None,
        "comment": form or TextForm(),
        "decline": DeclineForm(),
    }
    return page(request, member, "proposal", context, status=UNFIT if form and form.errors else 200)


def _answer_for(row: Proposal, *, is_author: bool) -> Any:
    """The answer: its authors read it once it came, other members once it is public."""
    answer = getattr(row, "answer", None)
    if answer is None or answer.received_at is None:
        return None
    return answer if is_author or answer.published_at is not None else None


def _amendment(one: Any, member: Member, text: Any) -> dict[str, Any]:
    return {
        "row": one,
        "part": PARTS[one.part],
        "pieces": difference(getattr(text, one.part), one.text),
        "state": presenters.TEXT_STATES[one.state],
        "is_mine": one.member_id == member.pk,
        "accepted_by": [accept.member.shown_name for accept in one.accepts.all()],
        "has_accepted": any(accept.member_id == member.pk for accept in one.accepts.all()),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member_needed
def write(request: HttpRequest, member: Member, ref: str = "") -> HttpResponse:
    """A new proposal, or the text of a draft."""
    row = _found(member, ref) if ref else None
    if row is not None and (row.state not in DRAFTS or not queries.author_of(member, row)):
        raise Http404
    text = queries.text_of(row) if row is not None else None
    form = (
        ProposalForm(request.POST)
        if request.method == "POST"
        else (ProposalForm.showing(text) if text else ProposalForm())
    )
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            return _written(request, member, row, form)
    return page(request, member, "write", {"form": form, "row": row}, status=UNFIT if form.errors else 200)


def _written(request: HttpRequest, member: Member, row: Proposal | None, form: ProposalForm) -> HttpResponse:
    by, at = members.member(request), clock.now()
    if row is None:
        row = drafts.start_proposal(by=by, words=form.words(), at=at)
    else:
        row = drafts.save_draft(by=by, proposal=row, words=form.words(), at=at)
    if "send" not in request.POST:
        return on_to("panel-proposal", "saved", row.ref)
    try:
        sent = drafts.submit_proposal(by=by, proposal=row, at=at)
    except Resting:
        return on_to("panel-proposal", "kept", row.ref)
    except ActionRefused as refused:
        return _refused(request, member, row, refused)
    return on_to("panel-proposal", "worried" if sent.flag else "sent", row.ref)


@dataclass(frozen=True)
class Posted:
    """A button of a proposal's page that was pressed."""

    row: Proposal
    post: QueryDict
    by: MemberActor
    at: datetime
    amendment: Amendment | None

    def offered(self) -> Amendment:
        """The amendment that it is about. Raises Http404."""
        if self.amendment is None:
            raise Http404
        return self.amendment


def _support(posted: Posted) -> str:
    typed = posted.post.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    supports = posted.post["do"] == "support"
    deliberation.support(by=posted.by, proposal=posted.row, version=version, supports=supports, at=posted.at)
    return "supported" if supports else "unsupported"


def _submit(posted: Posted) -> str:
    sent = drafts.submit_proposal(by=posted.by, proposal=posted.row, at=posted.at)
    return "worried" if sent.flag else "sent"


def _withdraw(posted: Posted) -> str:
    drafts.withdraw_proposal(by=posted.by, proposal=posted.row, at=posted.at)
    return "withdrawn"


def _join(posted: Posted) -> str:
    joins = posted.post["do"] == "join"
    drafts.answer_invitation(by=posted.by, proposal=posted.row, joins=joins, at=posted.at)
    return "joined" if joins else "not-joined"


def _invite(posted: Posted) -> str:
    form = CoauthorForm(posted.post)
    if not form.is_valid():
        raise drafts.DraftRefused("whom")
    drafts.invite_author(by=posted.by, proposal=posted.row, member=form.cleaned_data["member"], at=posted.at)
    return "invited"


def _accept(posted: Posted) -> str:
    deliberation.accept_amendment(by=posted.by, amendment=posted.offered(), at=posted.at)
    return "accepted"


def _decline(posted: Posted) -> str:
    reason = posted.post.get("reason", "")
    deliberation.decline_amendment(by=posted.by, amendment=posted.offered(), reason=reason, at=posted.at)
    return "declined"


ACTS: dict[str, Callable[[Posted], str]] = {
    "support": _support,
    "unsupport": _support,
    "submit": _submit,
    "withdraw": _withdraw,
    "join": _join,
    "stay-out": _join,
    "invite": _invite,
    "accept": _accept,
    "decline": _decline,
}
GONE = {"withdrawn", "not-joined"}
"""After these the member may not see the proposal any more."""


@require_POST
@member_needed
def act(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """The buttons of a proposal's page."""
    row, perform = _found(member, ref), ACTS.get(request.POST.get("do", ""))
    if perform is None:
        raise Http404
    amendment = queries.amendment_of(member, row, request.POST.get("amendment", ""))
    posted = Posted(row, request.POST, members.member(request), clock.now(), amendment)
    try:
        done = perform(posted)
    except PermissionRefused:
        raise Http404 from None
    except ActionRefused as refused:
        return _refused(request, member, row, refused)
    return on_to("panel-proposals", done) if done in GONE else on_to("panel-proposal", done, ref)


def _refused(request: HttpRequest, member: Member, row: Proposal, refused: ActionRefused) -> HttpResponse:
    return page(request, member, "refused", {"row": row, "why": refused.text}, status=UNFIT)


@require_POST
@member_needed
def comment(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """A comment: kept as a draft, then sent to be read."""
    row, by, at = _found(member, ref), members.member(request), clock.now()
    form = TextForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            made = contributions.write(
                by=by, kind="COMMENT", text=form.cleaned_data["text"], proposal=row, at=at
            )
            try:
                sent = contributions.send(by=by, contribution=made, at=at)
            except Resting:
                return on_to("panel-mine", "kept")
            return on_to("panel-proposal", "worried" if sent.flag else "sent", ref)
    return _proposal_page(request, member, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_needed
def amend(request: HttpRequest, member: Member, ref: str, part: str) -> HttpResponse:
    """Suggest another text for one part, or change a suggestion that came back (`?again=` its reference)."""
    row = _found(member, ref)
    text = queries.text_of(row)
    if part not in PARTS or row.state not in DISCUSSED or text is None:
        raise Http404
    back = queries.amendment_of(member, row, request.GET.get("again", ""))
    initial = {"text": back.text, "why": back.why} if back else {"text": getattr(text, part)}
    form = AmendmentForm(request.POST) if request.method == "POST" else AmendmentForm(initial=initial)
    if form.is_bound and form.is_valid():
        by, at, said = members.member(request), clock.now(), form.cleaned_data
        with refusal_in(form):
            if back is not None:
                made = deliberation.change_amendment(
                    by=by, amendment=back, text=said["text"], why=said["why"], at=at
                )
            else:
                made = deliberation.suggest_amendment(
                    by=by, proposal=row, part=part, text=said["text"], why=said["why"], at=at
                )
            return on_to("panel-proposal", "worried" if made.flag else "sent", ref)
    context = {
        "row": row,
        "text": text,
        "part": PARTS[part],
        "form": form,
        "now": getattr(text, part),
    }
    return page(request, member, "amend", context, status=UNFIT if form.errors else 200)


@require_safe
@member_needed
def versions(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """What changed from version to version, the latest first."""
    row = _found(member, ref)
    texts = list(row.versions.order_by("number"))
    changes = [
        {
            "text": after,
            "parts": [
                (label, difference(getattr(before, name), getattr(after, name)))
                for name, label in PARTS.items()
                if getattr(before, name) != getattr(after, name)
            ],
        }
        for before, after in pairwise(texts)
    ]
    return page(request, member, "versions", {"row": row, "changes": changes[::-1], "first": texts[0]})


@require_safe
@member_needed
def rules(request: HttpRequest, member: Member) -> HttpResponse:
    """The rules of the space, and of reading before publication."""
    return page(request, member, "rules", {"rules": RULES, "title": _("Our rules")})
