"""What the school label forgets when a member deletes the account."""

from datetime import datetime

from sauga.kernel.members.models import Member
from sauga.selfcheck.school.models import Assessor, Review, TeamMember


def forget_member(member: Member, at: datetime) -> None:
    """Who was in a team goes, and the role of an assessor; reviews stay without a name, open ones return to
    the queue."""
    TeamMember.objects.filter(member=member).delete()
    own = Review.objects.filter(assessor__member=member)
    own.filter(ended_at__isnull=True).update(ended_at=at)
    own.update(assessor=None)
    Assessor.objects.filter(member=member).delete()
