"""The members' space: topics, what was learned, questions to an expert; one's own texts; meetings."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, media, members
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.panel.members.models import Member
from sauga.panel.members.rules.ages import age_layer
from sauga.panel.members.views.pages import UNFIT, member_needed, on_to
from sauga.panel.voice import presenters
from sauga.panel.voice.actions import contributions, cycles, risk_checks
from sauga.panel.voice.actions.people import Resting
from sauga.panel.voice.forms import LearnedForm, TextForm
from sauga.panel.voice.models import Contribution, ContributionKind
from sauga.panel.voice.queries import cycles as cycle_queries
from sauga.panel.voice.queries import proposals as queries
from sauga.panel.voice.rules.moderation import next_step
from sauga.panel.voice.rules.states import ContributionState
from sauga.panel.voice.views.space import page

PLACES = {
    "topics": ContributionKind.TOPIC,
    "learned": ContributionKind.LEARNED,
    "questions": ContributionKind.QUESTION,
}


@require_http_methods(["GET", "HEAD", "POST"])
@member_needed
def talk(request: HttpRequest, member: Member, place: str = "topics") -> HttpResponse:
    """One kind of texts, and the form for another."""
    if place not in PLACES:
        raise Http404
    kind = PLACES[place]
    made = LearnedForm if kind == ContributionKind.LEARNED else TextForm
    form: TextForm = made(request.POST, request.FILES) if request.method == "POST" else made()
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            return _sent(request, kind, form, place)
    rows = queries.contributions_shown(member, kind)
    context = {
        "place": place,
        "rows": [_shown(one, member) for one in rows],
        "form": form,
        "has_files": kind == ContributionKind.LEARNED,
    }
    return page(request, member, "talk", context, status=UNFIT if form.errors else 200)


def _sent(request: HttpRequest, kind: str, form: TextForm, place: str) -> HttpResponse:
    by, at = members.member(request), clock.now()
    row = contributions.write(by=by, kind=kind, text=form.cleaned_data["text"], picture=form.picture(), at=at)
    try:
        sent = contributions.send(by=by, contribution=row, at=at)
    except Resting:
        return on_to("panel-mine", "kept")
    return on_to("panel-talk", "worried" if sent.flag else "sent", place)


def _shown(one: Contribution, member: Member) -> dict[str, object]:
    return {
        "row": one,
        "is_mine": one.member_id == member.pk,
        "state": presenters.TEXT_STATES[one.state],
        "has_picture": presenters.picture_of(one) is not None,
    }


@require_safe
@member_needed
def picture(request: HttpRequest, member: Member, ref: str) -> Any:
    """The picture of a post that the member may see."""
    row = queries.contribution_of(member, ref)
    file = presenters.picture_of(row) if row is not None else None
    if file is None:
        raise Http404
    sent = media.send_media(request, file, download=False)
    sent.headers["Cache-Control"] = "no-store"
    return sent


@require_safe
@member_needed
def mine(request: HttpRequest, member: Member) -> HttpResponse:
    """The member's drafts, what waits to be read, and what came back with its reason."""
    risk_checks.seen(member, clock.now())
    layer = age_layer(member, clock.now())
    rows = [
        {
            "row": one,
            "kind": presenters.KINDS[one.kind],
            "state": presenters.TEXT_STATES[one.state],
            "next_step": next_step(one.returned, layer) if one.returned else "",
            "may_write": one.state in (ContributionState.DRAFT, ContributionState.RETURNED),
        }
        for one in queries.own_contributions(member)
    ]
    return page(request, member, "mine", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@member_needed
def own_text(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """Change a draft or what came back, send it, or take it back."""
    row = queries.contribution_of(member, ref)
    if row is None or row.member_id != member.pk:
        raise Http404
    form = TextForm(request.POST) if request.method == "POST" else TextForm(initial={"text": row.text})
    by, at = members.member(request), clock.now()
    if "withdraw" in request.POST:
        with refusal_in(form):
            contributions.withdraw(by=by, contribution=row, at=at)
            return on_to("panel-mine", "withdrawn")
    elif form.is_bound and form.is_valid():
        with refusal_in(form):
            held = contributions.change(by=by, contribution=row, text=form.cleaned_data["text"], at=at)
            try:
                sent = contributions.send(by=by, contribution=held, at=at)
            except Resting:
                return on_to("panel-mine", "kept")
            return on_to("panel-mine", "worried" if sent.flag else "sent")
    layer = age_layer(member, clock.now())
    context = {
        "row": row,
        "form": form,
        "state": presenters.TEXT_STATES[row.state],
        "next_step": next_step(row.returned, layer) if row.returned else "",
        "may_write": row.state in (ContributionState.DRAFT, ContributionState.RETURNED),
    }
    return page(request, member, "own_text", context, status=UNFIT if form.errors else 200)


@require_safe
@member_needed
def meetings(request: HttpRequest, member: Member) -> HttpResponse:
    """Meetings ahead with their two adults, and minutes."""
    replies = cycle_queries.replies_of(member)
    ahead = [
        {
            "row": one,
            "adults": [adult.person.name for adult in one.adults.all()],
            "reply": replies.get(one.pk),
        }
        for one in cycle_queries.meetings_ahead(clock.now())
    ]
    return page(request, member, "meetings", {"ahead": ahead, "past": cycle_queries.minutes()})


@require_POST
@member_needed
def reply(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """Whether the member comes."""
    row = cycle_queries.meeting_by(ref)
    if row is None:
        raise Http404
    comes = request.POST.get("come") == "yes"
    try:
        cycles.reply_to_meeting(by=members.member(request), meeting=row, comes=comes, at=clock.now())
    except ActionRefused as refused:
        return page(request, member, "refused", {"why": refused.text, "row": None}, status=UNFIT)
    return on_to("panel-meetings", "comes" if comes else "stays")
