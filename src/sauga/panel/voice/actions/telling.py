"""Adults of the team hear what they are put down for: a meeting, or a discussion."""

from collections.abc import Collection
from datetime import datetime

from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.models import Person
from sauga.kernel.notifications import notify
from sauga.kernel.states import Actor


def tell_adults(by: Actor, people: Collection[int], template: str, link: str, at: datetime) -> None:
    """Notify people by their keys, but for whoever did it."""
    mine = {by.person_id} if isinstance(by, PersonActor) else set()
    for person in Person.objects.filter(pk__in=set(people) - mine).order_by("pk"):
        notify(to=person, template=template, link=link, at=at)
