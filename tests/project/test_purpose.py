"""Demo or production: written once, refused to the other kind, and no matter who was invited in a demo."""

import pytest
from django.db import DatabaseError, connection, transaction
from factories.people import SETUP, hire

from sauga.kernel import clock
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity.actions.installation import PurposeDiffers, mark_installation
from sauga.kernel.identity.models import Installation, Person
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import SystemActor
from sauga.project import purpose
from sauga.project.cli import CannotRun
from sauga.project.demo import people
from sauga.project.demo.cast import CAST

pytestmark = pytest.mark.django_db
DEMO, PRODUCTION = Installation.Purpose.DEMO, Installation.Purpose.PRODUCTION


def test_the_mark_is_written_once_with_a_line_in_the_audit_log():
    assert mark_installation(by=SETUP, purpose=PRODUCTION, at=clock.now())
    assert not mark_installation(by=SETUP, purpose=PRODUCTION, at=clock.now())
    with pytest.raises(PurposeDiffers):
        mark_installation(by=SETUP, purpose=DEMO, at=clock.now())
    assert [line.facts for line in TrailLine.objects.filter(action="installation:marked")] == [
        {"purpose": "PRODUCTION"}
    ]


def test_nobody_but_the_console_writes_it():
    with pytest.raises(PermissionRefused):
        mark_installation(by=SystemActor("demo"), purpose=DEMO, at=clock.now())


@pytest.mark.parametrize("change", ["UPDATE {} SET purpose = 'DEMO'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_it(change):
    mark_installation(by=SETUP, purpose=PRODUCTION, at=clock.now())
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format("identity_installation"))
    assert purpose.recorded() == "PRODUCTION"


@pytest.mark.parametrize(
    ("is_demo", "words"), [(True, "a demo never runs on real data"), (False, "runs with `sauga demo` only")]
)
def test_the_other_kind_is_refused_in_words(is_demo, words):
    purpose.mark(demo=not is_demo)
    with pytest.raises(CannotRun, match=words):
        purpose.mark(demo=is_demo)
    with pytest.raises(CannotRun, match=words):
        purpose.refuse_other(purpose.recorded(), demo=is_demo)
    assert "is marked" in purpose.mark(demo=not is_demo)


def test_whoever_is_invited_in_a_demo_belongs_to_it():
    """The demo starts again with an account that it did not make."""
    cast = [
        account
        for account in _cast()
        if account.user in {"analyst@hotline.example", "custodian@hotline.example"}
    ]
    purpose.mark(demo=True)
    assert people.settle(cast, clock.now())
    invited = hire().person
    assert "is marked as demo" in purpose.mark(demo=True)
    assert not people.settle(cast, clock.now())
    assert Person.objects.filter(pk=invited.pk).exists()


@pytest.mark.parametrize(
    ("email", "found"), [(purpose.DEMO_ACCOUNT, "DEMO"), ("first@yours.example", "PRODUCTION")]
)
def test_a_database_from_before_the_mark_is_known_by_its_accounts(email, found):
    assert purpose.known() == "", "nobody has an account yet"
    Person.objects.create(email=email, name="X")
    assert (purpose.recorded(), purpose.known()) == ("", found)
    with pytest.raises(CannotRun):
        purpose.mark(demo=found != "DEMO")
    purpose.mark(demo=found == "DEMO")
    assert purpose.recorded() == found


def test_every_demo_has_the_account_by_which_it_is_known():
    assert purpose.DEMO_ACCOUNT in {user for user, *_ in CAST}


def _cast():
    from sauga.kernel.identity.signin import mfa

    return [
        people.Account(user, name, place, roles[0], roles, language, totp_secret=mfa.new_totp_secret())
        for user, name, place, roles, language in CAST
    ]
