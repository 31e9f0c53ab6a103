"""Which concerns, cases and referrals a person may see, as filters and as rules; and the texts of their
notifications.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.states import CaseState, IncomingState

NONE = Q(pk__in=())
CASE_READING, CASE_REOPENING = "case_reading", "case_reopening"
NOTICES = {
    "helpline.consult": _("A concern about a child waits for you: %(ref)s. Decide within five minutes."),
    "helpline.concern_late": _("A concern is late: %(ref)s."),
    "helpline.break_proposed": _("A second person is needed: %(ref)s. Read the proposal and decide."),
    "helpline.break_approved": _("Your proposal was approved: %(ref)s. Pass it on now."),
    "helpline.break_refused": _("Your proposal was not approved: %(ref)s."),
    "helpline.referral_late": _("A service has not answered in time: %(ref)s."),
    "helpline.referral_consent": _("The child has answered about the referral %(ref)s."),
    "helpline.case_due": _("A case is due for review today: %(ref)s."),
    "helpline.case_close": _("A case waits for a second person to close it: %(ref)s."),
    "helpline.incoming": _("A young person asked the youth panel to tell us: %(ref)s."),
    "helpline.incoming_withdrawn": _("The young person took it back: %(ref)s."),
    "helpline.link_answered": _("The hotline has answered about the address you passed on: %(ref)s."),
}
"""Sentences of notifications; never a word of a child's."""


def may_touch_concern(actor: Any, concern: Any) -> bool:
    """As `concerns_of`, for one concern."""
    return sees_all(actor) or concern.raised_by_id == actor.person_id


def may_touch_referral(actor: Any, referral: Any) -> bool:
    """As `referrals_of`, for one referral."""
    return sees_all(actor) or referral.author_id == actor.person_id


def may_touch_case(actor: Any, case: Any) -> bool:
    """As `cases_of`, for one case."""
    mine = case.case_worker_id in {None, actor.person_id} or case.state == CaseState.CLOSE_PROPOSED
    return bool(actor.can(Permission.APPROVE_BREAK)) or mine


def may_touch_incoming(actor: Any, row: Any) -> bool:
    """As `incoming_of`, for one young person."""
    return sees_all(actor) or row.state == IncomingState.RECEIVED or row.taken_by_id == actor.person_id


RULES = {
    Permission.RAISE_CONCERN: may_touch_concern,
    Permission.REFER: may_touch_referral,
    Permission.KEEP_CASE: may_touch_case,
    Permission.TAKE_INCOMING: may_touch_incoming,
}
"""Asked beside the permission when an action names its object."""


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
