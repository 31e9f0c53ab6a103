"""Which concerns, cases and referrals a person may work on; and the texts of their notifications. The same
as filters: `queries.access`.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.states import CaseState, IncomingState

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
    """Leads work on all; a counsellor on the concerns they raised."""
    return sees_all(actor) or concern.raised_by_id == actor.person_id


def may_touch_referral(actor: Any, referral: Any) -> bool:
    """Leads work on all; a counsellor on the own ones."""
    return sees_all(actor) or referral.author_id == actor.person_id


def may_touch_case(actor: Any, case: Any) -> bool:
    """The safeguarding lead works on all; a case worker on the own ones, those without a case worker, and
    those that wait for a second person.
    """
    mine = case.case_worker_id in {None, actor.person_id} or case.state == CaseState.CLOSE_PROPOSED
    return bool(actor.can(Permission.APPROVE_BREAK)) or mine


def may_touch_incoming(actor: Any, row: Any) -> bool:
    """Leads work on all; a counsellor on those that are not taken, and on their own."""
    return sees_all(actor) or row.state == IncomingState.RECEIVED or row.taken_by_id == actor.person_id


RULES = {
    Permission.RAISE_CONCERN: may_touch_concern,
    Permission.REFER: may_touch_referral,
    Permission.KEEP_CASE: may_touch_case,
    Permission.TAKE_INCOMING: may_touch_incoming,
}
"""Asked beside the permission when an action names its object."""
