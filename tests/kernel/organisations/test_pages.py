"""The register at the desk: list, one organisation, partners on a day, forms, suggestions, and who may do
what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories.people import SETUP, hire, sign_in

from sauga.kernel import clock, organisations
from sauga.kernel.organisations.actions import codes, links
from sauga.kernel.organisations.models import Organisation, OrganisationRole, SameAs, Succession

pytestmark = pytest.mark.django_db
AT = clock.now() - timedelta(days=1)


@pytest.fixture
def school():
    return organisations.create_organisation(
        by=SETUP, names={"lt": "Ąžuolo mokykla"}, kinds=["SCHOOL"], municipality="LT-57", at=AT
    )


@pytest.fixture
def desk(client):
    sign_in(client, hire("Vaiva Registrė", "COORDINATOR"))
    return client


def page(row, *more):
    return "/".join([f"/desk/organisations/{row.code}", *more, ""])


def text(response):
    return response.content.decode()


def test_the_list_shows_what_is_known_and_finds_by_any_name(desk, school):
    codes.set_identifier(by=SETUP, organisation=school, scheme="LEGAL_ENTITY", value="121442211", at=AT)
    organisations.create_organisation(by=SETUP, names={"lt": "Ežero biblioteka"}, kinds=["LIBRARY"], at=AT)
    shown = text(desk.get("/desk/organisations/"))
    assert "Ąžuolo mokykla" in shown and "Vilniaus miesto savivaldybė" in shown and "121442211" in shown
    found = text(desk.get("/desk/organisations/?text=azuolo"))
    assert "Ąžuolo mokykla" in found and "Ežero biblioteka" not in found
    assert "Ežero biblioteka" not in text(desk.get("/desk/organisations/?view=partners"))
    assert desk.get("/desk/organisations/?text=nieko").status_code == 200
    csv = desk.get("/desk/organisations/?format=csv")
    assert "Ąžuolo mokykla" in csv.content.decode("utf-8-sig")


def test_as_many_queries_for_one_row_as_for_three(desk, school):
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get("/desk/organisations/")
        counts.append(len(asked))
        for number in range(2):
            made = organisations.create_organisation(by=SETUP, names={"lt": f"M{number}"}, at=AT)
            organisations.give_role(by=SETUP, organisation=made, role="PARTNER", since="2020", at=AT)
    assert counts[0] == counts[1]


def test_an_organisation_is_added_and_a_wrong_code_comes_back_with_all_that_was_typed(desk):
    given = {"name": "Marių mokykla", "kinds": ["SCHOOL"], "country": "LT", "municipality": "LT-21"}
    wrong = desk.post("/desk/organisations/new/", {**given, "value": "121442212"})
    assert wrong.status_code == 422 and "Marių mokykla" in text(wrong)
    assert not Organisation.objects.filter(names__name="Marių mokykla").exists()
    done = desk.post("/desk/organisations/new/", {**given, "value": "121442211"})
    row = Organisation.objects.get(names__name="Marių mokykla")
    assert done.headers["Location"] == page(row)
    assert row.identifiers.get().value == "121442211"
    taken = desk.post("/desk/organisations/new/", {**given, "value": "121442211"})
    assert taken.status_code == 422 and row.code in text(taken)
    privileged = desk.post("/desk/organisations/new/", {**given, "kinds": ["COORDINATOR"]})
    assert privileged.status_code == 422


def test_the_page_shows_names_roles_and_links_and_offers_what_may_be_done(desk, school):
    other = organisations.create_organisation(by=SETUP, names={"lt": "Senoji mokykla"}, at=AT)
    links.record_succession(by=SETUP, predecessor=other, successor=school, since="2019", at=AT)
    for since, until in (("2012", "2019"), ("2019", "")):
        organisations.give_role(
            by=SETUP, organisation=school, role="PARTNER", since=since, until=until, source="sutartis", at=AT
        )
    shown = text(desk.get(page(school)))
    for part in ("Ąžuolo mokykla", "Senoji mokykla", "2012–2019", "sutartis", "LT"):
        assert part in shown
    assert shown.count("Datos susiliečia") + shown.count("Its dates meet") == 2
    assert desk.get("/desk/organisations/nera/").status_code == 404


def test_actions_of_the_page(desk, school):
    def do(what, **given):
        return desk.post(page(school, "do", what), given)

    assert do("role", role="PARTNER", since="2012-07-01").status_code == 302
    again = do("role", role="PARTNER", since="2020-01-01")
    assert again.status_code == 422 and "2012-07-01" in text(again)
    assert do("role", role="PARTNER", since="2020-01-01", ends_present="on").status_code == 302
    assert do("role", role="PARTNER", since="kažkada").status_code == 422
    assert do("name", language="en", name="Oak school").status_code == 302
    assert do("code", scheme="SCHOOL", value="0190001").status_code == 302
    assert do("contact", purpose="GENERAL", email="rastine@mokykla.example").status_code == 302
    other = organisations.create_organisation(by=SETUP, names={"lt": "Kita mokykla"}, at=AT)
    assert do("successor", other=f"Kita mokykla · {other.code}", since="2026").status_code == 302
    assert do("successor", other="nėra tokios").status_code == 422
    assert do("same", other="kita mokykla").status_code == 302
    assert do("close").status_code == 302
    assert Organisation.objects.get(pk=school.pk).valid_to is not None
    assert do("reopen").status_code == 302
    assert do("nothing").status_code == 404
    [link] = Succession.objects.all()
    assert desk.post(page(school, "successions", str(link.pk), "remove")).status_code == 302
    assert desk.post(page(school, "successions", str(link.pk), "remove")).status_code == 404
    assert desk.post(page(school, "same", other.code)).status_code == 302
    assert not Succession.objects.exists() and not SameAs.objects.exists()


def test_names_roles_and_facts_are_edited_on_pages_of_their_own(desk, school):
    organisations.give_role(by=SETUP, organisation=school, role="PARTNER", since="2012", at=AT)
    role, name = school.roles.get(), school.names.get()
    opened = desk.get(page(school, "edit"))
    seen = opened.context["form"].initial["seen"]
    facts = {"kinds": ["SCHOOL", "LIBRARY"], "country": "LT", "municipality": "LT-15", "seen": seen}
    assert desk.post(page(school, "edit"), facts).status_code == 302
    assert desk.post(page(school, "edit"), facts).status_code == 422, "somebody saved it meanwhile"
    assert desk.post(page(school, "edit"), {**facts, "seen": "x"}).status_code == 422
    assert desk.get(page(school, "names", str(name.pk))).status_code == 200
    given = {"language": "lt", "name": "Ąžuolyno mokykla", "since": "2001"}
    assert desk.post(page(school, "names", str(name.pk)), given).status_code == 302
    assert desk.post(page(school, "names", str(name.pk)), {**given, "since": "x"}).status_code == 422
    assert (
        desk.post(page(school, "roles", str(role.pk)), {"since": "2012-07", "until": "2019"}).status_code
        == 302
    )
    assert (
        desk.post(page(school, "roles", str(role.pk)), {"since": "2019", "until": "2012"}).status_code == 422
    )
    assert desk.get(page(school, "roles", "0")).status_code == 404
    for withdrawn in (True, False):
        assert desk.post(page(school, "roles", str(role.pk), "withdraw")).status_code == 302
        assert (OrganisationRole.objects.get().withdrawn_at is not None) is withdrawn


def test_partners_of_a_past_day_have_the_names_of_that_day(desk, school):
    organisations.give_role(
        by=SETUP, organisation=school, role="COORDINATOR", since="2012", until="2019", at=AT
    )
    organisations.add_name(
        by=SETUP, organisation=school, language="lt", name="Naujoji mokykla", since="2018-01-01", at=AT
    )
    address = reverse("organisations-roles")
    assert "Ąžuolo mokykla" in text(desk.get(f"{address}?on=2017-12-31"))
    assert "Naujoji mokykla" in text(desk.get(f"{address}?on=2018-01-01"))
    today = text(desk.get(address))
    assert "2020-01-01" in today, "the gap of the coordinator is pointed out"
    assert "Naujoji mokykla" not in today
    assert desk.get(f"{address}?on=rytoj").status_code == 200


def test_suggestions_are_what_the_field_takes(desk, school):
    found = desk.get("/desk/organisations/suggest/?q=azuolo mok").json()["found"]
    assert found == [{"value": f"Ąžuolo mokykla · {school.code}", "about": ""}]
    assert desk.get("/desk/organisations/suggest/?q=a").json() == {"found": []}
    assert desk.get("/desk/organisations/suggest/").json() == {"found": []}


@pytest.mark.parametrize(("role", "sees", "edits"), [("EDITOR", 200, 404), ("PUBLISHER", 200, 200)])
def test_who_may_see_and_who_may_edit(client, school, role, sees, edits):
    sign_in(client, hire("Kitas Žmogus", role))
    assert client.get("/desk/organisations/").status_code == sees
    assert client.get(page(school)).status_code == sees
    assert client.get("/desk/organisations/new/").status_code == edits
    assert client.get(page(school, "edit")).status_code == edits
    shown = text(client.get(page(school)))
    assert ("/edit/" in shown) is (edits == 200)
    done = client.post(page(school, "do", "close"))
    assert done.status_code == (302 if edits == 200 else 404)


@pytest.mark.parametrize("role", ["WELFARE_LEAD", "COUNSELLOR", "ANALYST", "AUDITOR", "ADMINISTRATOR"])
def test_others_find_nothing(client, school, role):
    sign_in(client, hire("Kitas Žmogus", role))
    for address in ("/desk/organisations/", page(school), "/desk/organisations/suggest/?q=mok"):
        assert client.get(address).status_code == 404
    assert client.post(page(school, "do", "close")).status_code == 404
    assert client.post("/desk/organisations/new/", {"name": "X"}).status_code == 404
