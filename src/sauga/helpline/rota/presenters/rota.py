"""The rota in words: why a shift cannot be taken, what was done, what cannot be done."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.helpline.rota.models import Shift
from sauga.helpline.rota.queries.rota import Check
from sauga.helpline.volunteers.rules.shift_eligibility import Fault
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS

SHORT = {
    Fault.NOT_A_VOLUNTEER: _("no volunteer's record"),
    Fault.LEFT: _("after the last day"),
    Fault.NOT_TRAINED: _("no training"),
    Fault.CHECK: _("no background check"),
    Fault.TOO_LONG: _("too long"),
    Fault.OVERLAP: _("at the same time as mine"),
    Fault.REST: _("too little rest"),
    Fault.BEGUN: _("over"),
}
MARKS = {
    "OPEN": ("wait", "ring"),
    "CLAIMED": ("wait", "half"),
    "CONFIRMED": ("good", "dot"),
    "SWAP_OFFERED": ("wait", "half"),
    "ON_DUTY": ("act", "target"),
    "CHECKED_IN": ("act", "target"),
    "BREAK": ("calm", "dash"),
    "CHECKED_OUT": ("good", "tick"),
    "DEBRIEFED": ("good", "tick"),
    "NO_SHOW": ("bad", "cross"),
    "LATE_CANCELLED": ("bad", "cross"),
}


def channels_of(channels: Sequence[str], is_lead: bool) -> str:
    """What a place is for."""
    names = [vocab.label("duty_channel", channel) for channel in channels]
    if is_lead:
        names = [gettext("Shift lead"), *names]
    return ", ".join(names)


def state(shift: Shift) -> str:
    """The state of a shift in words."""
    return vocab.label("state.shift", shift.state)


def when(at: datetime) -> str:
    """Day and hour in Vilnius, short."""
    local = at.astimezone(VILNIUS)
    return f"{date_format(local, 'D j')}, {local:%H:%M}"


def span(begins: datetime, ends: datetime) -> str:
    """From – to in Vilnius."""
    return f"{begins.astimezone(VILNIUS):%H:%M}–{ends.astimezone(VILNIUS):%H:%M}"


def check_words(check: Check) -> tuple[str, str]:
    """A line of “what is checked”, and what is said below it."""
    until = gettext("until %(day)s") % {"day": _day(check.until)} if check.until else ""
    if check.what == "VOLUNTEER":
        return gettext("There is no volunteer's record yet"), gettext(
            "the coordinator of volunteers makes it"
        )
    if check.what == "CHECK":
        return (
            (gettext("The background check is valid"), until)
            if check.is_good
            else (gettext("No valid background check"), "")
        )
    name = vocab.label("training_kind", check.kind)
    if check.is_good:
        return gettext("Trained: %(what)s") % {"what": name}, until
    return gettext("No training yet: %(what)s") % {"what": name}, ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
