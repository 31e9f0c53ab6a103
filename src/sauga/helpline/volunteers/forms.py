"""Forms of the volunteers' pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.helpline.line.forms.dates import day_field
from sauga.kernel import vocab
from sauga.kernel.i18n import languages

SPOKEN = (*languages.codes(), "lls")
"""What a volunteer may speak: our languages, and Lithuanian sign language."""


class VolunteerFilter(forms.Form):
    """Which volunteers to show; kept in the address."""

    find = forms.CharField(label=_("Name"), required=False, max_length=80)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All who are here")), ("warn", _("Something to do")), ("left", _("Left"))],
    )


class ProfileForm(forms.Form):
    """Who the volunteer is to colleagues."""

    alias = forms.CharField(
        label=_("Alias"), max_length=40, help_text=_("What colleagues see; children never do.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(code, vocab.label("language", code)) for code in SPOKEN],
    )
    capacity = forms.TypedChoiceField(
        label=_("Conversations at once"),
        coerce=int,
        choices=[(1, _("one")), (2, _("two, when both are calm"))],
        initial=1,
    )


class EnrolForm(ProfileForm):
    """A person becomes a volunteer."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    began_date = day_field(_("First day"))

    field_order = ["person", "alias", "languages", "capacity", "began_date"]

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]  # a ChoiceField


class TrainingForm(forms.Form):
    """A training passed."""

    kind = forms.ChoiceField(label=_("Training"), choices=lambda: vocab.choices("training_kind"))
    passed_date = day_field(_("Passed"))
    valid_to = day_field(_("Valid until"), required=False, help_text=_("Empty: without an end."))


class CheckForm(forms.Form):
    """A certificate looked at."""

    seen_date = day_field(_("Certificate seen"))
    valid_to = day_field(_("Valid until"))


class SupervisionForm(forms.Form):
    """Time with a supervisor."""

    day = day_field(_("Day"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480, initial=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: vocab.choices("supervision_kind"))
