"""The counsellor's pages: duty, the offer, the conversation with all beside it, and the record; as posts
without a script.
"""

import re
import secrets
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sauga.helpline.chat.actions import closed_conversations, conversation_events
from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.actions.timeouts import sweep
from sauga.helpline.chat.models import Conversation, Message, Offer, Transfer, Whisper
from sauga.helpline.chat.queries import desk as queries
from sauga.helpline.line.actions import texts
from sauga.helpline.records.models import Record
from sauga.helpline.rota.models import Duty
from sauga.helpline.safeguarding.models import Concern
from sauga.helpline.trail import Trail
from sauga.kernel import audit, clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.notifications.models import Alert, Notification
from sauga.kernel.refusals import ReasonMissing
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.line import on_duty, open_line, volunteer
from tests.factories.talks import CHILD, Talk, active, nonce, queued
from tests.helpline.contacts import ended_chat

pytestmark = pytest.mark.django_db
CODED = {
    "caller_role": "CHILD_SELF",
    "age_year": "13",
    "gender": "GIRL",
    "risk": "SOME",
    "topic": "PEE_CLASSMATES",
    "internet": "NO",
    "actions": ["ACT_LISTENED"],
    "language": "lt",
    "ended_by": "END_COUNSELLOR",
}


def lately() -> datetime:
    """Now, or a while ago when the line would take nobody in any more."""
    at = clock.now()
    return at - timedelta(hours=1) if timezone.localtime(at, VILNIUS).strftime("%H:%M") >= "23:25" else at


@pytest.fixture
def client(centre: Centre) -> Client:
    texts.load_texts(clock.now())
    return sign_in(centre, "COUNSELLOR")


def page(client: Client, talk: Talk, query: str = "") -> str:
    answer = client.get(reverse("helpline-talk", args=[talk.conversation.ref]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def toast(answer: object, client: Client) -> str:
    return (
        client.get(answer.headers["Location"].partition("#")[0])
        .content.decode()
        .split('class="toasts"')[-1][:1500]
    )  # type: ignore[attr-defined]


def test_duty_begins_pauses_goes_on_and_ends(centre: Centre, client: Client):
    assert 'data-state="' not in client.get("/desk/helpline/").content.decode().split("duty")[0]
    assert "Pasirinkite" in toast(client.post("/desk/helpline/duty/begin/", {}), client)
    assert "Prieš pradedant" in toast(
        client.post("/desk/helpline/duty/begin/", {"channels": ["CHAT"]}), client
    )
    assert (
        "Jūsų dar nėra savanorių sąraše" in client.get("/desk/helpline/").content.decode()
        and not Duty.objects.present().exists()
    )
    volunteer(centre.people["COUNSELLOR"])
    client.post("/desk/helpline/duty/begin/", {"channels": ["CHAT"]})
    duty = Duty.objects.present().get()
    assert duty.channels == ["CHAT"] and not duty.is_on_break
    client.post("/desk/helpline/duty/break/")
    assert 'data-state="BREAK"' in client.get("/desk/helpline/").content.decode()
    client.post("/desk/helpline/duty/back/")
    client.post("/desk/helpline/duty/end/")
    assert not Duty.objects.present().exists()
    assert client.post("/desk/helpline/duty/dance/").status_code == 404


def test_the_next_contact_is_offered_explained_and_taken(centre: Centre, client: Client):
    talk = queued(centre, lately(), band="HIGH")
    client.post("/desk/helpline/next/")
    shown = client.get("/desk/helpline/").content.decode()
    assert 'data-state="OFFERED"' in shown and "Didelė rizika" in shown and "Labas, ar galiu" not in shown
    answer = client.post("/desk/helpline/offer/accept/")
    assert answer.headers["Location"] == reverse("helpline-talk", args=[talk.conversation.ref])
    assert talk.state == "ACTIVE" and "Labas, ar galiu paklausti?" in page(client, talk)


def test_a_refusal_needs_a_reason_and_is_answered_kindly(centre: Centre, client: Client):
    talk = queued(centre, lately())
    client.post("/desk/helpline/next/")
    assert talk.state == "OFFERED"
    client.post("/desk/helpline/offer/refuse/", {"reason": "RF_TIMEOUT"})
    assert talk.state == "OFFERED"
    assert "Vaikas išlaiko vietą" in toast(
        client.post("/desk/helpline/offer/refuse/", {"reason": "RF_NOT_ABLE"}), client
    )
    assert talk.state == "QUEUED" and Offer.objects.get().reason == "RF_NOT_ABLE"
    client.post("/desk/helpline/offer/accept/")
    assert talk.state == "QUEUED"


def test_nobody_waits_and_full_hands_are_said(centre: Centre, client: Client):
    open_line(centre, lately())
    assert "Dabar niekas nelaukia" in toast(client.post("/desk/helpline/next/"), client)
    active(centre, lately())
    assert "Daugiau pokalbių" in toast(client.post("/desk/helpline/next/"), client)


def test_words_are_sent_once_and_come_back_when_they_could_not_be(centre: Centre, client: Client):
    talk = active(centre, lately())
    address, mark = reverse("helpline-talk-say", args=[talk.conversation.ref]), secrets.token_hex(16)
    for _ in range(2):
        assert client.post(address, {"text": "Labas, klausau.", "nonce": mark}).status_code == 302
    assert page(client, talk).count("Labas, klausau.") == 1
    assert client.post(address, {"text": "Labas", "nonce": "x"}).status_code == 422
    assert client.post(address, {"text": "  ", "nonce": secrets.token_hex(16)}).status_code == 409
    life.end_conversation(by=CHILD, conversation=talk.fresh(), how="END_CHILD", at=clock.now())
    late = client.post(address, {"text": "Palauk dar", "nonce": secrets.token_hex(16)})
    assert late.status_code == 409 and "Pokalbis baigtas." in late.content.decode()


def test_canned_answers_and_cards_go_into_the_message_as_text(centre: Centre, client: Client):
    talk = active(centre, lately())
    shown = page(client, talk, "?canned=NOT_YOUR_FAULT&write=1")
    area = shown.split("<textarea")[1].split("</textarea>")[0] if 'name="text"' in shown else ""
    assert "nėra tavo kaltė" in shown.split('id="id_text"')[1].split("</textarea>")[0], area
    assert "116 111" in page(client, talk, "?card=CHILDLINE").split('id="id_text"')[1].split("</textarea>")[0]
    assert (
        "nėra tavo kaltė"
        not in page(client, talk, "?canned=NO_SUCH").split('id="id_text"')[1].split("</textarea>")[0]
    )


@pytest.mark.parametrize(
    ("language", "hello", "card"), [("uk", "Привіт.", "Лінія"), ("pl", "Cześć.", "Telefon")]
)
def test_what_goes_into_the_message_is_in_the_language_of_the_conversation(
    centre: Centre, client: Client, language: str, hello: str, card: str
):
    talk = active(centre, lately())
    Conversation.objects.filter(pk=talk.conversation.pk).update(language=language)
    shown = page(client, talk, "?canned=HELLO&write=1")
    assert hello in shown.split('id="id_text"')[1].split("</textarea>")[0]
    other = page(client, talk, "?card=CHILDLINE")
    inserted = other.split('id="id_text"')[1].split("</textarea>")[0]
    assert "116 111" in inserted and card in inserted and "Pagalbos vaikams" not in inserted
    assert f'<b lang="{language}">' in other


def test_notes_are_seen_by_counsellors_only(centre: Centre, client: Client):
    talk = active(centre, lately())
    address = reverse("helpline-talk-note", args=[talk.conversation.ref])
    client.post(address, {"note-text": "Pasitarti dėl mokyklos"})
    client.post(address, {"note-text": "Man pačiai", "note-private": "on"})
    client.get("/desk/helpline/")
    assert client.post(address, {"note-text": ""}).status_code == 409
    long = client.post(address, {"note-text": "ilga " * 1000})
    assert long.status_code == 422 and "ilga ilga" in long.content.decode()
    said = Message.objects.count()
    assert (
        client.post(
            reverse("helpline-talk-say", args=[talk.conversation.ref]), {"note-text": "Man"}
        ).status_code
        == 422
    )
    assert Message.objects.count() == said
    assert (
        Whisper.objects.count() == 2
        and "Pasitarti dėl mokyklos" in page(client, talk)
        and "Man pačiai" in page(client, talk)
    )
    lead = (
        sign_in(centre, "SHIFT_LEAD")
        .get(reverse("helpline-talk", args=[talk.conversation.ref]))
        .content.decode()
    )
    assert "Pasitarti dėl mokyklos" in lead and "Man pačiai" not in lead and "data-composer" not in lead
    assert (
        sign_in(centre, "COUNSELLOR_2")
        .get(reverse("helpline-talk", args=[talk.conversation.ref]))
        .status_code
        == 404
    )


def test_what_was_typed_when_the_conversation_ended_is_shown_to_be_copied(centre: Centre, client: Client):
    talk = active(centre, lately())
    client.post(reverse("helpline-talk-end", args=[talk.conversation.ref]))
    late = client.post(
        reverse("helpline-talk-say", args=[talk.conversation.ref]),
        {"text": "Ate, Karina", "nonce": "ab" * 16},
    )
    assert (
        late.status_code == 409
        and "Ate, Karina" in late.content.decode().split('id="unsaved"')[1].split("</textarea>")[0]
    )
    assert 'id="unsaved"' not in page(client, talk)
    assert (
        client.post(
            reverse("helpline-talk-note", args=[talk.conversation.ref]), {"note-text": "Pasitarti"}
        ).status_code
        == 302
    )
    assert Whisper.objects.count() == 1, "a note may be written until the record closes"


def test_risk_rises_by_steps_asks_gently_and_calls_the_lead(centre: Centre, client: Client):
    talk = active(centre, lately())
    address = reverse("helpline-talk-risk", args=[talk.conversation.ref])
    before = talk.fresh().band
    client.post(address, {"band": "HIGH"})
    assert "Ar dabar esi ten, kur saugu?" in page(client, talk) and talk.fresh().is_at_risk
    client.post(reverse("helpline-talk-risk-undo", args=[talk.conversation.ref, before]))
    assert talk.fresh().band == before and not talk.fresh().is_at_risk
    client.post(address, {"band": "NO_SUCH"})
    assert talk.fresh().band == before and not Concern.objects.exists()
    client.post(address, {"band": "IMMEDIATE"})
    concern = Concern.objects.get()
    assert concern.state == "CONSULT" and talk.fresh().is_escalated
    assert concern.consult_by - concern.raised_at == timedelta(minutes=5)
    assert Notification.objects.filter(
        person=centre.people["SHIFT_LEAD"], template="helpline.immediate"
    ).exists()
    client.post(address, {"band": "IMMEDIATE"})
    assert Concern.objects.count() == 1


def test_f8_calls_again_after_the_alert_was_withdrawn(centre: Centre, client: Client):
    talk = active(centre, lately())
    address = reverse("helpline-talk-risk", args=[talk.conversation.ref])
    client.post(address, {"band": "IMMEDIATE"})
    assert "data-f8" not in page(client, talk)
    first = Alert.objects.get()
    client.post(reverse("notices-withdraw", args=[first.ref]))
    assert "data-f8" in page(client, talk) and not Alert.objects.unanswered().exists()
    client.post(address, {"band": "IMMEDIATE"})
    again = Alert.objects.unanswered().get()
    assert again.kind == "helpline.immediate" and again.ref != first.ref
    assert again.calls.filter(person=centre.people["SHIFT_LEAD"]).exists()


def test_my_shift_lead_please(centre: Centre, client: Client):
    talk = active(centre, lately())
    address = reverse("helpline-talk-lead", args=[talk.conversation.ref])
    client.post(address)
    assert (
        Notification.objects.filter(
            person=centre.people["SHIFT_LEAD"], template="helpline.lead_called"
        ).count()
        == 1
    )
    assert talk.fresh().is_escalated and "Dar niekas nematė" in page(client, talk)
    Duty.objects.filter(is_lead=True).update(ended_at=clock.now())
    assert "Kvietimas išsiųstas" in toast(client.post(address), client)


def test_a_conversation_is_handed_over_with_its_card(centre: Centre, client: Client):
    talk = active(centre, lately())
    on_duty(centre.people["COUNSELLOR_2"], clock.now())
    address = reverse("helpline-talk-hand-over", args=[talk.conversation.ref])
    assert client.post(address, {"why": ""}).status_code == 409
    assert client.post(address, {"why": "x", "to": "999999"}).status_code == 422
    client.post(address, {"why": "Baigiasi budėjimas", "to": str(centre.people["COUNSELLOR_2"].pk)})
    assert talk.state == "TRANSFER_OFFERED"
    client.post(reverse("helpline-talk-keep", args=[talk.conversation.ref]))
    assert talk.state == "ACTIVE"
    client.post(address, {"why": "Baigiasi budėjimas", "next": "Planas rytojui"})
    colleague = sign_in(centre, "COUNSELLOR_2")
    shown = colleague.get("/desk/helpline/").content.decode()
    assert "Baigiasi budėjimas" in shown and "Planas rytojui" in shown and "Vaikui pasakyta" in shown
    passed = Transfer.objects.get(outcome="OPEN")
    take = reverse("helpline-passed-take", args=[passed.ref])
    assert client.post(take).headers["Location"] == "/desk/helpline/"
    assert colleague.post(take).headers["Location"] == reverse("helpline-talk", args=[talk.conversation.ref])
    assert talk.fresh().owner == centre.people["COUNSELLOR_2"] and page(colleague, talk)


def test_a_counsellor_on_another_page_is_not_lost(centre: Centre, client: Client):
    at = lately()
    talk = active(centre, at)
    Duty.objects.filter(person=centre.people["COUNSELLOR"]).update(seen_at=at - timedelta(minutes=5))
    Conversation.objects.update(child_seen_at=clock.now() + timedelta(seconds=50), staff_seen_at=at)
    assert client.get("/desk/helpline/present/").status_code == 204
    seen = Duty.objects.get(person=centre.people["COUNSELLOR"]).seen_at
    sweep(seen + timedelta(seconds=40))
    assert talk.state == "ACTIVE"
    sweep(seen + timedelta(seconds=60))
    assert talk.state == "REQUEUED_TOP"


def test_ways_onward_lead_somewhere(centre: Centre, client: Client):
    shown = page(client, active(centre, lately()))
    ways = set(re.findall(r'href="(/desk/helpline/[^"]*conversation=[^"]*)"', shown))
    assert len(ways) >= 3
    for way in ways:
        assert client.get(way).status_code == 200, way


def test_a_lost_counsellor_is_said_to_the_next_one(centre: Centre, client: Client):
    at = lately()
    talk = active(centre, at)
    Conversation.objects.filter(pk=talk.conversation.pk).update(child_seen_at=at + timedelta(seconds=65))
    sweep(at + timedelta(seconds=65))
    assert talk.state == "REQUEUED_TOP"
    on_duty(centre.people["COUNSELLOR_2"], clock.now())
    colleague = sign_in(centre, "COUNSELLOR_2")
    colleague.post("/desk/helpline/next/")
    assert "neteko konsultanto" in colleague.get("/desk/helpline/").content.decode()


def test_ending_leads_to_the_record_and_the_record_closes(centre: Centre, client: Client):
    talk = active(centre, lately())
    assert (
        client.post(reverse("helpline-talk-end", args=[talk.conversation.ref]))
        .headers["Location"]
        .endswith("#record")
    )
    shown = page(client, talk)
    assert talk.state == "ENDED" and "data-record" in shown and "data-composer" not in shown
    attempt = talk.fresh().attempt
    address = reverse("helpline-record", args=[attempt.ref])
    wrong = client.post(address, {**CODED, "topic": "", "note": "svarbi pastaba"})
    assert (
        wrong.status_code == 422
        and "svarbi pastaba" in wrong.content.decode()
        and not Record.objects.exists()
    )
    assert client.post(address, {**CODED, "note": "svarbi pastaba"}).status_code == 302
    assert talk.state == "CLOSED" and Record.objects.get().topic == "PEE_CLASSMATES"
    assert "svarbi pastaba" in client.get(address).content.decode()
    client.post(address, {**CODED, "topic": "EDU_SCHOOL", "note": "svarbi pastaba"})
    assert Record.objects.get().topic == "EDU_SCHOOL"


def test_the_internet_brings_its_proposals_without_a_script(centre: Centre, client: Client):
    attempt = ended_chat(centre, at=clock.now())
    address = reverse("helpline-record", args=[attempt.ref])
    asked = client.post(address, {**CODED, "topic": "VIO_CYBERBULLYING", "internet": "YES"})
    shown = asked.content.decode()
    assert asked.status_code == 422 and "Siūloma pagal temą" in shown
    assert shown.index('value="INS_CYBERBULLYING"') < shown.index('value="INS_ECRIME"')
    done = {
        **CODED,
        "topic": "VIO_CYBERBULLYING",
        "internet": "YES",
        "insafe": "INS_CYBERBULLYING",
        "place": "PLACE_MESSAGING",
    }
    assert client.post(address, {**done, "platform": "PF_WHATSAPP"}).status_code == 302
    assert Record.objects.get().platform == "PF_WHATSAPP"


def test_closing_without_counselling_can_become_a_record(centre: Centre, client: Client):
    attempt = ended_chat(centre, at=clock.now())
    address = reverse("helpline-record-nondata", args=[attempt.ref])
    assert client.post(address, {"kind": "ND_HANG_UP"}).status_code == 422
    assert client.post(address, {"kind": "ND_SILENT"}).status_code == 302
    assert (
        Record.objects.get().non_data == "ND_SILENT"
        and "Tyla" in client.get("/desk/helpline/records/").content.decode()
    )
    client.post(address, {"kind": "ND_SILENT"})
    client.post(reverse("helpline-record", args=[attempt.ref]), CODED)
    attempt.refresh_from_db()
    assert attempt.outcome == "ANSWERED" and Record.objects.get().non_data == ""


def test_a_closed_conversation_opens_with_a_reason_that_the_trail_keeps(centre: Centre, client: Client):
    talk = active(centre, lately(), text="Tik aš tai žinau")
    client.post(reverse("helpline-talk-end", args=[talk.conversation.ref]))
    client.post(reverse("helpline-record", args=[talk.fresh().attempt.ref]), CODED)
    assert talk.state == "CLOSED" and "Tik aš tai žinau" not in page(client, talk)
    address = reverse("helpline-talk-open", args=[talk.conversation.ref])
    assert client.post(address, {"reason": ""}).status_code == 422
    opened = client.post(address, {"reason": "COMPLAINT"})
    assert "Tik aš tai žinau" in opened.content.decode()
    [line] = [
        entry
        for entry in audit.timeline(talk.conversation, zone="helpline")
        if entry.action == Trail.CHAT_OPENED
    ]
    assert line.facts == {"reason": "COMPLAINT"}


def test_opening_is_refused_to_others_for_other_reasons_and_while_it_goes_on(centre: Centre):
    talk = active(centre, lately())
    by = centre.actor("COUNSELLOR")
    with pytest.raises(conversation_events.ConversationOver):
        closed_conversations.open_closed(by=by, conversation=talk.fresh(), reason="COMPLAINT", at=clock.now())
    with pytest.raises(ReasonMissing):
        closed_conversations.open_closed(by=by, conversation=talk.fresh(), reason="CURIOUS", at=clock.now())
    with pytest.raises(conversation_events.NotYours):
        closed_conversations.open_closed(
            by=centre.actor("COUNSELLOR_2"), conversation=talk.fresh(), reason="COMPLAINT", at=clock.now()
        )


def test_a_locked_vault_shows_no_words_and_loses_none(centre: Centre, client: Client):
    talk = active(centre, lately(), text="Slaptas klausimas")
    client.post("/desk/vault/lock/")
    shown = page(client, talk)
    assert "Slaptas klausimas" not in shown and "data-composer" not in shown
    kept = client.post(
        reverse("helpline-talk-say", args=[talk.conversation.ref]),
        {"text": "Mano žodžiai", "nonce": secrets.token_hex(16)},
    )
    assert kept.status_code == 409
    assert client.get("/desk/helpline/").status_code == 200


def test_only_own_contacts_are_found(centre: Centre, client: Client):
    mine, other = ended_chat(centre, at=clock.now()), ended_chat(centre, "COUNSELLOR_2", at=clock.now())
    assert mine.conversation is not None and other.conversation is not None
    shown = client.get("/desk/helpline/records/").content.decode()
    assert mine.conversation.ref in shown and other.conversation.ref not in shown
    assert (
        mine.conversation.ref
        in client.get(f"/desk/helpline/records/?find={mine.conversation.ref[:4].lower()}").content.decode()
    )
    assert (
        "Nieko su šiuo numeriu"
        in client.get(f"/desk/helpline/records/?find={other.conversation.ref}").content.decode()
    )
    assert client.get(reverse("helpline-record", args=[other.ref])).status_code == 404


def test_share_of_words_is_advice_once_there_are_enough(centre: Centre, client: Client):
    talk = active(centre, lately(), text="vienas du trys keturi penki")
    by = centre.actor("COUNSELLOR")
    assert queries.talk_page(by, talk.fresh(), clock.now()).share is None
    conversation_events.send_message(
        by=by, conversation=talk.fresh(), key=talk.key, text="žodis " * 20, nonce=nonce(), at=clock.now()
    )
    assert queries.talk_page(by, talk.fresh(), clock.now()).share == 80
    assert "80 %" in page(client, talk).replace("\N{NO-BREAK SPACE}", " ")


def test_the_lead_sees_records_that_take_long(centre: Centre):
    ended_chat(centre, at=clock.now() - timedelta(minutes=40))
    shown = sign_in(centre, "SHIFT_LEAD").get("/desk/helpline/").content.decode()
    assert centre.people["COUNSELLOR"].name in shown and "Aprašai, kurie užtrunka" in shown


def test_pages_ask_the_same_number_of_questions_for_one_row_and_three(centre: Centre, client: Client):
    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def three_more(address: str) -> tuple[int, int]:
        ended_chat(centre, at=clock.now())
        first = count(address)
        ended_chat(centre, at=clock.now())
        ended_chat(centre, at=clock.now())
        return first, count(address)

    for address in ("/desk/helpline/records/", "/desk/helpline/"):
        one, three = three_more(address)
        assert one == three, address


def test_a_thread_asks_the_same_number_of_questions_for_one_message_and_three(centre: Centre):
    talk = active(centre, lately())
    by = centre.actor("COUNSELLOR")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.talk_page(by, talk.fresh(), clock.now())
        return len(asked)

    def go_on(words: str) -> None:
        conversation_events.send_message(
            by=by, conversation=talk.fresh(), key=talk.key, text=words, nonce=nonce(), at=clock.now()
        )
        conversation_events.whisper(
            by=by, conversation=talk.fresh(), desk_key=talk.desk_key(by), text=words, at=clock.now()
        )

    go_on("Vienas")
    one = count()
    go_on("Du")
    go_on("Trys")
    assert count() == one
