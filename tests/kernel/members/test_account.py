"""My Sauga, the account, the copy of the data, and the deletion."""

import io
import json
from datetime import timedelta

import pytest
from factories.members import acts_for, browser_of, joined
from factories.people import make_organisation
from pypdf import PdfReader

from sauga.kernel import clock, sealed
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.members import home, protection
from sauga.kernel.members.actions import account, signin
from sauga.kernel.members.models import Member, MemberSession
from sauga.kernel.members.my_data import holdings
from sauga.kernel.sealed.models import WrappedKey
from tests.structure import structure

pytestmark = pytest.mark.django_db
PAGES = ("", "account/", "consents/", "data/", "data/delete/", "organisations/", "organisations/ask/")


def test_every_page_is_whole_in_both_languages(ona, onas_browser):
    for path in PAGES:
        page = onas_browser.get(f"/en/my/{path}")
        assert page.status_code == 200 and structure(page.content.decode()) == [], path
    for path in ("", "paskyra/", "sutikimai/", "duomenys/", "duomenys/istrinti/", "organizacijos/"):
        assert onas_browser.get(f"/lt/mano/{path}").status_code == 200


def test_with_nothing_waiting_the_page_says_what_can_be_done(onas_browser):
    page = onas_browser.get("/en/my/").content.decode()
    assert "Hello, Ona" in page and "Nothing is waiting for you." in page
    assert "Say which organisation you act for" in page


def test_what_is_due_first_is_shown_first_and_large(onas_browser, monkeypatch):
    monkeypatch.setattr(home, "_providers", {})
    at = clock.now()
    later = home.Waiting(title="Later", text="t", href="/x/", action="Go", due=at + timedelta(days=3))
    home.register_home(
        "b", lambda _by, _at: [later, home.Waiting(title="Any time", text="t", href="/y/", action="Go")]
    )
    home.register_home(
        "a",
        lambda _by, when: [
            home.Waiting(title="Soon", text="t", href="/z/", action="Go", due=when + timedelta(days=1))
        ],
    )
    page = onas_browser.get("/en/my/").content.decode()
    assert page.index("Soon") < page.index("Later") < page.index("Any time")
    assert "3 things are waiting" in page and page.count("first-due") == 1


def test_the_account_is_changed(ona, onas_browser):
    answer = onas_browser.post(
        "/en/my/account/", {"name": "  Ona   Kita ", "language": "lt", "is_reminded": "on"}
    )
    assert answer.headers["Location"] == "/en/my/account/?done=saved"
    row = Member.objects.get()
    assert protection.names_of([row])[row.pk] == "Ona Kita"
    assert (row.language, row.is_reminded) == ("lt", True)
    assert "Saved." in onas_browser.get("/en/my/account/?done=saved").content.decode()
    assert onas_browser.post("/en/my/account/", {"language": "xx"}).status_code == 422
    with pytest.raises(account.LanguageUnknown):
        account.change_account(by=ona[0], name="", language="xx", is_reminded=False, at=clock.now())


def test_browsers_are_named_and_signed_out(ona, onas_browser):
    other = joined("ona@mokykla.example", name="")[1]
    page = onas_browser.get("/en/my/account/").content.decode()
    assert page.count("Firefox, Linux") >= 2 and "this browser" in page
    assert onas_browser.post("/en/my/account/session/others/end/").status_code == 302
    assert browser_of(other).get("/en/my/").status_code == 302
    assert onas_browser.get("/en/my/").status_code == 200
    here = MemberSession.objects.get()
    assert (
        onas_browser.post(f"/en/my/account/session/{here.ref}/end/").headers["Location"].endswith("/sign-in/")
    )
    assert not MemberSession.objects.exists()


def test_the_copy_holds_everything(ona, onas_browser):
    acts_for(ona[0], make_organisation("school"))
    answer = onas_browser.get("/en/my/data/file.json")
    held = json.loads(answer.content)
    assert held["account"]["name"] == "Ona Pavyzdė"
    assert held["account"]["address"] == "ona@mokykla.example"
    assert held["organisations"][0]["organisation"] == "Partner school"
    assert held["organisations"][0]["purpose"] == "Teaches there."
    assert held["browsers"][0]["device"] == "Firefox, Linux"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert TrailLine.objects.filter(action="member:data:exported").exists()


def test_the_copy_for_people_is_a_tagged_pdf(ona):
    browser = browser_of(ona[1])
    pdf = PdfReader(io.BytesIO(browser.get("/lt/mano/duomenys/failas.pdf").content))
    words = "".join(page.extract_text() for page in pdf.pages)
    assert "ona@mokykla.example" in words and "Mano duomenys" in words and "Pavyzdė" in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_service_adds_its_part_and_says_what_it_keeps(ona, onas_browser, monkeypatch):
    erased = []
    monkeypatch.setattr(holdings, "_holdings", {})
    holdings.register(
        holdings.Holding(
            code="bakery",
            title="Bread",
            export=lambda _member, _at: {"loaves": [{"kind": "rye"}]},
            kept=lambda _member: ["The count of loaves stays."],
            erase=lambda member, _at: erased.append(member.pk),
        )
    )
    assert "rye" in onas_browser.get("/en/my/data/").content.decode()
    assert json.loads(onas_browser.get("/en/my/data/file.json").content)["bakery"]["loaves"]
    assert "The count of loaves stays." in onas_browser.get("/en/my/data/delete/").content.decode()
    onas_browser.post("/en/my/data/delete/", {"is_sure": "on"})
    assert erased == [ona[0].member_id]


def test_deleting_takes_a_tick_and_destroys_the_key(ona, onas_browser):
    holder = ona[0].member.holder
    assert onas_browser.post("/en/my/data/delete/").status_code == 422
    assert Member.objects.exists()
    answer = onas_browser.post("/en/my/data/delete/", {"is_sure": "on"})
    assert answer.headers["Location"] == "/en/my/sign-in/?done=deleted"
    assert not Member.objects.exists() and not MemberSession.objects.exists()
    assert not WrappedKey.objects.filter(holder=holder).exists()
    assert onas_browser.get("/en/my/").status_code == 302
    kept = TrailLine.objects.filter(action="member:account:deleted").get()
    assert "ona" not in str(kept.facts).lower()


def test_what_an_older_copy_of_the_database_holds_opens_no_more(ona):
    row = ona[0].member
    account.delete_account(by=ona[0], at=clock.now())
    row.save(force_insert=True)  # the row of an older backup, which leaves keys out
    with pytest.raises(sealed.KeyNotAvailable):
        protection.address_of(row)
    assert protection.names_of([row]) == {}


def test_the_same_address_may_begin_anew(ona):
    account.delete_account(by=ona[0], at=clock.now())
    again, _secret = joined("ona@mokykla.example", name="")
    assert again.member_id != ona[0].member_id
    assert again.name == ""


def test_acts_of_a_member_are_recorded_without_a_name(ona):
    signin.end_sessions(by=ona[0], sessions=MemberSession.objects.all(), at=clock.now())
    lines = TrailLine.objects.filter(actor=ona[0].pseudonym)
    assert {line.action for line in lines} >= {"member:session:opened", "member:session:closed"}
    assert not [line for line in lines if "mokykla" in str(line.facts) or "Ona" in str(line.facts)]
