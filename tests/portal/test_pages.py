"""Promises of the portal's first pages."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("planted_or_not", [True, False])
def test_title_of_the_first_page_says_nothing(client, request, planted_or_not):
    if planted_or_not:
        request.getfixturevalue("planted")
    assert "<title>Sauga</title>" in client.get("/lt/").content.decode()


def test_accessibility_statement_names_gaps_feedback_and_complaint(client):
    html = client.get("/en/accessibility/").content.decode()
    for words in ("Known gaps", "Feedback", "Ombudsperson", "mailto:"):
        assert words in html


def test_privacy_page_names_terms_and_controllers(client):
    html = client.get("/lt/privatumas/").content.decode()
    for words in ("30 dienų", "90 dienų", "Ryšių reguliavimo tarnyba", "Valstybinė duomenų apsaugos inspekcija"):
        assert words in html


def test_public_pages_answer_only_to_reading(client, planted):
    for address in ("/lt/", "/lt/privatumas/"):
        assert client.post(address).status_code == 405


def test_planting_again_changes_nothing(planted):
    from wagtail.models import Page

    from sauga.kernel import clock
    from sauga.kernel.states import SystemActor
    from sauga.portal.actions.planting import plant_site

    before = list(Page.objects.order_by("pk").values_list("pk", "path"))
    assert plant_site(by=SystemActor("site"), at=clock.now()) == 0
    assert list(Page.objects.order_by("pk").values_list("pk", "path")) == before
