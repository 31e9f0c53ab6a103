"""Forms of what is done with a resource: its list, its files, and what some transitions ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel import vocab
from sauga.repository.resources.forms.fields import DATE, offered

AREA = forms.Textarea(attrs={"rows": 3})


class FilterForm(forms.Form):
    """The worklist's filters."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=80)
    type = forms.ChoiceField(
        label=pgettext_lazy("resource", "Kind"),
        required=False,
        choices=lambda: offered("resource_types", empty=True),
    )


class FileForm(forms.Form):
    """One file to add."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    kind = forms.ChoiceField(label=pgettext_lazy("file", "Kind"), choices=lambda: offered("rendition_kinds"))
    language = forms.ChoiceField(label=_("Language"), choices=lambda: offered("languages"))
    alt_lt = forms.CharField(
        label=_("What can be seen, in Lithuanian"),
        max_length=300,
        required=False,
        help_text=_("For an image or the first page of a PDF: one sentence for people who cannot see it."),
    )
    alt_en = forms.CharField(label=_("What can be seen, in English"), max_length=300, required=False)


class TextForm(forms.Form):
    """A comment for the editor."""

    text = forms.CharField(label=_("What should change"), max_length=4000, widget=AREA)


class ReasonForm(forms.Form):
    """A reason that visitors will read, in both languages."""

    reason_lt = forms.CharField(label=_("Reason in Lithuanian"), max_length=1200, widget=AREA)
    reason_en = forms.CharField(label=_("Reason in English"), max_length=1200, required=False, widget=AREA)


class RetireForm(ReasonForm):
    """A reason, and what to use instead."""

    instead = forms.CharField(label=_("Use instead: number or address"), max_length=120, required=False)


class PublishForm(forms.Form):
    """What is new in this version."""

    note = forms.CharField(label=_("What is new"), max_length=240, required=False)


class ScheduleForm(forms.Form):
    """When it will be published."""

    publish_at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


class ConfirmForm(forms.Form):
    """The next review date."""

    review_by = forms.DateField(label=_("Review by"), widget=DATE)


class GrantExceptionForm(ReasonForm):
    """The check, the reason and the end date of an exception."""

    check = forms.ChoiceField(label=_("Check"))
    until = forms.DateField(label=_("Until"), widget=DATE)
    field_order = ("check", "reason_lt", "reason_en", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (term.code, term.label) for term in vocab.terms("gate_checks") if term.extra.get("overridable")
        ]
        self.fields["check"].choices = offered  # type: ignore[attr-defined]  # a choice field


class OverrideForm(forms.Form):
    """The reason, in at least one language, and the end date of an exception."""

    reason_lt = forms.CharField(
        label=_("Reason in Lithuanian"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason_en = forms.CharField(
        label=_("Reason in English"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
