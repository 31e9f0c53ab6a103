"""The whole way in the synthetic internet: letter, proof of delivery, the provider's clicks on the
real page, removal.
"""

import socket
import time
from dataclasses import replace

import pytest

from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.jobs import Job
from sauga.hotline.monitoring.actions import monitoring
from sauga.hotline.notices.actions import escalation, notice_delivery
from sauga.hotline.notices.models import Notice, NoticeMail
from sauga.hotline.states import NoticeState
from sauga.kernel import clock
from sauga.kernel.notifications.bounces import smtp_listener
from sauga.world.internet import World
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.monitoring import ask_without_waiting
from tests.hotline.notices.test_notices import PROMPT, due, loaded, nothing_yet, run_jobs  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def returned(world: World):
    """The listener for returned mail, known to the world."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    listener = smtp_listener.serve(port)
    world.agents.inbound = port
    yield
    listener.stop()
    world.agents.inbound = 0


def until(said, seconds: float = 20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if said():
            return
        time.sleep(0.05)
    assert said()


def state() -> str:
    return Notice.objects.values_list("state", flat=True).get()


def test_prompt_provider_gets_the_letter_answers_on_the_page_and_takes_down(
    centre: Centre, world: World, returned, live_server, settings
):
    settings.ENV = replace(settings.ENV, base_url=live_server.url)
    world.clock.pace = 60
    ask_without_waiting()
    at = clock.now()
    item = due(
        centre,
        email=PROMPT,
        network="EXAMPLE-LT-1",
        country="LT",
        address="http://forumas.greita-talpykla.example/tema/7",
        at=at,
    )
    run_jobs(at=at)
    until(lambda: state() == NoticeState.CLAIMED_REMOVED)
    notice = Notice.objects.get()
    assert list(notice.answers.order_by("pk").values_list("answer", flat=True)) == ["ACKNOWLEDGED", "REMOVED"]
    assert NoticeMail.objects.get().delivered_at is not None
    assert Occurrence.objects.get().notice_delivered_at == notice.delivered_at
    monitoring.check_item(item_id=item.pk, at=clock.now())
    later = clock.now() + monitoring.timedelta(minutes=11)
    monitoring.check_item(item_id=item.pk, at=later)
    assert ContentItem.objects.get().presence == "REMOVED", [check.verdict for check in item.checks.all()]
    escalation.settle_item(item_id=item.pk, at=later)
    assert state() == NoticeState.SATISFIED and Job.SETTLE_NOTICE


def test_mailbox_that_fails_later_is_known_by_its_report(centre: Centre, world: World, returned):
    world.clock.pace = 60
    at = clock.now()
    due(centre, email="later-bounce@silent-hosting.example", at=at)
    run_jobs(at=at)
    assert state() == NoticeState.SENT
    until(lambda: state() == NoticeState.ESCALATED)
    assert NoticeMail.objects.get().failed_at is not None
    assert not notice_delivery.send_mail(mail_id=NoticeMail.objects.get().pk, at=at)
