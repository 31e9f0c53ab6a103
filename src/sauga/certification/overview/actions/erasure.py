"""Everything that certification forgets when a member deletes the account."""

from datetime import datetime

from sauga.certification.applications.actions.erasure import forget_member as forget_applications
from sauga.certification.register.models import RegisterEntry
from sauga.kernel.members.models import Member


def forget_member(member: Member, at: datetime) -> None:
    """The entry of the register goes first, then what names the member."""
    RegisterEntry.objects.filter(ambassador__member=member).delete()
    forget_applications(member, at)
