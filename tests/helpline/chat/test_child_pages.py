"""The child's side without a browser: what each page promises, what each post does, what never happens."""

import re
from datetime import time, timedelta

import pytest

from sauga.helpline.chat.actions import child as own
from sauga.helpline.chat.actions import conversation_events, presence, queue, transfers
from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.actions.timeouts import sweep
from sauga.helpline.chat.models import Conversation, Message
from sauga.helpline.chat.queries.child import leads_back
from sauga.helpline.chat.queries.conversations import ZONE, key_for_receipt, keys_at_desk
from sauga.helpline.chat.views import visitor_session
from sauga.helpline.letters.models import Letter
from sauga.helpline.overview.views import coming_back
from sauga.helpline.records.models import Attempt, Feedback
from sauga.kernel import clock, rate_limits, sealed
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.line import open_line, published
from tests.factories.talks import nonce
from tests.markup import tidy
from tests.shown_once import in_the_other_language, leads_away, says_so

pytestmark = pytest.mark.django_db
CHAT, HELP, RETURN = "/en/help/chat/", "/en/help/", "/en/help/return/"
COOKIE = "sauga-visit"
NOON = clock.now().astimezone(clock.VILNIUS).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    """The line is open all day but for its last minutes; the tests run at noon, and time passes between two
    looks at the clock.
    """
    told = [NOON]

    def now():
        told[0] += timedelta(milliseconds=10)
        return told[0]

    monkeypatch.setattr(clock, "now", now)
    now.told = told
    return told


@pytest.fixture
def line(centre):
    """A line that is open, with a counsellor and a lead."""
    open_line(centre, NOON)
    return centre


def hidden(html, name):
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def page(client, address=CHAT, **kwargs):
    """A page's text."""
    answer = client.get(address, **kwargs)
    assert answer.status_code == 200
    return tidy(answer.content.decode())


def act(client, name, **fields):
    """One post of the conversation."""
    return client.post(CHAT, {"act": name, **fields})


def begin(client):
    """Up to the first question."""
    ticket = hidden(page(client), "ticket")
    assert act(client, "start", ticket=ticket).status_code == 303
    return Conversation.objects.order_by("-pk").first()


def wait(client, text="Labas, ar galiu paklausti?"):
    """Up to the waiting room."""
    begin(client)
    act(client, "danger", danger="NOW_NO")
    act(client, "about", mood="MOOD_2", chip="CHIP_SCHOOL", age_band="AGE_13_15")
    assert act(client, "first", text=text, nonce="ab" * 16).status_code == 303
    return Conversation.objects.get()


def take(centre, conversation, role="COUNSELLOR"):
    """A counsellor takes it."""
    by = centre.actor(role)
    offer = queue.next_contact(by=by, at=clock.now())
    assert offer is not None and offer.conversation_id == conversation.pk
    return queue.accept_offer(by=by, offer=offer, at=clock.now())


def talk(client, centre):
    """Up to the talk."""
    return take(centre, wait(client))


def answer(centre, conversation, text):
    """The counsellor says something."""
    by = centre.actor("COUNSELLOR")
    key, _ = keys_at_desk(conversation, by.vault)
    return conversation_events.send_message(
        by=by, conversation=conversation, key=key, text=text, nonce=nonce(), at=clock.now()
    )


# The help page


def test_help_page_says_what_is_open_now_and_what_is_not_secret(client, line):
    html = page(client, HELP)
    assert html.count("data-state") == 3 and "Open now" in html
    assert (
        "We may have to tell someone when:" in html
        and "Your life or another person&#x27;s life is in danger" in html
    )
    assert 'href="tel:116111"' in html and 'href="tel:112"' in html and CHAT in html
    assert COOKIE not in client.cookies


def test_help_page_is_true_to_the_minute(client, centre, _at_noon):
    assert "Closed now" in page(client, HELP) and "Start a chat" not in page(client, HELP)
    published("CHAT", time(10), time(18))
    open_line(centre, NOON)
    assert "Today until 18:00. We start new conversations until 17:30." in page(client, HELP)
    _at_noon[0] = NOON.replace(hour=17, minute=29, second=59)
    presence.staff_seen(by=centre.actor("COUNSELLOR"), at=_at_noon[0])
    presence.staff_seen(by=centre.actor("SHIFT_LEAD"), at=_at_noon[0])
    assert "Start a chat" in page(client, HELP)
    _at_noon[0] = NOON.replace(hour=17, minute=30, second=1)
    assert "Start a chat" not in page(client, HELP)


def test_help_page_speaks_to_a_child_as_tu(client, line):
    html = page(client, "/lt/pagalba/").lower()
    assert "kitiems turėsime pasakyti" in html and "skambink 112" in html
    assert " jūs" not in html and "<title>sauga – kontaktai</title>" in html


def test_closed_page_offers_a_letter_and_other_help(client, centre):
    html = page(client)
    assert "The chat is taking a break now" in html and 'href="tel:112"' in html
    assert 'href="/en/help/letter/"' in html and "outside our hours" not in html.lower()
    assert 'name="ticket"' not in html


# Before the first message


def test_no_cookie_before_the_button_and_one_after_it(client, line):
    html = page(client)
    assert COOKIE not in client.cookies
    assert "I understand" in html and "form" in html and "data-main" in html
    begun = act(client, "start", ticket=hidden(html, "ticket"))
    cookie = begun.cookies[COOKIE]
    assert (
        cookie["httponly"]
        and cookie["samesite"] == "Strict"
        and cookie["path"] == "/"
        and not cookie["max-age"]
    )
    assert Conversation.objects.get().state == "PRECHAT"


def test_starting_twice_with_one_form_begins_one_conversation(client, line):
    ticket = hidden(page(client), "ticket")
    first, second = (client.__class__() for _ in range(2))
    for twin in (first, second):
        assert twin.post(CHAT, {"act": "start", "ticket": ticket}).status_code == 303
    assert Conversation.objects.count() == 1


def test_stale_or_forged_ticket_begins_nothing_and_says_so(client, line):
    answered = act(client, "start", ticket="forged")
    assert answered.status_code == 422 and "open for too long" in answered.content.decode()
    assert not Conversation.objects.exists()


def test_danger_shows_112_before_anything_else_and_skips_the_rest(client, line):
    begin(client)
    answered = act(client, "danger", danger="NOW_YES")
    assert answered["Location"].endswith("?step=112")
    assert "Call 112 now." in page(client, CHAT + "?step=112")
    act(client, "first", text="labas", nonce="cd" * 16)
    assert Conversation.objects.get().band == "IMMEDIATE"


def test_every_question_may_be_passed_over(client, line):
    begin(client)
    assert "Are you in danger right now?" in page(client)
    act(client, "danger", danger="nonsense")
    assert "How do you feel?" in page(client)
    act(client, "about", skip="1")
    assert "What would you like to say?" in page(client)
    stored = Conversation.objects.get()
    assert (stored.self_urgency, stored.mood_before, stored.age_band, stored.chip) == (
        "NOW_SKIP",
        "MOOD_SKIP",
        "",
        "",
    )


def test_one_may_go_back_a_step_and_what_was_tapped_stays(client, line):
    begin(client)
    act(client, "danger", danger="NOW_AFRAID")
    act(client, "about", mood="MOOD_1", chip="CHIP_SAD", age_band="AGE_12")
    assert "Are you in danger right now?" in page(client, CHAT + "?step=danger")
    act(client, "danger", danger="NOW_NO")
    stored = Conversation.objects.get()
    assert (stored.self_urgency, stored.mood_before, stored.chip, stored.age_band) == (
        "NOW_NO",
        "MOOD_1",
        "CHIP_SAD",
        "AGE_12",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at least one word"),
        ("   \n ", "at least one word"),
        ("\u202e\u200b", "at least one word"),
        ("data:image/png;base64,AAAA žiūrėk", "no pictures"),
        ("ž" * 4001, "1 character too long"),
    ],
)
def test_message_that_cannot_be_sent_says_why_and_stays(client, line, text, words):
    begin(client)
    answered = act(client, "first", text=text, nonce="ab" * 16)
    html = answered.content.decode()
    assert answered.status_code == 422 and words in html and "Nothing you wrote is lost" in html
    assert text.strip()[:60] in html
    assert Conversation.objects.get().state == "PRECHAT"


def test_signs_that_nobody_sees_are_left_out_and_the_words_are_kept(client, line):
    begin(client)
    act(client, "first", text="labas\x00 vakaras\ud83d".encode("utf-8", "replace").decode(), nonce="ab" * 16)
    stored = Conversation.objects.get()
    visit = sealed.read_visit(client.cookies[COOKIE].value, clock.now(), visitor_session.AGE)
    html = page(client)
    assert stored.state == "QUEUED" and "labas vakaras" in html
    assert key_for_receipt(stored, visit.keys)


def test_one_form_sent_twice_is_one_message(client, line):
    wait(client)
    act(client, "first", text="Labas, ar galiu paklausti?", nonce="ab" * 16)
    assert Message.objects.count() == 1


def test_leaving_before_the_first_message_is_counted_and_forgets_the_cookie(client, line):
    begin(client)
    left = act(client, "leave")
    assert left["Location"] == HELP and left.cookies[COOKIE]["max-age"] == 0
    row = Attempt.objects.get()
    assert (row.outcome, row.reason) == ("ABANDONED", "LEFT_PRECHAT")


# The waiting room


def test_waiting_room_tells_the_true_place_and_refreshes_without_scripts(client, line):
    wait(client)
    html = page(client)
    assert "You are next." in html and '<noscript><meta http-equiv="refresh"' in html
    other = client.__class__()
    begin(other)
    act(other, "first", text="Sveiki", nonce="ef" * 16)
    assert "1 person is ahead of you." in page(other)
    assert "You are next." in page(client)


def test_more_can_be_said_while_waiting(client, line):
    wait(client)
    assert act(client, "say", text="Ir dar kai kas", nonce="12" * 16).status_code == 303
    assert "Ir dar kai kas" in page(client)
    refused = act(client, "say", text=" ", nonce="34" * 16)
    assert refused.status_code == 422 and "at least one word" in refused.content.decode()


def test_letter_instead_takes_the_words_along_and_frees_the_place(client, line):
    wait(client)
    carried = re.search(r'name="carried" hidden>([^<]*)<', page(client))[1]
    answered = act(client, "letter", carried=carried)
    assert answered.status_code == 307 and answered["Location"].endswith("/help/letter/")
    assert carried == "Labas, ar galiu paklausti?"
    assert Conversation.objects.get().state == "LETTER_INSTEAD"
    assert answered.cookies[COOKIE]["max-age"] == 0


def test_line_that_closes_offers_the_letter_with_what_was_written(client, line):
    conversation = wait(client)
    life.leave_queue(by=life_sweeper(), conversation=conversation, how="QUEUE_CLOSED", at=clock.now())
    html = page(client)
    assert "The chat is taking a break now" in html and "Labas, ar galiu paklausti?" in html
    assert act(client, "letter").status_code == 307
    assert Conversation.objects.get().state == "LETTER_INSTEAD"


def life_sweeper():
    """The actor of the sweep."""
    from tests.factories.talks import QUEUE

    return QUEUE


def test_place_that_was_lost_is_said_kindly(client, line, _at_noon):
    wait(client)
    _at_noon[0] += timedelta(minutes=5)
    sweep(clock.now())
    assert "You have lost your place in the queue" in page(client)


# The talk


def test_talk_shows_both_sides_and_whether_it_was_read(client, line):
    conversation = talk(client, line)
    answer(line, conversation, "Labas. Gerai, kad parašei.")
    html = page(client)
    assert "A person is listening to you" in html and "Gerai, kad parašei." in html and "Delivered" in html
    conversation_events.mark_read(
        by=line.actor("COUNSELLOR"), conversation=conversation, up_to=1, at=clock.now()
    )
    assert "check-check" in page(client) or "Read</div>" in page(client)


TELLING = {
    "Paskambink man 861234567": "phone number",
    "Gyvenu Taikos g. 5, mokausi 7b klasėje": "address, a school",
    "mano vardas Rugilė": "Your name seems",
    "39001010007": "personal code",
}


@pytest.mark.parametrize(("text", "words"), TELLING.items())
def test_what_a_message_tells_is_said_once_before_it_is_sent_and_never_twice(client, line, text, words):
    begin(client)
    act(client, "danger", danger="NOW_NO")
    act(client, "about", mood="MOOD_2")
    shown = act(client, "first", text=text, nonce="ab" * 16).content.decode()
    assert (
        words in shown
        and "Nothing you wrote is lost" in shown
        and text in shown
        and not Message.objects.exists()
    )
    assert (
        act(client, "first", text=text, nonce="ab" * 16, confirmed=hidden(shown, "confirmed")).status_code
        == 303
    )
    conversation = Conversation.objects.get()
    shown = act(client, "say", text=text, nonce="cd" * 16).content.decode()
    assert words in shown and Message.objects.filter(author="CHILD").count() == 1
    act(client, "say", text=text, nonce="cd" * 16, confirmed="1")
    assert Message.objects.filter(author="CHILD").count() == 2
    take(line, conversation)
    assert words in act(client, "say", text=text, nonce="ef" * 16).content.decode()
    assert 'id="say-hint"' in page(client)


def test_a_friends_name_is_no_reason_to_ask(client, line):
    talk(client, line)
    assert act(client, "say", text="Rugilė su manimi nebekalba", nonce="cd" * 16).status_code == 303


@pytest.mark.parametrize("answer", ["NOW_YES", "NOW_AFRAID"])
def test_a_child_in_danger_is_never_advised_against_saying_where_it_is(client, line, answer):
    begin(client)
    act(client, "danger", danger=answer)
    assert act(client, "first", text="Taikos g. 5, mano vardas Rugilė", nonce="ab" * 16).status_code == 303
    assert Message.objects.filter(author="CHILD").count() == 1


def test_words_of_danger_go_at_once_whatever_they_hold(client, line):
    begin(client)
    act(client, "danger", danger="NOW_SKIP")
    text = "Jis dabar stovi už durų ir daužosi, labai bijau, Taikos g. 5, 861234567"
    assert act(client, "first", text=text, nonce="ab" * 16).status_code == 303


def test_page_reloads_itself_only_while_the_child_waits_for_an_answer(client, line):
    conversation = talk(client, line)
    answer(line, conversation, "Papasakok.")
    assert 'http-equiv="refresh"' not in page(client)
    act(client, "say", text="Gerai", nonce="12" * 16)
    waiting_page = page(client)
    assert 'http-equiv="refresh"' in waiting_page and re.search(r'id="composer"[^>]* hidden', waiting_page)
    writing = page(client, CHAT + "?write=1")
    assert 'http-equiv="refresh"' not in writing and not re.search(r'id="composer"[^>]* hidden', writing)


def test_looking_for_news_keeps_what_is_being_written_and_stores_nothing(client, line):
    conversation = talk(client, line)
    answer(line, conversation, "Esu čia.")
    answered = act(client, "look", text="dar rašau <b>")
    assert answered.status_code == 200 and "dar rašau &lt;b&gt;" in answered.content.decode()
    assert Message.objects.filter(author="CHILD").count() == 1


def test_a_page_that_waits_for_words_is_believed_and_one_that_loads_itself_again_is_not(
    client, line, _at_noon
):
    made = talk(client, line)

    def ahead():
        return Conversation.objects.get(pk=made.pk).child_seen_at - clock.now() > timedelta(minutes=9)

    act(client, "say", text="Labas", nonce="cd" * 16)
    page(client)
    assert not ahead(), "it loads itself again every few seconds"
    for shown in (lambda: client.get(f"{CHAT}?write=1"), lambda: act(client, "look", text="Dar rašau")):
        shown()
        assert ahead()
        page(client)
        assert not ahead()
    answer(line, made, "Klausau")
    page(client)
    assert ahead(), "the answer is there: now it is the child's turn"
    client.get("/chat/stream/?after=0")
    assert not ahead(), "the page runs scripts and says by itself that it is there"


def test_words_of_the_child_and_markup_in_them_are_shown_as_text(client, line):
    talk(client, line)
    act(client, "say", text="<script>alert(1)</script>{{ 7 }}", nonce="12" * 16)
    html = page(client)
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in html


def test_message_too_long_stays_in_the_talk(client, line):
    talk(client, line)
    refused = act(client, "say", text="a" * 4100, nonce="12" * 16)
    assert (
        refused.status_code == 422
        and "100 characters too long" in refused.content.decode()
        and "a" * 4100 in refused.content.decode()
    )


def test_child_may_ask_for_somebody_else(client, line):
    conversation = talk(client, line)
    act(client, "another")
    assert Message.objects.filter(conversation=conversation, event="WANTS_ANOTHER").count() == 1
    assert "You asked for another person." in page(client)


@pytest.mark.parametrize(("agrees", "consent"), [("yes", "GIVEN"), ("no", "REFUSED")])
def test_child_is_asked_before_a_colleague_goes_on(client, line, agrees, consent):
    conversation = talk(client, line)
    by = line.actor("COUNSELLOR")
    _, desk_key = keys_at_desk(conversation, by.vault)
    offered = transfers.offer_transfer(
        by=by, conversation=conversation, desk_key=desk_key, card={"why": "pamaina"}, at=clock.now()
    )
    assert not re.search(r'id="consent"[^>]* hidden', page(client))
    act(client, "consent", agrees=agrees)
    offered.refresh_from_db()
    assert offered.consent == consent
    assert re.search(r'id="consent"[^>]* hidden', page(client))


def test_child_ends_it_says_how_it_was_once_and_takes_the_words_once(client, line):
    talk(client, line)
    act(client, "end")
    html = page(client)
    assert "The conversation has ended" in html and "Labas, ar galiu paklausti?" not in html
    act(client, "after", mood="MOOD_4", FQ_HELPED="YES")
    act(client, "after", mood="MOOD_1")
    kept = Feedback.objects.get()
    assert (kept.mood_before, kept.mood_after, kept.answers, kept.channel) == (
        "MOOD_2",
        "MOOD_4",
        {"FQ_HELPED": "YES"},
        "CHAT",
    )
    assert Conversation.objects.get().mood_after == "SAID"
    assert "Thank you" in page(client)


def test_feedback_that_says_nothing_keeps_nothing(client, line):
    talk(client, line)
    act(client, "end")
    act(client, "after")
    assert not Feedback.objects.exists()
    act(client, "after", mood="nonsense")
    assert not Feedback.objects.exists()


def test_words_are_shown_to_one_form_only(client, line):
    talk(client, line)
    html = page(client)
    ticket = hidden(html, "ticket")
    first = act(client, "words", ticket=ticket)
    words = re.search(r'data-copy-text="([^"]+)"', first.content.decode())[1]
    assert len(words.split()) == 9 and first["Cache-Control"] == "no-store"
    assert words in act(client, "words", ticket=ticket).content.decode()
    assert says_so(first.content.decode()) and words in in_the_other_language(client, first.content.decode())
    later = sealed.new_ticket("helpline.chat-words", clock.now())
    assert act(client, "words", ticket=later).status_code == 303
    assert "Take the words" not in page(client)
    assert client.get(CHAT, {"act": "words", "ticket": ticket}).content.decode().count(words) == 0


def test_what_comes_too_late_is_given_back(client, line):
    conversation = talk(client, line)
    life.end_conversation(
        by=line.actor("COUNSELLOR"), conversation=conversation, how="END_COUNSELLOR", at=clock.now()
    )
    late = act(client, "say", text="dar vienas dalykas", nonce="12" * 16)
    assert late.status_code == 409 and "dar vienas dalykas" in late.content.decode()
    stranger = client.__class__()
    nobody = stranger.post(CHAT, {"act": "say", "text": "labas visiems"})
    assert nobody.status_code == 409 and "labas visiems" in nobody.content.decode()


def test_lost_line_comes_back_within_two_minutes_and_not_after(client, line, _at_noon):
    conversation = talk(client, line)
    _at_noon[0] += timedelta(seconds=45)
    presence.staff_seen(by=line.actor("COUNSELLOR"), conversation=conversation, at=clock.now())
    sweep(clock.now())
    assert Conversation.objects.get().state == "PAUSED"
    assert "A person is listening to you" in page(client)
    client.get("/chat/stream/?after=0")  # scripts run; without them it would be believed to write
    assert Conversation.objects.get().state == "ACTIVE"
    for _ in range(6):
        _at_noon[0] += timedelta(seconds=40)
        presence.staff_seen(by=line.actor("COUNSELLOR"), conversation=conversation, at=clock.now())
        sweep(clock.now())
    assert Conversation.objects.get().state == "DROPPED"
    html = page(client)
    assert (
        "lost for too long" in html
        and "Labas, ar galiu paklausti?" not in html
        and "Take the words" not in html
    )


# Leaving quickly


@pytest.mark.parametrize(("bring", "state"), [(begin, "ABANDONED"), (wait, "ABANDONED")])
def test_leaving_quickly_before_the_talk_leaves_the_queue(client, line, bring, state):
    bring(client)
    left = client.get("/leave/")
    assert left.status_code == 302 and left.cookies[COOKIE]["max-age"] == 0
    assert Conversation.objects.get().state == state


def test_leaving_quickly_ends_the_talk_and_a_copied_cookie_opens_nothing(client, line):
    talk(client, line)
    copied = client.cookies[COOKIE].value
    client.get("/leave/")
    stored = Conversation.objects.get()
    assert (stored.state, stored.ended_by) == ("ENDED", "END_QUICK_EXIT")
    thief = client.__class__()
    thief.cookies[COOKIE] = copied
    assert thief.get("/chat/after/?after=0").status_code == 404
    assert "Before we start" in page(thief)


def test_fetching_ahead_leaves_nothing_and_leaving_without_a_visit_goes_on(client, line):
    talk(client, line)
    client.get("/leave/", headers={"Sec-Purpose": "prefetch"})
    assert Conversation.objects.get().state == "ACTIVE"
    assert client.__class__().get("/leave/").status_code == 302


def test_post_that_another_site_began_is_refused(client, line):
    conversation = talk(client, line)
    refused = client.post(CHAT, {"act": "end"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert client.post(RETURN, {"receipt": "a"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    conversation.refresh_from_db()
    assert conversation.state == "ACTIVE"


def test_cookie_that_is_no_visit_is_taken_away(client, line):
    client.cookies[COOKIE] = "nonsense"
    answered = client.get(CHAT)
    assert answered.status_code == 200 and answered.cookies[COOKIE]["max-age"] == 0


def test_visit_of_another_zone_opens_nothing(client, line):
    receipt = sealed.new_receipt(None, "lt")
    keys = sealed.receipt_keys(receipt, sealed.Zone.HOTLINE)
    client.cookies[COOKIE] = sealed.new_visit(receipt, keys, clock.now())
    assert "Before we start" in page(client)


# Coming back


def take_words(client):
    """The nine words of this browser's conversation; one link leads from them, back to it."""
    shown = act(client, "words", ticket=hidden(page(client), "ticket")).content.decode()
    assert leads_away(shown) == [CHAT]
    return re.search(r'data-copy-text="([^"]+)"', shown)[1]


def test_words_lead_back_into_a_live_conversation(client, line):
    talk(client, line)
    words = take_words(client)
    other = client.__class__()
    back = other.post(RETURN, {"receipt": words.upper()})
    assert back.status_code == 303 and back["Location"] == CHAT and COOKIE in back.cookies
    assert "Labas, ar galiu paklausti?" in page(other)


def test_words_lead_back_to_what_was_said_and_no_cookie_is_set(client, line):
    conversation = talk(client, line)
    answer(line, conversation, "Lauksiu tavęs.")
    words = take_words(client)
    client.get("/leave/")
    other = client.__class__()
    shown = other.post(RETURN, {"receipt": words})
    html = shown.content.decode()
    assert shown.status_code == 200 and "Lauksiu tavęs." in html and COOKIE not in other.cookies
    again = other.post(RETURN, {"pass": hidden(html, "pass")})
    assert "Lauksiu tavęs." in again.content.decode()
    assert other.post(RETURN, {"pass": "nonsense"}).status_code == 403


def test_wrong_expired_and_deleted_words_look_alike(client, line, monkeypatch):
    monkeypatch.setattr(coming_back, "THROTTLE", rate_limits.ReceiptThrottle())
    conversation = talk(client, line)
    words = take_words(client)
    act(client, "end")
    sealed.destroy_keys([conversation.holder])
    unknown = sealed.new_receipt(None, "lt")
    texts = (words, " ".join(unknown.words), "visai ne tie žodžiai", unknown.code)
    answers = [client.__class__().post(RETURN, {"receipt": text}) for text in texts]
    pages = {re.sub(r">[^<]*</textarea>", "></textarea>", answered.content.decode()) for answered in answers}
    assert {answered.status_code for answered in answers} == {422} and len(pages) == 1


def test_trying_out_is_slowed_by_how_the_words_begin_and_nobody_else_waits(
    client, line, monkeypatch, _at_noon
):
    monkeypatch.setattr(coming_back, "THROTTLE", rate_limits.ReceiptThrottle())
    statuses = [
        client.post(RETURN, {"receipt": f"obuolys medis {number}"}).status_code for number in range(6)
    ]
    assert statuses == [422] * 4 + [429] * 2
    slowed = client.post(RETURN, {"receipt": "obuolys medis x"})
    assert int(slowed["Retry-After"]) >= 1 and "obuolys medis x" in slowed.content.decode()
    assert client.post(RETURN, {"receipt": "kitas miskas"}).status_code == 422
    _at_noon[0] += timedelta(seconds=2)
    assert client.post(RETURN, {"receipt": "obuolys medis y"}).status_code == 422


def test_letter_is_found_by_the_same_page(client, line):
    receipt = sealed.new_receipt(None, "lt")
    from sauga.helpline.letters.actions.letters import receive_letter

    keys = sealed.receipt_keys(receipt, ZONE)
    receive_letter(
        by=coming_back.CHILD,
        receipt=keys,
        language="lt",
        audience="CHILD",
        text="Laiškas apie mokyklą.",
        at=clock.now(),
    )
    shown = client.post(RETURN, {"receipt": " ".join(receipt.words)})
    assert shown.status_code == 200 and "Laiškas apie mokyklą." in shown.content.decode()
    assert Letter.objects.count() == 1


# Rules beside the pages


def test_visit_leads_back_only_for_a_while(centre):
    half = timedelta(minutes=30)
    row = Conversation(state="ENDED", ended_by="END_CHILD", ended_at=NOON)
    assert leads_back(row, NOON + timedelta(minutes=29), half)
    assert not leads_back(row, NOON + timedelta(minutes=31), half)
    rounded = Conversation(state="CLOSED", ended_by="END_CHILD", ended_at=NOON.replace(hour=0))
    assert leads_back(rounded, NOON, half) and not leads_back(rounded, NOON + timedelta(days=1), half)
    assert not leads_back(Conversation(state="LETTER_INSTEAD"), NOON, half)
    assert leads_back(Conversation(state="ACTIVE"), NOON, half)


def test_receipt_is_shown_again_to_its_own_form_and_refused_to_another(client, line):
    conversation = talk(client, line)
    own.show_receipt(by=coming_back.CHILD, conversation=conversation, nonce=b"a" * 16, at=clock.now())
    own.show_receipt(by=coming_back.CHILD, conversation=conversation, nonce=b"a" * 16, at=clock.now())
    with pytest.raises(own.ShownBefore):
        own.show_receipt(by=coming_back.CHILD, conversation=conversation, nonce=b"b" * 16, at=clock.now())
