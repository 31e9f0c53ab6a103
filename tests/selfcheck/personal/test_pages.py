"""The personal test for everybody: pages in both languages, one post that is answered and forgotten, the
class version, the family agreement."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sauga.selfcheck.personal.actions import drafts
from sauga.selfcheck.personal.queries.versions import bank
from sauga.selfcheck.personal.rules.bank import Audience, Leads
from tests.centre import AT, Centre, centre

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
PAGES = {
    Audience.CHILD: ("/lt/testas/vaikams/", "/en/check/children/"),
    Audience.TEEN: ("/lt/testas/paaugliams/", "/en/check/teenagers/"),
    Audience.ADULT: ("/lt/testas/suaugusiems/", "/en/check/adults/"),
}
OTHERS = ("/lt/testas/", "/en/check/", "/lt/testas/klasei/", "/lt/testas/seimos-susitarimas/")
VERDICT = re.compile(
    r"\d+\s?%|\btaškai\b|\bscore\b|\d+ (iš|of) \d+ (taškų|points)|nesaugus|unsafe", re.IGNORECASE
)


@pytest.fixture(autouse=True)
def shipped(centre: Centre) -> None:
    drafts.load_bank(AT)


def worst(part, leads=Leads.STEP):
    """Answers that lead to as many steps (or strengths) as there are."""
    return {
        one.code: next(n for n, option in enumerate(one.options) if option.leads == leads)
        for one in part.items
        if any(option.leads == leads for option in one.options)
    }


@pytest.mark.parametrize("audience", Audience)
def test_a_post_is_answered_with_next_steps_and_help_and_without_a_verdict(audience):
    part = bank().parts[audience]
    for language, path in zip(("lt", "en"), PAGES[audience], strict=True):
        response = Client().post(path, worst(part))
        text = response.content.decode()
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
        main = text[text.index("<main") : text.index("</main>")]
        assert main.count("data-for=") == len(part.items)
        assert "116111" in main
        assert all(one.title[language] in main for one in part.items)
        assert not VERDICT.search(re.sub(r"<[^>]+>", " ", main))


def test_an_answer_that_says_somebody_is_needed_puts_help_first():
    part = bank().parts[Audience.CHILD]
    item = next(one for one in part.items if any(option.talk for option in one.options))
    place = next(n for n, option in enumerate(item.options) if option.talk)
    text = Client().post("/en/check/children/", {item.code: place}).content.decode()
    assert text.index("data-talk-to") < text.index("next-steps")
    calm = Client().post("/en/check/children/", {item.code: 0}).content.decode()
    assert calm.index("data-talk-to") > calm.index("data-last")


def test_what_goes_well_is_said_and_nothing_else_is_asked_for():
    part = bank().parts[Audience.TEEN]
    text = Client().post("/en/check/teenagers/", worst(part, Leads.STRENGTH)).content.decode()
    assert all(one.well["en"] in text for one in part.items)
    assert "<h3>Next" not in text
    empty = Client().post("/en/check/teenagers/", {"nothing": "1", part.items[0].code: "99"}).content.decode()
    assert "You have not chosen an answer yet." in empty


def test_a_post_writes_nothing_and_asks_for_the_bank_and_its_links_only():
    with CaptureQueriesContext(connection) as asked:
        Client().post("/en/check/children/", worst(bank().parts[Audience.CHILD]))
    said = [one["sql"] for one in asked.captured_queries]
    assert not [sql for sql in said if re.match(r"\s*(INSERT|UPDATE|DELETE)", sql, re.IGNORECASE)]
    assert len(said) <= 14


@pytest.mark.parametrize("audience", Audience)
def test_the_page_holds_every_question_without_a_script(audience):
    part = bank().parts[audience]
    for language, path in zip(("lt", "en"), PAGES[audience], strict=True):
        response = Client().get(path)
        text = response.content.decode()
        assert not response.cookies
        assert all(f'name="{one.code}"' in text and one.question[language] in text for one in part.items)
        assert 'method="post"' in text
        assert 'autocomplete="off"' in text


def test_the_class_version_has_no_field_and_every_hint():
    for audience, path in (
        (Audience.CHILD, "/lt/testas/klasei/vaikams/"),
        (Audience.TEEN, "/lt/testas/klasei/paaugliams/"),
    ):
        text = Client().get(path).content.decode()
        main = text[text.index("<main") : text.index("</main>")]
        assert not re.search(r"<(input|textarea|select|form)", main)
        for one in bank().parts[audience].items:
            assert one.question["lt"] in main
            assert one.hint["lt"] in main.replace("\xa0", " ")


def test_the_agreement_sends_nothing():
    for path, words in (("/lt/testas/seimos-susitarimas/", "lt"), ("/en/check/family-agreement/", "en")):
        text = Client().get(path).content.decode()
        main = text[text.index("<main") : text.index("</main>")]
        assert "<form" not in main
        assert " name=" not in main
        assert all(one.text[words] in main for one in bank().agreement)


@pytest.mark.parametrize("path", OTHERS)
def test_the_other_pages_open(path):
    assert Client().get(path).status_code == 200


def test_without_a_published_version_there_is_no_test(centre: Centre):
    from sauga.selfcheck.personal.models import BankVersion

    BankVersion.objects.all().delete()
    assert Client(headers={"cookie": "a=b"}).get("/en/check/children/").status_code == 404


@pytest.mark.parametrize("path", [path for pair in PAGES.values() for path in pair])
def test_a_test_weighs_at_most_60_kilobytes_with_everything(path):
    page = Client().get(path).content
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    files = [Path(finders.find(part.removeprefix("/static/"))) for part in parts]
    fonts = sum(file.stat().st_size for file in files if file.suffix == ".woff2")
    texts = [page, *(file.read_bytes() for file in files if file.suffix != ".woff2")]
    assert fonts + sum(len(gzip.compress(text)) for text in texts) <= 60_000
