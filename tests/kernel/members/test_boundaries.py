"""The member site and the other two: other cookies, another policy, no permission of staff, forged requests
refused.
"""

import pytest
from django.conf import settings
from django.test import Client
from factories.members import browser_of
from factories.people import hire, sign_in

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused, allowed, require
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.rules import Permission
from sauga.kernel.members.actions import account
from sauga.kernel.members.models import Member, MemberSession
from sauga.kernel.members.signin import cookies
from sauga.kernel.permissions import REGISTRY

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def test_a_member_holds_no_permission_of_staff(ona):
    who = ona[0]
    assert not [code for code in REGISTRY.permissions if allowed(who, code)]
    with pytest.raises(PermissionRefused):
        require(who, Permission.SEE_PEOPLE)
    assert not Person.objects.exists()


def test_the_cookie_of_a_member_does_nothing_at_the_desk(ona):
    browser = browser_of(ona[1])
    browser.cookies[settings.SESSION_COOKIE_NAME] = ona[1]  # not even under the other name
    for path in ("/desk/", "/desk/me/", "/desk/people/"):
        assert browser.get(path).headers["Location"].startswith("/desk/signin/")


def test_the_cookie_of_staff_does_nothing_on_the_member_site(db):
    browser = Client()
    sign_in(browser, hire("Rūta Pavyzdė", "ADMINISTRATOR"))
    for name in (cookies.session_name(), cookies.asking_name()):
        browser.cookies[name] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.get("/en/my/").headers["Location"].startswith("/en/my/sign-in/")
    assert browser.get("/lt/mano/").headers["Location"].startswith("/lt/mano/prisijungti/")


def test_cookies_are_bound_to_the_host_in_production(client, settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-sauga", True
    client.post("/en/my/sign-in/", {"email": "ona@mokykla.example"})
    cookie = client.cookies["__Host-sauga-member-asking"]
    assert (cookie["path"], bool(cookie["secure"]), bool(cookie["httponly"]), cookie["domain"]) == (
        "/",
        True,
        True,
        "",
    )
    assert cookie["samesite"] == "Lax"


def test_only_asking_for_a_link_sets_a_cookie(client):
    for path in ("/en/", "/en/my/", "/en/my/sign-in/", "/en/my/sign-in/sent/", "/lt/mano/prisijungti/"):
        assert not client.get(path).cookies
    assert set(client.post("/en/my/sign-in/", {"email": "ona@mokykla.example"}).cookies) == {
        cookies.asking_name()
    }


def test_the_member_site_has_headers_of_its_own(onas_browser):
    answer = onas_browser.get("/en/my/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "trusted-types 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert onas_browser.get("/en/").headers["Referrer-Policy"] == "no-referrer"


def form_token(browser: Client) -> str:
    page = browser.get("/en/my/account/").content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_a_form_needs_the_token_of_its_session(ona, jonas):
    browser = browser_of(ona[1], enforce_csrf_checks=True)
    given = {"name": "Kita", "language": "en"}
    assert browser.post("/en/my/account/", given).status_code == 403
    foreign = form_token(browser_of(jonas[1]))
    assert browser.post("/en/my/account/", {**given, "csrfmiddlewaretoken": foreign}).status_code == 403
    own = form_token(browser)
    assert not browser.cookies.keys() - {cookies.session_name()}
    assert browser.post("/en/my/account/", {**given, "csrfmiddlewaretoken": own}).status_code == 302
    elsewhere = browser.post(
        "/en/my/account/",
        {**given, "csrfmiddlewaretoken": own},
        headers={"Origin": "https://evil.example"},
    )
    assert elsewhere.status_code == 403


@pytest.mark.parametrize("header", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_signs_nobody_in(db, header):
    browser = Client(enforce_csrf_checks=True)
    given = {"email": "ona@mokykla.example"}
    assert browser.post("/en/my/sign-in/", given, headers=header).status_code == 403
    assert browser.post("/en/my/sign-in/", given, headers={"Origin": HERE}).status_code == 302
    assert browser.post("/en/my/sign-in/", given).status_code == 302  # a browser that says nothing


def test_quick_exit_ends_the_session(ona, onas_browser):
    copied = browser_of(ona[1])
    onas_browser.get("/leave/")
    assert not MemberSession.objects.exists()
    assert copied.get("/en/my/").status_code == 302


def test_a_member_sees_and_changes_nothing_of_another(ona, jonas):
    browser = browser_of(jonas[1])
    session = MemberSession.objects.get(member_id=ona[0].member_id)
    assert browser.post(f"/en/my/account/session/{session.ref}/end/").status_code == 404
    assert MemberSession.objects.filter(pk=session.pk).exists()
    assert "Ona" not in browser.get("/en/my/data/").content.decode()
    account.delete_account(by=jonas[0], at=clock.now())
    assert Member.objects.get().pk == ona[0].member_id


def test_the_address_of_the_site_follows_the_language():
    assert Client().get("/lt/mano").status_code == 301
    assert Client().get("/lt/manoji/").status_code == 404
    assert Client().get("/en/myself/").status_code == 404
