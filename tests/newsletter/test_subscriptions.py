"""Subscribing: nothing tells who is known, a link alone subscribes nobody, unsubscribing leaves nothing."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.newsletter import NOW, subscribed
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import retention
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.attempts import is_final, wait_after
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import confirmation_mail
from sauga.newsletter.actions import subscriptions as subscription_actions
from sauga.newsletter.actions.subscriptions import SUBSCRIBER
from sauga.newsletter.models import DayCount, SignUp, Subscription
from sauga.newsletter.queries import addresses, links, subscriptions

pytestmark = pytest.mark.django_db
WORKER = SystemActor("newsletter")
FORM = {"email": "Ona@Mokykla.example", "lists": ["teachers"], "language": "lt", "consent": "on"}
PAGE, SENT = "/lt/naujienlaiskis/", "/lt/naujienlaiskis/issiusta/"


def path(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def asked(address: str = "ona@mokykla.example", at=NOW, **more) -> SignUp:
    given = {"language": "lt", "lists": ["teachers"], **more}
    return subscription_actions.ask(by=SUBSCRIBER, address=address, at=at, **given)


def mailed(post) -> list[str]:
    return [message_from_bytes(one.content, policy=policy.default).get_content() for one in post.mails]


def test_the_form_answers_alike_and_writes_alike_whoever_is_known(db):
    subscribed("ona@mokykla.example")
    Client().post(PAGE, {**FORM, "email": "first@mokykla.example"})  # what is loaded once is loaded
    seen = []
    for address in ("ona@mokykla.example", "jonas@mokykla.example"):
        with CaptureQueriesContext(connection) as asked:
            answer = Client().post(PAGE, {**FORM, "email": address})
        assert (answer.status_code, answer.url) == (302, SENT) and not answer.cookies
        seen.append([re.sub(r"'[^']*'|\d+", "?", one["sql"])[:40] for one in asked.captured_queries])
    assert seen[0] == seen[1] and len(seen[0]) > 3
    assert Subscription.objects.count() == 1
    waiting = ProcrastinateJob.objects.filter(task_name="newsletter.send_confirmation")
    assert all(set(job.args) == {"signup_id"} for job in waiting)
    assert "mokykla.example" not in Client().get(SENT).text


@pytest.mark.parametrize("wrong", [{"email": "ona"}, {"consent": ""}, {"lists": []}, {"language": "xx"}])
def test_a_form_that_cannot_be_used_comes_back_with_what_was_typed(db, wrong):
    answer = Client().post(PAGE, {**FORM, **wrong})
    assert answer.status_code == 422 and "error-summary" in answer.text
    assert wrong.get("email", FORM["email"]) in answer.text and not SignUp.objects.exists()


def test_opening_the_mailed_link_subscribes_nobody_and_the_button_does_once(post):
    row = asked(at=NOW)
    assert confirmation_mail.send_confirmation(by=WORKER, signup_id=row.pk, at=NOW)
    assert post.mails[0].rcpt_tos == ["ona@mokykla.example"]
    [text] = mailed(post)
    address = links.confirm_address(row)
    assert address in text and "https://sauga.example/lt/naujienlaiskis/patvirtinti/" in address
    for _scanner in range(2):
        opened = Client().get(path(address))
        assert opened.status_code == 200 and "data-main" in opened.text
        assert opened.headers["Cache-Control"] == "no-store" and "noindex" in opened.text
    assert not Subscription.objects.exists()
    done = Client().post(path(address))
    held = Subscription.objects.get()
    assert done.status_code == 200 and path(links.own_address(links.own_token(held), "lt")) in done.text
    assert (held.language, held.lists, held.version) == ("lt", ["teachers"], 1)
    assert addresses.address_of(held) == "ona@mokykla.example"
    assert b"ona@" not in bytes(held.address) and b"ona@" not in bytes(held.lookup)
    for again in (Client().get(path(address)), Client().post(path(address))):
        assert again.status_code == 410
    assert not WrappedKey.objects.filter(holder=row.holder).exists()
    assert bytes(SignUp.objects.get().address) == b""


def test_a_link_is_over_after_three_days_and_a_forged_one_leads_nowhere(db):
    row = asked(at=NOW - timedelta(days=3, minutes=1))
    assert Client().post(path(links.confirm_address(row))).status_code == 410
    forged = path(links.confirm_address(row)).rstrip("/") + "x/"
    assert Client().post(forged).status_code == 410 and not Subscription.objects.exists()
    with pytest.raises(subscription_actions.LinkOver):
        subscription_actions.confirm(by=SUBSCRIBER, sign_up=row, at=NOW)
    assert not confirmation_mail.send_confirmation(by=WORKER, signup_id=row.pk, at=NOW)


def test_sign_ups_that_nobody_confirms_go_with_their_keys(db):
    row = asked(at=NOW - timedelta(days=5))
    fresh = asked("kita@mokykla.example")
    retention.run(NOW, only=["newsletter.signup"])
    assert list(SignUp.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert not WrappedKey.objects.filter(holder=row.holder).exists()


def test_nobody_fills_a_strangers_mailbox(post):
    rows = [asked() for _ in range(5)]
    sent = [confirmation_mail.send_confirmation(by=WORKER, signup_id=row.pk, at=NOW) for row in rows]
    assert sent == [True] * 3 + [False] * 2 and len(post.mails) == 3
    other = asked("kita@mokykla.example")
    assert confirmation_mail.send_confirmation(by=WORKER, signup_id=other.pk, at=NOW)


def test_a_server_that_is_busy_gets_the_mail_later(post):
    row = asked()
    post.answer = "451 later"
    with pytest.raises(confirmation_mail.NotHanded):
        confirmation_mail.send_confirmation(by=WORKER, signup_id=row.pk, at=NOW)
    post.answer = "250 OK"
    assert confirmation_mail.send_confirmation(by=WORKER, signup_id=row.pk, at=NOW)


def test_who_is_subscribed_reads_so_in_the_mail_and_the_new_choice_replaces_the_old(post):
    held = subscribed("ona@mokykla.example")
    row = asked(language="en", lists=["parents_carers", "seniors", "unknown"])
    confirmation_mail.send_confirmation(by=WORKER, signup_id=row.pk, at=NOW)
    assert links.own_address(links.own_token(held), "en") in mailed(post)[0]
    subscription_actions.confirm(by=SUBSCRIBER, sign_up=row, at=NOW)
    held.refresh_from_db()
    assert (held.language, held.lists) == ("en", ["parents_carers", "seniors"])
    tomorrow = NOW.date() + timedelta(days=2)
    assert subscriptions.at_end(tomorrow) == {"lt": 0, "en": 1} and Subscription.objects.count() == 1


def test_the_own_page_changes_and_ends_the_subscription(db):
    held = subscribed("ona@mokykla.example")
    own = path(links.own_address(links.own_token(held), "lt"))
    shown = Client().get(own)
    assert shown.status_code == 200 and "ona@" not in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert Client().post(own, {"language": "lt"}).status_code == 422
    changed = Client().post(own, {"language": "en", "lists": ["seniors"]})
    assert changed.status_code == 302 and Client().get(changed.url).status_code == 200
    held.refresh_from_db()
    assert (held.language, held.lists) == ("en", ["seniors"])
    assert Client().post(own, {"leave": "1"}).status_code == 200
    assert not Subscription.objects.exists()
    assert not WrappedKey.objects.filter(holder=held.holder).exists()
    assert Client().get(own).status_code == Client().post(own, {"leave": "1"}).status_code == 410
    assert DayCount.objects.get(kind="left").n == 1


def test_a_mail_program_unsubscribes_by_one_post_without_cookie_or_token_of_a_form(db):
    held = subscribed("ona@mokykla.example")
    address = path(links.leave_address(links.own_token(held)))
    strict = Client(enforce_csrf_checks=True)
    opened = strict.get(address)
    assert opened.status_code == 302 and opened.url == links.own_address(links.own_token(held), "lt")
    assert Subscription.objects.exists()
    for _again in range(2):
        done = strict.post(
            address,
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
            headers={"origin": "https://mail.example"},
        )
        assert (done.status_code, done.text, dict(done.cookies)) == (200, "OK\n", {})
    assert not Subscription.objects.exists()
    assert strict.post("/newsletter/leave/nothing/").status_code == 200


def test_only_the_named_system_actors_subscribe_and_deliver(db):
    row = asked()
    stranger = SystemActor("reader")
    with pytest.raises(PermissionRefused):
        subscription_actions.ask(by=stranger, address="a@b.example", language="lt", lists=["seniors"], at=NOW)
    with pytest.raises(PermissionRefused):
        subscription_actions.confirm(by=stranger, sign_up=row, at=NOW)
    with pytest.raises(PermissionRefused):
        confirmation_mail.send_confirmation(by=SUBSCRIBER, signup_id=row.pk, at=NOW)
    with pytest.raises(subscription_actions.ListMissing):
        subscription_actions.ask(
            by=SUBSCRIBER, address="a@b.example", language="lt", lists=["children"], at=NOW
        )


def test_the_digest_of_a_reader_is_not_that_of_a_member(db):
    from sauga.kernel.members import protection

    assert addresses.lookup_of("a@b.example") != protection.lookup_of("a@b.example")
    assert normal_address(" Ona@B.example ") == "ona@b.example"


@pytest.mark.parametrize(
    ("code", "final"),
    [
        *[(code, True) for code in ("5.1.1", "5.1.10", "5.2.1", "550")],
        *[(code, False) for code in ("5.2.2", "5.7.1", "4.2.2", "552", "", "5.1.1x")],
    ],
)
def test_which_codes_end_a_subscription(code, final):
    assert is_final(code) is final


def test_a_mail_that_is_put_off_waits_longer_each_time():
    waits = [wait_after(n) for n in range(1, 7)]
    assert waits[0] == timedelta(minutes=5) and waits == sorted(waits) and waits[-1] < timedelta(days=1)
