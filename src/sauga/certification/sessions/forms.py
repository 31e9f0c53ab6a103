"""The forms of sessions: a host's request, reports of both sides, those of the desk."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.certification.register.forms import choices_of
from sauga.certification.sessions.actions.transitions import HeadsRefused
from sauga.certification.sessions.rules.codes import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_WORDS,
    MOST_HEADS,
    Group,
    Rating,
)
from sauga.kernel import organisations
from sauga.kernel.members.representation.register import Suggestion
from sauga.kernel.refusals import also_refused
from sauga.kernel.ui.forms import GroupField, limit_days

HEADS = "heads_"
NONE_OF_THESE = "none"


class RequestForm(forms.Form):
    """Where, about what, for whom, when."""

    organisation = forms.CharField(
        label=_("School, library or another place"),
        max_length=LONGEST_NAME + 40,
        help_text=_("Begin with its name and choose. If we do not know it yet, write the whole name."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    meant = forms.ChoiceField(label=_("Which one do you mean?"), required=False, widget=forms.RadioSelect)
    municipality = forms.ChoiceField(label=_("Municipality"))
    topic = forms.ChoiceField(label=_("Topic"))
    audience = forms.ChoiceField(label=pgettext_lazy("register", "For whom"))
    language = forms.ChoiceField(label=pgettext_lazy("ambassador", "Language of the session"))
    day = forms.DateField(
        label=pgettext_lazy("session", "Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    begins = forms.TimeField(
        label=pgettext_lazy("session", "Begins at"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    heads_expected = forms.IntegerField(
        label=_("About how many people"),
        min_value=1,
        max_value=MOST_HEADS,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=_("What else should the ambassador know?"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("No names of children, please."),
    )
    email = forms.EmailField(
        label=_("Email address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(
        self,
        *args: Any,
        days: tuple[date, date],
        suggest_url: str = "",
        fitting: Sequence[Suggestion] = (),
        **kwargs: Any,
    ) -> None:
        """`days` are the first and the last for which a session can be asked."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].widget.attrs["data-suggest"] = suggest_url
        limit_days(fields["day"], *days)
        fields["municipality"].choices = [("", _("Choose")), *organisations.municipalities()]
        for name in ("topic", "audience", "language"):
            fields[name].choices = [("", _("Choose")), *choices_of(f"{name}s")]
        named = [(one.code, f"{one.name} ({one.about})" if one.about else one.name) for one in fitting]
        fields["meant"].choices = [*named, (NONE_OF_THESE, _("None of these; the name as I wrote it"))]


class HeadsForm(forms.Form):
    """How many people took part, in each group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heads"] = GroupField(_("How many people?"))
        for code, label in Group.choices:
            said = str(label)
            self.fields[HEADS + code] = forms.IntegerField(
                label=said[:1].upper() + said[1:],
                required=False,
                widget=forms.NumberInput({"inputmode": "numeric", "min": 0, "max": MOST_HEADS}),
            )

    def heads(self) -> dict[str, int]:
        """The numbers that were written, by group."""
        given = {code: self.cleaned_data.get(HEADS + code) for code in Group.values}
        return {code: n for code, n in given.items() if n}

    def head_fields(self) -> list[forms.BoundField]:
        """The fields of the numbers, for the template."""
        return [self[HEADS + code] for code in Group.values]


class HostForm(HeadsForm):
    """What the host says: did it take place, how many, what was it like."""

    took_place = forms.ChoiceField(
        label=_("Did it take place?"),
        choices=[("yes", pgettext_lazy("session", "Yes")), ("no", pgettext_lazy("session", "No"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    rating = forms.ChoiceField(
        label=_("What was it like?"),
        choices=[("", _("I do not want to say")), *Rating.choices],
        required=False,
    )
    words = forms.CharField(
        label=_("A few words for us"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("No names of children, please."),
    )

    def clean(self) -> dict[str, Any]:
        """How many took part, if it took place: said beside whatever else is wrong."""
        said: dict[str, Any] = super().clean() or {}
        is_counted = said.get("took_place") == "no" or any(self.heads().values())
        if not is_counted and not any(name.startswith(HEADS) for name in self.errors):
            also_refused(self, [HeadsRefused("none")])
        return said


class ClearForm(HeadsForm):
    """What staff found out from both sides."""

    took_place = forms.ChoiceField(
        label=_("Did it take place?"),
        choices=[("yes", pgettext_lazy("session", "Yes")), ("no", pgettext_lazy("session", "No"))],
        initial="yes",
    )


WHY = (
    ("ILLNESS", _("Illness")),
    ("SCHEDULE", _("The timetable changed")),
    ("OTHER", pgettext_lazy("session", "Another reason")),
)


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    why = forms.ChoiceField(label=_("Reason"), choices=WHY)


class FilterForm(forms.Form):
    """The filter of the desk's list."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].choices = [("", _("All of Lithuania")), *organisations.municipalities()]
