"""A young person tells the helpline: exactly what they wrote arrives there, sealed; a counsellor takes it and
settles it; the young person sees how it stands, and can take it back."""

from datetime import timedelta

import pytest
from django.http import Http404
from factories import panel

from sauga.helpline.safeguarding.actions import panel_referrals
from sauga.helpline.safeguarding.models import IncomingReferral
from sauga.helpline.safeguarding.queries import panel_referrals as waiting
from sauga.helpline.states import IncomingState
from sauga.kernel import audit, clock, integration, retention, sealed, vocab
from sauga.kernel.integration.models import Referral
from sauga.kernel.integration.receiver import tell_sender
from sauga.kernel.notifications.models import Alert, Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import ReasonMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.panel.members.actions import helpline_referrals, membership, safeguarding
from sauga.panel.members.actions.helpline_referrals import Message
from sauga.panel.members.models import AdultAct, Flag, Member
from sauga.panel.members.rules import helpline as rules
from sauga.panel.members.rules.helpline import Told
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

NOW = clock.now()
DESK, PANEL_DESK = "/desk/helpline/incoming/", "/desk/panel/flags/"
WORDS, NUMBER, HOUR = "Nebenoriu eiti į mokyklą.", "+370 612 34567", "Po 16 val."
SENT = {"helpline": "yes", "reach": "PHONE", "phone": NUMBER, "when": HOUR, "words": WORDS, "name": ""}


@pytest.fixture
def row(centre: Centre) -> Member:
    return panel.member(centre, "Kopa")


def pressed(row: Member, **more: object) -> Flag:
    given = {"words": "Blogai.", "about_adult": False, "where": "button", "at": NOW}
    return safeguarding.say_wrong(by=panel.account(row), **{**given, **more})


def told(row: Member, flag: Flag) -> IncomingReferral:
    message = Message("PHONE", words=WORDS, phone=NUMBER, when=HOUR)
    helpline_referrals.tell_helpline(by=panel.account(row), flag=flag, message=message, at=NOW)
    carried()
    return IncomingReferral.objects.get()


def carried() -> None:
    """Everything is delivered, and what came back was heard."""
    integration.deliver_waiting(NOW)
    for one in Referral.objects.all():
        tell_sender(ref=one.ref, state=one.state, outcome=one.outcome, at=NOW)


def test_both_sides_declare_the_same():
    assert (
        helpline_referrals.CHILD == panel_referrals.CHILD
        and helpline_referrals.WITHDRAWAL == panel_referrals.WITHDRAWAL
    )
    assert set(rules.CAME_OF_IT) == set(panel_referrals.OUTCOMES)


def test_from_the_button_to_the_answer_in_three_browsers(centre: Centre, row: Member):
    flag, child = pressed(row), panel.browser(row)
    page = f"/lt/jaunimas/pranesti/{flag.ref}/"
    assert "Pranešti pagalbos linijai" in child.get(page).text
    bad = child.post(page, {**SENT, "phone": ""})
    assert bad.status_code == 422 and WORDS in bad.text, "nothing typed is lost"
    assert child.post(page, {**SENT, "phone": "labas"}).status_code == 422
    assert child.post(page, {**SENT, "reach": ""}).status_code == 422
    assert child.post(page, SENT).url == f"{page}?done=helpline-yes"
    carried()
    there = IncomingReferral.objects.get()
    assert (there.state, there.reach, there.age_layer) == (IncomingState.RECEIVED, "PHONE", "12-13")
    assert "Pagalbos linija tavo žinią gavo." in child.get(page).text
    counsellor = sign_in(centre, "COUNSELLOR")
    assert there.ref in counsellor.get(DESK).text
    shown = counsellor.get(f"{DESK}{there.ref}/").text
    assert WORDS not in shown and "Kopa" not in shown and NUMBER not in shown
    assert counsellor.post(f"{DESK}{there.ref}/words/").status_code == 302, "whoever helps takes it first"
    assert counsellor.post(f"{DESK}{there.ref}/do/take/").status_code == 302
    opened = counsellor.post(f"{DESK}{there.ref}/words/")
    assert all(one in opened.text for one in (WORDS, "Kopa", NUMBER, HOUR))
    assert "Pavyzdė" not in opened.text, "who it is the panel does not tell"
    assert opened.headers["Cache-Control"] == "no-store"
    carried()
    assert "Pagalbos linijos žmogus ją turi" in child.get(page).text
    assert counsellor.post(f"{DESK}{there.ref}/do/settle/", {}).status_code == 422
    assert counsellor.post(f"{DESK}{there.ref}/do/settle/", {"outcome": "TALKED"}).status_code == 302
    carried()
    assert "Tau paskambino ir pasikalbėjote." in child.get(page).text
    facilitator = sign_in(centre, "PANEL_FACILITATOR").get(f"{PANEL_DESK}{flag.ref}/").text
    assert "paskambino ir pasikalbėjo" in facilitator and WORDS not in facilitator


def test_what_is_told_is_nowhere_to_be_read(centre: Centre, row: Member):
    there = told(row, pressed(row))
    stored = Referral.objects.get(ref=there.sent)
    for part in (WORDS, NUMBER, HOUR, "Kopa"):
        assert part.encode() not in bytes(stored.payload) and part not in str(stored.plain)
    with pytest.raises(sealed.KeyNotAvailable):
        opener = centre.actor("PANEL_SAFEGUARDING_LEAD").vault
        integration.open_payload(
            ref=there.sent, receiver="helpline", opener=opener, by=panel_referrals.RECEIVER, at=NOW
        )
    names = {one.action for one in audit.timeline(Flag.objects.get(), zone="panel")}
    assert "panel_flag:helpline_told" in names
    assert not AdultAct.objects.filter(what__contains="HELPLINE").exists()


def test_it_arrives_where_the_centre_changed_the_policy_before_there_was_such_a_limit(
    centre: Centre, row: Member
):
    held = {name: n for name, n in vocab.policy("policy.referral").items() if name != "incoming_minutes"}
    vocab.set_policy(by=SystemActor("setup"), name="policy.referral", value=held, at=NOW)
    there = told(row, pressed(row))
    assert there.due_at - there.received_at == timedelta(minutes=panel_referrals.INCOMING_MINUTES)


def test_it_calls_the_shift_leads_and_whoever_takes_it_ends_that(centre: Centre, row: Member):
    there = told(row, pressed(row))
    alert = Alert.objects.get(kind="helpline.incoming")
    assert alert.about == there.about and WORDS not in str(alert.params)
    one, other = centre.actor("COUNSELLOR"), centre.actor("COUNSELLOR_2")
    panel_referrals.take(by=one, row=there, at=NOW)
    with pytest.raises(MoveNotAllowed):
        panel_referrals.take(by=centre.actor("SHIFT_LEAD"), row=there, at=NOW)
    with pytest.raises(PermissionRefused):
        panel_referrals.take(by=other, row=there, at=NOW)
    with pytest.raises(PermissionRefused):
        panel_referrals.settle(by=other, row=there, outcome="TALKED", at=NOW)
    with pytest.raises(panel_referrals.NotYours):
        panel_referrals.settle(by=centre.actor("SHIFT_LEAD"), row=there, outcome="TALKED", at=NOW)
    with pytest.raises(ReasonMissing):
        panel_referrals.settle(by=one, row=there, outcome="ANYTHING", at=NOW)
    panel_referrals.give_back(by=one, row=there, at=NOW)
    assert Alert.objects.unanswered().filter(about=there.about).count() == 1
    panel_referrals.take(by=other, row=there, at=NOW)
    panel_referrals.settle(by=other, row=there, outcome="NOT_REACHED", at=NOW)
    assert not Alert.objects.unanswered().filter(about=there.about).exists()
    with pytest.raises(MoveNotAllowed):
        panel_referrals.settle(by=other, row=there, outcome="TALKED", at=NOW)
    carried()
    assert Flag.objects.get().referral_outcome == "NOT_REACHED"


def test_who_sees_it_and_who_reads_it(centre: Centre, row: Member):
    there = told(row, pressed(row))
    one, other = centre.actor("COUNSELLOR"), centre.actor("COUNSELLOR_2")
    lead, facilitator = centre.actor("SHIFT_LEAD"), centre.actor("PANEL_FACILITATOR")
    with pytest.raises(panel_referrals.TakeFirst):
        panel_referrals.open_words(by=one, row=there, at=NOW)
    assert panel_referrals.open_words(by=lead, row=there, at=NOW)["words"] == WORDS
    panel_referrals.take(by=one, row=there, at=NOW)
    there.refresh_from_db()
    assert panel_referrals.open_words(by=one, row=there, at=NOW)["phone"] == NUMBER
    locked = centre.actor("COUNSELLOR", unlocked=False)
    with pytest.raises(sealed.VaultLocked):
        panel_referrals.open_words(by=locked, row=there, at=NOW)
    for stranger in (other, facilitator, centre.actor("EDITOR")):
        with pytest.raises(Http404):
            waiting.incoming_for(stranger, there.ref)
        with pytest.raises(PermissionRefused):
            panel_referrals.open_words(by=stranger, row=there, at=NOW)
    for role in ("PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD", "EDITOR", "LETTER_REVIEWER"):
        assert sign_in(centre, role).get(f"{DESK}{there.ref}/").status_code == 404
    assert waiting.counts(other) == {"waiting": 0, "taken": 0, "ended": 0}
    assert waiting.counts(lead)["taken"] == 1


def test_taken_back_nobody_can_read_it_any_more(centre: Centre, row: Member):
    flag = pressed(row)
    there, one = told(row, flag), centre.actor("COUNSELLOR")
    panel_referrals.take(by=one, row=there, at=NOW)
    helpline_referrals.do_not_tell(by=panel.account(row), flag=flag, at=NOW)
    carried()
    there.refresh_from_db()
    assert there.state == IncomingState.WITHDRAWN and there.closed_at is not None
    with pytest.raises(sealed.KeyNotAvailable):
        panel_referrals.open_words(by=one, row=there, at=NOW)
    template = "helpline.incoming_withdrawn"
    assert Notification.objects.filter(template=template, person_id=one.person_id).count() == 1
    page = sign_in(centre, "COUNSELLOR").get(f"{DESK}{there.ref}/").text
    assert "Neskambinkite" in page and "/words/" not in page
    flag.refresh_from_db()
    assert (flag.referral_state, flag.wants_helpline) == (Told.WITHDRAWN, False)
    again = panel.browser(row).get(f"/lt/jaunimas/pranesti/{flag.ref}/").text
    assert "Persigalvojai" in again and "Pranešti pagalbos linijai" in again
    helpline_referrals.tell_helpline(by=panel.account(row), flag=flag, message=Message("SELF"), at=NOW)
    carried()
    assert IncomingReferral.objects.filter(state=IncomingState.RECEIVED).count() == 1


def test_taken_back_too_late_changes_nothing(centre: Centre, row: Member):
    flag = pressed(row)
    there, one = told(row, flag), centre.actor("COUNSELLOR")
    panel_referrals.take(by=one, row=there, at=NOW)
    panel_referrals.settle(by=one, row=there, outcome="CAME_SELF", at=NOW)
    carried()
    helpline_referrals.do_not_tell(by=panel.account(row), flag=flag, at=NOW)
    carried()
    there.refresh_from_db()
    assert there.state == IncomingState.SETTLED and Flag.objects.get().referral_state == Told.SETTLED


def test_only_the_young_person_tells_it_and_once(centre: Centre, row: Member):
    flag, other = pressed(row), panel.member(centre)
    message = Message("SELF", words=WORDS)
    for act in (
        lambda: helpline_referrals.tell_helpline(by=panel.account(other), flag=flag, message=message, at=NOW),
        lambda: helpline_referrals.do_not_tell(by=panel.account(other), flag=flag, at=NOW),
    ):
        with pytest.raises(membership.NotYours):
            act()
    assert panel.browser(other).post(f"/lt/jaunimas/pranesti/{flag.ref}/", SENT).status_code == 404
    with pytest.raises(helpline_referrals.PhoneMissing):
        helpline_referrals.tell_helpline(by=panel.account(row), flag=flag, message=Message("PHONE"), at=NOW)
    helpline_referrals.tell_helpline(by=panel.account(row), flag=flag, message=message, at=NOW)
    with pytest.raises(helpline_referrals.ToldAlready):
        helpline_referrals.tell_helpline(by=panel.account(row), flag=flag, message=message, at=NOW)
    with pytest.raises(PermissionRefused):
        helpline_referrals.follow(
            by=SystemActor("stranger"),
            progress=integration.state_of(flag.referral or "", sender="panel")
            if flag.referral
            else integration.Progress("x", "panel.child", "SETTLED", ""),
            at=NOW,
        )


def test_a_facilitator_says_so_only_once_it_was_told(centre: Centre, row: Member):
    flag, one = pressed(row), centre.actor("PANEL_FACILITATOR")
    safeguarding.take(by=one, flag=flag, at=NOW)
    answer = {"by": one, "flag": flag, "outcome": "HELPLINE", "text": "Gerai, kad pranešei.", "at": NOW}
    with pytest.raises(safeguarding.HelplineNotWanted):
        safeguarding.answer(**answer)
    told(row, flag)
    assert Notification.objects.filter(template="panel.helpline_told", person_id=one.person_id).count() == 1
    safeguarding.answer(**answer)
    assert Flag.objects.get().outcome == "HELPLINE"


def test_a_late_or_double_reply_moves_nothing_back(row: Member):
    flag = pressed(row)
    told(row, flag)
    flag.refresh_from_db()
    settled = integration.Progress(flag.referral, "panel.child", Told.SETTLED, "TALKED")
    early = integration.Progress(flag.referral, "panel.child", Told.RECEIVED, "")
    for one in (settled, early, settled):
        helpline_referrals.follow(progress=one, at=NOW)
    flag.refresh_from_db()
    assert (flag.referral_state, flag.referral_outcome) == (Told.SETTLED, "TALKED")
    gone = integration.Progress("nobody", "panel.child", Told.SETTLED, "")
    assert helpline_referrals.follow(progress=gone, at=NOW) is None


def test_after_thirty_days_it_is_destroyed(centre: Centre, row: Member):
    there, one = told(row, pressed(row)), centre.actor("COUNSELLOR")
    panel_referrals.take(by=one, row=there, at=NOW)
    panel_referrals.settle(by=one, row=there, outcome="NOT_NEEDED", at=NOW)
    retention.run(NOW + timedelta(days=31))
    assert not IncomingReferral.objects.exists()
    with pytest.raises(sealed.KeyNotAvailable):
        integration.open_payload(ref=there.sent, receiver="helpline", opener=one.vault, by=one, at=NOW)
