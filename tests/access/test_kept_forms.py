"""What was typed survives the end of a session: whoever sends a form too late signs in again and finds it
filled, for 15 minutes, and nobody else does. Asked of every address of the desk and of the sites of members,
and of real forms of people.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from access.derived import _patterns
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation
from factories import panel
from factories.events import draft
from factories.members import acts_for, browser_of, joined
from factories.people import begin_session, hire
from factories.people import sign_in as enter
from lxml import html

from sauga.hotline.assessment.models import Assessment
from sauga.hotline.content.models import ContentItem
from sauga.hotline.tracing.actions import record_trace
from sauga.hotline.tracing.rules import Answer
from sauga.kernel import clock
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.identity.desk_access.access import check_access
from sauga.kernel.kit import kept_forms
from sauga.kernel.kit.models import KeptForm
from sauga.kernel.kit.tasks import remove_kept_forms
from sauga.kernel.members.my_sauga.middleware import MemberGateMiddleware
from sauga.kernel.members.signin import cookies
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.panel.members.models import Member
from sauga.panel.voice.actions.cycles import start_cycle
from sauga.panel.voice.models import Proposal
from sauga.project.requests.kept_forms import KeptFormMiddleware
from sauga.project.requests.sites import Site, mark_site
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported

pytestmark = [pytest.mark.access, pytest.mark.django_db]
DESK, MEMBER = kept_forms.cookie_name("desk"), kept_forms.cookie_name("member")
TYPED = "Ilgai rašyta"
WORDS = "Ilgai rašyta pastaba: <b>kas & kodėl</b>\nantra eilutė"
MEMBERS = MemberGateMiddleware(lambda request: HttpResponse())


def test_every_form_that_comes_without_a_session_is_kept_whatever_its_address():
    owner = kept_forms._keyed("owner", "desk|1")
    form = {kept_forms.FIELD: owner + kept_forms._keyed("genuine", owner), "words": WORDS}
    with translation.override("en"):
        every = [(f"/{place}", one) for one, place, _given in _patterns(get_resolver().url_patterns)]
    lost, asked = [], 0
    for address, pattern in every:
        request: Any = RequestFactory().post(address, form)
        request.user, request.session, request.member_session = AnonymousUser(), {}, None
        request.resolver_match = SimpleNamespace(func=pattern.callback, url_name=pattern.name)
        is_desk = mark_site(request) is Site.DESK

        def gate(request: Any, view: Any = pattern.callback, is_desk: bool = is_desk) -> Any:
            refused = check_access(request, view) if is_desk else MEMBERS.process_view(request, view, (), {})
            return refused or HttpResponse("the view")

        answer: Any = KeptFormMiddleware(gate)(request)
        asked += answer.status_code == 302
        if answer.status_code == 302 and not {DESK, MEMBER} & answer.cookies.keys():
            lost.append(address)
    assert not lost
    assert asked > 700
    assert KeptForm.objects.count() == asked


def form_of(browser: Client, page: str, name: str) -> tuple[str, dict[str, Any]]:
    """Where the form with this field leads, and what a browser would send of it."""
    answer = browser.get(page)
    assert answer.status_code == 200, page
    for form in html.fromstring(answer.content.decode()).forms:
        if form.method == "POST" and name in form.fields:
            held = {key: value for key, value in form.form_values() if isinstance(value, str)}
            return form.action or page, held
    raise AssertionError(f"{page} has no form with {name}")


def sent(browser: Client, action: str, form: dict[str, Any], page: str) -> Any:
    return browser.post(action, form, headers={"referer": f"http://testserver{page}"})


def ended(browser: Client, page: str, **given: str) -> Any:
    """The answer to a form that the person filled in and sent after their session had ended."""
    action, form = form_of(browser, page, next(iter(given)))
    for name in (settings.SESSION_COOKIE_NAME, cookies.session_name()):
        browser.cookies.pop(name, None)
    Session.objects.update(expire_date=clock.now() - timedelta(minutes=1))
    return sent(browser, action, {**form, **given}, page)


def back(browser: Client, centre: Centre, role: str) -> None:
    """Somebody signs in again in the same browser, as the sign-in page does it."""
    given, _response = begin_session(centre.people[role], centre.actor(role).vault)
    browser.cookies.load(given)


def survives(browser: Client, page: str, enter: Callable[[], None], **given: str) -> Any:
    """The form is filled after signing in, and carried out when the person sends it; the answer to that."""
    answer = ended(browser, page, **given)
    assert answer.status_code == 302 and f"next={page.replace('/', '%2F')}" in answer.headers["Location"]
    row = KeptForm.objects.get()
    assert all(text.encode() not in bytes(row.content) for text in given.values())
    shown = browser.get(answer.headers["Location"]).content.decode()
    assert all(text not in shown for text in given.values()), "nobody has signed in yet"
    enter()
    action, form = form_of(browser, page, next(iter(given)))
    assert {name: form[name].replace("\r\n", "\n").removeprefix("\n") for name in given} == given
    answer = sent(browser, action, form, page)
    assert not KeptForm.objects.exists()
    return answer


def item_page(centre: Centre) -> tuple[ContentItem, str]:
    report, _keys = reported("https://pavyzdys.example/slaptas-kelias/9", category="HATE")
    item = ContentItem.objects.get(locations__report=report)
    answers = [Answer("RDAP_IP", "192.0.2.7", "NET", 64500, "NL", emails=("abuse@pavyzdys.example",))]
    record_trace(by=SystemActor("tracer"), item=item, answers=answers, at=AT)
    return item, f"/desk/hotline/items/{item.ref}/"


def test_an_analysts_note_is_stored_once_and_only_after_a_click(centre: Centre):
    item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    again = partial(back, browser, centre, "ANALYST")
    answer = survives(browser, page, again, note=WORDS, verdict="PROHIBITED", legal_act="BK_170")
    assert answer.status_code in {302, 303}
    assert Assessment.objects.filter(item=item).count() == 1
    assert not browser.cookies[DESK].value and TYPED not in browser.get("/desk/").content.decode()


def test_an_editors_form(centre: Centre):
    event = draft(centre)
    page, browser = f"/desk/events/{event.ref}/edit/", sign_in(centre, "ORGANISER")
    survives(browser, page, partial(back, browser, centre, "ORGANISER"), title_en="A typed title")
    event.refresh_from_db()
    assert event.title["en"] == "A typed title"


def test_a_members_form(centre: Centre):
    who, secret = joined()
    acts_for(who, Organisation.objects.get(code="MOKYKLA"))
    browser = browser_of(secret)
    given = {"name": "Vardas Pavyzdys", "birth_month": panel.born(13, clock.now()).strftime("%Y-%m")}
    given["guardian_address"] = "globejas@pastas.example"

    def again() -> None:
        browser.cookies[cookies.session_name()] = joined(name="")[1]

    survives(browser, "/en/my/youth-panel/", again, **given)
    assert Member.objects.count() == 1


def test_a_childs_proposal_is_not_the_next_childs_at_the_same_computer(centre: Centre):
    first, second = panel.member(centre, "Kopa"), panel.member(centre, "Bebras")
    at, today = clock.now(), clock.local_day(clock.now())
    by, ends_on = centre.actor("PANEL_FACILITATOR", at), today + timedelta(days=30)
    start_cycle(by=by, starts_on=today, ends_on=ends_on, title="", theme="", support=2, at=at)
    page, browser = "/lt/jaunimas/pasiulymai/naujas/", panel.browser(first)
    given = {"title": "Ilgesnės pertraukos", "problem": WORDS}

    def enter(row: Member) -> None:
        browser.cookies[cookies.session_name()] = panel.browser(row).cookies[cookies.session_name()].value

    ended(browser, page, **given)
    enter(second)
    assert TYPED not in browser.get(page).content.decode()
    assert not KeptForm.objects.exists() and not browser.cookies[MEMBER].value
    enter(first)
    assert TYPED not in browser.get(page).content.decode()
    survives(browser, page, partial(enter, first), **given)
    assert Proposal.objects.count() == 1


def test_somebody_else_at_the_desk_sees_nothing_and_the_text_is_gone(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    ended(browser, page, note=WORDS)
    back(browser, centre, "SECOND_REVIEWER")
    assert TYPED not in browser.get(page).content.decode()
    assert not KeptForm.objects.exists()
    back(browser, centre, "ANALYST")
    assert TYPED not in browser.get(page).content.decode()


def test_after_a_quarter_of_an_hour_it_is_gone_and_the_person_is_told(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    ended(browser, page, note=WORDS)
    remove_kept_forms(0)
    assert KeptForm.objects.exists()
    later = clock.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    back(browser, centre, "ANALYST")
    shown = browser.get(page).content.decode()
    assert TYPED not in shown and "buvo saugoma 15 minučių" in shown
    assert "buvo saugoma 15 minučių" not in browser.get(page).content.decode(), "said once"
    remove_kept_forms(0)
    assert not KeptForm.objects.exists()


def test_a_forged_cookie_a_forged_mark_or_another_site_gets_nothing(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    action, form = form_of(browser, page, "note")
    stranger = Client()
    sent(stranger, action, {**form, "note": WORDS, kept_forms.FIELD: "A" * 24}, page)
    from_elsewhere = {"origin": "https://elsewhere.example", "referer": f"http://testserver{page}"}
    stranger.post(action, {**form, "note": WORDS}, headers=from_elsewhere)
    assert not KeptForm.objects.exists() and DESK not in stranger.cookies
    ended(browser, page, note=WORDS)
    browser.cookies[DESK] = str(browser.cookies[DESK].value)[:-4] + "AAAA"
    back(browser, centre, "ANALYST")
    assert TYPED not in browser.get(page).content.decode()


def test_a_second_tab_that_was_signed_in_anew_or_lost_every_cookie_keeps_what_was_typed(centre: Centre):
    _item, page = item_page(centre)
    browser = Client(enforce_csrf_checks=True)
    back(browser, centre, "ANALYST")
    action, form = form_of(browser, page, "note")
    back(browser, centre, "ANALYST")
    browser.cookies["sauga-csrf"] = browser.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    answer = sent(browser, action, {**form, "note": WORDS}, page)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert form_of(browser, page, "note")[1]["note"].replace("\r\n", "\n").strip() == WORDS
    bare = Client(enforce_csrf_checks=True)
    answer = sent(bare, action, {**form, "note": WORDS}, page)
    assert answer.headers["Location"].startswith("/desk/signin/?next=%2Fdesk%2Fhotline")
    other = Client(enforce_csrf_checks=True)
    back(other, centre, "SECOND_REVIEWER")
    assert sent(other, action, {**form, "note": WORDS}, page).status_code == 403
    assert DESK not in other.cookies


def test_what_a_script_sends_of_a_form_is_kept_and_the_whole_page_goes(centre: Centre):
    _item, page = item_page(centre)
    browser = sign_in(centre, "ANALYST")
    action, form = form_of(browser, page, "note")
    browser.cookies.pop(settings.SESSION_COOKIE_NAME)
    script = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    answer = browser.post(action, {**form, "note": WORDS}, headers=script)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["HX-Redirect"] == f"/desk/signin/?next={page.replace('/', '%2F')}"
    back(browser, centre, "ANALYST")
    assert TYPED not in browser.get(page, headers=script).content.decode(), "a part of a page is not filled"
    assert form_of(browser, page, "note")[1]["note"].replace("\r\n", "\n").strip() == WORDS


def test_the_second_factor_asked_again_before_an_act_keeps_what_was_typed():
    administrator = hire("Rūta Pavyzdė", "ADMINISTRATOR")
    browser, page = Client(), "/desk/people/invite/"
    enter(browser, administrator)
    action, form = form_of(browser, page, "email")
    typed = {"name": TYPED, "email": "kviesta@partner.example"}
    forget_second_factor(browser)
    answer = sent(browser, action, {**form, **typed}, page)
    assert answer.headers["Location"] == "/desk/sudo/?next=%2Fdesk%2Fpeople%2Finvite%2F"
    shown = browser.get(answer.headers["Location"]).content.decode()
    assert "antrojo veiksnio" in shown, "the session has not ended"
    assert f'href="{page}"' in shown and TYPED not in shown
    assert browser.post("/desk/sudo/", {"code": "000000", "next": page}).status_code == 200
    answer = browser.post("/desk/sudo/", {"code": administrator.code, "next": page})
    assert answer.headers["Location"] == page
    filled = form_of(browser, page, "email")[1]
    assert {name: filled[name] for name in typed} == typed
    sent(browser, action, filled, page)
    assert not KeptForm.objects.exists()


def forget_second_factor(browser: Client) -> None:
    """Five minutes have gone by since it was shown."""
    session = browser.session
    session.pop(sudo.KEY, None)
    session.save()


def test_passwords_codes_and_tokens_are_not_kept():
    form = {
        "password": ["a"],
        "new_password2": ["b"],
        "csrfmiddlewaretoken": ["c"],
        "code": ["d"],
        "name": ["Ona"],
    }
    assert kept_forms.may_be_kept(form.items(), "sauga.kernel.identity.views.me") == {"name": ["Ona"]}
    assert set(kept_forms.may_be_kept(form.items(), "sauga.portal.views")) == {"code", "name"}
    secret = [
        name
        for one in every_form(forms.BaseForm)
        for name, field in getattr(one, "base_fields", {}).items()
        if isinstance(field.widget, forms.PasswordInput)
        and kept_forms.may_be_kept([(name, ["x"])], one.__module__)
    ]
    assert not secret


def every_form(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from every_form(one)


def test_who_signs_out_or_leaves_takes_it_along(centre: Centre):
    _item, page = item_page(centre)
    for leave in ("/desk/signout/", "/leave/"):
        browser = sign_in(centre, "ANALYST")
        ended(browser, page, note=WORDS)
        back(browser, centre, "ANALYST")
        browser.post(leave)
        assert not KeptForm.objects.exists(), leave


def test_the_sign_in_page_keeps_the_language_of_who_worked_here(centre: Centre):
    person = centre.people["ANALYST"]
    type(person).objects.filter(pk=person.pk).update(language="en")
    browser = sign_in(centre, "ANALYST")
    browser.get("/desk/")
    Session.objects.all().delete()
    assert '<html lang="en">' in browser.get("/desk/", follow=True).content.decode()
    other = centre.people["SECOND_REVIEWER"]
    back(browser, centre, "SECOND_REVIEWER")
    other.refresh_from_db()
    assert other.language == "lt", "the language of one person is nobody else's choice"
