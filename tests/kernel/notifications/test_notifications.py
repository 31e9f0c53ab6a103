"""People are told what waits, at the desk and by mail, and never what a case says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import clock, notifications
from sauga.kernel.identity import NotFound, person_actor
from sauga.kernel.identity.actors import SECOND
from sauga.kernel.notifications import message_templates, tasks
from sauga.kernel.notifications.actions import mail_waiting
from sauga.kernel.notifications.models import Notification
from sauga.kernel.notifications.queries import bell_of, people_to_mail

AT = datetime(2027, 2, 9, 12, tzinfo=UTC)
REF = {"ref": "K7Q4-M2XN"}


def at_desk(person):
    client = Client()
    client.force_login(person)
    session = client.session
    session[SECOND] = clock.now().timestamp()
    session.save()
    return client


def test_a_person_and_a_role_are_told(ona, jonas, analysts):
    notifications.notify(to=ona, template="test.given", context=REF, link="/desk/hotline/", at=AT)
    assert len(notifications.notify(to=analysts, template="test.plain", at=AT)) == 2
    assert notifications.notify(to="nobody-holds-this", template="test.plain", at=AT) == []
    by = person_actor(ona, AT)
    assert bell_of(by).unread == 2
    assert [row.text for row in bell_of(by).news] == ["Work waits", "Item K7Q4-M2XN was given to you"]
    assert str(Notification.objects.first()) == "test.given"


@pytest.mark.parametrize(
    ("template", "context", "link"),
    [
        ("test.unknown", {}, ""),
        ("test.given", {}, ""),
        ("test.given", {"ref": "She wrote that"}, ""),
        ("test.given", {"ref": "ą"}, ""),
        ("test.given", {"ref": ["x"]}, ""),
        ("test.plain", {}, "https://elsewhere.example/"),
        ("test.plain", {}, "//elsewhere.example/"),
        ("test.plain", {}, "/desk/\r\nSet-Cookie: x"),
    ],
)
def test_content_and_strange_links_are_refused(ona, template, context, link):
    with pytest.raises(message_templates.NotificationRefused):
        notifications.notify(to=ona, template=template, context=context, link=link, at=AT)
    assert not Notification.objects.exists()


def test_a_template_is_registered_once():
    notifications.register_template("test.plain", "Work waits")
    with pytest.raises(ValueError, match="something else"):
        notifications.register_template("test.plain", "Other words")
    with pytest.raises(ValueError, match="service"):
        notifications.register_template("Plain words", "x")
    assert message_templates.words("gone.template", {})


def test_one_letter_tells_of_everything_that_waits(ona, post):
    for _ in range(3):
        notifications.notify(to=ona, template="test.plain", at=AT)
    notifications.notify(to=ona, template="test.given", context=REF, at=AT)
    assert people_to_mail(AT) == [ona.pk]
    assert mail_waiting(person_id=ona.pk, at=AT).accepted
    assert mail_waiting(person_id=ona.pk, at=AT) is None
    (mail,) = post.mails
    text = mail.content.decode()
    assert mail.rcpt_tos == ["ona@sic.example"]
    assert "https://sauga.example/desk/notices/" in text
    assert text.count("Work waits") == 1
    assert "Auto-Submitted: auto-generated" in text


def test_what_was_read_is_not_mailed(ona, post):
    (row,) = notifications.notify(to=ona, template="test.plain", at=AT)
    by = person_actor(ona, AT)
    notifications.mark_read(by=by, pk=row.pk, at=AT)
    assert notifications.mark_read(by=by, pk=row.pk, at=AT + timedelta(hours=1)).read_at == AT
    assert people_to_mail(AT) == []
    assert mail_waiting(person_id=ona.pk, at=AT) is None
    assert post.mails == []


def test_a_server_that_asks_for_patience_is_asked_again(ona, post):
    notifications.notify(to=ona, template="test.plain", at=AT)
    post.answer = "451 later"
    assert mail_waiting(person_id=ona.pk, at=AT).temporary
    assert people_to_mail(AT) == [ona.pk]
    post.answer = "550 never"
    assert not mail_waiting(person_id=ona.pk, at=AT).accepted
    assert people_to_mail(AT) == []


def test_old_news_and_people_who_left_get_no_mail(ona, jonas, post):
    notifications.notify(to=ona, template="test.plain", at=AT)
    notifications.notify(to=jonas, template="test.plain", at=AT)
    jonas.is_active = False
    jonas.save()
    assert people_to_mail(AT + timedelta(days=4)) == []
    assert people_to_mail(AT) == [ona.pk]
    assert mail_waiting(person_id=jonas.pk, at=AT) is None


@pytest.mark.django_db(transaction=True)
def mail_jobs(person):
    """This person's jobs; others may have been left behind by tests that commit."""
    return ProcrastinateJob.objects.filter(task_name="notices.mail_person", args__person_id=person.pk)


def test_urgent_mail_is_queued_with_the_act_and_rolled_back_with_it(ona):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notifications.notify(to=ona, template="test.plain", at=AT, urgent=True)
        raise ZeroDivisionError
    assert not mail_jobs(ona).exists()
    notifications.notify(to=ona, template="test.plain", at=AT, urgent=True)
    assert mail_jobs(ona).count() == 1


def test_the_round_gives_each_person_a_job_and_the_job_mails(ona, post):
    notifications.notify(to=ona, template="test.plain", at=clock.now())
    tasks.mail_everyone(timestamp=0)
    assert mail_jobs(ona).count() == 1
    tasks.mail_person(person_id=ona.pk)
    assert len(post.mails) == 1


def test_the_bell_page_shows_reads_and_hides_from_others(ona, jonas):
    now = clock.now()
    (row,) = notifications.notify(to=ona, template="test.given", context=REF, link="/desk/me/", at=now)
    mine, other = at_desk(ona), at_desk(jonas)
    page = mine.get("/desk/notices/").content.decode()
    assert "Item K7Q4-M2XN was given to you" in page
    assert "Item K7Q4" not in other.get("/desk/notices/").content.decode()
    assert other.get(f"/desk/notices/{row.pk}/").status_code == 404
    response = mine.get(f"/desk/notices/{row.pk}/")
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/me/")
    assert Notification.objects.get().read_at is not None
    notifications.notify(to=ona, template="test.plain", at=now)
    assert mine.post("/desk/notices/read/").status_code == 302
    assert bell_of(person_actor(ona, AT)).unread == 0
    assert mine.get("/desk/notices/read/").status_code == 404


def test_nobody_reads_the_bell_unsigned(db):
    assert Client().get("/desk/notices/").status_code == 302


def test_anothers_notification_does_not_exist(ona, jonas):
    (row,) = notifications.notify(to=ona, template="test.plain", at=AT)
    with pytest.raises(NotFound):
        notifications.mark_read(by=person_actor(jonas, AT), pk=row.pk, at=AT)


def test_the_list_costs_the_same_at_one_and_three_rows(ona, django_assert_num_queries):
    by = person_actor(ona, AT)
    for count in (1, 2):
        for _ in range(count):
            notifications.notify(to=ona, template="test.plain", at=AT)
        with django_assert_num_queries(1):
            bell_of(by)


def test_the_page_turns_beyond_the_latest_and_shows_what_is_unread(ona):
    client, now = at_desk(ona), clock.now()
    for _ in range(51):
        notifications.notify(to=ona, template="test.plain", at=now)
    page = client.get("/desk/notices/").content.decode()
    assert page.count("<tr data-row ") == 50 and 'rel="next"' in page and "/desk/notices/read/" in page
    assert client.get("/desk/notices/?after=50").content.decode().count("<tr data-row ") == 1
    client.post("/desk/notices/read/")
    notifications.notify(to=ona, template="test.given", context=REF, link="/desk/hotline/", at=now)
    page = client.get("/desk/notices/?view=unread").content.decode()
    assert (
        page.count("<tr data-row ") == 1 and f"/desk/notices/{Notification.objects.latest('pk').pk}/" in page
    )


def test_who_may_not_see_the_page_is_shown_the_list_instead(ona, analysts):
    """The last who is called when people are missing has no access to what others do about it."""
    rows = [
        notifications.notify(to=ona, template="test.plain", link=link, at=AT)[0]
        for link in ("/desk/hotline/", "/desk/me/", "")
    ]
    leads = [at_desk(ona).get(f"/desk/notices/{row.pk}/").headers["Location"] for row in rows]
    assert leads == ["/desk/notices/", "/desk/me/", "/desk/notices/"]
