"""A form of a page is sent while text stands in another one: the text stands there again, for the same
person alone, and nothing of it stays. The forms are those of a real page; what the script sends is made as it
makes it (`tests/flows/test_unsent.py` asks the script itself)."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from access.test_kept_forms import WORDS, back, form_of, item_page
from django.test import Client
from lxml import html

from sauga.kernel.kit import unsent
from sauga.kernel.kit.models import KeptForm
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def typed(browser: Client, page: str, **given: str) -> str:
    """What the script sends of the form with these fields."""
    path, held = form_of(browser, page, next(iter(given)))
    hidden = {name: [held[name]] for name in held if name in {"version", "seen"}}
    fields = {name: [text] for name, text in given.items()}
    return json.dumps(
        {"page": page, "forms": [{"path": path, "fields": fields, "hidden": hidden, "open": True}]}
    )


def sent(browser: Client, page: str, name: str, along: str, **more: Any) -> Any:
    """The answer to the form with the field, or the button, `name`, with text of another form along."""
    action, form = form_of(browser, page, name)
    return browser.post(action, {**form, unsent.FIELD: along, **more.pop("fields", {})}, **more)


def note(browser: Client, page: str) -> str:
    return str(form_of(browser, page, "note")[1].get("note") or "").replace("\r\n", "\n").removeprefix("\n")


def test_the_text_stands_in_its_form_once_and_nothing_is_kept(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    answer = sent(browser, page, "country", typed(browser, page, note=WORDS), fields={"country": "NL"})
    to = answer.headers["Location"]
    assert answer.status_code == 302 and to.startswith(f"{page}?{unsent.FIELD}=")
    assert b"pastaba" not in bytes(KeptForm.objects.get().content)
    assert note(browser, to) == WORDS
    assert not KeptForm.objects.exists()
    assert not note(browser, to) and not note(browser, page)
    assert not [one for one in browser.cookies.values() if "pastaba" in str(one.value)]


def test_after_signing_in_again_both_stand_there(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    along = typed(browser, page, note=WORDS)
    action, form = form_of(browser, page, "country")
    late = Client(headers={"referer": f"http://testserver{page}"})
    answer = late.post(action, {**form, "country": "NL", unsent.FIELD: along})
    back(late, centre, "ANALYST")
    to = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    shown = late.get(to).text
    chosen = html.fromstring(shown).xpath("//input[@name='country']/@value")
    assert "antra eilutė" in shown and chosen == ["NL"]


def test_nobody_else_sees_it_and_another_site_puts_nothing_in(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    along = typed(browser, page, note=WORDS)
    to = sent(browser, page, "country", along, fields={"country": "NL"}).headers["Location"]
    assert "antra eilutė" not in sign_in(centre, "SECOND_REVIEWER").get(to).text
    assert note(browser, to) == WORDS
    elsewhere = {"origin": "https://elsewhere.example"}
    answer = sent(browser, page, "country", along, fields={"country": "NL"}, headers=elsewhere)
    assert unsent.FIELD not in answer.headers.get("Location", "")
    assert not KeptForm.objects.exists()


def test_on_another_page_a_sentence_leads_back(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    along = typed(browser, page, note=WORDS)
    to = sent(browser, page, "country", along, fields={"country": "NL"}).headers["Location"]
    elsewhere = "/desk/hotline/?" + urlsplit(to).query
    shown = browser.get(elsewhere).text
    assert "antra eilutė" not in shown and shown.count(unsent.FIELD + "=") == 1 and f'href="{to}"' in shown
    assert note(browser, to) == WORDS


def test_what_has_no_place_any_more_is_shown_to_be_copied(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    form = {"path": "/desk/hotline/items/gone/", "fields": {"why": [WORDS]}, "hidden": {}, "open": True}
    along = json.dumps({"page": page, "forms": [form]})
    to = sent(browser, page, "country", along, fields={"country": "NL"}).headers["Location"]
    assert "antra eilutė" in browser.get(to).text and not KeptForm.objects.exists()


def test_locking_and_signing_out_keep_nothing(centre: Centre):
    _item, page = item_page(centre)
    for leave in ("/desk/vault/lock/", "/desk/signout/"):
        browser = sign_in(centre, "ANALYST")
        answer = browser.post(leave, {unsent.FIELD: typed(browser, page, note=WORDS)})
        assert answer.status_code == 302 and unsent.FIELD not in answer.headers["Location"]
        assert not KeptForm.objects.exists(), leave


def one_form(path: Any = "/", fields: Any = None) -> str:
    form = {"path": path, "fields": fields or {}, "hidden": {}, "open": True}
    return json.dumps({"page": "/desk/", "forms": [form]})


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{",
        "[" * 5000,
        '{"page": "//elsewhere.example/", "forms": []}',
        one_form(path=1),
        one_form(fields={"a": ["\ud800"]}),
        one_form(fields={"a": [1]}),
        one_form(fields=[1]),
        "x" * 300_000,
    ],
)
def test_what_the_script_cannot_have_sent_is_nothing(said: str):
    assert unsent.read(said, "", "") is None


def test_passwords_and_tokens_are_not_taken():
    fields = {"password": ["a"], "csrfmiddlewaretoken": ["b"], "code": ["c"], "why": ["d"]}
    form = {"path": "/", "fields": fields, "hidden": {}, "open": False}
    held = unsent.read(json.dumps({"page": "/desk/", "forms": [form]}), "", "sauga.kernel.identity.views.me")
    assert held is not None and held.forms[0].fields == {"why": ["d"]}
