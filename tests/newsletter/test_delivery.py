"""Sending: who gets an issue, once; a worker that dies; pause, cancel, limits; bounces."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from factories.newsletter import NOW, approved, subscribed, written

from sauga.kernel import vocab
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.bounces import dispatch
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import delivery as delivery_actions
from sauga.newsletter.actions import issues as writing
from sauga.newsletter.actions import subscriptions
from sauga.newsletter.actions.subscriptions import SUBSCRIBER
from sauga.newsletter.models import DayCount, Delivery, Issue, Subscription
from sauga.newsletter.queries import issues, links
from sauga.newsletter.states import IssueState

pytestmark = pytest.mark.django_db
WORKER = SystemActor("newsletter")


def parsed(post) -> list[EmailMessage]:
    return [message_from_bytes(one.content, policy=policy.default) for one in post.mails]


def to(post) -> list[str]:
    return sorted(one.rcpt_tos[0] for one in post.mails)


def send(at=NOW) -> int:
    return delivery_actions.send_due(by=WORKER, at=at)


def setting(centre, **values) -> None:
    vocab.set_policy(
        by=centre.actor("PUBLISHER"),
        name="policy.newsletter",
        value={**dict(vocab.policy("policy.newsletter")), **values},
        at=NOW,
    )
    vocab.forget()


def test_an_issue_goes_once_to_everybody_of_its_language_and_lists(published, issue, post):
    subscribed("both@a.example", lists=("general_public", "teachers"))
    subscribed("one@a.example", lists=("teachers",))
    subscribed("english@a.example", language="en")
    subscribed("seniors@a.example", lists=("seniors",))
    row = issue(lists=["general_public", "teachers"])
    approved(published, row)
    assert send() == 2 and send() == 0
    assert to(post) == ["both@a.example", "one@a.example"]
    row.refresh_from_db()
    assert (row.state, row.total, row.handed, row.failed) == (IssueState.SENT, 2, 2, 0)
    assert DayCount.objects.get(kind="handed", language="lt").n == 2


def test_the_mail_says_the_same_as_text_and_html_and_tells_nothing_of_its_reader(published, issue, post):
    held = subscribed("ona@a.example")
    row = approved(published, issue())
    send()
    [mail], token = parsed(post), links.own_token(held)
    delivery = Delivery.objects.get()
    assert mail["Subject"] == "Lapkritis" and mail["To"] == "ona@a.example"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = post.mails[0].content
    assert f"List-Unsubscribe: <{links.leave_address(token)}>\r\n".encode() in raw
    assert mail["List-Id"] == "Sauga <newsletter.sauga.example>"
    assert mail["Message-ID"] == f"<{delivery.token}@sauga.example>"
    assert post.mails[0].mail_from == f"b+newsletter.{delivery.token}@sauga.example"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for piece in issues.pieces(Issue.objects.get()):
        assert piece.title in text and f"https://sauga.example{piece.path}" in text
        assert f'href="https://sauga.example{piece.path}"' in html
    own = links.own_address(token, "lt")
    assert text.count(own) == html.count(own) == 1 and "personal.invalid" not in text + html
    assert "Tai & tai." in text and "Tai &amp; tai." in html
    assert links.issue_address(row) in text
    for remote in ("<img", "<script", "<link", "url(", "src="):
        assert remote not in html
    assert '<html lang="lt">' in html


def test_nothing_is_sent_before_its_time_and_what_was_taken_back_is_not(published, issue, post):
    subscribed("ona@a.example")
    row = approved(published, issue(), send_at=NOW + timedelta(hours=1))
    assert send() == 0 and not Delivery.objects.exists()
    writing.take_back(by=published.actor("EDITOR"), issue=row, at=NOW)
    assert send(NOW + timedelta(hours=2)) == 0
    row = approved(published, row, send_at=NOW + timedelta(hours=3), at=NOW + timedelta(hours=2))
    assert send(NOW + timedelta(hours=3)) == 1


def test_a_minute_has_its_limit_and_pausing_stops_at_once(published, issue, post):
    for n in range(5):
        subscribed(f"r{n}@a.example")
    setting(published, per_minute=2)
    row = approved(published, issue())
    assert send() == 2 and send(NOW + timedelta(seconds=20)) == 0
    writing.pause(by=published.actor("PUBLISHER"), issue=row, at=NOW)
    assert send(NOW + timedelta(minutes=1)) == 0
    row.refresh_from_db()
    assert (row.state, row.handed, issues.progress(row).waiting) == (IssueState.PAUSED, 2, 3)
    writing.resume(by=published.actor("PUBLISHER"), issue=row, at=NOW)
    assert [send(NOW + timedelta(minutes=n)) for n in (2, 3, 4)] == [2, 1, 0]
    assert to(post) == [f"r{n}@a.example" for n in range(5)]
    row.refresh_from_db()
    assert row.state == IssueState.SENT


def test_cancelling_leaves_out_the_rest_and_keeps_what_was_sent(published, issue, post):
    for n in range(3):
        subscribed(f"r{n}@a.example")
    setting(published, per_minute=1)
    row = approved(published, issue())
    send()
    writing.cancel(by=published.actor("PUBLISHER"), issue=row, at=NOW)
    assert send(NOW + timedelta(minutes=2)) == 0 and len(post.mails) == 1
    row.refresh_from_db()
    assert (row.state, row.total, row.handed) == (IssueState.CANCELLED, 3, 1) and list(
        issues.published("lt")
    ) == [row]


def test_who_unsubscribes_meanwhile_gets_nothing(published, issue, post):
    first, second = subscribed("first@a.example"), subscribed("second@a.example")
    setting(published, per_minute=1)
    row = approved(published, issue())
    send()
    gone = second if to(post) == ["first@a.example"] else first
    subscriptions.leave(by=SUBSCRIBER, subscription=gone, at=NOW)
    send(NOW + timedelta(minutes=1))
    row.refresh_from_db()
    assert len(post.mails) == 1 and (row.state, row.total, row.handed) == (IssueState.SENT, 1, 1)


def test_a_server_that_puts_off_or_is_away_gets_the_mail_later(published, issue, post, settings):
    from dataclasses import replace

    subscribed("ona@a.example")
    row = approved(published, issue())
    right = settings.ENV
    settings.ENV = replace(right, smtp_url="smtp://127.0.0.1:1")
    assert send() == 0 and Delivery.objects.get().attempts == 0
    settings.ENV, post.answer = right, "451 4.7.1 later"
    assert send() == 0 and Delivery.objects.get().attempts == 1
    post.answer = "250 OK"
    assert send(NOW + timedelta(minutes=1)) == 0
    assert send(NOW + timedelta(minutes=6)) == 1
    row.refresh_from_db()
    assert row.state == IssueState.SENT
    assert len({one["Message-ID"] for one in parsed(post)}) == 1


def test_a_refusal_ends_what_does_not_exist_and_counts_the_rest(published, issue, post):
    subscribed("ona@a.example")
    setting(published, soft_bounces=2)
    post.answer = "554 5.7.1 refused"
    row = approved(published, issue())
    assert send() == 0
    row.refresh_from_db()
    assert (row.state, row.failed) == (IssueState.SENT, 1) and Subscription.objects.get().soft_bounces == 1
    post.answer = "550 5.1.1 no such user"
    approved(published, issue(title="Gruodis"))
    send(NOW + timedelta(minutes=1))
    assert not Subscription.objects.exists() and DayCount.objects.get(kind="bounced").n == 1


def report(code: str, action: str = "failed") -> bytes:
    """What a mail server sends back (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@a.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; a.example\r\n\r\nAction: {action}\r\nStatus: {code}\r\n\r\n--b--\r\n"
    ).encode()


def bounce(mail, code: str, action: str = "failed") -> None:
    dispatch.accept([mail.mail_from], report(code, action), "", NOW)


def test_a_report_ends_the_subscription_of_an_address_that_does_not_exist(published, issue, post):
    subscribed("ona@a.example"), subscribed("jonas@a.example")
    row = approved(published, issue())
    send()
    gone = next(one for one in post.mails if one.rcpt_tos == ["ona@a.example"])
    bounce(gone, "5.1.1", "delayed")
    assert Subscription.objects.count() == 2
    for _twice in range(2):
        bounce(gone, "5.1.1")
    dispatch.accept(["b+newsletter.00000000000000@sauga.example"], report("5.1.1"), "", NOW)
    assert Subscription.objects.count() == 1
    row.refresh_from_db()
    assert row.bounced == 1 and DayCount.objects.get(kind="returned").n == 1
    assert Delivery.objects.filter(subscription=None).count() == 1


def test_full_mailboxes_end_it_after_several_issues_in_a_row_only(published, issue, post):
    held = subscribed("ona@a.example")
    setting(published, soft_bounces=2)

    def round(n: int, code: str = "") -> None:
        approved(published, issue(title=f"Nr. {n}"))
        send(NOW + timedelta(minutes=n))
        if code:
            bounce(post.mails[-1], code)

    round(1, "5.2.2")
    round(2)
    round(3, "4.2.2")
    held.refresh_from_db()
    assert held.soft_bounces == 1  # the second issue did not come back
    round(4, "5.2.2")
    assert not Subscription.objects.exists()


def test_only_the_worker_sends(published, issue):
    row = approved(published, issue())
    for act in (delivery_actions.begin, delivery_actions.send_batch):
        with pytest.raises(PermissionRefused):
            act(by=published.actor("PUBLISHER"), issue=row, at=NOW)
    with pytest.raises(PermissionRefused):
        delivery_actions.send_due(by=SUBSCRIBER, at=NOW)


RUN = """
import sys
import django
django.setup()
from datetime import datetime
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import delivery
delivery.send_due(by=SystemActor("newsletter"), at=datetime.fromisoformat(sys.argv[1]))
"""


def worker(at) -> subprocess.Popen:
    """A worker of its own, on this test's database and mail server."""
    held = connection.settings_dict
    login = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}@" if held["USER"] else ""
    port = f":{held['PORT']}" if held["PORT"] else ""
    url = f"postgresql://{login}{port}/{quote(held['NAME'])}?host={quote(held['HOST'], safe='')}"
    given = {
        "DATABASE_URL": url,
        "SAUGA_SMTP_URL": settings.ENV.smtp_url,
        "SAUGA_DATA": str(settings.ENV.data),
        "SAUGA_BASE_URL": "https://sauga.example",
    }
    environ = {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"}
    return subprocess.Popen([sys.executable, "-c", RUN, at.isoformat()], env=environ)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_middle_leaves_nobody_out_and_nobody_twice(published, post):
    for n in range(6):
        subscribed(f"r{n}@a.example")
    approved(published, written(published))
    honest, child = post.handle_DATA, []

    async def deadly(server, session, envelope):
        if len(post.mails) == 3:  # the fourth mail: the worker dies before the server has taken it
            os.kill(child[0].pid, signal.SIGKILL)
            return "451 later"
        return await honest(server, session, envelope)

    post.handle_DATA = deadly
    child.append(worker(NOW))
    assert child[0].wait(60) == -signal.SIGKILL
    post.handle_DATA = honest
    taken = len(post.mails)
    assert taken == 3 and Issue.objects.get().state == IssueState.SENDING
    left = 0
    for n in range(1, 200):  # the row of the mail under way is free once the database has noticed
        left += send(NOW + timedelta(minutes=n))
        if Issue.objects.get().state == IssueState.SENT:
            break
    assert left == 3 and to(post) == [f"r{n}@a.example" for n in range(6)]
    assert len({one["Message-ID"] for one in parsed(post)}) == 6
