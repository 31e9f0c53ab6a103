"""The forms of the member site and of its list at the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import languages
from sauga.kernel.members.actions.representations import REASONS
from sauga.kernel.members.protection import LONGEST_ADDRESS, LONGEST_NAME
from sauga.kernel.members.representation.register import Suggestion
from sauga.kernel.ui.forms import OwnIdsForm


class SigninForm(forms.Form):
    """Where the link is sent."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class AccountForm(forms.Form):
    """What the member is called, in which language we write, and whether we remind."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("As you wish to be addressed. Encrypted, and shown to nobody else unless you agree."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of our emails"))
    is_reminded = forms.BooleanField(
        label=_("Remind me on Mondays when something is waiting for me"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]  # a choice field
            (row.code, row.name) for row in languages.whole()
        ]


class PasskeyForm(OwnIdsForm):
    """A passkey that the browser has made."""

    name = forms.CharField(
        label=_("What to call it"), max_length=60, help_text=_("For example: my phone, work computer.")
    )
    answer = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


class AskForm(forms.Form):
    """Which organisation, and what for."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        help_text=_("Begin with its name. If we do not know it yet, write the whole name and the place."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    meant = forms.ChoiceField(label=_("Which one do you mean?"), required=False, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label=_("What you do there, and what you need"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Whoever confirms it reads them."),
    )

    NONE = "none"
    """The answer that none of those is meant."""

    def __init__(
        self, *args: Any, suggest_url: str = "", fitting: Sequence[Suggestion] = (), **kwargs: Any
    ) -> None:
        """`suggest_url` suggests while the visitor types; `fitting` are organisations to choose from, because
        the text alone does not say which."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].widget.attrs["data-suggest"] = suggest_url
        choices = [(one.code, f"{one.name} ({one.about})" if one.about else one.name) for one in fitting]
        self.fields["meant"].choices = [  # type: ignore[attr-defined]  # a choice field
            *choices,
            (self.NONE, _("None of these; the name as I wrote it")),
        ]


class ConfirmForm(forms.Form):
    """At the desk: which organisation of the register is meant, where the member wrote another name."""

    organisation = forms.CharField(
        label=_("Organisation of the register"),
        max_length=200,
        required=False,
        help_text=_(
            "Its name or code; only where the member wrote a name that the register does not know. Add the "
            "organisation to the register first."
        ),
    )
    only_person = forms.BooleanField(
        label=_("The organisation does not become a partner"),
        required=False,
        help_text=_("Only where it asks for that: confirms the person, and says no to the rest."),
    )


class RefuseForm(forms.Form):
    """Why a request is not confirmed."""

    reason = forms.ChoiceField(label=_("Reason"), choices=list(REASONS.items()))


class DeleteForm(forms.Form):
    """Deleting takes one tick, so that no single press does it."""

    is_sure = forms.BooleanField(label=_("I understand that this cannot be undone."))
