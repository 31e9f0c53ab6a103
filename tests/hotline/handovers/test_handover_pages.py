"""The pages of hand-overs: queues, records, files; by keyboard and without JavaScript every act
is a plain form.
"""

import io
import zipfile

import pytest
from django.test import Client

from sauga.hotline.handovers.actions import exports, records
from sauga.hotline.handovers.models import HandoverExport, HandoverRecord
from sauga.kernel import clock
from sauga.kernel.identity.desk_access import sudo
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.hotline.handovers.test_handover_records import to_police, waiting

PAGE = "/desk/hotline/handovers/"
WHEN = "2026-11-26T10:00"


def unlocked(centre: Centre, role: str) -> Client:
    """Signed in; the password has opened the vault, the second factor was shown a moment ago."""
    return sign_in(centre, role)


def test_empty_queues_say_what_will_appear(centre: Centre):
    client = sign_in(centre, "ANALYST")
    page = client.get(PAGE).content.decode()
    assert "Šiam gavėjui perduoti nėra ko" in page
    assert "Dar nieko neperduota" in client.get(PAGE, {"to": "done"}).content.decode()
    assert (
        "Šiems filtrams niekas netinka" in client.get(PAGE, {"to": "done", "find": "NERA"}).content.decode()
    )


def test_ticked_items_are_recorded_with_their_numbers_and_undone_by_the_toast(centre: Centre):
    client, one, other = sign_in(centre, "ANALYST"), waiting(centre, 1), waiting(centre, 2)
    page = client.get(PAGE).content.decode()
    assert one.ref in page and other.ref in page and "pavyzdys.example/vieta" not in page
    assert f"<dd>{centre.people['ANALYST'].name}</dd>" in page, "who hands over"
    given = {
        "to": "INHOPE",
        "how": "MANUAL",
        "when": "",
        "refs": [one.ref],
        f"number-{one.ref}": "ICCAM 8834207",
    }
    answer = client.post(f"{PAGE}record/", given, follow=True)
    assert "Įrašyta" in answer.content.decode()
    record = HandoverRecord.objects.get()
    assert (record.item, record.reference, record.recorded_by) == (
        one,
        "ICCAM 8834207",
        centre.people["ANALYST"].pseudonym,
    )
    assert f"{PAGE}undo/{record.ref}/" in answer.content.decode()
    done = client.get(PAGE, {"to": "done"}).content.decode()
    assert "ICCAM 8834207" in done and one.ref in done
    client.post(f"{PAGE}undo/{record.ref}/")
    record.refresh_from_db()
    assert record.undone_at is not None
    assert "<s>" in client.get(PAGE, {"to": "done"}).content.decode()


def test_what_was_typed_stays_when_something_is_wrong(centre: Centre):
    client, item = sign_in(centre, "ANALYST"), waiting(centre)
    given = {"to": "INHOPE", "how": "MANUAL", "when": "", "refs": [item.ref], f"number-{item.ref}": "<x>"}
    answer = client.post(f"{PAGE}record/", given)
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and 'value="&lt;x&gt;"' in page
        and 'aria-invalid="true"' in page
        and " checked" in page
    )
    assert (
        client.post(f"{PAGE}record/", {"to": "INHOPE", "how": "MANUAL"}).status_code == 422
    )  # nothing ticked
    future = client.post(f"{PAGE}record/", given | {f"number-{item.ref}": "", "when": "2999-01-01T10:00"})
    assert future.status_code == 422 and not HandoverRecord.objects.exists()
    gone = client.post(f"{PAGE}record/", given | {"refs": [item.ref, "0000-0000"], f"number-{item.ref}": ""})
    assert gone.status_code == 422


def test_a_queue_of_others_is_seen_and_not_touched(centre: Centre):
    item = to_police(centre)
    client = sign_in(centre, "ANALYST")
    page = client.get(PAGE, {"to": "POLICE"}).content.decode()
    assert item.ref in page and 'name="refs"' not in page
    given = {"to": "POLICE", "how": "MANUAL", "when": "", "refs": [item.ref]}
    assert client.post(f"{PAGE}record/", given).status_code == 404
    assert sign_in(centre, "POLICE_LIAISON").post(f"{PAGE}record/", given).status_code == 302


def test_a_file_from_the_tick_to_the_record(centre: Centre):
    client, item = unlocked(centre, "POLICE_LIAISON"), to_police(centre)
    answer = client.post(f"{PAGE}record/", {"to": "POLICE", "how": "ZIP", "when": "", "refs": [item.ref]})
    export = HandoverExport.objects.get()
    place = f"{PAGE}files/{export.ref}/"
    assert answer.headers["Location"] == place
    page = client.get(place).content.decode()
    assert item.ref in page and ".onion" not in page
    assert client.post(f"{place}record/", {"when": WHEN}).status_code == 409  # nobody has downloaded it
    file = client.post(f"{place}download/")
    assert file.headers["Content-Type"] == "application/zip" and "no-store" in file.headers["Cache-Control"]
    assert "manifest.sig" in zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    when = clock.now().astimezone(clock.VILNIUS).strftime("%Y-%m-%dT%H:%M")
    assert client.post(f"{place}record/", {"when": when, f"number-{item.ref}": "IBPS-1"}).status_code == 302
    assert HandoverRecord.objects.get().method == "ZIP"
    assert client.post(f"{place}discard/").status_code == 409


def test_files_ask_for_the_second_factor(centre: Centre):
    client, item = sign_in(centre, "ANALYST"), waiting(centre)
    export = exports.prepare_export(
        by=centre.actor("ANALYST"), items=[item], recipient="INHOPE", at=clock.now()
    )
    session = client.session
    session.pop(sudo.KEY, None)
    session.save()
    for answer in (
        client.get(f"{PAGE}files/{export.ref}/"),
        client.post(f"{PAGE}files/{export.ref}/download/"),
        client.get(f"{PAGE}records.csv"),
    ):
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/desk/sudo/")


def test_a_record_is_corrected_and_cancelled_on_its_page(centre: Centre):
    item, at = waiting(centre), clock.now()
    (record,) = records.record_handover(
        by=centre.actor("ANALYST"), items=[item], recipient="INHOPE", references={}, handed_over_at=at, at=at
    )
    client, place = sign_in(centre, "ANALYST"), f"{PAGE}records/{record.ref}/"
    when = at.astimezone(clock.VILNIUS).strftime("%Y-%m-%dT%H:%M")
    assert (
        client.post(f"{place}correct/", {"reference": "ICCAM 5", "when": when, "reason": ""}).status_code
        == 302
    )
    record.refresh_from_db()
    assert (record.reference, record.handed_over_at) == ("ICCAM 5", at)
    assert (
        client.post(f"{place}correct/", {"reference": "ICCAM 6", "when": when, "reason": ""}).status_code
        == 409
    )
    assert (
        client.post(
            f"{place}correct/", {"reference": "<b>", "when": when, "reason": "WRONG_NUMBER"}
        ).status_code
        == 422
    )
    assert client.post(f"{place}cancel/", {"reason": ""}).status_code == 422
    assert client.post(f"{place}cancel/", {"reason": "NOT_DONE"}).status_code == 302
    assert "Nebuvo perduota" in client.get(place).content.decode()
    assert client.post(f"{place}cancel/", {"reason": "NOT_DONE"}).status_code == 409
    assert "Nebuvo perduota" in client.get(f"/desk/hotline/items/{item.ref}/").content.decode()
    lines = client.get(f"{PAGE}records.csv", {"recipient": "INHOPE"}).content.decode("utf-8-sig").splitlines()
    assert (
        lines[0].startswith("handed_over_at,item")
        and item.ref in lines[1]
        and "NOT_DONE" in lines[1]
        and len(lines) == 2
    )


@pytest.mark.parametrize(
    "query",
    [
        {"to": "\x00"},
        {"to": "done", "recipient": "NOBODY"},
        {"after": "9" * 40},
        {"to": "done", "find": "\u202e" * 300},
    ],
)
def test_strange_addresses_of_the_page_are_answered(centre: Centre, query: dict):
    assert sign_in(centre, "ANALYST").get(PAGE, query).status_code == 200
