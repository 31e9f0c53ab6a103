"""Notifications of retention: to those who may be the second person, to the first about the outcome, and to
all of them before a legal hold ends."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity.models import Person
from sauga.kernel.notifications.actions import notify, settle_news
from sauga.kernel.notifications.models import Notification
from sauga.kernel.retention.models import REMINDED_DAYS, Hold, HoldSet, TermChange
from sauga.kernel.retention.permissions import Permission, service_of
from sauga.kernel.retention.second_people import holders

HOLD, TERM = "retention.hold_to_confirm", "retention.term_to_confirm"
HOLD_CONFIRMED, HOLD_LIFTED = "retention.hold_confirmed", "retention.hold_lifted"
HOLD_ENDS = "retention.hold_ends"
TERM_CONFIRMED, TERM_REFUSED = "retention.term_confirmed", "retention.term_refused"
SENTENCES = {
    HOLD: _("A legal hold waits for your confirmation. Without it, it lapses after three days."),
    TERM: _("A change of a retention period waits for your confirmation."),
    HOLD_CONFIRMED: _("A legal hold that you asked for was confirmed."),
    HOLD_LIFTED: _("A legal hold that you asked for was lifted."),
    HOLD_ENDS: _("A legal hold ends soon. If the record is still needed, extend the hold."),
    TERM_CONFIRMED: _("A change of a retention period that you proposed was confirmed."),
    TERM_REFUSED: _("A change of a retention period that you proposed was refused."),
}


def hold_asked(hold: Hold, at: datetime) -> None:
    """Notify everybody else who may confirm the hold."""
    for person in holders((Permission.HOLD,), service_of(hold), at):
        if person.pseudonym != hold.asked_by:
            notify(to=person, template=HOLD, link=_of_hold(hold), at=at)


def hold_decided(hold: Hold, at: datetime) -> None:
    """It no longer waits to be confirmed, nor does what it continues wait to be extended; the person who
    asked for it learns what became of it."""
    settle_news(template=HOLD, link=_of_hold(hold), at=at)
    for one in [hold] if hold.lifted_at else _same_record(hold, at).filter(expires_at__lt=hold.expires_at):
        settle_news(template=HOLD_ENDS, link=_of_hold(one), at=at)
    acted, template = (hold.lifted_by, HOLD_LIFTED) if hold.lifted_at else (hold.confirmed_by, HOLD_CONFIRMED)
    _tell(hold.asked_by, acted, template, _of_hold(hold), at)


def remind_of_ends(at: datetime) -> int:
    """Remind everybody who may place holds of those that end soon, once each; of none that a longer one
    continues. Returns how many notifications were sent."""
    soon = Hold.objects.in_force(at).filter(
        confirmed_at__isnull=False, expires_at__lte=at + timedelta(days=REMINDED_DAYS)
    )
    due = [hold for hold in soon.order_by("pk") if hold.reminded_from <= at and _needs_reminder(hold, at)]
    sent = 0
    for hold in due:
        with transaction.atomic():  # everybody, or everybody the next morning
            for person in holders((Permission.HOLD,), service_of(hold), at):
                sent += len(notify(to=person, template=HOLD_ENDS, link=_of_hold(hold), at=at))
    return sent


def _needs_reminder(hold: Hold, at: datetime) -> bool:
    longer = _same_record(hold, at).filter(confirmed_at__isnull=False, expires_at__gt=hold.expires_at)
    told = Notification.objects.filter(template=HOLD_ENDS, link=_of_hold(hold))
    return not longer.exists() and not told.exists()


def _same_record(hold: Hold, at: datetime) -> HoldSet:
    """The other holds in force on the same record."""
    others = Hold.objects.in_force(at).exclude(pk=hold.pk)
    return others.filter(object_kind=hold.object_kind, object_ref=hold.object_ref)


def term_proposed(change: TermChange, at: datetime) -> None:
    """Notify everybody else who may confirm the change."""
    may = (Permission.EDIT_TERMS, Permission.HOLD)
    for person in holders(may, service_of(change.code), at):
        if person.pseudonym != change.asked_by:
            notify(to=person, template=TERM, link=_of_term(change), at=at)


def term_decided(change: TermChange, at: datetime) -> None:
    """It no longer needs to be confirmed; the proposer learns what became of it."""
    settle_news(template=TERM, link=_of_term(change), at=at)
    acted, template = (
        (change.confirmed_by, TERM_CONFIRMED) if change.confirmed_at else (change.ended_by, TERM_REFUSED)
    )
    _tell(change.asked_by, acted, template, _of_term(change), at)


def _tell(whom: str, acted: str, template: str, link: str, at: datetime) -> None:
    """Notify the first person about the outcome, unless it is their own act."""
    person = Person.objects.filter(pseudonym=whom, is_active=True).first() if whom != acted else None
    if person is not None:
        notify(to=person, template=template, link=link, at=at)


def _of_hold(hold: Hold) -> str:
    return reverse("retention-hold", args=[hold.ref])


def _of_term(change: TermChange) -> str:
    return reverse("retention-term", args=[change.code])
