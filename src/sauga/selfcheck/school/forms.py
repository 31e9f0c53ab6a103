"""The forms of the school label: a page of answers, evidence, tasks of the plan, the assessor's."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.credentials.declarations.kinds import REASONS, Why
from sauga.kernel.organisations import OrganisationField, municipalities
from sauga.selfcheck.school.actions.assessments import Given
from sauga.selfcheck.school.actions.plans import TaskGiven
from sauga.selfcheck.school.models import Answer
from sauga.selfcheck.school.queries.register import Wanted
from sauga.selfcheck.school.rules.codes import (
    LEVELS,
    LONGEST_COMMENT,
    LONGEST_REASON,
    LONGEST_TASK,
    Owner,
    Pledge,
    ReturnReason,
    TaskState,
)
from sauga.selfcheck.school.rules.questionnaire import Area

REVOKE_REASONS = (Why.MISTAKE, Why.REQUEST, Why.FRAUD, Why.CONDITIONS)


class SchoolsForm(forms.Form):
    """What a visitor looks for in the list of labelled schools. Whatever is not a choice is left out."""

    words = forms.CharField(label=_("Name of the school"), required=False, max_length=80)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].choices = [("", _("All of Lithuania")), *municipalities()]
        every = ("", pgettext_lazy("school label", "All levels"))
        fields["level"].choices = [every, *((str(one), one.label) for one in LEVELS)]

    def wanted(self) -> Wanted:
        """What was chosen."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(*(given.get(name, "") for name in ("words", "municipality", "level")))


class AreaForm(forms.Form):
    """The ten aspects of an area: a statement and a comment for each, and the revision that was seen."""

    def __init__(self, data: Any, *, area: Area, stored: Mapping[str, Answer]) -> None:
        super().__init__(data)
        self.area = area
        for one in area.aspects:
            held = stored.get(one.code)
            choices = [(str(n), text) for n, text in enumerate(one.statements, 1)]
            self.fields[f"level-{one.code}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                label=one.question,
                initial=str(held.level) if held and held.level else "",
                error_messages={"invalid_choice": _("Choose one of the five statements.")},
            )
            self.fields[f"comment-{one.code}"] = forms.CharField(
                required=False,
                max_length=LONGEST_COMMENT,
                label=_("How does this look at your school?"),
                widget=forms.Textarea({"rows": "3"}),
                initial=held.comment if held else "",
            )
            self.fields[f"seen-{one.code}"] = forms.IntegerField(
                required=False, min_value=0, widget=forms.HiddenInput, initial=held.revision if held else 0
            )

    def look_again(self, stored: Mapping[str, Answer]) -> None:
        """Show what was typed beside what is stored by now: saving again takes what was typed."""
        seen = {f"seen-{code}": str(held.revision) for code, held in stored.items()}
        self.data = {**{name: self.data.get(name) for name in self.fields if name in self.data}, **seen}

    def given(self) -> dict[str, Given]:
        """What was sent, by aspect."""
        said = self.cleaned_data
        return {
            one.code: Given(
                int(said[f"level-{one.code}"]) if said[f"level-{one.code}"] else None,
                said[f"comment-{one.code}"],
                said[f"seen-{one.code}"] or 0,
            )
            for one in self.area.aspects
        }


class CommentForm(forms.Form):
    """The comment of an aspect that is reviewed."""

    comment = forms.CharField(
        label=_("How does this look at your school?"),
        help_text=_("Two to four sentences, without names. A reviewer reads this first, and files after it."),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea({"rows": "4"}),
    )


class FileForm(forms.Form):
    """A file of evidence with what the person adding it has looked for."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF or a picture. It is deleted after the review."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
    pledges = forms.MultipleChoiceField(
        label=_("I have looked through it"),
        choices=Pledge.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _due() -> forms.DateField:
    return forms.DateField(
        label=pgettext_lazy("task", "By"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class TaskForm(forms.Form):
    """Who does a task, until when, how far it is."""

    owner = forms.ChoiceField(label=pgettext_lazy("task", "Who"), choices=Owner.choices)
    due = _due()
    progress = forms.ChoiceField(label=pgettext_lazy("task", "Status"), choices=TaskState.choices)

    def task(self) -> TaskGiven:
        """What was sent."""
        return TaskGiven(**self.cleaned_data)


class OwnTaskForm(TaskForm):
    """A task of the school's own."""

    title = forms.CharField(
        label=_("What is to be done"), help_text=_("In a few words, without names."), max_length=LONGEST_TASK
    )
    field_order = ("title", "owner", "due", "progress")


class AssessForm(forms.Form):
    """Asking to become an assessor."""

    workplace = OrganisationField(label=_("Where you work"), kinds=())
    another = OrganisationField(label=_("Another school that you belong to"), required=False)


class VerdictForm(forms.Form):
    """Whether an aspect stands, and why."""

    is_accepted = forms.ChoiceField(
        label=_("Does it stand as the school says?"),
        choices=[("yes", _("Yes, accepted")), ("no", _("Not yet"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The school reads this. One or two sentences."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": "2"}),
    )


class ReturnForm(forms.Form):
    """Why a file goes back to the school."""

    reason = forms.ChoiceField(label=_("Return the file because"), choices=ReturnReason.choices)


class RevokeForm(forms.Form):
    """Why a label is taken back."""

    why = forms.ChoiceField(label=_("Reason"), choices=[(one, REASONS[one]) for one in REVOKE_REASONS])


class FilterForm(forms.Form):
    """Narrows the list of the desk."""

    q = forms.CharField(label=_("School"), required=False, max_length=80)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].choices = [("", _("All")), *municipalities()]
