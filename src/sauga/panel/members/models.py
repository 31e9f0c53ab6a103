"""Tables of members of the panel."""

from typing import Any, ClassVar

from django.db import models

from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.panel.states import MEMBER, MemberState


def new_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class Member(models.Model):
    """A young person in the panel, under a pseudonym.

    `identity` (name, school class, how to reach them) is sealed for the panel's team under the holder
    `panel-member:<ref>`. `birth_month` is the first day of the month of birth. `account` is how the member
    signs in; none before the invitation and after leaving. `paused_why` is a code.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref)
    pseudonym = models.CharField(max_length=40, unique=True)
    birth_month = models.DateField()
    state = models.CharField(max_length=12, default=MemberState.NOMINATED)
    language = models.CharField(max_length=5, default="lt")
    identity = models.BinaryField(default=bytes)
    account = models.OneToOneField(
        "members.Member", models.SET_NULL, null=True, blank=True, related_name="panel_member"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    paused_why = models.CharField(max_length=24, blank=True)
    nominated_at = models.DateTimeField()
    active_since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": MEMBER}
    steps: Any

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def holder(self) -> str:
        """Whose data key opens the identity."""
        return f"panel-member:{self.ref}"


class MemberStep(Step):
    """A move of a member's state."""

    subject = models.ForeignKey(Member, models.CASCADE, related_name="steps")
