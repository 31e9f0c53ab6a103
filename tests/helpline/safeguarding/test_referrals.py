"""To other services: consent first, few words, a clock that somebody watches, an outcome."""

from datetime import datetime, timedelta

import pytest
from django.http import Http404

from sauga.helpline.chat.models import Conversation
from sauga.helpline.safeguarding.actions import escalations, referrals
from sauga.helpline.safeguarding.actions.concerns import ProposalIncomplete
from sauga.helpline.safeguarding.models import Referral
from sauga.helpline.safeguarding.queries import referrals as queries
from sauga.helpline.states import ReferralState
from sauga.kernel import sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.refusals import TextMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.safety import AT, ZONE, letter, talking

CHILD = SystemActor("child")


def suggested(centre: Centre, **more) -> tuple[Referral, sealed.ReceiptKeys]:
    counsellor = centre.actor("COUNSELLOR")
    conversation, keys = talking(counsellor)
    given = {"target": "RT_SCHOOL", "words": "Trumpai"} | more
    return referrals.suggest(by=counsellor, conversation=conversation, at=AT, **given), keys


def asked(centre: Centre, **more) -> Referral:
    return referrals.ask_in_chat(by=centre.actor("COUNSELLOR"), referral=suggested(centre, **more)[0], at=AT)


def sent(centre: Centre, **more) -> Referral:
    mine = centre.actor("COUNSELLOR")
    referral = suggested(centre, **more)[0]
    referral = referrals.record_answer(by=mine, referral=referral, agrees=True, how="SPOKEN", at=AT)
    return referrals.send(by=mine, referral=referral, at=AT)


def test_words_are_sealed_and_the_child_reads_them_with_the_own_key(centre: Centre):
    referral, keys = suggested(centre, words="PLANTED-WORDS")
    assert b"PLANTED" not in bytes(referral.words) + bytes(referral.asked)
    conversation = Conversation.objects.get()
    own = sealed.open_data_key(zone=ZONE, holder=conversation.holder, opener=sealed.ReceiptOpener(keys))
    assert queries.questions_for_child(conversation, own) == []
    referrals.ask_in_chat(by=centre.actor("COUNSELLOR"), referral=referral, at=AT)
    question = queries.questions_for_child(conversation, own)[0]
    assert (question.target, question.words, question.agreed) == ("RT_SCHOOL", "PLANTED-WORDS", False)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"target": "NOBODY"}, ProposalIncomplete),
        ({"target": "RT_HOTLINE"}, ProposalIncomplete),
        ({"target": "RT_VVTAIT"}, ProposalIncomplete),
        ({"clock": "LC_1H"}, ProposalIncomplete),
        ({"target": "RT_VVTAIT", "clock": "X"}, ProposalIncomplete),
        ({"words": " "}, TextMissing),
    ],
)
def test_referral_needs_a_service_its_clock_and_words(centre: Centre, change, error):
    with pytest.raises(error):
        suggested(centre, **change)
    assert not Referral.objects.exists()


def test_referral_hangs_on_a_contact_and_needs_an_open_vault(centre: Centre):
    with pytest.raises(ProposalIncomplete):
        referrals.suggest(by=centre.actor("COUNSELLOR"), target="RT_SCHOOL", words="x", at=AT)
    with pytest.raises(VaultLocked):
        referrals.suggest(
            by=centre.actor("COUNSELLOR", unlocked=False),
            target="RT_SCHOOL",
            words="x",
            letter=letter(),
            at=AT,
        )
    assert (
        referrals.suggest(
            by=centre.actor("COUNSELLOR"), target="RT_SCHOOL", words="x", letter=letter(), at=AT
        ).asked
        == b""
    )


def test_child_agrees_and_may_take_it_back_until_it_is_sent(centre: Centre):
    referral = asked(centre)
    conversation = Conversation.objects.get()
    referral = referrals.answer_for_child(
        by=CHILD, referral=referral, conversation=conversation, agrees=True, at=AT
    )
    assert (referral.state, referral.consent) == (ReferralState.CONSENTED, "IN_CHAT")
    assert Notification.objects.get().template == "helpline.referral_consent"
    with pytest.raises(MoveNotAllowed):
        referrals.answer_for_child(by=CHILD, referral=referral, conversation=conversation, agrees=True, at=AT)
    referral = referrals.answer_for_child(
        by=CHILD, referral=referral, conversation=conversation, agrees=False, at=AT
    )
    assert referral.state == ReferralState.WITHDRAWN
    with pytest.raises(MoveNotAllowed):
        referrals.send(by=centre.actor("COUNSELLOR"), referral=referral, at=AT)
    assert referrals.close(by=centre.actor("COUNSELLOR"), referral=referral, at=AT).closed_at == AT


def test_answer_that_comes_after_the_end_is_kept_and_says_nothing_in_the_chat(centre: Centre):
    referral = asked(centre)
    Conversation.objects.update(state="ENDED")
    said = Conversation.objects.get().last_number
    referral = referrals.answer_for_child(
        by=CHILD, referral=referral, conversation=Conversation.objects.get(), agrees=False, at=AT
    )
    assert referral.state == ReferralState.DECLINED and Conversation.objects.get().last_number == said


def test_child_says_no_and_nothing_is_sent(centre: Centre):
    referral = asked(centre)
    Referral.objects.update(author=None)  # the counsellor has left: nobody to tell
    referral.refresh_from_db()
    referral = referrals.answer_for_child(
        by=CHILD, referral=referral, conversation=Conversation.objects.get(), agrees=False, at=AT
    )
    assert referral.state == ReferralState.DECLINED and not Notification.objects.exists()


def test_child_answers_for_the_own_conversation_only(centre: Centre):
    referral = asked(centre)
    other, _ = talking(centre.actor("COUNSELLOR"))
    with pytest.raises(referrals.NotYours):
        referrals.answer_for_child(by=CHILD, referral=referral, conversation=other, agrees=True, at=AT)
    with pytest.raises(PermissionRefused):
        referrals.answer_for_child(
            by=SystemActor("queue"), referral=referral, conversation=other, agrees=True, at=AT
        )
    assert queries.referral_of_child(other, referral.ref) is None
    assert queries.referral_of_child(referral.conversation, referral.ref) == referral


def test_nobody_is_asked_in_a_chat_that_is_over(centre: Centre):
    referral, _ = suggested(centre)
    Conversation.objects.update(state="ENDED")
    referral = queries.referral_for(centre.actor("COUNSELLOR"), referral.ref)
    with pytest.raises(referrals.NobodyThere):
        referrals.ask_in_chat(by=centre.actor("COUNSELLOR"), referral=referral, at=AT)
    mine = centre.actor("COUNSELLOR")
    by_letter = referrals.suggest(by=mine, target="RT_SCHOOL", words="x", letter=letter(), at=AT)
    with pytest.raises(referrals.NobodyThere):
        referrals.ask_in_chat(by=mine, referral=by_letter, at=AT)


def test_counsellor_writes_the_answer_down(centre: Centre):
    mine = centre.actor("COUNSELLOR")
    with pytest.raises(ProposalIncomplete):
        referrals.record_answer(by=mine, referral=suggested(centre)[0], agrees=True, how="IN_CHAT", at=AT)
    referral = referrals.record_answer(by=mine, referral=asked(centre), agrees=True, how="WRITTEN", at=AT)
    assert referrals.withdraw(by=mine, referral=referral, at=AT).state == ReferralState.WITHDRAWN
    assert (
        referrals.record_answer(
            by=mine, referral=suggested(centre)[0], agrees=False, how="SPOKEN", at=AT
        ).state
        == ReferralState.DECLINED
    )


def test_nothing_is_sent_without_consent(centre: Centre):
    for referral in (suggested(centre)[0], asked(centre)):
        with pytest.raises(MoveNotAllowed):
            referrals.send(by=centre.actor("COUNSELLOR"), referral=referral, at=AT)
        with pytest.raises(MoveNotAllowed):
            referrals.withdraw(by=centre.actor("COUNSELLOR"), referral=referral, at=AT)


def test_service_answers_and_an_outcome_ends_it(centre: Centre):
    mine, referral = centre.actor("COUNSELLOR"), sent(centre)
    assert referral.due_at == datetime(2026, 11, 28, tzinfo=VILNIUS)  # the end of the third working day
    referral = referrals.acknowledge(by=mine, referral=referral, at=AT)
    assert referral.due_at is None
    referral = referrals.in_service(by=mine, referral=referral, at=AT)
    with pytest.raises(ProposalIncomplete):
        referrals.record_outcome(by=mine, referral=referral, outcome="GOOD", at=AT)
    referral = referrals.record_outcome(by=mine, referral=referral, outcome="RO_HELPED", at=AT)
    referral = referrals.close(by=mine, referral=referral, at=AT)
    assert (referral.state, referral.outcome, referral.closed_at) == (ReferralState.CLOSED, "RO_HELPED", AT)


def test_silent_service_is_chased_by_the_legal_clock_then_escalated(centre: Centre):
    referral = sent(centre, target="RT_VVTAIT", clock="LC_1H")
    assert referral.due_at == AT + timedelta(hours=1)
    assert escalations.escalate_referrals(at=AT + timedelta(minutes=59)) == 0
    assert escalations.escalate_referrals(at=AT + timedelta(minutes=60)) == 1
    assert [row.person for row in Notification.objects.all()] == [centre.people["COUNSELLOR"]]
    assert escalations.escalate_referrals(at=AT + timedelta(minutes=89)) == 0
    assert escalations.escalate_referrals(at=AT + timedelta(minutes=90)) == 1
    assert escalations.escalate_referrals(at=AT + timedelta(days=9)) == 0
    referral.refresh_from_db()
    assert (referral.state, referral.due_at) == (ReferralState.ESCALATED, None)
    assert Notification.objects.filter(person=centre.people["SAFEGUARDING_LEAD"]).count() == 1
    assert (
        referrals.acknowledge(by=centre.actor("SAFEGUARDING_LEAD"), referral=referral, at=AT).state
        == ReferralState.ACKNOWLEDGED
    )


def test_referral_of_someone_who_left_is_chased_by_the_lead(centre: Centre):
    referral = sent(centre)
    Referral.objects.update(author=None)
    stale = Referral.objects.get()
    assert escalations.escalate_referrals(at=AT + timedelta(days=4)) == 1
    assert [row.person for row in Notification.objects.all()] == [centre.people["SAFEGUARDING_LEAD"]]
    referral.refresh_from_db()
    assert referral.state == ReferralState.CHASED
    referrals.acknowledge(by=centre.actor("SHIFT_LEAD"), referral=referral, at=AT)
    assert not escalations._chase_referral(escalations.CHASER, stale, AT + timedelta(days=9))


def test_who_sees_which_referral(centre: Centre):
    referral = sent(centre)
    for role in ("COUNSELLOR_2", "LETTER_REVIEWER", "VOLUNTEER_COORDINATOR"):
        stranger = centre.actor(role)
        with pytest.raises(Http404):
            queries.referral_for(stranger, referral.ref)
        assert not queries.referrals(stranger, "sent")
    with pytest.raises(PermissionRefused):
        referrals.acknowledge(by=centre.actor("COUNSELLOR_2"), referral=referral, at=AT)
    mine = centre.actor("COUNSELLOR")
    assert queries.referrals(mine, "sent").count() == 1 and not queries.referrals(mine, "closed")
    assert queries.counts(mine) == {"open": 0, "sent": 1, "taken": 0}
    page = queries.referral_page(mine, referral)
    assert page.words == "Trumpai" and len(page.steps) == 4
    assert queries.referral_page(centre.actor("COUNSELLOR", unlocked=False), referral).words is None
    sealed.destroy_keys([referral.holder])
    assert queries.referral_page(mine, referral).words is None


def test_what_a_person_may_pass_something_on_from(centre: Centre):
    conversation, _ = talking(centre.actor("COUNSELLOR"))
    about = queries.about_for(centre.actor("COUNSELLOR"), "conversation", conversation.ref)
    assert (about.kind, about.ref, about.given("conversation", "letter")) == (
        "conversation",
        conversation.ref,
        {"conversation": conversation},
    )
    assert queries.about_for(centre.actor("SHIFT_LEAD"), "conversation", conversation.ref)
    for role, kind, ref in (
        ("COUNSELLOR_2", "conversation", conversation.ref),
        ("COUNSELLOR", "person", conversation.ref),
        ("COUNSELLOR", "letter", letter().ref),
        ("VOLUNTEER_COORDINATOR", "conversation", conversation.ref),
    ):
        with pytest.raises(Http404):
            queries.about_for(centre.actor(role), kind, ref)
