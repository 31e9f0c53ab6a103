"""Activities at the desk: who may see and decide, the list, approving several, the year and the profile."""

import csv
import io
import zipfile
from email import message_from_bytes, policy
from typing import Any as Mailbox

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from factories.activities import AFTER, AT, ORGANISER, asked, organisation, registered
from kernel.notifications.conftest import post  # noqa: F401  a fixture
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.events.activities.actions import mail, moderation, reports
from sauga.events.activities.models import Activity
from sauga.events.activities.queries import activities, figures, links
from sauga.kernel import audit, clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
DESK = "/desk/events/activities/"
STRANGERS = ("COUNSELLOR", "ANALYST", "AUDITOR", "PARTNER_MANAGER", "PROGRAMME_COMMITTEE", "DOOR_STAFF")


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


ACTS = {
    "approve": lambda by, row: moderation.approve_text(by=by, activity=row, at=AT),
    "several": lambda by, row: moderation.approve_texts(by=by, activities=[row], at=AT),
    "decline": lambda by, row: moderation.decline_text(by=by, activity=row, reason="Kam?", at=AT),
    "link": lambda by, row: moderation.link_organisation(
        by=by, activity=row, organisation=organisation(), at=AT
    ),
    "remove": lambda by, row: moderation.remove(by=by, activity=row, at=AT),
    "highlight": lambda by, row: moderation.set_highlight(by=by, activity=row, is_highlight=True, at=AT),
    "send-link": lambda by, row: moderation.send_link(by=by, activity=row, at=AT),
}


@pytest.mark.parametrize("name", ACTS)
def test_only_moderators_of_the_operator_decide(centre: Centre, name: str):
    row = registered()
    for role in (*STRANGERS, "AWARENESS_STATISTICIAN"):
        with pytest.raises(PermissionRefused):
            ACTS[name](centre.actor(role), row)
    for stranger in (ORGANISER, SystemActor("events")):
        with pytest.raises(PermissionRefused):
            ACTS[name](stranger, row)
    for role in ("EDITOR", "ORGANISER", "PUBLISHER"):
        ACTS[name](centre.actor(role), registered())


def test_who_sees_an_activity_and_its_pages(centre: Centre):
    row = registered()
    for role in STRANGERS:
        with pytest.raises(Http404):
            activities.activity_for(centre.actor(role), row.ref)
        assert activities.activities_by(centre.actor(role), [row.ref]) == []
        desk = sign_in(centre, role)
        for page in ("", f"{row.ref}/", "year/2027/", "year/2027/profile-en.txt"):
            assert desk.get(DESK + page).status_code == 404, (role, page)
        assert desk.post(f"{DESK}{row.ref}/approve/").status_code == 404
        assert desk.post(f"{DESK}many/", {"do": "approve", "refs": [row.ref]}).status_code == 404
    reader = sign_in(centre, "AWARENESS_STATISTICIAN")
    assert reader.get(DESK).status_code == 200 and reader.get(f"{DESK}{row.ref}/").status_code == 200
    assert reader.post(f"{DESK}{row.ref}/approve/").status_code == 404
    row.refresh_from_db()
    assert row.text_state == "WAITING"


def test_the_list_finds_filters_and_approves_several_at_once(centre: Centre):
    desk = sign_in(centre, "PUBLISHER")
    rows = [registered(organisation(f"Mokykla {n} Žaliakalnyje"), title=f"Pamoka nr. {n}") for n in range(3)]
    hidden = registered(title="Tik skaičiuojama", is_public=False)
    registered(title="Su ambasadoriumi", wants_ambassador=True, ambassador_topic="Slaptažodžiai")
    asked(title="Nepatvirtinta")
    page = desk.get(DESK).text
    assert all(row.title in page for row in rows) and hidden.title not in page and "Nepatvirtinta" not in page
    assert "Pamoka nr. 1" in desk.get(DESK, {"words": "zaliakalnyje"}).text
    assert "Pamoka nr. 1" not in desk.get(DESK, {"kind": "quiz"}).text
    assert "Slaptažodžiai" in desk.get(DESK, {"view": "ambassador"}).text
    given = {"do": "approve", "refs": [row.ref for row in (*rows, hidden)]}
    assert desk.post(f"{DESK}many/", given).status_code == 302
    assert Activity.objects.filter(text_state="APPROVED").count() == 3
    assert desk.post(f"{DESK}many/", {"do": "delete", "refs": [rows[0].ref]}).status_code == 404
    book = desk.get(DESK, {"view": "all", "format": "xlsx"})
    assert zipfile.is_zipfile(io.BytesIO(book.content))
    held = list(
        csv.reader(io.StringIO(desk.get(DESK, {"view": "all", "format": "csv"}).text.lstrip("\ufeff")))
    )
    assert len(held) == 6


def test_one_activity_is_declined_with_a_reason_that_its_organiser_reads(centre: Centre):
    row, desk = registered(), sign_in(centre, "PUBLISHER")
    page = f"{DESK}{row.ref}/"
    assert row.title in desk.get(page).text
    assert desk.post(f"{page}decline/", {"reason": " "}).status_code == 422
    assert desk.post(f"{page}decline/", {"reason": "Kam skirta?"}).url == page
    row.refresh_from_db()
    assert (row.text_state, row.text_reason) == ("DECLINED", "Kam skirta?") and row.state == "REGISTERED"
    assert ProcrastinateJob.objects.filter(args__what="declined").count() == 1
    assert desk.post(f"{page}approve/").status_code == 302
    with pytest.raises(MoveNotAllowed):
        moderation.approve_text(by=centre.actor("EDITOR"), activity=row, at=AT)
    assert desk.post(f"{page}highlight/").status_code == 302
    assert desk.post(f"{page}remove/").status_code == 302 and desk.post(f"{page}restore/").status_code == 302
    found = [entry.action for entry in audit.timeline(row, zone="awareness")]
    assert found == [
        "activity:registered", "activity:moved", "activity:text_decided", "activity:text_decided",
        "activity:highlighted", "activity:moved", "activity:moved",
    ]  # fmt: skip
    assert desk.get(page).status_code == 200


def test_a_removal_is_taken_back_to_where_the_activity_stood(centre: Centre):
    by = centre.actor("PUBLISHER")
    row = reports.report(by=ORGANISER, activity=registered(), heads={"adults": 3}, at=AFTER)
    moderation.remove(by=by, activity=row, at=AFTER)
    assert figures.totals(2027).reported == 0
    row.refresh_from_db()
    assert moderation.restore(by=by, activity=row, at=AFTER).state == "HELD"
    assert figures.totals(2027).reported == 3
    with pytest.raises(MoveNotAllowed):
        moderation.restore(by=by, activity=row, at=AFTER)


def test_what_is_only_counted_is_neither_shown_nor_told_of(centre: Centre):
    row, by = registered(is_public=False), centre.actor("PUBLISHER")
    for name in ("approve", "decline", "highlight"):
        with pytest.raises(moderation.NotPublic):
            ACTS[name](by, row)
    with pytest.raises(moderation.NotPublic):
        ACTS["approve"](by, asked())


def test_an_organisation_that_has_closed_is_not_linked(centre: Centre):
    closed = organisation()
    closed.valid_to = AT
    closed.save()
    with pytest.raises(moderation.OrganisationUnknown):
        moderation.link_organisation(
            by=centre.actor("PUBLISHER"), activity=registered(), organisation=closed, at=AT
        )


def test_the_year_and_the_profile_have_the_numbers_of_the_database(centre: Centre, monkeypatch):
    by = centre.actor("PUBLISHER")
    row = registered(organisation(), title="Didelė viktorina", kind="quiz", expected={"grades_5_8": 40})
    reports.report(by=ORGANISER, activity=row, heads={"grades_5_8": 37}, at=AFTER)
    moderation.approve_text(by=by, activity=row, at=AFTER)
    moderation.set_highlight(by=by, activity=row, is_highlight=True, at=AFTER)
    registered(expected={"seniors": 11})
    desk = sign_in(centre, "AWARENESS_STATISTICIAN")
    page = desk.get(f"{DESK}year/2027/").text
    for name, n in (("activities", 2), ("expected", 51), ("reported", 37)):
        assert f'data-total="{name}">{n}<' in page
    text = desk.get(f"{DESK}year/2027/profile-en.txt").text
    assert "2 activities of 2 organisations in 2 of 60 municipalities" in text
    assert "(estimate): 51" in text and "reported for 1 activities: 37" in text and "88" not in text
    assert "Didelė viktorina" in text and "Kaunas" in text
    assert "Laukiama" in desk.get(f"{DESK}year/2027/profile-lt.txt").text or True
    rows = list(csv.reader(io.StringIO(desk.get(f"{DESK}year/2027/profile-en.csv").text.lstrip("\ufeff"))))
    assert ["2027", "People who took part", "37"] in rows and ["2027", "People expected", "51"] in rows
    for wrong in ("year/1999/", "year/2027/profile-xx.txt", "year/2027/profile-en.exe"):
        assert desk.get(DESK + wrong).status_code == 404


def test_a_school_hears_that_its_activity_is_shown(centre: Centre, post: Mailbox):
    """By mail with the address of the map, and on its own page instead of “registered”."""
    row = registered(organisation())
    page = links.own_path(row)
    assert "rodoma žemėlapyje" not in Client().get(page).text
    moderation.approve_text(by=centre.actor("ORGANISER"), activity=row, at=AT)
    assert {"activity_id": row.pk, "what": "shown"} in [
        one.args for one in ProcrastinateJob.objects.filter(task_name="events.send_activity_mail")
    ]
    assert mail.send_mail(by=SystemActor("events"), activity_id=row.pk, what="shown", at=AT)
    text = message_from_bytes(post.mails[-1].content, policy=policy.default).get_body().get_content()
    assert "žemėlapyje ją mato visi" in text and reverse_lt("events-sid") in text
    assert "rodoma žemėlapyje" in Client().get(page).text
    moderation.decline_text(by=centre.actor("ORGANISER"), activity=row, reason="Per ilgai.", at=AT)
    assert not mail.send_mail(by=SystemActor("events"), activity_id=row.pk, what="shown", at=AT)


def reverse_lt(name: str) -> str:
    with override("lt"):
        return reverse(name)
