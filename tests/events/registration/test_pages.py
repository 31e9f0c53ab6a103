"""The pages of registration: without an account, by the personal link, as a member; the mails."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from factories.members import browser_of, joined
from factories.registrations import PRESENT as NOW
from factories.registrations import SOON as STARTS
from factories.registrations import WORKER, a_ticket, advanced, coming, registered
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.effects import event_moved
from sauga.events.programme.actions import publication
from sauga.events.registration import presenters, tasks
from sauga.events.registration.actions import desk as desk_actions
from sauga.events.registration.actions import mail as registration_mail
from sauga.events.registration.actions import own, setup
from sauga.events.registration.actions.registrations import REGISTRANT
from sauga.events.registration.models import Quota, Registration, RegistrationStep
from sauga.events.registration.queries import links, registrations
from sauga.events.registration.queries.details import details_of
from sauga.events.states import RegistrationState
from sauga.kernel import clock, rate_limits
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
PERSON = {"name": "Ona", "email": "Ona@Mokykla.example", "needs": ""}
CLASS = {
    "school": "Beržyno progimnazija",
    "class_name": "5b",
    "name": "Mokytoja Rūta",
    "email": "ruta@mokykla.example",
    "heads_grades_5_8": "24",
    "heads_educators": "1",
}


def page_of(ticket) -> str:
    return f"/en/events/{ticket.event.slug}/register/{ticket.ref}/"


def sending(page: str) -> str:
    return re.search(r'name="sending" value="([0-9a-f]{32})"', page).group(1)


def path(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def mailed(post) -> list[tuple[str, str, str]]:
    read = [(one.rcpt_tos[0], message_from_bytes(one.content, policy=policy.default)) for one in post.mails]
    return [(to, mail["Subject"], mail.get_body().get_content()) for to, mail in read]


def send_all(post) -> list[tuple[str, str, str]]:
    """Hand over what waits, as the worker does; what that was."""
    post.mails.clear()
    for step in RegistrationStep.objects.filter(mailed_at__isnull=True).order_by("pk"):
        registration_mail.send_letters(by=WORKER, step_id=step.pk, at=NOW)
    return mailed(post)


def test_the_page_after_the_form_is_kept_for_everybody(centre: Centre):
    """It depends on its address alone, so a rush reads it from memory."""
    ticket = a_ticket(centre, coming(centre), 5, at=NOW)
    answer = Client().get(f"/en/events/{ticket.event.slug}/registered/")
    assert answer.status_code == 200 and answer.cached_page
    assert not answer.cookies


def test_a_person_registers_without_script_cookie_or_account(centre: Centre, post):
    ticket = a_ticket(centre, coming(centre), 1, at=NOW)
    browser = Client()
    begin = browser.get(f"/en/events/{ticket.event.slug}/register/")
    assert begin.status_code == 302 and begin.url == page_of(ticket)
    shown = browser.get(begin.url)
    assert "1 seat left" in shown.text and not shown.cookies and "data-main" in shown.text
    form = {**PERSON, "sending": sending(shown.text)}
    for _click in range(2):
        done = browser.post(begin.url, form)
        assert done.status_code == 302
    row = Registration.objects.get()
    assert row.state == RegistrationState.HELD and details_of(row).address == "ona@mokykla.example"
    assert b"Ona" not in bytes(row.details) and Quota.objects.get().taken == 1
    page = browser.get(done.url)
    assert page.status_code == 200 and not page.cookies and "ona@" not in page.text
    [(to, subject, text)] = send_all(post)
    assert to == "ona@mokykla.example" and subject.startswith("Please confirm")
    link = path(re.search(r"http\S+/events/own/\S+", text).group())
    for _scanner in range(2):
        assert "The seat is held for you until" in browser.get(link).text
    assert browser.post(link, {"do": "confirm"}).status_code == 302
    row.refresh_from_db()
    assert (
        row.state == RegistrationState.CONFIRMED and browser.post(link, {"do": "confirm"}).status_code == 422
    )
    assert [subject.split(":")[0] for _to, subject, _text in send_all(post)] == ["Your seat is confirmed"]
    full = browser.get(begin.url)
    assert "No seats are free now" in full.text and "place\n" not in full.text
    assert "Join the waiting list" in full.text


def test_a_stranger_cannot_find_out_who_comes(centre: Centre, post):
    ticket = a_ticket(centre, coming(centre), 5, at=NOW)
    row = registered(ticket, "Ona", at=NOW)
    send_all(post)
    answers = [Client().post(page_of(ticket), {**PERSON, "name": name}) for name in ("Ona", "Kita")]
    assert answers[0].status_code == answers[1].status_code == 302 and answers[0].url == answers[1].url
    assert Registration.objects.count() == 2
    for _time in range(5):
        Client().post(page_of(ticket), PERSON)
    row.refresh_from_db()
    assert row.reminders == 3  # nobody fills a stranger's mailbox
    post.mails.clear()
    assert registration_mail.send_reminder(by=WORKER, registration_id=row.pk, at=NOW)
    [(to, _subject, text)] = mailed(post)
    assert to == "ona@mokykla.example" and links.own_address(row) in text


def test_in_a_rush_the_form_waits_its_turn_with_everything_that_was_typed(
    centre: Centre, settings, monkeypatch
):
    settings.PRESSURE_POSTS, settings.PRESSURE_WAIT, settings.PRESSURE_CALM = 2, 0, 120
    rate_limits.calm_down()
    ticket, page = (held := a_ticket(centre, coming(centre), 9, at=NOW)), page_of(held)
    forms = [{**PERSON, "name": f"Ona {n}", "sending": f"{n:032x}"} for n in range(3)]
    assert Client().post(page, forms[0]).status_code == 302
    pressed = Client().post(page, forms[1])
    assert pressed.status_code == 429 and "Ona 1" in pressed.text and f'value="{1:032x}"' in pressed.text
    puzzle = re.search(r'name="puzzle" value="([^"]+)"', pressed.text).group(1)
    later = clock.now() + timedelta(seconds=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    waited = Client().post(f"{page}?patient", {**forms[1], "puzzle": puzzle, "proof": ""})
    assert waited.status_code == 302 and Registration.objects.filter(ticket=ticket).count() == 2
    rate_limits.calm_down()


def test_seats_that_nobody_confirms_bring_the_puzzle_to_this_event_alone(centre: Centre, settings):
    settings.PRESSURE_POSTS, settings.PRESSURE_WAIT = 30, 3
    rate_limits.calm_down()
    event = coming(centre)
    ticket, quiet = a_ticket(centre, event, 120, at=NOW), a_ticket(centre, coming(centre), 9, at=NOW)
    forms = [{"name": f"Niekas {n}", "email": f"niekas{n}@nera.example", "needs": ""} for n in range(30)]
    sent = [Client().post(page_of(ticket), form).status_code for form in forms]
    assert sent == [302] * 20 + [429] * 10  # the server is calm: twenty are written to, then it costs work
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.HELD}
    assert 'name="puzzle"' in Client().get(page_of(ticket)).text
    assert 'name="puzzle"' not in Client().get(page_of(quiet)).text
    row = Registration.objects.filter(event=event).earliest("pk")
    own.confirm(by=REGISTRANT, registration=row, at=NOW)
    assert 'name="puzzle"' not in Client().get(page_of(ticket)).text


@pytest.mark.parametrize("wrong", [{"email": "ona"}, {"name": ""}, {"name": "x" * 200}])
def test_a_form_that_cannot_be_used_keeps_what_was_typed(centre: Centre, wrong):
    ticket = a_ticket(centre, coming(centre), 5, at=NOW)
    given = {**PERSON, "needs": "Vietos vežimėliui", **wrong}
    answer = Client().post(page_of(ticket), given)
    assert answer.status_code == 422 and "error-summary" in answer.text
    assert "Vietos vežimėliui" in answer.text and not Registration.objects.exists()


def test_a_class_registers_by_numbers_gives_seats_back_and_cancels_by_its_link(centre: Centre, post):
    ticket = a_ticket(centre, coming(centre), 30, classes=True, at=NOW)
    empty = Client().post(page_of(ticket), {"heads_grades_1_4": ""}).text
    assert empty.count('href="#id_heads"') == 2 and 'id="id_heads_error"' in empty
    assert 'href="#id_school"' in empty and "id_heads_grades_1_4_error" not in empty
    answer = Client().post(page_of(ticket), {**CLASS, "heads_educators": "0"})
    assert answer.status_code == 422 and "At least one adult" in answer.text and "Rūta" in answer.text
    assert Client().post(page_of(ticket), {**CLASS, "heads_grades_5_8": "99"}).status_code == 422
    assert Client().post(page_of(ticket), CLASS).status_code == 302
    row = Registration.objects.get()
    own.confirm(by=REGISTRANT, registration=row, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.heads, row.groups) == (
        RegistrationState.CONFIRMED,
        25,
        {"grades_5_8": 24, "educators": 1},
    )
    own_page = path(links.own_address(row))
    opened = Client().get(own_page)
    assert "Beržyno progimnazija" in opened.text and opened.headers["Cache-Control"] == "no-store"
    fewer = Client().post(own_page, {"do": "heads", "heads_grades_5_8": "20", "heads_educators": "1"})
    assert fewer.status_code == 302 and Quota.objects.get().taken == 21
    more = Client().post(own_page, {"do": "heads", "heads_grades_5_8": "40", "heads_educators": "1"})
    assert more.status_code == 422 and "not that many free seats" in more.text
    for _scanner in range(2):
        Client().get(own_page)
    assert Client().post(own_page, {"do": "cancel"}).status_code == 302
    row.refresh_from_db()
    assert (
        row.state == RegistrationState.CANCELLED
        and Client().post(own_page, {"do": "cancel"}).status_code == 422
    )
    assert [subject for _to, subject, _text in send_all(post)] == ["Cancelled: A safe internet in class"]


def test_the_line_is_shown_with_place_and_next_time_and_an_offer_is_taken_by_its_link(centre: Centre, post):
    event = coming(centre)
    ticket = a_ticket(centre, event, 1, at=NOW)
    ona, ieva, petras = (
        registered(ticket, name, at=NOW, language="en") for name in ("Ona", "Ieva", "Petras")
    )
    page = path(links.own_address(petras))
    assert "You are at place 2." in Client().get(page).text
    assert "as soon as somebody gives theirs back" in Client().get(page).text
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    advanced(event, NOW)
    waits = Client().get(page).text
    assert "You are at place 1." in waits and "at the latest" in waits
    ieva.refresh_from_db()
    letters = send_all(post)
    assert [(to.split("@")[0], subject.split(":")[0]) for to, subject, _text in letters] == [
        ("petras", "You are in the waiting list"),
        ("ona", "Cancelled"),
        ("ieva", "A seat is free for you, please confirm"),
    ]  # Ona's confirmation and Ieva's place in the line are no longer true, and are not sent
    offer = path(links.own_address(ieva))
    assert "Yes, I am coming" in Client().get(offer).text
    assert Client().post(offer, {"do": "accept"}).status_code == 302
    assert Client().post(offer, {"do": "accept"}).status_code == 422
    assert send_all(post)[0][1].startswith("Your seat is confirmed")


def test_a_letter_is_sent_once_and_only_because_the_state_moved(centre: Centre, post):
    by = centre.actor("ORGANISER")
    ticket = a_ticket(centre, coming(centre), 1, approval=True, at=NOW)
    row = registered(ticket, "Ona", at=NOW, language="en")
    assert [subject.split(":")[0] for _to, subject, _text in send_all(post)] == [
        "We have received your registration"
    ]
    assert send_all(post) == []
    desk_actions.approve(by=by, registration=row, at=NOW)
    assert [subject.split(":")[0] for _to, subject, _text in send_all(post)] == ["Your seat is confirmed"]
    post.answer = "451 later"
    own.cancel(by=REGISTRANT, registration=row, at=NOW)
    with pytest.raises(registration_mail.NotHanded):
        send_all(post)
    post.answer = "250 OK"
    assert len(send_all(post)) == 1


def test_a_guardian_decides_on_their_own_page(centre: Centre, post):
    ticket = a_ticket(centre, coming(centre, audiences=("children",)), 2, at=NOW)
    form = {**PERSON, "age": "under14"}
    assert Client().post(page_of(ticket), form).status_code == 422
    same = Client().post(page_of(ticket), {**form, "guardian": PERSON["email"]})
    assert same.status_code == 422 and "your own address" in same.text
    assert Client().post(page_of(ticket), {**form, "guardian": "mama@namai.example"}).status_code == 302
    row = Registration.objects.get()
    assert row.state == RegistrationState.GUARDIAN_PENDING
    letters = {to: text for to, _subject, text in send_all(post)}
    link = links.guardian_address(row)
    assert link in letters["mama@namai.example"] and link not in letters["ona@mokykla.example"]
    assert Client().get(path(link)).status_code == 200 and Quota.objects.get().taken == 0
    assert Client().post(path(link), {"do": "agree"}).status_code == 302
    row.refresh_from_db()
    assert row.state == RegistrationState.CONFIRMED and row.guardian_agreed_at is not None
    assert row.guardian_version == 1
    assert Client().post(path(link), {"do": "refuse"}).status_code == 422
    assert Client().post(path(link), {"do": "withdraw"}).status_code == 302
    row.refresh_from_db()
    assert row.state == RegistrationState.CANCELLED and Quota.objects.get().taken == 0
    assert Client().post(path(link), {"do": "withdraw"}).status_code == 422
    assert Client().get(path(links.own_address(row)).replace("/own/", "/guardian/")).status_code == 410


def test_questions_photographs_and_answers_that_change(centre: Centre):
    by, event = centre.actor("ORGANISER"), coming(centre, photo_policy="with_consent")
    given = {
        "kind": "CHOICE",
        "text": {"lt": "Pietūs?", "en": "Lunch?"},
        "choices": {"lt": ["Taip", "Ne"], "en": ["With", "Without"]},
        "is_required": True,
    }
    with pytest.raises(setup.QuestionRefused):
        setup.put_question(
            by=by, event=event, given={**given, "choices": {"lt": ["Taip"], "en": ["A", "B"]}}, at=NOW
        )
    asked = setup.put_question(by=by, event=event, given=given, at=NOW)
    ticket = a_ticket(centre, event, 3, at=NOW)
    assert Client().post(page_of(ticket), {**PERSON, "photo": "public"}).status_code == 422
    form = {**PERSON, f"q_{asked.ref}": "1", "photo": "faceless"}
    assert Client().post(page_of(ticket), form).status_code == 302
    row = Registration.objects.get()
    own_page = path(links.own_address(row))
    assert "Without" in Client().get(own_page).text and (row.photo, row.photo_version) == ("faceless", 1)
    changed = Client().post(own_page, {"do": "answers", f"q_{asked.ref}": "0"})
    assert Client().post(own_page, {"do": "photo", "photo": "no_recording"}).status_code == 302
    assert changed.status_code == 302 and "With<" in Client().get(own_page).text.replace("\n", "")
    row.refresh_from_db()
    assert row.photo == "no_recording"


def test_a_link_that_was_not_made_here_leads_nowhere(centre: Centre):
    row = registered(a_ticket(centre, coming(centre), 1, at=NOW), at=NOW)
    for place in ("own", "guardian"):
        for token in ("nothing", links.own_token(row) + "x"):
            page = f"/en/events/{place}/{token}/"
            assert Client().get(page).status_code == Client().post(page, {"do": "cancel"}).status_code == 410
    row.refresh_from_db()
    assert row.state == RegistrationState.CONFIRMED


def test_a_member_registers_with_the_account_and_sees_only_their_own(centre: Centre):
    ticket = a_ticket(centre, coming(centre), 1, at=NOW)
    who, secret = joined("ruta@mokykla.example")
    other, others_secret = joined("kita@mokykla.example")
    browser, stranger = browser_of(secret), browser_of(others_secret)
    form = f"/en/my/events/register/{ticket.event.slug}/{ticket.ref}/"
    assert 'name="email"' not in browser.get(form).text
    done = browser.post(form, {"name": "Rūta"})
    row = Registration.objects.get()
    assert (
        done.status_code == 302 and done.url == f"/en/my/events/{row.ref}/" and row.member_id == who.member_id
    )
    assert "Your seat is confirmed" in browser.get(done.url).text
    assert "A safe internet in class" in browser.get("/en/my/events/").text
    assert stranger.get(done.url).status_code == stranger.post(done.url, {"do": "cancel"}).status_code == 404
    with pytest.raises(Exception, match="not allowed"):
        own.cancel(by=other, registration=row, at=NOW)
    assert browser.post(form, {"name": "Rūta"}).url.startswith("/en/my/events/?done=known")
    assert browser.post(done.url, {"do": "cancel"}).status_code == 302
    assert "Cancelled" in browser.get(done.url).text


def test_my_sauga_shows_offers_and_says_what_stays_when_the_account_goes(centre: Centre):
    event = coming(centre)
    ticket = a_ticket(centre, event, 1, at=NOW)
    who, secret = joined("ruta@mokykla.example")
    ona = registered(ticket, "Ona", at=NOW)
    browser_of(secret).post(f"/en/my/events/register/{event.slug}/{ticket.ref}/", {"name": "Rūta"})
    assert list(presenters.waiting(who, NOW)) == []
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    tasks.advance(event.pk)
    assert [one.due is not None for one in presenters.waiting(who, NOW)] == [True]
    assert "A seat is held for you" in browser_of(secret).get("/en/my/").text
    assert [row["state"] for row in registrations.export(who.member, NOW)] == [RegistrationState.OFFERED]
    assert len(presenters.kept(who.member)) == 1


def test_a_registration_belongs_to_the_account_however_it_was_made(centre: Centre):
    """With an account you find your registrations in My Sauga: under My events, on the home page, in the
    calendar file. The public page, the same for everybody, leads to the form of the account."""
    event, other = coming(centre), coming(centre)
    ticket, another = a_ticket(centre, event, 5, at=NOW), a_ticket(centre, other, 5, at=NOW)
    who, secret = joined("ruta@mokykla.example", name="Rūta")
    browser, stranger = browser_of(secret), browser_of(joined("kita@mokykla.example")[1])
    form = f"/en/my/events/register/{event.slug}/{ticket.ref}/"
    chosen = f"/en/my/events/register/{event.slug}/"
    assert f'href="{chosen}"' in Client().get(f"/en/events/{event.slug}/").text
    assert f'href="{form}"' in Client().get(page_of(ticket)).text
    assert Client().get(chosen).url.startswith("/en/my/sign-in/?next=")
    assert browser.get(chosen).url == form and 'value="Rūta"' in browser.get(form).text
    with_account = browser.post(form, {"name": "Rūta"}).url
    public = Client().get(page_of(another)).text
    filled = {"name": "Rūta", "email": "Ruta@mokykla.example", "needs": "", "sending": sending(public)}
    assert Client().post(page_of(another), filled).status_code == 302
    row = Registration.objects.get(event=other)
    without = f"/en/my/events/{row.ref}/"
    for page in ("/en/my/", "/en/my/events/"):
        held = browser.get(page).text
        assert f'href="{with_account}"' in held and f'href="{without}"' in held, page
        assert without not in stranger.get(page).text
    file = browser.get("/en/my/events.ics")
    assert file.headers["Content-Type"].startswith("text/calendar") and file.text.count("BEGIN:VEVENT") == 2
    assert "BEGIN:VEVENT" not in stranger.get("/en/my/events.ics").text
    assert stranger.get(without).status_code == 404
    assert browser.post(without, {"do": "cancel"}).status_code == 302
    row.refresh_from_db()
    assert row.state == RegistrationState.CANCELLED and len(registrations.export(who.member, NOW)) == 2
    assert browser.get("/en/my/events.ics").text.count("BEGIN:VEVENT") == 1


def test_everybody_is_told_when_the_event_moves_or_is_off(centre: Centre, post):
    event = coming(centre)
    rows = [registered(a_ticket(centre, event, 1, at=NOW), name, at=NOW) for name in ("Ona", "Ieva")]
    told = event_moved(by=WORKER, event=event, before=(STARTS, STARTS), at=NOW)
    assert told["registrations"] == 2
    tasks.registration_moved(rows[0].pk)
    tasks.registration_reminder(rows[1].pk)
    subjects = [subject.partition(":")[0] for _to, subject, _text in mailed(post)]
    assert subjects == ["Pasikeitė laikas", "Jau esate užsiregistravę"]
    tasks.advance_all(0)
    publication.cancel_event(by=centre.actor("ORGANISER"), event=event, reason="speaker", note={}, at=NOW)
    tasks.cancel_registrations(event.pk)
    assert {row.state for row in Registration.objects.all()} == {RegistrationState.EVENT_CANCELLED}
    post.mails.clear()
    for step in RegistrationStep.objects.filter(after=RegistrationState.EVENT_CANCELLED):
        tasks.registration_mail(step.pk)
    assert [subject.partition(":")[0] for _to, subject, _text in mailed(post)] == ["Renginys neįvyks"] * 2
