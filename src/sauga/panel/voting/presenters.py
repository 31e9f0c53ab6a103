"""Ballots in words: how to fill one in, how it is counted, what came out; to members by their age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.lists import Mark
from sauga.kernel.ui.hrefs import address
from sauga.panel.effects import NEWS, WAITING, HomePart
from sauga.panel.members.models import Member
from sauga.panel.members.rules.ages import YOUNGER, age_layer
from sauga.panel.states import BallotState
from sauga.panel.voting.models import Ballot
from sauga.panel.voting.queries import ballots as queries
from sauga.panel.voting.rules import ballots
from sauga.panel.voting.rules.ballots import AGREE, DISAGREE, PASS, Question
from sauga.panel.voting.rules.codes import ABSTAIN, HIDDEN_REST, NO, YES, Detail, Kind, Outcome

STATES: dict[str, Mark] = {
    BallotState.DRAFT: Mark("calm", "", pgettext_lazy("ballot", "draft")),
    BallotState.PROPOSED: Mark("wait", "half", pgettext_lazy("ballot", "waits for a second person")),
    BallotState.OPEN: Mark("act", "", pgettext_lazy("ballot", "open")),
    BallotState.CLOSED: Mark("good", "dot", pgettext_lazy("ballot", "counted")),
    BallotState.CANCELLED: Mark("bad", "diamond", pgettext_lazy("ballot", "cancelled")),
    BallotState.DISCARDED: Mark("calm", "dash", pgettext_lazy("ballot", "dropped")),
}
ANSWERS: dict[str, Any] = {
    YES: pgettext_lazy("ballot", "Yes"),
    NO: pgettext_lazy("ballot", "No"),
    ABSTAIN: pgettext_lazy("ballot", "I abstain"),
}
STANCES: dict[str, Any] = {
    AGREE: pgettext_lazy("ballot", "I agree"),
    DISAGREE: pgettext_lazy("ballot", "I disagree"),
    PASS: pgettext_lazy("ballot", "I pass"),
}
LEADS: dict[str, Any] = {
    Kind.YES_NO: _("Choose one answer."),
    Kind.APPROVAL: _("Mark all that you support. One, several or none."),
    Kind.RANKED: _("Put them in order. 1 is the most important to you."),
    Kind.ELECTION: _("Mark everybody whom you would trust with this. One, several or none."),
    Kind.OPINION: _("Say what you think of each statement. You may pass."),
}
HOW: dict[str, tuple[Any, ...]] = {
    Kind.YES_NO: (
        _("It is accepted if more say yes than no. Whoever abstains is not counted in that."),
        _("If as many say yes as no, it is not accepted."),
    ),
    Kind.APPROVAL: (_("What most of you marked is chosen."),),
    Kind.RANKED: (
        _("We look at what is first on each ballot."),
        _("If nothing has more than half, the last one drops out."),
        _("Its votes go to what is next on those ballots. So we go on until one has more than half."),
    ),
    Kind.ELECTION: (
        _("Places are given one by one. First to whom most of you marked."),
        _(
            "When somebody you marked has a place, your vote counts for less at the next one. "
            "So those who think alike do not take all the places, and a smaller group gets one too."
        ),
        _("We only say who was elected. How many marked whom is never shown."),
    ),
    Kind.OPINION: (
        _("The computer looks for people who answered alike."),
        _(
            "Groups are shown only with at least five people in each, and only by statements, "
            "never by people."
        ),
    ),
}
SECRECY: dict[str, tuple[Any, ...]] = {
    YOUNGER: (
        _("Nobody can look up what you chose. Not adults, not other members, not we."),
        _("It stays secret after the vote too."),
    ),
    "": (
        _(
            "Nobody can look up what you chose: no adult, no other member, not we. "
            "This page does not show it to you again either."
        ),
        _("At the end votes are mixed, counted and destroyed. Only the result stays."),
    ),
}
LIMITS = (
    _("Your vote is locked as soon as you send it. The key is in two parts, kept in two places."),
    _(
        "Votes are unlocked once, all together and mixed, when voting is over. "
        "Then votes and key are destroyed."
    ),
    _("We keep only that you voted, not when and not how. Three months later that is deleted too."),
    _("With few votes, or if nearly all vote alike, we show no numbers: they would tell on you."),
    _(
        "What we cannot protect you from: somebody who looks at your screen while you vote, and somebody to "
        "whom you tell it. And somebody who breaks into our computer during the vote and steals both parts "
        "of the key."
    ),
)
OUTCOMES: dict[str, Any] = {
    Outcome.TOO_FEW: _("Fewer than five voted. So that nobody’s vote can be guessed, we show nothing."),
    Outcome.NO_QUORUM: _("Too few voted, so nothing was decided and nothing is shown."),
    Outcome.NOBODY: _("Nobody marked anything. Nothing was chosen."),
    Outcome.NO_GROUPS: _("There are no separate groups: opinions differ from person to person."),
    Outcome.GROUPS: _("Some of you answer alike. These are the groups."),
}


@dataclass(frozen=True)
class Line:
    """One option on the page of a ballot; `choices`: value, words, whether it is chosen."""

    code: str
    label: Any
    note: str
    choices: list[tuple[str, Any, bool]]
    is_marked: bool = False


def paper(question: Question, slot: str, vote: Sequence[str]) -> list[Line]:
    """The options in this person's order, as chosen so far."""
    if question.kind is Kind.YES_NO:
        return [Line(code, ANSWERS[code], "", [], code in vote) for code in question.codes]
    options = {one.code: one for one in question.options}
    lines = []
    for code in ballots.shown_order(question.codes, question.ref, slot):
        option, choices = options[code], []
        if question.kind is Kind.RANKED:
            place = vote.index(code) + 1 if code in vote else 0
            choices = [(str(n), str(n), n == place) for n in range(1, len(options) + 1)]
            choices.append(("", pgettext("ballot", "No place"), not place))
        elif question.kind is Kind.OPINION:
            choices = [(value, words, f"{code}{value}" in vote) for value, words in STANCES.items()]
        lines.append(Line(code, option.label, option.note, choices, code in vote))
    return lines


def vote_lines(question: Question, vote: Sequence[str]) -> list[tuple[str, Any, Any]]:
    """A vote in words: code, what, and how."""
    if question.kind is Kind.YES_NO:
        return [(code, ANSWERS[code], "") for code in vote]
    labels = ballots.result_texts(question.options)
    if question.kind is Kind.OPINION:
        return [(one[:-1], labels[one[:-1]], STANCES[one[-1]]) for one in vote]
    return [(code, labels[code], "") for code in vote]


def secrecy(layer: str) -> tuple[Any, ...]:
    """What is promised, in the words of the member's age."""
    return SECRECY.get(layer, SECRECY[""])


def tie_lines(question: Question) -> list[str]:
    """What happens when it is equal; the lot was drawn before voting began."""
    if not question.tie_order:
        return []
    labels = ballots.result_texts(question.options)
    return [labels[code] for code in question.tie_order]


def headline(row: Ballot) -> str:
    """What came out, in a sentence."""
    result = row.result or {}
    outcome = Outcome(result["outcome"])
    if outcome in OUTCOMES:
        return str(OUTCOMES[outcome])
    labels = ballots.result_texts(row.frozen.options)
    named = ", ".join(labels[code] for code in result.get("winners", []))
    if outcome is Outcome.ELECTED:
        return gettext("Elected: %(names)s.") % {"names": named}
    if outcome is Outcome.CHOSEN:
        return gettext("Chosen: %(names)s.") % {"names": named}
    return gettext("Accepted.") if outcome is Outcome.ACCEPTED else gettext("Not accepted.")


def turnout(row: Ballot) -> str:
    """How many voted."""
    result = row.result or {}
    return gettext("%(n)s of %(of)s") % {"n": result["votes"], "of": result["eligible"]}


@dataclass(frozen=True)
class ResultLine:
    """An option in the result: its place, and its votes where they are shown."""

    place: int
    label: Any
    votes: str
    is_chosen: bool


def result_lines(row: Ballot) -> list[ResultLine]:
    """The options in the order of the result."""
    result = row.result or {}
    counts, chosen = result.get("counts"), result.get("winners", [])
    if row.kind == Kind.YES_NO:
        return [
            ResultLine(0, ANSWERS[code], str(counts.get(code, 0)), False)
            for code in row.frozen.codes
            if counts
        ]
    labels = ballots.result_texts(row.frozen.options)
    return [
        ResultLine(at, labels[code], _votes(counts, code), code in chosen)
        for at, code in enumerate(result.get("order", []), 1)
    ]


def _votes(counts: dict[str, int | None] | None, code: str) -> str:
    if counts is None:
        return ""
    n = counts.get(code)
    return str(n) if n is not None else gettext("fewer than %(n)s") % {"n": HIDDEN_REST}


def round_lines(row: Ballot) -> list[tuple[int, list[tuple[str, int]], str]]:
    """The rounds of a run-off: number, votes, who dropped out."""
    labels = ballots.result_texts(row.frozen.options)
    return [
        (
            number,
            sorted(
                ((labels[code], n) for code, n in one["counts"].items()), key=lambda line: (-line[1], line[0])
            ),
            labels.get(one["out"], ""),
        )
        for number, one in enumerate((row.result or {}).get("rounds", []), 1)
    ]


def group_lines(row: Ballot) -> list[dict[str, Any]]:
    """Groups of opinion, by statements."""
    labels = ballots.result_texts(row.frozen.options)
    return [
        {
            "number": number,
            "size": ngettext("%(n)s person", "%(n)s people", one["size"]) % {"n": one["size"]},
            "agree": [labels[code] for code in one["agree"]],
            "disagree": [labels[code] for code in one["disagree"]],
        }
        for number, one in enumerate((row.result or {}).get("groups", []), 1)
    ]


def common_lines(row: Ballot) -> list[str]:
    """Statements with which nearly everybody agrees."""
    labels = ballots.result_texts(row.frozen.options)
    return [labels[code] for code in (row.result or {}).get("common", [])]


def result_context(row: Ballot) -> dict[str, Any]:
    """Everything a page says of a result."""
    result = row.result or {}
    return {
        "headline": headline(row),
        "turnout": turnout(row),
        "lines": result_lines(row),
        "rounds": round_lines(row),
        "groups": group_lines(row),
        "common": common_lines(row),
        "has_numbers": result.get("detail") == Detail.FULL,
        "hides_numbers": result.get("detail") == Detail.ORDER,
        "is_election": row.kind == Kind.ELECTION,
    }


def text_context(row: Ballot) -> dict[str, Any]:
    """What everybody may know of an opened ballot, whatever its state."""
    frozen = row.frozen
    return {
        "ballot": row,
        "how": HOW[Kind(row.kind)],
        "ties": tie_lines(frozen),
        "falls_last": row.kind == Kind.RANKED,
        "seal": ballots.shown_digest(row.digest),
        "limits": LIMITS,
    }


# The member's home
def home_parts(member: Member, at: datetime) -> list[HomePart]:
    """Ballots in which the member may still vote, and what came out of the last ones."""
    waits = (
        _("Your vote is secret. Choose before it ends.")
        if age_layer(member, at) == YOUNGER
        else _("Secret; one vote each. Look at the ballot before it ends.")
    )
    parts = [
        HomePart(
            place=WAITING,
            title=one.ballot.question,
            text=waits,
            url=address("panel-ballot", one.ballot.ref),
            due=one.ballot.ends_at,
        )
        for one in queries.to_vote(member, at)
    ]
    parts += [
        HomePart(place=NEWS, title=one.question, text=headline(one), url=address("panel-ballot", one.ref))
        for one in queries.counted()[:2]
    ]
    return parts


def affected(member: Member) -> list[Any]:
    """What leaving does to ballots."""
    running = queries.running_of(member)
    said: list[Any] = []
    if running:
        said.append(
            ngettext(
                "Your vote in %(n)s vote that is not counted yet is destroyed.",
                "Your votes in %(n)s votes that are not counted yet are destroyed.",
                running,
            )
            % {"n": running}
        )
    if queries.of_member(member).filter(ballot__state=BallotState.CLOSED).exists():
        said.append(gettext("Results of earlier votes stay. That you took part is forgotten."))
    return said
