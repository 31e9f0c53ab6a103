"""Which concerns, cases and referrals a person may see, as filters. For one of them: `rules.access`."""

from typing import Any

from django.db.models import Q

from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.states import CaseState, IncomingState

NONE = Q(pk__in=())


def concerns_of(actor: Any) -> Q:
    """Leads see all; a counsellor sees the concerns they raised."""
    if not actor.can(Permission.RAISE_CONCERN):
        return NONE
    return Q() if sees_all(actor) else Q(raised_by_id=actor.person_id)


def cases_of(actor: Any) -> Q:
    """The safeguarding lead sees all; a case worker sees the own ones, those without a case worker, and those
    that wait for a second person.
    """
    if not actor.can(Permission.KEEP_CASE):
        return NONE
    if actor.can(Permission.APPROVE_BREAK):
        return Q()
    return Q(case_worker_id=actor.person_id) | Q(case_worker=None) | Q(state=CaseState.CLOSE_PROPOSED)


def referrals_of(actor: Any) -> Q:
    """Leads see all; a counsellor sees the own ones."""
    if not actor.can(Permission.REFER):
        return NONE
    return Q() if sees_all(actor) else Q(author_id=actor.person_id)


def incoming_of(actor: Any) -> Q:
    """Leads see all; a counsellor sees those that are not taken, and their own."""
    if not actor.can(Permission.TAKE_INCOMING):
        return NONE
    return Q() if sees_all(actor) else Q(state=IncomingState.RECEIVED) | Q(taken_by_id=actor.person_id)


def talks_of(actor: Any) -> Q:
    """Conversations that a person may pass something on from: the own ones; a shift lead's, any."""
    if not actor.can(Permission.REFER) and not actor.can(Permission.RAISE_CONCERN):
        return NONE
    return Q() if sees_all(actor) else Q(owner_id=actor.person_id)
