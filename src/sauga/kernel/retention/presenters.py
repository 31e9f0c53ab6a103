"""What the desk pages of retention say in words."""

from datetime import datetime

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import By, Clear
from sauga.kernel.i18n import and_list
from sauga.kernel.kit.lists import Mark
from sauga.kernel.retention.models import Hold, Reason, TermChange
from sauga.kernel.retention.queries import Period, title_of, what_of
from sauga.kernel.retention.registry import Rule

INSTALLATION = _("The installation")
MOST_NAMED = 2
"""Kinds of records that the heading of a period names; the table below lists all of them."""


def days_words(days: int, *, with_years: bool = True) -> str:
    """A length of time in days, with years where it is one."""
    said = ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,}".replace(",", "\u00a0")}
    years = round(days / 365.25)
    if with_years and years and abs(days - years * 365.25) <= years + 1:
        about = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
        return f"{said} ({about})"
    return said


def service_words(service: str) -> str:
    """The service whose records these are; tables of the kernel belong to the installation."""
    return title_of(service) or str(INSTALLATION)


def how_words(rule: Rule) -> str:
    """What happens at the end of the period."""
    if isinstance(rule.how, By):
        return gettext("Erased step by step, by a rule of its own")
    is_kept = isinstance(rule.how, Clear)
    if rule.said.holder:
        if is_kept:
            return gettext("The key is destroyed, then the fields are emptied; codes and dates stay")
        return gettext("The key is destroyed, then the record is deleted")
    if is_kept:
        return gettext("The fields are emptied; codes and dates stay")
    return gettext("Deleted")


def period_words(period: Period) -> str:
    """The records that a period governs, in words."""
    said = dict.fromkeys(what_of(rule.model, rule.what) for rule in period.rules)
    first, *others = said
    named = [first, *(one[:1].lower() + one[1:] for one in others)]
    if len(named) <= MOST_NAMED:
        return and_list(named)
    return gettext("%(names)s and %(n)s more") % {
        "names": ", ".join(named[:MOST_NAMED]),
        "n": len(named) - MOST_NAMED,
    }


def hold_mark(hold: Hold, at: datetime) -> Mark:
    """The status of a hold."""
    if hold.lifted_at is not None:
        return Mark("calm", "dash", pgettext("legal hold", "lifted"))
    if hold.is_waiting(at):
        return Mark("wait", "ring", pgettext("legal hold", "waits for a second person"))
    if hold.confirmed_at is None:
        return Mark("bad", "cross", pgettext("legal hold", "not confirmed in time"))
    if hold.is_in_force(at):
        return Mark("good", "dot", pgettext("legal hold", "in force"))
    return Mark("calm", "dash", pgettext("legal hold", "ended"))


def change_mark(change: TermChange, at: datetime) -> Mark:
    """What became of a proposed period."""
    if change.confirmed_at is not None:
        return Mark("good", "tick", pgettext("retention period", "confirmed"))
    if change.is_waiting(at):
        return Mark("wait", "ring", pgettext("retention period", "waits for a second person"))
    if not change.ended_by:
        return Mark("calm", "dash", pgettext("retention period", "lapsed"))
    if change.ended_by == change.asked_by:
        return Mark("calm", "dash", pgettext("retention period", "withdrawn"))
    return Mark("bad", "cross", pgettext("retention period", "refused"))


def reason_words(code: str) -> str:
    """Why a record is held; the code itself where it is an older one."""
    return str(Reason(code).label) if code in Reason.values else code
