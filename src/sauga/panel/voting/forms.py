"""The desk's form of a ballot, and reading a member's vote from what a page of a ballot sent."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.panel.voting.actions.ballots import BallotGiven
from sauga.panel.voting.models import Ballot
from sauga.panel.voting.rules import ballots
from sauga.panel.voting.rules.ballots import Question, VoteUnfit
from sauga.panel.voting.rules.codes import FEWEST_VOTES, LONGEST_QUESTION, LONGEST_TEXT, Kind

WHEN = "%Y-%m-%dT%H:%M"
MOST_TEXT = 6000


class BallotForm(forms.Form):
    """What is asked, of whom, until when."""

    kind = forms.ChoiceField(label=pgettext_lazy("ballot", "How members vote"), choices=Kind.choices)
    question = forms.CharField(
        label=_("Question"),
        max_length=LONGEST_QUESTION,
        help_text=_("Short and plain: members of 12 read it too."),
    )
    text = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": "4"}),
        help_text=_("What happens if it is accepted, and what if not. Both sides, no advice."),
    )
    options = forms.CharField(
        label=_("Options, people who stand, or statements"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": "6"}),
        help_text=_(
            "One a line; after “|” a sentence that explains it. Leave empty for yes or no. "
            "People stand under their pseudonyms."
        ),
    )
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, max_value=12, help_text=_("For an election only.")
    )
    quorum = forms.IntegerField(
        label=_("Votes needed"),
        min_value=1,
        max_value=200,
        initial=FEWEST_VOTES,
        help_text=_("At least five, so that nobody’s vote can be guessed."),
    )
    ends_at = forms.DateTimeField(
        label=_("Ends"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, WHEN),
        help_text=_("At least a day after it opens. Nobody sees anything of the votes before."),
    )
    proposal = forms.CharField(
        label=_("Reference of the proposal"),
        required=False,
        max_length=40,
        help_text=_(
            "Where the ballot is about a proposal. A yes-or-no ballot decides it: opening freezes the "
            "proposal, the count tells whether it goes on."
        ),
    )

    def given(self) -> BallotGiven:
        """What was typed."""
        said = self.cleaned_data
        return BallotGiven(
            kind=said["kind"],
            question=said["question"],
            text=said["text"],
            options=said["options"].splitlines(),
            seats=said["seats"] or 1,
            quorum=said["quorum"],
            ends_at=said["ends_at"],
            proposal_ref=said["proposal"],
        )


def stored(row: Ballot) -> dict[str, Any]:
    """What a draft holds, for the form."""
    return {
        "kind": row.kind,
        "question": row.question,
        "text": row.text,
        "options": ballots.lines_of(row.frozen.options),
        "seats": row.seats if row.kind == Kind.ELECTION else None,
        "quorum": row.quorum,
        "ends_at": row.ends_at,
        "proposal": row.proposal_ref,
    }


class DeskFilterForm(forms.Form):
    """Words of the question."""

    words = forms.CharField(label=_("Words of the question"), required=False, max_length=80)


def vote_from(question: Question, sent: QueryDict) -> tuple[str, ...]:
    """The vote that the page of the ballot sent. Raises VoteUnfit."""
    if question.kind is Kind.RANKED:
        return ballots.ranking_from({code: sent.get(f"place-{code}", "") for code in question.codes})
    if question.kind is Kind.OPINION:
        said = {code: sent.get(f"say-{code}", "") for code in question.codes}
        return ballots.checked(question, [f"{code}{stance}" for code, stance in said.items() if stance])
    marks = sent.getlist("mark")
    if question.kind is Kind.YES_NO and not marks:
        raise VoteUnfit("missing")
    return ballots.checked(question, marks)


def vote_written(question: Question, sent: QueryDict) -> tuple[str, ...]:
    """The vote that the page of confirmation sent. Raises VoteUnfit."""
    return ballots.read(question, sent.get("vote", "")[:250])
