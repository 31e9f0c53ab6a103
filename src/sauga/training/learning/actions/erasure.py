"""Forgets what a member wrote: the account is deleted. That a course was completed stays, without a name."""

from datetime import datetime

from sauga.kernel import sealed
from sauga.kernel.members.models import Member
from sauga.kernel.states import SystemActor, lock
from sauga.training.learning.actions.enrolments import withdraw
from sauga.training.learning.models import Enrolment
from sauga.training.states import COMPLETE, OPEN

WORKER = SystemActor("training")


def forget_member(member: Member, at: datetime) -> None:
    """Destroy the texts of a member's enrolments, in the transaction of the deletion. What is not completed
    goes with everything in it; its place is free."""
    for found in Enrolment.objects.filter(member=member).select_related("cohort"):
        if found.state in OPEN:
            withdraw(by=WORKER, enrolment=found, at=at)
        row = lock(found)
        sealed.destroy_keys([row.holder])
        row.posts.all().delete()
        row.submissions.all().delete()
        row.drafts.all().delete()
        row.appeals.all().delete()
        row.allowances.all().delete()
        row.tool_subjects.all().delete()
        if row.state in COMPLETE:
            row.attempts.all().delete()
            row.package_runs.all().delete()
            row.member, row.organisation, row.shares_hours = None, None, False
            row.save(update_fields=["member", "organisation", "shares_hours"])
        else:
            row.delete()
