"""The letter builder: sentences become a letter that nobody keeps, with help first where it is needed."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sauga.kernel.i18n import readability
from sauga.portal.models.articles import LetterPage
from sauga.portal.rules.letter import compose, questions, read
from tests.centre import published

__all__ = ["published"]
WRITTEN = {"to": "4", "open": "3", "what-4": "4", "feel-0": "0", "feel-5": "5", "want-0": "0", "close": "1"}
THOUGHTS = "what-9"


@pytest.fixture
def pages(published):
    """Address of the letter builder by language."""
    return {page.locale.language_code: page.get_url() for page in LetterPage.objects.live()}


def main(answer) -> str:
    return unescape(answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


@pytest.mark.unit
def test_both_languages_ask_the_same_and_every_sentence_fits_a_child():
    lt, en = questions("lt"), questions("en")
    assert [(q.code, q.many, len(q.choices)) for q in lt] == [(q.code, q.many, len(q.choices)) for q in en]
    for language in ("lt", "en"):
        everything = [choice for question in questions(language) for choice in question.choices]
        for text in {text for choice in everything for text in (choice.text, choice.polite) if text}:
            assert readability.troubles(text.replace(",", "."), language, "child_8") == [], text
    assert [n for q in lt for n, choice in enumerate(q.choices) if choice.is_urgent] == [9]
    assert [n for q in en for n, choice in enumerate(q.choices) if choice.is_urgent] == [9]


@pytest.mark.unit
def test_a_letter_addresses_a_teacher_formally_and_grandma_does_not():
    asked = questions("lt")
    teacher = compose(read(WRITTEN, asked), asked).text
    assert teacher.startswith("Mokytoja,\nBijau, kad supyksite. Prašau, perskaitykite iki galo. Man grasina")
    assert teacher.endswith("neklausinėtumėte. Ateikite pas mane, kai perskaitysite.")
    grandma = compose(read({**WRITTEN, "to": "2"}, asked), asked).text
    assert grandma.startswith("Močiute,\nBijau, kad supyksi.") and "supyksite" not in grandma
    assert compose(read({"to": "2", "what-99": "99", "open": "77"}, asked), asked).text == ""


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_letter_can_be_changed_printed_and_begun_again_without_scripts(pages, client, language):
    address = pages[language]
    page = main(client.get(address))
    assert page.count('type="radio"') == 21 and page.count('type="checkbox"') == 25
    edit = client.post(address, {**WRITTEN, "step": "write"})
    letter = compose(read(WRITTEN, questions(language)), questions(language)).text
    assert f">\n{letter}</textarea>" in main(edit)
    mine = letter + "\n\nTavo <b>Rūta</b>"
    sheet = client.post(address, {**WRITTEN, "letter": mine.replace("\n", "\r\n"), "step": "sheet"})
    assert f">{mine.replace('<', '&lt;').replace('>', '&gt;')}</p>" in sheet.content.decode()
    assert "discreet" in main(sheet) and "data-print" in main(sheet)
    again = client.post(address, {**WRITTEN, "letter": mine, "step": "edit"})
    assert f">\n{mine}</textarea>" in main(again)
    back = main(client.post(address, {**WRITTEN, "letter": mine, "step": "choose"}))
    assert back.count(" checked>") == len(WRITTEN)


def test_nothing_remains_of_a_letter(pages, client, caplog):
    with CaptureQueriesContext(connection) as asked:
        for step in ("write", "edit", "sheet", "choose", "?"):
            answer = client.post(pages["lt"], {**WRITTEN, "letter": "Mama, slaptas sakinys.", "step": step})
            assert answer.status_code == 200 and not answer.cookies
            assert answer.headers["Cache-Control"] == "no-store, private"
            assert "<title>Sauga – sakiniai</title>" in answer.content.decode()
            for href in re.findall(r'(?:href|action)="([^"]*)"', answer.content.decode()):
                assert not any(f"{name}=" in href for name in (*WRITTEN, "step", "letter"))
            assert "data-answers" in main(answer)
    writes = [row["sql"] for row in asked if not row["sql"].lstrip("( ").upper().startswith("SELECT")]
    assert writes == [] and "slaptas" not in caplog.text


def test_help_comes_before_a_letter_about_not_wanting_to_live(pages, client):
    for step in ("write", "edit", "sheet", "choose"):
        page = main(client.post(pages["lt"], {THOUGHTS: "9", "letter": "Mama, padėk.", "step": step}))
        assert page.index('href="tel:112"') < page.index("<form") and "data-numbers" in page
    assert "data-numbers" not in main(client.post(pages["lt"], {**WRITTEN, "step": "write"}))


def test_an_empty_letter_and_one_that_is_too_long_say_so_and_keep_what_was_chosen(pages, client):
    empty = main(client.post(pages["lt"], {"to": "2", "step": "write"}))
    assert 'role="alert"' in empty and empty.count(" checked>") == 1
    long = "ą" * 5001
    page = main(client.post(pages["lt"], {**WRITTEN, "letter": long, "step": "sheet"}))
    assert 'role="alert"' in page and f">\n{long}</textarea>" in page


def test_the_language_switch_carries_the_choices(pages, client):
    html = client.post(pages["lt"], {**WRITTEN, "step": "write"}).content.decode()
    form = re.search(rf'<form[^>]*action="{pages["en"]}".*?</form>', html, re.S)[0]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert WRITTEN.items() <= fields.items()
    assert "Please read to the end first" in main(client.post(pages["en"], {**fields, "step": "write"}))


def test_other_pages_take_no_form_and_a_draft_takes_none(pages, client):
    hub = pages["lt"].rsplit("/", 2)[0] + "/"
    assert client.post(hub, {"step": "write"}).status_code == 405
    assert client.post("/lt/nera-tokio/", {"step": "write"}).status_code == 404
    LetterPage.objects.update(live=False)
    assert client.post(pages["lt"], {**WRITTEN, "step": "write"}).status_code == 404


def test_something_happened_leads_to_the_letter_where_there_is_one(pages, client):
    bullied = {"what": "bullying", "when": "today", "danger": "no", "want": "advice"}
    assert f'href="{pages["lt"]}"' in main(client.post("/lt/kas-nutiko/", bullied))
    LetterPage.objects.update(live=False)
    assert "Susidėliok laišką" not in main(client.post("/lt/kas-nutiko/", bullied))


def test_the_safety_plan_has_lines_to_write_on_and_breathing_a_circle(pages, client):
    hub = pages["lt"].rsplit("/", 2)[0]
    plan = main(client.get(f"{hub}/saugumo-planas/"))
    assert plan.count('class="to-fill') == 20 and plan.count("to-fill whole") == 3 and "…</li>" not in plan
    assert 'class="breathing-circle"' in main(client.get(f"{hub}/kvepuok-kartu/"))
