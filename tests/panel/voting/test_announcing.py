"""Members are told that a ballot has begun, at night only from 16 on; facilitators that one waits to be
counted; figures rest on what was published at the count."""

from datetime import UTC, date, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel.clock import VILNIUS
from sauga.kernel.clock.periods import Period
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from sauga.panel.voice.models import News
from sauga.panel.voice.queries import proposals
from sauga.panel.voting import measures
from sauga.panel.voting.actions import counts
from sauga.panel.voting.queries import ballots as queries
from sauga.panel.voting.rules.codes import Kind
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import ballots as make
from tests.factories.ballots import AT, ENDS, OPENS, WRITES

WORKER = SystemActor("panel")
NIGHT = datetime(2026, 11, 24, 21, tzinfo=UTC)


def mails() -> list[datetime | None]:
    return list(
        ProcrastinateJob.objects.filter(task_name="panel.voice_news").values_list("scheduled_at", flat=True)
    )


def test_everybody_who_may_vote_is_told_once(centre: Centre):
    members = make.voters(6)
    ballot = make.opened(centre)
    news = News.objects.filter(ballot=ballot.ref)
    assert set(news.values_list("member_id", flat=True)) == {one.pk for one in members}
    assert mails() == [None] * 6
    again = make.opened(centre, Kind.OPINION, options=make.STATEMENTS)
    assert News.objects.filter(ballot=again.ref).count() == 6 and len(mails()) == 6, (
        "one mail until looked at"
    )
    assert proposals.news_of(members[0]) == [], "a ballot waits on the home anyway"


def test_at_night_the_mail_to_whoever_is_under_16_waits_for_the_morning(centre: Centre):
    make.voters(3, at=NIGHT, born=date(2012, 3, 1))
    make.voters(3, at=NIGHT, born=date(2009, 3, 1), first=3)
    make.opened(centre, at=NIGHT)
    morning = datetime(2026, 11, 25, 7, tzinfo=VILNIUS)
    assert sorted(mails(), key=str) == sorted([morning] * 3 + [None] * 3, key=str)


def test_having_looked_is_known_and_when_is_not(centre: Centre):
    members = make.voters(6)
    ballot = make.opened(centre)
    browser = make.browser(members[0], AT)
    browser.get(f"/lt/jaunimas/balsavimai/{ballot.ref}/")
    row = News.objects.get(member=members[0], ballot=ballot.ref)
    assert row.seen_at in (None, row.at)
    assert not News.objects.exclude(member=members[0]).filter(seen_at__isnull=False).exists()


def test_when_it_is_over_nobody_is_told_of_it_any_more(centre: Centre):
    for member in make.voters(6):
        assert member is not None
    ballot = make.opened(centre)
    make.counted(centre, ballot)
    assert not News.objects.filter(ballot=ballot.ref).exists()


def test_facilitators_are_told_once_that_a_ballot_waits(centre: Centre):
    make.voters(6)
    ballot = make.opened(centre)
    assert counts.call_counters(by=WORKER, at=ENDS - timedelta(minutes=1)) == 0
    assert counts.call_counters(by=WORKER, at=ENDS) == 1
    assert counts.call_counters(by=WORKER, at=ENDS + timedelta(days=1)) == 0
    told = Notification.objects.filter(template="panel.ballot_ended")
    people = {centre.people[role].pk for role in (WRITES, OPENS)}
    assert set(told.values_list("person_id", flat=True)) == people
    assert set(told.values_list("link", flat=True)) == {f"/desk/panel/ballots/{ballot.ref}/"}
    with pytest.raises(PermissionRefused):
        counts.call_counters(by=SystemActor("stranger"), at=ENDS)


def test_a_counted_ballot_calls_nobody(centre: Centre):
    make.voters(6)
    make.counted(centre, make.opened(centre))
    assert counts.call_counters(by=WORKER, at=ENDS + timedelta(days=1)) == 0


def test_figures_are_what_was_published(centre: Centre):
    members = make.voters(8)
    quarter = Period.parse("2026-Q4")
    assert measures.held(quarter) == 0 and measures.turnout(quarter) == (None, 0)
    ballot = make.opened(centre)
    for member in members[:6]:
        make.vote(member, ballot, "YES")
    assert measures.held(quarter) == 0, "nothing of an open one"
    make.counted(centre, ballot)
    cancelled = make.opened(centre)
    counts.cancel_ballot(by=centre.actor(OPENS), ballot=cancelled, at=ENDS)
    assert measures.held(quarter) == 1 and measures.turnout(quarter) == (0.75, 8)
    assert queries.turnout_between(ENDS + timedelta(days=1), ENDS + timedelta(days=2)) == (0, 0, 0)
