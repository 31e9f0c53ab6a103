"""The register of organisations through the browser: add one, give it a role, find another by typing, with
JavaScript and without."""

import pytest
from factories.people import SETUP

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.kernel import organisations
from sauga.kernel.identity.models import Person
from sauga.kernel.organisations.models import Organisation
from tests.centre import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faultless(page, *, js):
    """No fault for axe, and nothing wider than the window."""
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)


@pytest.mark.parametrize(("js", "width"), [(True, 1280), (False, 320)])
def test_an_organisation_is_added_given_a_role_and_linked_with_another(centre, open_page, js, width):
    other = organisations.create_organisation(by=SETUP, names={"lt": "Ežero mokykla"}, at=AT)
    Person.objects.filter(pk=centre.people["PUBLISHER"].pk).update(language="lt")
    page = open_page(language="lt", js=js, width=width)
    sign_in(page, centre, "PUBLISHER")
    page.goto("/desk/organisations/new/")
    faultless(page, js=js)
    page.get_by_label("Pavadinimas lietuviškai").fill("Ąžuolo mokykla")
    page.locator("#id_value").fill("121442211")
    page.locator("form[data-main] button").first.click()
    page.wait_for_selector("text=Vaidmenų centre neturi")
    row = Organisation.objects.get(names__name="Ąžuolo mokykla")
    page.locator("summary", has_text="Pridėti vaidmenį centre").click()
    page.locator("#do-role-since").fill("2012")
    page.locator("form[action$='/do/role/'] button").first.click()
    page.wait_for_selector("#roles td")
    page.locator("summary", has_text="Pažymėti kaip tą pačią").click()
    field = page.locator("#do-same-other")
    field.click()  # waits until the dialog is open
    field.press_sequentially("ezero")
    if js:
        page.wait_for_selector(f"datalist option[value$='{other.code}']", state="attached")
    page.locator("form[action$='/do/same/'] button").first.click()
    page.wait_for_selector("#links a")
    faultless(page, js=js)
    assert row.roles.get().since == "2012"
    page.goto("/desk/organisations/?text=azuolo")
    faultless(page, js=js)
    page.goto("/desk/organisations/roles/")
    assert "Ąžuolo mokykla" in page.content()
    faultless(page, js=js)
    page.goto("/desk/organisations/import/")
    assert page.locator("h1").inner_text() != "Organizacijų įkėlimas", "a publisher does not import"
