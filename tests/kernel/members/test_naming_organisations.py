"""A member names the organisation they act for: suggestions while typing, and without a script a choice of
what fits; public facts only, so many questions a minute.
"""

from datetime import timedelta

import pytest
from factories.members import browser_of, joined
from factories.people import SETUP

from sauga.kernel import clock, organisations
from sauga.kernel.members.models import Representation
from sauga.kernel.members.views import organisations as views
from sauga.kernel.organisations.actions import codes, names
from sauga.kernel.organisations.actions.organisations import close_organisation
from tests.structure import structure

pytestmark = pytest.mark.django_db
AT = clock.now() - timedelta(days=1)
ASK, SUGGEST = "/lt/mano/organizacijos/nauja/", "/lt/mano/organizacijos/siulyti/"


def make(name, municipality="", **more):
    more = {"kinds": ["SCHOOL"], **more}
    return organisations.create_organisation(
        by=SETUP, names={"lt": name}, municipality=municipality, at=AT, **more
    )


@pytest.fixture
def oak(db):
    row = make("Ąžuolo mokykla", "LT-57")
    codes.set_identifier(by=SETUP, organisation=row, scheme="LEGAL_ENTITY", value="121442211", at=AT)
    codes.set_contact(by=SETUP, organisation=row, purpose="GENERAL", email="rastine@mokykla.example", at=AT)
    return row


def text(response):
    return response.content.decode()


def test_suggestions_say_name_kind_and_place_and_nothing_else(onas_browser, oak):
    answer = onas_browser.get(SUGGEST, {"q": "azuol"})
    assert answer.json() == {
        "found": [{"value": "Ąžuolo mokykla", "about": "Mokykla, Vilniaus miesto savivaldybė"}]
    }
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert onas_browser.get(SUGGEST, {"q": "a"}).json() == {"found": []}
    names.add_name(
        by=SETUP, organisation=oak, language="lt", name="Beržo gimnazija", since="2026-01-01", at=AT
    )
    [found] = onas_browser.get(SUGGEST, {"q": "azuol"}).json()["found"]
    assert found["value"] == "Beržo gimnazija" and "anksčiau Ąžuolo mokykla" in found["about"]
    close_organisation(by=SETUP, organisation=oak, at=clock.now())
    assert onas_browser.get(SUGGEST, {"q": "azuol"}).json() == {"found": []}


def test_namesakes_are_told_apart(onas_browser, ona, oak):
    other = make("Ąžuolo mokykla", "LT-21")
    values = {one["value"] for one in onas_browser.get(SUGGEST, {"q": "ąžuolo"}).json()["found"]}
    assert values == {f"Ąžuolo mokykla · {row.code}" for row in (oak, other)}
    given = {"organisation": f"Ąžuolo mokykla · {other.code}", "purpose": "Dirbu."}
    assert onas_browser.post(ASK, given).status_code == 302
    assert Representation.objects.get(member_id=ona[0].member_id).organisation == other


def test_only_members_are_answered_and_only_so_often_a_minute(client, ona, onas_browser, oak):
    assert client.get(SUGGEST, {"q": "azuolo"}).status_code == 302
    for _number in range(views.MOST_A_MINUTE):
        views.ASKED.before(ona[0].pseudonym, clock.now())
    held = onas_browser.get(SUGGEST, {"q": "azuolo"})
    assert (held.status_code, held.json(), held.headers["Retry-After"]) == (429, {"found": []}, "60")
    another = browser_of(joined("kita@mokykla.example", "Kita Pavyzdė")[1])
    assert another.get(SUGGEST, {"q": "azuolo"}).json()["found"], "another member is not held"
    assert "kurią organizaciją" in text(
        onas_browser.post(ASK, {"organisation": "azuolo", "purpose": "Dirbu."})
    )


def test_without_a_script_the_form_asks_which_one_is_meant(onas_browser, ona, oak):
    make("Ąžuolo biblioteka", "LT-21", kinds=["LIBRARY"])
    page = onas_browser.get(ASK)
    assert f'data-suggest="{SUGGEST}"' in text(page) and "ui/suggest" in text(page)
    given = {"organisation": "ąžuolo", "purpose": "Dirbu mokytoja."}
    asked = onas_browser.post(ASK, given)
    shown = text(asked)
    assert asked.status_code == 422 and not Representation.objects.exists()
    for part in ("Ąžuolo mokykla (Mokykla, Vilniaus", "Ąžuolo biblioteka (Biblioteka", "Dirbu mokytoja."):
        assert part in shown, part
    assert structure(asked.content.decode()) == []
    assert onas_browser.post(ASK, {**given, "meant": "XXXX", "meant_for": "ąžuolo"}).status_code == 422
    stale = {**given, "organisation": "azuolo b", "meant": oak.code, "meant_for": "ąžuolo"}
    assert onas_browser.post(ASK, stale).status_code == 422, "the choice was made for another text"
    done = onas_browser.post(ASK, {**given, "meant": oak.code, "meant_for": "ąžuolo"})
    assert done.headers["Location"].endswith("?done=asked")
    row = Representation.objects.get(member_id=ona[0].member_id)
    assert row.organisation == oak


def test_none_of_these_and_a_name_that_nothing_fits_go_to_staff_as_written(onas_browser, ona, oak):
    given = {"organisation": "Ąžuolo", "purpose": "Dirbu."}
    assert onas_browser.post(ASK, {**given, "meant": "none", "meant_for": "Ąžuolo"}).status_code == 302
    assert onas_browser.post(ASK, {**given, "organisation": "Marių žuvėdros klubas"}).status_code == 302
    rows = Representation.objects.filter(member_id=ona[0].member_id)
    assert [row.organisation for row in rows] == [None, None]
    shown = text(onas_browser.get("/lt/mano/organizacijos/"))
    assert "Marių žuvėdros klubas" in shown
