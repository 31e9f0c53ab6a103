"""Nobody reaches a service that their current organisation does not operate, and nobody alone gives a role of
acts of two people, whatever happened before.

10,000 histories in plain Python around the product's rule, and a part of them by real actions in the
database, which must do the same step by step. `make prove` lives all of them in the database.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from factories.histories import (
    FIRST,
    KINDS,
    OPERATORS,
    PEOPLE,
    Clock,
    Plain,
    Reach,
    Step,
    bound_services,
    history,
)
from factories.people import SETUP

from sauga.kernel import organisations
from sauga.kernel.identity.actions import grants, invitations, operators, people, proposals
from sauga.kernel.identity.actors import PersonActor, person_actor
from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.identity.roles import KINDS as KINDS_FILE
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import Actor
from tests.repetition import often

PLAIN, LENGTH = 10_000, 10
REAL = often(100, 10_000)
REFUSED = (
    grants.RoleNotOffered,
    grants.ZoneNotOffered,
    grants.SecondPersonNeeded,
    people.MembershipExists,
    people.MembershipOver,
    PermissionRefused,
)


def plain() -> Plain:
    data = json.loads(KINDS_FILE.read_text(encoding="utf-8"))
    return Plain(
        {one["code"]: set(one["roles"]) for one in data}, {one["code"]: set(one["zones"]) for one in data}
    )


def check(seed: int, number: int, step: Step, got: Reach, entitled: Reach, person: int) -> None:
    where = f"history {seed}, step {number} ({step}), person {person}"
    assert got.services <= entitled.services, f"{where}: reaches {got.services - entitled.services}"
    assert got.zones <= entitled.zones, f"{where}: opens {got.zones - entitled.zones}"
    assert got == entitled, f"{where}: {got} instead of {entitled}"


def concerned(number: int, step: Step) -> Iterable[int]:
    """Whose reach is compared after a step: everybody's where a service changes hands and at the
    end of a history.
    """
    return range(PEOPLE) if step.what == "operator" or number == LENGTH - 1 else (step.person,)


@pytest.mark.unit
def test_nobody_reaches_a_service_that_their_organisation_does_not_operate_in_ten_thousand_histories():
    done: Counter[str] = Counter()
    reached = by_two = 0
    for seed in range(PLAIN):
        world = plain()
        for number, step in enumerate(history(seed, LENGTH)):
            done[step.what] += world.live(step)
            for person in concerned(number, step):
                got = world.reach(person)
                reached += len(got.services)
                check(seed, number, step, got, world.entitled(person), person)
            assert not world.alone(), (
                f"history {seed}, step {number} ({step}): one person gave a role of acts of two"
            )
            by_two += sum(len(one.given_by) == 2 for one in world.held)
    assert by_two > PLAIN // 2, "histories in which nobody ever confirms prove nothing"
    assert set(done) == {"start", "invite", "change", "end", "move", "two", "close", "operator"}
    assert min(done.values()) > 100, f"some steps hardly ever succeed: {done}"
    assert reached > PLAIN // 2, "histories in which nobody ever works prove nothing"


class Real:
    """The same world in the database, by the actions that the desk and the console call."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.places: dict[str, Organisation] = {}
        for code, kinds in KINDS.items():
            self.places[code] = organisations.create_organisation(
                by=SETUP, code=code, names={"lt": code}, kinds=kinds, at=self.clock.at
            )
        for service, code in OPERATORS.items():
            operators.name_operator(
                by=SETUP, service=service, organisation=self.places[code], at=self.clock.at
            )
        made = [Person(email=f"p{number}@partner.example", name=f"P{number}") for number in range(PEOPLE)]
        self.people = Person.objects.bulk_create(made)
        self.roles = {role.code: role for role in Role.objects.all()}
        for number, code in FIRST.items():
            people.start_membership(
                by=SETUP,
                person=self.people[number],
                organisation=self.places[code],
                role=self.roles["ADMINISTRATOR"],
                at=self.clock.at,
            )

    def actor(self, number: int, at: datetime) -> Actor:
        return SETUP if number == -1 else person_actor(self.people[number], at)

    def first_of(self, number: int) -> Membership | None:
        return (
            Membership.objects.filter(person=self.people[number], valid_to=None)
            .select_related("role", "organisation")
            .order_by("pk")
            .first()
        )

    def live(self, step: Step) -> bool:
        acts = step.what not in {"move", "operator"}  # those are the console's
        if acts and step.by >= 0 and not Person.objects.get(pk=self.people[step.by].pk).is_active:
            return False
        try:
            with transaction.atomic():
                return bool(getattr(self, step.what)(step, self.clock.tick()))
        except REFUSED:
            return False

    def given(self, step: Step) -> dict[str, Any]:
        return {"organisation": self.places[step.place], "role": self.roles[step.role], "zones": step.zones}

    def start(self, step: Step, at: datetime) -> bool:
        people.start_membership(
            by=self.actor(step.by, at), person=self.people[step.person], at=at, **self.given(step)
        )
        return True

    def invite(self, step: Step, at: datetime) -> bool:
        email = f"invited{at.timestamp():.0f}@partner.example"
        invitations.invite_person(by=self.actor(step.by, at), email=email, name="", at=at, **self.given(step))
        return True

    def change(self, step: Step, at: datetime) -> bool:
        row = self.first_of(step.person)
        if row is None:
            return False
        people.change_role(
            by=self.actor(step.by, at), membership=row, role=self.roles[step.role], zones=step.zones, at=at
        )
        return True

    def end(self, step: Step, at: datetime) -> bool:
        row = self.first_of(step.person)
        if row is None:
            return False
        people.end_membership(by=self.actor(step.by, at), membership=row, at=at)
        return True

    def move(self, step: Step, at: datetime) -> bool:
        row = self.first_of(step.person)
        if row is None or row.organisation == self.places[step.place]:
            return False
        people.end_membership(by=SETUP, membership=row, at=at)
        people.start_membership(by=SETUP, person=self.people[step.person], at=at, **self.given(step))
        return True

    def two(self, step: Step, at: datetime) -> bool:
        second = Person.objects.get(pk=self.people[step.second].pk)
        if step.by == -1 or not second.is_active:
            return False
        row = proposals.propose_membership(
            by=self.actor(step.by, at), person=self.people[step.person], at=at, **self.given(step)
        )
        proposals.confirm_proposal(by=person_actor(second, at), proposal=row, at=at)
        return True

    def close(self, step: Step, at: datetime) -> bool:
        if step.by < 0:
            return False
        people.deactivate_person(
            by=self.actor(step.by, at), person=Person.objects.get(pk=self.people[step.person].pk), at=at
        )
        return True

    def operator(self, step: Step, at: datetime) -> bool:
        operators.name_operator(by=SETUP, service=step.service, organisation=self.places[step.place], at=at)
        return True

    def reach(self, number: int) -> Reach:
        by: PersonActor = person_actor(self.people[number], self.clock.at)
        return Reach(bound_services(by.grants), set(by.zones))


@pytest.mark.prove
@pytest.mark.django_db
def test_the_database_does_step_by_step_what_the_rule_says():
    done: Counter[str] = Counter()
    world = Real()
    for seed in range(REAL):
        with transaction.atomic():
            model = plain()
            for number, step in enumerate(history(seed, LENGTH)):
                was_done = world.live(step)
                assert was_done == model.live(step), f"history {seed}, step {number}: {step} done: {was_done}"
                done[step.what] += was_done
                for person in concerned(number, step) if was_done else ():
                    check(seed, number, step, world.reach(person), model.entitled(person), person)
            transaction.set_rollback(True)
    assert all(done.values()) and len(done) == 8
