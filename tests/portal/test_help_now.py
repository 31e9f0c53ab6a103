"""A child at three in the morning: what works now stands first, once on a page, and two clicks from
everywhere lead to it; lines of others come from one list.
"""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from sauga.helpline.line.actions.hours import load_hours
from sauga.kernel import clock, page_cache
from sauga.kernel.states import SystemActor
from sauga.portal.actions.partners import lines
from sauga.portal.actions.starter_content import load_starter_content
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries import help_now
from sauga.portal.rules import open_times
from tests.centre import AT, Centre, centre, published, sign_in  # noqa: F401  fixtures
from tests.factories.line import local, open_line
from tests.helpline.letters.test_letter_pages import send as sent_letter

__all__ = ["published"]
NIGHT = local("2026-11-25 03:00")
LETTER = {"lt": "/lt/pagalba/laiskas/", "en": "/en/help/letter/"}
PICTURE = {"lt": "/lt/pranesti/mano-nuotrauka/", "en": "/en/report/own-picture/"}
CLOSED = {
    "lt": "Dabar pertrauka. Turėtume vėl kalbėtis",
    "en": "We are taking a break now. We expect to talk again",
}
SEARCH = {"lt": ("/lt/paieska/", "noriu mirti"), "en": ("/en/search/", "i want to die")}
SEARCHED = {
    "lt": ("isiuntiau nuoga nuotrauka", "isnuogejau kamerai", "mane musa namuose", "man grasina", "patycios"),
    "en": ("he has my nudes", "i am being blackmailed", "my dad hits me", "cyberbullying"),
}
CHAT = {"lt": "/lt/pagalba/pokalbis/", "en": "/en/help/chat/"}
HELP = {"lt": "/lt/pagalba/", "en": "/en/help/"}
DANGER = (
    "self_harm",
    "sexual_extortion",
    "violence",
    "ncii",
    "grooming",
    "abuse_at_home",
    "sexual_abuse",
)
SHORTAGE = re.compile(
    r"trūksta žmonių|not enough people|techninių kliūčių|gali būti uždaryta|may be closed", re.I
)


@pytest.fixture
def night(monkeypatch, request):
    """The clock of the site at three in the morning, with the published hours of the line."""
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    if "published" in request.fixturenames:
        request.getfixturevalue("published")
        load_hours(AT)


def main(client, address: str, **fields: str) -> str:
    answer = client.post(address, fields) if fields else client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def works_now(page: str, language: str) -> list[str]:
    """What works at any hour and is one click away on this page, in the order in which it stands."""
    wanted = {LETTER[language], PICTURE[language], "tel:112", "tel:080028888"}
    return [href for href in re.findall(r'href="([^"]*)"', page) if href in wanted]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_at_three_in_the_morning_two_clicks_lead_to_what_works(published, night, client, language):
    form = main(client, LETTER[language])
    assert "<textarea" in form and main(client, PICTURE[language])
    ticket = re.search(r'name="ticket" value="([^"]+)"', form)[1]
    sent = main(client, LETTER[language], ticket=ticket, text="Man labai neramu, ir nežinau, ką daryti.")
    assert "data-receipt" in sent, "a letter is taken at night"
    topics = TopicPage.objects.live().filter(locale__language_code=language, main=None)
    place, asked = SEARCH[language]
    pages = [page.get_url() for page in topics]
    assert len(pages) > 5
    for address in (HELP[language], CHAT[language], f"{place}?{urlencode({'q': asked})}", *pages):
        page = main(client, address)
        found = works_now(page, language)
        assert found[0] == LETTER[language] or address in pages, address
        assert {LETTER[language], "tel:112", "tel:080028888", PICTURE[language]} <= set(found), address
        assert page.count("tel:112") >= 1 and "Policija" not in page.split("data-help-now")[1][:2500], address
        assert page.count("data-help-now") == 1 and not SHORTAGE.search(page), address
        if address != CHAT[language]:
            assert " ".join(re.sub(r"<[^>]+>", " ", page).split()).count(CLOSED[language]) == 1, address


def answers_now(client, href: str) -> bool:
    """Whether a link of a page is help that works at this moment: a line that is open, or a form that is
    taken at any hour. 112 alone does not count: most who are awake at three are in no such danger.
    """
    if href.startswith("tel:"):
        return any(one.is_open and one.dial == href[4:] != "112" for one in help_now.lines(NIGHT))
    return href in {*LETTER.values(), *PICTURE.values()} and "<textarea" in main(client, href)


def clicks(client, start: str) -> list[str]:
    """The links that somebody follows in the text of pages, without bar and footer, from a page to help that
    works now; two at most. Nothing where there is no such way.
    """
    first = links_in(client, start)
    for href in first:
        if answers_now(client, href):
            return [href]
    for href in dict.fromkeys(first):
        if href.startswith("/") and not href.startswith(("/files/", "/media/", "/leave/")):
            for last in links_in(client, href):
                if answers_now(client, last):
                    return [href, last]
    return []


def links_in(client, address: str) -> list[str]:
    answer = client.get(address)
    if answer.status_code != 200 or "<main" not in (page := answer.content.decode()):
        return []
    return re.findall(r'<a\b[^>]*?href="([^"#]+)"', page.split("<main", 1)[1].split("</main>", 1)[0])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_at_three_in_the_morning_links_are_followed_to_help_that_answers(published, night, client, language):
    topics = TopicPage.objects.live().filter(locale__language_code=language, main=None)
    place, asked = SEARCH[language]
    searched = [f"{place}?{urlencode({'q': words})}" for words in (asked, *SEARCHED[language])]
    starts = [f"/{language}/", CHAT[language], HELP[language], *searched, *(one.get_url() for one in topics)]
    ways = {start: clicks(client, start) for start in starts}
    assert len(ways) > 15 and [start for start, way in ways.items() if not way] == []
    distress = searched[:-1]
    assert [start for start in (CHAT[language], HELP[language], *distress) if len(ways[start]) > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_pages_of_danger_never_begin_with_a_line_that_is_closed(published, night, client, language):
    rows = TopicPage.objects.live().filter(locale__language_code=language, main=None, topic__in=DANGER)
    assert rows
    for row in rows:
        page = main(client, row.get_url())
        assert page.index("data-help-now") < page.index('class="help-block"')
        for block in page.split('class="help-block"')[1:]:
            first = block.split("<li>")[1]
            assert "116111" not in first, row.title
        for steps in re.findall(r'<ol class="beads.*?</ol>', page, re.S):
            assert "116" not in steps.split("</li>")[0], row.title
    low = {"what": "low", "danger": "no"}
    end = main(client, "/lt/kas-nutiko/" if language == "lt" else "/en/what-happened/", **low)
    assert "116111" not in end and end.count("data-help-now") == 1
    assert end.index("data-help-now") < end.index('class="beads"') < len(end)
    talk = f'href="{HELP[language]}"'
    assert end.index("data-help-now") < end.index(talk) and f'class="button"\n    {talk}' not in end
    for answers in ({"what": "picture"}, {"what": "threat", "danger": "no", "want": "advice"}):
        page = main(client, "/lt/kas-nutiko/" if language == "lt" else "/en/what-happened/", **answers)
        beside = page.split('<ul class="ticks small">')[1].split("</ul>")[0]
        assert talk in beside.split("<li>")[-1] and page.index("data-help-now") < page.index(talk)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_bar_and_footer_never_begin_with_a_line_that_may_be_closed(published, night, client, language):
    for address in (f"/{language}/", CHAT[language], PICTURE[language], HELP[language]):
        page = client.get(address).content.decode()
        bar = page.split('<nav class="help-bar', 1)[1].split("</nav>", 1)[0]
        assert re.findall(r'href="([^"]*)"', bar)[0] == HELP[language], "it says what works now"
        assert "tel:116111" not in page.split('<footer class="site-foot', 1)[1]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_receipt_leads_to_nobody_who_does_not_answer(published, night, client, language):
    """Its bar has no page of help, so that the code is not lost by a touch; no number in it may be closed."""
    page = sent_letter(client, address=LETTER[language]).content.decode()
    assert "data-receipt" in page
    bar = page.split('<nav class="help-bar few', 1)[1].split("</nav>", 1)[0]
    assert re.findall(r'href="tel:([^"]*)"', bar) == ["112"]
    assert "tel:116111" not in page.split('<footer class="site-foot', 1)[0] and "tel:080028888" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_errors_and_searches_without_a_result_lead_to_the_page_of_help(published, night, client, language):
    lost = client.get(f"/{language}/nera-tokio-puslapio/")
    assert lost.status_code == 404
    nothing = client.get(SEARCH[language][0], {"q": "zzzqqq"})
    for page in (lost.content.decode(), nothing.content.decode()):
        inside = page.split("<main", 1)[1].split("</main>", 1)[0]
        assert f'href="{HELP[language]}"' in inside and "116" not in re.sub(r"<svg.*?</svg>", "", inside)


@pytest.mark.django_db
def test_the_safety_plan_names_lines_of_the_list_and_no_empty_number(published, night, client):
    load_starter_content(by=SystemActor("site"), at=NIGHT, publish_all=True, folders=["coping", "hubs"])
    for language in ("lt", "en"):
        plan = PlainPage.objects.get(
            topics__contains=["self_harm"], locale__language_code=language, slug__startswith="sa"
        )
        page = main(client, plan.get_url())
        assert "tel:080028888" in page and not re.search(r"(Jaunimo linija\)?|Youth Line):? …", page)
        assert page.index("data-help-now") < page.index("<h2", page.index("data-help-now"))


@pytest.mark.django_db
def test_while_somebody_talks_pages_say_so_and_nothing_of_the_night(published, client, monkeypatch):
    at = local("2026-11-24 20:00")
    monkeypatch.setattr(clock, "now", lambda: at)
    open_line(published, at)
    for address in ("/lt/patycios/", HELP["lt"], "/lt/paieska/?q=noriu+mirti"):
        page = main(client, address)
        assert "data-help-now" not in page and "tel:116111" in page, address
    assert client.get("/lt/patycios/").cached_page.seconds == page_cache.MINUTE


@pytest.mark.django_db
def test_a_line_is_shown_while_it_is_valid_confirmed_and_open(published, night, client):
    line = HelpEntry.objects.filter(code="youth_helpline")
    assert "tel:080028888" in main(client, CHAT["lt"])
    shown = (
        {"confirmed": False},
        {"valid_to": NIGHT.date()},
        {"open_times": "I–VII 8:00–20:00"},
        {"open_times": ""},
    )
    for change in shown:
        before = line.values(*change).get()
        line.update(**change)
        assert "080028888" not in main(client, CHAT["lt"]), change
        line.update(**before)
    line.update(phone="0 600 00000")
    assert "tel:060000000" in main(client, CHAT["lt"])
    adults = main(client, f"{CHAT['lt']}?audience=adult")
    assert (
        "tel:116123" in adults
        and "tel:060000000" not in adults
        and "tel:116123" not in main(client, CHAT["lt"])
    )


@pytest.mark.django_db
def test_core_languages_say_the_same(published, night, client):
    said = {
        "uk": "Зараз перерва.",
        "ru": "Сейчас перерыв.",
        "pl": "Teraz mamy przerwę.",
    }
    for code, closed in said.items():
        with translation.override(code):
            address = reverse("helpline-help")
        page = main(client, address)
        assert page.count(closed) == 1 and "tel:080028888" in page and "(Jaunimo linija)" in page
        assert "tel:116111" not in main(client, f"/{code}/")


@pytest.mark.django_db
def test_hours_that_cannot_be_read_are_refused(planted):
    row = HelpEntry.objects.get(code="youth_helpline")
    for text in ("visą parą", "I-VIII 9:00-10:00", "V–I 9:00–10:00", "I 25:00–26:00", "I 9:60–10:00"):
        row.open_times = text
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert set(refused.value.message_dict) == {"open_times"}, text
        assert row.times == () and row.is_open(NIGHT) is None
    row.open_times = "I-V 9:00-13:00, 17:00–1:00; VI 10:00–14:00"
    row.full_clean()


@pytest.mark.django_db
def test_numbers_that_nobody_has_checked_are_counted_at_the_desk(planted, centre: Centre):
    before = help_now.lines_to_check(centre.actor("PUBLISHER"), NIGHT)
    assert before >= 4 and not HelpEntry.objects.exclude(checked_on=None).exists()
    row = HelpEntry.objects.filter(code="youth_helpline")
    row.update(checked_on=NIGHT.date())
    assert help_now.lines_to_check(centre.actor("PUBLISHER"), NIGHT) == before - 1
    assert help_now.lines_to_check(centre.actor("PUBLISHER"), NIGHT + timedelta(days=183)) == before
    assert "Tikrintini pagalbos numeriai" in sign_in(centre, "PUBLISHER").get("/desk/").content.decode()


def test_a_line_is_open_to_the_minute_and_past_midnight():
    times = open_times.read("I–V 9:00–13:00, 17:00–1:00; VII 0:00–24:00")
    answers = {
        "2026-11-23 08:59": False,  # a Monday
        "2026-11-23 09:00": True,
        "2026-11-23 13:00": False,
        "2026-11-24 00:59": True,
        "2026-11-24 01:00": False,
        "2026-11-28 00:30": True,  # the night after Friday
        "2026-11-28 12:00": False,
        "2026-11-29 23:59": True,
        "2026-11-30 00:00": False,
    }
    assert {at: open_times.is_open(times, local(at)) for at in answers} == answers
    with translation.override("en"):
        assert open_times.in_words(times) == "on working days 9:00–13:00, 17:00–1:00; Sunday 0:00–24:00"
        assert open_times.in_words(open_times.read("I–VII 0:00–24:00")) == "day and night"
    with translation.override("lt"):
        assert open_times.in_words(times).endswith("; sekmadienis 0:00–24:00")
    assert open_times.is_open((), NIGHT) is None


def test_every_shipped_line_can_be_read():
    for row in lines("help.csv"):
        open_times.read(row["open_times"])
        assert row["phone"] or row["website"], row["code"]
        assert date.fromisoformat(row["valid_from"]) < NIGHT.date() - timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_own_picture_at_night_names_what_else_works_and_nothing_twice(published, night, client, language):
    page = main(client, PICTURE[language])
    places = re.findall(r'href="([^"]*)"', page)
    for wanted in ("takeitdown.ncmec.org", "www.epolicija.lt", "tel:080028888", "tel:112", LETTER[language]):
        assert sum(wanted in place for place in places) == 1, wanted
    assert "tel:116111" not in places and PICTURE[language] not in places[1:]
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert words.count(CLOSED[language]) == 1 and not SHORTAGE.search(words)
