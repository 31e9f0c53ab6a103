"""The demo's Safer Internet Day: 300 activities in all municipalities, last year's with numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.events.activities import demo
from sauga.events.activities.demo import _places
from sauga.events.activities.demo.words import ENGLISH, LITHUANIAN
from sauga.events.activities.queries import figures
from sauga.events.activities.rules.codes import ActivityKind, AgeGroup
from sauga.kernel.kit.demo import Cast
from sauga.kernel.organisations.tiles import TILES
from tests.centre import Centre, centre

__all__ = ["centre"]
AT = datetime(2027, 11, 28, 10, tzinfo=UTC)
"""The staff of the tests has worked for a year."""


@pytest.mark.unit
def test_the_story_reaches_every_municipality_kind_and_age():
    places = list(_places(300))
    assert len(places) == 300 and set(places) == set(TILES)
    told = (*LITHUANIAN, *ENGLISH)
    assert {one.kind for one in told} == set(ActivityKind.values)
    assert {group for one in told for group in one.groups} == set(AgeGroup.values)
    assert len({one.title for one in told}) == len(told)


@pytest.mark.django_db
@pytest.mark.parametrize(("at", "year"), [(AT, 2028), (AT + timedelta(days=150), 2028)])
def test_the_story_is_played_by_the_same_actions_at_any_time_of_the_year(centre: Centre, at, year):
    staff = {"ORGANISER": type("Account", (), {"user": centre.people["ORGANISER"].email})}
    with app.replace_connector(InMemoryConnector()):
        demo.seed(at, Cast(staff), activities=24, last_years=13)
    assert figures.years() == [year, year - 1]
    assert figures.totals(year).activities == 24
    before = figures.totals(year - 1)
    assert before.activities == 13 and before.held == 12 and 0 < before.reported != before.expected
    assert (figures.totals(year).held > 0) == (at > AT)
