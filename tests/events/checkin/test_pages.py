"""Check-in at the desk, asked by a client: the page and what a device keeps, what devices send, the same
without a script, paper, and who came."""

import io
import json
import re
from datetime import timedelta

import openpyxl
import pikepdf
import pytest
from django.test import Client
from factories.checkin import HOUR, a_day, an_entrance, came, main_list, posted, scan, sent
from factories.registrations import WORKER, a_ticket, registered

from sauga.events.checkin.actions import attendance
from sauga.events.checkin.actions.scans import Message, take
from sauga.events.checkin.models import CheckIn, Device, Entrance
from sauga.events.checkin.queries.people import token_digest
from sauga.events.programme.actions.publication import close_events
from sauga.events.programme.actions.sessions import SessionGiven, add_session
from sauga.events.programme.rules.local_times import local_time
from sauga.events.registration.mail_text import letters
from sauga.events.registration.models import Registration
from sauga.events.registration.queries import links
from sauga.events.states import RegistrationState
from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.desk_access import sudo
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
NOW = clock.now()
SOON = (NOW + HOUR).replace(second=0, microsecond=0)
BEFORE = SOON - timedelta(days=30)


def a_scan(row: Registration, sign: str, **more) -> dict[str, object]:
    """One scan as a browser writes it."""
    given = {"nonce": sign * 32, "list": main_list(row.event).ref, "kind": "IN", "method": "SCAN"}
    return {**given, "code": row.entry_code, "groups": {}, "at": int(NOW.timestamp() * 1000), **more}


def send(desk: Client, event, *scans, **more):
    body = posted("phone-a", main_list(event), *scans, now=NOW) | more
    return desk.post(f"/desk/events/{event.ref}/checkin/sync/", json.dumps(body), "application/json")


def test_the_device_keeps_names_and_codes_and_nothing_else(centre: Centre):
    event, ticket = a_day(centre, SOON, photo_policy="with_consent")
    ona = registered(
        ticket,
        "Ona Pušaitė",
        at=BEFORE,
        needs="Vietos vežimėliui",
        photo="no_recording",
        address="ona@pastas.example",
    )
    classes = a_ticket(centre, event, 30, classes=True, at=BEFORE)
    registered(classes, "a", pupils=9, at=BEFORE)
    desk = sign_in(centre, "DOOR_STAFF")
    base = f"/desk/events/{event.ref}/checkin/"
    page = desk.get(base)
    assert page.status_code == 200 and "camera=(self)" in page.headers["Permissions-Policy"]
    assert "camera=()" in desk.get("/desk/events/checkin/").headers["Permissions-Policy"]
    assert "Ona" not in page.text and centre.people["DOOR_STAFF"].name not in page.text  # it is kept as it is
    answer = desk.get(f"{base}people/")
    assert "no-store" in answer.headers["Cache-Control"]
    for secret in ("pastas.example", "vežimėliui", ona.entry_token, links.own_token(ona), ona.ref):
        assert secret not in answer.text
    kept = answer.json()
    group, person = kept["people"]
    assert person == {
        "c": ona.entry_code,
        "k": token_digest(ona.entry_token),
        "n": "Ona Pušaitė",
        "h": 1,
        "p": "no_recording",
        "t": ticket.pk,
    }
    assert group["n"] == "5a, Beržyno progimnazija" and group["g"] == {"grades_5_8": 9, "educators": 1}
    assert 0 < kept["keep"] <= 24 * 3600 * 1000 and not kept["over"]
    worker = desk.get(f"{base}worker.js")
    shell = json.loads(worker.text.split("\n")[0].removeprefix("const SHELL = ").rstrip(";"))
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert shell["page"] == base and all(path.startswith("/static/") for path in shell["assets"])
    assert "Service-Worker-Allowed" not in worker.headers  # its scope is its own folder
    assert "require-trusted-types-for" in worker.headers["Content-Security-Policy"]
    close_events(by=WORKER, at=event.ends)
    assert desk.get(f"{base}people/").json()["people"] == [] and desk.get(f"{base}people/").json()["over"]


def test_what_a_device_sends_is_merged_and_it_learns_what_others_scanned(centre: Centre):
    event, ticket = a_day(centre, SOON)
    ona, ieva = registered(ticket, "Ona", at=BEFORE), registered(ticket, "Ieva", at=BEFORE)
    entrance = an_entrance(centre, event)
    desk = sign_in(centre, "DOOR_STAFF")
    scans = [a_scan(ona, "1"), a_scan(ieva, "2", code="", token=f"SAUGA:{ieva.entry_token}")]
    for _again in range(2):
        news = send(desk, event, *scans, entrance=entrance.ref, unsent=3).json()
        assert {one["outcome"] for one in news["outcomes"].values()} == {"COUNTED"}
    assert CheckIn.objects.count() == 2
    assert news["counts"] == {"inside": 2, "missing": 0, "here": 2}
    held = {one["c"]: one for one in news["inside"]}
    assert held[ona.entry_code]["n"] == "1" * 32 and held[ona.entry_code]["e"] == entrance.ref
    assert Device.objects.get().unsent == 3
    early = a_scan(ona, "3", at=int((NOW - timedelta(minutes=5)).timestamp() * 1000))
    other = posted("phone-b", main_list(event), early, now=NOW, since=news["newest"])
    found = desk.post(f"/desk/events/{event.ref}/checkin/sync/", json.dumps(other), "application/json").json()
    assert found["outcomes"]["3" * 32] == {"outcome": "COUNTED"}
    (clash,) = found["conflicts"]
    assert clash["nonce"] == "1" * 32 and clash["c"] == ona.entry_code and "A įėjimas" in clash["again"]
    resolve = f"/desk/events/{event.ref}/checkin-day/conflict/{clash['nonce']}/"
    day = desk.get(f"/desk/events/{event.ref}/checkin-day/").text
    assert "Ona" in day and clash["nonce"] in day
    assert day.count(">phone-<") == 2  # the beginnings of their codes
    assert desk.post(resolve, {"resolution": "SENT"}).status_code == 302
    assert send(desk, event).json()["conflicts"] == []
    unknown = send(desk, event, a_scan(ona, "4", code="", token="SAUGA:" + "7" * 16)).json()
    assert "Nežinomas bilietas" in unknown["outcomes"]["4" * 32]["text"]


def test_what_no_device_of_ours_sends_is_refused_and_changes_nothing(centre: Centre):
    event, _ticket = a_day(centre, SOON)
    desk = sign_in(centre, "DOOR_STAFF")
    for wrong in (
        {"device": "<script>"},
        {"device": 7},
        {"list": "0000-0000"},
        {"sent": "now"},
        {"sent": True},
        {"unsent": -1},
        {"since": 2**70},
        {"scans": {}},
        {"scans": [7]},
        {"scans": [{}]},
        {"scans": [{}] * 501},
    ):
        assert send(desk, event, **wrong).status_code == 422, wrong
    assert not Device.objects.exists()


def test_every_wrong_part_of_a_scan_is_refused(centre: Centre):
    event, ticket = a_day(centre, SOON)
    ona = registered(ticket, "Ona", at=BEFORE)
    desk = sign_in(centre, "DOOR_STAFF")
    for wrong in (
        {"nonce": "x"},
        {"kind": "OUT"},
        {"kind": []},
        {"method": "WISH"},
        {"method": {}},
        {"undoes": "y"},
        {"list": ""},
        {"code": 5},
        {"token": "9" * 60},
        {"groups": []},
        {"groups": {"dragons": 1}},
        {"groups": {"educators": 10_000}},
        {"at": "noon"},
        {"at": None},
    ):
        assert send(desk, event, a_scan(ona, "1", **wrong)).status_code == 422, wrong
    for unreadable in ({"token": "SAUGA:\x00", "code": ""}, {"code": "\x00ABC-DEFG"}):
        answer = send(desk, event, a_scan(ona, "9", **unreadable))
        assert answer.json()["outcomes"]["9" * 32]["outcome"] == "REFUSED", unreadable
        CheckIn.objects.all().delete()
    other, others = a_day(centre, SOON)
    send(desk, other, a_scan(registered(others, "Rasa", at=BEFORE), "8"))
    assert send(desk, event, a_scan(ona, "8")).status_code == 422  # the scan of another event
    CheckIn.objects.all().delete()
    far = send(desk, event, a_scan(ona, "1", at=10**300), sent=-(10**300))
    assert far.status_code == 422 and not CheckIn.objects.exists()
    for body in ("{", "[" * 5000, '{"device": "phone-a", "sent": NaN}'):
        sync = f"/desk/events/{event.ref}/checkin/sync/"
        assert desk.post(sync, body, "application/json").status_code == 422


def test_roles_and_events(centre: Centre):
    event, ticket = a_day(centre, SOON)
    ona = registered(ticket, "Ona", at=BEFORE)
    base = f"/desk/events/{event.ref}"
    organisers = ("attendance/", f"attendance/{ona.ref}/", "checkin-day/entrance/")
    for role, checks, edits in (
        ("ORGANISER", 200, 200),
        ("DOOR_STAFF", 200, 404),
        ("PHOTOGRAPHER", 404, 404),
        ("EDITOR", 404, 404),
        ("COUNSELLOR", 404, 404),
        ("ANALYST", 404, 404),
    ):
        desk = sign_in(centre, role)
        for page in ("checkin/", "checkin/people/", "checkin/worker.js", "checkin-day/", "checkin/walk-in/"):
            assert desk.get(f"{base}/{page}").status_code == checks, (role, page)
        assert send(desk, event).status_code == checks
        for page in organisers:
            assert desk.get(f"{base}/{page}").status_code == edits, (role, page)
        assert desk.get(f"/desk/events/attendance-lists/{event.ref}/").status_code == edits
        enter = desk.post(f"{base}/checkin/enter/", {"code": ona.entry_code})
        assert enter.status_code == (302 if checks == 200 else 404)
    door = sign_in(centre, "DOOR_STAFF")
    assert door.get(f"{base}/checkin-day/paper/names/").status_code == 404
    assert door.get(f"{base}/registrations/").status_code == 404  # addresses and needs are not theirs
    assert "registrations/needs/" not in door.get(f"{base}/checkin-day/").text
    assert "registrations/needs/" in sign_in(centre, "ORGANISER").get(f"{base}/checkin-day/").text
    event.team.all().delete()  # check-in staff of other events
    assert all(door.get(f"{base}/{page}").status_code == 404 for page in ("checkin/", "checkin/people/"))
    assert send(door, event).status_code == 404
    assert event.title["lt"] not in door.get("/desk/events/checkin/").text
    with pytest.raises(PermissionRefused):
        take(by=centre.actor("DOOR_STAFF"), event=event, message=Message(device="a", sent=SOON), at=SOON)


def test_without_a_script_people_are_found_checked_in_and_undone(centre: Centre):
    event, ticket = a_day(centre, SOON)
    ona = registered(ticket, "Ona Pušaitė", at=BEFORE, address="ona@pastas.example")
    classes = a_ticket(centre, event, 30, classes=True, at=BEFORE)
    group = registered(classes, "a", pupils=9, at=BEFORE)
    desk = sign_in(centre, "DOOR_STAFF")
    base = f"/desk/events/{event.ref}/checkin/"
    for words in ("pusa", ona.entry_code.lower().replace("-", "")):
        assert "Ona Pušaitė" in desk.get(base, {"q": words}).text
    assert "Nieko nerasta" in desk.get(base, {"q": "Zuzana"}).text
    page = desk.get(base, {"q": "Ona"}).text
    nonce = re.search(r'name="nonce" value="([0-9a-f]{32})"', page)
    given = {"code": ona.entry_code, "nonce": nonce[1], "q": "Ona"}
    for _double in range(2):
        assert desk.post(f"{base}enter/", given).url == f"{base}?q=Ona"
    ona.refresh_from_db()
    assert ona.state == RegistrationState.CHECKED_IN and CheckIn.objects.count() == 1
    assert "Atšaukti" in desk.get(base, {"q": "Ona"}).text
    desk.post(f"{base}enter/", {"code": ona.entry_code, "undoes": nonce[1]})
    ona.refresh_from_db()
    assert ona.state == RegistrationState.CONFIRMED
    part = {"code": group.entry_code, "heads_grades_5_8": "6", "heads_educators": "1"}
    desk.post(f"{base}enter/", part)
    group.refresh_from_db()
    assert group.attended_heads == 7 and "7/10" in desk.get(base, {"q": "progimnazija"}).text
    for wrong in ({"code": "0000-000"}, {"code": ona.entry_code, "nonce": "x"}):
        assert desk.post(f"{base}enter/", wrong).status_code == 404


def test_walk_ins_are_registered_at_the_entrance(centre: Centre):
    event, ticket = a_day(centre, SOON, 1)
    classes = a_ticket(centre, event, 30, classes=True, at=BEFORE)
    desk = sign_in(centre, "DOOR_STAFF")
    base = f"/desk/events/{event.ref}/checkin/walk-in/"
    assert ticket.ref in desk.get(base).text and classes.ref in desk.get(base).text
    form = {"name": "Jonas", "sending": "5" * 32}
    for _double in range(2):
        assert desk.post(f"{base}{ticket.ref}/", form).status_code == 302
    row = Registration.objects.get()
    assert (
        row.state == RegistrationState.CHECKED_IN and row.steps.filter(mailed_at__isnull=False).count() == 0
    )
    full = desk.post(f"{base}{ticket.ref}/", {"name": "Petras"})
    assert full.status_code == 422 and "laisvų vietų nėra" in full.text and "Petras" in full.text
    group = {"name": "Rasa", "school": "Marių gimnazija", "class_name": "6a", "heads_grades_5_8": "20"}
    alone = desk.post(f"{base}{classes.ref}/", group)
    assert alone.status_code == 422 and alone.text.count('id="id_heads_error"') == 1  # no adult
    assert desk.post(f"{base}{classes.ref}/", {**group, "heads_educators": "1"}).status_code == 302
    organiser = sign_in(centre, "ORGANISER")
    assert "Jonas" in organiser.get(f"/desk/events/registrations/{row.ref}/").text
    assert desk.get(f"{base}0000-0000/").status_code == 404


def test_the_ticket_is_in_the_mail_and_on_the_own_page_and_opens_nothing(centre: Centre):
    event, ticket = a_day(centre, SOON)
    ona = registered(ticket, "Ona", at=BEFORE)
    (letter,) = letters(ona.steps.latest("pk"), BEFORE)
    (picture,) = letter.iter_attachments()
    assert picture.get_content_type() == "image/png" and picture.get_content()[:4] == b"\x89PNG"
    assert ona.entry_code in letter.get_body().get_content() and ona.entry_token not in str(letter)
    address = "/" + links.own_address(ona).partition("://")[2].partition("/")[2]
    own = Client().get(address)
    assert ona.entry_code in own.text and 'class="qr"' in own.text
    assert Client().get(address.replace(links.own_token(ona), ona.entry_token)).status_code == 410
    sent(centre, event, scan(ona, NOW), at=NOW)
    ona.refresh_from_db()
    again = Client().get(address).text
    assert "Jūs jau atvykote" in again and 'value="cancel"' not in again


def test_entrances_and_lists_are_edited(centre: Centre):
    event, ticket = a_day(centre, SOON)
    session = add_session(
        by=centre.actor("ORGANISER"),
        event=event,
        given=SessionGiven(
            title={"lt": "Dirbtuvės", "en": "Workshop"},
            starts=local_time(event.starts),
            ends=local_time(event.starts + HOUR),
        ),
        at=BEFORE,
    )
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/{event.ref}/checkin-day/"
    assert desk.post(f"{base}entrance/", {"name_lt": "", "name_en": "A"}).status_code == 422
    assert desk.post(f"{base}entrance/", {"name_lt": "Šoninis", "name_en": "Side"}).url == base
    entrance = Entrance.objects.get()
    assert 'value="Šoninis"' in desk.get(f"{base}entrance/{entrance.ref}/").text
    made = {"session": session.pk, "tickets": [ticket.pk], "opens_before": "30"}
    assert desk.post(f"{base}list/", {**made, "opens_before": "9999"}).status_code == 422
    assert desk.post(f"{base}list/", made).status_code == 302
    day = desk.get(base).text
    assert "Dirbtuvės" in day and "Šoninis" in day
    main = main_list(event)
    assert desk.post(f"{base}list/{main.ref}/", {"opens_before": "45"}).status_code == 302
    assert main_list(event).opens_before == 45
    desk.post(f"{base}remove/list/{main.ref}/")
    desk.post(f"{base}remove/entrance/{entrance.ref}/")
    assert main_list(event) == main and not Entrance.objects.exists()
    assert desk.post(f"{base}remove/dog/{main.ref}/").status_code == 404


def test_paper_needs_the_second_factor_and_is_recorded(centre: Centre):
    event, ticket = a_day(centre, SOON, photo_policy="with_consent")
    for n in range(12):
        registered(ticket, f"Ona{n}", photo="public", at=BEFORE)
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/{event.ref}/checkin-day/paper/"
    session = desk.session
    session.pop(sudo.KEY, None)
    session.save()
    assert desk.get(f"{base}badges/").url.startswith("/desk/sudo/")
    session = desk.session
    session[sudo.KEY] = clock.now().timestamp()
    session.save()
    for kind, pages in (("badges", 2), ("names", 1)):
        with pikepdf.open(io.BytesIO(desk.get(f"{base}{kind}/").content)) as document:
            assert len(document.pages) == pages and document.Root.MarkInfo.Marked
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{base}xlsx/").content))
    assert book.active.max_row == 13
    assert desk.get(f"{base}exe/").status_code == 404


def workbook(text: str) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in text.split():
        book.active.append(line.split(";"))
    book.save(out)
    return out.getvalue()


def test_who_came_is_corrected_and_entered_as_a_list(centre: Centre):
    event, ticket = a_day(centre, SOON - timedelta(days=2))
    rows = [registered(ticket, name, at=BEFORE) for name in ("Ona", "Ieva", "Rita")]
    close_events(by=WORKER, at=NOW)
    event.refresh_from_db()
    attendance.settle_some(by=WORKER, event=event, at=NOW)
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/{event.ref}/attendance/"
    assert "Ona" in desk.get(base, {"view": "open"}).text
    assert "Ona" not in desk.get(base, {"view": "open", "words": "ieva"}).text
    one, lists = f"{base}{rows[0].ref}/", f"/desk/events/attendance-lists/{event.ref}/"
    assert desk.post(one, {"heads": "1"}).status_code == 422
    assert desk.post(one, {"heads": "2", "reason": "SEEN"}).status_code == 422
    assert desk.post(one, {"heads": "1", "reason": "SEEN"}).status_code == 302

    def file(text: str, name: str = "list.csv"):
        upload = io.BytesIO(text.encode() if name.endswith("csv") else workbook(text))
        upload.name = name
        return desk.post(lists, {"file": upload, "others_missed": "on"})

    bad = file(f"code;heads\n{rows[1].entry_code};7\n0000-000;\n{rows[1].entry_code};1\n")
    assert bad.status_code == 422 and bad.text.count("<li>") >= 3
    assert file("nothing\n1\n").status_code == 422
    good = file("email;heads\nieva@mokykla.example;\n", "list.xlsx")
    assert good.status_code == 200
    report = re.search(r'name="report" value="([^"]+)"', good.text)[1]
    assert Registration.objects.filter(state=RegistrationState.NO_SHOW).count() == 0  # only reported so far
    assert desk.post(lists, {"report": report + "x"}).url == lists
    assert desk.post(lists, {"report": report}).url == base
    states = {row.ref: row.state for row in Registration.objects.all()}
    assert [states[row.ref] for row in rows] == [
        RegistrationState.NO_SHOW,
        RegistrationState.ATTENDED,
        RegistrationState.NO_SHOW,
    ]


def test_the_desk_shows_the_day_and_conflicts_count(centre: Centre):
    event, ticket = a_day(centre, SOON)
    ona = registered(ticket, "Ona", at=BEFORE)
    sent(centre, event, scan(ona, NOW), at=NOW)
    assert came(sent(centre, event, scan(ona, NOW), at=NOW, device="phone-b")) in (
        [("CONFLICT", "")],
        [("COUNTED", "")],
    )
    desk = sign_in(centre, "DOOR_STAFF")
    assert event.ref in desk.get("/desk/events/checkin/").text
    assert f"/desk/events/{event.ref}/checkin/" in desk.get(f"/desk/events/{event.ref}/").text
    assert "/desk/events/checkin/?view=conflicts" in desk.get("/desk/").text
    assert event.ref in desk.get("/desk/events/checkin/?view=conflicts").text
