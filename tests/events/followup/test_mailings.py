"""Letters to people of an event: to whom, with which words, once, and only while the state is right."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import translation
from factories.followup import WORDS, WORKER, a_mailing, after, came, missed, moved
from factories.registrations import NOW, PRESENT, a_ticket, an_event, coming, registered
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.followup.actions import delivery
from sauga.events.followup.actions import mailings as actions
from sauga.events.followup.models import MailingLetter
from sauga.events.followup.queries import mailings as queries
from sauga.events.followup.rules import starters
from sauga.events.followup.rules.mailings import (
    FIELDS,
    KINDS,
    LANGUAGES,
    USUAL,
    Kind,
    Words,
    merged,
    unknown_fields,
)
from sauga.events.registration.actions import own
from sauga.events.registration.actions.registrations import REGISTRANT
from sauga.events.registration.queries import links
from sauga.events.states import MailingState, RegistrationState
from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications import batches
from sauga.kernel.notifications.bounces import dispatch
from sauga.kernel.states import MoveNotAllowed
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def parsed(post):
    return [message_from_bytes(one.content, policy=policy.default) for one in post.mails]


def to(post) -> list[str]:
    return sorted(one.rcpt_tos[0] for one in post.mails)


def send(at=NOW) -> int:
    return delivery.send_due(by=WORKER, at=at)


def people(centre: Centre):
    """Five people: one comes, one did not, one cancelled, one is in the line, one is confirmed."""
    event = an_event(centre)
    ticket = a_ticket(centre, event, 4)
    rows = {name: registered(ticket, name) for name in ("came", "missed", "gone", "sure")}
    rows["line"] = registered(ticket, "line", language="en")
    own.cancel(by=REGISTRANT, registration=rows["gone"], at=NOW)
    came(rows["came"], at=after(event)), missed(rows["missed"], at=after(event))
    return event, ticket, rows


def refused(centre: Centre, event, why: str, **more) -> str:
    with pytest.raises(actions.MailingRefused) as found:
        a_mailing(centre, event, at=NOW, **more)
    assert found.value.why == why
    return found.value.text


def test_each_group_gets_its_own_letters(centre: Centre, post):
    event, _ticket, _rows = people(centre)
    expected = {
        "CONFIRMED": ["sure@mokykla.example"],
        "WAITING": ["line@mokykla.example"],
        "ATTENDED": ["came@mokykla.example"],
        "NO_SHOW": ["missed@mokykla.example"],
    }
    for number, (group, addresses) in enumerate(expected.items()):
        words = Words(subject={**WORDS.subject, "lt": f"{number}"}, body=WORDS.body)
        post.mails.clear()
        row = a_mailing(centre, event, at=NOW, groups=[group], words=words)
        actions.send(by=centre.actor("ORGANISER"), mailing=row, at=NOW)
        send(NOW + timedelta(minutes=number))
        assert to(post) == addresses, group


def test_fields_get_the_values_of_each_person_in_their_language(centre: Centre, post):
    event = an_event(centre)
    lt = registered(a_ticket(centre, event, 5), "Ona {link}", address="ona@mokykla.example")
    en = registered(a_ticket(centre, event, 30, classes=True), "b", pupils=9, language="en")
    row = a_mailing(centre, event, at=NOW)
    found = queries.recipients(row)
    assert found.by_language == {"lt": 1, "en": 1} and found.total == 2
    actions.send(by=centre.actor("ORGANISER"), mailing=row, at=NOW)
    assert send() == 2
    mails = {str(mail["To"]): mail for mail in parsed(post)}
    text = mails["ona@mokykla.example"].get_content().replace("\N{NO-BREAK SPACE}", " ")
    assert mails["ona@mokykla.example"]["Subject"] == "Žinia: Saugus internetas klasėje"
    for value in ("Sveiki, Ona {link}.", "2027 m. vasario 9 d.", "internetu", "Vieta", links.own_address(lt)):
        assert value in text, value
    assert "užsiregistravote" in text and text.count(links.own_address(lt)) == 1
    english = mails["b@mokykla.example"]
    assert english["Subject"] == "News: A safe internet in class" and english["Content-Language"] == "en"
    assert links.own_address(en) in english.get_content()
    letter = MailingLetter.objects.get(registration=lt)
    assert mails["ona@mokykla.example"]["Message-ID"] == f"<{letter.token}@sauga.example>"


def test_unknown_fields_are_refused_with_the_known_ones(centre: Centre):
    event = an_event(centre)
    words = Words(subject=WORDS.subject, body={"lt": "{vardas} {name}", "en": "{surname}"})
    with translation.override("en"):
        text = refused(centre, event, "fields", words=words)
    assert "{surname}, {vardas}" in text and all(f"{{{name}}}" in text for name in FIELDS)
    assert unknown_fields(["{ name }", "{", "{}"]) == [""]
    assert merged("{name} { link } {odd}", {"name": "{link}", "link": "x"}) == "{link} x {odd}"


def test_letters_about_attendance_go_to_nobody_else(centre: Centre):
    event = an_event(centre)
    assert "Dalyvavo" in refused(centre, event, "only", kind=Kind.THANKS, groups=["ATTENDED", "NO_SHOW"])
    refused(centre, event, "only", kind=Kind.MISSED, groups=["CONFIRMED"])
    refused(centre, event, "groups", groups=[])
    refused(centre, event, "groups", groups=["EVERYBODY"])
    refused(centre, event, "kind", kind="OTHER")
    refused(centre, event, "tickets", tickets=["0000-0000"])
    refused(centre, event, "words", words=Words(subject=WORDS.subject, body={"lt": "x"}))
    assert all(a_mailing(centre, event, at=NOW, kind=kind, groups=USUAL[kind]) for kind in KINDS)


def test_tickets_and_classes_narrow_it(centre: Centre, post):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 5)
    registered(ticket, "a"), registered(a_ticket(centre, event, 5), "b")
    registered(a_ticket(centre, event, 30, classes=True), "c", pupils=9)
    narrowed = [
        a_mailing(centre, event, at=NOW, tickets=[ticket.ref]),
        a_mailing(centre, event, at=NOW, is_for_classes=True),
    ]
    assert [queries.recipients(row).total for row in narrowed] == [1, 1]
    for row in narrowed:
        actions.send(by=centre.actor("ORGANISER"), mailing=row, at=NOW)
    assert send() == 2 and to(post) == ["a@mokykla.example", "c@mokykla.example"]


def test_it_is_sent_once_whoever_presses_and_the_same_letter_reaches_nobody_twice(centre: Centre, post):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 9)
    registered(ticket, "a")
    first, copy = a_mailing(centre, event, at=NOW), a_mailing(centre, event, at=NOW)
    actions.send(by=centre.actor("ORGANISER"), mailing=first, at=NOW)
    with pytest.raises(MoveNotAllowed):  # pressed twice
        actions.send(by=centre.actor("ORGANISER"), mailing=first, at=NOW)
    assert queries.recipients(copy).have_it == 1
    with pytest.raises(actions.MailingRefused):  # a colleague wrote the same
        actions.send(by=centre.actor("ORGANISER"), mailing=copy, at=NOW)
    registered(ticket, "later")
    actions.send(by=centre.actor("ORGANISER"), mailing=copy, at=NOW)
    assert send() == 2 and send() == 0 and send(NOW + timedelta(hours=1)) == 0
    assert to(post) == ["a@mokykla.example", "later@mokykla.example"]
    first.refresh_from_db()
    assert (first.state, first.total, first.handed) == (MailingState.SENT, 1, 1)
    assert [step.after for step in first.steps.order_by("pk")] == [MailingState.SENDING, MailingState.SENT]


def test_whoever_leaves_the_group_meanwhile_gets_nothing(centre: Centre, post):
    event, _ticket, rows = people(centre)
    row = a_mailing(centre, event, at=NOW, kind=Kind.THANKS, groups=["ATTENDED"])
    actions.send(by=centre.actor("ORGANISER"), mailing=row, at=NOW)
    moved(rows["came"], RegistrationState.NO_SHOW, at=after(event), heads=0)  # the desk corrects
    assert send() == 0 and not post.mails
    row.refresh_from_db()
    assert (row.state, row.total, row.handed, row.skipped) == (MailingState.SENT, 1, 0, 1)


def test_batches_pause_and_stop(centre: Centre, post, monkeypatch):
    monkeypatch.setattr(batches, "per_minute", lambda: 2)
    event = an_event(centre)
    ticket = a_ticket(centre, event, 9)
    for n in range(6):
        registered(ticket, f"r{n}")
    by, row = centre.actor("ORGANISER"), a_mailing(centre, event, at=NOW)
    actions.send(by=by, mailing=row, at=NOW)
    assert send() == 2 and send(NOW + timedelta(seconds=20)) == 0
    actions.pause(by=by, mailing=row, at=NOW)
    assert send(NOW + timedelta(minutes=1)) == 0
    row.refresh_from_db()
    assert (queries.progress(row).handed, queries.progress(row).waiting) == (2, 4)
    actions.resume(by=by, mailing=row, at=NOW)
    assert send(NOW + timedelta(minutes=2)) == 2
    actions.stop(by=by, mailing=row, at=NOW)
    assert send(NOW + timedelta(minutes=3)) == 0 and len(post.mails) == 4
    row.refresh_from_db()
    assert (row.state, row.total, row.handed, row.skipped) == (MailingState.CANCELLED, 6, 4, 2)
    for act in (actions.resume, actions.pause, actions.stop, actions.discard):
        with pytest.raises(MoveNotAllowed):
            act(by=by, mailing=row, at=NOW)


def test_refusals_and_returned_letters_are_counted_and_dead_addresses_left_alone(centre: Centre, post):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 9)
    registered(ticket, "a")
    by, row = centre.actor("ORGANISER"), a_mailing(centre, event, at=NOW)
    actions.send(by=by, mailing=row, at=NOW)
    post.answer = "451 4.7.1 later"
    assert send() == 0 and MailingLetter.objects.get().attempts == 1
    post.answer = "250 OK"
    assert send(NOW + timedelta(minutes=1)) == 0 and send(NOW + timedelta(minutes=6)) == 1
    report = (
        b"From: MAILER-DAEMON@a.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; a.example\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    for _twice in range(2):
        dispatch.accept([post.mails[-1].mail_from], report, "", NOW)
    row.refresh_from_db()
    assert row.bounced == 1
    again = a_mailing(centre, event, at=NOW, words=starters.starters()[Kind.REMINDER])
    assert queries.recipients(again).unreachable == 1 and queries.recipients(again).total == 0
    with pytest.raises(actions.MailingRefused):
        actions.send(by=by, mailing=again, at=NOW)


def test_every_text_to_begin_with_can_be_sent(centre: Centre):
    event = an_event(centre)
    for kind, words in starters.starters().items():
        assert set(words.subject) == set(words.body) == set(LANGUAGES)
        assert not unknown_fields(words.texts)
        a_mailing(centre, event, at=NOW, kind=kind, groups=USUAL[Kind(kind)], words=words)
    assert set(starters.starters()) == set(Kind)


def test_only_organisers_write_and_only_the_worker_sends(centre: Centre):
    event = an_event(centre)
    row = a_mailing(centre, event, at=NOW)
    for role in ("PROGRAMME_COMMITTEE", "DOOR_STAFF", "PHOTOGRAPHER", "PUBLISHER", "AWARENESS_STATISTICIAN"):
        by = centre.actor(role)
        for act in (actions.send, actions.pause, actions.resume, actions.stop, actions.discard):
            with pytest.raises(PermissionRefused):
                act(by=by, mailing=row, at=NOW)
        with pytest.raises(PermissionRefused):
            actions.write_mailing(by=by, event=event, kind="OWN", groups=["CONFIRMED"], words=WORDS, at=NOW)
        desk = sign_in(centre, role)
        for page in ("", "edit/", "preview/"):
            assert desk.get(f"/desk/events/mailings/{row.ref}/{page}").status_code == 404
        assert desk.get(f"/desk/events/{event.ref}/mailings/").status_code == 404
        assert desk.post(f"/desk/events/mailings/{row.ref}/send/").status_code == 404
    with pytest.raises(PermissionRefused):
        delivery.send_due(by=centre.actor("ORGANISER"), at=NOW)


def test_the_desk_writes_shows_tests_and_sends(centre: Centre, post):
    event = coming(centre)
    ticket = a_ticket(centre, event, 9, at=PRESENT)
    ona = registered(ticket, "Ona", at=PRESENT)
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/{event.ref}/mailings/"
    assert "Laiškų dar nėra" in desk.get(base).text
    new = desk.get(f"{base}new/?kind=PLACE").text
    assert "Pasikeitė vieta" in new and "{seat}" in new
    given = {
        "kind": "OWN",
        "groups": ["CONFIRMED"],
        "subject_lt": "Labas",
        "subject_en": "Hello",
        "body_lt": "Sveiki, {nme}",
        "body_en": "Hello {name}",
    }
    wrong = desk.post(f"{base}new/?kind=OWN", given)
    assert wrong.status_code == 422 and "{nme}" in wrong.text
    made = desk.post(f"{base}new/?kind=OWN", {**given, "body_lt": "Sveiki, {name}\r\n\r\nSudie"})
    assert made.status_code == 302
    one = made.url
    assert (
        desk.post(f"{one}edit/", {**given, "body_lt": "Sveiki, {name}", "subject_lt": "Labas rytas"}).url
        == one
    )
    preview = desk.get(f"{one}preview/").text
    assert "Vardas Pavardė" in preview and "Hello Name Surname" in preview
    assert "Sveiki, Ona" in desk.get(f"{one}preview/", {"as": ona.ref}).text
    assert desk.post(f"{one}test/", {"language": "xx"}).status_code == 422
    assert desk.post(f"{one}test/", {"language": "en"}).status_code == 302
    assert parsed(post)[0]["Subject"] == "Test: Hello" and to(post) == [centre.people["ORGANISER"].email]
    assert desk.post(f"{one}send/").status_code == 302
    delivery.send_due(by=WORKER, at=clock.now())
    assert "ona@mokykla.example" in to(post)
    shown = " ".join(desk.get(one).text.split())
    assert "išsiųstas" in shown and "Labas rytas" in desk.get(base).text
    assert desk.post(f"{one}discard/").status_code == 302  # refused: it has been sent
    assert queries.mailing_for(centre.actor("ORGANISER"), one.rstrip("/").rsplit("/", 1)[-1])
