"""From a due item to a provider's answer: over real SMTP, with proof of delivery, at any hour, and never with
content in the mail.
"""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.hotline import tasks  # noqa: F401  jobs are found by name
from sauga.hotline.assessment.actions import verdicts
from sauga.hotline.assessment.actions.verdicts import Verdict
from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.monitoring.actions import monitoring
from sauga.hotline.monitoring.rules.removal import RemovalKind
from sauga.hotline.notices.actions import (
    disputes,
    drafts,
    escalation,
    notice_delivery,
    providers,
    templates,
    withdrawal,
)
from sauga.hotline.notices.models import Notice, NoticeAnswer, NoticeMail, NoticeTemplate
from sauga.hotline.notices.queries.notices import link_hash
from sauga.hotline.states import Handling, NoticeState, Presence
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.models import ProviderContact
from sauga.hotline.tracing.rules import Answer
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from sauga.world import mailbox
from sauga.world.internet import World
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported

TRACER = SystemActor("tracer")
FRIDAY = datetime(2026, 11, 27, 15, 1, tzinfo=UTC)  # 17:01 in Vilnius
ILLEGAL = Verdict("PROHIBITED", legal_act="IX_1067")
BASELINE = Verdict("BASELINE", legal_act="BK_309", xarf_class="BASELINE")
PROMPT = "abuse@greita-talpykla.example"
SLOW = "abuse@slow-hosting.example"
SILENT = "abuse@silent-hosting.example"


@pytest.fixture(autouse=True)
def loaded(centre: Centre) -> None:
    templates.load_templates(AT)


def traced(
    *, email: str = SILENT, network: str = "EXAMPLE-US-1", country: str = "US", at: datetime = AT, **report
) -> ContentItem:
    made, _ = reported(at=at, **report)
    item = ContentItem.objects.get(locations__report=made)
    return tracing.record_trace(
        by=TRACER,
        item=item,
        answers=[Answer("RDAP_IP", "203.0.113.7", network, 64498, country, emails=(email,))],
        at=at,
    )


def due(
    centre: Centre,
    *,
    verdict: Verdict = ILLEGAL,
    category: str = "HATE",
    at: datetime = AT,
    approved: bool = True,
    **trace,
) -> ContentItem:
    """An item whose notice is due, its provider's contact approved unless said otherwise."""
    item = traced(category=category, at=at, **trace)
    if item.country == "LT":
        item = tracing.confirm_country(by=centre.actor("ANALYST", at), item=item, country="LT", at=at)
    if approved:
        for contact in item.provider.contacts.filter(approved_at=None):
            providers.approve_contact(by=centre.actor("NOTICE_OFFICER", at), contact=contact, at=at)
    return verdicts.assess_item(by=centre.actor("ANALYST", at), item=item, verdict=verdict, at=at)


def run_jobs(*, at: datetime | None = None, queues=("notices",)) -> int:
    """Run what is queued for notices, as the worker does; jobs for later stay."""
    done = 0
    while True:
        job = (
            ProcrastinateJob.objects.filter(status="todo", queue_name__in=queues, scheduled_at=None)
            .exclude(pk__in=ran)
            .order_by("id")
            .first()
        )
        if job is None:
            return done
        ran.add(job.pk)
        done += 1
        run(job.task_name, at or AT, **job.args)


ran: set[int] = set()
earlier: set[str] = set()


@pytest.fixture(autouse=True)
def nothing_yet(centre: Centre, world: World) -> None:
    """Jobs and letters of earlier tests do not count in this one."""
    ran.clear()
    ran.update(ProcrastinateJob.objects.values_list("pk", flat=True))
    earlier.clear()
    earlier.update(letter.key for letter in mailbox.messages(world.data / "demo" / "mail"))


def run(name: str, at: datetime, **args) -> None:
    """A job as tasks.py runs it, at a given time."""
    acts = {
        "hotline.prepare_notice": lambda: drafts.prepare_notice(**args, at=at),
        "hotline.send_notice": lambda: notice_delivery.send_or_wait(**args, at=at),
        "hotline.settle_notice": lambda: escalation.settle_item(**args, at=at),
    }
    assert name in app.tasks
    acts[name]()


def sent(world: World, recipient: str = SILENT) -> list[mailbox.Letter]:
    """Letters that this test sent, newest first: by the Maildir's clock, because many here
    bear the same date.
    """
    letters = [
        letter
        for letter in mailbox.messages(world.data / "demo" / "mail", recipient=recipient)
        if letter.key not in earlier
    ]
    return sorted(
        letters, key=lambda letter: [int(number) for number in re.findall(r"\d+", letter.key)], reverse=True
    )


def link_in(text: str) -> str:
    found = re.search(r"/notice/([A-Za-z0-9_-]{43})/", text)
    assert found, text
    return f"/notice/{found[1]}/"


def item_again(item: ContentItem) -> ContentItem:
    return ContentItem.objects.get(pk=item.pk)


def test_due_item_goes_out_by_itself_on_friday_evening(centre: Centre, world: World):
    item = due(centre, at=FRIDAY, address="http://a.silent-hosting.example/slaptas/1")
    run_jobs(at=FRIDAY)
    notice = Notice.objects.get()
    assert (notice.state, notice.basis, notice.sent_at) == (NoticeState.SENT, "NTD", FRIDAY)
    item = item_again(item)
    assert item.handling == Handling.FOLLOWED and item.next_check_at == FRIDAY
    assert Occurrence.objects.get().notice_sent_at == FRIDAY
    assert Route.objects.get(route="PROVIDER_NOTICE").done_at == FRIDAY
    assert not ProcrastinateJob.objects.filter(scheduled_at__isnull=False).exists()
    (letter,) = sent(world)
    assert notice.ref in letter.subject and "slaptas" not in letter.subject + letter.text
    assert not letter.attachments
    assert re.fullmatch(r"b\+notice\.[0-9a-f]{24}@sauga\.example", letter.return_path)
    mail = NoticeMail.objects.get()
    assert bytes(mail.link) == link_hash(link_in(letter.text).split("/")[2])
    kept = b"".join(bytes(value) for value in (mail.body, mail.link))
    assert link_in(letter.text).split("/")[2].encode() not in kept


def test_the_page_of_a_notice_leads_to_the_guide_for_providers(centre: Centre, world: World, client: Client):
    due(centre)
    run_jobs()
    link = link_in(sent(world)[0].text)
    for language, guide in (("en", "/en/guides/provider/"), ("lt", "/lt/zinynas/provider/")):
        page = client.get(link, {"lang": language}).content.decode()
        assert f'href="{guide}"' in page


def test_jobs_twice_send_once(centre: Centre, world: World):
    item = due(centre)
    run_jobs()
    mail = NoticeMail.objects.get()
    assert not notice_delivery.send_mail(mail_id=mail.pk, at=AT)
    assert drafts.prepare_notice(item_id=item.pk, at=AT) is None
    assert len(sent(world)) == 1 and Notice.objects.count() == 1


def test_without_an_approved_contact_it_waits_and_officers_are_told(centre: Centre, world: World):
    item = due(centre, approved=False)
    run_jobs()
    assert not Notice.objects.exists() and item_again(item).handling == Handling.NOTICE_DUE
    assert Notification.objects.get().person == centre.people["NOTICE_OFFICER"]
    providers.approve_contact(by=centre.actor("NOTICE_OFFICER"), contact=ProviderContact.objects.get(), at=AT)
    run_jobs()
    assert Notice.objects.get().state == NoticeState.SENT and len(sent(world)) == 1


def test_lithuanian_provider_reads_lithuanian_on_article_16(centre: Centre, world: World):
    due(centre, email=PROMPT, network="EXAMPLE-LT-1", country="LT")
    run_jobs()
    (letter,) = sent(world, PROMPT)
    assert Notice.objects.get().basis == "DSA_ART16"
    assert "Laba diena" in letter.text and "16 straipsn" in letter.text and "sąžiningai" in letter.text


def test_child_abuse_goes_with_one_xarf_file_for_each_address_and_without_it_in_the_text(
    centre: Centre, world: World
):
    address = "http://b.silent-hosting.example/q/7"
    due(centre, verdict=BASELINE, category="CSAM", address=address, country="BY")
    run_jobs()
    (letter,) = sent(world)
    assert address not in letter.text and address not in letter.subject
    (file,) = letter.attachments
    document = json.loads(file.data)
    assert (document["url"], document["classification"], document["tags"][0]) == (
        address,
        "baseline",
        "verdict:baseline",
    )
    assert "Directive 2011/93/EU" in letter.text
    assert document["asn"] == 64498 and document["country_code"] == "BY"


def test_a_network_number_that_sources_dispute_is_left_out_of_the_file(centre: Centre, world: World):
    item = due(
        centre, verdict=BASELINE, category="CSAM", address="http://n.silent-hosting.example/q/8", country="BY"
    )
    other = [Answer("RDAP_IP", "203.0.113.7", "EXAMPLE-US-1", number, "BY") for number in (64498, 64499)]
    tracing.record_trace(by=TRACER, item=item_again(item), answers=other, at=AT + timedelta(minutes=1))
    run_jobs()
    (file,) = sent(world)[0].attachments
    assert "asn" not in json.loads(file.data)


def test_contact_that_wants_addresses_in_the_letter_gets_them(centre: Centre, world: World):
    address = "http://c.silent-hosting.example/w/2"
    item = traced(category="HATE", address=address)
    contact = providers.approve_contact(
        by=centre.actor("NOTICE_OFFICER"), contact=item.provider.contacts.get(), at=AT
    )
    ProviderContact.objects.filter(pk=contact.pk).update(addresses_inline=True)
    verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=ILLEGAL, at=AT)
    run_jobs()
    (letter,) = sent(world)
    assert address in letter.text and address not in letter.subject


def test_less_urgent_items_join_an_unsent_notice_and_urgent_ones_never_wait(centre: Centre, world: World):
    due(centre, address="http://a.silent-hosting.example/1")
    due(centre, address="http://a.silent-hosting.example/2")
    third = due(centre, address="http://a.silent-hosting.example/3", category="GROOMING")
    for item in ContentItem.objects.order_by("pk"):
        drafts.prepare_notice(item_id=item.pk, at=AT)
    assert sorted(notice.items.count() for notice in Notice.objects.all()) == [1, 2]
    assert drafts.active_notice(third).items.count() == 1


def test_gone_before_sending_is_watched_and_nothing_is_sent(centre: Centre, world: World):
    item = due(centre)
    drafts.prepare_notice(item_id=item.pk, at=AT)
    monitoring.mark_online(by=centre.actor("ANALYST"), item=item_again(item), at=AT)
    monitoring.confirm_removal(
        by=centre.actor("ANALYST"), item=item_again(item), kind=RemovalKind.CONTENT_REMOVED, at=AT
    )
    run_jobs()
    assert item_again(item).handling == Handling.WATCHED
    assert Notice.objects.get().state == NoticeState.WITHDRAWN and not sent(world)


def test_greylisted_letter_is_tried_again_and_keeps_one_link(centre: Centre, world: World):
    due(centre, email=SLOW, network="EXAMPLE-NL-1", country="NL")
    run_jobs()
    mail = NoticeMail.objects.get()
    assert (mail.attempts, mail.code, mail.sent_at) == (1, "451", None)
    later = ProcrastinateJob.objects.get(scheduled_at__isnull=False)
    assert later.scheduled_at == AT + timedelta(minutes=1)
    assert notice_delivery.send_mail(mail_id=mail.pk, at=later.scheduled_at)
    assert Notice.objects.get().state == NoticeState.SENT
    (letter,) = sent(world, SLOW)
    assert bytes(NoticeMail.objects.get().link) == link_hash(link_in(letter.text).split("/")[2])


def test_refused_contact_leads_to_the_next_one_and_then_to_officers(centre: Centre, world: World):
    item = traced(category="HATE", email="nobody@silent-hosting.example")
    officer = centre.actor("NOTICE_OFFICER")
    providers.approve_contact(by=officer, contact=item.provider.contacts.get(), at=AT)
    providers.add_contact(
        by=officer,
        provider=item.provider,
        email="noc@silent-hosting.example",
        position=2,
        addresses_inline=False,
        at=AT,
    )
    verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=ILLEGAL, at=AT)
    run_jobs()
    notice = Notice.objects.get()
    assert (notice.state, notice.contact.email) == (NoticeState.SENT, "noc@silent-hosting.example")
    assert ProviderContact.objects.get(email__startswith="nobody").bounced_at == AT
    token = NoticeMail.objects.get(contact=notice.contact).return_token
    notice_delivery.delivery_known(return_token=token, kind="failed", code="5.1.1", at=AT)
    notice_delivery.delivery_known(return_token=token, kind="failed", code="5.1.1", at=AT)
    notice.refresh_from_db()
    assert notice.state == NoticeState.ESCALATED and item_again(item).handling == Handling.NOTICE_DUE
    assert Notification.objects.get(template="hotline.bounced").person == centre.people["NOTICE_OFFICER"]
    providers.add_contact(
        by=officer, provider=item.provider, email=SILENT, position=3, addresses_inline=False, at=AT
    )
    run_jobs()
    again = Notice.objects.order_by("pk").last()
    assert (
        again.previous == notice
        and again.state == NoticeState.SENT
        and item_again(item).handling == Handling.FOLLOWED
    )


def test_proof_of_delivery_starts_the_clock(centre: Centre, world: World):
    due(centre)
    run_jobs()
    later = AT + timedelta(minutes=3)
    token = NoticeMail.objects.get().return_token
    for kind in ("relayed", "delayed", "delivered", "delivered"):
        notice_delivery.delivery_known(return_token=token, kind=kind, code="2.0.0", at=later)
    notice_delivery.delivery_known(return_token="0" * 24, kind="delivered", code="", at=later)
    notice = Notice.objects.get()
    assert (notice.state, notice.delivered_at) == (NoticeState.DELIVERED, later)
    assert Occurrence.objects.get().notice_delivered_at == later
    assert notice.remove_by == later + timedelta(hours=72) and notice.next_rung_at == later + timedelta(
        hours=72
    )


def test_without_proof_the_notice_says_so_and_late_proof_counts(centre: Centre, world: World):
    due(centre)
    run_jobs()
    assert notice_delivery.give_up_waiting(at=AT + timedelta(minutes=119)) == 0
    assert notice_delivery.give_up_waiting(at=AT + timedelta(minutes=120)) == 1
    assert Notice.objects.get().state == NoticeState.NO_RECEIPT
    notice_delivery.delivery_known(
        return_token=NoticeMail.objects.get().return_token,
        kind="delivered",
        code="",
        at=AT + timedelta(hours=3),
    )
    assert Notice.objects.get().state == NoticeState.DELIVERED


def page_of(centre: Centre, world: World, **given) -> tuple[str, Notice]:
    """A sent notice and its provider's page."""
    due(centre, address=given.pop("address", "http://d.silent-hosting.example/paslaptis/5"), **given)
    run_jobs()
    return link_in(sent(world)[0].text), Notice.objects.get()


def ticket_of(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands at the time the notices were sent."""
    from sauga.hotline.notices.views import provider_page

    monkeypatch.setattr(provider_page.clock, "now", lambda: AT)


def test_reading_the_page_changes_nothing_and_shows_no_address(centre: Centre, world: World, today: None):
    link, notice = page_of(centre, world)
    client = Client()
    before = Notice.objects.filter(pk=notice.pk).values().get()
    for method in (client.get, client.head):
        answer = method(link)
        assert answer.status_code == 200 and "paslaptis" not in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store" and not client.cookies
    assert "<script" not in client.get(link).content.decode()
    assert Notice.objects.filter(pk=notice.pk).values().get() == before
    assert not NoticeAnswer.objects.exists()


def test_addresses_appear_after_a_click_and_the_view_is_recorded(centre: Centre, world: World, today: None):
    from sauga.kernel import audit

    link, notice = page_of(centre, world)
    client = Client()
    shown = client.post(link, {"do": "show", "ticket": ticket_of(client.get(link).content.decode())})
    assert "http://d.silent-hosting.example/paslaptis/5" in shown.content.decode()
    assert "notice:addresses_shown" in [entry.action for entry in audit.timeline(notice, zone="hotline")]
    assert not NoticeAnswer.objects.exists()


def test_one_click_acknowledges_once_and_proves_receipt(centre: Centre, world: World, today: None):
    link, notice = page_of(centre, world)
    client = Client()
    ticket = ticket_of(client.get(link).content.decode())
    for _ in range(2):
        assert client.post(link, {"answer": "ACKNOWLEDGED", "ticket": ticket}).status_code == 200
    notice.refresh_from_db()
    assert notice.state == NoticeState.ACKNOWLEDGED and notice.delivered_at == AT
    assert NoticeAnswer.objects.count() == 1


def test_claimed_removal_is_looked_at_at_once(centre: Centre, world: World, today: None):
    link, notice = page_of(centre, world)
    item = ContentItem.objects.get()
    ContentItem.objects.update(next_check_at=AT + timedelta(days=1))
    client = Client()
    client.post(link, {"answer": "REMOVED", "ticket": ticket_of(client.get(link).content.decode())})
    notice.refresh_from_db()
    assert notice.state == NoticeState.CLAIMED_REMOVED and notice.items.get().answer == "REMOVED"
    assert item_again(item).next_check_at == AT
    assert ProcrastinateJob.objects.filter(task_name="hotline.check_item").exists()


def test_passing_it_on_to_a_customer_is_a_receipt_and_the_term_goes_on(
    centre: Centre, world: World, today: None
):
    link, notice = page_of(centre, world)
    client = Client()
    due_by = Notice.objects.get().remove_by
    page = client.get(link).content.decode()
    assert page.count('value="CUSTOMER_INFORMED"') == 1
    answer = client.post(link, {"answer": "CUSTOMER_INFORMED", "ticket": ticket_of(page)}).content.decode()
    assert "its deadline still applies" in answer
    notice.refresh_from_db()
    assert (notice.state, notice.items.get().answer, notice.remove_by) == (
        NoticeState.ACKNOWLEDGED,
        "CUSTOMER_INFORMED",
        due_by,
    )
    assert (
        notice.next_rung_at is not None and item_again(notice.items.get().item).handling == Handling.FOLLOWED
    )


@pytest.mark.parametrize(
    ("before", "state"), [("DISPUTED", NoticeState.DISPUTED), ("REMOVED", NoticeState.CLAIMED_REMOVED)]
)
@pytest.mark.parametrize("after", ["ACKNOWLEDGED", "CUSTOMER_INFORMED"])
def test_a_later_receipt_takes_back_neither_a_dispute_nor_a_claim(
    centre: Centre, world: World, today: None, before, state, after
):
    link, notice = page_of(centre, world)
    client = Client()
    for answer in (before, after):
        ticket = ticket_of(client.get(link).content.decode())
        client.post(link, {"answer": answer, "words": "Teisėtas turinys", "ticket": ticket})
    notice.refresh_from_db()
    assert notice.state == state and NoticeAnswer.objects.count() == 2


def test_refuted_claim_opens_the_notice_again(centre: Centre, world: World, today: None):
    link, notice = page_of(centre, world)
    client = Client()
    client.post(link, {"answer": "REMOVED", "ticket": ticket_of(client.get(link).content.decode())})
    assert escalation.doubt_claims(at=AT) == 0
    Occurrence.objects.update(last_online_at=AT + timedelta(minutes=1))
    assert escalation.doubt_claims(at=AT + timedelta(minutes=2)) == 1
    notice.refresh_from_db()
    assert notice.state == NoticeState.ACKNOWLEDGED and notice.items.get().outcome == "STILL_THERE"


def test_dispute_needs_words_which_are_sealed_and_a_reviewer_decides(
    centre: Centre, world: World, today: None
):
    link, notice = page_of(centre, world)
    client = Client()
    page = client.get(link).content.decode()
    refused = client.post(link, {"answer": "DISPUTED", "ticket": ticket_of(page)})
    assert refused.status_code == 422 and notice.answers.count() == 0
    client.post(link, {"answer": "DISPUTED", "words": "Tai kita svetainė.", "ticket": ticket_of(page)})
    notice.refresh_from_db()
    assert notice.state == NoticeState.DISPUTED
    assert b"kita" not in bytes(notice.answers.get().words)
    assert Notification.objects.filter(
        template="hotline.disputed", person=centre.people["SECOND_REVIEWER"]
    ).exists()
    with pytest.raises(PermissionRefused):
        disputes.decide_dispute(
            by=centre.actor("NOTICE_OFFICER"), notice=notice, upheld=True, reason="Taip.", at=AT
        )
    disputes.decide_dispute(
        by=centre.actor("SECOND_REVIEWER"), notice=notice, upheld=True, reason="Taip.", at=AT
    )
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN
    assert ContentItem.objects.get().handling == Handling.ASSESSED
    run_jobs()
    assert "we withdraw notice" in sent(world)[0].text and len(sent(world)) == 2
    over = client.get(link).content.decode()
    assert "the notice is withdrawn" in over and "silent-hosting.example" not in over


def test_rejected_dispute_is_told_and_the_request_stands(centre: Centre, world: World, today: None):
    link, notice = page_of(centre, world)
    client = Client()
    client.post(
        link, {"answer": "DISPUTED", "words": "Ne.", "ticket": ticket_of(client.get(link).content.decode())}
    )
    notice.refresh_from_db()
    disputes.decide_dispute(
        by=centre.actor("SECOND_REVIEWER"), notice=notice, upheld=False, reason="Ne.", at=AT
    )
    run_jobs()
    notice.refresh_from_db()
    assert notice.state == NoticeState.ACKNOWLEDGED and "The assessment stands" in sent(world)[0].text


def test_answers_item_by_item(centre: Centre, world: World, today: None):
    for number in (1, 2):
        due(centre, address=f"http://e.silent-hosting.example/{number}")
    for item in ContentItem.objects.order_by("pk"):
        drafts.prepare_notice(item_id=item.pk, at=AT)
    run_jobs()
    link, notice, client = link_in(sent(world)[0].text), Notice.objects.get(), Client()
    first, second = notice.items.order_by("pk")
    page = client.get(link).content.decode()
    answer = client.post(
        link,
        {
            "do": "items",
            f"item-{first.pk}": "REMOVED",
            f"item-{second.pk}": "NOT_OURS",
            "item-x": "REMOVED",
            "ticket": ticket_of(page),
        },
    )
    assert answer.status_code == 200
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.answer, second.answer) == ("REMOVED", "NOT_OURS")
    assert sorted(notice.answers.values_list("answer", "item_count")) == [("NOT_OURS", 1), ("REMOVED", 1)]
    assert ProcrastinateJob.objects.filter(
        task_name="hotline.trace_item", args={"item_id": second.item_id}
    ).exists()
    nothing = client.post(link, {"do": "items", "ticket": ticket_of(answer.content.decode())})
    assert nothing.status_code == 422


def test_old_and_wrong_links_are_met_kindly_and_renewed_by_mail_only(
    centre: Centre, world: World, today: None
):
    link, notice = page_of(centre, world)
    NoticeMail.objects.update(link_expires_at=AT)
    client = Client()
    over, wrong = client.get(link), client.get("/notice/" + "x" * 43 + "/")
    assert (over.status_code, wrong.status_code) == (404, 404)
    assert client.post(link, {"answer": "REMOVED", "ticket": "x"}).status_code == 200
    assert client.post("/notice/wrong/", {"number": notice.ref}).status_code == 200
    assert client.post("/notice/wrong/", {"number": "no such"}).status_code == 200
    run_jobs()
    assert not NoticeAnswer.objects.exists() and len(sent(world)) == 2
    letter = sent(world)[0]
    assert "new link" in letter.text and link_in(letter.text) != link
    assert client.get(link_in(letter.text)).status_code == 200


def test_removal_satisfies_the_notice_and_a_wrong_one_asks_again(centre: Centre, world: World):
    item = due(centre)
    run_jobs()
    analyst, officer = centre.actor("ANALYST"), centre.actor("NOTICE_OFFICER")
    monitoring.mark_online(by=analyst, item=item_again(item), at=AT)
    monitoring.confirm_removal(by=analyst, item=item_again(item), kind=RemovalKind.CONTENT_REMOVED, at=AT)
    run_jobs()
    notice = Notice.objects.get()
    assert (
        notice.state == NoticeState.SATISFIED
        and notice.items.get().outcome == "REMOVED"
        and notice.next_rung_at is None
    )
    assert escalation.climb(at=AT + timedelta(days=60)) == 0
    monitoring.mark_online(by=officer, item=item_again(item), at=AT + timedelta(hours=1))
    run_jobs()
    assert item_again(item).presence == Presence.ONLINE
    assert Notice.objects.order_by("pk").last().previous == notice and len(sent(world)) == 2
    assert escalation.close_ended(at=AT + timedelta(days=31)) == 1


def test_ladder_reminds_looks_for_others_and_ends_at_the_coordinator(centre: Centre, world: World):
    due(centre)
    run_jobs()
    assert escalation.climb(at=AT + timedelta(hours=71)) == 0
    assert escalation.climb(at=AT + timedelta(hours=72)) == 1
    run_jobs(at=AT + timedelta(hours=72))
    assert "reminder of notice" in sent(world)[0].text
    assert Notice.objects.get().state == NoticeState.SENT
    assert escalation.climb(at=AT + timedelta(hours=168)) == 1
    assert escalation.climb(at=AT + timedelta(hours=336)) == 1
    notice = Notice.objects.get()
    assert notice.state == NoticeState.ESCALATED and notice.next_rung_at is None


def test_urgent_lithuanian_ladder_drafts_an_instruction_that_two_people_approve(centre: Centre, world: World):
    from sauga.kernel.identity import create_person, person_actor, start_membership
    from sauga.kernel.identity.models import Role
    from sauga.kernel.organisations.models import Organisation
    from tests.centre import CLI

    due(centre, email=PROMPT, network="EXAMPLE-LT-1", country="LT", category="CSAM", verdict=BASELINE)
    run_jobs()
    first = Notice.objects.get()
    at = AT
    while not Notice.objects.filter(basis="MANDATORY_INSTRUCTION").exists():
        at += timedelta(hours=12)
        assert at < AT + timedelta(days=10)
        escalation.climb(at=at)
    order = Notice.objects.get(basis="MANDATORY_INSTRUCTION")
    first.refresh_from_db()
    assert (
        first.state == NoticeState.ESCALATED
        and order.state == NoticeState.DRAFTED
        and order.previous == first
    )
    officer = centre.actor("NOTICE_OFFICER")
    order = drafts.approve_notice(by=officer, notice=order, at=at)
    assert order.state == NoticeState.DRAFTED
    with pytest.raises(drafts.NotReady):
        drafts.approve_notice(by=officer, notice=order, at=at)
    made = create_person(
        by=CLI, email="kitas@sauga.example", name="Kitas Asmuo", password="žalias obuolys ant stalo", at=AT
    )
    role = Role.objects.get(code="NOTICE_OFFICER")
    start_membership(
        by=CLI,
        person=made.person,
        organisation=Organisation.objects.get(code="RRT"),
        role=role,
        zones=[],
        at=AT,
    )
    order = drafts.approve_notice(by=person_actor(made.person, at), notice=order, at=at)
    assert order.state == NoticeState.QUEUED and order.approved_by_id != order.second_approved_by_id
    run_jobs(at=at)
    assert any("Tai privalomas nurodymas" in letter.text for letter in sent(world, PROMPT))


def test_reopened_item_is_corrected_and_the_others_stand(centre: Centre, world: World):
    for number in (1, 2):
        due(centre, address=f"http://f.silent-hosting.example/{number}")
    for item in ContentItem.objects.order_by("pk"):
        drafts.prepare_notice(item_id=item.pk, at=AT)
    run_jobs()
    first, second = ContentItem.objects.order_by("pk")
    withdrawal.reopen_item(by=centre.actor("SECOND_REVIEWER"), item=first, reason="MISTAKE", at=AT)
    run_jobs()
    notice = Notice.objects.get()
    assert notice.state == NoticeState.SENT and "no longer stands: 1" in sent(world)[0].text
    withdrawal.reopen_item(
        by=centre.actor("SECOND_REVIEWER"), item=item_again(second), reason="MISTAKE", at=AT
    )
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN


def test_templates_load_once_and_staff_versions_stay(centre: Centre):
    count = NoticeTemplate.objects.count()
    assert templates.load_templates(AT).startswith("notice templates: 0 new")
    held = NoticeTemplate.objects.get(basis="DSA_ART16", purpose="FIRST", language="en")
    officer = centre.actor("NOTICE_OFFICER")
    with pytest.raises(templates.template_fields.FieldMissing):
        templates.write_template(
            by=officer,
            held=held,
            subject="{number}",
            body="{reasons} {addresses} {notifier}",
            legal_text="",
            at=AT,
        )
    with pytest.raises(templates.template_fields.TemplateRefused):
        templates.write_template(
            by=officer, held=held, subject="{addresses}", body=held.body, legal_text=held.legal_text, at=AT
        )
    made = templates.write_template(
        by=officer, held=held, subject="Notice {number}", body=held.body, legal_text=held.legal_text, at=AT
    )
    assert made.version == 2 and NoticeTemplate.objects.count() == count + 1
    templates.load_templates(AT + timedelta(days=1))
    assert NoticeTemplate.objects.count() == count + 1
    found = templates.template_for(
        basis="DSA_ART16", audience="CDN", purpose="FIRST", language="en", on=AT.date()
    )
    assert found == made
