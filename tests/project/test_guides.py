"""The guides of the product: every desk page leads to a section of one, both languages say the same, every
link and picture is there.
"""

import re
from collections.abc import Iterator

import pytest
from architecture.tree import ROOT
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from sauga.kernel.guides import Guide, every, section_for
from sauga.kernel.guides.guide_text import GuideUnreadable, guide_address, read
from sauga.kernel.i18n import languages
from sauga.kernel.services import installed
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

LANGUAGES = [row.code for row in languages.whole()]
MOST_BYTES = 1_500_000
"""Of all pictures that travel in the wheel."""
MOST_BYTES_README = 600_000


def all_guides() -> list[Guide]:
    return list({guide.slug: guide for public in (False, True) for guide in every(public=public)}.values())


def named(patterns: list[URLPattern | URLResolver], place: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        where = place + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and where != "desk/cms/":
            yield from named(pattern.url_patterns, where)
        elif isinstance(pattern, URLPattern) and where.startswith("desk/"):
            yield pattern.name or "", where


@pytest.mark.unit
def test_every_page_of_the_desk_has_a_section():
    codes = {config.label for config in installed()}
    wrong = []
    for name, _where in named(get_resolver().url_patterns):
        guide, anchor = section_for(name) or (None, "")
        if guide is None:
            wrong.append(f"{name}: no guide")
            continue
        anchors = {one.anchor for one in read(guide, "en", public=False).sections}
        if anchor and anchor not in anchors:
            wrong.append(f"{name}: {guide.slug}#{anchor} is not there")
        own = name.partition("-")[0]
        if own in codes and guide.folder.parent.name != own:
            wrong.append(f"{name}: covered by {guide.slug}, which is no guide of {own}")
    assert not wrong


@pytest.mark.unit
def test_no_guide_covers_a_page_that_is_not_there():
    names = {name for name, _ in named(get_resolver().url_patterns)}
    starts = {start for guide in all_guides() for start in guide.covers if start}
    assert not sorted(
        start for start in starts if not any(name == start or name.startswith(f"{start}-") for name in names)
    )


@pytest.mark.unit
@pytest.mark.parametrize("public", [False, True], ids=["desk", "public"])
def test_both_languages_have_the_same_sections(public):
    different = []
    for guide in every(public=public):
        anchors = {
            code: [one.anchor for one in read(guide, code, public=public).sections] for code in LANGUAGES
        }
        if len({tuple(found) for found in anchors.values()}) != 1 or len(set(anchors["en"])) != len(
            anchors["en"]
        ):
            different.append(f"{guide.slug}: {anchors}")
    assert not different


@pytest.mark.unit
def test_every_file_of_a_guide_belongs_to_one_that_is_declared():
    declared = {guide.path(code).resolve() for guide in all_guides() for code in LANGUAGES}
    found = {
        path.resolve()
        for code in LANGUAGES
        for path in (ROOT / "src" / "sauga").glob(f"**/guides/{code}/*.md")
    }
    assert found == declared


@pytest.mark.unit
@pytest.mark.parametrize("public", [False, True], ids=["desk", "public"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_a_section_and_pictures_to_a_file(language, public):
    with translation.override(language):
        pages = {
            guide_address(guide, public=public): read(guide, language, public=public)
            for guide in every(public=public)
        }
    wrong = []
    for page in pages.values():
        html = page.lead + "".join(one.html for one in page.sections)
        for href in re.findall(r'href="([^"]+)"', html):
            path, _, anchor = href.partition("#")
            if path not in pages or (anchor and anchor not in {one.anchor for one in pages[path].sections}):
                wrong.append(f"{page.title}: {href}")
        for name in re.findall(r'<img src="/static/([^"]+)"', html):
            if finders.find(name) is None:
                wrong.append(f"{page.title}: {name}")
    assert not wrong


@pytest.mark.unit
def test_every_link_between_guides_names_one_that_exists():
    """Rendering leaves out what is not installed; with all services nothing may be left out."""
    known = {
        guide.slug: {one.anchor for one in read(guide, "en", public=guide.is_public).sections}
        for guide in all_guides()
    }
    wrong = [
        f"{guide.slug} ({code}): {link}"
        for guide in all_guides()
        for code in LANGUAGES
        for link in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", guide.path(code).read_text(encoding="utf-8"))
        if (parts := link.partition("#"))[0].removesuffix(".md") not in known
        or (parts[2] and parts[2] not in known[parts[0].removesuffix(".md")])
    ]
    assert not wrong


@pytest.mark.unit
def test_pictures_are_few_enough_bytes_and_each_is_shown():
    pictures = set((ROOT / "src" / "sauga").glob("**/static/**/guides/**/*.webp"))
    assert sum(picture.stat().st_size for picture in pictures) <= MOST_BYTES
    shown = {
        (guide.path(code).parent / link).resolve()
        for guide in all_guides()
        for code in LANGUAGES
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", guide.path(code).read_text(encoding="utf-8"))
    }
    assert {picture.resolve() for picture in pictures} == shown


@pytest.mark.unit
def test_the_readme_opens_with_pictures_and_they_are_few_enough_bytes():
    opening = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Try it")[0]
    pictures = [ROOT / name for name in re.findall(r"""(?:src="|\]\()([^")]+\.webp)""", opening)]
    assert len(pictures) > 2
    assert sum(picture.stat().st_size for picture in pictures) <= MOST_BYTES_README


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_public_guides_are_open_to_everybody(language):
    client = Client()
    with translation.override(language):
        listed = client.get(reverse("guides-public")).content.decode()
        for guide in every(public=True):
            href = guide_address(guide, public=True)
            answer = client.get(href)
            text = read(guide, language, public=True)
            assert answer.status_code == 200 and f'href="{href}"' in listed
            body = answer.content.decode()
            assert all(
                f'<h2 id="{one.anchor}">' in body and f'href="#{one.anchor}"' in body for one in text.sections
            )
            assert not answer.cookies


@pytest.mark.django_db
def test_a_guide_of_the_desk_does_not_exist_on_the_public_site():
    for path in ("/en/guides/analyst/", "/lt/zinynas/counsellor/", "/en/guides/absent/"):
        assert Client().get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "path", "guide", "anchor"),
    [
        ("ANALYST", "/desk/hotline/", "analyst", "worklist"),
        ("ANALYST", "/desk/hotline/watched/", "analyst", "monitoring"),
        ("COUNSELLOR", "/desk/helpline/letters/", "letters", "list"),
        ("VOLUNTEER_COORDINATOR", "/desk/helpline/rota/forecast/", "volunteers", "forecast"),
        ("EDITOR", "/desk/repository/", "resources", "make"),
        ("EDITOR", "/desk/portal/reviews/", "editor", "outside-review"),
    ],
)
def test_a_page_leads_to_the_section_about_it(role: str, path: str, guide: str, anchor: str, centre: Centre):
    client = sign_in(centre, role)
    page = client.get(path).content.decode()
    [href] = re.findall(r'class="help-link" href="([^"]+)"', page)
    assert href == f"/desk/guides/{guide}/#{anchor}"
    assert f'<h2 id="{anchor}">' in client.get(href.partition("#")[0]).content.decode()


@pytest.mark.django_db
def test_the_list_begins_with_the_guides_for_ones_own_work(centre: Centre):
    page = sign_in(centre, "COUNSELLOR").get("/desk/guides/").content.decode()
    own, others = page.split('id="others"')
    assert "/desk/guides/counsellor/" in own and "/desk/guides/desk/" in own
    assert "/desk/guides/analyst/" in others and "/desk/guides/analyst/" not in own


@pytest.mark.django_db
def test_public_pages_lead_to_their_guides():
    client = Client()
    assert 'href="/en/guides/reporter/"' in client.get("/en/report/").content.decode()
    assert 'href="/en/guides/child/"' in client.get("/en/help/").content.decode()
    resources = client.get("/lt/istekliai/").content.decode()
    assert 'href="/lt/zinynas/teacher/"' in resources and 'href="/lt/zinynas/partner/"' in resources


@pytest.mark.unit
def test_the_list_in_the_documentation_is_generated(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import guide_pages

    assert guide_pages.PAGE.read_text(encoding="utf-8") == guide_pages.rendered(), "run `make docs`"


@pytest.mark.unit
def test_an_unreadable_guide_is_named(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "bad.md").write_text("no title\n", encoding="utf-8")
    with pytest.raises(GuideUnreadable, match=r"bad\.md"):
        read(Guide(slug="bad", folder=tmp_path, order=1), "en", public=False)
