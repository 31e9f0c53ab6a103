"""Votes in the members' space: the list, and one page for everything about a ballot.

Filling in, looking at it again and sending are three posts to one address. Between them the vote is in the
page only: nothing is stored, and no address or log ever holds it.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, members
from sauga.kernel.refusals import ActionRefused
from sauga.panel.members.models import Member
from sauga.panel.members.rules.ages import age_layer
from sauga.panel.members.views.pages import UNFIT, member_needed, on_to, space_page
from sauga.panel.states import BallotState
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voting import presenters
from sauga.panel.voting.actions.votes import VoteRefused, cast_vote
from sauga.panel.voting.forms import vote_from, vote_written
from sauga.panel.voting.models import Voter
from sauga.panel.voting.queries import ballots as queries
from sauga.panel.voting.rules.ballots import VoteUnfit, moved
from sauga.panel.voting.rules.codes import Kind

SENTENCES = {"voted": _("Sent. Your vote counts.")}


@require_safe
@member_needed
def home(request: HttpRequest, member: Member) -> HttpResponse:
    """Votes that wait for the member, those that are under way, and results."""
    at = clock.now()
    risk_checks.seen_ballot(member)
    running = [one for one in queries.of_member(member) if one.ballot.state == BallotState.OPEN]
    context = {
        "waiting": [one for one in running if not one.has_voted and at < one.ballot.ends_at],
        "running": [one for one in running if one.has_voted or at >= one.ballot.ends_at],
        "counted": [
            {"row": one, "headline": presenters.headline(one), "turnout": presenters.turnout(one)}
            for one in queries.counted()
        ],
        "at": at,
    }
    return space_page(request, member, "panel/voting/member/home.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member_needed
def ballot(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """One ballot: to fill in, to look at again and send; afterwards that it counts, or the result."""
    voter = queries.place_of(member, ref)
    if voter is None:
        return _result_for_others(request, member, ref)
    row, at = voter.ballot, clock.now()
    if request.method == "GET":
        risk_checks.seen_ballot(member, row.ref)
    if row.state == BallotState.CLOSED:
        return _result(request, member, voter)
    if row.state != BallotState.OPEN or voter.has_voted or at >= row.ends_at:
        return space_page(
            request,
            member,
            "panel/voting/member/voted.html",
            {**presenters.text_context(row), "voter": voter, "is_over": at >= row.ends_at},
            sentences=SENTENCES,
        )
    if request.method == "POST":
        return _posted(request, member, voter)
    return _paper(request, member, voter, ())


def _posted(request: HttpRequest, member: Member, voter: Voter) -> HttpResponse:
    """What one of the buttons asks for."""
    sent = request.POST
    try:
        return _asked(request, member, voter)
    except VoteUnfit as unfit:
        return _paper(request, member, voter, _as_typed(voter, sent), VoteRefused.messages[str(unfit)])
    except ActionRefused as refused:
        return _paper(request, member, voter, (), refused.text)


def _asked(request: HttpRequest, member: Member, voter: Voter) -> HttpResponse:
    frozen, sent = voter.ballot.frozen, request.POST
    asked, _colon, code = sent.get("do", "").partition(":")
    if asked == "abstain" and frozen.kind is not Kind.YES_NO:
        return _confirm(request, member, voter, ())
    if asked in ("look", "abstain"):
        return _confirm(request, member, voter, vote_from(frozen, sent))
    vote = vote_written(frozen, sent)
    if asked in ("up", "down") and frozen.kind is Kind.RANKED and code in vote:
        return _confirm(request, member, voter, moved(vote, code, -1 if asked == "up" else 1))
    if asked == "send":
        cast_vote(by=members.member(request), ballot=voter.ballot, vote=vote, at=clock.now())
        return on_to("panel-ballot", "voted", voter.ballot.ref)
    return _paper(request, member, voter, vote)


def _as_typed(voter: Voter, sent: Any) -> tuple[str, ...]:
    """What can be kept of places that were given twice: the first of each."""
    kept: dict[str, str] = {}
    for code in voter.ballot.frozen.codes:
        place = sent.get(f"place-{code}", "")
        if place and place not in kept:
            kept[place] = code
    return tuple(kept[place] for place in sorted(kept, key=lambda one: (len(one), one)))


def _paper(
    request: HttpRequest, member: Member, voter: Voter, vote: Sequence[str], refused: Any = ""
) -> HttpResponse:
    row = voter.ballot
    context = {
        **presenters.text_context(row),
        "lines": presenters.paper(row.frozen, voter.slot, vote),
        "lead": presenters.LEADS[Kind(row.kind)],
        "secrecy": presenters.secrecy(age_layer(member, clock.now())),
        "eligible": queries.eligible(row),
        "refused": refused,
        "is_ranked": row.kind == Kind.RANKED,
        "is_squares": row.kind in (Kind.RANKED, Kind.OPINION),
        "is_one": row.kind == Kind.YES_NO,
    }
    status = UNFIT if refused else 200
    return space_page(request, member, "panel/voting/member/ballot.html", context, status=status)


def _confirm(request: HttpRequest, member: Member, voter: Voter, vote: Sequence[str]) -> HttpResponse:
    row = voter.ballot
    context = {
        **presenters.text_context(row),
        "chosen": presenters.vote_lines(row.frozen, vote),
        "vote": ",".join(vote),
        "is_ranked": row.kind == Kind.RANKED,
    }
    return space_page(request, member, "panel/voting/member/confirm.html", context)


def _result(request: HttpRequest, member: Member, voter: Voter) -> HttpResponse:
    context = {
        **presenters.text_context(voter.ballot),
        **presenters.result_context(voter.ballot),
        "has_voted": voter.has_voted,
    }
    return space_page(request, member, "panel/voting/member/result.html", context, sentences=SENTENCES)


def _result_for_others(request: HttpRequest, member: Member, ref: str) -> HttpResponse:
    """A member who joined later reads the result, and before it that this vote began without them."""
    row = queries.opened_for_all(ref)
    if row.state == BallotState.CLOSED:
        context = {**presenters.text_context(row), **presenters.result_context(row), "has_voted": None}
        return space_page(request, member, "panel/voting/member/result.html", context)
    context = {**presenters.text_context(row), "is_latecomer": True}
    return space_page(request, member, "panel/voting/member/voted.html", context)
