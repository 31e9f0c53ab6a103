"""Registrations at the desk: the list, decisions, setup, access needs, files, and how long it is kept."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from factories.registrations import PRESENT as NOW
from factories.registrations import a_ticket, coming, registered

from sauga.events.registration.models import Quota, Registration
from sauga.events.registration.queries.details import needs_by
from sauga.events.states import RegistrationState
from sauga.kernel import audit, clock, retention
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.sealed.models import WrappedKey
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_the_desk_lists_searches_decides_and_counts(centre: Centre):
    event = coming(centre)
    ticket = a_ticket(centre, event, 1, at=NOW)
    classes = a_ticket(centre, event, 30, classes=True, approval=True, at=NOW)
    rows = [registered(ticket, name, at=NOW) for name in ("Ona", "Ieva")]
    group = registered(classes, "a", pupils=9, at=NOW)
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/{event.ref}/registrations/"
    assert "Saugus internetas klasėje" in desk.get("/desk/events/registrations/").text
    confirmed = desk.get(base).text
    assert "Ona" in confirmed and "Ieva" not in confirmed
    for words in ("IEVA", "ieva@mokykla.example"):
        assert "Ieva" in desk.get(base, {"view": "line", "words": words}).text
    assert "Ieva" not in desk.get(base, {"view": "line", "words": "Ona"}).text
    many = "/desk/events/registrations/many/"
    done = desk.post(many, {"refs": [group.ref, rows[0].ref], "do": "approve", "back": base})
    assert done.status_code == 302 and done.url == base
    group.refresh_from_db()
    assert group.state == RegistrationState.CONFIRMED
    one = f"/desk/events/registrations/{rows[1].ref}/"
    assert "ieva@mokykla.example" in desk.get(one).text
    assert desk.post(f"{one}forward/", {}).status_code == 422
    assert desk.post(f"{one}forward/", {"reason": "ACCESS"}).status_code == 302
    assert desk.post(f"{one}approve/").status_code == 302  # refused: nothing to approve
    line = desk.get(f"{base}line/").text
    assert "Ieva" in line and "Visos vietos užimtos" in line
    assert desk.post(f"{one}cancel/").status_code == 302
    rows[1].refresh_from_db()
    assert rows[1].state == RegistrationState.CANCELLED


def test_the_desk_sets_up_what_can_be_registered_for(centre: Centre):
    event = coming(centre)
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/{event.ref}/registrations/"
    assert "Bilietų dar nėra" in desk.get(f"{base}setup/").text
    quota = {"name_lt": "Salė", "name_en": "Hall", "size": "2"}
    assert desk.post(f"{base}quota/", {**quota, "size": "0"}).status_code == 422
    assert desk.post(f"{base}quota/", quota).status_code == 302
    held = Quota.objects.get()
    ticket = {"name_lt": "Vieta", "name_en": "Seat", "quotas": [held.pk], "opens_at": "2026-01-01T10:00"}
    for wrong, words in (
        ({"closes_at": "2026-03-29T03:30"}, "valandos nėra"),  # the clock is put forward that night
        ({"closes_at": "2026-10-25T03:30"}, "du kartus"),
        ({"closes_at": "2025-01-01T10:00"}, "užsidaro vėliau"),
        ({"closes_at": "x"}, "dieną ir valandą"),
        ({"closes_at": "2099-01-01T10:00"}, "ne vėliau, nei prasideda"),
    ):
        answer = desk.post(f"{base}ticket/", {**ticket, **wrong})
        assert answer.status_code == 422 and words in answer.text, wrong
        asks = BeautifulSoup(answer.content, "html.parser").select_one("select[name=which]")
        assert (asks is not None) == (wrong["closes_at"] == "2026-10-25T03:30")  # only in that night
    closes = {"closes_at": "2026-10-25T03:30", "which": "second"}
    assert desk.post(f"{base}ticket/", {**ticket, **closes}).status_code == 302
    made = event.tickets.get()
    assert (made.closes_at.hour, made.closes_at.minute) == (1, 30)
    assert 'value="2026-10-25T03:30"' in desk.get(f"{base}ticket/{made.ref}/").text
    question = {"kind": "TEXT", "text_lt": "Ką?", "text_en": "What?"}
    assert desk.post(f"{base}question/", question).status_code == 302
    asked = event.questions.get()
    assert desk.post(f"{base}question/{asked.ref}/", {**question, "text_lt": "Kodėl?"}).status_code == 302
    assert "Kodėl?" in desk.get(f"{base}setup/").text
    assert desk.post(f"{base}remove/quota/{held.ref}/").status_code == 302 and Quota.objects.exists()
    for kind, row in (("question", asked), ("ticket", made), ("quota", held)):
        assert desk.post(f"{base}remove/{kind}/{row.ref}/").status_code == 302
    assert not Quota.objects.exists() and not event.questions.exists()
    assert desk.get(f"{base}quota/{held.ref}/").status_code == 404


def test_needs_and_files_ask_for_the_second_factor_and_are_recorded(centre: Centre):
    event = coming(centre)
    ticket = a_ticket(centre, event, 5, at=NOW)
    registered(ticket, "=Ona", address="ona@mokykla.example", needs="Vietos vežimėliui", at=NOW)
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/{event.ref}/registrations/"
    session = desk.session
    session.pop(sudo.KEY, None)
    session.save()
    for page in ("needs/", "file/csv/", "file/xlsx/"):
        assert desk.get(base + page).url.startswith("/desk/sudo/")
    session = desk.session
    session[sudo.KEY] = clock.now().timestamp()
    session.save()
    assert "Vietos vežimėliui" in desk.get(f"{base}needs/").text
    file = desk.get(f"{base}file/csv/")
    assert "'=Ona" in file.content.decode("utf-8-sig") and "vežimėliui" not in file.content.decode()
    assert desk.get(f"{base}file/xlsx/").content[:2] == b"PK"
    assert desk.get(f"{base}file/exe/").status_code == 404
    names = [entry.action for entry in audit.timeline(event, zone="awareness")]
    assert {"event_registration:needs_opened", "event_registration:exported"} <= set(names)


def test_needs_go_on_the_day_after_and_everything_a_month_later_with_the_keys(centre: Centre):
    event = coming(centre)
    ticket = a_ticket(centre, event, 5, at=NOW)
    row = registered(ticket, "Ona", needs="Vietos vežimėliui", at=NOW)
    assert needs_by([row])[row.pk] == "Vietos vežimėliui"
    assert b"ve" not in bytes(row.needs)[50:] or b"vietos" not in bytes(row.needs).lower()
    for days, has_needs, is_there in ((0, True, True), (2, False, True), (31, False, False)):
        retention.run(
            event.ends + timedelta(days=days), only=["events.registration", "events.registration.needs"]
        )
        assert WrappedKey.objects.filter(holder=row.needs_holder).exists() is has_needs
        assert Registration.objects.filter(pk=row.pk).exists() is is_there
    assert not WrappedKey.objects.filter(holder=row.holder).exists() and Quota.objects.exists()


@pytest.mark.parametrize("role", ["EDITOR", "ANALYST", "DOOR_STAFF"])
def test_other_roles_find_none_of_these_pages(centre: Centre, role: str):
    event = coming(centre)
    ticket = a_ticket(centre, event, 5, at=NOW)
    row = registered(ticket, at=NOW)
    desk, base = sign_in(centre, role), f"/desk/events/{event.ref}/registrations/"
    pages = [
        "",
        "line/",
        "needs/",
        "file/csv/",
        "setup/",
        "quota/",
        "ticket/",
        "question/",
        f"ticket/{ticket.ref}/",
    ]
    assert {page: desk.get(base + page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert desk.get(f"/desk/events/registrations/{row.ref}/").status_code == 404
    assert desk.post(f"/desk/events/registrations/{row.ref}/cancel/").status_code == 404
    assert (
        desk.post("/desk/events/registrations/many/", {"refs": [row.ref], "do": "cancel"}).status_code == 404
    )
