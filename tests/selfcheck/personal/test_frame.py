"""The test in another site's frame: shown for a deployment of its resource only, to the sites of its
record."""

import pytest
from django.test import Client
from factories.adaptations import deployed, live, released

from sauga.selfcheck.personal.actions import drafts
from tests.centre import AT, Centre, centre

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
BANK = "https://www.bank.example"


@pytest.fixture
def token(centre: Centre) -> str:
    drafts.load_bank(AT)
    resource = live(centre, title={"lt": "Saugos testas", "en": "Self-check widget"}, type="app")
    return deployed(centre, released(centre, resource), channel="page_widget", origins=[BANK])[1]


def test_the_sites_of_the_record_show_the_test_and_nobody_else(token):
    client = Client()
    page = client.get(f"/embed/{token}/?for=teen", headers={"referer": f"{BANK}/"})
    assert 'name="secret"' in page.content.decode()
    policy = page.headers["Content-Security-Policy"]
    assert f"frame-ancestors {BANK}" in policy
    assert "form-action 'self'" in policy
    assert not page.cookies
    assert page.headers["Cache-Control"] == "no-store"
    index = client.get(f"/embed/{token}/?language=en", headers={"referer": f"{BANK}/"}).content.decode()
    assert "?for=child&amp;language=en" in index
    for method in (client.get, client.post):
        assert (
            method(f"/embed/{token}/?for=teen", headers={"referer": "https://kitas.example/"}).status_code
            == 403
        )
        assert method("/embed/nothing/?for=teen").status_code == 404


def test_a_post_in_the_frame_is_answered_and_framed_alike(token):
    page = Client().post(f"/embed/{token}/?for=teen&language=en", {"secret": "2"}, headers={"origin": "null"})
    text = page.content.decode()
    assert "Tell one adult" in text
    assert text.index("data-talk-to") < text.index("next-steps")
    assert f"frame-ancestors {BANK}" in page.headers["Content-Security-Policy"]
    assert (page.headers["Cache-Control"], bool(page.cookies)) == ("no-store", False)


def test_other_deployments_show_their_text_and_take_no_post(centre: Centre, token):
    other = deployed(centre, released(centre), channel="page_widget", origins=[BANK])[1]
    assert "Klasė sutaria" in Client().get(f"/embed/{other}/?for=teen").content.decode()
    assert Client().post(f"/embed/{other}/?for=teen", {"secret": "2"}).status_code == 405
