"""`sauga init` on a database that stopped on the way: it is told so, and left as it is."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from sauga.project.cli import CannotRun
from sauga.project.commands import check, init

pytestmark = pytest.mark.django_db


def applied():
    return MigrationRecorder(connection).migration_qs


def test_a_whole_database_lacks_nothing():
    assert init.half_applied() == [] and init.pending_migrations() == []


def test_a_database_with_some_of_the_migrations_that_became_one_is_refused():
    applied().filter(app="hotline", name__in=["0005_many_at_once", "0006_promises_of_members"]).delete()
    applied().filter(app="hotline", name__startswith="0001_squashed").delete()
    before = sorted(applied().values_list("app", "name"))
    with pytest.raises(
        CannotRun, match=r"lacks hotline\.0005_many_at_once, hotline\.0006_promises_of_members"
    ):
        init.bring_up_to_date()
    assert sorted(applied().values_list("app", "name")) == before
    [answer] = check._tables()
    assert answer.grade is check.Grade.BAD and "2 migrations wait" in answer.text


def test_a_library_that_still_ships_its_single_migrations_is_left_to_django():
    later = applied().filter(app="wagtailimages", name__gte="0021")
    assert later.filter(name__startswith="0021").count() == 1
    later.delete()
    applied().filter(app="wagtailimages", name="0001_squashed_0021").delete()
    assert init.half_applied() == []
    assert any(name.startswith("wagtailimages.0021") for name in init.pending_migrations())
