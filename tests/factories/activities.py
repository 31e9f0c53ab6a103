"""Activities of Safer Internet Day for tests, made by the same actions as real ones."""

from datetime import UTC, date, datetime
from typing import Any

from sauga.events.activities.actions import registrations
from sauga.events.activities.models import Activity
from sauga.events.activities.rules.codes import SENDER
from sauga.events.activities.rules.details import Details
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor

ORGANISER, SETUP = SystemActor(SENDER), SystemActor("setup")
AT = datetime(2027, 1, 20, 10, tzinfo=UTC)
DAY = date(2027, 2, 9)
AFTER = datetime(2027, 2, 10, 9, tzinfo=UTC)
NAME = "Žąsų „Ąžuolyno“ pradinė mokykla Šilėnuose"


def organisation(
    name: str = NAME, municipality: str = "LT-18", kind: str = "SCHOOL", at: datetime = AT
) -> Organisation:
    """A school of the register."""
    begun = at.replace(year=2020)
    return create_organisation(
        by=SETUP, names={"lt": name}, kinds=[kind], municipality=municipality, at=begun
    )


def details(school: Organisation | None = None, **more: Any) -> Details:
    """What an organiser types."""
    given: dict[str, Any] = {
        "organisation_id": school.pk if school is not None else None,
        "organisation_name": "" if school is not None else "Draugų būrys",
        "municipality": "LT-15",
        "kind": "lesson",
        "title": "Pamoka „Mano vieta internete“",
        "day": DAY,
        "language": "lt",
        "expected": {"grades_1_4": 24, "adults": 2},
        **more,
    }
    return Details(**given)


def asked(
    school: Organisation | None = None,
    *,
    at: datetime = AT,
    address: str = "ona@mokykla.example",
    **more: Any,
) -> Activity:
    """An activity whose address is not confirmed."""
    return registrations.register(by=ORGANISER, details=details(school, **more), address=address, at=at)


def registered(school: Organisation | None = None, *, at: datetime = AT, **more: Any) -> Activity:
    """An activity that counts."""
    return registrations.confirm(by=ORGANISER, activity=asked(school, at=at, **more), at=at)
