"""The same form sent twice at the same moment is one thing: every address that takes posts is guarded, every
form carries what tells it apart, and real forms, posted twice by two threads, leave what one post leaves: in
rows, mails, notices and jobs.

What this does not reach: of real forms those below and in `test_forms_twice.py` are posted by threads; all
others rest on the guard, which is asked about each address with a form of one field. What scripts send by
themselves, asynchronous views and forms without a token (multi-step pages of hotline and helpline) rest on
their own actions.
"""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from access.derived import _patterns
from django.db import connection, connections
from django.http import HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation
from factories import panel
from factories.adaptations import editor_browser, released
from factories.hotline import reported
from factories.members import acts_for, browser_of, joined
from lxml import html

from sauga.kernel import clock, sealed
from sauga.kernel.kit.models import SentForm
from sauga.kernel.kit.sent_forms import SentFormMiddleware
from sauga.kernel.organisations.models import Organisation
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.access


def views() -> dict[str, Any]:
    """Every view by the name of its address."""
    with translation.override("en"):
        return {str(one.name): one.callback for one, _place, _given in _patterns(get_resolver().url_patterns)}


@pytest.mark.django_db
def test_a_form_that_was_sent_is_not_carried_out_again_at_any_address():
    found, twice = views(), []
    guard = SentFormMiddleware(lambda request: HttpResponseRedirect("/"))
    for name, view in found.items():
        done: list[int] = []

        def probe(request: Any, done: list[int] = done) -> HttpResponseRedirect:
            done.append(1)
            return HttpResponseRedirect("/en/done/")

        probe.__dict__.update(getattr(view, "__dict__", {}))
        for _time in range(2):
            request = RequestFactory().post(f"/en/{name}/", {"form_token": "t" * 24, "words": "The same"})
            answer = guard.process_view(request, probe, (), {})
            if answer is not None:
                assert answer.headers["Location"] == "/en/done/"
        if len(done) != 1:
            twice.append(name)
    assert not twice
    assert len(found) > 500
    held = b"".join(bytes(row.answer) for row in SentForm.objects.all()[:50])
    assert b"/en/done/" not in held


def counted() -> Counter[str]:
    """How many rows each table has, of what a post can make."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename NOT IN ('kit_sentform', 'audit_trailhead')"
        )
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names))
        return Counter(dict(cursor.fetchall()))


def form_of(browser: Client, page: str, **given: str) -> dict[str, Any]:
    """What a browser would send of the form of a page, with what is typed."""
    return form_in(browser.get(page), **given)


def form_in(answer: Any, **given: str) -> dict[str, Any]:
    """The same of a page that has come already."""
    assert answer.status_code == 200, answer.content.decode()[:4000]
    for form in html.fromstring(answer.content.decode()).forms:
        if form.method == "POST" and set(given) <= set(form.fields.keys()):
            held = {name: value for name, value in form.form_values() if isinstance(value, str)}
            return {**held, **given}
    raise AssertionError(f"no form with {sorted(given)}")


def send_together(browsers: list[Client], address: str, data: Callable[[], dict[str, Any]]) -> list[Any]:
    """Post the same from threads that begin at the same moment; `data` makes it for each, since a file is
    read once."""
    answers: list[Any] = []
    start = threading.Barrier(len(browsers))

    def send(browser: Client) -> None:
        try:
            start.wait(30)
            answers.append(browser.post(address, data()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def growth(act: Callable[[], Any]) -> tuple[Counter[str], Any]:
    before = counted()
    result = act()
    return counted() - before, result


def nomination(number: int) -> dict[str, str]:
    return {
        "name": f"Vardas {'ABC'[number]}",
        "birth_month": panel.born(13, clock.now()).strftime("%Y-%m"),
        "guardian_address": f"g{number}@pastas.example",
    }


@pytest.mark.django_db(transaction=True)
def test_a_nomination(centre: Centre):
    who, secret = joined()
    acts_for(who, Organisation.objects.get(code="MOKYKLA"))
    check(lambda: browser_of(secret), "/en/my/youth-panel/", nomination)


def check(
    browser: Callable[[], Client], page: str, data: Callable[[int], dict[str, str]], to: str = ""
) -> None:
    """What two posts of one form leave is what one post of a form like it leaves."""
    alone, together = browser(), [browser() for _each in range(3)]
    form = form_of(alone, page, **data(0))
    once, answer = growth(lambda: alone.post(to or page, form))
    assert answer.status_code in {200, 302, 303}, answer.content.decode()[:4000]
    assert once
    form = form_of(alone, page, **data(1))
    both, answers = growth(lambda: send_together(together, to or page, lambda: form))
    assert {one.status_code for one in answers} == {answer.status_code}
    assert len({one.headers.get("Location", one.content) for one in answers}) == 1
    assert both == once


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_an_adaptation_whose_page_shows_its_token_once(centre: Centre):
    made = released(centre)
    channels = ("scorm2004", "scorm12")
    check(editor_browser, f"/en/my/adaptations/{made.ref}/deploy/", lambda n: {"channel": channels[n]})


@pytest.mark.django_db(transaction=True)
def test_a_message_of_a_reporter(centre: Centre):
    page, grown = "/en/report/return/", []
    for number, senders in enumerate((1, 3)):
        _report, keys = reported(f"https://pavyzdys.example/a/{number}", at=clock.now())
        good_for_an_hour = {"pass": sealed.new_pass(keys, clock.now())}
        form = form_in(Client().post(page, good_for_an_hour), message="Puslapis vis dar veikia.")
        browsers = [Client() for _each in range(senders)]
        both, answers = growth(lambda: send_together(browsers, page, lambda: form))  # noqa: B023  used at once
        assert {"Your message is sent." in one.content.decode() for one in answers} == {True}
        grown.append(both)
    assert grown[0]["hotline_message"] == 1
    assert grown[0] == grown[1]
