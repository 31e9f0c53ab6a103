"""Whoever is assigned something is told by the bell, and by mail when they wish; what is urgent waits for no
wish."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from sauga.kernel import audit, clock, notifications
from sauga.kernel.audit.trail import INSTALLATION
from sauga.kernel.identity import person_actor
from sauga.kernel.notifications.actions import mail_waiting
from sauga.kernel.notifications.models import MailTime
from sauga.kernel.notifications.preferences import choose_mail_time, mail_time_of
from sauga.kernel.notifications.queries import bell_of, people_to_mail
from tests.kernel.notifications.test_notifications import at_desk

NOON = datetime(2027, 2, 9, 10, tzinfo=UTC)
"""12 o'clock in Vilnius."""
MORNING = datetime(2027, 2, 10, 6, tzinfo=UTC)
"""8 o'clock of the next day."""


def test_two_people_are_given_the_same_and_each_is_mailed_as_they_wish(ona, jonas, analysts, post):
    choose_mail_time(by=person_actor(ona, NOON), time=MailTime.URGENT, at=NOON)
    choose_mail_time(by=person_actor(jonas, NOON), time=MailTime.DAILY, at=NOON)
    notifications.notify(to=analysts, template="test.plain", at=NOON)
    assert [bell_of(person_actor(one, NOON)).unread for one in (ona, jonas)] == [1, 1]
    just_before = MORNING - timedelta(minutes=1)
    assert people_to_mail(NOON) == people_to_mail(just_before) == []
    assert mail_waiting(person_id=jonas.pk, at=just_before) is None
    assert people_to_mail(MORNING) == [jonas.pk]
    assert mail_waiting(person_id=ona.pk, at=MORNING) is None
    notifications.notify(to=jonas, template="test.given", context={"ref": "K7Q4"}, at=MORNING)
    assert mail_waiting(person_id=jonas.pk, at=MORNING).accepted
    assert [one.rcpt_tos for one in post.mails] == [["jonas@sic.example"]]
    assert "K7Q4" not in post.mails[0].content.decode()  # it waits for the next morning
    assert people_to_mail(MORNING + timedelta(hours=23)) == []
    assert people_to_mail(MORNING + timedelta(days=1)) == [jonas.pk]


def test_what_is_urgent_is_mailed_at_once_to_whoever_wishes_no_mail_and_alone(ona, post):
    choose_mail_time(by=person_actor(ona, NOON), time=MailTime.URGENT, at=NOON)
    notifications.notify(to=ona, template="test.plain", at=NOON)
    notifications.notify(to=ona, template="test.given", context={"ref": "K7Q4"}, at=NOON, urgent=True)
    assert people_to_mail(NOON) == [ona.pk]
    assert mail_waiting(person_id=ona.pk, at=NOON).accepted
    (mail,) = [message_from_bytes(one.content, policy=policy.default) for one in post.mails]
    assert mail["Subject"].startswith("SKUBU: darbo vietoje 1 ")
    assert "K7Q4" in mail.get_content() and "Work waits" not in mail.get_content()
    assert people_to_mail(NOON) == []


def test_a_letter_that_no_server_answered_is_not_tried_again_against_the_wish(ona, post):
    notifications.notify(to=ona, template="test.plain", at=NOON)
    post.answer = "451 later"
    assert mail_waiting(person_id=ona.pk, at=NOON).temporary
    choose_mail_time(by=person_actor(ona, NOON), time=MailTime.URGENT, at=NOON)
    assert people_to_mail(NOON) == [] and mail_waiting(person_id=ona.pk, at=NOON) is None


def test_each_chooses_on_a_page_that_says_what_will_happen_to_them(ona, jonas):
    mine, other = at_desk(ona), at_desk(jonas)
    assert "per kelias minutes, atsiunčiama ir el. paštu ona@sic.example" in mine.get("/desk/notices/").text
    page = mine.get("/desk/notices/mail/").text
    assert "to išjungti negalima" in page and 'value="SOON"' in page
    assert "/desk/notices/mail/" in mine.get("/desk/me/").text
    for said in ({}, {"time": "SOMETIME"}):
        assert mine.post("/desk/notices/mail/", {"x": "1", **said}).status_code == 422
    assert mail_time_of(person_actor(ona, clock.now())) == MailTime.SOON
    for _time in range(2):
        done = mine.post("/desk/notices/mail/", {"time": "DAILY"})
        assert (done.status_code, done.headers["Location"]) == (302, "/desk/notices/")
    assert "8 val. ryto atsiunčiama ir el. paštu ona@sic.example" in mine.get("/desk/notices/").text
    assert "within a few minutes is also emailed to jonas@sic.example" in other.get("/desk/notices/").text
    (entry,) = audit.timeline(ona, zone=INSTALLATION)
    assert entry.facts == {"time": "DAILY"}


@pytest.mark.parametrize(("hour", "is_due"), [(5, True), (4, False)])
def test_the_morning_is_that_of_the_installation_in_summer_too(ona, hour, is_due):
    at = datetime(2027, 7, 1, hour, tzinfo=UTC)
    choose_mail_time(by=person_actor(ona, at), time=MailTime.DAILY, at=at)
    notifications.notify(to=ona, template="test.plain", at=at - timedelta(hours=2))
    assert bool(people_to_mail(at)) is is_due
