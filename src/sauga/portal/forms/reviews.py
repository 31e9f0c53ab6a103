"""Asking for a review, and answering one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import languages


class AskForm(forms.Form):
    """Whom to ask, and what about."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As you would address them."))
    email = forms.EmailField(
        label=_("Email address"), help_text=_("It is deleted as soon as the email has been sent.")
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=lambda: languages.own_names(languages.for_editors())
    )
    question = forms.CharField(
        label=_("What should they check?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
    )


class AnswerForm(forms.Form):
    """The one answer of a link."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=4000,
        required=False,
        help_text=_("Required if something should change."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("approve", _("It may be published")), ("change", _("Something should change"))],
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """A reviewer who asks for changes says which."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "change" and not cleaned.get("words", "").strip():
            self.add_error("words", _("Please say what should change."))
        return cleaned
