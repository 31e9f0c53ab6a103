"""From an idea to what came of it, through the actions: who may do what, what is refused, who is told."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any as Mailbox

import pytest
from django.db import transaction
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members import protection
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile, NothingChanged, ReasonMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.panel.members.actions import safeguarding
from sauga.panel.members.models import AdultAct, Flag
from sauga.panel.members.queries.flags import risk_words_in
from sauga.panel.states import MemberState
from sauga.panel.voice import mail_text
from sauga.panel.voice.actions import addressees as addressee_actions
from sauga.panel.voice.actions import (
    answers,
    contributions,
    cycles,
    daily,
    deliberation,
    drafts,
    follow_ups,
    moderation,
    progress,
)
from sauga.panel.voice.actions import news as news_actions
from sauga.panel.voice.actions.addressees import SendRefused
from sauga.panel.voice.actions.answers import AnswerRefused, Task
from sauga.panel.voice.actions.contributions import ContributionRefused
from sauga.panel.voice.actions.cycles import CycleRefused, MeetingGiven, MeetingRefused
from sauga.panel.voice.actions.deliberation import AmendmentRefused, SupportRefused
from sauga.panel.voice.actions.drafts import DraftRefused, Words
from sauga.panel.voice.actions.follow_ups import FollowUpRefused
from sauga.panel.voice.actions.moderation import PublishRefused
from sauga.panel.voice.actions.people import Addressed, Resting, TextRefused
from sauga.panel.voice.actions.progress import ProgressRefused
from sauga.panel.voice.models import Addressee, Contribution, FollowUp, Meeting, News, Proposal
from sauga.panel.voice.queries import addressees, proposals, queue
from sauga.panel.voice.rules.answers import Verdict
from sauga.panel.voice.rules.moderation import Checklist, DeclineReason, Reason
from sauga.panel.voice.rules.states import ContributionState, MeetingState, ProposalState
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.panel_voice import AT, REASON, WORDS, WORKER, Panel, by_link, fresh, given

NIGHT = datetime(2026, 11, 24, 21, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 6, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def panel(centre: Centre) -> Panel:
    return make.panel(centre)


def told(panel: Panel, name: str) -> list[str]:
    return list(News.objects.filter(member=panel.member(name)).order_by("pk").values_list("what", flat=True))


def meeting_given(panel: Panel, starts: datetime | None = None, **more: object) -> MeetingGiven:
    begins = starts or AT + 8 * DAY
    return MeetingGiven(
        **{
            "starts": begins,
            "ends": begins + timedelta(hours=1),
            "place": "Internetu",
            "agenda": "Kalbėsime apie balsavimą.",
            "adults": (panel.first.person_id, panel.second.person_id),
            **more,
        }  # type: ignore[arg-type]  # names of fields
    )


# Drafts


def test_a_draft_is_its_authors_own_until_it_was_read(panel: Panel):
    row = drafts.start_proposal(by=panel["Kopa"], words=Words("Tylos valandos"), at=AT)
    kopa, bebras = panel.member("Kopa"), panel.member("Bebras")
    assert proposals.proposal_of(kopa, row.ref) and proposals.proposal_of(bebras, row.ref) is None
    with pytest.raises(PermissionRefused):
        drafts.save_draft(by=panel["Bebras"], proposal=row, words=WORDS, at=AT)
    with pytest.raises(PermissionRefused):
        drafts.submit_proposal(by=panel["Bebras"], proposal=row, at=AT)
    with pytest.raises(DraftRefused) as refused:
        drafts.submit_proposal(by=panel["Kopa"], proposal=row, at=AT)
    assert refused.value.why == "incomplete"
    drafts.save_draft(by=panel["Kopa"], proposal=row, words=WORDS, at=AT)
    drafts.submit_proposal(by=panel["Kopa"], proposal=row, at=AT)
    assert proposals.proposal_of(bebras, row.ref) is None
    with pytest.raises(MoveNotAllowed):
        drafts.save_draft(by=panel["Kopa"], proposal=row, words=WORDS, at=AT)


def test_members_under_16_send_nothing_at_night_and_the_draft_is_kept(panel: Panel):
    row = drafts.start_proposal(by=panel["Žuvėdra"], words=WORDS, at=NIGHT)
    with pytest.raises(Resting):
        drafts.submit_proposal(by=panel["Žuvėdra"], proposal=row, at=NIGHT)
    assert fresh(row).state == ProposalState.IDEA and proposals.text_of(row).title == WORDS.title
    drafts.submit_proposal(by=panel["Žuvėdra"], proposal=row, at=MORNING)
    made = contributions.write(by=panel["Žuvėdra"], kind="TOPIC", text="Kaip ilsėtis?", at=NIGHT)
    with pytest.raises(Resting):
        contributions.send(by=panel["Žuvėdra"], contribution=made, at=NIGHT)
    assert Contribution.objects.get(pk=made.pk).state == ContributionState.DRAFT
    other = make.published(panel, "Kopa")
    with pytest.raises(Resting):
        deliberation.suggest_amendment(
            by=panel["Žuvėdra"], proposal=other, part="wish", text="Kitaip.", why="Taip.", at=NIGHT
        )


@pytest.mark.parametrize("state", [MemberState.PAUSED, MemberState.ALUMNI, MemberState.CONSENTING])
def test_only_active_members_take_part(panel: Panel, state: str):
    row = make.discussed(panel)
    kopa = panel.member("Kopa")
    type(kopa).objects.filter(pk=kopa.pk).update(state=state)
    acts = (
        lambda: drafts.start_proposal(by=panel["Kopa"], words=WORDS, at=AT),
        lambda: deliberation.support(by=panel["Kopa"], proposal=row, version=1, supports=True, at=AT),
        lambda: contributions.write(by=panel["Kopa"], kind="TOPIC", text="Tema", at=AT),
        lambda: drafts.start_proposal(by=panel.first, words=WORDS, at=AT),
    )
    for act in acts:
        with pytest.raises(PermissionRefused):
            act()


def test_contact_details_are_refused_in_every_text(panel: Panel):
    row = make.discussed(panel)
    bad = "Parašyk man vilnele@pavyzdys.example"
    acts = (
        lambda: drafts.start_proposal(by=panel["Kopa"], words=Words("Tema", problem=bad), at=AT),
        lambda: contributions.write(by=panel["Kopa"], kind="COMMENT", text=bad, proposal=row, at=AT),
        lambda: deliberation.suggest_amendment(
            by=panel["Kopa"], proposal=row, part="wish", text="Kitaip.", why=bad, at=AT
        ),
    )
    for act in acts:
        with pytest.raises(TextRefused) as refused:
            act()
        assert "pavyzdys" not in str(refused.value)


def test_co_authors_are_asked_and_may_decline(panel: Panel):
    row = make.submitted(panel)
    drafts.invite_author(by=panel["Žuvėdra"], proposal=row, member=panel.member("Kopa"), at=AT)
    drafts.invite_author(by=panel["Žuvėdra"], proposal=row, member=panel.member("Bebras"), at=AT)
    with pytest.raises(DraftRefused):
        drafts.invite_author(by=panel["Žuvėdra"], proposal=row, member=panel.member("Kopa"), at=AT)
    with pytest.raises(PermissionRefused):  # asked is not joined
        drafts.withdraw_proposal(by=panel["Kopa"], proposal=row, at=AT)
    assert drafts.answer_invitation(by=panel["Kopa"], proposal=row, joins=True, at=AT)
    assert not drafts.answer_invitation(by=panel["Bebras"], proposal=row, joins=False, at=AT)
    with pytest.raises(PermissionRefused):
        drafts.answer_invitation(by=panel["Smiltė"], proposal=row, joins=True, at=AT)
    assert told(panel, "Kopa") == ["INVITED"] and told(panel, "Žuvėdra") == ["JOINED"]
    drafts.withdraw_proposal(by=panel["Kopa"], proposal=row, at=AT)
    assert fresh(row).state == ProposalState.WITHDRAWN


def test_five_drafts_are_enough(panel: Panel):
    for _ in range(5):
        drafts.start_proposal(by=panel["Kopa"], words=WORDS, at=AT)
    with pytest.raises(DraftRefused):
        drafts.start_proposal(by=panel["Kopa"], words=WORDS, at=AT)


# Reading before publication


def test_nothing_is_published_without_the_whole_checklist(panel: Panel):
    row = make.submitted(panel)
    assert [one.ref for one in queue.waiting()] == [row.ref]
    with pytest.raises(PublishRefused):
        moderation.publish(by=panel.first, row=row, confirmed=["NOBODY"], at=AT)
    with pytest.raises(PermissionRefused):
        moderation.publish(by=panel.centre.actor("EDITOR"), row=row, confirmed=Checklist.values, at=AT)
    moderation.publish(by=panel.first, row=row, confirmed=Checklist.values, at=AT)
    assert fresh(row).number == 1 and told(panel, "Žuvėdra") == [ProposalState.PUBLISHED]
    assert queue.waiting() == []


def test_what_came_back_says_why_and_must_change(panel: Panel):
    row = make.submitted(panel)
    with pytest.raises(ReasonMissing):
        moderation.return_to_author(by=panel.first, row=row, reason="BECAUSE", at=AT)
    moderation.return_to_author(by=panel.first, row=row, reason=Reason.RECOGNISABLE, at=AT)
    assert fresh(row).returned == Reason.RECOGNISABLE
    with pytest.raises(NothingChanged):
        drafts.submit_proposal(by=panel["Žuvėdra"], proposal=row, at=AT)
    drafts.save_draft(by=panel["Žuvėdra"], proposal=row, words=Words("Kitas", *("a", "b", "c")), at=AT)
    drafts.submit_proposal(by=panel["Žuvėdra"], proposal=row, at=AT)
    comment = contributions.write(by=panel["Kopa"], kind="QUESTION", text="Ar taip gerai?", at=AT)
    contributions.send(by=panel["Kopa"], contribution=comment, at=AT)
    moderation.return_to_author(by=panel.first, row=comment, reason=Reason.UNCLEAR, at=AT)
    with pytest.raises(NothingChanged):
        contributions.send(by=panel["Kopa"], contribution=comment, at=AT)
    contributions.change(by=panel["Kopa"], contribution=comment, text="Kaip saugoti slaptažodį?", at=AT)
    contributions.send(by=panel["Kopa"], contribution=comment, at=AT)
    with pytest.raises(PermissionRefused):
        contributions.withdraw(by=panel["Bebras"], contribution=comment, at=AT)
    contributions.withdraw(by=panel["Kopa"], contribution=comment, at=AT)


def test_risk_words_call_a_person_and_nothing_is_published_meanwhile(panel: Panel):
    words = "Jis liepė niekam nesakyti. Man labai baisu."
    assert risk_words_in(words)
    made = contributions.write(by=panel["Kopa"], kind="TOPIC", text=words, at=AT)
    contributions.send(by=panel["Kopa"], contribution=made, at=AT)
    assert queue.waiting()[0].is_flagged
    flag = Flag.objects.get()
    assert flag.member.pseudonym == "Kopa" and flag.where == f"topic:{made.ref}"
    with pytest.raises(PublishRefused) as refused:
        moderation.publish(by=panel.first, row=made, confirmed=Checklist.values, at=AT)
    assert refused.value.why == "flag"
    safeguarding.take(by=panel.first, flag=flag, at=AT)
    safeguarding.answer(by=panel.first, flag=flag, outcome="TALKED", text="", at=AT)
    moderation.publish(by=panel.first, row=made, confirmed=Checklist.values, at=AT)
    acts = AdultAct.objects.filter(where=f"text:{made.ref}").values_list("what", flat=True)
    assert list(acts) == ["READ_TEXT"]


def test_what_is_hidden_goes_through_the_steps_again(panel: Panel):
    row = make.discussed(panel)
    moderation.hide(by=panel.first, row=row, at=AT)
    assert proposals.proposal_of(panel.member("Bebras"), row.ref) is None
    with pytest.raises(PermissionRefused):
        moderation.show_again(by=panel.centre.actor("EDITOR"), row=row, at=AT)
    moderation.show_again(by=panel.lead, row=row, at=AT)
    assert fresh(row).state == ProposalState.PUBLISHED
    text = make.written(panel)
    moderation.hide(by=panel.first, row=text, at=AT)
    moderation.show_again(by=panel.lead, row=text, at=AT)
    moderation.hide(by=panel.first, row=text, at=AT)
    moderation.remove_hidden(by=panel.lead, row=text, at=AT)
    moderation.hide(by=panel.first, row=fresh(row), at=AT)
    with pytest.raises(MoveNotAllowed):
        moderation.publish(by=panel.first, row=row, confirmed=Checklist.values, at=AT)
    moderation.remove_hidden(by=panel.lead, row=fresh(row), at=AT)
    assert fresh(row).state == ProposalState.ARCHIVED


def test_only_what_is_hidden_is_shown_again_or_removed(panel: Panel):
    """Otherwise whoever answers flags would publish without the checklist, or archive before its time."""
    waits, text = make.submitted(panel), make.written(panel)
    for act in (moderation.show_again, moderation.remove_hidden):
        for row in (waits, text):
            with pytest.raises(MoveNotAllowed):
                act(by=panel.lead, row=row, at=AT)
    assert fresh(waits).state == ProposalState.PRE_MODERATION


def test_what_was_answered_and_then_hidden_is_asked_and_answered_again(panel: Panel):
    row = make.answered(panel, verdict=Verdict.DECLINED)
    follow_ups.report_back(by=panel.first, proposal=row, text="Papasakojome susitikime.", at=AT)
    moderation.hide(by=panel.first, row=row, at=AT)
    moderation.show_again(by=panel.lead, row=row, at=AT)
    row = make.again(panel, fresh(row))
    assert row.answer.reason == "" and row.answer.published_at is None
    with pytest.raises(MoveNotAllowed):
        follow_ups.report_back(by=panel.first, proposal=row, text="Papasakojome susitikime.", at=AT)
    answers.send_answer(by=by_link(row), proposal=row, given=given(Verdict.DECLINED, tasks=()), at=AT)
    answers.publish_answer(by=panel.first, proposal=fresh(row), at=AT)
    follow_ups.report_back(by=panel.first, proposal=row, text="Dabar kitaip. Papasakojome.", at=AT)
    assert fresh(row).state == ProposalState.REPORTED_BACK and FollowUp.objects.get().text.startswith("Dabar")


def test_an_answer_to_what_was_hidden_meanwhile_is_not_published(panel: Panel):
    row = make.sent(panel)
    answers.send_answer(by=by_link(row), proposal=row, given=given(), at=AT)
    moderation.hide(by=panel.first, row=row, at=AT)
    moderation.show_again(by=panel.lead, row=row, at=AT)
    daily.advance_all(by=WORKER, at=AT + 3 * DAY)
    assert fresh(row).answer.published_at is None


# Deliberation


def test_an_accepted_amendment_makes_a_version_and_supporters_are_asked_again(panel: Panel):
    row = make.discussed(panel)
    drafts.invite_author(by=panel["Žuvėdra"], proposal=row, member=panel.member("Kopa"), at=AT)
    drafts.answer_invitation(by=panel["Kopa"], proposal=row, joins=True, at=AT)
    make.supported(panel, row)
    assert proposals.supporters(row) == 4
    offered, rival = make.amendment(panel, row), make.amendment(panel, row, "Bebras", "Kitas mygtukas.")
    with pytest.raises(PermissionRefused):
        deliberation.accept_amendment(by=panel["Smiltė"], amendment=offered, at=AT)
    deliberation.accept_amendment(by=panel["Kopa"], amendment=offered, at=AT)
    assert fresh(row).version == 1
    assert proposals.waiting_amendments(panel.member("Žuvėdra"))
    deliberation.accept_amendment(by=panel["Žuvėdra"], amendment=offered, at=AT)
    renewed = fresh(row)
    assert renewed.version == 2 and "balsu" in proposals.text_of(renewed).wish
    assert proposals.text_of(renewed, 1).wish == WORDS.wish
    assert proposals.supporters(renewed) == 0
    rival.refresh_from_db()
    assert rival.state == "LAPSED"
    with pytest.raises(SupportRefused):
        deliberation.support(by=panel["Kopa"], proposal=row, version=1, supports=True, at=AT)
    deliberation.support(by=panel["Kopa"], proposal=row, version=2, supports=True, at=AT)
    assert "SUPPORT_AGAIN" in told(panel, "Bebras") and "AMENDMENT_ACCEPTED" in told(panel, "Smiltė")
    deliberation.support(by=panel["Kopa"], proposal=row, version=2, supports=False, at=AT)
    assert proposals.supporters(renewed) == 0


def test_an_amendment_is_read_first_and_declined_with_a_reason_of_the_list(panel: Panel):
    row = make.discussed(panel)
    made = deliberation.suggest_amendment(
        by=panel["Smiltė"], proposal=row, part="why", text="Kita priežastis.", why="Taip tiksliau.", at=AT
    )
    with pytest.raises(MoveNotAllowed):
        deliberation.accept_amendment(by=panel["Žuvėdra"], amendment=made, at=AT)
    moderation.return_to_author(by=panel.first, row=made, reason=Reason.UNCLEAR, at=AT)
    with pytest.raises(NothingChanged):
        deliberation.change_amendment(
            by=panel["Smiltė"], amendment=made, text="Kita priežastis.", why="Taip tiksliau.", at=AT
        )
    with pytest.raises(PermissionRefused):
        deliberation.change_amendment(by=panel["Kopa"], amendment=made, text="X", why="Y", at=AT)
    deliberation.change_amendment(by=panel["Smiltė"], amendment=made, text="Trečia.", why="Taip.", at=AT)
    moderation.publish(by=panel.first, row=made, confirmed=Checklist.values, at=AT)
    with pytest.raises(ReasonMissing):
        deliberation.decline_amendment(by=panel["Žuvėdra"], amendment=made, reason="", at=AT)
    deliberation.decline_amendment(by=panel["Žuvėdra"], amendment=made, reason=DeclineReason.ALREADY, at=AT)
    with pytest.raises(AmendmentRefused):
        deliberation.suggest_amendment(
            by=panel["Smiltė"], proposal=row, part="title", text="Kita", why="Taip", at=AT
        )
    with pytest.raises(NothingChanged):
        deliberation.suggest_amendment(
            by=panel["Smiltė"], proposal=row, part="why", text=WORDS.why, why="Taip", at=AT
        )


def test_from_the_vote_on_the_text_is_frozen(panel: Panel):
    row = make.discussed(panel)
    offered = make.amendment(panel, row)
    make.supported(panel, row)
    progress.qualify(by=panel.first, proposal=row, explanation="", at=AT)
    progress.open_vote(by=panel.first, proposal=row, eligible=4, at=AT)
    offered.refresh_from_db()
    assert offered.state == "LAPSED" and fresh(row).eligible == 4
    for act in (
        lambda: deliberation.accept_amendment(by=panel["Žuvėdra"], amendment=offered, at=AT),
        lambda: deliberation.support(by=panel["Kopa"], proposal=row, version=1, supports=True, at=AT),
        lambda: drafts.withdraw_proposal(by=panel["Žuvėdra"], proposal=row, at=AT),
        lambda: contributions.write(
            by=panel["Kopa"], kind="COMMENT", text="Dar viena mintis.", proposal=fresh(row), at=AT
        ),
    ):
        with pytest.raises(ActionRefused):
            act()
    with pytest.raises(PermissionRefused):  # nobody closes a vote by hand
        progress.close_vote(by=panel.first, proposal=row, voted=4, is_carried=True, at=AT)


def test_a_discussion_needs_a_date_and_two_adults_and_ends_by_its_support(panel: Panel):
    row = make.published(panel)
    until = AT.date() + 7 * DAY
    for second, day, why in (
        (panel.first.person_id, until, "adults"),
        (panel.centre.actor("EDITOR").person_id, until, "adults"),
        (panel.second.person_id, AT.date(), "until"),
    ):
        with pytest.raises(ProgressRefused) as refused:
            progress.open_discussion(by=panel.first, proposal=row, second=second, until=day, at=AT)
        assert refused.value.why == why
    progress.open_discussion(by=panel.first, proposal=row, second=panel.second.person_id, until=until, at=AT)
    with pytest.raises(ProgressRefused):
        progress.qualify(by=panel.first, proposal=row, explanation="", at=AT)
    with pytest.raises(ProgressRefused):
        progress.end_discussion(by=WORKER, proposal=row, at=AT)
    assert daily.advance_all(by=WORKER, at=AT + 8 * DAY) == 1
    assert fresh(row).state == ProposalState.NOT_QUALIFIED
    with pytest.raises(TextRefused):
        progress.explain(by=panel.first, proposal=row, text=" ", at=AT)
    progress.explain(by=panel.first, proposal=row, text="Trūko palaikymo. Bandykite kitą ciklą.", at=AT)
    assert fresh(row).state == ProposalState.REPORTED_BACK
    other = make.discussed(panel, "Kopa")
    progress.qualify(by=panel.first, proposal=other, explanation="Susitikime visi pritarė.", at=AT)
    assert fresh(other).state == ProposalState.QUALIFIED


# Influence


def test_an_answer_needs_a_reason_in_plain_words(panel: Panel):
    row = make.sent(panel)
    cases = (
        (given(verdict=""), "verdict"),
        (given(reason="Ne."), "reason"),
        (given(reason=""), "reason"),
        (given(who=" "), "who"),
        (given(tasks=()), "tasks"),
        (given(tasks=(Task("Darbas", None),)), "tasks"),
        (given(tasks=(Task("Darbas", AT.date()),)), "tasks"),
        (given(verdict=Verdict.OTHER, tasks=()), "decides"),
    )
    for one, why in cases:
        with pytest.raises(AnswerRefused) as refused:
            answers.send_answer(by=by_link(row), proposal=row, given=one, at=AT)
        assert refused.value.why == why
    assert fresh(row).state == ProposalState.SENT and row.answer.revision == 0
    answers.send_answer(by=by_link(row), proposal=row, given=given(), at=AT)
    assert (
        fresh(row).state == ProposalState.ANSWERED_PARTLY
        and told(panel, "Žuvėdra")[-1] == ProposalState.ANSWERED_PARTLY
    )


def test_only_whoever_holds_the_present_link_answers(panel: Panel):
    row, other = make.sent(panel), make.sent(panel, "Kopa")
    for by in (Addressed(row.ref, 0), by_link(other), panel.first, panel["Kopa"], SystemActor("addressee")):
        with pytest.raises(PermissionRefused):
            answers.send_answer(by=by, proposal=row, given=given(), at=AT)
    old = by_link(row)
    addressee_actions.renew_link(by=panel.first, proposal=row, at=AT)
    with pytest.raises(PermissionRefused):
        answers.save_answer(by=old, proposal=fresh(row), given=given(), at=AT)
    token = addressees.token_of(fresh(row))
    found, link = addressees.proposal_by(token)
    assert found == row and link == 2
    assert addressees.proposal_by(token[:-1] + "x") == (None, 0)
    assert addressees.proposal_by(f"{row.ref}.2") == (None, 0)


def test_two_people_of_an_institution_do_not_overwrite_each_other(panel: Panel):
    row = make.sent(panel)
    answers.save_answer(by=by_link(row), proposal=row, given=given(), at=AT)
    with pytest.raises(ChangedMeanwhile):
        answers.save_answer(by=by_link(row), proposal=row, given=given(reason="Kita."), at=AT)
    answers.send_answer(by=by_link(row), proposal=row, given=given(revision=1), at=AT)
    with pytest.raises(MoveNotAllowed):
        answers.send_answer(by=by_link(row), proposal=row, given=given(revision=2), at=AT)


def test_a_late_answer_is_public_and_so_is_that_it_was_late(panel: Panel):
    row = make.sent(panel)
    due = row.due_on
    assert due is not None
    days = (due - 14 * DAY, due - 3 * DAY, due, due + DAY, due + 2 * DAY)
    for day in days:
        daily.advance_all(by=WORKER, at=datetime(day.year, day.month, day.day, 5, tzinfo=UTC))
    late = fresh(row)
    assert late.state == ProposalState.OVERDUE and late.reminders == 3
    after = datetime(due.year, due.month, due.day, 9, tzinfo=UTC) + 5 * DAY
    with pytest.raises(SendRefused):
        addressee_actions.ask_more_time(by=by_link(late), proposal=late, at=after)
    renewed = mail_text.addressee_mail(late, "a@b.example", "ASK", after)  # the link was lost
    body = " ".join(renewed.get_content().split())
    assert str(renewed["Subject"]).startswith("Atsakymo jaunimo tarybai laukėme iki")
    assert "slaptu balsavimu" in body and "Atsakyti dar galite" in body and "Prašome atsakyti" not in body
    answers.send_answer(by=by_link(late), proposal=late, given=given(), at=after)
    assert fresh(row).state == ProposalState.ANSWERED_PARTLY


def test_more_time_is_given_once(panel: Panel):
    row = make.sent(panel)
    due = row.due_on
    assert due is not None
    addressee_actions.ask_more_time(by=by_link(row), proposal=row, at=AT)
    assert fresh(row).due_on == due + 14 * DAY
    with pytest.raises(SendRefused):
        addressee_actions.ask_more_time(by=by_link(row), proposal=fresh(row), at=AT)


def test_an_answer_is_public_the_next_working_day_or_when_staff_say_so(panel: Panel):
    row = make.sent(panel)
    answers.send_answer(by=by_link(row), proposal=row, given=given(), at=AT)
    with pytest.raises(AnswerRefused):
        answers.publish_answer(by=WORKER, proposal=row, at=AT)
    with pytest.raises(PermissionRefused):
        answers.publish_answer(by=panel.centre.actor("EDITOR"), proposal=row, at=AT)
    daily.advance_all(by=WORKER, at=AT + DAY)
    assert fresh(row).answer.published_at == AT + DAY
    with pytest.raises(AnswerRefused):
        answers.publish_answer(by=panel.first, proposal=row, at=AT + DAY)


def test_nothing_closes_without_a_public_answer_and_a_report(panel: Panel):
    row = make.sent(panel)
    with pytest.raises(MoveNotAllowed):
        follow_ups.report_back(by=panel.first, proposal=row, text="Viskas gerai.", at=AT)
    answers.send_answer(by=by_link(row), proposal=row, given=given(Verdict.DECLINED, tasks=()), at=AT)
    with pytest.raises(FollowUpRefused) as refused:
        follow_ups.report_back(by=panel.first, proposal=row, text="Papasakojome susitikime.", at=AT)
    assert refused.value.why == "answer"
    answers.publish_answer(by=panel.first, proposal=row, at=AT)
    with pytest.raises(TextRefused):
        follow_ups.report_back(by=panel.first, proposal=row, text="", at=AT)
    follow_ups.report_back(by=panel.first, proposal=row, text="Papasakojome susitikime, kodėl ne.", at=AT)
    with pytest.raises(FollowUpRefused):
        follow_ups.archive(by=WORKER, proposal=row, at=AT + 29 * DAY)
    daily.advance_all(by=WORKER, at=AT + 31 * DAY)
    assert fresh(row).state == ProposalState.ARCHIVED


def test_what_was_promised_is_followed_up(panel: Panel):
    row = make.answered(panel)
    follow_ups.start_work(by=panel.first, proposal=row, at=AT)
    hard = make.REASON.replace(".", ",") + " vadovaujantis kompetentingų institucijų reglamentavimu"
    with pytest.raises(FollowUpRefused):
        follow_ups.report_result(by=panel.first, proposal=row, is_done=True, text=hard * 2, at=AT)
    follow_ups.report_result(
        by=panel.first, proposal=row, is_done=False, text="Pinigų nebuvo. Bandys kitais metais.", at=AT
    )
    follow_ups.report_back(by=panel.first, proposal=row, text="Papasakojome susitikime.", at=AT)
    kinds = FollowUp.objects.filter(proposal=row).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [ProposalState.NOT_DONE, ProposalState.REPORTED_BACK]
    assert told(panel, "Žuvėdra")[-3:] == [
        ProposalState.IN_PROGRESS,
        ProposalState.NOT_DONE,
        ProposalState.REPORTED_BACK,
    ]


def test_sending_needs_an_addressee_and_a_fair_date(panel: Panel):
    row = make.carried(panel)
    body = make.addressee(panel)
    with pytest.raises(SendRefused):
        addressee_actions.send_proposal(by=panel.first, proposal=row, addressee=body, due_on=AT.date(), at=AT)
    with pytest.raises(PermissionRefused):
        addressee_actions.send_proposal(
            by=panel.lead, proposal=row, addressee=body, due_on=AT.date() + 30 * DAY, at=AT
        )
    addressee_actions.change_addressee(
        by=panel.first, addressee=body, name=body.name, address="", language="lt", is_active=False, at=AT
    )
    body.refresh_from_db()
    with pytest.raises(SendRefused):
        addressee_actions.send_proposal(
            by=panel.first, proposal=row, addressee=body, due_on=AT.date() + 30 * DAY, at=AT
        )
    assert addressees.address_of(body) == "atsakymai@ministerija.example"
    for name, address, why in (("Nauja", "ne adresas", "address"), (body.name, "a@b.example", "known")):
        with pytest.raises(SendRefused) as refused:
            addressee_actions.add_addressee(by=panel.first, name=name, address=address, language="lt", at=AT)
        assert refused.value.why == why
    assert b"ministerija.example" not in bytes(Addressee.objects.get().address)


def read(post: Mailbox) -> EmailMessage:
    found = message_from_bytes(post.mails[-1].content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_mails_to_addressees_carry_the_link_and_those_to_members_no_content(panel: Panel, post: Mailbox):
    row = make.sent(panel)
    for what in ("ASK", "REMIND", "LATE"):
        assert addressee_actions.send_mail(by=WORKER, proposal_id=row.pk, what=what, at=AT)
        asked = read(post)
        body = " ".join(asked.get_content().split())
        assert addressees.answer_address(row, "lt") in body and WORDS.title not in body
        assert asked["To"] == "atsakymai@ministerija.example"
    child = panel.member("Žuvėdra")
    news = News.objects.filter(member=child).latest("pk")
    assert not news_actions.send_news(by=WORKER, news_id=news.pk, at=AT)  # a card, no address
    account = child.account
    assert account is not None
    key = protection.open_key(account)
    account.address = protection.seal(key, account, "address", "vaikas@pastas.example")
    account.save()
    assert news_actions.send_news(by=WORKER, news_id=news.pk, at=AT)
    letter = read(post)
    held = f"{letter['Subject']} {letter.get_content()}"
    for secret in (WORDS.title, WORDS.wish, "ministerij", "Žuvėdra", "pasiūlym"):
        assert secret not in held
    assert "116 111" in held
    news.seen_at = AT
    news.save()
    assert not news_actions.send_news(by=WORKER, news_id=news.pk, at=AT)


def test_an_addressee_may_ask_the_panel(panel: Panel):
    row = make.sent(panel)
    asked = answers.ask_panel(by=by_link(row), proposal=row, text="Kurioms klasėms tai svarbu?", at=AT)
    assert told(panel, "Žuvėdra")[-1] == "QUESTION"
    answers.reply_to_addressee(by=panel.first, question=asked, reply="Šeštokams.", at=AT)
    for _ in range(2):
        answers.ask_panel(by=by_link(row), proposal=row, text="Dar klausimas?", at=AT)
    with pytest.raises(AnswerRefused):
        answers.ask_panel(by=by_link(row), proposal=row, text="Ketvirtas?", at=AT)
    answers.write_note(by=panel.first, proposal=row, note="Kalbėjome telefonu.", at=AT)
    with pytest.raises(PermissionRefused):
        answers.write_note(by=panel.lead, proposal=row, note="X", at=AT)


# Cycles, meetings, texts


def test_a_meeting_is_held_only_with_two_adults(panel: Panel):
    first, second = panel.first.person_id, panel.second.person_id
    with pytest.raises(MeetingRefused):
        cycles.plan_meeting(
            by=panel.first, cycle=panel.cycle, given=meeting_given(panel, adults=(first,)), at=AT
        )
    row = cycles.plan_meeting(by=panel.first, cycle=panel.cycle, given=meeting_given(panel), at=AT)
    cycles.reply_to_meeting(by=panel["Kopa"], meeting=row, comes=True, at=AT)
    after = row.ends + timedelta(hours=1)
    for present, at, why in (
        ((first, second), AT, "early"),
        ((first,), after, "absent"),
        ((first, panel.centre.actor("EDITOR").person_id), after, "absent"),
    ):
        with pytest.raises(MeetingRefused) as refused:
            cycles.hold_meeting(by=panel.first, meeting=row, present=present, at=at)
        assert refused.value.why == why
    with pytest.raises(MoveNotAllowed):
        Meeting.objects.filter(pk=row.pk).update(state=MeetingState.PLANNED)
        row.adults.update(was_there=True)
        cycles.publish_minutes(by=panel.first, meeting=row, minutes="Kalbėjome apie balsavimą.", at=after)
    row.adults.update(was_there=False)
    cycles.hold_meeting(by=panel.first, meeting=row, present=(first, second), at=after)
    with pytest.raises(MeetingRefused):
        cycles.reply_to_meeting(by=panel["Kopa"], meeting=row, comes=False, at=after)
    cycles.publish_minutes(by=panel.first, meeting=row, minutes="Kalbėjome apie balsavimą.", at=after)
    assert Meeting.objects.get().state == MeetingState.MINUTED


def test_a_meeting_is_changed_cancelled_and_taken_up_again(panel: Panel):
    row = cycles.plan_meeting(by=panel.first, cycle=panel.cycle, given=meeting_given(panel), at=AT)
    given_later = meeting_given(panel, AT + 9 * DAY, place="Centre")
    assert cycles.change_meeting(by=panel.first, meeting=row, given=given_later, at=AT).revision == 1
    cycles.cancel_meeting(by=panel.first, meeting=row, at=AT)
    with pytest.raises(MeetingRefused):
        cycles.change_meeting(by=panel.first, meeting=row, given=given_later, at=AT)
    cycles.reopen_meeting(by=panel.first, meeting=row, at=AT)
    row.refresh_from_db()
    with pytest.raises(MeetingRefused):
        cycles.reopen_meeting(by=panel.first, meeting=row, at=AT + 10 * DAY)
    with pytest.raises(MeetingRefused):
        cycles.plan_meeting(
            by=panel.first, cycle=panel.cycle, given=meeting_given(panel, ends=AT + 7 * DAY), at=AT
        )
    for bad in ({"starts_on": date(2026, 12, 1)}, {"ends_on": date(2027, 1, 1)}, {"support": 1}):
        asked = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 6, 1), "support": 6, **bad}
        with pytest.raises(CycleRefused):
            cycles.start_cycle(by=panel.first, at=AT, **asked)  # type: ignore[arg-type]  # three kinds


def test_texts_are_of_their_kind_and_questions_get_an_answer_by_a_date(panel: Panel):
    row = make.discussed(panel)
    for kind, proposal in (("COMMENT", None), ("TOPIC", row), ("LETTER", None)):
        with pytest.raises(ContributionRefused):
            contributions.write(by=panel["Kopa"], kind=kind, text="Mintis", proposal=proposal, at=AT)
    asked = make.written(panel, kind="QUESTION", text="Kaip saugoti slaptažodį?")
    with pytest.raises(ContributionRefused):
        contributions.promise_reply(by=panel.first, contribution=asked, due=AT.date(), at=AT)
    contributions.promise_reply(by=panel.first, contribution=asked, due=AT.date() + 7 * DAY, at=AT)
    with pytest.raises(TextRefused):
        contributions.reply_to_question(by=panel.first, contribution=asked, reply=REASON, who="", at=AT)
    contributions.reply_to_question(
        by=panel.first, contribution=asked, reply=REASON, who="Saugumo ekspertė", at=AT
    )
    assert told(panel, "Kopa")[-1] == "REPLIED"
    topic = make.written(panel)
    with pytest.raises(ContributionRefused):
        contributions.promise_reply(by=panel.first, contribution=topic, due=AT.date() + 7 * DAY, at=AT)
    contributions.add_topic(by=panel.first, asker="Pavyzdžio biblioteka", text="Ką skaitote?", at=AT)
    assert {one.asker for one in proposals.contributions_shown(panel.member("Bebras"), "TOPIC")} == {
        "",
        "Pavyzdžio biblioteka",
    }


def test_without_a_cycle_nothing_begins(panel: Panel):
    later = datetime(2027, 2, 1, 10, tzinfo=UTC)
    with pytest.raises(DraftRefused):
        drafts.start_proposal(by=panel["Kopa"], words=WORDS, at=later)
    with pytest.raises(ContributionRefused):
        contributions.write(by=panel["Kopa"], kind="TOPIC", text="Tema", at=later)


def test_the_audit_log_has_codes_and_no_words(panel: Panel):
    row = make.answered(panel)
    entries = audit.timeline(row, zone="panel")
    assert "panel_proposal:moved" in {one.action for one in entries}
    held = str([(one.action, one.facts) for one in entries])
    assert not any(word in held for word in (WORDS.title, "Žuvėdra", "ministerija"))


def test_the_database_knows_no_waiting_proposal_without_a_date(panel: Panel):
    from django.db import IntegrityError

    row = make.carried(panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(state=ProposalState.SENT)
