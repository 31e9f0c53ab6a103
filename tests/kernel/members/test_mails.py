"""Mails of members: sent to the right address, not too many, not lost when the server is away for a while."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from factories.members import SETUP, acts_for, asked, joined
from factories.people import hire, make_organisation

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused, person_actor
from sauga.kernel.members import links
from sauga.kernel.members.actions import account, invitations, mail, representations, signin
from sauga.kernel.members.models import Member, Representation, SigninLink
from sauga.kernel.states import SystemActor

pytestmark = pytest.mark.django_db
WORKER = SystemActor("members")
UNUSED = timedelta(days=2 * 365)


def texts(post) -> list[str]:
    parsed = [message_from_bytes(one.content, policy=policy.default) for one in post.mails]
    return [one.get_content() for one in parsed]


def test_the_link_is_mailed_to_the_address(post):
    link, _browser = asked("Ona@Mokykla.example", language="lt")
    assert mail.send_link(by=WORKER, link_id=link.pk, at=clock.now())
    assert post.mails[0].rcpt_tos == ["ona@mokykla.example"]
    assert links.signin_address(link) in texts(post)[0] and "/lt/mano/nuoroda/" in texts(post)[0]


def test_an_address_gets_three_mails_in_a_quarter_of_an_hour_and_all_of_them_work(post):
    at = clock.now()
    rows = [asked("ona@mokykla.example", at)[0] for _ in range(5)]
    assert [mail.send_link(by=WORKER, link_id=row.pk, at=at) for row in rows] == [True] * 3 + [False] * 2
    later, _ = asked("ona@mokykla.example", at + timedelta(minutes=16))
    assert mail.send_link(by=WORKER, link_id=later.pk, at=at + timedelta(minutes=16))
    signin.use_link(by=SETUP, link=rows[0], device="", at=at)


def test_a_server_that_is_busy_gets_the_mail_later(post):
    link, _browser = asked("ona@mokykla.example")
    post.answer = "451 later"
    with pytest.raises(mail.NotHanded):
        mail.send_link(by=WORKER, link_id=link.pk, at=clock.now())
    post.answer = "250 OK"
    assert mail.send_link(by=WORKER, link_id=link.pk, at=clock.now())
    assert len({text for text in texts(post)}) == 1


def test_a_link_that_is_over_is_not_sent(post):
    link, _browser = asked("ona@mokykla.example", clock.now() - timedelta(minutes=20))
    assert not mail.send_link(by=WORKER, link_id=link.pk, at=clock.now())
    assert not post.mails
    assert not mail.send_link(by=WORKER, link_id=0, at=clock.now())


def test_reminders_come_only_when_wanted_and_when_something_waits(post, ona, jonas):
    school = make_organisation("school")
    acts_for(ona[0], school)
    assert mail.wanting_reminders() == []
    account.change_account(by=ona[0], name="Ona", language="en", is_reminded=True, at=clock.now())
    assert mail.wanting_reminders() == [ona[0].member_id]
    assert not mail.send_reminder(by=WORKER, member_id=ona[0].member_id, at=clock.now())
    representations.ask_to_represent(
        by=jonas[0],
        organisation=school,
        asked_name="",
        purpose="Also there.",
        wants_partner=False,
        at=clock.now(),
    )
    assert mail.send_reminder(by=WORKER, member_id=ona[0].member_id, at=clock.now())
    assert "A colleague asks to act for" in texts(post)[0]
    assert not mail.send_reminder(by=WORKER, member_id=jonas[0].member_id, at=clock.now())


def test_an_unused_account_is_warned_a_month_before_it_goes(post):
    long_ago = clock.now() - UNUSED
    who, _secret = joined("sena@mokykla.example", "Sena Paskyra", at=long_ago)
    at = clock.now()
    assert account.delete_unused(by=WORKER, unused=UNUSED, at=at) == 0  # nobody goes without a warning
    assert mail.nearly_unused(at) == [who.member_id]
    assert mail.send_warning(by=WORKER, member_id=who.member_id, at=at)
    assert not mail.send_warning(by=WORKER, member_id=who.member_id, at=at)
    assert account.delete_unused(by=WORKER, unused=UNUSED, at=at + timedelta(days=29)) == 0
    assert account.delete_unused(by=WORKER, unused=UNUSED, at=at + timedelta(days=31)) == 1
    assert not Member.objects.exists() and not SigninLink.objects.filter(lookup=b"").exists()


def test_whoever_signs_in_after_the_warning_keeps_the_account(post):
    who, _secret = joined("sena@mokykla.example", at=clock.now() - UNUSED)
    mail.send_warning(by=WORKER, member_id=who.member_id, at=clock.now())
    joined("sena@mokykla.example", name="")
    assert account.delete_unused(by=WORKER, unused=UNUSED, at=clock.now() + timedelta(days=60)) == 0


def test_a_decision_is_mailed_and_names_no_person(post, ona):
    row = acts_for(ona[0], make_organisation("school"))
    mail.send_decision(by=WORKER, representation_id=row.pk, at=clock.now())
    assert "Partner school" in texts(post)[0] and "Ona" not in texts(post)[0]
    mail.send_decision(by=WORKER, representation_id=0, at=clock.now())
    assert len(post.mails) == 1 and Representation.objects.count() == 1


def test_an_answer_about_partnership_goes_to_whoever_still_acts_for_the_organisation(post, ona):
    row, at = acts_for(ona[0], make_organisation("school")), clock.now()
    mail.send_partnership(by=WORKER, representation_id=row.pk, is_partner=True, at=at)
    mail.send_partnership(by=WORKER, representation_id=row.pk, is_partner=False, at=at)
    yes, no = texts(post)
    assert "is a partner of Sauga now" in yes and "/en/my/" in yes and "does not become a partner" in no
    representations.end_representation(by=ona[0], representation=row, at=at)
    mail.send_partnership(by=WORKER, representation_id=row.pk, is_partner=True, at=at)
    assert len(post.mails) == 2


def test_whoever_is_invited_reads_where_to_sign_in_and_signs_in_by_the_same_address(post):
    school, at = make_organisation("school"), clock.now()
    given = {"address": "Nauja@Mokykla.example", "name": "Nauja", "language": "en", "organisation": school}
    for by in (WORKER, SystemActor("visitor"), person_actor(hire("Ieva", "COORDINATOR").person, at)):
        with pytest.raises(PermissionRefused):
            invitations.invite_representative(by=by, at=at, **given)
    row = invitations.invite_representative(by=SETUP, at=at, **given)
    mail.send_invitation(by=WORKER, representation_id=row.pk, at=at)
    assert post.mails[0].rcpt_tos == ["nauja@mokykla.example"] and "/en/my/sign-in/" in texts(post)[0]
    assert invitations.invite_representative(by=SETUP, at=at, **given) == row
    who, _secret = joined("nauja@mokykla.example", "")
    assert who.member_id == row.member_id and who.name == "Nauja"
    asked_before = representations.ask_to_represent(
        by=joined("kita@mokykla.example")[0],
        organisation=school,
        asked_name="",
        purpose="x",
        wants_partner=False,
        at=at,
    )
    same = invitations.invite_representative(by=SETUP, at=at, **{**given, "address": "kita@mokykla.example"})
    assert same == asked_before and same.state == "CONFIRMED"
