"""Forms of check-in: walk-ins, entrances, lists, who came; and what a device sends."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.checkin.actions.attendance import Reason
from sauga.events.checkin.actions.scans import Message, ScanRefused, Sent
from sauga.events.checkin.models import CheckList, Entrance
from sauga.events.checkin.queries.progress import sessions_without_list
from sauga.events.checkin.rules import MOST_SCANS, Kind, Method
from sauga.events.programme.models import Event, Session
from sauga.events.registration.actions.registrations import RegistrationData
from sauga.events.registration.forms.people import HeadsForm, TypedField, photo_field
from sauga.events.registration.models import Registration, Ticket
from sauga.events.registration.queries.details import Details
from sauga.events.registration.rules import (
    LONGEST_CLASS,
    LONGEST_NAME,
    LONGEST_SCHOOL,
    MOST_HEADS,
    photo_choices,
)
from sauga.kernel import vocab
from sauga.kernel.i18n import languages

NONCE = re.compile(r"[0-9a-f]{32}")
DEVICE = re.compile(r"[0-9A-Za-z-]{4,12}")
LONGEST_TOKEN = 40
FIRST_MOMENT, LAST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
REASONS = {
    Reason.SEEN: _("Seen there, but not checked in"),
    Reason.MISTAKE: _("Checked in by mistake"),
    Reason.PART: _("Another number came"),
    Reason.ONLINE: _("Took part online"),
}


class WalkInForm(forms.Form):
    """A visitor without a ticket. A name is enough."""

    name = TypedField(
        label=_("Name"), max_length=LONGEST_NAME, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticket = ticket
        if photo_choices(ticket.event.photo_policy) and not ticket.is_for_classes:
            self.fields["photo"] = photo_field(ticket.event)

    def registration_data(self, sending: str) -> RegistrationData:
        """What was filled in, for the action."""
        given = self.cleaned_data
        details = Details(
            given["name"], "", school=given.get("school", ""), class_name=given.get("class_name", "")
        )
        return RegistrationData(
            details=details,
            language=languages.active().code,
            sending=sending,
            groups=self.groups(),
            photo=given.get("photo", ""),
        )

    def groups(self) -> dict[str, int]:
        """Heads by group, of a class."""
        return {}


class WalkInClassForm(HeadsForm, WalkInForm):
    """A class that comes without a ticket."""

    school = TypedField(label=pgettext_lazy("registration", "School"), max_length=LONGEST_SCHOOL)
    class_name = TypedField(label=pgettext_lazy("registration", "Class"), max_length=LONGEST_CLASS)
    field_order = ("class_name", "school", "name")


def walk_in_form(ticket: Ticket, data: Any = None) -> WalkInForm:
    """The form that belongs to a ticket."""
    kind = WalkInClassForm if ticket.is_for_classes else WalkInForm
    return kind(data, ticket=ticket)


class WordsForm(forms.Form):
    """A search by name."""

    words = TypedField(label=_("Name, school or class"), required=False, max_length=LONGEST_NAME)


class EntranceForm(forms.Form):
    """An entrance."""

    name_lt = TypedField(label=_("Name in Lithuanian"), max_length=60)
    name_en = TypedField(label=_("Name in English"), max_length=60)

    def __init__(self, *args: Any, entrance: Entrance | None = None, **kwargs: Any) -> None:
        if entrance is not None:
            kwargs["initial"] = {f"name_{code}": text for code, text in entrance.name.items()}
        super().__init__(*args, **kwargs)

    @property
    def given(self) -> dict[str, str]:
        """The name by language."""
        return {code: self.cleaned_data[f"name_{code}"] for code in ("lt", "en")}


class ListForm(forms.Form):
    """Who may enter by a list, and from when."""

    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none())
    tickets = forms.ModelMultipleChoiceField(
        label=_("Tickets that may enter"),
        help_text=_("None ticked: everybody who has a seat at the event."),
        queryset=Ticket.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    opens_before = forms.IntegerField(
        label=_("Opens this many minutes before the start"), min_value=0, max_value=2880, initial=120
    )

    def __init__(
        self,
        *args: Any,
        event: Event,
        check_list: CheckList | None = None,
        **kwargs: Any,
    ) -> None:
        if check_list is not None:
            kwargs["initial"] = {
                "opens_before": check_list.opens_before,
                "tickets": [ticket.pk for ticket in check_list.tickets.all()],
            }
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["tickets"]).queryset = Ticket.objects.filter(event=event)
        if check_list is not None:
            del self.fields["session"]
        else:
            cast(Any, self.fields["session"]).queryset = sessions_without_list(event)


class AttendanceForm(forms.Form):
    """How many of a registration came, and why that is corrected."""

    heads = forms.IntegerField(label=_("How many came"), min_value=0, max_value=MOST_HEADS)
    reason = forms.ChoiceField(label=_("Reason"), choices=list(REASONS.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        known = registration.attended_heads
        kwargs["initial"] = {"heads": registration.heads if known is None else known}
        super().__init__(*args, **kwargs)
        self.fields["heads"].help_text = _("0: nobody. There were seats for %(n)s.") % {
            "n": registration.heads
        }


class FileForm(forms.Form):
    """A list of who came, as a file."""

    file = forms.FileField(label=_("File (XLSX or CSV)"))
    others_missed = forms.BooleanField(
        label=_("Everybody else who had a seat did not come"), required=False, initial=True
    )


# What a device sends
# ------------------------------------------------------------------------------------------------------------
def message_of(
    data: Any, lists: Mapping[str, CheckList], entrances: Mapping[str, Entrance]
) -> tuple[Message, CheckList, int]:
    """The message of a device, the list that it shows and the number of the newest scan that it knows. Raises
    ScanRefused for whatever is not of that form."""
    if not isinstance(data, dict):
        raise ScanRefused
    scans, device = data.get("scans", []), data.get("device")
    if not isinstance(scans, list) or len(scans) > MOST_SCANS or not _fits(DEVICE, device):
        raise ScanRefused
    shown = lists.get(str(data.get("list", "")))
    if shown is None:
        raise ScanRefused
    message = Message(
        device=str(device),
        sent=_moment(data.get("sent")),
        entrance=entrances.get(str(data.get("entrance", ""))),
        scans=[_sent(one, lists) for one in scans],
        unsent=_number(data.get("unsent", 0)),
    )
    return message, shown, _number(data.get("since", 0))


def _sent(data: Any, lists: Mapping[str, CheckList]) -> Sent:
    if not isinstance(data, dict):
        raise ScanRefused
    check_list, nonce = lists.get(str(data.get("list", ""))), data.get("nonce")
    kind, method, undoes = data.get("kind"), data.get("method"), data.get("undoes", "")
    code, token = data.get("code", ""), data.get("token", "")
    known = str(kind) in set(Kind) and str(method) in set(Method)
    if check_list is None or not _fits(NONCE, nonce) or not known or (undoes and not _fits(NONCE, undoes)):
        raise ScanRefused
    if not isinstance(code, str) or not isinstance(token, str) or len(code) + len(token) > LONGEST_TOKEN:
        raise ScanRefused
    return Sent(
        nonce=str(nonce),
        check_list=check_list,
        scanned=_moment(data.get("at")),
        method=Method(str(method)),
        kind=Kind(str(kind)),
        code=code,
        token=token,
        groups=_groups(data.get("groups", {})),
        undoes=str(undoes),
    )


def _fits(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _moment(value: Any) -> datetime:
    """Milliseconds since 1970, as a browser's clock shows them."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ScanRefused
    try:
        found = datetime.fromtimestamp(value / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise ScanRefused from None
    return min(max(found, FIRST_MOMENT), LAST_MOMENT)


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**60:
        raise ScanRefused
    return value


def _groups(value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or len(value) > 20:
        raise ScanRefused
    groups = {str(code): _number(n) for code, n in value.items()}
    if any(n > MOST_HEADS or not vocab.has_term("headcount_groups", code) for code, n in groups.items()):
        raise ScanRefused
    return {code: n for code, n in groups.items() if n}
