"""A concern from the first worry to the review.

Nobody breaks confidentiality alone: neither by action nor by row.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from sauga.helpline.calls.models import Call
from sauga.helpline.chat.models import Conversation
from sauga.helpline.rota.models import Duty
from sauga.helpline.safeguarding.actions import concerns, disclosure, escalations
from sauga.helpline.safeguarding.actions.concerns import Proposal, ProposalIncomplete
from sauga.helpline.safeguarding.models import Concern
from sauga.helpline.safeguarding.queries import concerns as queries
from sauga.helpline.states import ConcernState
from sauga.kernel import vocab
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PermissionRefused, PersonActor
from sauga.kernel.notifications.models import Notification
from sauga.kernel.refusals import TextMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.safety import AT, letter, talking

PROPOSAL = Proposal(
    "SG_WITHOUT_CONSENT", "CG_LIFE", "RT_VVTAIT", "Faktai X", "Pasakyta pokalbyje", clock="LC_6H"
)


def raised(centre: Centre, **more) -> Concern:
    counsellor = centre.actor("COUNSELLOR")
    return concerns.raise_concern(by=counsellor, conversation=talking(counsellor)[0], at=AT, **more)


def proposed(centre: Centre, proposal: Proposal = PROPOSAL) -> Concern:
    return concerns.propose_disclosure(
        by=centre.actor("SHIFT_LEAD"), concern=raised(centre), proposal=proposal, at=AT
    )


def approved(centre: Centre) -> Concern:
    return disclosure.approve_disclosure(
        by=centre.actor("SAFEGUARDING_LEAD"), concern=proposed(centre), seen=1, at=AT
    )


def told(centre: Centre) -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("template", flat=True))


def both(centre: Centre) -> PersonActor:
    """One person who holds the role of the lead and of the safeguarding lead at once."""
    lead, other = centre.actor("SHIFT_LEAD"), centre.actor("SAFEGUARDING_LEAD")
    return replace(lead, grants={**other.grants, **lead.grants})


def test_raising_calls_the_leads_to_consult_within_five_minutes(centre: Centre):
    concern = raised(centre)
    assert (concern.state, concern.consult_by, concern.due_at) == (
        ConcernState.CONSULT,
        AT + timedelta(minutes=5),
        AT + timedelta(minutes=5),
    )
    assert Conversation.objects.get().is_escalated
    assert told(centre) == ["helpline.consult", "helpline.consult"]  # both shift leads, since none is on duty
    assert [step.after for step in concern.steps.order_by("pk")] == [
        ConcernState.CONCERN,
        ConcernState.CONSULT,
    ]


def test_only_leads_on_duty_are_called_where_there_are_any(centre: Centre):
    Duty.objects.create(person=centre.people["SHIFT_LEAD_2"], is_lead=True, began_at=AT, seen_at=AT)
    Duty.objects.create(
        person=centre.people["SHIFT_LEAD"], is_lead=True, began_at=AT, seen_at=AT, ended_at=AT
    )
    raised(centre)
    assert [row.person for row in Notification.objects.all()] == [centre.people["SHIFT_LEAD_2"]]


def test_one_contact_has_one_open_concern(centre: Centre):
    first = raised(centre, consult=False)
    assert first.state == ConcernState.CONCERN and first.due_at is None
    again = concerns.raise_concern(by=centre.actor("COUNSELLOR"), conversation=first.conversation, at=AT)
    assert again == first and again.state == ConcernState.CONSULT
    assert (
        concerns.raise_concern(by=centre.actor("COUNSELLOR"), conversation=first.conversation, at=AT).state
        == ConcernState.CONSULT
    )
    assert Concern.objects.count() == 1


def test_concern_is_about_one_contact(centre: Centre):
    with pytest.raises(concerns.NothingToWorryAbout):
        concerns.raise_concern(by=centre.actor("COUNSELLOR"), at=AT)
    call = Call.objects.create(rang_at=AT)
    with pytest.raises(concerns.NothingToWorryAbout):
        concerns.raise_concern(by=centre.actor("COUNSELLOR"), call=call, letter=letter(), at=AT)
    assert concerns.raise_concern(by=centre.actor("COUNSELLOR"), call=call, at=AT).call == call
    assert concerns.raise_concern(by=centre.actor("COUNSELLOR"), letter=letter(), at=AT).letter
    with pytest.raises(PermissionRefused):
        concerns.raise_concern(by=centre.actor("VOLUNTEER_COORDINATOR"), call=call, at=AT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"decision": "SG_WATCH"}, "decision"),
        ({"ground": ""}, "ground"),
        ({"target": "NOBODY"}, "target"),
        ({"target": "RT_HOTLINE", "clock": ""}, "target"),
        ({"clock": ""}, "clock"),
        ({"clock": "LC_9H"}, "clock"),
        ({"target": "RT_POLICE"}, "clock"),
        ({"facts": " "}, "facts"),
        ({"told_plan": ""}, "told_plan"),
    ],
)
def test_proposal_names_everything(centre: Centre, change: dict[str, str], field: str):
    with pytest.raises(ProposalIncomplete) as refused:
        proposed(centre, replace(PROPOSAL, **change))
    assert refused.value.field == field
    assert Concern.objects.get().state == ConcernState.CONSULT


def test_two_people_break_and_every_step_has_its_clock(centre: Centre):
    concern = proposed(centre)
    assert concern.state == ConcernState.ACT_WITHOUT_CONSENT and concern.due_at == AT + timedelta(minutes=15)
    lead, guard = centre.actor("SHIFT_LEAD"), centre.actor("SAFEGUARDING_LEAD")
    concern = disclosure.approve_disclosure(by=guard, concern=concern, seen=1, at=AT)
    assert (concern.proposed_by, concern.approved_by) == (
        centre.people["SHIFT_LEAD"],
        centre.people["SAFEGUARDING_LEAD"],
    )
    concern = disclosure.pass_on(by=lead, concern=concern, at=AT)
    assert concern.due_at == AT + timedelta(hours=6)  # the legal clock
    concern = disclosure.acknowledge(by=guard, concern=concern, note="Nr. 1", at=AT)
    assert concern.due_at == AT + timedelta(hours=24)
    concern = disclosure.child_not_reached(by=lead, concern=concern, note="Nebeatsako", at=AT)
    concern = disclosure.tell_child(
        by=centre.actor("COUNSELLOR"), concern=concern, how="IN_CHAT", note="Grįžus pasakyta", at=AT
    )
    assert concern.due_at == concern.review_by and concern.review_by == datetime(2026, 12, 2, tzinfo=VILNIUS)
    concern = disclosure.review(by=guard, concern=concern, note="Laiku", at=AT)
    assert (concern.state, concern.due_at, concern.reviewed_at) == (ConcernState.REVIEWED, None, AT)
    acts = list(
        TrailLine.objects.filter(action__startswith="concern:")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert [act.split(":")[1] for act in acts] == [
        "raised",
        "decided",
        "approved",
        "passed_on",
        "child_told",
        "child_told",
        "reviewed",
    ]
    assert "helpline.break_proposed" in told(centre) and "helpline.break_approved" in told(centre)


def test_acknowledging_without_a_note_and_other_services_have_an_hour(centre: Centre):
    concern = proposed(centre, replace(PROPOSAL, target="RT_POLICE", clock="", decision="SG_WITH_CONSENT"))
    assert concern.state == ConcernState.ACT_WITH_CONSENT
    concern = disclosure.approve_disclosure(
        by=centre.actor("SAFEGUARDING_LEAD"), concern=concern, seen=1, at=AT
    )
    concern = disclosure.pass_on(by=centre.actor("SHIFT_LEAD"), concern=concern, at=AT)
    assert concern.due_at == AT + timedelta(hours=1)
    assert disclosure.acknowledge(by=centre.actor("SHIFT_LEAD"), concern=concern, at=AT).notes.count() == 0


def test_nobody_breaks_alone(centre: Centre):
    """Every way on which one person could do both: refused by the actions, and again by the table."""
    concern, one = raised(centre), both(centre)
    concern = concerns.propose_disclosure(by=one, concern=concern, proposal=PROPOSAL, at=AT)
    for refuse in (
        lambda: disclosure.approve_disclosure(by=one, concern=concern, seen=1, at=AT),
        lambda: disclosure.refuse_disclosure(by=one, concern=concern, seen=1, note="Ne", at=AT),
    ):
        with pytest.raises(disclosure.OwnProposal):
            refuse()
    with pytest.raises(PermissionRefused):  # another lead is no safeguarding lead
        disclosure.approve_disclosure(by=centre.actor("SHIFT_LEAD_2"), concern=concern, seen=1, at=AT)
    with pytest.raises(PermissionRefused):
        disclosure.approve_disclosure(by=centre.actor("COUNSELLOR"), concern=concern, seen=1, at=AT)
    with pytest.raises(PermissionRefused):  # the safeguarding lead alone cannot propose
        concerns.propose_disclosure(
            by=centre.actor("SAFEGUARDING_LEAD"), concern=concern, proposal=PROPOSAL, at=AT
        )
    with pytest.raises(MoveNotAllowed):
        disclosure.pass_on(by=one, concern=concern, at=AT)
    for columns in (
        {"approved_by": one.person_id},
        {"state": "APPROVED"},
        {"state": "NOTIFIED"},
        {"state": "CHILD_INFORMED"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Concern.objects.filter(pk=concern.pk).update(**columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(proposed_by=None, approved_by=one.person_id)
    concern.refresh_from_db()
    assert concern.state == ConcernState.ACT_WITHOUT_CONSENT and concern.approved_by is None


def test_the_second_person_has_read_what_they_approve(centre: Centre):
    concern = proposed(centre)
    with pytest.raises(VaultLocked):
        disclosure.approve_disclosure(
            by=centre.actor("SAFEGUARDING_LEAD", unlocked=False), concern=concern, seen=1, at=AT
        )
    guard, lead = centre.actor("SAFEGUARDING_LEAD"), centre.actor("SHIFT_LEAD")
    concern = disclosure.refuse_disclosure(by=guard, concern=concern, seen=1, note="Per mažai", at=AT)
    concern = disclosure.keep_watching(by=lead, concern=concern, at=AT)
    with pytest.raises(MoveNotAllowed):
        disclosure.approve_disclosure(by=guard, concern=concern, seen=1, at=AT)
    concern = concerns.ask_consult(by=lead, concern=concern, at=AT)
    concern = concerns.propose_disclosure(
        by=lead, concern=concern, proposal=replace(PROPOSAL, facts="Nauji"), at=AT
    )
    with pytest.raises(disclosure.ProposalChanged):
        disclosure.approve_disclosure(by=guard, concern=concern, seen=1, at=AT)
    assert (
        disclosure.approve_disclosure(by=guard, concern=concern, seen=2, at=AT).state == ConcernState.APPROVED
    )
    page = queries.concern_page(guard, concern)
    assert (page.facts, page.proposal) == ("Nauji", 2)
    assert [(note.kind, note.text) for note in page.notes] == [
        ("REFUSED", "Per mažai"),
        ("EARLIER", "Faktai X"),
    ]


def test_nothing_approved_is_overwritten_by_another_proposal(centre: Centre):
    concern, lead = approved(centre), centre.actor("SHIFT_LEAD")
    with pytest.raises(MoveNotAllowed):
        concerns.propose_disclosure(by=lead, concern=concern, proposal=replace(PROPOSAL, facts="Kiti"), at=AT)
    concern.refresh_from_db()
    assert concern.approved_by is not None and queries.concern_page(lead, concern).facts == "Faktai X"


def test_watching_says_why_and_comes_to_review(centre: Centre):
    lead, concern = centre.actor("SHIFT_LEAD"), raised(centre)
    with pytest.raises(TextMissing):
        concerns.watch(by=lead, concern=concern, note="  ", at=AT)
    concern = concerns.watch(by=lead, concern=concern, note="Kalbame toliau", at=AT)
    assert (concern.state, concern.due_at) == (ConcernState.WATCH, concern.review_by)
    with pytest.raises(PermissionRefused):
        disclosure.review(by=lead, concern=concern, note="x", at=AT)
    assert (
        disclosure.review(by=centre.actor("SAFEGUARDING_LEAD"), concern=concern, note="Gerai", at=AT).state
        == ConcernState.REVIEWED
    )


def test_child_is_told_with_a_code_and_words(centre: Centre):
    concern = disclosure.pass_on(by=centre.actor("SHIFT_LEAD"), concern=approved(centre), at=AT)
    concern = disclosure.acknowledge(by=centre.actor("SHIFT_LEAD"), concern=concern, at=AT)
    with pytest.raises(ProposalIncomplete):
        disclosure.tell_child(by=centre.actor("COUNSELLOR"), concern=concern, how="SOMEHOW", note="x", at=AT)
    with pytest.raises(TextMissing):
        disclosure.tell_child(by=centre.actor("COUNSELLOR"), concern=concern, how="IN_CHAT", note="", at=AT)
    with pytest.raises(PermissionRefused):  # another's concern
        disclosure.tell_child(
            by=centre.actor("COUNSELLOR_2"), concern=concern, how="IN_CHAT", note="x", at=AT
        )
    for act in (disclosure.pass_on, disclosure.acknowledge):
        with pytest.raises(PermissionRefused):
            act(by=centre.actor("COUNSELLOR"), concern=concern, at=AT)


def test_counsellor_sees_the_own_concern_without_the_facts_and_strangers_nothing(centre: Centre):
    concern, mine = proposed(centre), centre.actor("COUNSELLOR")
    concerns.add_note(by=mine, concern=concern, text="Mano pastaba", at=AT)
    concerns.add_note(by=centre.actor("SHIFT_LEAD"), concern=concern, text="Vadovo pastaba", at=AT)
    concerns.open_concern(by=mine, concern=concern, at=AT)
    page = queries.concern_page(mine, queries.concern_for(mine, concern.ref))
    assert (page.facts, page.told_plan, [note.text for note in page.notes]) == (None, None, ["Mano pastaba"])
    for role in ("COUNSELLOR_2", "VOLUNTEER_COORDINATOR", "LETTER_REVIEWER"):
        with pytest.raises(Http404):
            queries.concern_for(centre.actor(role), concern.ref)
        assert not queries.concerns(centre.actor(role), "now")
    lead = centre.actor("SHIFT_LEAD_2")
    assert queries.concern_page(lead, concern).told_plan == "Pasakyta pokalbyje"
    assert queries.concerns(lead, "now").count() == 1 and queries.counts(lead) == {
        "now": 1,
        "outside": 0,
        "review": 0,
    }
    assert not queries.concerns(lead, "ended")


def test_locked_or_keyless_eyes_read_steps_only(centre: Centre):
    concern = proposed(centre)
    concerns.add_note(by=centre.actor("SHIFT_LEAD"), concern=concern, text="x", at=AT)
    page = queries.concern_page(centre.actor("SHIFT_LEAD", unlocked=False), concern)
    assert page.facts is None and page.notes[0].text is None and len(page.steps) == 3
    from sauga.kernel import sealed

    sealed.destroy_keys([concern.holder])
    assert queries.concern_page(centre.actor("SHIFT_LEAD"), concern).facts is None


def test_facts_are_sealed_and_no_notice_or_trail_line_holds_them(centre: Centre):
    proposed(centre, replace(PROPOSAL, facts="PLANTED-FACTS", told_plan="PLANTED-PLAN"))
    row = Concern.objects.get()
    assert b"PLANTED" not in bytes(row.facts) + bytes(row.told_plan)
    assert "PLANTED" not in str(list(Notification.objects.values())) + str(list(TrailLine.objects.values()))


def test_late_steps_are_chased_once_then_escalated_once(centre: Centre):
    concern = raised(centre)
    Notification.objects.all().delete()
    assert escalations.escalate_concerns(at=AT + timedelta(minutes=4)) == 0
    assert escalations.escalate_concerns(at=AT + timedelta(minutes=5)) == 1
    assert escalations.escalate_concerns(at=AT + timedelta(minutes=6)) == 0
    assert {row.person for row in Notification.objects.all()} == {
        centre.people["SHIFT_LEAD"],
        centre.people["SHIFT_LEAD_2"],
    }
    assert escalations.escalate_concerns(at=AT + timedelta(minutes=15)) == 1
    assert escalations.escalate_concerns(at=AT + timedelta(hours=9)) == 0
    concern.refresh_from_db()
    assert concern.chased_at == AT + timedelta(minutes=5) and concern.escalated_at == AT + timedelta(
        minutes=15
    )
    assert Notification.objects.filter(person=centre.people["SAFEGUARDING_LEAD"]).count() == 1
    concern = concerns.propose_disclosure(
        by=centre.actor("SHIFT_LEAD"), concern=concern, proposal=PROPOSAL, at=AT + timedelta(hours=1)
    )
    assert concern.chased_at is None and concern.escalated_at is None
    Notification.objects.all().delete()
    assert (
        escalations.escalate_concerns(at=AT + timedelta(hours=2)) == 1
    )  # a run that was long away goes straight up
    assert Notification.objects.count() == 3
    with pytest.raises(PermissionRefused):
        escalations.escalate_concerns(by=SystemActor("child"), at=AT)


def test_second_person_is_chased_alone(centre: Centre):
    proposed(centre)
    Notification.objects.all().delete()
    assert escalations.escalate_concerns(at=AT + timedelta(minutes=16)) == 1
    assert [row.person for row in Notification.objects.all()] == [centre.people["SAFEGUARDING_LEAD"]]


def test_a_step_taken_meanwhile_is_not_chased(centre: Centre):
    concern = raised(centre)
    stale = Concern.objects.get(pk=concern.pk)
    concerns.watch(by=centre.actor("SHIFT_LEAD"), concern=concern, note="x", at=AT)
    assert not escalations._chase_concern(escalations.CHASER, stale, timedelta(0), AT + timedelta(minutes=6))


def test_vocabularies_of_safeguarding_are_loaded(centre: Centre):
    assert vocab.policy("policy.safeguarding")["review_working_days"] == 5
    assert [term.code for term in vocab.terms("child_told")] == [
        "IN_CHAT",
        "BY_PHONE",
        "BY_LETTER",
        "BY_SERVICE",
    ]
