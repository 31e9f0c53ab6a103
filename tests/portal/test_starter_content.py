"""The shipped starter texts: complete, within the publish gate, loaded once, never over an editor's words."""

from importlib.resources import files

import pytest
from django.test import Client

from sauga.kernel import clock
from sauga.kernel.i18n import reading
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import SystemActor
from sauga.portal.actions.site_setup import put_live
from sauga.portal.actions.starter_content import load_starter_content
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.models.starter_texts import StarterText
from sauga.portal.queries import page_gate
from sauga.portal.rules.starter_format import Malformed, TopicText, read_topic
from sauga.repository.resources.rules import publish_gate
from tests.centre import centre  # noqa: F401  a fixture

SITE = SystemActor("site")
TOPICS = 28
INDEX_PAGES = 2
FOLDER = files("sauga.portal").joinpath("data/starter/topics")


def shipped(code: str) -> dict[str, TopicText]:
    return {
        one.name.removesuffix(f".{code}.md"): read_topic(one.read_text(encoding="utf-8"), code)
        for one in FOLDER.iterdir()
        if one.name.endswith(f".{code}.md")
    }


@pytest.mark.unit
@pytest.mark.parametrize("code", ["lt", "en"])
def test_each_topic_speaks_to_four_groups_with_every_passage(code: str):
    texts = shipped(code)
    assert len(texts) == TOPICS
    for name, text in texts.items():
        readers = [part["value"]["reader"] for part in text.body]
        assert readers == ["children", "teenagers", "parents_carers", "teachers"], name
        for part in text.body:
            kinds = [block["type"] for block in part["value"]["body"]]
            assert {"heading", "steps", "help", "quote"} <= set(kinds), name
        assert len(text.sources) >= 2 and len(text.related) >= 3 and text.review_months <= 12, name


@pytest.mark.unit
def test_both_languages_have_the_same_topics_and_relations():
    lt, en = shipped("lt"), shipped("en")
    assert lt.keys() == en.keys()
    topics = {text.topic for text in lt.values()}
    for name, text in lt.items():
        assert (text.topic, text.needs_expert) == (en[name].topic, en[name].needs_expert)
        assert set(text.related) <= topics - {text.topic}


@pytest.mark.unit
@pytest.mark.parametrize(
    "broken", ["no fence", "+++\ntitle = \n+++\n", "+++\ntitle = 'a'\n+++\n## child\n### now\n- no step\n"]
)
def test_a_text_that_is_written_wrongly_is_refused(broken: str):
    with pytest.raises(Malformed):
        read_topic(broken, "lt")


@pytest.fixture
def loaded(planted, db):
    from sauga.kernel import vocab

    vocab.load_all(at=clock.now())
    return load_starter_content(by=SITE, at=clock.now())


def test_only_the_system_loads_them(planted, centre):
    with pytest.raises(PermissionRefused):
        load_starter_content(by=centre.actor("PUBLISHER"), at=clock.now())


def test_texts_for_an_expert_stay_drafts_and_the_rest_is_public(loaded, client: Client):
    assert loaded.made == 2 * TOPICS + INDEX_PAGES
    drafts = {page.topic for page in TopicPage.objects.filter(live=False)}
    assert drafts == {"eating", "self_harm"}
    assert client.get("/lt/valgymas-ir-kunas/").status_code == 404
    page = client.get("/en/bullying/").text
    assert "Don’t write back" in page and "Sources of this page" in page and "Related topics" in page
    page = client.get("/lt/patycios/").text
    assert 'hreflang="en"' in page and "Neatrašyk" in page and "Pranešti" in page
    confirm = TopicPage.objects.get(topic="cyberbullying", locale__language_code="lt").to_confirm
    assert confirm and not any(line in page for line in confirm.splitlines())
    index = client.get("/lt/temos/").text
    assert index.count('<a href="/lt/') >= TOPICS - len(drafts) and "Patyčios" in index


def test_loading_again_changes_nothing_and_keeps_what_an_editor_wrote(loaded, client: Client):
    page = TopicPage.objects.get(topic="sexting", locale__language_code="lt")
    page.title = "Redaktoriaus antraštė"
    put_live(page, clock.now())
    gone = TopicPage.objects.get(topic="passwords", locale__language_code="en")
    gone.delete()
    again = load_starter_content(by=SITE, at=clock.now())
    assert (again.made, again.improved, again.kept) == (0, 0, 2)
    StarterText.objects.update(loaded="an earlier release")
    better = load_starter_content(by=SITE, at=clock.now())
    assert (better.made, better.improved, better.kept) == (0, 2 * TOPICS - 2, 2)
    page.refresh_from_db()
    assert page.title == "Redaktoriaus antraštė" and not TopicPage.objects.filter(pk=gone.pk).exists()


def test_an_editors_own_page_about_a_topic_is_left_alone(planted):
    home = planted["lt"]
    own = TopicPage(
        topic="cyberbullying",
        title="Mūsų",
        slug="musu",
        summary="s",
        review_by=clock.now(),
        locale=home.locale,
    )
    home.add_child(instance=own)
    assert load_starter_content(by=SITE, at=clock.now()).kept == 1
    assert TopicPage.objects.filter(topic="cyberbullying", locale=home.locale).get() == own


def test_every_text_keeps_to_the_publish_gate(loaded):
    """What a browser finds is not asked here: the crawls open these pages in one."""
    failing = {
        f"{page.slug}: {result.check}": [(one.why, one.text, one.counted) for one in result.findings]
        for page in TopicPage.objects.all()
        for facts, results in [page_gate.judge(page_gate.newest(page), clock.now())]
        for result in results
        if result.check in publish_gate.failing(facts, results) and result.check not in {"axe", "keyboard"}
    }
    assert not failing


def test_the_unconfirmed_number_of_a_line_is_not_shown(loaded, client: Client):
    assert HelpEntry.objects.get(code="youth_helpline").confirmed is False
    assert "8 800 28888" not in client.get("/lt/patycios/").text


@pytest.mark.unit
def test_the_scale_finds_a_hard_sentence_in_advice_for_children():
    hard = "Tai yra labai ilgas sakinys kurio joks mažas vaikas niekaip negalėtų be pagalbos perskaityti."
    assert reading.troubles(hard, "lt", "child_8")
