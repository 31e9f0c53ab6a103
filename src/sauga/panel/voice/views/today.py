"""Forms that depend on the day: who the adults of the team are, and when an answer would be due."""

from typing import Any

from sauga.kernel import clock
from sauga.panel.voice import forms
from sauga.panel.voice.queries import staff
from sauga.panel.voice.queries.cycles import local_day
from sauga.panel.voice.rules.influence import due_after


class Team:
    """The adults of the team as they are now."""

    def adults(self) -> list[tuple[int, str]]:
        """Keys and names."""
        return [(person.pk, person.name) for person in staff.adults(clock.now())]


class DiscussionForm(Team, forms.DiscussionForm):
    """See `forms`."""


class MeetingForm(Team, forms.MeetingForm):
    """See `forms`."""


class HeldForm(Team, forms.HeldForm):
    """See `forms`."""


class SendForm(forms.SendForm):
    """See `forms`; it suggests the usual term."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = due_after(local_day(clock.now()))
