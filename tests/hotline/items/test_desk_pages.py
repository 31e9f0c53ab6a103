"""The analyst's pages answer, say what cannot be done, and never show an address without a reason."""

import pytest

from sauga.hotline.content.models import ContentItem
from sauga.hotline.reports.models import Report
from sauga.hotline.states import Handling
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.rules import Answer
from sauga.hotline.trail import Trail
from sauga.kernel import audit
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported

ABROAD = [Answer("RDAP_IP", "192.0.2.7", "PAVYZDYS-NET", 64500, "DE", emails=("abuse@pavyzdys.example",))]


@pytest.fixture
def item(centre: Centre) -> ContentItem:
    report, _ = reported("https://pavyzdys.example/slaptas-kelias/9", category="HATE")
    found = ContentItem.objects.get(locations__report=report)
    return tracing.record_trace(by=SystemActor("tracer"), item=found, answers=ABROAD, at=AT)


def test_worklist_shows_hosts_and_no_paths(centre: Centre, item: ContentItem):
    page = sign_in(centre, "ANALYST").get("/desk/hotline/").content.decode()
    assert item.ref in page and "pavyzdys.example" in page and "slaptas-kelias/9" not in page


def test_analyst_works_through_an_item(centre: Centre, item: ContentItem):
    client = sign_in(centre, "ANALYST")
    assert client.post("/desk/hotline/next/").headers["Location"] == f"/desk/hotline/items/{item.ref}/"
    page = client.get(f"/desk/hotline/items/{item.ref}/").content.decode()
    assert "/9" not in page.split("s-address")[1].split("</section>")[0]
    shown = client.post(f"/desk/hotline/items/{item.ref}/reveal/", {"reason": "ASSESS"}).content.decode()
    assert "https://pavyzdys.example/slaptas-kelias/9" in shown
    refused = client.post(f"/desk/hotline/items/{item.ref}/assess/", {"verdict": "PROHIBITED"})
    assert refused.status_code == 422
    done = client.post(
        f"/desk/hotline/items/{item.ref}/assess/",
        {"verdict": "PROHIBITED", "legal_act": "IX_1067", "note": "Pastaba"},
    )
    assert done.headers["Location"] == f"/desk/hotline/items/{item.ref}/"
    assert client.get(f"/desk/hotline/items/{item.ref}/assess/").status_code == 302
    item.refresh_from_db()
    assert item.handling == Handling.NOTICE_DUE


def test_report_page_opens_words_and_sends_a_question(centre: Centre, item: ContentItem):
    client, report = sign_in(centre, "ANALYST"), Report.objects.get()
    assert client.get(f"/desk/hotline/reports/{report.ref}/").status_code == 200
    client.post(f"/desk/hotline/reports/{report.ref}/triage/", {"category": "HATE", "priority": "P4"})
    item.refresh_from_db()
    assert item.priority == "P4"
    client.post(f"/desk/hotline/items/{item.ref}/take/")
    client.post(
        f"/desk/hotline/reports/{report.ref}/write/", {"message": "Iš kur patekote?", "wait_days": "7"}
    )
    report.refresh_from_db()
    assert report.state == "WAITING_REPORTER"
    assert "Iš kur patekote?" in client.get(f"/desk/hotline/reports/{report.ref}/").content.decode()


def test_pages_answer_while_the_vault_is_locked_and_show_nothing(centre: Centre, item: ContentItem):
    client, report = sign_in(centre, "ANALYST"), Report.objects.get()
    assert client.post("/desk/vault/lock/").status_code == 302
    for address in (
        "/desk/hotline/",
        f"/desk/hotline/items/{item.ref}/",
        f"/desk/hotline/reports/{report.ref}/",
    ):
        page = client.get(address)
        assert page.status_code == 200 and "/desk/vault/unlock/?next=" in page.content.decode()
        assert "pavyzdys.example" not in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/desk/hotline/", "/desk/hotline/welfare/", "/desk/hotline/trail/", "/desk/hotline/contacts/"]
)
def test_pages_of_other_roles_do_not_exist(centre: Centre, address: str):
    desk = sign_in(centre, "STATISTICIAN")
    others, never = desk.get(address), desk.get("/desk/hotline/never-was/")
    assert others.status_code == never.status_code == 404
    assert "arba jis priklauso vaidmenims, kurių neturite" in others.text
    assert others.text == never.text


def test_lead_auditor_and_custodian_have_their_pages(centre: Centre, item: ContentItem):
    assert sign_in(centre, "WELFARE_LEAD").get("/desk/hotline/welfare/").status_code == 200
    auditor = sign_in(centre, "AUDITOR")
    assert "report:received" in auditor.get("/desk/hotline/trail/").content.decode()
    assert auditor.post("/desk/hotline/trail/check/").status_code == 302
    assert sign_in(centre, "CONTACT_CUSTODIAN").get("/desk/hotline/contacts/").status_code == 200


def test_auditor_reads_the_trail_whatever_its_facts_are_called(centre: Centre, item: ContentItem):
    audit.record(
        SystemActor("notices"),
        Trail.NOTICE_DRAFTED,
        item,
        zone="hotline",
        at=AT,
        facts={"basis": "NTD", "items": 3},
    )
    page = sign_in(centre, "AUDITOR").get("/desk/hotline/trail/")
    assert page.status_code == 200
    assert "notice:drafted" in page.content.decode() and item.ref in page.content.decode()
    assert "Pranešimo teikėjui juodraštis parengtas" in page.text and "teisinis pagrindas: " in page.text
    assert 'title="basis NTD, items 3"' in page.text
    assert "basis: NTD" not in page.text and "pagrindas: NTD" not in page.text


def test_who_was_never_given_the_key_is_told_so_and_not_that_words_are_gone(
    centre: Centre, item: ContentItem
):
    from sauga.kernel.sealed.models import Member

    Member.objects.filter(person_id=centre.people["ANALYST"].pk).delete()
    client, report = sign_in(centre, "ANALYST"), Report.objects.get()
    for path in ("", f"reports/{report.ref}/", f"items/{item.ref}/"):
        page = client.get(f"/desk/hotline/{path}").content.decode()
        assert "rakto Jums niekas nėra davęs" in page, path
        assert "Adreso atverti nebegalima" not in page and "Nieko neparašyta" not in page, path
    holder = sign_in(centre, "SECOND_REVIEWER")
    for path in ("", f"reports/{report.ref}/", f"items/{item.ref}/"):
        assert "niekas nėra davęs" not in holder.get(f"/desk/hotline/{path}").content.decode(), path
