"""An organisation invites its staff by a list: everybody on it gets one email and decides alone; a list that
cannot be used as a whole is not used at all; no address is kept."""

import io
from email import message_from_bytes, policy

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from factories.courses import AT, cohort, enrolled, member
from factories.members import acts_for, browser_of, joined
from factories.people import make_organisation
from hypothesis import given
from hypothesis import strategies as st
from kernel.notifications.conftest import post  # a fixture

from sauga.kernel.identity import PermissionRefused
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import SystemActor
from sauga.training.learning.actions import enrolments, invitations
from sauga.training.learning.actions.invitations import NotForThem
from sauga.training.learning.models import Enrolment, StaffInvitation
from sauga.training.learning.queries import texts
from sauga.training.learning.queries.invitations import token_of
from sauga.training.learning.rules.invitation_lists import MOST_LINES, ListTooLong, read_list
from tests.centre import Centre, centre

__all__ = ["centre", "post"]
WORKER = SystemActor("training")
LIST = "Ona Onaitė <ona@mokykla.example>\njonas@mokykla.example; Jonas\n\nONA@mokykla.example\n"


def contact(code: str = "MOKYKLA-X"):
    """Somebody who acts for a school."""
    school = make_organisation(code, AT)
    head, secret = joined("vadove@mokykla.example", "Vadovė Pavyzdė", AT)
    acts_for(head, school, AT)
    return head, school, browser_of(secret)


def invite(by, group, school, text: str = LIST):
    return invitations.invite_staff(
        by=by, cohort=group, organisation=school, lines=read_list(text), language="lt", at=AT
    )


def workbook(rows: list[list[str]]) -> bytes:
    """A workbook with one sheet."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def sent(post) -> dict[str, str]:
    """What every waiting invitation says, by its receiver."""
    for row in StaffInvitation.objects.filter(sent_at__isnull=True):
        invitations.send_invitation(by=WORKER, invitation_id=row.pk, at=AT)
    letters = [message_from_bytes(mail.content, policy=policy.default) for mail in post.mails]
    return {str(letter["To"]): letter.get_content() for letter in letters}


@pytest.mark.parametrize(
    ("said", "address", "problem"),
    [
        ("Ona Onaitė <ona@mokykla.example>", "ona@mokykla.example", ""),
        ("ona@mokykla.example;Ona;5 klasė", "ona@mokykla.example", ""),
        ("  ONA@Mokykla.Example  ", "ona@mokykla.example", ""),
        ('"Onaitė, Ona" <ona@mokykla.example>', "ona@mokykla.example", ""),
        ("Ona Onaitė", "", "none"),
        ("ona@mokykla.example jonas@mokykla.example", "", "many"),
        ("ona@mokykla", "", "unfit"),
        ("ona@@mokykla.example", "", "unfit"),
        ("@ona", "", "unfit"),
    ],
)
def test_an_address_is_found_in_what_people_paste(said: str, address: str, problem: str):
    [line] = read_list(said)
    assert (line.address, line.problem) == (address, problem)


@given(st.text(max_size=400))
def test_any_text_gives_lines_or_is_too_long(text: str):
    for line in read_list(text):
        assert bool(line.address) == (line.problem in ("", "twice"))


def test_a_list_has_an_end():
    assert len(read_list("\n".join(f"a{n}@b.example" for n in range(MOST_LINES)))) == MOST_LINES
    with pytest.raises(ListTooLong):
        read_list("\n".join(f"a{n}@b.example" for n in range(MOST_LINES + 1)))
    with pytest.raises(ListTooLong):
        read_list("x" * 50_000)


@pytest.mark.django_db
def test_everybody_on_the_list_gets_one_email_and_decides_alone(centre: Centre, post):
    group = cohort(centre)
    head, school, _browser = contact()
    assert invite(head, group, school) == 2
    assert not Enrolment.objects.exists()
    with pytest.raises(invitations.ListUnfit):
        invite(head, group, school)
    letters = sent(post)
    assert set(letters) == {"ona@mokykla.example", "jonas@mokykla.example"}
    assert sent(post) == letters
    text = letters["ona@mokykla.example"]
    link = next(line for line in text.splitlines() if "?from=" in line)
    _by, secret = joined("ona@mokykla.example", "Ona Onaitė", AT)
    browser = browser_of(secret)
    path = "/" + link.split("/", 3)[3]
    assert school.name_at(AT, "lt") in browser.get(path).text
    given_ = {"role": "teacher", "municipality": "", "from": path.partition("from=")[2]}
    browser.post(path.partition("?")[0], given_)
    row = Enrolment.objects.get()
    assert row.organisation == school and row.shares_hours is False


@pytest.mark.django_db
def test_no_address_is_kept_once_the_email_is_sent(centre: Centre, post):
    head, school, _browser = contact()
    invite(head, cohort(centre), school, "ona@mokykla.example")
    row = StaffInvitation.objects.get()
    assert b"ona@" not in bytes(row.address) and bytes(row.address)
    assert len(sent(post)) == 1
    row.refresh_from_db()
    assert bytes(row.address) == b"" and row.sent_at == AT
    with pytest.raises(KeyNotAvailable):
        texts.key_of(row.holder)


@pytest.mark.django_db
def test_one_unusable_line_keeps_the_whole_list_back(centre: Centre):
    group, (head, school, browser) = cohort(centre), contact()
    with pytest.raises(invitations.ListUnfit):
        invite(head, group, school, LIST + "Petras be adreso")
    assert not StaffInvitation.objects.exists()
    page = f"/en/my/courses/organisation/{school.code}/invite/{group.ref}/"
    posted = {"people": LIST + "Petras be adreso", "language": "lt"}
    text = browser.post(page, {**posted, "do": "check"}).text
    assert "1 line cannot be used" in text and "There is no address here" in text
    assert "Shown further up" in text and 'value="send"' not in text
    assert browser.post(page, {**posted, "do": "send"}).status_code == 422
    text = browser.post(page, {"people": LIST, "language": "lt", "do": "check"}).text
    assert "2 people will be invited" in text and 'value="send"' in text
    assert not StaffInvitation.objects.exists()
    assert browser.post(page, {"people": LIST, "language": "lt", "do": "send"}).status_code == 302
    assert StaffInvitation.objects.count() == 2
    staff = browser.get(f"/en/my/courses/organisation/{school.code}/?done=invited").text
    assert "2 colleagues invited by email" in staff and "on their way" in staff


@pytest.mark.django_db
def test_a_table_is_reported_on_like_a_pasted_list(centre: Centre):
    group, (_head, school, browser) = cohort(centre), contact()
    page = f"/en/my/courses/organisation/{school.code}/invite/{group.ref}/"
    rows = [["Vardas", "El. paštas"], ["Ona", "ona@mokykla.example"], ["Jonas", ""]]
    csv = "\n".join(";".join(row) for row in rows).encode()
    for name, content in (("darbuotojai.csv", csv), ("darbuotojai.xlsx", workbook(rows))):
        file = SimpleUploadedFile(name, content)
        text = browser.post(page, {"people": "", "language": "lt", "do": "send", "file": file}).text
        assert "ona@mokykla.example" in text and "1 line cannot be used" in text, name
    for name, content in (("a.pdf", b"%PDF-1.7"), ("a.csv", b"one;two\n1;2\n"), ("a.csv", b"")):
        file = SimpleUploadedFile(name, content)
        answer = browser.post(page, {"people": "", "language": "lt", "do": "check", "file": file})
        assert answer.status_code == 422, name
    assert browser.post(page, {"people": " ", "language": "lt", "do": "check"}).status_code == 422
    assert not StaffInvitation.objects.exists()


@pytest.mark.django_db
def test_only_who_acts_for_the_organisation_invites(centre: Centre):
    group, (_head, school, _browser) = cohort(centre), contact()
    stranger, secret = member(7)
    with pytest.raises(NotForThem):
        invite(stranger, group, school)
    page = f"/en/my/courses/organisation/{school.code}/invite/{group.ref}/"
    browser = browser_of(secret)
    assert browser.get(page).status_code == 404
    assert browser.post(page, {"people": LIST, "language": "lt", "do": "send"}).status_code == 404
    assert not StaffInvitation.objects.exists()


@pytest.mark.django_db
def test_who_learns_or_does_not_want_it_gets_no_email_and_the_contact_does_not_learn_so(centre: Centre, post):
    group, (head, school, _browser) = cohort(centre), contact()
    invite(head, group, school, "ona@mokykla.example")
    row = StaffInvitation.objects.get()
    assert list(sent(post)) == ["ona@mokykla.example"]
    anybody, page = Client(), f"/en/training/invitation/{token_of(row)}/"
    assert "No more invitations?" in anybody.get(page).text
    assert StaffInvitation.objects.get().refused_at is None
    assert "You get no more invitations" in anybody.post(page).text
    assert anybody.post(page).status_code == 200 and anybody.get(page + "x/").status_code == 404
    with pytest.raises(PermissionRefused):
        invitations.refuse_invitations(by=head, invitation=row, at=AT)
    enrolled(group, 3)
    second = cohort(centre, group.version)
    assert (
        invite(head, second, school, "ona@mokykla.example\nmokytoja3@mokykla.example\nnauja@b.example") == 3
    )
    assert set(sent(post)) == {"ona@mokykla.example", "nauja@b.example"}
    assert len(post.mails) == 2


@pytest.mark.django_db
def test_an_organisation_cannot_send_without_end_nor_to_a_closed_group(centre: Centre, monkeypatch):
    group, (head, school, _browser) = cohort(centre), contact()
    monkeypatch.setattr(invitations, "MOST_A_DAY", 3)
    invite(head, group, school)
    with pytest.raises(invitations.ListUnfit):
        invite(head, group, school, "a@b.example\nc@b.example")
    enrolments.cancel_cohort(by=centre.actor("TUTOR"), cohort=group, at=AT)
    with pytest.raises(enrolments.EnrolmentClosed):
        invite(head, group, school, "a@b.example")
