"""“Something happened” as pages: a choice of taps without a trace, and “What to report”."""

import re
import sys
import types
from datetime import date
from html import unescape

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from sauga.kernel import clock, vocab
from sauga.portal import urls
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.queries.something_happened import Destination, destinations
from sauga.portal.rules.something_happened import End, Goal, Question, What, next_of, options
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.line import local, open_line

pytestmark = pytest.mark.django_db
LT, EN = "/lt/kas-nutiko/", "/en/what-happened/"
DAY = date(2026, 11, 24)
HERE = frozenset(Goal)


def main(answer) -> str:
    """The page's own part, as text with marks."""
    return unescape(answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


def tap(client, address: str = LT, **fields: str):
    answer = client.post(address, fields)
    assert answer.status_code == 200
    return answer


def topic(home, code: str, title: str) -> TopicPage:
    page = TopicPage(
        title=title, summary="Ką daryti.", slug=code.replace("_", "-"), topic=code, review_by=DAY
    )
    return home.add_child(instance=page)


def every_path(answers: dict | None = None):
    answers = answers or {}
    reached = next_of(answers, HERE)
    if isinstance(reached, End):
        yield answers, reached
        return
    for value in options(reached, answers, HERE):
        yield from every_path({**answers, reached.value: str(value)})


def test_first_question_is_linked_from_home_report_and_help(client, planted):
    for address in ("/lt/", "/lt/pranesti/", "/lt/pagalba/"):
        assert f'href="{LT}"' in main(client.get(address)), address
    page = main(client.get(LT))
    assert page.count('name="what"') == len(What) and "data-main" in page
    assert 'href="/lt/pranesti/mano-nuotrauka/"' in page
    assert f'href="{EN}"' in client.get(LT).content.decode()


def test_every_path_ends_at_pages_that_answer_and_leaves_no_trace(client, planted, caplog):
    topic(planted["lt"], "platform_reporting", "Kaip pranešti platformai")
    reached = set()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for answers, end in every_path():
            answer = tap(client, **answers)
            page = main(answer)
            assert ("data-numbers" in page) == end.numbers_first, answers
            assert (f'data-end="{end.goal}"' in page) == (end.goal is not Goal.EMERGENCY), answers
            assert page.count("<h1") == 1 and 'href="tel:112"' in page
            assert page.count("data-help-now") == 1 and 'href="tel:116111"' not in page, "nobody is there now"
            assert not answer.cookies and answer.headers["Cache-Control"] == "private, no-cache"
            assert not any(
                f"{name}=" in href for name in Question for href in re.findall(r'href="([^"]*)"', page)
            )
            reached |= set(re.findall(r'href="(/[^"#]*)"', page))
    assert not {query["sql"].split()[0] for query in asked} & {"INSERT", "UPDATE", "DELETE"}
    assert caplog.records == [] and not client.cookies
    assert {"/lt/pagalba/", "/lt/pranesti/", "/lt/pranesti/mano-nuotrauka/", "/lt/istekliai/"} <= reached
    for href in reached:
        assert client.get(href).status_code == 200, href


def test_no_answer_is_read_from_an_address(client, planted):
    assert main(client.get(f"{LT}?what=hurt&danger=yes")).count('name="what"') == len(What)


@pytest.mark.parametrize("is_open", [False, True])
def test_danger_shows_112_and_a_line_that_answers_before_everything_else(
    client, centre: Centre, planted, is_open, monkeypatch
):
    at = local("2026-11-24 20:00")
    monkeypatch.setattr(clock, "now", lambda: at)
    if is_open:
        open_line(centre, at)
    line = 'href="tel:116111"' if is_open else 'href="tel:080028888"'
    for danger in ("yes", "unsure"):
        page = main(tap(client, what="bullying", when="today", danger=danger, want="talk"))
        places = [page.index(mark) for mark in ("data-numbers", 'href="tel:112"', line)]
        assert places == sorted(places)
        assert places[-1] < page.index('class="lead"') < page.index('class="beads"')
    assert "Skambink 112 dabar." in main(tap(client, what="hurt", danger="yes"))


def test_one_tap_after_the_first_page_is_help_with_ones_own_picture(client, planted):
    page = main(tap(client, what="picture"))
    assert 'href="/lt/pranesti/mano-nuotrauka/"' in page and "Tai ne tavo kaltė" in page
    assert 'href="/lt/pagalba/"' in page


def test_back_takes_the_last_answer_back_and_the_language_keeps_them(client, planted):
    page = tap(client, what="bullying", when="today", danger="no")
    assert 'name="want"' in main(page)
    html = page.content.decode()
    switch = html.split("data-language", 1)[1].split("</form>", 1)[0]
    assert f'action="{EN}"' in html and 'name="when" value="today"' in switch
    before = main(tap(client, what="bullying", when="today", danger="no", back="1"))
    assert 'name="danger" value="unsure"' in before and 'type="hidden" name="when" value="today"' in before
    assert 'name="back"' not in main(tap(client, what="bullying", back="1"))
    assert "Is anyone in danger right now?" in main(tap(client, EN, what="hurt"))


def leads_to(client, address: str, goal: str, **fields: str) -> str:
    """The address of the button at the end of a path."""
    button = rf'data-end="{goal}">\s*<a class="button"\s+href="([^"]*)"'
    found = re.search(button, main(tap(client, address, **fields)))
    return found[1] if found else ""


def test_advice_is_the_topic_page_of_the_language_and_the_resources_where_there_is_none(client, planted):
    money = {"what": "money", "when": "today", "want": "advice"}
    assert leads_to(client, LT, "advice", **money) == "/lt/istekliai/"
    topic(planted["lt"], "ecrime", "Sukčiai internete")
    assert leads_to(client, LT, "advice", **money) == "/lt/ecrime/"
    assert "Sukčiai internete" in main(tap(client, **money))
    assert leads_to(client, EN, "advice", **money) == "/en/resources/"


def test_advice_opens_for_the_readers_of_the_page_that_led_here(client, planted):
    topic(planted["lt"], "ecrime", "Sukčiai internete")
    money = {"what": "money", "when": "today", "want": "advice"}
    here = f"{LT}?for=children"
    assert f'action="{here}"' in main(client.get(here)), "the next question remembers it"
    end = main(tap(client, here, **money))
    assert 'href="/lt/ecrime/?for=children"' in end and f'href="{here}"' in end, "and so does starting again"
    assert 'href="/lt/ecrime/"' in main(tap(client, f"{LT}?for=nobody", **money))


def test_the_platforms_form_is_offered_where_a_page_leads_there(client, planted):
    account = {"what": "account", "when": "today"}
    assert 'value="platform"' not in main(tap(client, **account))
    page = topic(planted["lt"], "platform_reporting", "Kaip pranešti platformai")
    assert 'value="platform"' in main(tap(client, **account))
    assert leads_to(client, LT, "platform", **account, want="platform") == "/lt/platform-reporting/"
    page.unpublish()
    assert 'value="platform"' not in main(tap(client, **account))


def test_who_feels_bad_is_not_met_by_the_hardest_name_for_it(client, planted):
    topic(planted["lt"], "self_harm", "Kietas pavadinimas")
    page = main(tap(client, what="low", danger="no"))
    assert 'href="/lt/self-harm/"' in page and "Kietas pavadinimas" not in page


def test_reporting_says_first_what_is_taken(client, planted):
    topic(planted["lt"], "violence", "Smurtas ekrane")
    page = main(tap(client, what="seen", danger="no", want="report"))
    assert "Ką tiriame" in page and "Ko netiriame" in page and 'href="/lt/pranesti/"' in page
    lists = page.split('class="two-lists"')[1].split('class="beads"')[0]
    assert 'href="/lt/istekliai/"' in lists and "Smurtas ekrane" not in lists  # an argument is no violence
    assert "tai, ką mačiau · pavojaus nėra · pranešti jums" in " ".join(page.split())


@pytest.mark.parametrize("language", ["lt", "en"])
def test_what_to_report_comes_before_the_form_and_names_its_choices(client, planted, language):
    with translation.override(language):
        here, form = reverse("portal-what-to-report"), reverse("hotline-report")
        terms = vocab.terms("report.choice")
    kinds = [term.label for term in terms if term.code not in {"OTHER", "DONT_KNOW"}]
    report = main(client.get(form))
    assert report.index(f'href="{here}"') < report.index("<form")
    page = main(client.get(here))
    assert kinds and all(kind in page for kind in kinds) and f'href="{form}"' in page
    assert 'href="tel:112"' in page


def test_without_helpline_and_hotline_paths_end_at_numbers_and_outside(client, planted, settings):
    alone = types.ModuleType("alone_urls")
    alone.urlpatterns = i18n_patterns(*urls.public, *urls.last)
    sys.modules["alone_urls"] = alone
    settings.ROOT_URLCONF = "alone_urls"
    try:
        with translation.override("lt"):
            found = destinations(language="lt", topic="ecrime", day=DAY)
        assert found[Goal.TALK] == Destination("tel:116111") and Goal.PICTURE not in found
        assert found[Goal.REPORT].is_outside and found[Goal.ADVICE].href == "/lt/"
        page = main(tap(client, what="picture"))
        assert 'data-end="talk"' in page and "mano-nuotrauka" not in page
        assert 'rel="noreferrer"' in main(tap(client, what="seen", danger="no", want="report"))
    finally:
        del sys.modules["alone_urls"]
