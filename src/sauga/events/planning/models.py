"""Tables of planning: the team of an event, its tasks, its budget."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from sauga.events.permissions import TEAM
from sauga.events.programme.models import Event

PERSON = settings.AUTH_USER_MODEL


class TeamMember(models.Model):
    """Somebody who works on an event in one role. The role itself is given where roles are given: this says
    at which events it counts."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="team")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["role", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "person", "role"], name="events_team_once"),
            models.CheckConstraint(condition=models.Q(role__in=TEAM), name="events_team_role"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person"], name="events_team_person")]

    def __str__(self) -> str:
        return f"{self.event_id}:{self.person_id}:{self.role}"
