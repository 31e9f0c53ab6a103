"""Letters to people of an event: whom they may go to, which fields their text may have, the texts to begin
with. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.states import CAME, RegistrationState

CHANNEL = "events.mailings"
"""Renews the pages of mailings."""
RETURN_PREFIX = "eventmail"
"""Begins the return addresses of these letters."""
CODE = "events"
"""Names these letters among all that share the limit of a minute."""
LONGEST_SUBJECT, LONGEST_TEXT = 120, 4000
LANGUAGES = ("lt", "en")


class Group(StrEnum):
    """Whom a letter goes to."""

    CONFIRMED = "CONFIRMED"
    WAITING = "WAITING"
    ATTENDED = "ATTENDED"
    NO_SHOW = "NO_SHOW"


STATES: Mapping[str, tuple[RegistrationState, ...]] = {
    Group.CONFIRMED: (RegistrationState.CONFIRMED, RegistrationState.CHECKED_IN),
    Group.WAITING: (RegistrationState.WAITLISTED, RegistrationState.OFFERED),
    Group.ATTENDED: CAME,
    Group.NO_SHOW: (RegistrationState.NO_SHOW,),
}
"""The states of each group. They are asked again when each letter goes out."""
GROUPS: Mapping[str, Any] = {
    Group.CONFIRMED: pgettext_lazy("mailing", "Confirmed"),
    Group.WAITING: pgettext_lazy("mailing", "In the waiting list, or with an offer"),
    Group.ATTENDED: pgettext_lazy("mailing", "Came"),
    Group.NO_SHOW: pgettext_lazy("mailing", "Did not come"),
}


class Kind(StrEnum):
    """What a letter is about; each has a text to begin with."""

    REMINDER = "REMINDER"
    THANKS = "THANKS"
    MISSED = "MISSED"
    PLACE = "PLACE"
    OWN = "OWN"


KINDS: Mapping[str, Any] = {
    Kind.REMINDER: _("Reminder a day before"),
    Kind.PLACE: _("Change of place"),
    Kind.THANKS: _("Thank you for coming"),
    Kind.MISSED: _("We missed you"),
    Kind.OWN: _("A text of your own"),
}
USUAL: Mapping[str, tuple[Group, ...]] = {
    Kind.REMINDER: (Group.CONFIRMED,),
    Kind.PLACE: (Group.CONFIRMED, Group.WAITING),
    Kind.THANKS: (Group.ATTENDED,),
    Kind.MISSED: (Group.NO_SHOW,),
    Kind.OWN: (Group.CONFIRMED,),
}
"""Whom each kind usually goes to."""
ONLY: Mapping[str, Group] = {Kind.THANKS: Group.ATTENDED, Kind.MISSED: Group.NO_SHOW}
"""Kinds that say something about attendance, and so go to nobody else."""
FIELDS: Mapping[str, Any] = {
    "name": pgettext_lazy("mailing", "name of the person, of a class its teacher"),
    "event": pgettext_lazy("mailing", "title of the event"),
    "time": pgettext_lazy("mailing", "day and hour"),
    "place": pgettext_lazy("mailing", "place or online"),
    "link": pgettext_lazy("mailing", "personal link to the registration"),
    "seat": pgettext_lazy("mailing", "ticket, and of a class how many seats"),
    "certificate": pgettext_lazy("mailing", "link to the certificate, for those who came"),
    "survey": pgettext_lazy("mailing", "link to the survey, for those who came"),
}
"""What may stand in braces in a subject or a text."""
FOR_ATTENDEES = frozenset({"certificate", "survey"})
"""Fields that only people who came have a value for."""
_FIELD = re.compile(r"\{([^{}\n]{0,40})\}")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The subject and the text, by language."""

    subject: Mapping[str, str]
    body: Mapping[str, str]

    @property
    def texts(self) -> list[str]:
        """All of them."""
        return [*self.subject.values(), *self.body.values()]


def fields_in(texts: Iterable[str]) -> set[str]:
    """Every field that the texts name, known or not."""
    return {found.strip() for text in texts for found in _FIELD.findall(text)}


def unknown_fields(texts: Iterable[str]) -> list[str]:
    """Fields that do not exist, in the order of the alphabet."""
    return sorted(fields_in(texts) - FIELDS.keys())


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in. What a value contains is not read as a field again."""
    return _FIELD.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def states_of(groups: Collection[str]) -> tuple[RegistrationState, ...]:
    """The states of all these groups."""
    return tuple(dict.fromkeys(state for group in Group if group in groups for state in STATES[group]))
