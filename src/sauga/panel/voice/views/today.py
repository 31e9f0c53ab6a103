"""Forms that depend on the day: who the adults of the team are, and when an answer would be due."""

from typing import Any, ClassVar

from django.forms import Form

from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.panel.voice import forms
from sauga.panel.voice.queries import staff
from sauga.panel.voice.rules.answers import due_after


class Team(Form):
    """Offers the adults of the team as they are now, in the fields that `offers_adults` names."""

    offers_adults: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.pk, person.name) for person in staff.adults(clock.now())]
        for name in self.offers_adults:
            field: Any = self.fields[name]
            field.choices = people


class DiscussionForm(forms.DiscussionForm, Team):
    """See `forms`."""

    offers_adults = ("second",)


class MeetingForm(forms.MeetingForm, Team):
    """See `forms`."""

    offers_adults = ("first", "second")


class HeldForm(forms.HeldForm, Team):
    """See `forms`."""

    offers_adults = ("present",)


class SendForm(forms.SendForm):
    """See `forms`; it suggests the usual term."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = due_after(local_day(clock.now()))
