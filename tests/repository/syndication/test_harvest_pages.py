"""The desk's pages about harvesting: sources, proposals with filters, one proposal and the decision."""

import pytest
from django.test import Client
from django.urls import reverse

from sauga.repository.resources.models import Resource
from sauga.repository.syndication.models import HarvestSource
from sauga.world.internet import World
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.repository.syndication.test_harvests import asked, proposal, source_of

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Kaimynai",
    "address": "https://library.neighbour.example/oai",
    "language": "en",
    "is_active": "on",
}


@pytest.fixture
def editor(centre: Centre) -> Client:
    return sign_in(centre, "EDITOR")


def test_a_source_is_kept_and_changed(centre: Centre, editor: Client):
    assert "/harvest/sources/" in editor.get(reverse("repository-proposals")).content.decode()
    assert editor.post(reverse("repository-sources"), FORM).status_code == 302
    row = HarvestSource.objects.get()
    assert (
        editor.post(
            reverse("repository-source", args=[row.ref]), {**FORM, "name": "Kaimynų biblioteka"}
        ).status_code
        == 302
    )
    assert "Kaimynų biblioteka" in editor.get(reverse("repository-source", args=[row.ref])).content.decode()
    assert editor.post(reverse("repository-source-ask", args=[row.ref])).status_code == 302
    assert editor.post(reverse("repository-source-ask", args=[row.ref])).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/oai",
        "javascript:x",
        "ftp://a.example/",
        "http://localhost/oai",
        "https://a.example:8443/",
    ],
)
def test_a_source_inside_is_refused_at_the_form(centre: Centre, editor: Client, address: str):
    page = editor.post(reverse("repository-sources"), {**FORM, "address": address})
    assert page.status_code == 422 and "id_address_error" in page.content.decode()
    assert not HarvestSource.objects.exists()


def test_proposals_are_found_and_filtered(world: World, centre: Centre, editor: Client):
    source = source_of(centre)
    asked(source)
    place = reverse("repository-proposals")
    assert editor.get(place).content.decode().count("data-row ") == 12

    def shown(**query: str) -> int:
        return editor.get(place, query).content.decode().count("data-row ")

    assert (
        shown(q="password"),
        shown(q="nothing"),
        shown(licence="unclear"),
        shown(licence="CC-BY-SA-4.0"),
    ) == (1, 0, 3, 2)
    assert (shown(source=source.ref), shown(view="gone"), shown(view="nonsense"), shown(q="\x00")) == (
        12,
        0,
        12,
        12,
    )


def test_a_proposal_is_taken_over_left_and_taken_back(world: World, centre: Centre, editor: Client):
    asked(source_of(centre))
    row = proposal(1)
    place = reverse("repository-proposal", args=[row.ref])
    assert "Think before you share" in editor.get(place).content.decode()

    def decide(what: str, **given: str):
        return editor.post(reverse("repository-proposal-decide", args=[row.ref, what]), given)

    assert decide("accept", kind="nonsense").status_code == 422
    response = decide("accept", kind="lesson_plan")
    assert response["Location"] == reverse("repository-desk-resource", args=[Resource.objects.get().ref])
    assert 'data-state="accepted"' in editor.get(place).content.decode()
    decide("undo")
    assert Resource.objects.count() == 0
    assert decide("refuse").status_code == 422
    decide("refuse", reason="Turime savo")
    assert "Turime savo" in editor.get(place).content.decode()
    decide("accept", kind="guide")
    assert Resource.objects.count() == 0
    assert decide("nonsense").status_code == 404


def test_a_closed_licence_says_why_and_offers_no_button(world: World, centre: Centre, editor: Client):
    asked(source_of(centre))
    row = proposal(7)
    page = editor.get(reverse("repository-proposal", args=[row.ref])).content.decode()
    assert "/accept/" not in page and "/refuse/" in page
    editor.post(reverse("repository-proposal-decide", args=[row.ref, "accept"]), {"kind": "video"})
    assert Resource.objects.count() == 0


def test_a_change_there_is_shown_and_noted(world: World, centre: Centre, editor: Client):
    from sauga.kernel import clock

    source = source_of(centre)
    asked(source, clock.now())
    row = proposal(1)
    editor.post(reverse("repository-proposal-decide", args=[row.ref, "refuse"]), {"reason": "Ne dabar"})
    world.library.change(1, title="Think twice")
    asked(source, clock.now())
    page = editor.get(reverse("repository-proposal", args=[row.ref])).content.decode()
    assert "<ins>Think twice</ins>" in page and "<del>Think before you share</del>" in page
    editor.post(reverse("repository-proposal-decide", args=[row.ref, "seen"]))
    assert "<ins>" not in editor.get(reverse("repository-proposal", args=[row.ref])).content.decode()
