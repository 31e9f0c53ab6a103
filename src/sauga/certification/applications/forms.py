"""The forms of applications: the applicant's, the employer's, and those of the desk and the board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.certification.applications.rules.codes import (
    LONGEST_ADDRESS,
    LONGEST_AUTHORITY,
    LONGEST_NAME,
    LONGEST_REFERENCE,
    LONGEST_WORDS,
    SuspendReason,
)
from sauga.certification.programme.rules.codes import level_name
from sauga.certification.programme.rules.criteria import LEVELS
from sauga.kernel import organisations
from sauga.kernel.organisations import OrganisationField

SUGGEST = "/desk/organisations/suggest/"
COUNT = {"inputmode": "numeric"}


def _date(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more)


class ApplyForm(forms.Form):
    """Who applies, for what, where they work, and the signature."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=LONGEST_NAME,
        help_text=_("As they should appear on the certificate."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    born = _date(
        label=_("Date of birth"), help_text=_("Only to check that you are 18 or older. It is not stored.")
    )
    municipality = forms.ChoiceField(label=_("Municipality where you live or work"))
    level = forms.ChoiceField(label=_("Level"), widget=forms.RadioSelect)
    employer = OrganisationField(label=_("Where you work"))
    employer_address = forms.EmailField(
        label=_("Email address of your employer"),
        max_length=LONGEST_ADDRESS,
        help_text=_("The address of the head or the office. We ask whether they agree."),
    )
    conduct = forms.BooleanField(label=_("I have read the code of conduct and sign it."), required=False)

    def __init__(self, *args: Any, suggest_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].choices = [("", _("Choose")), *organisations.municipalities()]
        fields["level"].choices = [(str(level), _first_capital(level_name(level))) for level in LEVELS]
        fields["employer"].widget.attrs |= {"autocomplete": "off", "data-suggest": suggest_url}


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class AppealForm(forms.Form):
    """Why the decision should be looked at again."""

    words = forms.CharField(
        label=_("What should others look at again?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("No names of children, please."),
    )


class StatementForm(AppealForm):
    """The side of a suspended ambassador."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What should the board know?")


class ReferenceForm(forms.Form):
    """The right to work with children: never the document."""

    authority = forms.CharField(label=_("Authority that issued it"), max_length=LONGEST_AUTHORITY)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=LONGEST_REFERENCE,
        help_text=_("The document itself is not kept here."),
    )
    on = _date(label=_("Date of the document"))


class HoursForm(forms.Form):
    """A course that was held elsewhere."""

    amount = forms.IntegerField(label=_("Hours"), min_value=1, max_value=400, widget=forms.NumberInput(COUNT))
    on = _date(label=_("Completed on"))
    authority = forms.CharField(label=_("Who held the course"), max_length=LONGEST_AUTHORITY)
    reference = forms.CharField(label=_("Number of the certificate"), max_length=LONGEST_REFERENCE)


class ScoreForm(forms.Form):
    """The result of the exam."""

    amount = forms.IntegerField(label=_("Result in per cent"), min_value=1, max_value=100)
    on = _date(label=_("Day of the exam"))


class ObservedForm(forms.Form):
    """A supervised session."""

    on = _date(label=_("Day of the session"))
    authority = forms.CharField(
        label=_("Who observed it"), max_length=LONGEST_AUTHORITY, help_text=_("The number of the mentor.")
    )
    reference = forms.CharField(label=_("Number of the observer's form"), max_length=LONGEST_REFERENCE)


class UpdateForm(forms.Form):
    """The update course, or a community meeting."""

    on = _date(label=_("Day"))
    authority = forms.CharField(label=_("Who held it"), max_length=LONGEST_AUTHORITY, required=False)


class WorkplaceForm(forms.Form):
    """Where the ambassador works now."""

    organisation = OrganisationField(label=_("Organisation of the register"), suggest_url=SUGGEST)
    since = _date(label=_("Since"))


class NameForm(forms.Form):
    """The corrected name."""

    name = forms.CharField(label=_("Name and surname"), max_length=LONGEST_NAME)


class SuspendForm(forms.Form):
    """Why an ambassador is suspended."""

    why = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose")), *SuspendReason.choices])


class VoteForm(forms.Form):
    """The reason of a decision."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The ambassador reads it. No names of other people, please."),
    )


class InterestForm(forms.Form):
    """Where a member of the board works or worked."""

    organisation = OrganisationField(label=_("Organisation of the register"), suggest_url=SUGGEST)
    since = _date(label=_("Since"))
    until = _date(label=_("Until"), required=False)


class FilterForm(forms.Form):
    """The filters of the desk's list."""

    level = forms.ChoiceField(label=_("Level"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["level"].choices = [("", _("All levels")), *((str(n), level_name(n)) for n in LEVELS)]
        fields["municipality"].choices = [("", _("All of Lithuania")), *organisations.municipalities()]
