"""The demo's data: told once by real actions, never beside real reports, and true to the
synthetic internet.
"""

from datetime import timedelta

import pytest
from django.db import connection
from flows.hotline import Accounts

from sauga.hotline import demo
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.demo import places
from sauga.hotline.figures.queries import takedown
from sauga.hotline.figures.rules.takedown import Clock
from sauga.hotline.notices.models import Notice
from sauga.hotline.reports.models import Contact, Report
from sauga.hotline.states import Handling, NoticeState, Presence, ReportState
from sauga.hotline.tracing import actions as tracing
from sauga.kernel import audit, vocab
from sauga.kernel.kit.demo import DataPresent
from sauga.world.hosts.behaviours import BEHAVIOURS
from sauga.world.internet import World
from tests.centre import Centre, centre, seeded  # noqa: F401  fixtures
from tests.databases import seeded_at
from tests.factories.hotline import AT, reported

pytestmark = pytest.mark.django_db


@pytest.mark.slow("the first test of a run that wants the demo's cases seeds them")
def test_story_fills_every_corner_of_the_desk(seeded: Centre):
    at = seeded_at()
    states = set(Report.objects.values_list("state", flat=True))
    handling = set(ContentItem.objects.values_list("handling", flat=True))
    notices = set(Notice.objects.values_list("state", flat=True))
    assert {
        ReportState.RECEIVED,
        ReportState.TRIAGED,
        ReportState.WAITING_REPORTER,
        ReportState.SPAM,
        ReportState.CLOSED,
    } <= states
    assert {"ACTIONED", "DUPLICATE", "NOT_ILLEGAL", "CONSULTED"} <= set(
        Report.objects.values_list("outcome", flat=True)
    )
    assert {
        Handling.AWAITING_ASSESSMENT,
        Handling.SECOND_REVIEW,
        Handling.POLICE_HOLD,
        Handling.FOLLOWED,
        Handling.WATCHED,
    } <= set(handling)
    assert {
        NoticeState.SATISFIED,
        NoticeState.DISPUTED,
        NoticeState.REFUSED,
        NoticeState.ESCALATED,
    } <= notices
    assert Occurrence.objects.filter(number=2).exists() and ContentItem.objects.filter(priority="P1").exists()
    assert ContentItem.objects.filter(presence=Presence.REMOVED).count() > 30
    assert (
        takedown.takedown(
            takedown.spans(Clock.T_NOTICE, at - timedelta(days=120), at), Clock.T_NOTICE
        ).survival.median
        is not None
    )
    assert Contact.objects.exists()
    late = ContentItem.objects.filter(next_check_at__lt=at).count()
    assert late == 0, "the first minutes of the demo are not spent on looking at everything at once"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE queue_name IN ('hotline', 'monitor', 'notices')"
        )
        assert cursor.fetchone() == (0,), "nothing of the past is left to the worker"
    assert audit.verify("hotline").ok
    assert vocab.policy("policy.confirm_removal")["minutes_apart"] < 1


def test_story_is_never_told_beside_real_reports(centre: Centre):
    reported()
    with pytest.raises(DataPresent):
        demo.seed(AT, Accounts(centre))


def test_synthetic_internet_says_of_the_hosts_what_the_story_says(world: World):
    for host in places.HOSTS:
        address = f"http://www.{host.domain}/"
        asked, told = tracing.ask_sources(address), places.answers(address)
        for answers in (asked, told):
            answers.sort(key=lambda answer: (answer.source, answer.table))
        seen = [(a.source, a.network, a.asn, a.country, a.table, a.as_of, a.emails) for a in asked]
        assert seen == [(a.source, a.network, a.asn, a.country, a.table, a.as_of, a.emails) for a in told]


def test_behaviours_of_the_story_exist_and_stand_for_what_it_saw():
    behaviours = demo.world()
    assert set(behaviours.values()) <= set(BEHAVIOURS)
    assert all(places.host_of(address) for address in behaviours)
