"""The forms of the newsletter: for readers, and for those who write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.i18n import languages
from sauga.newsletter.queries.addresses import LONGEST_ADDRESS
from sauga.newsletter.rules import LISTS


def _languages() -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in languages.for_editors()]


class ChoicesForm(forms.Form):
    """Which language and which lists."""

    lists = forms.MultipleChoiceField(
        label=pgettext_lazy("newsletter", "What would you like to hear about?"),
        choices=LISTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("newsletter", "Language"), choices=_languages, widget=forms.RadioSelect
    )


class SignUpForm(ChoicesForm):
    """Where to, about what, in which language, and the consent."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    consent = forms.BooleanField(
        label=_("I agree"), error_messages={"required": _("Tick “I agree” if you would like to receive it.")}
    )
    field_order = ("email", "lists", "language", "consent")


class MemberForm(ChoicesForm):
    """A member's own choices; none ends the subscription."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lists"].required = False


class IssueForm(forms.Form):
    """What stands above the pages, in which language and for whom."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("It is also the subject of the email.")
    )
    intro = forms.CharField(
        label=_("Introduction"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few sentences above the pages. An empty line begins a new paragraph."),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("newsletter", "Language"), choices=_languages, widget=forms.RadioSelect
    )
    lists = forms.MultipleChoiceField(
        label=pgettext_lazy("newsletter", "Lists"),
        choices=LISTS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A reader who chose several of them gets the issue once."),
    )


class SendForm(forms.Form):
    """When it is sent."""

    send_at = forms.DateTimeField(
        label=_("Send at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now."),
    )


class CopyForm(forms.Form):
    """Into which language."""

    language = forms.ChoiceField(label=pgettext_lazy("newsletter", "Language"), choices=_languages)


class PagesForm(forms.Form):
    """Words to look for among the published pages."""

    words = forms.CharField(label=_("Search pages"), required=False, max_length=80)
