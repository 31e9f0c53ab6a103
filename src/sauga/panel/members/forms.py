"""Forms of members of the panel: nomination, card, pause, “Something is wrong”, answers, records."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.i18n import languages
from sauga.kernel.identity.models import Person
from sauga.kernel.organisations import OrganisationField
from sauga.kernel.organisations.models import Organisation
from sauga.panel.members.actions.helpline_referrals import Message
from sauga.panel.members.queries.protection import Identity
from sauga.panel.members.rules import helpline
from sauga.panel.members.rules.labels import EXPORT_REASONS, OUTCOMES, PAUSED_WHY
from sauga.panel.members.rules.purposes import ASK_AGAIN

LONGEST_NAME, LONGEST_CLASS, LONGEST_NOTE = 120, 40, 300
MONTH = r"^\s*(\d{4})\s*[-./ ]\s*(\d{1,2})\s*$"


class MonthField(forms.RegexField):
    """A month of birth such as 2013-04; gives its first day."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            MONTH,
            label=_("Month of birth"),
            help_text=_("Year and month, for example 2013-04. The day is not needed."),
            max_length=12,
            error_messages={"invalid": _("Write the year and the month, for example 2013-04.")},
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "8"}),
            **given,
        )

    def clean(self, value: Any) -> Any:
        """The first day of the month."""
        text = super().clean(value)
        year, month = (int(part) for part in self.regex.match(text).groups())  # type: ignore[union-attr]  # the field's own check has matched it
        if not (1 <= month <= 12 and 1900 <= year <= 2200):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return date(year, month, 1)


class NominationForm(forms.Form):
    """Who is nominated, and how to reach the guardian."""

    name = forms.CharField(label=_("Name of the young person"), max_length=LONGEST_NAME)
    school_class = forms.CharField(
        label=pgettext_lazy("school", "Class"), max_length=LONGEST_CLASS, required=False
    )
    birth_month = MonthField()
    guardian_address = forms.EmailField(
        label=_("Email address of the guardian"),
        required=False,
        help_text=_(
            "Needed under 14. From 14 on the young person decides alone; for photographs we ask the guardian."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=lambda: languages.own_names(languages.whole()))
    note = forms.CharField(
        label=_("Good to know at meetings"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": "2"}),
        help_text=_("For example what makes taking part easier. Nothing about health or family."),
    )
    is_confirmed = forms.BooleanField(
        label=_("The school knows that this address belongs to the guardian"), required=False
    )

    def identity(self) -> Identity:
        """Who it is."""
        given = self.cleaned_data
        return Identity(given["name"].strip(), given["school_class"].strip(), given["note"].strip())


class DeskNominationForm(NominationForm):
    """The same at the desk, for an organisation of the register."""

    organisation = OrganisationField(
        label=_("School or organisation"), suggest_url="/desk/organisations/suggest/"
    )
    field_order = ("organisation", "name")


class OwnNominationForm(NominationForm):
    """The same in My Sauga, for an organisation that the member acts for."""

    organisation = forms.ChoiceField(label=_("School or organisation"))
    field_order = ("organisation", "name")

    def __init__(self, *args: Any, organisations: list[Organisation], at: datetime, **given: Any) -> None:
        super().__init__(*args, **given)
        self.organisations = {one.code: one for one in organisations}
        choices = [(one.code, one.name_at(at)) for one in organisations]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]  # the field is a ChoiceField

    def clean_organisation(self) -> Organisation:
        """The organisation itself."""
        return self.organisations[self.cleaned_data["organisation"]]


class CardForm(forms.Form):
    """The code on the card."""

    code = forms.CharField(
        label=pgettext_lazy("child", "The code on your card"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=pgettext_lazy(
            "child", "16 letters and digits. It does not matter how you type the dashes."
        ),
        error_messages={"required": pgettext_lazy("child", "Type the code from your card.")},
    )


class WrongForm(forms.Form):
    """“Something is wrong”: words are welcome, not needed."""

    words = forms.CharField(
        label=pgettext_lazy("child", "What happened? You can leave this empty."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": "4"}),
    )
    about_adult = forms.BooleanField(
        label=pgettext_lazy("child", "It is about an adult of the panel"), required=False
    )
    adult = forms.TypedChoiceField(
        label=pgettext_lazy("child", "Who is it? You can leave this empty."),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=pgettext_lazy("child", "Whoever you choose here will not see this, and is not told."),
    )
    where = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, adults: Iterable[Person], **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [("", "–"), *((str(one.pk), one.name) for one in adults)]
        self.fields["adult"].choices = choices  # type: ignore[attr-defined]  # the field is a ChoiceField


class HelplineForm(forms.Form):
    """What the helpline may know. Only what is written here is told."""

    reach = forms.ChoiceField(
        label=pgettext_lazy("child", "How would you like to be in touch?"),
        choices=list(helpline.REACH.items()),
        widget=forms.RadioSelect,
        error_messages={"required": pgettext_lazy("child", "Choose one.")},
    )
    phone = forms.RegexField(
        r"^[+\d][\d ()\-]{4,}$",
        label=pgettext_lazy("child", "Your number, if they can call you"),
        required=False,
        max_length=helpline.LONGEST_PHONE,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"invalid": pgettext_lazy("child", "Write a phone number, for example 612 34567.")},
    )
    when = forms.CharField(
        label=pgettext_lazy("child", "When can they call? Anything to be careful about?"),
        required=False,
        max_length=helpline.LONGEST_WHEN,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=pgettext_lazy("child", "For example: after 4 p.m., and say nothing if Mum answers."),
    )
    words = forms.CharField(
        label=pgettext_lazy("child", "What should they know? You can leave this empty."),
        required=False,
        max_length=helpline.LONGEST_WORDS,
        widget=forms.Textarea({"rows": "3"}),
    )
    name = forms.CharField(
        label=pgettext_lazy("child", "What should they call you?"),
        required=False,
        max_length=helpline.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=pgettext_lazy("child", "If you leave it empty, they call you by your name in the panel."),
    )

    def message(self) -> Message:
        """What was written."""
        return Message(**self.cleaned_data)


def _reasons(labels: Mapping[str, Any], *, without: str = "") -> forms.ChoiceField:
    chosen = [(code, label) for code, label in labels.items() if code != without]
    return forms.ChoiceField(
        label=_("Reason"),
        choices=chosen,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


class PauseForm(forms.Form):
    """Why a member is paused."""

    why = _reasons(PAUSED_WHY, without=ASK_AGAIN)


class AnswerForm(forms.Form):
    """What was done about a flag, and what the member is told."""

    outcome = forms.ChoiceField(
        label=_("What was done"),
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was done.")},
    )
    text = forms.CharField(
        label=_("Answer to the member"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": "5"}),
        help_text=_("Short sentences, “tu”. The young person reads it in the members’ space."),
    )


class ExportForm(forms.Form):
    """Why the records are needed."""

    reason = _reasons(EXPORT_REASONS)


class FindForm(forms.Form):
    """Find a member by the pseudonym."""

    words = forms.CharField(label=_("Pseudonym"), required=False, max_length=40)
