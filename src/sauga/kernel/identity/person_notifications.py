"""Notifications about proposed roles, to those who may confirm one and to the proposer of one that was
decided; and about a copied passkey, to its owner.

The package that sends notifications lies above this one and registers itself here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import queries
from sauga.kernel.identity.models import Person, RoleProposal
from sauga.kernel.identity.states import ProposalState

WAITS = "identity.role_to_confirm"
COPIED_PASSKEY = "identity.copied_passkey"
SENTENCES = {
    WAITS: _("A role waits for your confirmation."),
    COPIED_PASSKEY: _(
        "Someone tried to sign in with a copy of your passkey and was refused. Remove the passkey and tell "
        "your administrator."
    ),
    "identity.role_confirmed": _("A role that you proposed was confirmed."),
    "identity.role_refused": _("A role that you proposed was refused. Read why."),
    "identity.role_expired": _(
        "A role that you proposed was not confirmed in time. It can be proposed again."
    ),
}
OUTCOMES = {
    ProposalState.CONFIRMED: "identity.role_confirmed",
    ProposalState.REFUSED: "identity.role_refused",
    ProposalState.EXPIRED: "identity.role_expired",
}


@dataclass(frozen=True)
class Announcer:
    """How people are notified.

    `tell` takes to, template, link, at, urgent and once; `settle` takes template, link and at, and ends what
    is unread yet.
    """

    tell: Callable[..., object]
    settle: Callable[..., object]


_registered: list[Announcer] = []


def register(announcer: Announcer) -> None:
    """Register how people are notified; called once, when the program starts."""
    _registered[:] = [announcer]


def proposed(row: RoleProposal, at: datetime) -> None:
    """Notify everybody who may confirm it that it waits."""
    for announcer in _registered:
        for person in queries.confirmers(row, at):
            announcer.tell(to=person, template=WAITS, link=_link(row), at=at)


def decided(row: RoleProposal, at: datetime) -> None:
    """Withdraw the pending notifications and tell the proposer what was decided."""
    proposer = Person.objects.filter(pseudonym=row.proposed_by, is_active=True).first()
    outcome = OUTCOMES.get(ProposalState(row.state))
    for announcer in _registered:
        announcer.settle(template=WAITS, link=_link(row), at=at)
        if proposer is not None and outcome is not None:
            announcer.tell(to=proposer, template=outcome, link=_link(row), at=at)


def passkey_copied(person: Person, at: datetime) -> None:
    """Notify the owner at once, by bell and mail; not again while that is unread."""
    for announcer in _registered:
        announcer.tell(
            to=person, template=COPIED_PASSKEY, link=reverse("identity-me"), urgent=True, once=True, at=at
        )


def _link(row: RoleProposal) -> str:
    return reverse("identity-proposal", args=[row.ref])
