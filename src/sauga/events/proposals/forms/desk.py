"""The forms of the call for papers at the desk."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.programme.forms import NONE, WHICH, ClockField, SessionForm, TimesForm, Words, WordsForm
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import LocalTime, local_time
from sauga.events.proposals.actions.calls import DURATIONS, CallGiven
from sauga.events.proposals.models import ACCEPTANCE, SUBMISSION, Call, Criterion, Proposal
from sauga.events.proposals.queries.content import Content
from sauga.events.proposals.queries.content import Words as ReviewWords
from sauga.events.proposals.rules.decisions import LONGEST_COMMENT, OUTCOMES, PREPARING
from sauga.events.proposals.rules.scores import HIGHEST, LOWEST
from sauga.events.registration.forms.desk import QuestionForm
from sauga.events.registration.forms.people import TypedField
from sauga.kernel import vocab
from sauga.kernel.i18n import language_name, languages
from sauga.kernel.identity.models import Person

NOT_PROPOSED = ("break", "ceremony")
"""Kinds of sessions that organisers plan themselves."""


class CallForm(WordsForm, TimesForm):
    """The call of an event."""

    words = {
        "title": Words(pgettext_lazy("call for papers", "Title"), 160, is_required=True),
        "text": Words(
            _("What you are looking for"),
            6000,
            8,
            _("An empty line begins a new paragraph. Needed before opening."),
        ),
    }
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of sessions"),
        choices=lambda: [one for one in vocab.choices("session_kinds") if one[0] not in NOT_PROPOSED],
        widget=forms.CheckboxSelectMultiple,
    )
    durations = forms.TypedMultipleChoiceField(
        label=_("Durations in minutes"),
        choices=[(n, str(n)) for n in DURATIONS],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    is_blind = forms.BooleanField(
        label=_("Blind review: reviewers do not see who proposes"),
        required=False,
        help_text=_("It cannot be changed once proposals have come in."),
    )
    reviews_wanted = forms.IntegerField(label=_("Reviews of each proposal"), min_value=1, max_value=9)
    answer_days = forms.IntegerField(
        label=_("Days in which accepted speakers confirm"), min_value=1, max_value=90
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].label = pgettext_lazy("call for papers", "Opens")
        self.fields["ends"].label = pgettext_lazy("call for papers", "Closes")

    @property
    def given(self) -> CallGiven:
        """What was filled in, for the action."""
        held = self.cleaned_data
        names = ("kinds", "durations", "is_blind", "reviews_wanted", "answer_days")
        return CallGiven(
            title=self.texts("title"),
            text=self.texts("text"),
            opens=self.moment("starts"),
            closes=self.moment("ends"),
            **{name: held[name] for name in names},
        )


def shown_call(row: Call | None) -> dict[str, Any]:
    """A call as its form shows it, or what a new one begins with."""
    if row is None:
        return {
            "kinds": ["talk"],
            "durations": [20, 45],
            "is_blind": True,
            "reviews_wanted": 2,
            "answer_days": 14,
        }
    opens, closes = local_time(row.opens_at), local_time(row.closes_at)
    names = ("kinds", "durations", "is_blind", "reviews_wanted", "answer_days")
    return {
        **{f"{name}_{code}": text for name in ("title", "text") for code, text in getattr(row, name).items()},
        "starts": opens.naive,
        "starts_which": opens.which,
        "ends": closes.naive,
        "ends_which": closes.which,
        **{name: getattr(row, name) for name in names},
    }


class ReopenForm(forms.Form):
    """Until when proposals are taken once more."""

    ends = ClockField(label=_("Take proposals until"))
    ends_which = forms.ChoiceField(
        label=_("If the hour comes twice: which one?"), choices=WHICH, required=False
    )

    def moment(self) -> LocalTime:
        """The day and hour that were entered."""
        return LocalTime(self.cleaned_data["ends"], self.cleaned_data.get("ends_which", ""))


class CriterionForm(WordsForm):
    """A criterion."""

    words = {"name": Words(pgettext_lazy("criterion", "Name"), 120, is_required=True)}
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=10, initial=1)


class CallQuestionForm(QuestionForm):
    """A question of a call."""

    phase = forms.ChoiceField(
        label=_("When it is asked"),
        choices=[(SUBMISSION, _("with the proposal")), (ACCEPTANCE, _("only after it is accepted"))],
        widget=forms.RadioSelect,
    )
    is_for_reviewers = forms.BooleanField(
        label=_("Reviewers read the answer"),
        help_text=_("Under blind review only where the answer cannot say who it is."),
        required=False,
    )
    field_order = ("phase",)

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        names = ("phase", "is_for_reviewers")
        return {**super().given, **{name: self.cleaned_data[name] for name in names}}


class LettersForm(forms.Form):
    """The organisers' own words for the letters of decisions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for outcome in OUTCOMES:
            for row in languages.for_editors():
                self.fields[f"{outcome.lower()}_{row.code}"] = TypedField(
                    label=_("%(text)s (%(language)s)")
                    % {"text": PREPARING[outcome], "language": language_name(row.code)},
                    max_length=2000,
                    required=False,
                    widget=forms.Textarea({"rows": 4}),
                )

    @property
    def letters(self) -> dict[str, dict[str, str]]:
        """The letters by outcome and language."""
        return {
            str(outcome): {
                row.code: self.cleaned_data[f"{outcome.lower()}_{row.code}"]
                for row in languages.for_editors()
            }
            for outcome in OUTCOMES
        }


def shown_letters(row: Call) -> dict[str, str]:
    """The letters of a call as the form shows them."""
    return {
        f"{outcome.lower()}_{code}": text
        for outcome, held in row.letters.items()
        for code, text in held.items()
    }


class CallWordsForm(forms.Form):
    """The filter of the list of calls."""

    words = forms.CharField(label=pgettext_lazy("event", "Title"), required=False, max_length=120)


class FilterForm(forms.Form):
    """The filters of the list of proposals."""

    words = forms.CharField(label=_("Title, name, organisation or address"), required=False, max_length=120)
    kind = forms.ChoiceField(
        label=pgettext_lazy("session", "Kind"),
        choices=lambda: [*NONE, *vocab.choices("session_kinds")],
        required=False,
    )
    track = forms.ChoiceField(label=pgettext_lazy("session", "Track"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*NONE, *((one.ref, str(one)) for one in event.tracks.all())]
        self.fields["track"].choices = choices  # type: ignore[attr-defined]  # a choice field


class PrepareForm(forms.Form):
    """A decision that is prepared."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[(str(one), PREPARING[one]) for one in OUTCOMES],
        widget=forms.RadioSelect,
    )


class ReviewForm(forms.Form):
    """Scores for each criterion, and words."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"c_{one.ref}"] = forms.TypedChoiceField(
                label=str(one),
                choices=[(n, str(n)) for n in range(LOWEST, HIGHEST + 1)],
                coerce=int,
                widget=forms.RadioSelect(attrs={"class": "inline"}),
            )
        self.fields["comment"] = TypedField(
            label=_("Comment to the committee"),
            max_length=LONGEST_COMMENT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        self.fields["note"] = TypedField(
            label=_("Private note: nobody else reads it"),
            max_length=LONGEST_COMMENT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def scores(self) -> dict[str, int]:
        """The scores by the criterion's reference."""
        return {one.ref: self.cleaned_data[f"c_{one.ref}"] for one in self.criteria}

    @property
    def words(self) -> ReviewWords:
        """What was written."""
        return ReviewWords(self.cleaned_data["comment"], self.cleaned_data["note"])


def shown_review(scores: dict[str, int], words: ReviewWords) -> dict[str, Any]:
    """A review as its form shows it."""
    held = {f"c_{ref}": score for ref, score in scores.items()}
    return {**held, "comment": words.comment, "note": words.note}


class ReviewerForm(forms.Form):
    """A member of the committee."""

    person = forms.TypedChoiceField(label=pgettext_lazy("call for papers", "Reviewer"), coerce=int)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, one.name) for one in people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]  # a choice field


class ProgrammeForm(SessionForm):
    """The session that a proposal becomes; its speakers are those who confirmed."""

    keeps_length = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["speakers"], self.fields["seen"]
        self.fields["ends"].help_text = _("Left as it is, it moves with the start.")


def shown_session(row: Proposal, content: Content, is_recorded: bool) -> dict[str, Any]:
    """A proposal as the form of its session shows it. Its texts are in one language; the title stands in
    both, because a programme needs one in the language of the site."""
    starts = local_time(row.call.event.starts).naive

    return {
        **{f"title_{one.code}": content.title for one in languages.for_editors()},
        f"abstract_{row.language}": content.abstract,
        "starts": starts,
        "ends": starts + timedelta(minutes=row.minutes),
        "kind": row.kind,
        "track": row.track.ref if row.track else "",
        "language": row.talk_language,
        "do_not_record": not is_recorded,
    }
