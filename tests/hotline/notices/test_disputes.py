"""Disputes between two people: the reviewer decides with a reason and a preview, the provider reads it; and
the addresses of one report that go into one notice."""

from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.hotline.assessment.actions import verdicts
from sauga.hotline.content.models import ContentItem
from sauga.hotline.notices.actions import answers, disputes, providers
from sauga.hotline.notices.models import Notice, NoticeAnswer, NoticeItem, NoticeMail
from sauga.hotline.notices.queries.grouped_letters import LOOK_EVERY, waits_until
from sauga.hotline.notices.views import disputes as dispute_view
from sauga.hotline.notices.views import provider_page
from sauga.hotline.states import Handling, NoticeState
from sauga.hotline.tracing.models import ProviderContact
from sauga.kernel.notifications.models import Notification
from sauga.kernel.refusals import ActionRefused
from sauga.world.internet import World
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported
from tests.hotline.notices.test_notices import (  # noqa: F401  fixtures
    BASELINE,
    ILLEGAL,
    SILENT,
    TRACER,
    Answer,
    due,
    link_in,
    loaded,
    nothing_yet,
    page_of,
    run_jobs,
    sent,
    ticket_of,
    tracing,
)

WHY = "Adresas tebeveda į tą patį puslapį; jį patikrinome iš naujo."


def at(monkeypatch, minutes: int) -> None:
    """The clock of the provider's page and of the reviewer's."""
    for view in (provider_page, dispute_view):
        monkeypatch.setattr(view.clock, "now", lambda: AT + timedelta(minutes=minutes))


def say(client: Client, link: str, answer: str, words: str = "") -> str:
    ticket = ticket_of(client.get(link).content.decode())
    return client.post(link, {"answer": answer, "words": words, "ticket": ticket}).content.decode()


def test_a_dispute_is_previewed_confirmed_and_read_by_the_provider(centre: Centre, world: World, monkeypatch):
    at(monkeypatch, 0)
    link, notice = page_of(centre, world)
    provider, address = Client(), f"/desk/hotline/notices/{notice.ref}/decide/"
    assert 'value="ACKNOWLEDGED"' in provider.get(link).content.decode()
    say(provider, link, "DISPUTED", "Tai kitas puslapis.")
    waiting = provider.get(link).content.decode()
    assert "You dispute this notice" in waiting and 'value="ACKNOWLEDGED"' not in waiting

    at(monkeypatch, 10)
    reviewer = sign_in(centre, "SECOND_REVIEWER")
    assert "Tai kitas puslapis." in reviewer.get(address).content.decode()
    empty = reviewer.post(address, {"decision": "REJECTED", "reason": " ", "confirm": "1"})
    assert empty.status_code == 422 and notice.answers.get().decision == ""
    shown = reviewer.post(address, {"decision": "REJECTED", "reason": WHY}).content.decode()
    notice.refresh_from_db()
    assert notice.state == NoticeState.DISPUTED and NoticeMail.objects.count() == 1
    assert SILENT in shown and "2026-12-" in shown and "Article 21" in shown and shown.count(WHY) >= 2
    reviewer.post(address, {"decision": "REJECTED", "reason": WHY, "confirm": "1"})
    run_jobs(at=AT + timedelta(minutes=10))
    letter = sent(world)[0].text
    until = (AT + timedelta(minutes=10, days=14)).date().isoformat()
    for said in (WHY, "The assessment stands", until, "6 months", "90 days", "180 days", "Article 53"):
        assert said in letter
    row = notice.answers.get()
    assert row.decided_by == centre.people["SECOND_REVIEWER"] and WHY.encode() not in bytes(
        row.decision_words
    )
    assert Notification.objects.filter(
        template="hotline.dispute_decided", person=centre.people["NOTICE_OFFICER"]
    ).exists()
    decided = provider.get(link).content.decode()
    assert "Your dispute is decided: the request still applies" in decided and WHY in decided
    assert 'value="ACKNOWLEDGED"' not in decided and "Article 21" in decided
    assert decided.index(WHY) < decided.index("Show the addresses")
    assert WHY in reviewer.get(f"/desk/hotline/notices/{notice.ref}/").content.decode()


def test_a_second_dispute_is_decided_by_somebody_else_and_ends_the_notice(
    centre: Centre, world: World, monkeypatch
):
    at(monkeypatch, 0)
    link, notice = page_of(centre, world)
    provider = Client()
    say(provider, link, "DISPUTED", "Pirmas.")
    first, second = centre.actor("SECOND_REVIEWER"), centre.actor("SECOND_REVIEWER_2")
    with pytest.raises(ActionRefused):
        disputes.decide_dispute(by=first, notice=notice, upheld=False, reason="  ", at=AT)
    disputes.decide_dispute(by=first, notice=notice, upheld=False, reason="Ne.", at=AT)
    at(monkeypatch, 60)
    say(provider, link, "DISPUTED", "Antras, su nauju paaiškinimu.")
    later = AT + timedelta(hours=2)
    with pytest.raises(disputes.DecidedBefore):
        disputes.decide_dispute(by=first, notice=notice, upheld=True, reason="Taip.", at=later)
    disputes.decide_dispute(by=second, notice=notice, upheld=True, reason=WHY, at=later)
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN and ContentItem.objects.get().handling == Handling.ASSESSED
    run_jobs(at=later)
    assert WHY in sent(world)[0].text and "we withdraw notice" in sent(world)[0].text
    at(monkeypatch, 130)
    over = provider.get(link)
    page = over.content.decode()
    assert over.status_code == 200 and WHY in page and "the notice is withdrawn" in page
    assert [row.decision for row in NoticeAnswer.objects.order_by("pk")] == ["REJECTED", "UPHELD"]


def test_a_dispute_about_one_address_outlasts_a_claim_about_the_other_and_is_one_letter(
    centre: Centre, world: World, monkeypatch
):
    at(monkeypatch, 0)
    for number in (1, 2):
        due(centre, address=f"http://e.silent-hosting.example/{number}")
    run_jobs()
    notice, mail = Notice.objects.get(), NoticeMail.objects.get()
    one, other = notice.items.order_by("pk")
    for row, answer in ((one, "DISPUTED"), (other, "REMOVED")):
        answers.provider_responds(
            by=answers.PROVIDER, mail=mail, answer=answer, items=[row.pk], words="Ne.", at=AT
        )
    notice.refresh_from_db()
    assert notice.state == NoticeState.DISPUTED
    reviewer, later = centre.actor("SECOND_REVIEWER"), AT + timedelta(hours=1)
    disputes.decide_dispute(by=reviewer, notice=notice, upheld=True, reason=WHY, at=later)
    notice.refresh_from_db()
    assert notice.state == NoticeState.ACKNOWLEDGED
    assert dict(NoticeItem.objects.values_list("pk", "outcome")) == {one.pk: "WITHDRAWN", other.pk: ""}
    run_jobs(at=later)
    assert len(sent(world)) == 2 and WHY in sent(world)[0].text


def two_places(centre: Centre, category: str, verdict) -> list[ContentItem]:
    """One report about two addresses at one host, both traced; only the first is judged."""
    places = "http://g.silent-hosting.example/1\nhttp://g.silent-hosting.example/2"
    made, _ = reported(at=AT, category=category, address=places)
    items = list(ContentItem.objects.filter(locations__report=made).order_by("pk"))
    found = [Answer("RDAP_IP", "203.0.113.7", "EXAMPLE-US-1", 64498, "BY", emails=(SILENT,))]
    items = [tracing.record_trace(by=TRACER, item=item, answers=found, at=AT) for item in items]
    officer = centre.actor("NOTICE_OFFICER")
    providers.approve_contact(by=officer, contact=ProviderContact.objects.get(), at=AT)
    verdicts.assess_item(by=centre.actor("ANALYST"), item=items[0], verdict=verdict, at=AT)
    return items


@pytest.mark.parametrize(("category", "verdict"), [("HATE", ILLEGAL), ("CSAM", BASELINE)])
def test_two_addresses_of_one_report_at_one_host_are_one_notice_and_one_mail(
    centre: Centre, world: World, category: str, verdict
):
    _first, second = two_places(centre, category, verdict)
    run_jobs()
    assert not sent(world)  # the other address is still being looked at
    waiting = ProcrastinateJob.objects.get(
        task_name="hotline.send_notice", status="todo", scheduled_at__gt=AT
    )
    assert waiting.scheduled_at == AT + LOOK_EVERY
    later = AT + timedelta(seconds=90)
    verdicts.assess_item(by=centre.actor("ANALYST"), item=second, verdict=verdict, at=later)
    run_jobs(at=later)
    mail = NoticeMail.objects.get()
    assert Notice.objects.get().items.count() == 2 and waits_until(mail_id=mail.pk, at=later) is None


def test_a_letter_waits_two_minutes_at_most_and_one_about_a_child_in_danger_not_at_all(
    centre: Centre, world: World
):
    two_places(centre, "HATE", ILLEGAL)
    run_jobs()
    mail = NoticeMail.objects.get()
    end = AT + timedelta(seconds=120)
    assert waits_until(mail_id=mail.pk, at=end - timedelta(seconds=1)) == end
    assert waits_until(mail_id=mail.pk, at=end) is None
    Notice.objects.update(priority="P1")
    assert waits_until(mail_id=mail.pk, at=AT) is None
