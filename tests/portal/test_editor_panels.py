"""What the editors' tool shows beside the text: the publish gate with its places, broken links, previews."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import override
from factories.pages import body, live, ready

from sauga.kernel import clock
from sauga.kernel.i18n import long_date
from sauga.kernel.identity import home
from sauga.kernel.states import SystemActor
from sauga.portal.actions import outside_links
from sauga.portal.actions.outside_links import Answer
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.outside_links import OutsideLink
from sauga.portal.presenters.page_gate import NEXT, beside
from sauga.portal.states import Level
from sauga.repository.resources.rules.gate_facts import Finding
from tests.centre import Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
LONG = (
    "Visi žmonės kartu su savo vaikais labai ramiai ir aiškiai kalbasi apie viską, kas jiems rūpi, "
    "kas juos džiugina ir kas kelia daug nerimo."
)
GONE = "https://nera.invalid/puslapis"
SWEEPER = SystemActor("portal")


def editing(client: Client, page: PortalPage) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("check", "finding", "place"),
    [
        ("metadata", Finding("page_missing", "summary"), ("id_summary", 0, "")),
        ("metadata", Finding("page_for_nobody"), ("id_audiences", 0, "")),
        ("metadata", Finding("page_unfit", "3. Tekstas", "x"), ("body", 3, "")),
        ("review_date", Finding("review_passed"), ("id_review_by", 0, "")),
        ("reading_level", Finding("reading_sentence", "lt", "Ilgas.", 20, 18), ("body", 0, "Ilgas.")),
        ("links", Finding("link_broken", "ten", GONE), ("body", 0, "ten")),
        ("both_languages", Finding("page_language", "en"), ("", 0, "")),
    ],
)  # fmt: skip
def test_each_finding_has_its_place_in_the_editor(check: str, finding: Finding, place: tuple[str, int, str]):
    found = beside(check, finding)
    assert (found.field, found.block, found.search) == place and check in NEXT


def test_the_gate_stands_beside_the_text_with_the_place_of_each_finding(centre: Centre, planted):
    page = ready(centre, planted["lt"], body=body(LONG))
    client = sign_in(centre, "EDITOR")
    shown = editing(client, page)
    panel = shown[shown.index('data-side-panel="checks"') :]
    assert "Skelbti dar negalima" in panel and f'data-gate-search="{LONG[:40].strip()}"' in panel
    assert "portal/gate" in shown
    page.body = body("Trumpai.")
    page.save_revision()
    again = client.get(reverse("portal-gate-beside", args=[page.pk]))
    assert "Kliūčių nėra" in again.text and "<html" not in again.text
    assert sign_in(centre, "ANALYST").get(reverse("portal-gate-beside", args=[page.pk])).status_code == 404


def test_a_broken_link_stands_on_the_start_page_and_beside_its_text(centre: Centre, planted):
    at = clock.now()
    page = live(centre, planted["lt"], title="Nuorodos", body=body(f'<a href="{GONE}">ten</a>'))
    outside_links.gather_links(by=SWEEPER, at=at)
    link = OutsideLink.objects.get(url=GONE)
    client = sign_in(centre, "EDITOR")
    assert GONE not in client.get("/desk/cms/", follow=True).text, "one that works is no finding"
    for day in (8, 4):
        fault = Answer("404", is_fault=True)
        outside_links.keep_answer(by=SWEEPER, link=link, answer=fault, at=at - timedelta(days=day))
    since = f"{localtime(at - timedelta(days=8)):%Y-%m-%d}"
    start = client.get("/desk/cms/", follow=True).text
    panel = start[start.index('class="broken-links"') :]
    for said in (GONE, since, "Raskite naują adresą", reverse("wagtailadmin_pages:edit", args=[page.pk])):
        assert said in panel
    shown = editing(client, page)
    beside_text = shown[shown.index('data-side-panel="checks"') :]
    with override("lt"):
        written_out = long_date(localtime(at - timedelta(days=8)))
    assert GONE in beside_text and written_out in beside_text
    assert "Raskite naują adresą" in client.get(reverse("portal-links")).text


def test_the_start_page_of_the_editors_tool_asks_no_other_service(
    centre: Centre, planted, django_assert_max_num_queries, monkeypatch
):
    asked: list[str] = []

    def count(_by: object, _at: object) -> int:
        asked.append("events")
        return 1

    elsewhere = home.Counter("events.never", "", count, None, "identity-home")
    monkeypatch.setitem(home._counters, elsewhere.code, elsewhere)
    client = sign_in(centre, "EDITOR")
    client.get("/desk/cms/")
    with django_assert_max_num_queries(60):
        assert client.get("/desk/cms/").status_code == 200
    assert not asked
    icons = client.get("/desk/cms/sprite/?h=1")
    assert "immutable" in icons.headers["Cache-Control"], "every page asks for these 65 KB"
    assert "no-store" in client.get("/desk/cms/").headers["Cache-Control"]


def test_a_page_is_previewed_in_every_width_and_setting(centre: Centre, planted):
    page = PlainPage.objects.get(pk=ready(centre, planted["lt"], body=body("Trumpai.")).pk)
    assert [size["device_width"] for size in page.preview_sizes] == [320, 768, 1280]
    modes = [mode for mode, _label in page.preview_modes]
    assert modes == ["", "light", "dark", "paper", Level.EASY]
    client = sign_in(centre, "EDITOR")
    shown = {
        mode: client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode})
        for mode in ("", "dark", "paper")
    }
    assert all("Trumpai." in answer.text for answer in shown.values())
    dark = page.make_preview_request(preview_mode="dark").content.decode()
    plain = page.make_preview_request(preview_mode="").content.decode()
    assert '<meta name="color-scheme" content="dark">' in dark and '<link rel="stylesheet"' not in dark
    assert "prefers-color-scheme" in plain and "prefers-color-scheme" not in dark


def test_the_easy_to_read_version_is_previewed_from_the_page_it_simplifies(centre: Centre, planted):
    page = PlainPage.objects.get(pk=ready(centre, planted["lt"], body=body("Trumpai.")).pk)
    assert (
        "Lengvai skaitomos versijos dar nėra"
        in page.make_preview_request(preview_mode=Level.EASY).content.decode()
    )
    easy = ready(centre, planted["lt"], "lengvai", title="Lengvai", body=body("Lengvas tekstas."))
    easy.main, easy.level = page, Level.EASY
    easy.save()
    easy.save_revision()
    assert "Lengvas tekstas." in page.make_preview_request(preview_mode=Level.EASY).content.decode()
    assert Level.EASY not in [mode for mode, _label in PlainPage.objects.get(pk=easy.pk).preview_modes]
    client, asked = sign_in(centre, "EDITOR"), {"width": "320", "look": "dark"}
    gate = client.get(reverse("portal-gate", args=[page.pk]), asked)
    assert reverse("portal-gate", args=[easy.pk]) in gate.text
    preview = reverse("portal-gate-preview", args=[page.pk])
    assert f'class="preview-frame w320" src="{preview}?look=dark"' in gate.text
    answer = client.get(preview, {"look": "dark"})
    assert '<meta name="color-scheme" content="dark">' in answer.text
    assert client.get(preview, {"look": "<b>"}).status_code == 200
