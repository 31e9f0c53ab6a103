"""The head and the foot of public pages: contacts, partners, funding valid today, other ways to read."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.organisations.queries.roles import roles_on
from sauga.kernel.states import SystemActor
from sauga.portal.actions.footer import add_footer_entries
from sauga.portal.models.base import PortalPage
from sauga.portal.models.footer import FooterEntry
from sauga.portal.states import FooterKind
from sauga.portal.views.site_frame import frame_now
from sauga.repository.resources.models import Resource
from tests.centre import published, sign_in

__all__ = ["published"]
pytestmark = pytest.mark.django_db
SITE = SystemActor("site")


def foot(client, address: str) -> str:
    return client.get(address).content.decode().split('<footer class="site-foot">', 1)[1]


def test_the_foot_has_about_contact_partners_and_social_links(client, published):
    html = foot(client, "/lt/privatumas/")
    for href in ("/lt/apie-centra/", "/lt/partneriai/", "mailto:labas@sauga.example", "https://www.rrt.lt/"):
        assert f'href="{href}"' in html, href
    assert html.count('href="https://www.rrt.lt/"') == 1 and "bangele.example" in html
    assert 'href="/en/about-the-centre/"' in foot(client, "/en/privacy/")


def test_the_funding_line_and_the_emblem_end_with_the_grant(client, published):
    line = FooterEntry.objects.get(kind=FooterKind.FUNDING)
    html = foot(client, "/lt/")
    assert line.text_lt in html and "eu-emblem" in html
    assert 'lang="en">' in foot(client, "/uk/") and line.text_en in foot(client, "/uk/")
    line.valid_to = clock.now().date()
    line.save()
    html = foot(client, "/lt/")
    assert line.text_lt not in html and "eu-emblem" not in html
    line.valid_from, line.valid_to = clock.now().date() + timedelta(days=2), None
    line.save()
    assert line.text_lt not in foot(client, "/lt/")


def test_what_belongs_to_one_page_stands_in_its_own_frame_only(client, published):
    """Most of the frame is drawn once for all pages of a language."""
    for _twice in range(2):
        for here, there in (("/lt/istekliai/", "/en/resources/"), ("/lt/temos/", "/en/topics/")):
            html = client.get(here).content.decode()
            assert f'href="{there}" lang="en"' in html.split("<main", 1)[0], here
            assert f'href="{there}" lang="en"' in html.split("</main>", 1)[1], here
            marked = re.findall(r'<a href="([^"]*)" aria-current="page"', html.split("<main", 1)[0])
            assert marked == ([here] if f'href="{here}"' in html.split("<main", 1)[0] else []), here


def test_a_line_without_the_emblem_shows_none(client, published):
    FooterEntry.objects.filter(kind=FooterKind.FUNDING).update(has_emblem=False, text_lt="Remia savivaldybė.")
    html = foot(client, "/lt/")
    assert "Remia savivaldybė." in html and "eu-emblem" not in html


def test_easy_to_read_and_sign_language_are_in_the_head_where_they_exist(client, published):
    film = Resource.objects.public().order_by("pk").first()
    Resource.objects.filter(pk=film.pk).update(accessibility={"features": ["signLanguage"]})
    head = client.get("/lt/").content.decode().split("<main", 1)[0]
    assert (
        'href="/lt/lengvai-suprantama-kalba/"' in head and 'href="/lt/istekliai/?access=signLanguage"' in head
    )
    listed = client.get("/lt/lengvai-suprantama-kalba/").content.decode()
    easy = PortalPage.objects.live().get(level="easy_2", locale__language_code="lt")
    assert f'<a href="{easy.get_url()}">' in listed and 'lang="lt-simple"' in listed
    assert "/en/easy-to-read/" not in client.get("/en/").content.decode()
    assert client.get("/en/easy-to-read/").status_code == 404
    PortalPage.objects.filter(pk=easy.pk).update(live=False)
    Resource.objects.filter(accessibility__features__contains=["signLanguage"]).update(accessibility={})
    html = client.get("/lt/").content.decode()
    assert "lengvai-suprantama-kalba" not in html and "access=signLanguage" not in html


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "http://a.example/"])
def test_an_entry_leads_to_an_address_that_a_browser_may_follow(db, address):
    entry = {
        "kind": "SOCIAL", "text_lt": "a", "text_en": "a", "address": address, "valid_from": "2026-01-01"
    }  # fmt: skip
    with pytest.raises(ValidationError):
        add_footer_entries(by=SITE, entries=[entry], at=clock.now())
    assert not FooterEntry.objects.exists()
    with pytest.raises(PermissionRefused):
        add_footer_entries(
            by=SystemActor("visitor"), entries=[{**entry, "address": "tel:112"}], at=clock.now()
        )


def test_who_keeps_the_network_edits_the_foot_and_an_editor_does_not(published):
    there = "/desk/cms/snippets/portal/footerentry/"
    assert sign_in(published, "PUBLISHER").get(there).status_code == 200
    assert sign_in(published, "EDITOR").get(there).status_code in {302, 403}


def test_planting_again_adds_no_line(planted):
    from sauga.portal.actions.site_setup import set_up_site

    assert FooterEntry.objects.count() == 1
    set_up_site(by=SITE, at=clock.now())
    row = FooterEntry.objects.get()
    assert row.has_emblem and row.valid_from == date(2025, 2, 1) and re.match("Bendrai", row.text_lt)


def test_each_partner_of_today_is_named_once_and_in_the_order_of_the_roles(published):
    day = clock.now().date()
    with override("en"):
        by_role = {held.organisation.pk: (held.name, held.website) for held in roles_on(day)}
        frame_now()  # composed once in a process
        with CaptureQueriesContext(connection) as asked:
            held = frame_now().partners
    assert by_role and [(one.title, one.href) for one in held] == list(by_role.values())
    assert len(asked) == 1, "the whole frame is asked for in one statement"
