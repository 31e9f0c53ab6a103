"""What every action of the school label shares: who may act for a school, the move, the audit entry."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, members
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move
from sauga.selfcheck.school.models import Assessment, TeamMember
from sauga.selfcheck.trail import LABEL_CHANNEL, ZONE, Trail


class NotNow(ActionRefused):
    """The assessment is past this, or not there yet."""

    message = _("This is not possible now. Somebody of your team may have acted a moment ago.")


def record(by: Actor, act: Trail, row: object, at: datetime, **facts: str | int | bool) -> None:
    """The audit line of an act, and the signal that refreshes open pages of the desk."""
    audit.record(by, act, row, zone=ZONE, at=at, facts=facts)
    live.signal(LABEL_CHANNEL)


def require_school(by: Actor, school_id: int) -> MemberActor:
    """The adult member who acts for the school. Raises PermissionRefused for anybody else."""
    if not isinstance(by, MemberActor) or by.birth_month is not None or not members.acts_for(by, school_id):
        raise PermissionRefused("selfcheck.school")
    return by


def held_by(by: Actor, assessment: Assessment, *states: str) -> Assessment:
    """The assessment, locked, for a person of its school. Raises PermissionRefused, NotNow."""
    require_school(by, assessment.school_id)
    row = lock(assessment)
    if states and row.state not in states:
        raise NotNow
    return row


def step(by: Actor, row: Assessment, to: str, at: datetime) -> None:
    """Move a locked assessment. Raises MoveNotAllowed."""
    move(row, to=to, by=by, at=at)
    record(by, Trail.MOVED, row, at, to=str(to), round=row.round)


def join(by: MemberActor, row: Assessment, at: datetime, area: str = "") -> TeamMember:
    """The member is of the team from now on, and was seen there."""
    made, is_new = TeamMember.objects.get_or_create(
        assessment=row, member_id=by.member_id, defaults={"joined_at": at, "seen_at": at, "area": area}
    )
    if is_new:
        record(by, Trail.JOINED, row, at)
    elif area:
        made.seen_at, made.area = at, area
        made.save(update_fields=["seen_at", "area"])
    return made
