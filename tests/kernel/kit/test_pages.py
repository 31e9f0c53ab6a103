"""The detail page and the form page: what they show to whom, and every way in which a post ends."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.test import RequestFactory
from django.urls import path
from django.utils.translation import override

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.actors import CACHE
from sauga.kernel.kit import Action, ActionSet, DetailPage, form_view
from sauga.kernel.kit.lists import Mark
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import Step
from tests.structure import structure

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Steps(list[Step]):
    """The steps of a row that no table holds."""

    def order_by(self, *_names: str) -> "Steps":
        return Steps(reversed(self))


@dataclass
class Book:
    ref: str = "b1-0001"
    state: str = "IN"
    steps: Steps = field(default_factory=Steps)


class NoteForm(forms.Form):
    note = forms.CharField(max_length=20)


BOOK = Book()


def find(by: PersonActor, ref: str) -> Book:
    if not by.can("read") or ref != BOOK.ref:
        raise Http404
    return BOOK


def lend(by: PersonActor, book: Book, given: dict[str, Any], at: datetime) -> None:
    if given["note"] == "no":
        raise TextMissing
    book.state = "OUT"


class BookPage(DetailPage):
    """A book."""

    title, list_title, list_url, url, action_url = "Book", "Books", "books", "book", "book-do"
    states = {"IN": Mark("good", "", "on the shelf"), "OUT": Mark("wait", "", "lent")}
    zone, audit_permission = "library", "audit"
    actions = ActionSet(
        find=find,
        actions={
            "lend": Action(
                permissions=("lend",),
                states=frozenset({"IN"}),
                label="Lend it",
                message="Lent.",
                effect=lend,
                form=NoteForm,
            ),
            "back": Action(
                permissions=("lend",),
                states=frozenset({"OUT"}),
                label="It is back",
                message="Back.",
                effect=lambda *_: None,
            ),
        },
    )

    def facts(self) -> list[tuple[str, str]]:
        return [("Author", "<Anonymous>")]


def add(by: PersonActor, given: dict[str, Any], at: datetime) -> Book:
    if given["note"] == "no":
        raise TextMissing
    return BOOK


new_book = form_view(
    NoteForm,
    add,
    title="A new book",
    submit="Add it",
    message="Added.",
    url="book",
    list_url="books",
    list_title="Books",
    text="Bring it along.",
)
urlpatterns = [
    path("books/", lambda request: None, name="books"),
    path("books/<str:ref>/", BookPage.view(), name="book"),
    path("books/<str:ref>/<str:name>/", BookPage.action_view(), name="book-do"),
]


@pytest.fixture(autouse=True)
def frame(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any):
    """The frame of the desk asks for addresses that are not here; the pages are drawn in a plain one."""
    BOOK.state, BOOK.steps = "IN", Steps()
    (tmp_path / "ui/desk").mkdir(parents=True)
    blocks = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in ("crumbs", "heading", "intro"))
    (tmp_path / "ui/desk/base.html").write_text(
        f"<!doctype html><html lang=en><title>{{% block title %}}{{% endblock %}}</title>"
        f"<main>{{% block page_head %}}{blocks}{{% endblock %}}{{% block content %}}{{% endblock "
        f"%}}</main></html>"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def person(*held: str) -> PersonActor:
    return PersonActor(
        pseudonym="p2", person_id=2, name="", grants=MappingProxyType({one: frozenset({1}) for one in held})
    )


def ask(
    view: Any, by: PersonActor, data: dict[str, str] | None = None, *, post: bool = False, **named: str
) -> tuple[Any, list[str]]:
    """The answer in English, and what the person is told."""
    request: Any = (RequestFactory().post if post else RequestFactory().get)("/", data or {})
    setattr(request, CACHE, by)
    request._messages = CookieStorage(request)
    with override("en"):
        answer = view(request, **named)
        return answer, [str(one) for one in get_messages(request)]


def test_a_page_shows_state_facts_and_what_can_be_done():
    page = ask(BookPage.view(), person("read", "lend"), ref="b1-0001")[0].text
    assert (
        "on the shelf" in page
        and "&lt;Anonymous&gt;" in page
        and "Lend it" in page
        and "/books/b1-0001/lend/" in page
    )
    assert "It is back" not in page and "Nothing has happened yet." in page


def test_who_may_do_nothing_is_told_so():
    page = ask(BookPage.view(), person("read"), ref="b1-0001")[0].text
    assert "Nothing is left to do for you here." in page and "Lend it" not in page


@pytest.mark.parametrize(("held", "ref"), [("lend", "b1-0001"), ("read", "b1-0002")])
def test_what_is_not_theirs_does_not_exist(held: str, ref: str):
    for view, named in ((BookPage.view(), {}), (BookPage.action_view(), {"name": "lend"})):
        with pytest.raises(Http404):
            ask(view, person(held), post=bool(named), ref=ref, **named)


def test_the_history_names_states_newest_first():
    BOOK.steps[:] = [
        type("S", (), {"after": after, "at": AT, "by": "p2"})()  # type: ignore[misc]  # what the page reads of a step
        for after in ("OUT", "IN")
    ]
    page = ask(BookPage.view(), person("read"), ref="b1-0001")[0].text
    history = page[page.index('id="history"') :]
    assert 0 < history.index("on the shelf") < history.index("lent")


def test_audit_entries_are_shown_to_those_who_may_read_them(monkeypatch: pytest.MonkeyPatch):
    entry = audit.Entry(1, "library", AT, "p2", "book:lent", "library.book", "b1-0001", {})
    monkeypatch.setattr(audit, "timeline", lambda row, *, zone: [entry] if zone == "library" else [])
    assert "book:lent" in ask(BookPage.view(), person("read", "audit"), ref="b1-0001")[0].text
    assert "book:lent" not in ask(BookPage.view(), person("read"), ref="b1-0001")[0].text


def test_a_posted_action_leads_back_with_its_message():
    answer, told = ask(
        BookPage.action_view(), person("read", "lend"), {"note": "yes"}, post=True, ref="b1-0001", name="lend"
    )
    assert (answer.status_code, answer.url, told, BOOK.state) == (302, "/books/b1-0001/", ["Lent."], "OUT")


@pytest.mark.parametrize("note", ["", "no"])
def test_an_unusable_or_refused_form_comes_back_open(note: str):
    answer, told = ask(
        BookPage.action_view(), person("read", "lend"), {"note": note}, post=True, ref="b1-0001", name="lend"
    )
    assert answer.status_code == 422 and not told and BOOK.state == "IN"
    assert (
        "<details" in answer.text and " open>" in answer.text and f'value="{note}"' in answer.text
    ) or not note


def test_reloading_the_address_of_an_action_leads_to_the_page():
    answer, _told = ask(BookPage.action_view(), person("read"), ref="b1-0001", name="lend")
    assert answer.url == "/books/b1-0001/"


@pytest.mark.parametrize(
    ("note", "status", "told"),
    [("yes", 302, ["Added."]), ("", 422, []), ("no", 422, [])],
)
def test_a_form_makes_something_or_comes_back(note: str, status: int, told: list[str]):
    answer, said = ask(new_book, person(), {"note": note}, post=True)
    assert (answer.status_code, said) == (status, told)
    if status == 302:
        assert answer.url == "/books/b1-0001/"
    else:
        assert "A new book" in answer.text and 'role="alert"' in answer.text


def test_a_form_and_a_page_are_whole():
    fresh = ask(new_book, person())[0]
    assert fresh.status_code == 200 and "Bring it along." in fresh.text and 'role="alert"' not in fresh.text
    for page in (fresh, ask(BookPage.view(), person("read", "lend"), ref="b1-0001")[0]):
        assert [fault for fault in structure(page.text) if "h1" not in fault] == []
