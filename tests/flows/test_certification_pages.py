"""The pages of ambassadors and certificates that no link of the public site leads to, because they belong to
one person or to a code: each in the states in which people meet it. In `make prove` in every form, with Alfa
and the checker of HTML.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from factories import certification as make
from factories.members import VISITOR, signin
from factories.members import asked as link_asked

from flows.alfa import alfa, write_down
from flows.browser import axe, overflow
from flows.contrast import unreadable
from flows.hotline import sign_in
from flows.html_checker import faults_of_html
from flows.narrow import narrow_faults
from flows.whole import Seen
from sauga.certification.applications.actions import board, suspensions
from sauga.certification.applications.actions.credentials import subject_of
from sauga.certification.applications.models import Ambassador, EmployerAsk
from sauga.certification.applications.queries import links as employers
from sauga.certification.applications.queries.ambassadors import open_case_of
from sauga.certification.programme.actions import versions
from sauga.certification.sessions.actions import bookings
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.sessions.queries import links
from sauga.kernel import clock, credentials
from sauga.kernel.members import address_of
from sauga.kernel.members.signin import cookies
from tests.centre import Centre
from tests.repetition import IS_WHOLE, in_forms
from tests.structure import structure

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [
    pytest.mark.flow,
    pytest.mark.browser,
    pytest.mark.tools,
    pytest.mark.django_db(transaction=True),
]
MINE, DESK = "/lt/mano/ambasadorius/", "/desk/certification/"


class Story:
    """People and sessions in the states whose pages are looked at."""

    def __init__(self, centre: Centre) -> None:
        self.centre, self.now = centre, clock.now()
        self.day = (self.now + timedelta(days=9)).date()
        self.who, self.active = make.listed(centre, at=self.now)
        self.suspended = self._suspended()
        self.rejected = self._rejected()
        self.asking, self.applied = make.applied(
            make.school("Paraiškos mokykla"), at=self.now, address="rasa@paraiska.example"
        )
        self.waiting = make.asked(at=self.now, address="h1@mokykla.example", day=self.day)
        self.accepted = self._accepted("h2@mokykla.example")
        self.contradicted = self._accepted("h3@mokykla.example")
        Booking.objects.filter(pk=self.contradicted.pk).update(day=self.now.date())
        told = {"took_place": False, "heads": {}}
        bookings.confirm_held(by=make.HOST, booking=self.contradicted, at=self.now, **told)
        heads = {"grades_5_8": 50}
        bookings.report_held(by=self.who, booking=self.contradicted, heads=heads, at=self.now)
        self.unconfirmed = make.requests.request(
            by=make.HOST, given=make.wanted(day=self.day), address="h4@mokykla.example", at=self.now
        )
        self.draft = versions.begin_version(
            by=centre.actor("CERTIFICATION_MANAGER", self.now), reason="Griežčiau", months=24, at=self.now
        )

    def _suspended(self) -> Any:
        who, row = make.certified(
            self.centre, at=self.now, employer=make.school("Antra"), address="jonas@antra.example"
        )
        by = self.centre.actor("SAFEGUARDING_EDITOR", self.now)
        suspensions.suspend(by=by, ambassador=row, why="SAFEGUARDING", at=self.now)
        return who, row

    def _rejected(self) -> Any:
        who, row = make.applied(make.school("Trečia"), at=self.now, address="ieva@trecia.example")
        return who, make.decided(self.centre, make.at_board(self.centre, row, self.now), "AGAINST", self.now)

    def _accepted(self, address: str) -> Booking:
        row = make.asked(at=self.now, address=address, day=self.day)
        offer = Offer.objects.get(booking=row, ambassador=self.active)
        bookings.answer(by=self.who, offer=offer, accepts=True, at=self.now)
        return Booking.objects.get(pk=row.pk)

    def code(self, row: Ambassador) -> str:
        """The code on an ambassador's certificate."""
        held = credentials.credential_for(subject_of(row))
        assert held is not None
        return credentials.content_of(held).code

    def public(self) -> Iterator[str]:
        """Pages for everybody, or for whoever holds a link."""
        yield "/lt/ambasadoriai/?municipality=LT-18"
        yield "/lt/ambasadoriai/?municipality=LT-01"
        yield f"/lt/ambasadoriai/zmogus/{self.active.ref}/"
        for row in (self.unconfirmed, self.waiting, self.accepted, self.contradicted):
            yield links.own_path(row)
        yield links.own_path(self.contradicted, "session-report")
        yield "/lt/ambasadoriai/uzsiemimas/nera/"
        yield employers.employer_path(EmployerAsk.objects.get(ambassador=self.applied))
        yield employers.employer_path(EmployerAsk.objects.get(ambassador=self.active))
        for row in (self.active, self.suspended[1]):
            yield f"/lt/pazymejimas/{self.code(row)}/"
        yield "/lt/pazymejimas/0000-0000-0000-0000/"

    def members(self) -> Iterator[tuple[Any, str]]:
        """Pages of My Sauga, each with whose it is."""
        yield self.who, MINE
        yield self.who, f"{MINE}profilis/"
        yield self.who, f"{MINE}uzsiemimas/{self.accepted.ref}/"
        yield self.who, "/lt/mano/pazymejimai/"
        yield self.suspended[0], MINE
        yield self.suspended[0], f"{MINE}paraiska/{self.suspended[1].ref}/apeliacija/"
        yield self.rejected[0], MINE
        yield self.rejected[0], f"{MINE}paraiska/{self.rejected[1].ref}/apeliacija/"
        yield self.asking, MINE

    def desk(self) -> Iterator[tuple[str, str]]:
        """Pages of the desk, each with the role that looks."""
        case = open_case_of(self.suspended[1])
        for path in (
            "",
            "?view=active",
            "sessions/",
            "programme/",
            f"ambassadors/{self.applied.ref}/",
            f"ambassadors/{self.active.ref}/",
            f"sessions/{self.waiting.ref}/",
            f"sessions/{self.contradicted.ref}/",
            f"programme/{self.draft.ref}/",
            f"programme/{self.draft.ref}/criteria/exam/",
        ):
            yield "CERTIFICATION_MANAGER", path
        for path in ("board/", f"board/{case.ref}/", "board/where-i-work/"):
            yield "CERTIFICATION_BOARD", path


@pytest.fixture
def story(centre: Centre) -> Story:
    return Story(centre)


def member_cookie(who: Any, at: Any) -> str:
    """A session of a member."""
    link, _browser = link_asked(address_of(who.member), at)
    return signin.use_link(by=VISITOR, link=link, device="Firefox, Linux", at=at)[1]


class Look:
    """Collects what is wrong with pages, and keeps them for the judges of `make prove`."""

    def __init__(self, folder: Any) -> None:
        self.wrong: list[str] = []
        self.served: list[Seen] = []
        self.html, self.judged = folder / "html", folder / "judged"
        self.html.mkdir(), self.judged.mkdir()

    def at(self, page: Any, address: str) -> None:
        """Open a page and look."""
        answer = page.goto(address)
        self.wrong += [f"{address}, as served: {fault}" for fault in structure(answer.text())]
        self.served.append(Seen(address, answer.status, {}, answer.text()))
        found = [*axe(page), *narrow_faults(page), *unreadable(page)]
        found += [f"{overflow(page)} px too wide"] if overflow(page) else []
        self.wrong += [f"{address} {page.viewport_size['width']}: {fault}" for fault in found]
        if IS_WHOLE:
            write_down(page, self.judged, f"{len(self.served)} {address}".replace("/", "|"))
        if PICTURES:
            name = f"{len(self.served):02}-{address.strip('/').replace('/', '-')[-40:]}"
            page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)

    def judge(self) -> list[str]:
        """Everything that was found."""
        if IS_WHOLE:
            self.wrong += faults_of_html(self.served, self.html) + alfa(self.judged)
        return self.wrong


FORMS = ((320, False), (1280, True), (768, False))


@pytest.mark.slow("pages of one person or one code, in the states in which people meet them")
@in_forms("width dark", *FORMS)
def test_pages_of_schools_employers_and_checkers(
    story: Story, open_page: Any, tmp_path: Any, width: int, dark: bool
):
    page, look = open_page(width=width, dark=dark, language="lt"), Look(tmp_path)
    for address in story.public():
        look.at(page, address)
    assert look.judge() == []


@pytest.mark.slow("pages of applicants and ambassadors in My Sauga")
@in_forms("width dark", *FORMS)
def test_pages_of_applicants_and_ambassadors(
    story: Story, open_page: Any, tmp_path: Any, width: int, dark: bool
):
    look, pages = Look(tmp_path), {}
    for who, address in story.members():
        if who.member_id not in pages:
            page = open_page(width=width, dark=dark, language="lt")
            secret = member_cookie(who, story.now)
            page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
            pages[who.member_id] = page
        look.at(pages[who.member_id], address)
    assert look.judge() == []


@pytest.mark.slow("pages of the desk of ambassadors, with something on them")
@in_forms("width dark", *FORMS)
def test_pages_of_the_desk(
    story: Story, open_page: Any, tmp_path: Any, centre: Centre, width: int, dark: bool
):
    look, pages = Look(tmp_path), {}
    for role, address in story.desk():
        if role not in pages:
            pages[role] = open_page(width=width, dark=dark, language="lt")
            sign_in(pages[role], centre, role)
        look.at(pages[role], DESK + address)
    assert look.judge() == []


def test_the_suspended_write_to_the_board_and_it_reads_them(story: Story, open_page: Any, centre: Centre):
    """Two browsers: the ambassador at home, somebody of the board at the desk."""
    who, row = story.suspended
    ambassador, desk = open_page(width=320, language="lt"), open_page(language="lt")
    secret = member_cookie(who, story.now)
    ambassador.context.add_cookies(
        [{"name": cookies.session_name(), "value": secret, "url": ambassador.site}]
    )
    ambassador.goto(MINE)
    ambassador.get_by_role("link", name="Parašyti komisijai").click()
    ambassador.fill("[name=words]", "Tą dieną klasėje buvo ir mokytoja.")
    ambassador.click("form[data-main] .send button")
    ambassador.wait_for_url("**done=told-the-board")
    assert not ambassador.get_by_role("link", name="Parašyti komisijai").count()
    sign_in(desk, centre, "CERTIFICATION_BOARD")
    desk.goto(f"{DESK}board/{open_case_of(row).ref}/")
    assert "Tą dieną klasėje buvo ir mokytoja." in desk.inner_text("main")
    assert board.suspension_of(Ambassador.objects.get(pk=row.pk)) is None
