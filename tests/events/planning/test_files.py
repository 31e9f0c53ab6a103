"""Files of an event: templates that can be read again, a report before anything is stored, cells named with
what to do, all or nothing, and nobody's data left behind.
"""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from factories.events import NOW, draft, on_team, room, session, venue, words
from factories.registrations import PRESENT, a_ticket, coming, registered

from sauga.events.planning.actions import imports
from sauga.events.planning.models import ImportedFile
from sauga.events.planning.queries.imported import content_of
from sauga.events.planning.queries.layouts import layouts_of
from sauga.events.planning.rules.sheets import MOST_ROWS, Sheets
from sauga.events.programme.models import Event, Session
from sauga.events.registration.actions import setup
from sauga.events.registration.models import Quota, Registration
from sauga.events.registration.queries.details import details_of
from sauga.events.states import RegistrationState
from sauga.events.trail import ZONE
from sauga.kernel import audit, clock, retention
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.kit.imports.formats import open_table
from sauga.kernel.kit.imports.layout import TableRefused
from sauga.kernel.sealed.models import WrappedKey
from tests.centre import Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
PROGRAMME = Sheets.PROGRAMME
SESSIONS = ["title_lt", "kind", "starts", "ends", "place", "track", "speakers"]


def book(sheets: dict[str, list[list[object]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def programme(centre: Centre) -> Event:
    where = venue(centre)
    room(centre, where)
    return draft(centre, format="in_person", venue=where)


WHOLE = {
    "rooms": [["name_lt", "seats"], ["Mažoji", 20], ["Salė", 50]],
    "speakers": [["name", "role_lt"], ["Ona Pušaitė", "mokytoja"]],
    "sessions": [
        SESSIONS,
        ["# explains", "", "", "", "", "", ""],
        ["Atidarymas", "ceremony", "2027-02-09 10:00", "2027-02-09 10:30", "", "", ""],
        [
            "Žaidimai",
            "talk",
            "2027-02-09 10:30",
            "2027-02-09 11:00",
            "mažoji",
            "Mokykla",
            "Ona Pušaitė | Jonas",
        ],
    ],
}


def test_a_programme_is_tried_out_reported_and_stored_as_a_whole(centre: Centre):
    event, desk = programme(centre), sign_in(centre, "ORGANISER")
    base = f"/desk/events/files/{event.ref}/"
    made = desk.post(f"{base}read/programme/", {"file": upload("p.xlsx", book(WHOLE))})
    assert made.status_code == 302
    page = desk.get(made.url).text
    assert not Session.objects.exists() and not event.speakers.exists() and event.venue.rooms.count() == 1
    assert f"{made.url}store/" in page
    assert desk.post(f"{made.url}store/").status_code == 302
    first, second = event.sessions.all()
    assert (first.kind, second.room.name["lt"], str(second.track)) == ("ceremony", "Mažoji", "Mokykla")
    assert [one.speaker.name for one in second.speaking.all()] == ["Ona Pušaitė", "Jonas"]
    assert not any(one.is_shown for one in event.speakers.all())
    assert event.venue.rooms.count() == 2 and not ImportedFile.objects.exists()
    last = audit.zone_lines(ZONE, limit=1)[0]
    assert last.action == "event_file:imported" and dict(last.facts)["rows"] == 4
    again = desk.post(f"{base}read/programme/", {"file": upload("p.xlsx", book(WHOLE))})
    assert "store/" not in desk.get(again.url).text  # all of it is there already
    assert desk.post(f"{again.url}store/").status_code == 302 and event.sessions.count() == 2


BAD = [
    ("starts", "2027-02-30 10:00", "C2", "time"),
    ("kind", "party", "B2", "unknown_code"),
    ("title_lt", "=1+1", "A2", "formula"),
    ("starts", "2027-02-08 10:00", "C2", "own"),  # before the event
    ("ends", "2027-02-09 09:00", "D2", "own"),
    ("place", "Rūsys", "E2", "own"),
]


@pytest.mark.parametrize(("column", "value", "cell", "code"), BAD)
def test_bad_cells_are_named_by_sheet_and_cell_and_nothing_is_stored(
    centre: Centre, column: str, value: str, cell: str, code: str
):
    event, desk = programme(centre), sign_in(centre, "ORGANISER")
    good = dict(zip(SESSIONS, ["A", "talk", "2027-02-09 10:00", "2027-02-09 10:30", "", "", ""], strict=True))
    rows = [SESSIONS, list({**good, column: value}.values()), ["B", *list(good.values())[1:]]]
    rows[2][2:4] = ["2027-02-09 11:00", "2027-02-09 11:30"]
    made = desk.post(
        f"/desk/events/files/{event.ref}/read/programme/",
        {"file": upload("p.xlsx", book({"sessions": rows}))},
    )
    page = desk.get(made.url).text
    assert f"sessions“, langelis {cell}" in page or f"sessions”, cell {cell}" in page, page
    (problem,) = content_of(ImportedFile.objects.get()).rows[0].problems
    assert problem[:2] == (column, code)
    assert "store/" not in page
    desk.post(f"{made.url}store/")
    assert not Session.objects.exists() and ImportedFile.objects.exists()
    assert desk.post(f"{made.url}drop/").status_code == 302 and not ImportedFile.objects.exists()


def test_what_changed_since_the_report_is_reported_anew(centre: Centre):
    event, by = programme(centre), centre.actor("ORGANISER")
    rows = [SESSIONS, ["A", "talk", "2027-02-09 10:00", "2027-02-09 10:30", "Salė", "", ""]]
    file = imports.read_file(
        by=by, event=event, kind=PROGRAMME, name="p.xlsx", content=book({"sessions": rows}), at=NOW
    )
    assert content_of(file).is_fit
    session(centre, event, "10:00", "11:00")  # for everybody
    with pytest.raises(imports.FileUnfit):
        imports.store_file(by=by, file=file, at=NOW)
    file.refresh_from_db()
    assert not content_of(file).is_fit and event.sessions.count() == 1


HEAD = "name;email;school;class;grades_5_8;educators;ticket;question_1"


def test_registrations_from_paper_get_seats_and_places_in_the_line(centre: Centre):
    event = coming(centre)
    ticket = a_ticket(centre, event, 2, at=PRESENT)
    a_ticket(centre, event, 30, classes=True, at=PRESENT)
    asked = {"kind": "YES_NO", "text": words("Pietūs?"), "choices": {}, "is_required": True}
    setup.put_question(by=centre.actor("ORGANISER"), event=event, given=asked, at=PRESENT)
    registered(ticket, "Rita", at=PRESENT, answers={event.questions.get().ref: "yes"})
    desk = sign_in(centre, "ORGANISER")
    base = f"/desk/events/files/{event.ref}/"
    content = csv(
        HEAD,
        "Ona;ona@mokykla.example;;;;;vieta;taip",
        "Ieva;ieva@mokykla.example;;;;;A seat;no",
        "Rita;rita@mokykla.example;;;;;vieta;taip",
        "Rasa;rasa@mokykla.example;Marių;5b;20;1;klasei;ne",
    )
    made = desk.post(f"{base}read/registrations/", {"file": upload("r.csv", content)})
    page = desk.get(made.url).text
    assert Registration.objects.count() == 1 and Quota.objects.order_by("pk")[0].taken == 1
    kept = ImportedFile.objects.get()
    assert b"ona@mokykla.example" not in bytes(kept.rows) and "store/" in page
    assert desk.post(f"{made.url}store/").status_code == 302
    found = {details_of(row).name: row for row in Registration.objects.all()}
    assert {name: row.state for name, row in found.items()} == {
        "Rita": RegistrationState.CONFIRMED,
        "Ona": RegistrationState.CONFIRMED,
        "Ieva": RegistrationState.WAITLISTED,
        "Rasa": RegistrationState.CONFIRMED,
    }
    assert found["Rasa"].heads == 21 and details_of(found["Rasa"]).class_name == "5b"
    assert list(details_of(found["Ieva"]).answers.values()) == ["no"]
    assert not WrappedKey.objects.filter(holder=kept.holder).exists()


def test_rows_of_registrations_that_cannot_be_are_named(centre: Centre):
    event, desk = coming(centre), sign_in(centre, "ORGANISER")
    a_ticket(centre, event, 2, at=PRESENT)
    a_ticket(centre, event, 30, classes=True, at=PRESENT)
    content = csv(
        HEAD.replace(";question_1", ""),
        "Ona;ona@mokykla.example;;;;;vieta",
        "Ieva;nowhere;;;;;vieta",
        "Rita;rita@mokykla.example;;;;;balkonas",
        "Rasa;rasa@mokykla.example;Marių;5b;20;;klasei",
        "+Lina;lina@mokykla.example;;;;;vieta",
        ";jonas@mokykla.example;;;;;vieta",
    )
    made = desk.post(
        f"/desk/events/files/{event.ref}/read/registrations/", {"file": upload("r.csv", content)}
    )
    rows = content_of(ImportedFile.objects.get()).rows
    assert [[problem[:2] for problem in row.problems] for row in rows] == [
        [],
        [("email", "email")],
        [("ticket", "own")],
        [("", "own")],
        [("name", "formula")],
        [("name", "needed")],
    ]
    assert "store/" not in desk.get(made.url).text and not Registration.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_templates_are_read_as_they_are_written(centre: Centre, form: str):
    event, desk = coming(centre), sign_in(centre, "ORGANISER")
    a_ticket(centre, event, 5, at=PRESENT)
    for kind in Sheets:
        content = desk.get(f"/desk/events/files/{event.ref}/template/{kind}.{form}").content
        layout = layouts_of(event, kind)[imports.CSV_SHEET[kind]]
        with pytest.raises(TableRefused) as refused:  # every column known, and no record below
            list(open_table(layout, content, form).rows) if form == "csv" else imports.open_sheets(
                layouts_of(event, kind), content
            )["x"]
        assert refused.value.why == "no_rows"
    assert desk.get(f"/desk/events/files/{event.ref}/template/programme.pdf").status_code == 404


def test_everything_goes_out_harmless_in_sudo_mode_and_comes_in_again(centre: Centre):
    event, desk = programme(centre), sign_in(centre, "ORGANISER")
    session(centre, event, "10:00", "11:00", title={"lt": "=HYPERLINK(1)", "en": "A"})
    session(centre, event, "11:00", "12:00", title={"lt": "Antra"}, room=event.venue.rooms.get())
    path = f"/desk/events/files/{event.ref}/everything/"
    held = desk.session
    held.pop(sudo.KEY, None)
    held.save()
    assert desk.get(path).url.startswith("/desk/sudo/")
    held[sudo.KEY] = clock.now().timestamp()
    held.save()
    content = desk.get(path).content
    sheets = {sheet.title: list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(content))}
    wanted = ["event", "rooms", "speakers", "sessions", "registrations", "tasks", "budget", "numbers"]
    assert list(sheets) == wanted
    assert sheets["sessions"][1][0] == "'=HYPERLINK(1)"
    last = audit.zone_lines(ZONE, limit=1)[0]
    assert last.action == "event_file:exported"
    made = desk.post(
        f"/desk/events/files/{event.ref}/read/programme/", {"file": upload("everything.xlsx", content)}
    )
    rows = content_of(ImportedFile.objects.get(ref=made.url.split("/")[-2])).rows
    assert {row.title: row.outcome for row in rows} == {
        "Salė": "unchanged",
        "'=HYPERLINK(1)": "refused",
        "Antra": "unchanged",
    }


def test_files_that_cannot_be_read_and_people_who_may_not(centre: Centre):
    event = on_team(centre, programme(centre), "PROGRAMME_COMMITTEE", "DOOR_STAFF")
    base, desk = f"/desk/events/files/{event.ref}/", sign_in(centre, "ORGANISER")
    many = csv(
        "title_lt;starts;ends", *(f"A{n};2027-02-09 10:00;2027-02-09 11:00" for n in range(MOST_ROWS + 1))
    )
    for name, content in (
        ("p.xlsx", b"nothing"),
        ("p.xlsx", book({"other": [["a"], ["b"]]})),
        ("p.csv", b""),
        ("p.csv", csv("title_lt")),
        ("p.csv", many),
        ("p.exe", b"MZ"),
    ):
        answer = desk.post(f"{base}read/programme/", {"file": upload(name, content)})
        assert answer.status_code == 422, name
    assert desk.post(f"{base}read/programme/").status_code == 422 and not ImportedFile.objects.exists()
    good = {"file": upload("p.xlsx", book(WHOLE))}
    committee, door = sign_in(centre, "PROGRAMME_COMMITTEE"), sign_in(centre, "DOOR_STAFF")
    assert door.post(f"{base}read/programme/", good).status_code == 404
    assert committee.post(f"{base}read/registrations/", good).status_code == 404
    assert committee.get(f"{base}template/registrations.csv").status_code == 404
    assert committee.get(f"{base}everything/").status_code == 404
    made = committee.post(f"{base}read/programme/", {"file": upload("p.xlsx", book(WHOLE))})
    assert content_of(ImportedFile.objects.get()).rows[0].outcome == "refused"  # a room
    assert desk.get(made.url).status_code == 404 and desk.post(f"{made.url}store/").status_code == 404
    assert committee.post(f"{made.url}burn/").status_code == 404
    with pytest.raises(PermissionRefused):
        imports.store_file(by=centre.actor("DOOR_STAFF"), file=ImportedFile.objects.get(), at=NOW)
    holder = ImportedFile.objects.get().holder
    retention.run(clock.now() + timedelta(days=2), only=["events.importedfile"])
    assert not ImportedFile.objects.exists() and not WrappedKey.objects.filter(holder=holder).exists()
