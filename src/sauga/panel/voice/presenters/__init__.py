"""What states, steps and news are called: to members (by age), to the public, at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import media
from sauga.kernel.i18n import and_list, long_date
from sauga.kernel.kit.lists import Mark
from sauga.kernel.media.models import MediaFile
from sauga.kernel.refusals import Text
from sauga.kernel.ui.components import Moment
from sauga.panel.voice.models import Author, Contribution, ContributionKind, News, Proposal
from sauga.panel.voice.rules.answers import Verdict
from sauga.panel.voice.rules.ledger import Group
from sauga.panel.voice.rules.states import (
    ANSWERED,
    UNSEEN,
    AmendmentState,
    ContributionState,
    MeetingState,
    ProposalState,
)

PROPOSAL_STATES: dict[str, Mark] = {
    ProposalState.IDEA: Mark("calm", "", pgettext_lazy("proposal", "draft")),
    ProposalState.PRE_MODERATION: Mark("wait", "", _("being read before publication")),
    ProposalState.RETURNED: Mark("wait", "half", pgettext_lazy("proposal", "returned")),
    ProposalState.PUBLISHED: Mark("info", "", pgettext_lazy("proposal", "published")),
    ProposalState.DISCUSSION: Mark("info", "half", _("being discussed")),
    ProposalState.QUALIFIED: Mark("info", "target", _("chosen for the vote")),
    ProposalState.NOT_QUALIFIED: Mark("calm", "dash", _("did not go on")),
    ProposalState.VOTE_OPEN: Mark("act", "", _("vote open")),
    ProposalState.VOTE_CLOSED: Mark("info", "tick", _("vote closed")),
    ProposalState.SENT: Mark("wait", "", _("waiting for an answer")),
    ProposalState.OVERDUE: Mark("bad", "", _("answer late")),
    ProposalState.ANSWERED_ACCEPTED: Mark("good", "", _("answered: agreed")),
    ProposalState.ANSWERED_PARTLY: Mark("good", "half", _("answered: agreed in part")),
    ProposalState.ANSWERED_DECLINED: Mark("calm", "cross", _("answered: not agreed")),
    ProposalState.IN_PROGRESS: Mark("info", "half", pgettext_lazy("proposal", "in progress")),
    ProposalState.DONE: Mark("good", "tick", pgettext_lazy("proposal", "done")),
    ProposalState.NOT_DONE: Mark("calm", "cross", pgettext_lazy("proposal", "not done")),
    ProposalState.REPORTED_BACK: Mark("good", "ring", _("young people were told")),
    ProposalState.ARCHIVED: Mark("calm", "", pgettext_lazy("proposal", "archived")),
    ProposalState.WITHDRAWN: Mark("calm", "dash", pgettext_lazy("proposal", "withdrawn")),
    ProposalState.HIDDEN: Mark("bad", "square", _("hidden for safety")),
}
TEXT_STATES: dict[str, Mark] = {
    ContributionState.DRAFT: Mark("calm", "", pgettext_lazy("text", "draft")),
    ContributionState.WAITING: Mark("wait", "", _("waits to be read")),
    ContributionState.PUBLISHED: Mark("good", "", pgettext_lazy("text", "published")),
    ContributionState.RETURNED: Mark("wait", "half", pgettext_lazy("text", "returned")),
    ContributionState.WITHDRAWN: Mark("calm", "dash", pgettext_lazy("text", "withdrawn")),
    ContributionState.HIDDEN: Mark("bad", "square", _("hidden for safety")),
    AmendmentState.OFFERED: Mark("info", "", _("the authors decide")),
    AmendmentState.ACCEPTED: Mark("good", "tick", pgettext_lazy("amendment", "accepted")),
    AmendmentState.DECLINED: Mark("calm", "cross", pgettext_lazy("amendment", "not accepted")),
    AmendmentState.LAPSED: Mark("calm", "dash", pgettext_lazy("amendment", "lapsed")),
    ProposalState.PRE_MODERATION: Mark("wait", "", _("waits to be read")),
    ProposalState.IDEA: Mark("calm", "", pgettext_lazy("text", "draft")),
}
MEETING_STATES: dict[str, Mark] = {
    MeetingState.PLANNED: Mark("info", "", pgettext_lazy("meeting", "planned")),
    MeetingState.HELD: Mark("wait", "half", _("held, minutes missing")),
    MeetingState.MINUTED: Mark("good", "", _("minutes published")),
    MeetingState.CANCELLED: Mark("calm", "cross", pgettext_lazy("meeting", "cancelled")),
}
KINDS: dict[str, Text] = {
    "PROPOSAL": _("Proposal"),
    "AMENDMENT": _("Amendment"),
    ContributionKind.COMMENT: _("Comment"),
    ContributionKind.TOPIC: _("Topic"),
    ContributionKind.LEARNED: _("What I learned"),
    ContributionKind.QUESTION: _("Question to an expert"),
}
ANSWERS: dict[str, Text] = {
    Verdict.ACCEPTED: _("Answered: agreed"),
    Verdict.PARTLY: _("Answered: agreed in part"),
    Verdict.DECLINED: _("Answered: not agreed"),
    Verdict.OTHER: _("Answered: somebody else decides"),
}
GROUPS: dict[Group, Text] = {
    Group.ALL: pgettext_lazy("public list", "All"),
    Group.OVERDUE: pgettext_lazy("public list", "Late"),
    Group.WAITING: pgettext_lazy("public list", "Waiting"),
    Group.ANSWERED: pgettext_lazy("public list", "Answered"),
    Group.IN_PROGRESS: pgettext_lazy("public list", "In progress"),
    Group.DONE: pgettext_lazy("public list", "Done"),
    Group.NOT_DONE: pgettext_lazy("public list", "Not done"),
}
NEWS: dict[str, Text] = {
    ProposalState.PUBLISHED: _("Your proposal was read and published."),
    ProposalState.RETURNED: _("Your proposal came back. Look what to change."),
    ProposalState.DISCUSSION: _("The discussion of your proposal has begun."),
    ProposalState.QUALIFIED: _("Your proposal goes to the vote."),
    ProposalState.NOT_QUALIFIED: _("Your proposal does not go on this time. You will read why."),
    ProposalState.VOTE_OPEN: _("The vote about your proposal is open."),
    ProposalState.VOTE_CLOSED: _("The vote about your proposal is closed."),
    ProposalState.SENT: _("Your proposal was sent. They must answer by a date."),
    ProposalState.OVERDUE: _("The answer to your proposal is late. Everybody can see that now."),
    ProposalState.ANSWERED_ACCEPTED: _("They answered your proposal: they agree."),
    ProposalState.ANSWERED_PARTLY: _("They answered your proposal: they agree in part."),
    ProposalState.ANSWERED_DECLINED: _("They answered your proposal: they do not agree. Read why."),
    ProposalState.IN_PROGRESS: _("What you asked for is being done."),
    ProposalState.DONE: _("What you asked for was done."),
    ProposalState.NOT_DONE: _("What was promised was not done. Read why."),
    ProposalState.REPORTED_BACK: _("Read what came of your proposal."),
    ProposalState.ARCHIVED: _("Your proposal is among those that have ended."),
    ProposalState.HIDDEN: _(
        "Your proposal is hidden for now. A person will talk to you. You did nothing wrong."
    ),
    "INVITED": _("Somebody asks you to write a proposal together."),
    "JOINED": _("Somebody is now writing your proposal with you."),
    "AMENDMENT": _("There is an amendment to your proposal. Do you accept it?"),
    "AMENDMENT_ACCEPTED": _("Your amendment was accepted."),
    "AMENDMENT_DECLINED": _("Your amendment was not accepted. Read why."),
    "SUPPORT_AGAIN": _("A text that you support has changed. Do you still support it?"),
    "TEXT_PUBLISHED": _("What you wrote was read and published."),
    "TEXT_RETURNED": _("What you wrote came back. Look what to change."),
    "REPLIED": _("Your question has an answer."),
    "BALLOT_OPENED": _("A vote has begun."),
    "QUESTION": _("Those who must answer ask something about your proposal."),
}
DONE: dict[str, Text] = {
    "saved": _("Saved. Only you and your co-authors see it."),
    "kept": _("At night we rest. Your text is kept; send it from 7:00 on."),
    "sent": _("Sent. A person reads it within four hours between 8:00 and 20:00."),
    "withdrawn": _("Taken back."),
    "supported": _("You support this text."),
    "unsupported": _("You no longer support it."),
    "invited": _("Asked. Once they agree, you write together."),
    "joined": _("Now you write together."),
    "not-joined": _("All right, you do not write along."),
    "accepted": _("You accept the amendment."),
    "declined": _("The amendment is not accepted. Its author sees why."),
    "comes": _("Good, see you there."),
    "stays": _("Noted. You will find the minutes here."),
    "worried": _(
        "Sent. If something is hard, you are not alone: 116 111, free of charge. "
        "A person from our team will write to you."
    ),
}
"""Sentences after an act, by the code in the address."""


@dataclass(frozen=True)
class Step:
    """One of the steps of a proposal beside its text: `kind` is done, now or next."""

    kind: str
    name: Text
    when: Text = ""


WAY: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("Idea"), (ProposalState.IDEA, ProposalState.RETURNED)),
    (pgettext_lazy("proposal", "Read"), (ProposalState.PRE_MODERATION, ProposalState.PUBLISHED)),
    (pgettext_lazy("proposal", "We discuss"), (ProposalState.DISCUSSION,)),
    (
        pgettext_lazy("proposal", "We vote"),
        (ProposalState.QUALIFIED, ProposalState.VOTE_OPEN, ProposalState.VOTE_CLOSED),
    ),
    (_("They must answer"), (ProposalState.SENT, ProposalState.OVERDUE)),
    (
        _("It is being done"),
        (*ANSWERED, ProposalState.IN_PROGRESS, ProposalState.DONE, ProposalState.NOT_DONE),
    ),
    (_("We say what happened"), (ProposalState.REPORTED_BACK, ProposalState.ARCHIVED)),
)


def way(proposal: Proposal) -> list[Step]:
    """The steps of a proposal: what is behind, where it is, what comes."""
    here = next((n for n, (_name, states) in enumerate(WAY) if proposal.state in states), -1)
    found = []
    for n, (name, _states) in enumerate(WAY):
        when = ""
        if n == here and proposal.state == ProposalState.DISCUSSION and proposal.discuss_until:
            when = gettext("until %(day)s") % {"day": long_date(proposal.discuss_until)}
        if n == here and proposal.state in (ProposalState.SENT, ProposalState.OVERDUE) and proposal.due_on:
            when = gettext("by %(day)s") % {"day": long_date(proposal.due_on)}
        found.append(Step("done" if n < here else "now" if n == here else "next", name, when))
    return found


def author_names(authors: Iterable[Author]) -> str:
    """Pseudonyms of those who write: “Žuvėdra, Kopa ir Bebras”."""
    names = [str(one.member.shown_name) for one in authors if one.joined_at is not None]
    return and_list(names) if names else gettext("members of the panel")


def public_authors(n: int) -> str:
    """How the public reads of authors: a number from three on, never a name."""
    if not n:
        return gettext("members of the panel")
    return ngettext("%(n)s member", "%(n)s members", n) % {"n": n}


def news_line(one: News) -> dict[str, Any]:
    """A piece of news with where it leads."""
    if one.ballot:
        href = reverse("panel-ballot", args=[one.ballot])
    else:
        href = reverse("panel-proposal", args=[one.proposal.ref]) if one.proposal else reverse("panel-mine")
    return {"text": NEWS.get(one.what, ""), "href": href, "at": one.at}


def history(proposal: Proposal) -> list[Moment]:
    """Its moves as a timeline, the latest first."""
    steps = proposal.steps.order_by("-pk")
    return [
        Moment(text=PROPOSAL_STATES[step.after].text, when=step.at)
        for step in steps
        if step.after not in UNSEEN
    ]


def picture_of(row: Contribution) -> MediaFile | None:
    """The picture of a post where it may be sent."""
    file = media.file_named(str(row.picture.name)) if row.picture else None
    return file if file is not None and file.state == "READY" else None


def trail(facts: Any, late: int) -> list[Step]:
    """The four steps of the public list."""
    answered = facts.answered_on
    first = Step("done", _("Asked"), long_date(facts.sent_on))
    if answered:
        second = Step("done", ANSWERS[facts.verdict], long_date(answered))
    elif late:
        second = Step("late", _("Not answered"), _until(facts.due_on))
    else:
        second = Step("now", _("Answer"), _until(facts.due_on))
    if facts.result == ProposalState.DONE:
        third = Step("done", pgettext_lazy("public list", "Done"), long_date(facts.result_on))
    elif facts.result == ProposalState.NOT_DONE:
        third = Step("no", pgettext_lazy("public list", "Not done"), long_date(facts.result_on))
    elif facts.verdict in (Verdict.DECLINED, Verdict.OTHER):
        third = Step("no", pgettext_lazy("public list", "Not done"), "–")
    else:
        is_running = facts.state == ProposalState.IN_PROGRESS
        third = Step("now" if is_running else "", GROUPS[Group.IN_PROGRESS] if is_running else _("Done"), "–")
    told = long_date(facts.reported_on) if facts.reported_on else "–"
    return [first, second, third, Step("done" if facts.reported_on else "", _("Young people told"), told)]


def group_badge(entry: Any) -> tuple[str, str, str]:
    """Tone, icon and words of an entry of the public list."""
    if entry.group is Group.OVERDUE:
        said = ngettext("Answer %(n)s day late", "Answer %(n)s days late", entry.late) % {"n": entry.late}
        return "bad", "triangle-alert", said
    tones = {
        Group.WAITING: ("wait", "clock"),
        Group.ANSWERED: ("info", "check"),
        Group.IN_PROGRESS: ("wait", "clock"),
        Group.DONE: ("good", "check"),
        Group.NOT_DONE: ("", "x"),
    }
    tone, shape = tones[entry.group]
    return tone, shape, str(GROUPS[entry.group])


def days_left(due: date, today: date) -> str:
    """How many days an addressee has."""
    n = (due - today).days
    if n < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -n) % {"n": -n}
    return ngettext("%(n)s day left", "%(n)s days left", n) % {"n": n}


def _until(day: date) -> str:
    return gettext("until %(day)s") % {"day": long_date(day)}
