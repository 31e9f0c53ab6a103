"""The forms of surveys: answering one, its questions and its end at the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.events.followup.models import SurveyQuestion
from sauga.events.followup.rules.questionnaires import (
    KINDS,
    LONGEST_ANSWER,
    STEPS,
    WITH_CHOICES,
    QuestionKind,
)
from sauga.events.programme.models import said
from sauga.events.programme.rules.local_times import LocalTime
from sauga.events.registration.forms.desk import TYPED
from sauga.events.registration.forms.people import TypedField, said_lines

SCALE = [(str(n), str(n)) for n in STEPS]


class SurveyForm(forms.Form):
    """The questions of a survey, as a participant answers them."""

    def __init__(self, *args: Any, questions: Sequence[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"q_{question.ref}"] = _field(question)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by the references of the questions, as the action takes them."""
        return {
            question.ref: _answer(question.kind, self.cleaned_data.get(f"q_{question.ref}"))
            for question in self.questions
        }


def _field(question: SurveyQuestion) -> forms.Field:
    label, required = said(question.text), question.is_required
    if question.kind == QuestionKind.SCALE:
        help_text = _("1 is the least, 5 the most.")
        return forms.ChoiceField(
            label=label, choices=SCALE, required=required, widget=forms.RadioSelect, help_text=help_text
        )
    if question.kind in WITH_CHOICES:
        numbered = [(str(n), line) for n, line in enumerate(said_lines(question.choices))]
        if question.kind == QuestionKind.CHOICE:
            return forms.ChoiceField(
                label=label, choices=numbered, required=required, widget=forms.RadioSelect
            )
        return forms.MultipleChoiceField(
            label=label,
            choices=numbered,
            required=required,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Tick as many as you like."),
        )
    return TypedField(
        label=label,
        required=required,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please write no names, addresses or telephone numbers."),
    )


def _answer(kind: str, given: Any) -> Any:
    if kind in {QuestionKind.SCALE, QuestionKind.CHOICE}:
        return int(given) if given else None
    if kind == QuestionKind.SEVERAL:
        return [int(one) for one in given or ()]
    return given or ""


class SurveyQuestionForm(forms.Form):
    """A question at the desk."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=[], widget=forms.RadioSelect)
    text_lt = TypedField(label=_("Question in Lithuanian"), max_length=200)
    text_en = TypedField(label=_("Question in English"), max_length=200)
    choices_lt = TypedField(
        label=_("Answers in Lithuanian, one a line"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    choices_en = TypedField(
        label=_("Answers in English, one a line"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = list(KINDS.items())

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        held = self.cleaned_data
        return {
            "kind": held["kind"],
            "text": {"lt": held["text_lt"], "en": held["text_en"]},
            "choices": {
                code: [line.strip() for line in held[f"choices_{code}"].splitlines() if line.strip()]
                for code in ("lt", "en")
            },
            "is_required": held["is_required"],
        }


def held_by(question: SurveyQuestion) -> dict[str, Any]:
    """What the form of a question has in it."""
    return {
        "kind": question.kind,
        "text_lt": question.text.get("lt", ""),
        "text_en": question.text.get("en", ""),
        "choices_lt": "\n".join(question.choices.get("lt", ())),
        "choices_en": "\n".join(question.choices.get("en", ())),
        "is_required": question.is_required,
    }


class OpenForm(forms.Form):
    """Until when a survey takes answers."""

    closes_at = forms.CharField(
        label=_("Takes answers until"),
        help_text=_("At most 28 days after the event."),
        max_length=16,
        widget=forms.TextInput({"type": "datetime-local"}),
    )

    def clean_closes_at(self) -> datetime | None:
        """The instant. In the hour that the clock shows twice, the second."""
        try:
            found = LocalTime(datetime.strptime(self.cleaned_data["closes_at"], TYPED), "").instants
        except (ValueError, OverflowError):
            found = ()
        if not found:
            self.add_error("closes_at", gettext("Write a day and an hour."))
            return None
        return found[-1]
