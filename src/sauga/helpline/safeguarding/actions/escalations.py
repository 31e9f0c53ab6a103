"""Overdue steps: reminded once, then escalated; cases are announced on their follow-up day."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding.actions.concerns import ZONE, call_leads, tell
from sauga.helpline.safeguarding.models import Concern, HelpCase, Referral
from sauga.helpline.states import CaseState, ConcernState, ReferralState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, SystemActor, lock, move

CHASER = SystemActor("queue")
MOST = 500
APPROVER = "SAFEGUARDING_LEAD"
FOR_APPROVER = (
    ConcernState.ACT_WITH_CONSENT,
    ConcernState.ACT_WITHOUT_CONSENT,
    ConcernState.WATCH,
    ConcernState.CHILD_INFORMED,
    ConcernState.CHILD_NOT_REACHABLE,
)
"""States in which the safeguarding lead has the next step; in all others the shift leads have."""


def escalate_concerns(*, by: Actor = CHASER, at: datetime) -> int:
    """Remind the person who has the next step of a late concern, once; when it stays late, tell both sides,
    once.

    Returns how many.
    """
    require(by, Permission.SWEEP)
    wait = timedelta(minutes=vocab.policy("policy.safeguarding", at=at)["escalate_after_minutes"])
    late = Concern.objects.filter(due_at__lte=at, escalated_at=None).order_by("due_at")[:MOST]
    return sum(_chase_concern(by, concern, wait, at) for concern in late)


def _chase_concern(by: Actor, concern: Concern, wait: timedelta, at: datetime) -> bool:
    with transaction.atomic():
        concern = lock(concern)
        if concern.due_at is None or concern.due_at > at or concern.escalated_at:
            return False  # a person acted meanwhile
        up = concern.due_at + wait <= at
        if not up and concern.chased_at:
            return False
        if concern.state in FOR_APPROVER or up:
            tell(APPROVER, concern, "helpline.concern_late", at)
        if concern.state not in FOR_APPROVER or up:
            call_leads(concern, "helpline.concern_late", at)
        concern.chased_at = concern.chased_at or at
        concern.escalated_at = at if up else None
        concern.save(update_fields=["chased_at", "escalated_at"])
        audit.record(
            by,
            Trail.CONCERN_CHASED,
            concern,
            zone=ZONE,
            at=at,
            facts={"state": concern.state, "escalated": up},
        )
        live.signal("helpline.safety")
        return True


def escalate_referrals(*, by: Actor = CHASER, at: datetime) -> int:
    """A service that has not answered by its clock is chased; when it stays silent, the safeguarding lead
    takes over. Returns how many.
    """
    require(by, Permission.SWEEP)
    late = Referral.objects.filter(
        state__in=(ReferralState.SENT, ReferralState.CHASED), due_at__lte=at
    ).order_by("due_at")[:MOST]
    return sum(_chase_referral(by, referral, at) for referral in late)


def _chase_referral(by: Actor, referral: Referral, at: datetime) -> bool:
    policy = vocab.policy("policy.referral", at=at)
    with transaction.atomic():
        referral = lock(referral)
        to = {ReferralState.SENT: ReferralState.CHASED, ReferralState.CHASED: ReferralState.ESCALATED}.get(
            ReferralState(referral.state)
        )
        if to is None or referral.due_at is None or referral.due_at > at:
            return False
        move(referral, to=to, by=by, at=at, why="LATE")
        wait = policy["escalate_on_clock_minutes" if referral.clock else "escalate_after_minutes"]
        referral.due_at = at + timedelta(minutes=wait) if to == ReferralState.CHASED else None
        referral.save(update_fields=["due_at"])
        audit.record(
            by,
            Trail.REFERRAL_MOVED,
            referral,
            zone=ZONE,
            at=at,
            facts={"to": referral.state, "target": referral.target},
        )
        link = f"/desk/helpline/referrals/{referral.ref}/"
        told: list[Any] = [referral.author] if referral.author else []
        for person in [*told, APPROVER] if to == ReferralState.ESCALATED else told or [APPROVER]:
            notifications.notify(
                to=person,
                template="helpline.referral_late",
                context={"ref": referral.ref},
                link=link,
                urgent=True,
                at=at,
            )
        live.signal("helpline.safety")
        return True


def remind_cases(*, by: Actor = CHASER, at: datetime) -> int:
    """On the day a case wants to be looked at, its case worker (or every safeguarding lead)
    hears of it, once.

    Returns how many.
    """
    require(by, Permission.SWEEP)
    today = at.astimezone(VILNIUS).date()
    due = (
        HelpCase.objects.filter(follow_up_date__lte=today)
        .exclude(state=CaseState.CLOSED)
        .exclude(follow_up_told_date__gte=today)
    )
    told = 0
    for case in due.select_related("case_worker").order_by("follow_up_date", "pk")[:MOST]:
        with transaction.atomic():
            link = f"/desk/helpline/cases/{case.ref}/"
            notifications.notify(
                to=case.case_worker or APPROVER,
                template="helpline.case_due",
                context={"ref": case.ref},
                link=link,
                at=at,
            )
            HelpCase.objects.filter(pk=case.pk).update(follow_up_told_date=today)
        told += 1
    return told
