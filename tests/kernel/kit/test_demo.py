"""Seeding demo data: all or nothing and once, and stories with their jobs in the order of time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from sauga.kernel.kit.demo import Cast, DataPresent, Timeline, seeds
from sauga.kernel.organisations.models import Organisation
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_seeding_is_all_or_nothing_and_refused_beside_data(centre: Centre):
    @seeds(unless=Organisation.objects.filter(code="DEMO").exists)
    def seed(at: Any, staff: Any) -> None:
        Organisation.objects.create(code="DEMO", valid_from=at, changed_at=at)
        if not staff:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        seed(at=AT, staff={})
    assert not Organisation.objects.filter(code="DEMO").exists()
    seed(at=AT, staff={"EDITOR": None})
    with pytest.raises(DataPresent):
        seed(at=AT, staff={"EDITOR": None})


def test_people_act_with_the_rights_of_the_moment_and_open_vaults_only_where_asked(centre: Centre):
    from flows.hotline import Accounts

    staff = Accounts(centre)
    assert Cast(staff).actor("ANALYST", AT).vault is None
    opened = Cast(staff, unlocks=True)
    assert opened.actor("ANALYST", AT).vault is not None
    assert opened.actor("ANALYST", AT).can("hotline.assess")
    assert not opened.actor("ANALYST", AT - timedelta(days=9000)).can("hotline.assess")


def test_stories_and_their_jobs_happen_in_the_order_of_time():
    happened: list[tuple[str, Any]] = []

    def story(name: str, *after: int):
        for minutes in after:
            at = AT + minutes * MINUTE
            yield at
            happened.append((name, at))
            app.configure_task("kit.note").defer(name=name)
            app.configure_task("kit.nobody").defer()

    timeline = Timeline({"kit.note": lambda args, at: happened.append((f"job of {args['name']}", at))})
    for each in (story("late", 5, 90), story("early", 1, 7)):
        timeline.begin(each)
    timeline.run(AT + 60 * MINUTE)
    assert [name for name, _ in happened] == [
        "early",
        "job of early",
        "late",
        "job of late",
        "early",
        "job of early",
    ]
    assert happened[1][1] == AT + MINUTE + timedelta(seconds=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'kit.%'")
        assert cursor.fetchone() == (0,), "a job that nobody does here is not left to the worker either"
