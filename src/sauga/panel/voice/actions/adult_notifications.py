"""Notifications of adults of the team about a meeting or a discussion that they are to be at."""

from collections.abc import Collection
from datetime import datetime

from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.models import Person
from sauga.kernel.notifications import notify
from sauga.kernel.states import Actor


def notify_adults(by: Actor, people: Collection[int], template: str, link: str, at: datetime) -> None:
    """Notify people, given by their primary keys; the person who acted is left out."""
    mine = {by.person_id} if isinstance(by, PersonActor) else set()
    for person in Person.objects.filter(pk__in=set(people) - mine).order_by("pk"):
        notify(to=person, template=template, link=link, at=at)
