"""The pages as people use them: a school without an account beside an ambassador in My Sauga, the employer's
link, the desk by role, mails, and files that nobody takes.
"""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sauga.certification import demo
from sauga.certification.applications.actions import mail
from sauga.certification.applications.mail_text import Mail, to_ambassador, to_employer
from sauga.certification.applications.models import Ambassador, Case, CriterionRecord, EmployerAsk
from sauga.certification.applications.queries import links as employer_links
from sauga.certification.applications.queries.ambassadors import desk_counts
from sauga.certification.sessions.mail_text import Mail as SessionMail
from sauga.certification.sessions.mail_text import mail_about
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.sessions.queries import bookings
from sauga.certification.sessions.queries import links as host_links
from sauga.certification.states import AmbassadorState, BookingState
from sauga.kernel import clock
from sauga.kernel.identity.models import Membership
from sauga.kernel.organisations.models import Organisation, ServiceOperator
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories import certification as make
from tests.factories.members import browser_of, joined

NOW = clock.now()
DESK = "/desk/certification/"
ASK = "/lt/ambasadoriai/prasyti/"


def test_a_school_asks_and_confirms_and_the_ambassador_accepts_and_reports(centre: Centre):
    who, secret = joined("agne@mokykla.example", "Agnė Girdenienė", NOW)
    make.load_programme(NOW)
    row = make.applications.apply(by=who, given=make.given(make.school(), level=2), at=NOW)
    row = make.decided(centre, make.at_board(centre, row, NOW), at=NOW)
    make.profiles.save_profile(by=who, ambassador=row, profile=make.Profile(**make.PROFILE), at=NOW)
    visitor, member = Client(), browser_of(secret)
    posted = {
        "organisation": "Ąžuolų gimnazija (pavyzdys)",
        "municipality": "LT-18",
        "topic": "cyberbullying",
        "audience": "teenagers",
        "language": "lt",
        "day": (NOW + timedelta(days=10)).date().isoformat(),
        "begins": "10:00",
        "heads_expected": "25",
        "note": "Dvi klasės.",
    }
    refused = visitor.post(ASK, posted)
    assert refused.status_code == 422 and "Dvi klasės." in refused.text
    assert visitor.post(ASK, {**posted, "email": "mokykla@azuolai.example"}).status_code == 302
    booking = Booking.objects.get()
    link = host_links.own_path(booking)
    assert visitor.get(link).status_code == 200 and not Offer.objects.exists()
    assert visitor.post(link, {"confirm": "1"}).status_code == 302
    mine = member.get("/lt/mano/ambasadorius/").text
    assert "Ąžuolų gimnazija" in mine and "Galiu atvykti" in mine
    offer = Offer.objects.get()
    assert f'action="/lt/mano/ambasadorius/prasymas/{offer.ref}/"' in mine
    assert member.post(f"/lt/mano/ambasadorius/prasymas/{offer.ref}/", {"accept": "1"}).status_code == 302
    assert "Agnė Girdenienė" in visitor.get(link).text
    page = member.get(f"/lt/mano/ambasadorius/uzsiemimas/{booking.ref}/").text
    assert "mokykla@azuolai.example" in page and "Dvi klasės." in page
    assert "BEGIN:VEVENT" in visitor.get(host_links.own_path(booking, "session-calendar")).text
    assert "BEGIN:VEVENT" in member.get("/lt/mano/ambasadorius/uzsiemimai.ics").text
    Booking.objects.update(day=NOW.date())
    early = visitor.post(host_links.own_path(booking, "session-report"), {"took_place": "yes"})
    assert early.status_code == 422
    report = {"heads_grades_5_8": "50"}
    assert member.post(f"/lt/mano/ambasadorius/uzsiemimas/{booking.ref}/", report).status_code == 302
    unfit = {"took_place": "yes", "rating": "9"}
    unread = visitor.post(host_links.own_path(booking, "session-report"), unfit).text
    assert 'id="id_rating_error"' in unread and 'id="id_heads_error"' in unread, "both at once"
    said = {"took_place": "yes", "heads_grades_5_8": "48", "rating": "4", "words": "Ačiū"}
    assert visitor.post(host_links.own_path(booking, "session-report"), said).status_code == 302
    assert Booking.objects.get().state == BookingState.HOST_CONFIRMED
    assert visitor.get("/lt/ambasadoriai/uzsiemimas/netikra/").status_code == 410


def test_somebody_applies_and_the_employer_answers_by_the_link(centre: Centre):
    make.load_programme(NOW)
    employer = make.school()
    _who, secret = joined("agne@mokykla.example", "Agnė Girdenienė", NOW)
    member = browser_of(secret)
    posted = {
        "name": "Agnė Girdenienė",
        "born": "1985-04-02",
        "municipality": "LT-18",
        "level": "1",
        "employer": employer.code,
        "employer_address": "rastine@mokykla.example",
    }
    unsigned = member.post("/lt/mano/ambasadorius/paraiska/", posted)
    assert unsigned.status_code == 422 and not Ambassador.objects.exists()
    assert member.post("/lt/mano/ambasadorius/paraiska/", {**posted, "conduct": "on"}).status_code == 302
    ask = EmployerAsk.objects.get()
    page = employer_links.employer_path(ask)
    seen = Client().get(page)
    assert seen.status_code == 200 and seen["Cache-Control"] == "no-store"
    assert not CriterionRecord.objects.filter(code="employer_consent").exists()
    Client().post(page, {"agree": "1"})
    assert CriterionRecord.objects.filter(code="employer_consent").exists()
    assert Client().post(page, {"decline": "1"}).status_code == 422
    mine = member.get("/en/my/ambassador/").text
    assert "The employer agrees" in mine and "right to work with children" in mine


def test_an_uploaded_extract_is_refused(centre: Centre):
    _who, row = make.applied(at=NOW)
    desk = sign_in(centre, "CERTIFICATION_MANAGER")
    told = {"authority": "Tarnyba", "reference": "NR-1", "on": NOW.date().isoformat()}
    page = f"{DESK}ambassadors/{row.ref}/right-to-work/"
    sent = desk.post(page, {**told, "extract": SimpleUploadedFile("israsas.pdf", b"%PDF-1.7 extract")})
    assert (
        sent.status_code in (400, 413)
        and not CriterionRecord.objects.filter(code="background_check").exists()
    )
    assert desk.post(page, told).status_code == 302
    assert CriterionRecord.objects.filter(code="background_check").exists()
    shown = desk.get(f"{DESK}ambassadors/{row.ref}/").text
    assert "NR-1" in shown and "Vardenė Pavardenė" in shown


PAGES = ("", "board/", "sessions/", "programme/", "figures/", "board/where-i-work/", "programme/new/")


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("CERTIFICATION_MANAGER", {"", "board/", "sessions/", "programme/", "figures/", "programme/new/"}),
        ("CERTIFICATION_BOARD", {"", "board/", "programme/", "board/where-i-work/"}),
        ("SAFEGUARDING_EDITOR", {"", "board/", "programme/"}),
        ("AWARENESS_STATISTICIAN", {"figures/"}),
        ("ORGANISER", set()),
        ("ANALYST", set()),
    ],
)
def test_each_role_gets_its_pages_of_the_desk(centre: Centre, role: str, seen: set[str]):
    desk = sign_in(centre, role)
    assert {page for page in PAGES if desk.get(DESK + page).status_code == 200} == seen


def test_the_desk_moves_an_application_and_the_board_decides(centre: Centre):
    _who, row = make.applied(at=NOW)
    row = make.at_board(centre, row, NOW)
    case = Case.objects.get()
    assert sign_in(centre, "CERTIFICATION_MANAGER").post(f"{DESK}board/{case.ref}/for/").status_code == 404
    for role in ("CERTIFICATION_BOARD", "CERTIFICATION_BOARD_2"):
        desk = sign_in(centre, role)
        assert desk.post(f"{DESK}board/{case.ref}/for/", {"reason": ""}).status_code == 422
        assert "do-for-reason" in desk.get(f"{DESK}board/{case.ref}/").text
        assert desk.post(f"{DESK}board/{case.ref}/for/", {"reason": "Viskas yra."}).status_code == 302
        page = desk.get(f"{DESK}board/{case.ref}/").text
        assert "do-for-reason" not in page and "Dar nieko neįvyko" not in page
        assert "vienas komisijos narys nusprendė" in page and centre.people[role].name in page
    assert Ambassador.objects.get(pk=row.pk).state == AmbassadorState.ACTIVE
    assert sign_in(centre, "ORGANISER").post(f"{DESK}ambassadors/{row.ref}/suspend/").status_code == 404


def test_a_list_asks_as_often_for_one_row_as_for_three(centre: Centre, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    desk = sign_in(centre, "CERTIFICATION_MANAGER")
    for number in range(3):
        make.applied(make.school(f"Mokykla {number}"), at=NOW, address=f"m{number}@mokykla.example")
        make.asked(at=NOW, address=f"h{number}@mokykla.example", day=(NOW + timedelta(days=9)).date())
        desk.get(DESK), desk.get(f"{DESK}sessions/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get(DESK)
            desk.get(f"{DESK}sessions/")
        counted.append(len(asked))
    assert counted[0] == counted[2], counted


def test_every_mail_is_written_in_both_languages_and_holds_its_link(centre: Centre):
    who, row = make.certified(centre, at=NOW)
    booking = make.asked(at=NOW, day=(NOW + timedelta(days=9)).date())
    for language in ("lt", "en"):
        Ambassador.objects.update(language=language)
        row = Ambassador.objects.get(pk=row.pk)
        for what in Mail:
            if what is Mail.EMPLOYER:
                letter = to_employer(EmployerAsk.objects.get(), "a@b.example", NOW)
            else:
                letter = to_ambassador(row, what, "a@b.example", NOW)
            text = letter.body_text if hasattr(letter, "body_text") else str(letter)
            assert "http" in text and "\n\n\n" not in text
        for said in SessionMail:
            letter = mail_about(booking, said, "a@b.example", language, at=NOW)
            text = letter.body_text if hasattr(letter, "body_text") else str(letter)
            assert "http" in text and "%(" not in text
    assert who.member_id and not mail.send_mail(by=make.WORKER, ambassador_id=0, what="certified", at=NOW)


@pytest.mark.slow("sixty ambassadors and forty sessions, each with its whole history")
def test_the_demo_has_somebody_in_every_state(centre: Centre, monkeypatch: pytest.MonkeyPatch):
    for table in (Membership, Organisation, ServiceOperator):  # the demo's staff have been there for longer
        table.objects.update(valid_from=NOW - timedelta(days=900))
    monkeypatch.setattr(demo, "SECOND", centre.people["CERTIFICATION_BOARD_2"].email)
    roles = ("CERTIFICATION_MANAGER", "CERTIFICATION_BOARD")
    demo.seed(NOW, {role: type("Account", (), {"user": centre.people[role].email}) for role in roles})
    assert set(Ambassador.objects.values_list("state", flat=True)) == set(AmbassadorState)
    assert Ambassador.objects.filter(earlier__isnull=True).count() == 60 and all(desk_counts().values())
    states = set(Booking.objects.values_list("state", flat=True))
    assert states == set(BookingState) and Booking.objects.count() == 40
    assert all(bookings.desk_counts().values())
    page = Client().get("/lt/ambasadoriai/").text
    assert len(re.findall(r'<li>\s*<span class="initials"', page)) == 20
