"""Three hundred libraries from the invitation to the count in one script, and the demo's series."""

from datetime import timedelta

import pytest
from factories.webinars import (
    AFTER,
    DURING,
    ENDS,
    GOOD,
    HOST,
    NOW,
    WORKER,
    a_library,
    a_webinar,
    enrolment,
    invited,
)

from sauga.kernel.organisations.tiles import TILES
from sauga.training import demo
from sauga.training.states import SiteState
from sauga.training.viewing import demo as story
from sauga.training.viewing.actions import audience_counts, hosts, reminders
from sauga.training.viewing.measures import MEASURES
from sauga.training.viewing.models import SiteCount, ViewingSite
from sauga.training.viewing.queries import sites
from sauga.training.webinars.models import Question, Webinar
from tests.centre import AT, Centre, centre
from tests.repetition import often

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
NUMBER = often(60, 300)
DAY = timedelta(days=1)


def test_all_libraries_go_live_and_have_their_counts_in(centre: Centre):
    webinar, places = a_webinar(centre), list(TILES)
    libraries = [a_library(n, places[n % len(places)], mailbox=False) for n in range(NUMBER)]
    rows = invited(centre, webinar, *libraries)
    for row in rows:
        site = hosts.enrol(by=HOST, site=row, given=enrolment(30), at=NOW)
        hosts.store_test(by=HOST, site=site, found=GOOD, at=NOW)
        hosts.say_ready(by=HOST, site=site, at=NOW)
        hosts.show(by=HOST, site=site, picture="OK", at=DURING)
    assert sites.watching(webinar) == NUMBER
    for number, row in enumerate(rows):
        audience_counts.count(
            by=HOST, site=row, heads={"parents": 10 + number % 20, "librarians": 1}, at=AFTER
        )
    counts = sites.view_counts(webinar, AFTER)
    assert counts[sites.COUNTED] == counts[sites.ALL] == NUMBER
    heads, counted = sites.counted_heads(webinar)
    assert counted == NUMBER and heads == sum(11 + n % 20 for n in range(NUMBER))
    assert sites.by_state_between(NOW.date(), AFTER.date() + DAY) == {"counted": NUMBER}
    assert sites.heads_between(NOW.date(), AFTER.date() + DAY)["librarians"] == NUMBER
    assert [str(one.evidence) for one in MEASURES] == ["COUNTED", "SELF_REPORTED"]
    closed = reminders.advance_sites(by=WORKER, at=ENDS + timedelta(days=15), most=NUMBER)
    assert closed == NUMBER and not ViewingSite.objects.exclude(state=SiteState.CLOSED).exists()


def test_the_demo_has_one_webinar_over_one_on_and_one_ahead(centre: Centre):
    at = AT + timedelta(days=60)
    roles = ("ORGANISER", "WEBINAR_HOST")
    staff = {role: type("Account", (), {"user": centre.people[role].email}) for role in roles}
    story.seed(at, demo.Cast(staff), number=60)
    past, today, ahead = Webinar.objects.order_by("event__starts")
    assert sites.view_counts(past, at)[sites.COUNTED] > 40
    assert sites.view_counts(today, at)[sites.LIVE] > 30 and sites.watching(today) > 30
    assert sites.view_counts(ahead, at)[sites.INVITED] > 40
    assert len(set(ViewingSite.objects.values_list("municipality", flat=True))) == 12
    assert SiteCount.objects.exists() and Question.objects.count() == 7
