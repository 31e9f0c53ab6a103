"""What a reporter writes reaches somebody: bell, counts, a list, who read it, an answer by the receipt."""

import re
from datetime import timedelta

import pytest

from sauga.hotline.figures.queries import counts
from sauga.hotline.reports.actions import thread
from sauga.hotline.reports.models import Message, Report
from sauga.hotline.reports.queries import messages, reporter
from sauga.hotline.service import SERVICE
from sauga.hotline.states import ReportState
from sauga.kernel import clock, sealed
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor, move
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import PUBLIC, reported

pytestmark = pytest.mark.django_db
LIST = "/desk/hotline/messages/"
SAYS = "Adresas vėl veikia."


def written(keys: sealed.ReceiptKeys, text: str = SAYS, *, hours_ago: int = 0) -> Message:
    found = reporter.come_back(keys)
    assert found is not None
    at = clock.now() - timedelta(hours=hours_ago)
    return thread.reporter_writes(by=PUBLIC, report=found.report, key=found.key, text=text, at=at)


def closed(report: Report) -> Report:
    for step in (ReportState.TRIAGED, ReportState.DUPLICATE, ReportState.CLOSED):
        move(report, to=step, by=SystemActor("router"), at=clock.now())
    return report


def counted(centre: Centre, role: str) -> int | None:
    """What My day and the menu count for a role; None where they count nothing of this."""
    by = centre.actor(role, clock.now())
    counter = next(one for one in SERVICE.counters if one.code == "hotline.messages")
    return counter.count(by, clock.now()) if by.can(counter.permission) else None


def test_a_message_on_a_closed_duplicate_is_read_answered_and_seen_on_return(centre: Centre):
    report, keys = reported(category="HATE")
    closed(report)
    assert counted(centre, "ANALYST") == 0
    written(keys, hours_ago=3)
    bell = Notification.objects.get(template="hotline.reporter_wrote", person=centre.people["ANALYST"])
    assert bell.link == f"/desk/hotline/reports/{report.ref}/" and bell.created_at == to_hour(bell.created_at)
    assert counted(centre, "ANALYST") == 1 and counted(centre, "NOTICE_OFFICER") is None

    analyst = sign_in(centre, "ANALYST")
    page = analyst.get(LIST).content.decode()
    assert report.ref in page and "niekas" in page and re.search("laukia [34] val", page) and SAYS not in page
    assert f"{LIST}?view=unread" in analyst.get("/desk/").content.decode()
    assert sign_in(centre, "NOTICE_OFFICER").get(LIST).status_code == 404
    assert SAYS in sign_in(centre, "SECOND_REVIEWER").get(bell.link).content.decode()
    assert counted(centre, "ANALYST") == 1  # whoever may not answer leaves it unread
    opened = analyst.get(bell.link).content.decode()
    row = Message.objects.get()
    assert SAYS in opened and row.read_by == centre.people["ANALYST"] and row.read_at is not None
    assert counted(centre, "ANALYST") == 0
    assert f'action="{bell.link}write/"' in opened
    assert f"{report.ref}/#thread" not in analyst.get(LIST, {"view": "unread"}).content.decode()
    read = analyst.get(LIST).content.decode()
    assert (
        centre.people["ANALYST"].name in read
        and "Visos žinutės perskaitytos" in read
        and '#thread">Atsakyti' in read
    )

    analyst.post(f"{bell.link}write/", {"message": "Ačiū, patikrinsime iš naujo."})
    returned = reporter.come_back(keys)
    assert returned is not None and returned.thread[-1].text == "Ačiū, patikrinsime iš naujo."
    assert report.messages.count() == 2 and '#thread">Atsakyti' not in analyst.get(LIST).content.decode()


def test_a_message_that_arrives_while_the_page_is_open_stays_unread(centre: Centre):
    report, keys = reported()
    first = written(keys)
    later = written(keys, "Ir dar kai kas.")
    by = centre.actor("ANALYST", clock.now())
    assert thread.read_messages(by=by, report=report, up_to=first.pk, at=clock.now()) == 1
    later.refresh_from_db()
    assert later.read_at is None and messages.unread_count(by) == 1
    key = reporter.come_back(keys).key
    thread.analyst_writes(by=by, report=report, key=key, text="Ačiū.", at=clock.now())
    assert messages.unread_count(by) == 1
    with pytest.raises(PermissionRefused):
        thread.read_messages(
            by=centre.actor("NOTICE_OFFICER", clock.now()), report=report, up_to=later.pk, at=clock.now()
        )


def test_unread_messages_stand_first_the_oldest_on_top_and_their_wait_is_a_figure(centre: Centre):
    refs = []
    for number, hours in enumerate((5, 30, 50)):
        report, keys = reported(f"https://forumas.example/{number}")
        written(keys, hours_ago=hours)
        refs.append(report.ref)
    now, by = clock.now(), centre.actor("ANALYST", clock.now())
    oldest = Message.objects.get(report__ref=refs[2])
    thread.read_messages(by=by, report=oldest.report, up_to=oldest.pk, at=now)
    assert [row.report.ref for row in messages.written_to_us(by=by)] == [refs[1], refs[0], refs[2]]
    wait = messages.oldest_wait(now)
    assert wait is not None and timedelta(hours=30) <= wait < timedelta(hours=31)
    longest, n = counts.longest_message_wait(now - timedelta(days=3), now + timedelta(days=1))
    assert n == 3 and longest is not None and 50 * 60 <= longest < 51.1 * 60
    assert counts.longest_message_wait(now - timedelta(days=9), now - timedelta(days=8)) == (None, 0)


def test_the_holder_of_an_open_report_is_told_and_nobody_else(centre: Centre):
    report, keys = reported()
    Report.objects.filter(pk=report.pk).update(held_by=centre.people["ANALYST"])
    written(keys)
    told = Notification.objects.filter(template="hotline.reporter_wrote")
    assert [row.person for row in told] == [centre.people["ANALYST"]]
