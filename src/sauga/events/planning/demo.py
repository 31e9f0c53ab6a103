"""The demo's planning: teams, tasks and budgets, by the same actions as at the desk."""

from collections.abc import Collection
from datetime import datetime

from sauga.events.permissions import TEAM, Permission
from sauga.events.planning.actions.team import add_member
from sauga.events.planning.queries.team import candidates
from sauga.events.programme.models import Event
from sauga.kernel.identity import PersonActor


def put_team(by: PersonActor, event: Event, roles: Collection[str], at: datetime) -> None:
    """Put one person of each of these roles on the team of an event."""
    if not by.can(Permission.PLAN):
        return
    for role in TEAM:
        if role in roles and (people := candidates(role, at)):
            add_member(by=by, event=event, person=people[0], role=role, at=at)
