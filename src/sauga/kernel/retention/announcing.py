"""Notifications of retention: to whoever may be the second person, and to the first about the outcome."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity.models import Person
from sauga.kernel.notifications.actions import notify, settle_news
from sauga.kernel.retention.models import Hold, TermChange
from sauga.kernel.retention.permissions import Permission, service_of
from sauga.kernel.retention.second_people import holders

HOLD, TERM = "retention.hold_to_confirm", "retention.term_to_confirm"
HOLD_CONFIRMED, HOLD_LIFTED = "retention.hold_confirmed", "retention.hold_lifted"
TERM_CONFIRMED, TERM_REFUSED = "retention.term_confirmed", "retention.term_refused"
SENTENCES = {
    HOLD: _("A legal hold waits for your confirmation. Without it, it lapses after three days."),
    TERM: _("A change of a retention period waits for your confirmation."),
    HOLD_CONFIRMED: _("A legal hold that you asked for was confirmed."),
    HOLD_LIFTED: _("A legal hold that you asked for was lifted."),
    TERM_CONFIRMED: _("A change of a retention period that you proposed was confirmed."),
    TERM_REFUSED: _("A change of a retention period that you proposed was refused."),
}


def hold_asked(hold: Hold, at: datetime) -> None:
    """Notify everybody else who may confirm the hold."""
    for person in holders((Permission.HOLD,), service_of(hold), at):
        if person.pseudonym != hold.asked_by:
            notify(to=person, template=HOLD, link=_of_hold(hold), at=at)


def hold_decided(hold: Hold, at: datetime) -> None:
    """Nobody needs to confirm it any more; whoever asked for it learns what became of it."""
    settle_news(template=HOLD, link=_of_hold(hold), at=at)
    acted, template = (hold.lifted_by, HOLD_LIFTED) if hold.lifted_at else (hold.confirmed_by, HOLD_CONFIRMED)
    _tell(hold.asked_by, acted, template, _of_hold(hold), at)


def term_proposed(change: TermChange, at: datetime) -> None:
    """Notify everybody else who may confirm the change."""
    may = (Permission.EDIT_TERMS, Permission.HOLD)
    for person in holders(may, service_of(change.code), at):
        if person.pseudonym != change.asked_by:
            notify(to=person, template=TERM, link=_of_term(change), at=at)


def term_decided(change: TermChange, at: datetime) -> None:
    """Nobody needs to confirm it any more; the proposer learns what became of it."""
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
