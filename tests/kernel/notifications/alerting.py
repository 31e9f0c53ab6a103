"""A service that raises alerts, its people, and what they see: for the tests of alerts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import pytest
from django.test import Client

from sauga.kernel import audit, clock, vocab
from sauga.kernel.identity import PersonActor, person_actor
from sauga.kernel.identity.actors import SECOND
from sauga.kernel.identity.models import Grant, Membership, Person, Role
from sauga.kernel.notifications import AlertService, Target, message_templates, raise_alert
from sauga.kernel.notifications.alerts import rules
from sauga.kernel.notifications.models import Alert
from sauga.kernel.organisations.models import Organisation, ServiceOperator

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
AT = datetime(2027, 2, 9, 12, tzinfo=UTC)
ABOUT = "test.case.K7Q4-M2XN"
STEPS = [
    {"after": 0, "to": "ON_DUTY", "phone": "+370 600 00000"},
    {"after": 60, "to": "DEPUTY", "phone": ""},
    {"after": 180, "to": "MANAGER", "phone": "+370 600 00001"},
]


class Permission(StrEnum):
    """What roles of the test's service hold."""

    WORK = "test.work"
    EDIT = "test.edit"


@dataclass(frozen=True)
class Team:
    """People by what they are; `on_duty` is who the first step calls."""

    people: dict[str, Person]
    on_duty: list[Person]

    def actor(self, who: str, at: datetime = AT) -> PersonActor:
        """Somebody as they are at `at`."""
        return person_actor(self.people[who], at)

    def raised(self, at: datetime = AT, about: str = ABOUT) -> Alert:
        """The sender's alert."""
        return raise_alert(
            by=self.actor("SENDER", at),
            kind="test.needed",
            about=about,
            context={"ref": "K7Q4"},
            link="/desk/style/",
            at=at,
        )


def _person(role: str, organisation: Organisation, granted: tuple[str, ...]) -> Person:
    person = Person.objects.create(
        email=f"{role.lower()}@sic.example", name=f"Vardė {role.title()}", language="en"
    )
    row = Role.objects.create(code=role, labels={"en": role.title(), "lt": role.title()})
    for permission in granted:
        Grant.objects.create(role=row, permission=permission)
    Membership.objects.create(person=person, organisation=organisation, role=row, valid_from=LONG_AGO)
    return person


@pytest.fixture
def team(db: None, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A sender, a lead on duty, a deputy and a manager of one service, an administrator of its rules,
    and a stranger.
    """
    place = Organisation.objects.create(code="alerting-centre", valid_from=LONG_AGO, changed_at=LONG_AGO)
    ServiceOperator.objects.create(service="test", organisation=place, valid_from=LONG_AGO)
    granted: dict[str, tuple[str, ...]] = {
        who: (Permission.WORK,) for who in ("SENDER", "LEAD", "DEPUTY", "MANAGER")
    }
    granted |= {"CHIEF": (Permission.EDIT,), "STRANGER": ("other.work",)}
    people = {who: _person(who, place, held) for who, held in granted.items()}
    on_duty = [people["LEAD"]]
    service = AlertService(
        code="test",
        zone=audit.INSTALLATION,
        label="Test service",
        kinds=frozenset({"test.needed"}),
        roles=("DEPUTY", "MANAGER", "STRANGER"),
        otherwise="MANAGER",
        edit=Permission.EDIT,
        targets={"ON_DUTY": Target("the lead on duty", lambda: on_duty)},
    )
    monkeypatch.setattr(rules, "_registered", {"test": service})
    monkeypatch.setattr(
        message_templates,
        "_registered",
        {"test.needed": "Case %(ref)s: come now", "test.plain": "Work waits"},
    )
    setup = person_actor(people["CHIEF"], LONG_AGO)
    vocab.set_policy(by=setup, name="policy.alerts_test", value={"steps": STEPS}, at=LONG_AGO)
    return Team(people, on_duty)


def at_desk(person: Person) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[SECOND] = session["identity.sudo"] = clock.now().timestamp()
    session.save()
    return client


def called(alert: Alert) -> list[str]:
    """Whom the alert has called, by e-mail, in order."""
    return [
        email.partition("@")[0].upper()
        for email in alert.calls.order_by("pk").values_list("person__email", flat=True)
    ]


__all__ = ["ABOUT", "AT", "STEPS", "Permission", "Team", "at_desk", "called", "team"]
