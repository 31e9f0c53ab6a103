"""How calls and proposals read: states as words, what one's own page offers, sections of event pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event
from sauga.events.proposals.actions.transitions import situation
from sauga.events.proposals.measures import STATES as WORDS
from sauga.events.proposals.models import Call, Proposal
from sauga.events.proposals.queries.calls import call_of, numbers_of
from sauga.events.proposals.queries.proposals import of_member
from sauga.events.proposals.rules.decisions import OUTCOMES, Command, CommandRefused, Phase, Situation, decide
from sauga.events.proposals.rules.letter_fields import minutes_words
from sauga.events.proposals.rules.visibility import ConflictKind
from sauga.events.states import CallState, EventState, ProposalState
from sauga.kernel import members, vocab
from sauga.kernel.i18n import long_datetime
from sauga.kernel.kit.lists import Mark
from sauga.kernel.members.models import Member

STATES: dict[str, Mark] = {
    ProposalState.DRAFT: Mark("wait", "dashed", pgettext_lazy("proposal", "draft")),
    ProposalState.UNCONFIRMED: Mark("wait", "half", pgettext_lazy("proposal", "waits for confirmation")),
    ProposalState.SUBMITTED: Mark("wait", "", WORDS[ProposalState.SUBMITTED]),
    ProposalState.ON_HOLD: Mark("wait", "half", WORDS[ProposalState.ON_HOLD]),
    ProposalState.ACCEPTED: Mark("act", "", WORDS[ProposalState.ACCEPTED]),
    ProposalState.REJECTED: Mark("calm", "", WORDS[ProposalState.REJECTED]),
    ProposalState.CONFIRMED: Mark("good", "", WORDS[ProposalState.CONFIRMED]),
    ProposalState.DECLINED: Mark("calm", "dash", WORDS[ProposalState.DECLINED]),
    ProposalState.WITHDRAWN: Mark("calm", "dash", WORDS[ProposalState.WITHDRAWN]),
}
HEADINGS: dict[str, Any] = {
    ProposalState.DRAFT: _("Your draft"),
    ProposalState.UNCONFIRMED: _("Please confirm your proposal"),
    ProposalState.SUBMITTED: _("We have your proposal"),
    ProposalState.ON_HOLD: _("Your proposal is on hold"),
    ProposalState.ACCEPTED: _("Your proposal is accepted"),
    ProposalState.REJECTED: _("Not in the programme this time"),
    ProposalState.CONFIRMED: _("Thank you for confirming"),
    ProposalState.DECLINED: _("You are not coming"),
    ProposalState.WITHDRAWN: pgettext_lazy("proposal", "Withdrawn"),
}
CALL_STATES: dict[str, Mark] = {
    Phase.HIDDEN: Mark("calm", "", pgettext_lazy("call for papers", "draft")),
    Phase.SOON: Mark("wait", "dashed", pgettext_lazy("call for papers", "opens later")),
    Phase.OPEN: Mark("good", "dot", pgettext_lazy("call for papers", "open")),
    Phase.CLOSED: Mark("calm", "dash", pgettext_lazy("call for papers", "closed")),
}
PENDING: dict[str, Mark] = {
    ProposalState.ACCEPTED: Mark("good", "half", _("to be accepted")),
    ProposalState.ON_HOLD: Mark("wait", "half", _("to be put on hold")),
    ProposalState.REJECTED: Mark("calm", "half", _("to be rejected")),
}
CONFLICTS: dict[str, Any] = {
    ConflictKind.DECLARED: _("declared a conflict of interest"),
    ConflictKind.ADDRESS: _("is a speaker of it"),
    ConflictKind.ORGANISATION: _("works for the organisation of a speaker"),
}


def public_mark(state: str) -> Mark:
    """A state on public pages; an acceptance asks for an answer, so it has the tone of what waits."""
    mark = STATES[state]
    return Mark("wait", "half", mark.text) if state == ProposalState.ACCEPTED else mark


def when_sentence(call: Call, at: datetime) -> str:
    """Until when proposals are taken, or that they no longer are; of a draft, which was never open, when they
    will be."""
    match call.phase(at):
        case Phase.HIDDEN if at >= call.closes_at:
            return gettext("It was never open, and the day until which it would take proposals has passed.")
        case Phase.HIDDEN:
            return gettext("Once published, it takes proposals from %(opens)s until %(closes)s.") % {
                "opens": long_datetime(call.opens_at),
                "closes": long_datetime(call.closes_at),
            }
        case Phase.SOON:
            return gettext("Proposals are taken from %(opens)s until %(closes)s.") % {
                "opens": long_datetime(call.opens_at),
                "closes": long_datetime(call.closes_at),
            }
        case Phase.OPEN:
            return gettext("Proposals are taken until %(closes)s.") % {
                "closes": long_datetime(call.closes_at)
            }
    return gettext("The call closed on %(closes)s.") % {"closes": long_datetime(call.closes_at)}


def shape_words(row: Proposal) -> str:
    """Kind, duration and language of a proposal in one line."""
    parts = (
        vocab.label("session_kinds", row.kind),
        minutes_words(row.minutes),
        vocab.label("languages", row.talk_language),
    )
    return " · ".join(parts)


@dataclass(frozen=True)
class OwnPage:
    """What a speaker's own page says and offers."""

    heading: Any
    mark: Mark
    may: frozenset[str]
    next: str


def own_page(row: Proposal, at: datetime) -> OwnPage:
    """One proposal as its speaker sees it; a decision that is only prepared changes nothing here but what is
    refused anyway once it is looked at."""
    found = situation(row, at)
    may = {command.value for command in Command if command not in STAFF and _may(row.state, command, found)}
    return OwnPage(HEADINGS[row.state], public_mark(row.state), frozenset(may), _next(row, at))


STAFF = (Command.REVIEW, Command.PREPARE, Command.TAKE_BACK, Command.ANNOUNCE, Command.SEND)


def _may(state: str, command: Command, at: Situation) -> bool:
    try:
        decide(state, command, at)
    except CommandRefused:
        return False
    return True


def _next(row: Proposal, at: datetime) -> str:
    """What comes next, in one sentence."""
    found = NEXT_WHILE_OPEN if row.call.phase(at) is Phase.OPEN else NEXT
    sentence = found.get(row.state) or NEXT.get(row.state, "")
    until = long_datetime(row.answer_by) if row.answer_by else ""
    return str(sentence) % {"closes": long_datetime(row.call.closes_at), "until": until}


NEXT: dict[str, Any] = {
    ProposalState.DRAFT: _("The call is closed; the draft was not sent."),
    ProposalState.UNCONFIRMED: _(
        "Press the button: it shows that the address is yours. Only then do we have it."
    ),
    ProposalState.SUBMITTED: _(
        "The programme committee is reading. Everybody gets an answer at the same time."
    ),
    ProposalState.ON_HOLD: _("There is no place yet. If one becomes free, we write to you."),
    ProposalState.ACCEPTED: _("Please confirm by %(until)s, or decline if you cannot come."),
    ProposalState.CONFIRMED: _("Hours and rooms are on the page of the event once they are settled."),
}
NEXT_WHILE_OPEN: dict[str, Any] = {
    ProposalState.DRAFT: _("We see it only when you send it, until %(closes)s."),
    ProposalState.SUBMITTED: _("You can change it until %(closes)s."),
}


def kept(member: Member) -> list[str]:
    """What stays when a member deletes the account, and why."""
    count = len(of_member(member.pk))
    if not count:
        return []
    text = ngettext(
        "%(n)d proposal stays for the time stated in the call; the personal link in the email still "
        "withdraws it.",
        "%(n)d proposals stay for the time stated in the call; the personal links in the emails still "
        "withdraw them.",
        count,
    )
    return [text % {"n": count}]


def waiting(by: members.MemberActor, _at: datetime) -> list[members.Waiting]:
    """On “My Sauga”: accepted proposals that wait for the speaker's answer."""
    return [
        members.Waiting(
            title=str(row.call.event),
            text=gettext("Your proposal is accepted. Please confirm or decline."),
            href=reverse("events-proposal-mine", args=[row.ref]),
            action=gettext("Decide"),
            icon="calendar",
            due=row.answer_by,
        )
        for row in of_member(by.member_id)
        if row.state == ProposalState.ACCEPTED
    ]


def public_section(event: object, at: datetime) -> tuple[str, dict[str, object]] | None:
    """On the public page of an event while its call is open, or opens later."""
    if not isinstance(event, Event) or event.state != EventState.PUBLISHED:
        return None
    call = call_of(event)
    if call is None or call.phase(at) not in (Phase.SOON, Phase.OPEN):
        return None
    context = {"call": call, "event": event, "when": when_sentence(call, at)}
    return "events/proposals/public/_section.html", context


def desk_section(event: object, at: datetime) -> tuple[str, dict[str, object]] | None:
    """On the page of an event at the desk."""
    if not isinstance(event, Event):
        return None
    call = call_of(event)
    context: dict[str, object] = {"call": call, "event": event}
    if call is not None:
        context |= {
            "state": CALL_STATES[call.phase(at)],
            "numbers": numbers_of(call),
            "is_published": call.state != CallState.DRAFT,
        }
    return "events/proposals/desk/_section.html", context


def state_rows(counts: dict[str, int]) -> list[tuple[Mark, int]]:
    """Numbers by state with the states as words, without drafts."""
    return [(STATES[state], counts[state]) for state in STATES if counts.get(state) and state in WORDS]


def outcome_rows(counts: dict[str, int]) -> list[tuple[Mark, int]]:
    """Prepared decisions with their numbers."""
    return [(PENDING[outcome], counts.get(outcome, 0)) for outcome in OUTCOMES]
