"""Whose yes it takes, what a withdrawal does, asked again at 14, grown up at 18; and that nobody takes part
past a withdrawn consent."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any as Mailbox

import pytest
from django.test import Client
from factories import panel
from factories.members import acts_for, browser_of, joined
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.kernel import audit, clock, retention, sealed
from sauga.kernel.clock import local_day
from sauga.kernel.members import links
from sauga.kernel.members.actions import cards, consents, mail
from sauga.kernel.members.models import Consent, Guardian, MemberSession, SigninCard
from sauga.kernel.notifications.models import Notification
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.panel.effects import hooks
from sauga.panel.members.actions import daily, membership, nominations
from sauga.panel.members.models import AdultAct, Member
from sauga.panel.members.queries import members
from sauga.panel.members.queries.protection import Identity
from sauga.panel.members.rules.ages import first_day_at
from sauga.panel.members.rules.purposes import PHOTOS, TAKE_PART
from sauga.panel.states import MemberState
from sauga.panel.trail import ZONE
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

PANEL, MAILER = SystemActor("panel"), SystemActor("members")
NOW = clock.now()


def state(row: Member) -> str:
    return panel.fresh(row).state


def test_under_14_it_takes_guardian_child_and_school(centre: Centre):
    row = panel.asked(centre, 13)
    Member.objects.filter(pk=row.pk).update(confirmed_at=None)
    panel.guardian_agrees(row)
    assert state(row) == MemberState.CONSENTING
    membership.assent(by=panel.account(row), purposes=[], version=1, at=NOW)
    assert state(row) == MemberState.CONSENTING, "the school has not confirmed the guardian"
    nominations.confirm_guardian(by=centre.actor("PANEL_FACILITATOR"), member=panel.fresh(row), at=NOW)
    assert state(row) == MemberState.INDUCTED
    membership.welcome(by=centre.actor("PANEL_FACILITATOR"), member=panel.fresh(row), at=NOW)
    assert members.may_take_part(panel.fresh(row), NOW)


def test_from_14_on_the_own_yes_is_enough(centre: Centre):
    row = panel.asked(centre, 15)
    membership.assent(by=panel.account(row), purposes=[PHOTOS], version=1, at=NOW)
    assert state(row) == MemberState.INDUCTED
    assert not members.consents_to(panel.fresh(row), PHOTOS, NOW), "photographs take the guardian until 18"
    panel.guardian_agrees(row, purpose=PHOTOS)
    assert members.consents_to(panel.fresh(row), PHOTOS, NOW)


def test_nobody_says_yes_for_a_child(centre: Centre):
    row = panel.asked(centre, 13)
    panel.guardian_agrees(row)
    assert not members.consents_to(row, TAKE_PART, NOW)
    assert Consent.objects.get().given_by == Consent.Party.GUARDIAN
    with pytest.raises(MoveNotAllowed):
        membership.welcome(by=centre.actor("PANEL_FACILITATOR"), member=row, at=NOW)


@pytest.mark.parametrize("who", ["child", "guardian", "guardian at once"])
def test_either_ends_it_in_one_step(centre: Centre, who: str, monkeypatch):
    row = panel.member(centre)
    browser = panel.browser(row)
    assert browser.get("/lt/jaunimas/").status_code == 200
    told: list[int] = []
    monkeypatch.setattr(hooks, "leaving", [lambda member, at: told.append(member.pk)])
    if who == "child":
        membership.withdraw(by=panel.account(row), purpose=TAKE_PART, at=NOW)
    elif who == "guardian":
        guardian = panel.guardian(row)
        consents.withdraw_as_guardian(by=panel.GUARDIAN, guardian=guardian, purpose=TAKE_PART, at=NOW)
    else:
        consents.withdraw_all_as_guardian(by=panel.GUARDIAN, guardian=panel.guardian(row), at=NOW)
    assert state(row) == MemberState.LEFT and told == [row.pk]
    assert not MemberSession.objects.exists() and not SigninCard.objects.exists()
    assert browser.get("/lt/jaunimas/").url.startswith("/lt/jaunimas/prisijungti/")
    assert row.pseudonym not in Member.objects.values_list("pseudonym", flat=True)


def test_a_card_that_ended_signs_nobody_in(centre: Centre):
    row = panel.member(centre)
    code = nominations.give_card(by=centre.actor("PANEL_FACILITATOR"), member=row, at=NOW)
    page = Client().post("/lt/jaunimas/prisijungti/", {"code": code.lower().replace("-", " ")})
    assert page.url == "/lt/jaunimas/"
    membership.withdraw(by=panel.account(row), purpose=TAKE_PART, at=NOW)
    refused = Client().post("/lt/jaunimas/prisijungti/", {"code": code})
    assert refused.status_code == 422 and "neveikia" in refused.text
    with pytest.raises(nominations.CardNotNow):
        nominations.give_card(by=centre.actor("PANEL_FACILITATOR"), member=panel.fresh(row), at=NOW)


def test_a_new_card_ends_the_former_one_and_its_sessions(centre: Centre):
    row = panel.member(centre)
    browser = panel.browser(row)
    nominations.give_card(by=centre.actor("PANEL_FACILITATOR"), member=row, at=NOW)
    assert browser.get("/lt/jaunimas/").status_code == 302
    assert SigninCard.objects.count() == 1


def test_a_session_of_a_card_opens_nothing_of_my_sauga_and_the_other_way_round(centre: Centre):
    child = panel.browser(panel.member(centre))
    assert child.get("/lt/mano/").url.startswith("/lt/mano/prisijungti/")
    _who, secret = joined()
    assert browser_of(secret).get("/lt/jaunimas/").url.startswith("/lt/jaunimas/prisijungti/")


def near_14(centre: Centre) -> tuple[Member, datetime]:
    """An active member of 13, and the first instant at which the member is 14."""
    row = panel.member(centre, years=13)
    day = first_day_at(row.birth_month, 14)
    return row, datetime(day.year, day.month, day.day, tzinfo=clock.VILNIUS)


def test_at_14_without_an_answer_the_member_is_paused_and_nothing_is_deleted(centre: Centre):
    row, turns = near_14(centre)
    before = turns - timedelta(minutes=1)
    assert members.may_take_part(row, before) and not members.may_take_part(row, turns)
    assert not members.is_asked_again(row, turns - timedelta(days=31))
    assert members.is_asked_again(row, turns - timedelta(days=29))
    assert daily.advance_all(by=PANEL, at=before) == 0
    assert daily.advance_all(by=PANEL, at=turns) == 1
    assert daily.advance_all(by=PANEL, at=turns) == 0
    assert state(row) == MemberState.PAUSED and panel.fresh(row).account is not None
    membership.assent(by=panel.account(row, turns), purposes=[], version=1, at=turns + timedelta(days=3))
    assert state(row) == MemberState.ACTIVE and members.may_take_part(
        panel.fresh(row), turns + timedelta(days=3)
    )


def test_an_answer_30_days_ahead_counts_and_no_pause_is_needed(centre: Centre):
    row, turns = near_14(centre)
    early, asked = turns - timedelta(days=40), turns - timedelta(days=20)
    membership.assent(by=panel.account(row, early), purposes=[], version=1, at=early)
    assert members.is_asked_again(panel.fresh(row), asked), "an answer before the question does not count"
    membership.assent(by=panel.account(row, asked), purposes=[], version=1, at=asked)
    assert not members.is_asked_again(panel.fresh(row), asked)
    assert daily.advance_all(by=PANEL, at=turns) == 0
    assert members.may_take_part(panel.fresh(row), turns)


def test_from_14_on_a_guardian_cannot_end_what_the_member_decided(centre: Centre):
    row, turns = near_14(centre)
    membership.assent(by=panel.account(row, turns), purposes=[], version=1, at=turns - timedelta(days=1))
    later = turns + timedelta(days=1)
    consents.withdraw_as_guardian(
        by=panel.GUARDIAN, guardian=panel.guardian(row), purpose=TAKE_PART, at=later
    )
    assert state(row) == MemberState.ACTIVE and members.may_take_part(panel.fresh(row), later)


def test_at_18_a_member_is_an_alumnus_and_the_session_ends(centre: Centre):
    row = panel.member(centre, years=17)
    day = first_day_at(row.birth_month, 18)
    turns = datetime(day.year, day.month, day.day, tzinfo=clock.VILNIUS)
    assert not members.may_take_part(row, turns)
    daily.advance_all(by=PANEL, at=turns)
    assert state(row) == MemberState.ALUMNI and panel.fresh(row).pseudonym == row.pseudonym
    assert not SigninCard.objects.exists()


def test_who_left_is_erased_after_30_days_key_first(centre: Centre):
    row = panel.member(centre)
    membership.withdraw(by=panel.account(row), purpose=TAKE_PART, at=NOW)
    lead = centre.actor("PANEL_SAFEGUARDING_LEAD")
    assert membership.open_identity(by=lead, member=panel.fresh(row), at=NOW).name == "Vardenė Pavyzdė"
    retention.run(NOW + timedelta(days=29), only=["panel.member.identity"])
    assert panel.fresh(row).account is not None
    retention.run(NOW + timedelta(days=31), only=["panel.member.identity"])
    gone = panel.fresh(row)
    assert gone.account is None and gone.erased_at is not None and not bytes(gone.identity)
    assert not Guardian.objects.exists()
    gone.identity = row.identity
    with pytest.raises(sealed.KeyNotAvailable):
        membership.open_identity(by=lead, member=gone, at=NOW)


def test_the_guardian_sees_what_was_agreed_to_never_what_was_said_and_withdraws_everything(centre: Centre):
    row = panel.member(centre, "Kopa")
    path = "/" + links.guardian_address(panel.guardian(row)).split("/", 3)[3]
    page = Client().get(path).text
    assert "Dalyvavimas jaunimo taryboje" in page and "Atšaukti viską" in page
    assert "Kopa" not in page and "Vardenė" not in page
    assert Client().post(path, {"withdraw_all": "1"}).status_code == 302
    assert state(row) == MemberState.LEFT
    assert "Dalyvavimas jaunimo taryboje" not in Client().get(path).text


def test_a_guardian_reads_whom_it_is_about_and_says_no_with_a_button(centre: Centre, post: Mailbox):
    """The mail and the page name initial, year and school, not the child; the no reaches the facilitators and
    the child, and can be taken back."""
    row = panel.asked(centre, 13)
    guardian, born = panel.guardian(row), row.birth_month.year
    mail.send_guardian(by=MAILER, guardian_id=guardian.pk, at=NOW)
    message = message_from_bytes(post.mails[-1].content, policy=policy.default)
    path = "/" + links.guardian_address(guardian).split("/", 3)[3]
    page = Client().get(path).text
    school = Organisation.objects.get(code="MOKYKLA").name_at(NOW, "lt")
    for text in (message.get_body().get_content().replace("\n", " "), page):
        assert "V., " in text and f"{born} m." in text and school in text and "Vardenė" not in text
    assert "neparašei" not in page and "tavo" not in page.partition("<main")[2].lower()
    older = panel.guardian(panel.asked(centre, 15))  # who decides alone, but for photographs
    said = Client().get("/" + links.guardian_address(older).split("/", 3)[3]).text
    assert "vaikas sprendžia pats" in said and "sprendžiate kartu" in page and "sprendžiate kartu" not in said
    mail.send_guardian(by=MAILER, guardian_id=older.pk, at=NOW)
    later = message_from_bytes(post.mails[-1].content, policy=policy.default)
    assert "sprendžia patys" in later.get_body().get_content().replace("\n", " ")
    no = {"purpose": TAKE_PART, "refuse": "1"}
    assert Client().post(path, no).status_code == Client().post(path, no).status_code == 302
    assert state(row) == MemberState.DECLINED
    told = Notification.objects.filter(template="panel.declined")
    assert set(told.values_list("link", flat=True)) == {f"/desk/panel/members/{row.ref}/"}
    desk = sign_in(centre, "PANEL_FACILITATOR").get(f"/desk/panel/members/{row.ref}/").text
    assert "globėjas nesutiko" in desk
    child = panel.browser(row)
    assert "dabar nesutinka" in child.get("/lt/jaunimas/as/").text
    assert "Nesutikote" in Client().get(path).text
    Client().post(path, {"purpose": TAKE_PART, "version": "1", "give": "1"})
    assert state(row) == MemberState.CONSENTING
    assert "Tavo globėjas jau sutiko" in child.get("/lt/jaunimas/as/").text
    membership.assent(by=panel.account(row), purposes=[], version=1, at=NOW)
    assert state(row) == MemberState.INDUCTED


def test_a_school_nominates_and_confirms_only_for_itself(centre: Centre):
    school = Organisation.objects.get(code="MOKYKLA")
    who, _secret = joined()
    given = {
        "organisation": school,
        "identity": Identity("Jonas Pavyzdys"),
        "birth_month": panel.born(13, NOW),
        "guardian_address": "tetis@pastas.example",
        "language": "lt",
        "is_confirmed": False,
        "at": NOW,
    }
    with pytest.raises(PermissionRefused):
        nominations.nominate(by=who, **given)
    acts_for(who, school)
    row = nominations.nominate(by=who, **given)
    assert row.confirmed_at is None and AdultAct.objects.count() == 0
    stranger, _secret = joined("kitas@mokykla.example")
    with pytest.raises(PermissionRefused):
        nominations.confirm_guardian(by=stranger, member=row, at=NOW)
    nominations.confirm_guardian(by=who, member=row, at=NOW)
    assert panel.fresh(row).confirmed_at == NOW


@pytest.mark.parametrize(
    ("years", "guardian", "refusal"),
    [
        (11, "g@pastas.example", nominations.AgeUnfit),
        (18, "g@pastas.example", nominations.AgeUnfit),
        (13, " ", nominations.GuardianMissing),
    ],
)
def test_nominations_that_cannot_be(centre: Centre, years: int, guardian: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        nominations.nominate(
            by=centre.actor("PANEL_FACILITATOR"),
            organisation=Organisation.objects.get(code="MOKYKLA"),
            identity=Identity("Jonas Pavyzdys"),
            birth_month=panel.born(years, NOW),
            guardian_address=guardian,
            language="lt",
            is_confirmed=True,
            at=NOW,
        )
    assert not Member.objects.exists()


@pytest.mark.parametrize("role", ["EDITOR", "SAFEGUARDING_LEAD", "AWARENESS_STATISTICIAN"])
def test_other_roles_do_nothing_with_members(centre: Centre, role: str):
    row, by = panel.member(centre), centre.actor(role)
    for act in (
        lambda: nominations.ask_consent(by=by, member=row, at=NOW),
        lambda: nominations.give_card(by=by, member=row, at=NOW),
        lambda: nominations.ask_guardian_again(by=by, member=row, at=NOW),
        lambda: nominations.confirm_guardian(by=by, member=row, at=NOW),
        lambda: membership.welcome(by=by, member=row, at=NOW),
        lambda: membership.pause(by=by, member=row, why="SAFETY", at=NOW),
        lambda: membership.resume(by=by, member=row, at=NOW),
        lambda: membership.end(by=by, member=row, at=NOW),
        lambda: membership.open_identity(by=by, member=row, at=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()
    assert state(row) == MemberState.ACTIVE


def test_one_member_does_nothing_for_another(centre: Centre):
    one, other = panel.member(centre), panel.member(centre)
    membership.withdraw(by=panel.account(one), purpose=TAKE_PART, at=NOW)
    assert state(other) == MemberState.ACTIVE
    with pytest.raises(membership.NotYours):
        membership.assent(by=panel.account(one), purposes=[], version=1, at=NOW)


def test_a_break_is_the_members_own_and_a_facilitators_pause_is_not(centre: Centre):
    row = panel.member(centre)
    membership.pause_myself(by=panel.account(row), at=NOW)
    membership.come_back(by=panel.account(row), at=NOW)
    assert state(row) == MemberState.ACTIVE
    membership.pause(by=centre.actor("PANEL_FACILITATOR"), member=row, why="SAFETY", at=NOW)
    with pytest.raises(membership.NotYours):
        membership.come_back(by=panel.account(row), at=NOW)


def test_the_audit_log_names_nobody(centre: Centre):
    row = panel.member(centre, "Kopa")
    membership.withdraw(by=panel.account(row), purpose=TAKE_PART, at=NOW)
    lines = [str(vars(entry)) for entry in audit.timeline(row, zone=ZONE)]
    assert len(lines) >= 5
    assert not any(word in line for line in lines for word in ("Kopa", "Vardenė", "pastas.example"))


def test_a_pseudonym_is_taken_once_and_can_be_chosen(centre: Centre):
    first = panel.member(centre, "Kopa")
    row = panel.asked(centre, 15)
    with pytest.raises(membership.NameTaken):
        membership.assent(by=panel.account(row), purposes=[], version=1, at=NOW, name=first.pseudonym)
    free = nominations.free_names()[0]
    membership.assent(by=panel.account(row), purposes=[], version=1, at=NOW, name=free)
    assert panel.fresh(row).pseudonym == free
    assert local_day(NOW) and cards.LETTERS * 5 >= 80
