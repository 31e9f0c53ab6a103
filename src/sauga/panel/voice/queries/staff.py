"""The adults of the panel's team: those who hold a role that runs the panel today."""

from datetime import datetime

from sauga.kernel.identity.models import Person
from sauga.kernel.identity.queries import holders_of

ROLES = ("PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD")


def adults(at: datetime) -> list[Person]:
    """The team by name, each once."""
    found = {person.pk: person for role in ROLES for person in holders_of(role, "panel", at)}
    return sorted(found.values(), key=lambda person: person.name)


def adult_keys(at: datetime) -> set[int]:
    """Their keys."""
    return {person.pk for person in adults(at)}
