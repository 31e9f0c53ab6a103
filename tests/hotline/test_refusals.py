"""What the hotline refuses, and that nothing at all has happened then; and two people who do the same at
the same moment.
"""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from sauga.hotline.assessment.actions import claims, verdicts
from sauga.hotline.assessment.actions.verdicts import OwnItem, Verdict
from sauga.hotline.assessment.models import Assessment
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items.actions import bulk_actions, merges
from sauga.hotline.notices.actions import answers, disputes, providers
from sauga.hotline.notices.models import Notice, NoticeAnswer, NoticeMail
from sauga.hotline.reports.actions import closure
from sauga.hotline.reports.actions import thread as contacts
from sauga.hotline.reports.models import Location, Report
from sauga.hotline.states import Handling, NoticeState, ReportState
from sauga.kernel import audit, sealed, vocab
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import MoveNotAllowed
from sauga.world.internet import World
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported
from tests.hotline.notices.test_notices import SILENT, due, loaded, nothing_yet, run_jobs  # noqa: F401  fixtures

ILLEGAL = Verdict("PROHIBITED", legal_act="IX_1067")


def mail(centre: Centre) -> NoticeMail:
    due(centre)
    run_jobs()
    return NoticeMail.objects.select_related("notice").get()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"answer": "DISPUTED", "words": "  "}, "words"),
        ({"answer": "REFUSED"}, "reason"),
        ({"answer": "REFUSED", "reason": "BECAUSE"}, "reason"),
    ],
)
def test_an_answer_that_lacks_its_reason_is_not_kept(centre: Centre, world: World, given, field):
    letter = mail(centre)
    with pytest.raises(answers.AnswerIncomplete) as refused:
        answers.provider_responds(by=answers.PROVIDER, mail=letter, at=AT, **given)
    assert refused.value.field == field
    assert not NoticeAnswer.objects.exists() and Notice.objects.get().state == NoticeState.SENT


def test_an_answer_nobody_defined_is_not_kept(centre: Centre, world: World):
    with pytest.raises(vocab.UnknownTerm):
        answers.provider_responds(by=answers.PROVIDER, mail=mail(centre), answer="MAYBE", at=AT)
    assert not NoticeAnswer.objects.exists()


@pytest.mark.parametrize("how", ["time", "withdrawn"])
def test_a_link_that_is_over_shows_no_address_and_takes_no_answer(centre: Centre, world: World, how: str):
    letter, at = mail(centre), AT
    if how == "time":
        at = letter.link_expires_at
    else:
        Notice.objects.update(state=NoticeState.WITHDRAWN)
        letter.notice.refresh_from_db()
    for act in (
        lambda: answers.show_addresses(by=answers.PROVIDER, mail=letter, at=at),
        lambda: answers.provider_responds(by=answers.PROVIDER, mail=letter, answer="REMOVED", at=at),
    ):
        with pytest.raises(answers.LinkOver):
            act()
    assert not NoticeAnswer.objects.exists()
    assert "notice:addresses_shown" not in [entry.action for entry in audit.timeline(letter.notice)]


def test_whoever_judged_an_item_decides_no_dispute_about_it(centre: Centre, world: World):
    letter = mail(centre)
    answers.provider_responds(by=answers.PROVIDER, mail=letter, answer="DISPUTED", words="Teisėta", at=AT)
    reviewer = centre.actor("SECOND_REVIEWER")
    Assessment.objects.update(by=reviewer.person_id)
    with pytest.raises(OwnItem):
        disputes.decide_dispute(by=reviewer, notice=letter.notice, upheld=True, reason="Tikrinta.", at=AT)
    assert Notice.objects.get().state == NoticeState.DISPUTED and NoticeAnswer.objects.get().decision == ""
    other = centre.actor("SECOND_REVIEWER_2")
    disputes.decide_dispute(by=other, notice=letter.notice, upheld=False, reason="Tikrinta.", at=AT)
    with pytest.raises(MoveNotAllowed):
        disputes.decide_dispute(by=other, notice=letter.notice, upheld=True, reason="Ne.", at=AT)


def test_a_locked_vault_writes_no_verdict_with_a_note_and_shows_no_address(centre: Centre):
    item = due_item(centre)
    locked = centre.actor("ANALYST", unlocked=False)
    with pytest.raises(VaultLocked):
        verdicts.assess_item(by=locked, item=item, verdict=ILLEGAL, note="Pastaba", at=AT)
    item.refresh_from_db()
    assert item.handling == Handling.AWAITING_ASSESSMENT and not Assessment.objects.exists()
    with pytest.raises(VaultLocked):
        claims.reveal_address(by=locked, item=item, reason="ASSESS", at=AT)
    assert "item:revealed" not in [entry.action for entry in audit.timeline(item)]


def due_item(centre: Centre) -> ContentItem:
    from tests.hotline.notices.test_notices import traced

    return traced(category="HATE")


def test_a_reveal_without_a_known_reason_opens_nothing(centre: Centre):
    with pytest.raises(vocab.UnknownTerm):
        claims.reveal_address(by=centre.actor("ANALYST"), item=due_item(centre), reason="CURIOUS", at=AT)


def test_a_contact_that_was_never_left_cannot_be_opened(centre: Centre):
    report, _keys = reported()
    with pytest.raises(sealed.KeyNotAvailable):
        contacts.open_contact(by=centre.actor("CONTACT_CUSTODIAN"), report=report, at=AT)
    assert "contact:opened" not in [entry.action for entry in audit.timeline(report)]


def test_noise_is_taken_back_for_thirty_days_and_no_longer(centre: Centre):
    report, _keys = reported()
    analyst = centre.actor("ANALYST")
    closure.mark_spam(by=analyst, report=report, reason="FLOOD", at=AT)
    with pytest.raises(MoveNotAllowed):
        closure.restore_from_spam(by=analyst, report=report, at=AT + timedelta(days=30, seconds=1))
    assert Report.objects.get().state == ReportState.SPAM
    closure.restore_from_spam(by=analyst, report=report, at=AT + timedelta(days=30))
    assert Report.objects.get().state == ReportState.TRIAGED


@pytest.mark.parametrize("outcome", [ReportState.ACTIONED, ReportState.NOT_ILLEGAL, ReportState.SPAM])
def test_a_report_is_not_closed_with_an_outcome_that_needs_a_verdict(centre: Centre, outcome: ReportState):
    report, _keys = reported()
    with pytest.raises(MoveNotAllowed):
        closure.close_report(by=centre.actor("ANALYST"), report=report, outcome=outcome, at=AT)
    assert Report.objects.get().outcome == ""


def test_places_joined_by_a_person_come_apart_only_with_an_open_vault_and_only_once(centre: Centre):
    analyst = centre.actor("ANALYST")
    for number in range(2):
        reported(f"https://pavyzdys.example/{number}", category="HATE")
    first, second = ContentItem.objects.order_by("pk")
    merges.merge_item(by=analyst, item=second, into=first, at=AT)
    place = Location.objects.select_related("item", "report").get(match="BY_PERSON")
    with pytest.raises(merges.CannotSeparate):
        merges.separate_location(by=centre.actor("ANALYST", unlocked=False), location=place, at=AT)
    reported(
        "https://pavyzdys.example/1", category="HATE"
    )  # the place was reported again meanwhile and has an item of its own
    with pytest.raises(merges.CannotSeparate):
        merges.separate_location(by=analyst, location=place, at=AT)
    assert Location.objects.get(pk=place.pk).item_id == first.pk


def test_a_contact_is_written_down_once_for_a_provider(centre: Centre):
    officer, provider = centre.actor("NOTICE_OFFICER"), due_item(centre).provider
    with pytest.raises(providers.AlreadyKnown):
        providers.add_contact(
            by=officer, provider=provider, email=SILENT, position=1, addresses_inline=False, at=AT
        )
    assert provider.contacts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_take_the_same_items_at_once_share_them_without_overlap(
    transactional_db, centre: Centre
):
    for number in range(6):
        reported(f"https://pavyzdys.example/{number}", category="HATE")
    items, people = (
        list(ContentItem.objects.order_by("pk")),
        [centre.actor(role) for role in ("ANALYST", "ANALYST_2")],
    )
    ready, came = threading.Barrier(2), {}

    def take(by) -> None:
        try:
            ready.wait(20)
            came[by.person_id] = bulk_actions.claim_items(by=by, items=items, at=AT)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(result.done for result in came.values()) == 6
    assert sum(result.refused[claims.ClaimedByAnother] for result in came.values()) == 6
    for by in people:
        assert ContentItem.objects.filter(taken_by_id=by.person_id).count() == came[by.person_id].done
