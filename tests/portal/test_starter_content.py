"""The shipped starter texts: complete, within the publish gate, loaded once, never over an editor's words."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.models import Page

from sauga.kernel import clock, vocab
from sauga.kernel.i18n import readability
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import SystemActor
from sauga.portal.actions.site_setup import lines, put_live
from sauga.portal.actions.starter_content import OUTSIDE, load_starter_content, shipped_pages
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.models.starter_texts import StarterText
from sauga.portal.queries import desk, page_gate
from sauga.portal.rules.starter_format import LINK, Malformed, StarterPage, read_page
from sauga.portal.states import Audience
from sauga.repository.catalogue import topic_pages
from sauga.repository.resources.rules import publish_gate
from tests.centre import centre, published  # noqa: F401  fixtures
from tests.markup import tidy

SITE = SystemActor("site")
TOPICS = 30
SOME = ("hubs", "what-is", "coping")
INDEX_PAGES = 2


def shipped(code: str, kind: str = "topic") -> dict[str, StarterPage]:
    return {
        key: page
        for (key, language), page in shipped_pages().items()
        if (language, page.kind) == (code, kind)
    }


def body(page: StarterPage) -> list[dict[str, Any]]:
    return page.body(lambda code: f'<a href="/">{code}</a>')


@pytest.mark.unit
@pytest.mark.parametrize("code", ["lt", "en"])
def test_each_topic_speaks_to_four_groups_and_some_to_seniors_with_every_passage(code: str):
    texts = shipped(code)
    assert len(texts) == TOPICS
    for name, text in texts.items():
        readers = [part["value"]["reader"] for part in body(text)]
        assert readers[:4] == ["children", "teenagers", "parents_carers", "teachers"], name
        assert readers[4:] in ([], ["seniors"]), name
        for part in body(text):
            kinds = [block["type"] for block in part["value"]["body"]]
            assert {"heading", "steps", "help", "quote"} <= set(kinds), name
        assert len(text.sources) >= 2 and len(text.own["related"]) >= 3 and text.review_months <= 12, name


@pytest.mark.unit
@pytest.mark.parametrize("code", ["lt", "en"])
def test_each_audience_has_eight_sections_and_every_link_leads_somewhere(code: str):
    pages = {key: page for (key, language), page in shipped_pages().items() if language == code}
    topics = {page.own["topic"] for page in pages.values() if page.kind == "topic"}
    audiences = shipped(code, "audience")
    assert {page.own["audience"] for page in audiences.values()} == set(Audience.values)
    for key, page in audiences.items():
        assert sum(block["type"] == "heading" for block in body(page)) >= 8, key
    for key, page in pages.items():
        assert not page.under or page.under in pages, key
        assert set(page.topics) <= topics, key
        for link in LINK.findall(page.passages):
            kind, _, name = link.partition(":")
            known = {"page": set(pages), "topic": topics}.get(kind)
            assert known is None or name in known, (key, link)


@pytest.mark.unit
def test_the_police_are_reached_by_a_report_and_112_is_for_danger():
    services = {row["code"]: row for row in lines("help.csv")}
    assert services["police"]["phone"] == "" and services["emergency"]["phone"] == "112"
    assert services["police"]["website"] == "https://www.epolicija.lt/" == OUTSIDE["police"][0]
    for code, word in (("lt", "banką"), ("en", "bank")):
        advice = {
            part["value"]["reader"]: part["value"]["body"] for part in body(shipped(code)["topics/scams"])
        }
        for reader in ("parents_carers", "seniors"):
            steps = next(one["value"]["steps"] for one in advice[reader] if one["type"] == "steps")
            assert word in steps[0]["title"]
        assert {"lt": "policijai", "en": "police"}[code] in steps[1]["title"], "the seniors' second step"
        helps = next(one["value"]["explained"] for one in advice["seniors"] if one["type"] == "help")
        assert [one["service"] for one in helps] == ["police", "adult_helpline"]
        assert "112" not in str(advice["seniors"])


@pytest.mark.unit
def test_both_languages_have_the_same_topics_and_relations():
    lt, en = shipped("lt"), shipped("en")
    assert lt.keys() == en.keys()
    topics = {text.own["topic"] for text in lt.values()}
    for name, text in lt.items():
        assert (text.own["topic"], text.needs_expert) == (en[name].own["topic"], en[name].needs_expert)
        assert set(text.own["related"]) <= topics - {text.own["topic"]}


UNWORTHY = {
    *("arynews.tv", "brightcanary.io", "dataconomy.com", "findarticles.com", "fxleaders.com", "github.com"),
    *("gamingpassword.net", "legalclarity.org", "localnews8.com", "mygamingpc.ca", "newsbytesapp.com"),
    *("particle.news", "pdfslide.us", "thedailytechfeed.com", "thelarsdaniel.com", "theparentingdaily.co.uk"),
    *("therundown.today", "thurrott.com", "tinyfirewalls.co.uk"),
}
"""Collections of other people's news and texts. A fact is cited from whoever published it: a public body, the
maker of an app, a centre like ours, the press where nobody else says it."""


@pytest.mark.unit
@pytest.mark.parametrize("code", ["lt", "en"])
def test_sources_are_those_who_published_the_fact(code: str):
    pages = {key: page for (key, language), page in shipped_pages().items() if language == code}
    sources = [(key, urlsplit(one.address)) for key, page in pages.items() for one in page.sources]
    assert len(sources) > 200
    assert not [(key, to.netloc) for key, to in sources if to.netloc.removeprefix("www.") in UNWORTHY]


@pytest.mark.unit
@pytest.mark.parametrize(
    "broken", ["no fence", "+++\ntitle = \n+++\n", "+++\ntitle = 'a'\n+++\n## child\n### now\n- no step\n"]
)
def test_a_text_that_is_written_wrongly_is_refused(broken: str):
    with pytest.raises(Malformed):
        read_page(broken, "lt")


def test_only_the_system_loads_them(planted, centre):
    with pytest.raises(PermissionRefused):
        load_starter_content(by=centre.actor("PUBLISHER"), at=clock.now())


@pytest.mark.slow("every shipped text through all checks of the publish gate")
def test_every_text_keeps_to_the_publish_gate_and_leads_on(published, client: Client):
    """What a browser finds is not asked here: the crawls open pages of each kind in one."""
    pages = [row.page.specific for row in StarterText.objects.select_related("page")]
    assert len(pages) == len(shipped_pages())
    failing = {
        f"{page.url_path} {result.check}": [(one.why, one.text, one.counted) for one in result.findings]
        for page in pages
        for facts, results in [page_gate.judge(page_gate.newest(page), clock.now())]
        for result in results
        if result.check in publish_gate.failing(facts, results) and result.check not in {"axe", "keyboard"}
    }
    assert not failing
    topic = client.get("/en/bullying/").text
    for words in ("Don’t write back", "Sources of this page", "Related topics", "Explanations, guides and"):
        assert words in topic
    years = re.findall(r"\d[,\s\xa0]?\d{3}(?=\s*</li>)", tidy(topic).partition("Sources of this page")[2])
    assert years and all(year.isdigit() for year in years), "a year is not a number of things: “2,024”"
    page = client.get("/lt/patycios/").text
    assert 'hreflang="en"' in page and "Neatrašyk" in page and 'class="people"' in page
    confirm = TopicPage.objects.get(topic="cyberbullying", locale__language_code="lt").to_confirm
    assert confirm and not any(line in page for line in confirm.splitlines())
    assert HelpEntry.objects.get(code="parents_helpline").confirmed is False and "Tėvų linija" not in page
    assert client.get("/lt/temos/").text.count('<a href="/lt/') >= TOPICS
    assert 'href="/lt/istorijos/"' in client.get("/lt/").text
    assert "Nusiraminti" in client.get("/lt/kai-sunku/").text


@pytest.fixture
def loaded(planted):
    vocab.load_all(at=clock.now())
    return load_starter_content(by=SITE, at=clock.now(), folders=SOME)


def test_the_editors_tool_finds_every_loaded_page_below_its_parent(loaded):
    def below(page: Page) -> int:
        return Page.objects.filter(depth=page.depth + 1, path__startswith=page.path).count()

    parents = [page for page in Page.objects.all() if below(page)]
    assert len(parents) > 5
    for page in parents:
        assert page.numchild == below(page), page.slug


def test_other_services_find_the_published_pages_of_shipped_texts(loaded):
    keys = ["what-is/what-is-hotline", "coping/safety-plan", "what-is/no-such-text"]
    found = topic_pages.starter_pages(keys, "lt")
    assert found == {keys[0]: ("Kas yra karštoji linija ir INHOPE?", found[keys[0]][1])}
    assert found[keys[0]][1].startswith("/lt/kas-yra/")
    assert topic_pages.starter_pages(keys, "en")[keys[0]][1].startswith("/en/")


def test_texts_for_an_expert_stay_drafts(loaded, client: Client):
    assert loaded.made == len(shipped_pages(SOME)) + INDEX_PAGES
    rows = StarterText.objects.filter(page__live=False).values_list("key", flat=True)
    drafts = {key for (key, _code), page in shipped_pages(SOME).items() if page.needs_expert}
    assert {key.rsplit(".", 1)[0] for key in rows} == drafts >= {"coping/safety-plan"}
    assert client.get("/lt/kas-yra/").status_code == 200
    assert client.get("/lt/kai-sunku/saugumo-planas/").status_code == 404


def test_no_translation_that_was_loaded_with_its_source_waits_for_a_translator(loaded):
    assert [one.page.title for one in desk.behind()] == []
    source = StarterText.objects.get(key="what-is/what-is-vpn.lt").page.specific
    source.summary = "Redaktoriaus santrauka."
    put_live(source, clock.now())
    assert [one.source.pk for one in desk.behind()] == [source.pk]


def test_loading_again_changes_nothing_and_keeps_what_an_editor_wrote(loaded):
    page, gone = (
        StarterText.objects.get(key=f"what-is/{name}.lt").page for name in ("what-is-vpn", "what-is-cookies")
    )
    page = page.specific
    page.title = "Redaktoriaus antraštė"
    put_live(page, clock.now())
    gone.delete()
    again = load_starter_content(by=SITE, at=clock.now(), folders=SOME)
    assert (again.made, again.improved, again.kept) == (0, 0, 2)
    StarterText.objects.update(loaded="an earlier release")
    better = load_starter_content(by=SITE, at=clock.now(), folders=SOME)
    assert (better.made, better.improved, better.kept) == (0, len(shipped_pages(SOME)) - 2, 2)
    page.refresh_from_db()
    assert page.title == "Redaktoriaus antraštė" and not PortalPage.objects.filter(pk=gone.pk).exists()


LINKING = ("hubs", "audiences", "coping")
PLAN, LEADS_THERE = "coping/safety-plan", "audiences/public_librarians"


def links_to(key: str, page: PortalPage) -> bool:
    """Whether the version that visitors see leads to the page of a text."""
    there = StarterText.objects.get(key=key).page
    return f'id="{there.pk}"' in str(page.body.get_prep_value())


def page_of(key: str) -> Any:
    """The newest version of the page of a text."""
    return StarterText.objects.get(key=key).page.specific.get_latest_revision_as_object()


def test_loading_again_completes_links_to_pages_that_an_editor_has_published(planted):
    vocab.load_all(at=clock.now())
    load_starter_content(by=SITE, at=clock.now(), folders=LINKING)
    edited = page_of(f"{LEADS_THERE}.en")
    edited.title = "An editor’s title"
    put_live(edited, clock.now())
    plain = page_of(f"{LEADS_THERE}.lt")
    plain.to_confirm = ""  # an editor has confirmed it, which changes no words
    put_live(plain, clock.now())
    for code in ("lt", "en"):
        assert not links_to(f"{PLAN}.{code}", page_of(f"{LEADS_THERE}.{code}"))
        put_live(page_of(f"{PLAN}.{code}"), clock.now())
    again = load_starter_content(by=SITE, at=clock.now(), folders=LINKING)
    assert (again.made, again.improved, again.kept) == (0, 3, 1)  # the letter leads to the plan, too
    plain = page_of(f"{LEADS_THERE}.lt")
    assert plain.live and links_to(f"{PLAN}.lt", plain) and plain.to_confirm == ""
    edited = page_of(f"{LEADS_THERE}.en")
    assert edited.title == "An editor’s title" and not links_to(f"{PLAN}.en", edited)
    assert load_starter_content(by=SITE, at=clock.now(), folders=LINKING).improved == 0
    PortalPage.objects.get(pk=page_of(f"{PLAN}.lt").pk).specific.unpublish()
    assert load_starter_content(by=SITE, at=clock.now(), folders=LINKING).improved == 2
    assert not links_to(f"{PLAN}.lt", page_of(f"{LEADS_THERE}.lt"))


def test_an_editors_own_page_for_an_audience_is_left_alone(planted):
    home = planted["lt"]
    own = AudiencePage(
        audience="children", title="Mūsų", slug="musu", summary="s", review_by=clock.now(), locale=home.locale
    )
    home.add_child(instance=own)
    assert load_starter_content(by=SITE, at=clock.now(), folders=("audiences",)).kept == 1
    assert AudiencePage.objects.filter(audience="children", locale=home.locale).get() == own


@pytest.mark.unit
def test_the_scale_finds_a_hard_sentence_in_advice_for_children():
    hard = "Tai yra labai ilgas sakinys kurio joks mažas vaikas niekaip negalėtų be pagalbos perskaityti."
    assert readability.troubles(hard, "lt", "child_8")
