"""The forms of registration at the desk: filters, priority, quotas, tickets, questions."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import LocalTime, Which, instants_of, local_time
from sauga.events.registration.actions.desk import Priority
from sauga.events.registration.actions.setup import KINDS
from sauga.events.registration.forms.people import TypedField
from sauga.events.registration.models import Quota, Ticket


class FilterForm(forms.Form):
    """The filters of the list of registrations."""

    words = forms.CharField(label=_("Name, school or address"), required=False, max_length=120)
    kind = forms.ChoiceField(
        label=_("Who comes"),
        required=False,
        choices=[
            ("", _("All")),
            ("PERSON", _("People")),
            ("CLASS", pgettext_lazy("registration", "Classes")),
        ],
    )


class EventWordsForm(forms.Form):
    """The filter of the list of events."""

    words = forms.CharField(label=_("Title"), required=False, max_length=120)


class PriorityForm(forms.Form):
    """Why a registration is put forward."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            (Priority.ACCESS, _("An access need")),
            (Priority.MISTAKE, _("A mistake of ours")),
            (Priority.FAR, _("Long way, must plan ahead")),
            (Priority.PARTNER, _("Takes part in the programme")),
        ],
        widget=forms.RadioSelect,
    )


class QuotaForm(forms.Form):
    """A quota."""

    name_lt = TypedField(label=_("Name in Lithuanian"), max_length=80)
    name_en = TypedField(label=_("Name in English"), max_length=80)
    size = forms.IntegerField(label=pgettext_lazy("registration", "Seats"), min_value=1, max_value=100_000)

    @property
    def name(self) -> dict[str, str]:
        """The name by language."""
        return {"lt": self.cleaned_data["name_lt"], "en": self.cleaned_data["name_en"]}


TYPED = "%Y-%m-%dT%H:%M"
"""How browsers write a day and an hour."""
WHICH = [
    ("", _("–")),
    (Which.FIRST, _("the first, summer time")),
    (Which.SECOND, _("the second, winter time")),
]


def _comes_twice(typed: Any) -> bool:
    """Whether the clock shows this hour twice, in the night of October in which it is put back."""
    try:
        return len(instants_of(datetime.strptime(str(typed), TYPED))) > 1
    except (ValueError, OverflowError):
        return False


class TicketForm(forms.Form):
    """A ticket: what one registers for."""

    name_lt = TypedField(label=_("Name in Lithuanian"), max_length=80)
    name_en = TypedField(label=_("Name in English"), max_length=80)
    quotas = forms.ModelMultipleChoiceField(
        label=_("Draws on the quotas"), queryset=Quota.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    is_for_classes = forms.BooleanField(
        label=_("For classes: heads by age, all seats or none"), required=False
    )
    wants_approval = forms.BooleanField(label=_("Each registration waits for approval"), required=False)
    opens_at = forms.CharField(
        label=_("Registration opens"), max_length=16, widget=forms.TextInput({"type": "datetime-local"})
    )
    closes_at = forms.CharField(
        label=_("Registration closes"), max_length=16, widget=forms.TextInput({"type": "datetime-local"})
    )
    which = forms.ChoiceField(
        label=_("Repeated hour in autumn"),
        help_text=_("Only when a time lies in the hour that the clock shows twice."),
        choices=WHICH,
        required=False,
    )

    def __init__(self, *args: Any, event: Event, ticket: Ticket | None = None, **kwargs: Any) -> None:
        if ticket is not None:
            kwargs["initial"] = {
                "name_lt": ticket.name.get("lt", ""),
                "name_en": ticket.name.get("en", ""),
                "quotas": [quota.pk for quota in ticket.quotas.all()],
                "is_for_classes": ticket.is_for_classes,
                "wants_approval": ticket.wants_approval,
                "opens_at": local_time(ticket.opens_at).naive.strftime(TYPED),
                "closes_at": local_time(ticket.closes_at).naive.strftime(TYPED),
                "which": local_time(ticket.opens_at).which or local_time(ticket.closes_at).which,
            }
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["quotas"]).queryset = Quota.objects.filter(event=event)
        held = self.data if self.is_bound else self.initial
        if not any(_comes_twice(held.get(self.add_prefix(name))) for name in ("opens_at", "closes_at")):
            self.fields["which"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Times as instants. The hour that is skipped in spring is refused, in the one that comes twice in
        autumn it is asked which one is meant."""
        given: dict[str, Any] = super().clean() or {}
        for name in ("opens_at", "closes_at"):
            if name in given:
                given[name] = self._instant(name, given[name], given.get("which", ""))
        return given

    def _instant(self, name: str, typed: str, which: str) -> datetime | None:
        try:
            found = LocalTime(datetime.strptime(typed, TYPED), which).instants
        except (ValueError, OverflowError):
            self.add_error(name, gettext("Write a day and an hour."))
            return None
        if len(found) == 1:
            return found[0]
        if found:
            self.add_error("which", gettext("The clock shows this hour twice: say which one is meant."))
        else:
            self.add_error(name, gettext("This hour does not exist: the clock is put forward that night."))
        return None

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        held = self.cleaned_data
        names = ("quotas", "is_for_classes", "wants_approval", "opens_at", "closes_at")
        return {
            "name": {"lt": held["name_lt"], "en": held["name_en"]},
            **{name: held[name] for name in names},
        }


class QuestionForm(forms.Form):
    """A question of the organisers."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=list(KINDS.items()), widget=forms.RadioSelect)
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

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        held = self.cleaned_data
        choices = {
            code: [line.strip() for line in held[f"choices_{code}"].splitlines() if line.strip()]
            for code in ("lt", "en")
        }
        return {
            "kind": held["kind"],
            "text": {"lt": held["text_lt"], "en": held["text_en"]},
            "choices": choices,
            "is_required": held["is_required"],
        }
