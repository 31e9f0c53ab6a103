"""Accounts of staff that partners' editors had: `sauga init` makes them members, once."""

from datetime import timedelta

import pytest
from factories.adaptations import school
from factories.people import hire
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.models import Grant, Invitation, KindRole, Membership, Person, Role
from sauga.kernel.members import organisations_of, protection
from sauga.kernel.members.models import Member, Representation
from sauga.kernel.organisations.models import Organisation, OrganisationKind
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations.actions.partner_accounts import move_partner_editors
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
SETUP = SystemActor("setup")


@pytest.fixture
def role(centre: Centre) -> Role:
    """The role as an older version left it."""
    made = Role.objects.create(code="PARTNER_EDITOR", labels={"lt": "Partnerio redaktorius"})
    Grant.objects.bulk_create(
        Grant(role=made, permission=code) for code in ("repository.adapt", "repository.deploy")
    )
    KindRole.objects.create(kind=OrganisationKind.objects.get(code="SCHOOL"), role=made)
    return made


def invited() -> int:
    """How many mails with an invitation are queued."""
    return ProcrastinateJob.objects.filter(task_name="members.send_invitation").count()


def editor_as_staff(name: str, role: Role) -> Person:
    """Somebody with an account of staff who was given the role."""
    person = hire(name, organisation="MOKYKLA").person
    works_at(person, "MOKYKLA", role)
    return person


def works_at(person: Person, code: str, role: Role) -> None:
    """The membership as an older version left it."""
    place = Organisation.objects.get(code=code)
    Membership.objects.create(person=person, organisation=place, role=role, valid_from=clock.now())


def move() -> int:
    return move_partner_editors(by=SETUP, at=clock.now())


def test_an_editor_becomes_a_member_of_the_same_organisation_by_mail_address(centre, role):
    partner = school(centre)
    before = invited()
    alone = editor_as_staff("Saulė Pavyzdė", role)
    both = editor_as_staff("Jonas Pavyzdys", role)
    works_at(both, "AC", Role.objects.get(code="AUDITOR"))
    gone = editor_as_staff("Buvęs Pavyzdys", role)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    assert move() == 3
    assert invited() - before == 2
    for person in (alone, both):
        member = Member.objects.get(lookup=protection.lookup_of(person.email))
        assert list(organisations_of(member.pk)) == [partner.registered_as_id]
        assert protection.names_of([member])[member.pk] == person.name
    assert not Member.objects.filter(lookup=protection.lookup_of(gone.email)).exists()
    alone.refresh_from_db()
    both.refresh_from_db()
    assert (alone.is_active, both.is_active) == (False, True)
    assert not role.memberships.filter(valid_to__isnull=True).exists()
    assert not Grant.objects.filter(permission__in=("repository.adapt", "repository.deploy")).exists()
    assert not KindRole.objects.filter(role=role).exists()
    assert move() == 0 and invited() - before == 2


def test_an_open_invitation_becomes_one_to_the_member_site(centre, role):
    place = Organisation.objects.get(code="MOKYKLA")
    at = clock.now()
    Invitation.objects.create(
        ref="nauja",
        purpose=Invitation.Purpose.JOIN,
        email="nauja@mokykla.example",
        name="Nauja",
        organisation=place,
        role=role,
        invited_by="p-1",
        created_at=at,
        expires_at=at + timedelta(days=7),
    )
    assert move() == 1
    assert Invitation.objects.get().withdrawn_at is not None and invited() == 1
    row = Representation.objects.get()
    assert (row.state, row.organisation) == ("CONFIRMED", place)


def test_only_the_console_moves_them(centre, role):
    editor_as_staff("Saulė Pavyzdė", role)
    for by in (centre.actor("PARTNER_MANAGER"), centre.actor("PUBLISHER"), SystemActor("members")):
        with pytest.raises(PermissionRefused):
            move_partner_editors(by=by, at=clock.now())
    assert not Member.objects.exists()
