"""Signing in by a mailed link: once, in time, where it should; the same for known and unknown addresses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.members import asked, browser_of, joined

from sauga.kernel import clock
from sauga.kernel.members import links, protection
from sauga.kernel.members.actions import signin
from sauga.kernel.members.models import Member, MemberSession, SigninLink
from sauga.kernel.members.rules import SESSION_IDLE, SESSION_LONGEST
from sauga.kernel.members.signin import cookies
from sauga.kernel.sealed.models import WrappedKey
from tests.kernel.members.conftest import path_of

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "ona@mokykla.example", "kita@mokykla.example"


def ask(client: Client, address: str, **more: str):
    return client.post("/en/my/sign-in/", {"email": address, **more})


def newest() -> SigninLink:
    return SigninLink.objects.latest("pk")


def test_a_link_signs_in_the_browser_that_asked_at_once(client):
    assert ask(client, UNKNOWN, next="/en/my/data/").headers["Location"] == "/en/my/sign-in/sent/"
    assert not Member.objects.exists()  # nothing before the link is opened
    answer = client.get(path_of(newest()))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/my/data/")
    assert client.get("/en/my/").status_code == 200
    assert Member.objects.get().lookup == protection.lookup_of(UNKNOWN)


def test_another_browser_needs_the_button_and_opening_uses_nothing_up(client):
    ask(client, UNKNOWN)
    link, scanner = newest(), Client()
    for _ in range(3):
        page = scanner.get(path_of(link))
        assert page.status_code == 200 and 'method="post"' in page.content.decode()
    assert scanner.head(path_of(link)).status_code == 200
    assert not MemberSession.objects.exists()
    assert scanner.post(path_of(link)).status_code == 302
    assert scanner.get("/en/my/").status_code == 200


def test_the_page_with_the_button_submits_nothing_by_itself():
    link, _browser = asked(UNKNOWN)
    page = Client().get(path_of(link)).content.decode()
    scripts = [part.split('"')[0] for part in page.split('src="')[1:] if "script" in page]
    assert all(name.endswith(("leave.js", ".css", ".svg", ".woff2")) or "leave" in name for name in scripts)
    assert "http-equiv" not in page


def test_a_prefetch_of_the_own_browser_uses_nothing_up(client):
    ask(client, UNKNOWN)
    assert client.get(path_of(newest()), headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert client.head(path_of(newest())).status_code == 200
    assert not MemberSession.objects.exists()


def test_a_link_works_once(client):
    ask(client, UNKNOWN)
    link = newest()
    assert client.get(path_of(link)).status_code == 302
    assert client.get(path_of(link)).status_code == 410
    assert Client().post(path_of(link)).status_code == 410
    assert MemberSession.objects.count() == 1


def test_two_uses_at_the_same_moment_are_one(db):
    link, _browser = asked(UNKNOWN)
    stale = SigninLink.objects.get(pk=link.pk)
    signin.use_link(by=signin_by(), link=link, device="", at=clock.now())
    with pytest.raises(signin.LinkOver):
        signin.use_link(by=signin_by(), link=stale, device="", at=clock.now())


def signin_by():
    from factories.members import VISITOR

    return VISITOR


def test_a_link_works_for_fifteen_minutes(db):
    now = clock.now()
    late, _ = asked(UNKNOWN, now - timedelta(minutes=15))
    in_time, _ = asked(UNKNOWN, now - timedelta(minutes=14, seconds=50))
    assert Client().post(path_of(late)).status_code == 410
    assert Client().post(path_of(in_time)).status_code == 302


@pytest.mark.parametrize("change", ["x", "-", "A"])
def test_a_changed_link_is_none(db, change):
    link, _browser = asked(UNKNOWN)
    path = path_of(link).rstrip("/")
    other = "B" if path.endswith(change) else change  # a token that ends so would stay as it is
    assert Client().get(f"{path[:-1]}{other}/").status_code in {410, 404}
    assert not MemberSession.objects.exists()


def test_links_name_the_installation_and_never_the_host_of_a_request(client, settings):
    client.post("/en/my/sign-in/", {"email": UNKNOWN}, headers={"Host": "localhost"})
    assert links.signin_address(newest()).startswith(settings.ENV.base_url)


def test_the_second_link_of_an_address_opens_the_same_account(ona):
    again, _secret = joined(KNOWN.upper() + " ", name="")
    assert again == ona[0]
    assert Member.objects.count() == 1


def test_signing_in_replaces_the_session_of_another_account(ona):
    browser = browser_of(ona[1])
    link, _asking = asked(UNKNOWN)
    assert "signed in here already" in browser.get(path_of(link)).content.decode()
    assert browser.post(path_of(link)).status_code == 302
    assert not MemberSession.objects.filter(member_id=ona[0].member_id).exists()


def test_known_and_unknown_addresses_do_the_same(ona):
    answers, statements = [], []
    for address in (KNOWN, UNKNOWN):
        client = Client()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer = ask(client, address)
        page = client.get("/en/my/sign-in/sent/")
        answers.append((answer.status_code, answer.headers["Location"], page.content))
        statements.append([one["sql"].split(" ")[0:3] for one in seen.captured_queries])
        assert not any('members_member"' in one["sql"] for one in seen.captured_queries)
    assert answers[0] == answers[1]
    assert statements[0] == statements[1]


def test_the_address_is_gone_from_the_link_once_it_was_used(ona):
    assert not WrappedKey.objects.filter(holder__startswith="member-link:").exists()
    assert WrappedKey.objects.filter(holder=ona[0].member.holder).count() == 1


def test_a_session_ends_on_the_server(ona, onas_browser):
    copied = browser_of(ona[1])
    assert onas_browser.post("/en/my/sign-out/").status_code == 302
    assert copied.get("/en/my/").status_code == 302
    assert not MemberSession.objects.exists()


def test_a_session_ends_by_itself_and_is_kept_alive_by_use(ona):
    session = MemberSession.objects.get()
    later = session.begun_at + timedelta(days=10)
    signin.touch_session(session=session, at=later)
    assert session.expires_at == later + SESSION_IDLE
    last = session.begun_at + SESSION_LONGEST - timedelta(hours=1)
    signin.touch_session(session=session, at=last)
    assert session.expires_at == session.begun_at + SESSION_LONGEST
    MemberSession.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert browser_of(ona[1]).get("/en/my/").status_code == 302


def test_the_database_holds_no_cookie(ona):
    assert MemberSession.objects.get().key == cookies.digest(ona[1])
    stolen = browser_of(MemberSession.objects.get().key.hex())
    assert stolen.get("/en/my/").status_code == 302


def test_a_page_asked_for_is_found_again_after_signing_in(client):
    answer = client.get("/en/my/data/")
    assert answer.headers["Location"] == "/en/my/sign-in/?next=%2Fen%2Fmy%2Fdata%2F"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/desk/",
        "/en/my//x",
        "/en/my/\\x",
        "/en/my/%2e%2e/lt/",
        "/en/my/%2E%2e/",
    ],
)
def test_next_leads_nowhere_else(client, wanted):
    ask(client, UNKNOWN, next=wanted)
    assert client.get(path_of(newest())).headers["Location"] == "/en/my/"


def test_at_most_twenty_browsers_stay_signed_in(db):
    who, _secret = joined(KNOWN)
    at = clock.now()
    for minute in range(22):
        signin.begin_session(
            by=who, member=who.member, method="link", device="", at=at + timedelta(minutes=minute)
        )
    assert MemberSession.objects.filter(member_id=who.member_id).count() == signin.MOST_SESSIONS


def test_an_address_that_is_none_is_said_at_the_field(client):
    page = ask(client, "ne adresas").content.decode()
    assert "error-summary" in page and "ne adresas" in page
    assert not SigninLink.objects.exists()
