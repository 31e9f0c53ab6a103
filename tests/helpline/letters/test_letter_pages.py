"""The pages of letters: nothing typed is lost, words are shown once and after the letter is stored, and the
desk sees what it may.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sauga.helpline.letters.actions import letter_replies, timeouts
from sauga.helpline.letters.models import Letter, LetterPart
from sauga.helpline.records.models import Attempt, Feedback
from sauga.helpline.trail import Trail
from sauga.kernel import audit, clock, sealed, vocab
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.letters import (
    ANSWER,
    DANGER,
    QUEUE,
    TEXT,
    answered,
    approve,
    in_hand,
    in_review,
    key_of,
    new_keys,
    written,
)
from tests.factories.line import open_line
from tests.shown_once import in_the_other_language, leads_away, says_so

LETTER, READ, ADULT = "/lt/pagalba/laiskas/", "/lt/pagalba/laiskas/skaityti/", "/lt/pagalba/suaugusiesiems/"
CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")


def value(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def send(client: Client, text: str = TEXT, address: str = LETTER, **more: str):
    ticket = value(client.get(address).content.decode(), "ticket")
    return client.post(address, {"ticket": ticket, "text": text, **more})


def desk(letter: Letter, act: str = "") -> str:
    return f"/desk/helpline/letters/{letter.ref}/{act}"


# The public site


def test_letter_is_answered_with_words_and_a_time_and_leaves_nothing_in_the_browser(
    centre: Centre, client: Client
):
    answer = send(client)
    page = answer.content.decode()
    assert answer.status_code == 200 and Letter.objects.get().state == "RECEIVED"
    assert (
        CODE.search(page) and len(re.findall(r"<li><span>(\w+)</span>", page.split("data-receipt")[1])) == 9
    )
    assert "rytoj iki" in page and "no-store" in answer.headers["Cache-Control"]
    assert leads_away(page) == ["/lt/"], "nothing but “I have written the words down”"
    assert not client.cookies


def test_double_click_shows_the_same_words_also_in_the_other_language(centre: Centre, client: Client):
    ticket = value(client.get(LETTER).content.decode(), "ticket")
    pages = [client.post(LETTER, {"ticket": ticket, "text": TEXT}).content.decode() for _ in range(2)]
    english = client.post(
        "/en/help/letter/", {"ticket": ticket, "text": TEXT, "confirmed": "1"}
    ).content.decode()
    assert len({CODE.search(page)[0] for page in (*pages, english)}) == 1
    assert Letter.objects.count() == 1 and "Your letter is with us" in english
    assert (
        says_so(pages[0])
        and CODE.search(in_the_other_language(client, pages[0]))[0] == CODE.search(english)[0]
    )


def test_language_switch_keeps_the_letter_that_is_open(centre: Centre, client: Client):
    sent = send(client).content.decode()
    thread = client.post(READ, {"pass": value(sent, "pass")}).content.decode()
    assert TEXT in in_the_other_language(client, thread)


@pytest.mark.parametrize("given", ["", "   \n ", "x" * 8001])
def test_letter_that_cannot_be_taken_comes_back_as_it_was(centre: Centre, client: Client, given: str):
    answer = send(client, given)
    assert answer.status_code == 422 and not Letter.objects.exists()
    assert given.strip() in answer.content.decode() and "Tekstas niekur nedingo" in answer.content.decode()


@pytest.mark.parametrize("ticket", ["", "not-a-ticket"])
def test_old_page_loses_nothing(centre: Centre, client: Client, ticket: str):
    answer = client.post(LETTER, {"ticket": ticket, "text": TEXT})
    page = answer.content.decode()
    assert answer.status_code == 422 and TEXT in page and not Letter.objects.exists()
    assert client.post(LETTER, {"ticket": value(page, "ticket"), "text": TEXT}).status_code == 200


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Mano kodas 39901010007, padėkit", "asmens kodas"),
        ("Skambinkit 861234567", "telefono numeris"),
        ("Rašykit vardas@pastas.example", "el. pašto adresas"),
        ("Mokausi Pavyzdžių gimnazijoje, 7 b klasėje", "klasė"),
        ("Labas, mano vardas Austėja", "galima sugalvoti kitą"),
        ("Labas, aš Jonas", "galima sugalvoti kitą"),
    ],
)
def test_own_details_are_hinted_at_and_never_refused(centre: Centre, client: Client, told: str, said: str):
    answer = send(client, told)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and told in page and not Letter.objects.exists()
    again = client.post(
        LETTER, {"ticket": value(page, "ticket"), "text": told, "confirmed": value(page, "confirmed")}
    )
    assert again.status_code == 200 and Letter.objects.count() == 1


def test_names_of_others_are_nobody_s_business_here(centre: Centre, client: Client):
    assert send(client, "Mano draugas Jonas su manimi nebekalba").status_code == 200


def test_own_words_in_the_letter_are_hinted_at(centre: Centre, client: Client):
    words = " ".join(sealed.new_receipt(None, "lt").words)
    assert "su kuriais grįžtama" in send(client, f"Mano žodžiai: {words} ačiū").content.decode()


def test_signs_that_nobody_sees_are_dropped(centre: Centre, client: Client):
    assert send(client, "La\x00bas\u202e!").status_code == 200
    letter = Letter.objects.get()
    key = key_of(letter, centre)
    part = letter.parts.get()
    said = sealed.unseal(
        key, table="helpline.letterpart", row=f"{letter.ref}-1", field="body", envelope=bytes(part.body)
    )
    assert said == "Labas!"


def test_text_from_the_waiting_room_is_carried_over_and_not_stored(centre: Centre, client: Client):
    page = client.post(LETTER, {"carried": "Laukiau ir rašau"}).content.decode()
    assert "Laukiau ir rašau</textarea>" in page and not Letter.objects.exists()
    client.post(
        LETTER,
        {"ticket": value(page, "ticket"), "text": "Laukiau ir rašau", "from_chat": value(page, "from_chat")},
    )
    assert Letter.objects.get().from_chat


def test_danger_is_met_with_the_number_at_once(centre: Centre, client: Client):
    shut = send(client, DANGER).content.decode()
    assert "Jei tau dabar gresia pavojus, atsakymo nelauk" in shut and "tel:112" in shut
    assert "šiandien iki" in shut or "rytoj iki" in shut
    open_line(centre, clock.now())
    assert "gali grėsti pavojus" in send(client, DANGER).content.decode()


def test_adult_is_addressed_as_an_adult_and_stands_behind_children(centre: Centre, client: Client):
    page = client.get(ADULT).content.decode()
    assert (
        "Tėvams, mokytojams" in page
        and "@sauga.example" in page
        and "mailto:" not in page.split("<main")[1].split("</main")[0]
    )
    page = send(client, "Nerimauju dėl sūnaus", f"{ADULT}laiskas/").content.decode()
    assert "grįšite pasiimti" in page and Letter.objects.get().audience == "ADULT"


def test_adults_page_says_what_is_open_and_hands_the_door_on(centre: Centre, client: Client):
    shut = client.get(ADULT).content.decode()
    assert "Dabar nedirbame" in shut and "Dabar dirbame" not in shut
    open_line(centre, clock.now())
    page = client.get(ADULT).content.decode()
    assert "Dabar dirbame" in page and "/lt/pagalba/pokalbis/?audience=adult" in page
    assert 'value="ADULT"' in client.get("/lt/pagalba/pokalbis/?audience=adult").content.decode()


def thread_of(client: Client, keys: sealed.ReceiptKeys, **more: str) -> str:
    return client.post(READ, {"pass": sealed.new_pass(keys, clock.now()), **more}).content.decode()


def test_child_reads_the_answer_writes_again_and_says_how_it_was(centre: Centre, client: Client):
    letter, keys = answered(centre, at=clock.now())
    page = thread_of(client, keys)
    assert ANSWER in page and TEXT in page and "Tau atsakyta" in page and "Ką manai apie atsakymą?" in page
    letter.refresh_from_db()
    assert letter.state == "READ"
    page = thread_of(client, keys, how="1", mood="MOOD_4", FQ_HELPED="YES")
    assert "Ačiū tau" in page and Feedback.objects.get().answers == {"FQ_HELPED": "YES"}
    page = thread_of(client, keys, text="Ačiū, pabandysiu", after="2")
    assert "Žodžiai išsiųsti" in page and "Ačiū, pabandysiu" in page
    letter.refresh_from_db()
    assert letter.state == "REPLIED"
    thread_of(client, keys, text="Ačiū, pabandysiu", after="2")
    assert LetterPart.objects.filter(letter=letter).count() == 3


def test_words_typed_at_the_return_page_open_the_letter(centre: Centre, client: Client):
    page = send(client).content.decode()
    code = CODE.search(page)[0]
    letter = Letter.objects.get()
    approve(centre, in_review(centre, letter, at=clock.now()), at=clock.now())
    answer = Client().post("/lt/pagalba/grizti/", {"receipt": code.lower()})
    page = answer.content.decode()
    assert answer.status_code == 200 and ANSWER in page and "Tau atsakyta" in page and not answer.cookies
    letter.refresh_from_db()
    assert letter.state == "READ"
    wrong = Client().post("/lt/pagalba/grizti/", {"receipt": sealed.new_receipt(None, "lt").code})
    assert wrong.status_code == 422 and TEXT not in wrong.content.decode()


def test_letter_instead_of_waiting_is_the_same_child_and_a_new_attempt(centre: Centre, client: Client):
    open_line(centre, clock.now())
    chat = "/lt/pagalba/pokalbis/"
    client.post(chat, {"act": "start", "ticket": value(client.get(chat).content.decode(), "ticket")})
    sent = {"act": "letter", "carried": "Dar nespėjau"}
    answer = client.post(chat, sent)
    assert (answer.status_code, answer.headers["Location"]) == (
        307,
        LETTER,
    )  # the browser posts the same again
    page = client.post(LETTER, sent).content.decode()
    assert "Dar nespėjau</textarea>" in page
    client.post(
        LETTER,
        {"ticket": value(page, "ticket"), "text": "Dar nespėjau", "from_chat": value(page, "from_chat")},
    )
    assert Letter.objects.get().from_chat and [a.reason for a in Attempt.objects.order_by("pk")] == [
        "LETTER_INSTEAD",
        "",
    ]


def test_feedback_without_an_answer_or_without_a_tick_is_not_counted(centre: Centre, client: Client):
    _, keys = written()
    thread_of(client, keys, how="1", mood="MOOD_4")
    _, keys = answered(centre)
    thread_of(client, keys, how="1")
    thread_of(client, keys, how="1", mood="NO_SUCH")
    assert not Feedback.objects.exists()


def test_reply_with_own_details_is_asked_about_and_kept_in_the_field(centre: Centre, client: Client):
    _, keys = written()
    page = thread_of(client, keys, text="Skambinkit 861234567", after="1")
    assert "telefono numeris" in page and "Skambinkit 861234567" in page and LetterPart.objects.count() == 1
    thread_of(client, keys, text="Skambinkit 861234567", after="1", confirmed=value(page, "confirmed"))
    assert LetterPart.objects.count() == 2
    assert "Tekstas niekur nedingo" in thread_of(client, keys, text="", after="2")


def test_finished_letter_is_readable_and_offers_a_new_one(centre: Centre, client: Client):
    letter, keys = written()
    by = centre.actor("COUNSELLOR")
    letter_replies.put_aside(
        by=by,
        letter=letter_replies.screen_letter(by=by, letter=letter, band="NONE", at=clock.now()),
        kind="ND_THANKS",
        at=clock.now(),
    )
    page = thread_of(client, keys)
    assert "Užbaigta" in page and TEXT in page and LETTER in page
    assert "Užbaigta" in thread_of(client, keys, text="Dar", after="1") and LetterPart.objects.count() == 1


@pytest.mark.parametrize("given", ["", "nothing"])
def test_without_a_pass_the_thread_is_not_there(centre: Centre, client: Client, given: str):
    written()
    assert client.get(READ).status_code == 302
    assert client.post(READ, {"pass": given}).status_code == 302
    stranger = sealed.new_pass(new_keys(), clock.now())
    assert client.post(READ, {"pass": stranger, "text": "x", "after": "0"}).status_code == 302
    elsewhere = sealed.receipt_keys(sealed.new_receipt(None, "lt"), sealed.Zone.HOTLINE)
    assert client.post(READ, {"pass": sealed.new_pass(elsewhere, clock.now())}).status_code == 302


# The desk


def test_two_people_answer_a_letter_through_the_pages(centre: Centre):
    letter, keys = written(at=clock.now())
    counsellor = sign_in(centre, "COUNSELLOR")
    listed = counsellor.get("/desk/helpline/letters/").content.decode()
    assert letter.ref in listed and TEXT not in listed
    page = counsellor.get(desk(letter)).content.decode()
    assert TEXT in page
    counsellor.post(desk(letter, "read/"), {"band": "SOME", "and_take": "1"})
    assert counsellor.post(desk(letter, "draft/"), {"text": ""}).status_code == 422
    counsellor.post(desk(letter, "draft/"), {"text": "Pirma mintis"})
    assert "Pirma mintis" in counsellor.get(desk(letter)).content.decode()
    counsellor.post(desk(letter, "draft/"), {"text": "Antra mintis", "send": "1"})
    letter.refresh_from_db()
    assert letter.state == "IN_REVIEW" and letter.drafts.count() == 1
    reviewer = sign_in(centre, "LETTER_REVIEWER")
    page = reviewer.get(desk(letter)).content.decode()
    assert "Antra mintis" in page and TEXT in page and "Pirma mintis" not in page
    reviewer.post(desk(letter, "return/"), {"remark": ""})
    reviewer.post(desk(letter, "return/"), {"remark": "Paklausk apie saugumą"})
    page = counsellor.get(desk(letter)).content.decode()
    assert "Paklausk apie saugumą" in page
    counsellor.post(desk(letter, "draft/"), {"text": "Trečia mintis", "send": "1"})
    counsellor.post(desk(letter, "take-back/"))
    counsellor.post(desk(letter, "draft/"), {"text": "Trečia mintis", "send": "1"})
    reviewer.post(desk(letter, "approve/"), {"seen": "1"})
    letter.refresh_from_db()
    assert letter.state == "DELIVERED"
    assert reviewer.get(desk(letter)).status_code == 404, "a reviewer reads letters in review only"
    assert "Trečia mintis" in thread_of(Client(), keys)
    reasons = [
        entry.facts["reason"]
        for entry in audit.timeline(letter, zone="helpline")
        if entry.action == Trail.LETTER_OPENED
    ]
    assert set(reasons) == {"SCREEN", "ANSWER", "REVIEW"}


def test_delivered_letter_leads_its_author_to_the_record(centre: Centre):
    letter, _ = answered(centre, at=clock.now())
    client = sign_in(centre, "COUNSELLOR")
    attempt = letter.attempts.get()
    page = client.get(desk(letter)).content.decode()
    assert f"/desk/helpline/records/{attempt.ref}/" in page
    assert client.get(f"/desk/helpline/records/{attempt.ref}/").status_code == 200
    assert (
        f"/desk/helpline/records/{attempt.ref}/"
        not in sign_in(centre, "SHIFT_LEAD").get(desk(letter)).content.decode()
    )


def test_next_takes_the_first_and_says_when_nothing_waits(centre: Centre):
    client = sign_in(centre, "COUNSELLOR")
    assert (
        client.post("/desk/helpline/letters/next/").headers["Location"] == "/desk/helpline/letters/?view=read"
    )
    letter, _ = written(at=clock.now())
    answer = client.post("/desk/helpline/letters/next/", follow=True)
    assert answer.redirect_chain == [(desk(letter), 302)], (
        "a letter that waits to be read for risk is not no letter"
    )
    assert "pirmiausia reikia perskaityti" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.state == "RECEIVED" and letter.claimed_by is None
    letter_replies.screen_letter(by=centre.actor("COUNSELLOR_2"), letter=letter, band="NONE", at=clock.now())
    assert client.post("/desk/helpline/letters/next/").headers["Location"] == desk(letter)


def test_letter_in_anothers_hand_is_listed_and_not_read(centre: Centre):
    letter, _ = written(at=clock.now())
    in_hand(centre, letter, at=clock.now())
    page = sign_in(centre, "COUNSELLOR_2").get(desk(letter)).content.decode()
    assert TEXT not in page and "Šiuo laišku rūpinasi kolega" in page
    assert TEXT in sign_in(centre, "SHIFT_LEAD").get(desk(letter)).content.decode()


def test_giving_back_can_be_undone(centre: Centre):
    letter, _ = written(at=clock.now())
    in_hand(centre, letter, at=clock.now())
    client = sign_in(centre, "COUNSELLOR")
    client.post(desk(letter, "give-back/"))
    page = client.get(desk(letter)).content.decode()
    assert f'action="{desk(letter, "take/")}"' in page and TEXT not in page
    client.post(desk(letter, "take/"))
    letter.refresh_from_db()
    assert letter.state == "CLAIMED"


def test_refusals_are_said_and_nothing_typed_is_lost(centre: Centre):
    letter, _ = written(at=clock.now())
    in_review(centre, letter, at=clock.now())
    client = sign_in(centre, "COUNSELLOR")
    answer = client.post(desk(letter, "draft/"), {"text": "Per vėlai"})
    assert (
        answer.status_code == 422
        and "Dabartinėje būsenoje" in answer.content.decode()
        and "Per vėlai" in answer.content.decode()
    )
    for act in ("take/", "give-back/", "aside/", "read/"):
        assert client.post(desk(letter, act), {"kind": "ND_PRANK", "band": "NONE"}).status_code == 302
    assert client.get(desk(letter, "take/")).status_code == 404
    letter.refresh_from_db()
    assert letter.state == "IN_REVIEW"


def test_locked_vault_shows_the_clock_and_no_words(centre: Centre):
    letter, _ = written(at=clock.now())
    in_hand(centre, letter, at=clock.now())
    client = sign_in(centre, "COUNSELLOR")
    client.post("/desk/vault/lock/")
    page = client.get(desk(letter)).content.decode()
    assert "Seifas užrakintas" in page and TEXT not in page
    page = client.post(desk(letter, "draft/"), {"text": "Neprarasti"}).content.decode()
    assert "Neprarasti" in page and "Seifas užrakintas. " in page


def test_put_aside_letter_opens_again_only_with_a_reason(centre: Centre):
    letter, _ = written(at=clock.now())
    client = sign_in(centre, "COUNSELLOR")
    client.post(desk(letter, "read/"), {"band": "NONE"})
    client.post(desk(letter, "aside/"), {"kind": "NO_SUCH"})
    client.post(desk(letter, "aside/"), {"kind": "ND_THANKS"})
    letter.refresh_from_db()
    assert letter.state == "CLOSED_NONDATA"
    assert client.get(desk(letter)).status_code == 404, "nobody's letter any more"


def test_own_closed_letter_opens_with_a_reason_that_is_written_down(centre: Centre):
    letter, _ = answered(centre)
    assert timeouts.close_answered(by=QUEUE, at=letter.delivered_at + timedelta(days=40)) == 1
    client = sign_in(centre, "COUNSELLOR")
    assert TEXT not in client.get(desk(letter)).content.decode()
    assert TEXT in client.post(desk(letter), {"reason": "SUPERVISION"}).content.decode()
    assert [e.facts for e in audit.timeline(letter, zone="helpline") if e.action == Trail.LETTER_OPENED][
        -1
    ] == {"reason": "SUPERVISION"}


@pytest.mark.parametrize("role", ["VOLUNTEER_COORDINATOR", "SERVICE_ADMINISTRATOR", "SAFEGUARDING_LEAD"])
def test_others_have_no_letters(centre: Centre, role: str):
    letter, _ = written()
    client = sign_in(centre, role)
    assert client.get("/desk/helpline/letters/").status_code == 404
    assert client.get(desk(letter)).status_code == 404


def test_list_asks_the_same_at_one_row_and_at_three(centre: Centre):
    client = sign_in(centre, "SHIFT_LEAD")
    counted = []
    for more in (1, 2):
        for _ in range(more):
            in_hand(centre, written(at=clock.now())[0], at=clock.now())
        client.get("/desk/helpline/letters/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/helpline/letters/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_filters_and_views_narrow_the_list(centre: Centre):
    client = sign_in(centre, "COUNSELLOR")
    young, _ = written(at=clock.now())
    grown, _ = written(audience="ADULT", at=clock.now())
    sent = approve(centre, in_review(centre, written(at=clock.now())[0], at=clock.now()), at=clock.now())
    page = client.get("/desk/helpline/letters/?audience=ADULT").content.decode()
    assert grown.ref in page and young.ref not in page
    page = client.get("/desk/helpline/letters/?view=answered").content.decode()
    assert sent.ref in page and young.ref not in page
    assert sent.ref in client.get("/desk/helpline/letters/?view=mine").content.decode()
    assert "Laiškų nėra" in client.get("/desk/helpline/letters/?view=review").content.decode()
    assert "Pašalinkite filtrą" in client.get("/desk/helpline/letters/?band=IMMEDIATE").content.decode()
    assert client.get("/desk/helpline/letters/?view=nonsense&page=0&band=x").status_code == 200


TU = re.compile(
    r"\b(tu|tavo|tau|tave|tavimi|tavęs|[a-ząčęėįšųūž]+(?:yk|uok|ink)|rašai|gali nebe\w+|rasi|žinai|esi)\b",
    re.IGNORECASE,
)


def test_every_page_of_the_adult_door_says_jus(centre: Centre, client: Client):
    from sauga.helpline.rota.actions import channel_pauses

    open_line(centre, clock.now())
    address, pages = f"{ADULT}laiskas/", []
    pages += [
        client.get(ADULT),
        client.get(address),
        send(client, "", address),
        send(client, "a" * 20_001, address),
    ]
    pages += [send(client, "Sūnus, jo numeris 861234567, Taikos g. 5, asmens kodas 39001010007", address)]
    pages += [send(client, DANGER, address)]
    pass_ = value(pages[-1].content.decode(), "pass")
    pages += [
        client.post(READ, {"pass": pass_}),
        client.post(READ, {"pass": pass_, "text": "", "after": "1"}),
    ]
    letter = Letter.objects.get()
    approve(centre, in_review(centre, letter, at=clock.now()), at=clock.now())
    pages += [client.post(READ, {"pass": pass_})]
    for channel in ("CHAT", "PHONE", "LETTER"):
        channel_pauses.pause_channel(
            by=centre.actor("SHIFT_LEAD", clock.now()), channel=channel, reason="PR_TEAM", at=clock.now()
        )
    pages += [client.get(ADULT), client.get(address)]
    for number, answer in enumerate(pages):
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        shown = re.sub(
            r'<ol class="thread">.*?</ol>|<textarea.*?</textarea>|<[^>]+>', " ", main, flags=re.DOTALL
        )
        shown = re.sub(
            r"tai ne tavo kaltė|gerai, kad pasakei|Tau dar nėra 18\?[^.]*\.", " ", shown, flags=re.IGNORECASE
        )
        assert len(shown) > 200 and not TU.findall(shown), (number, TU.findall(shown))


def test_why_the_line_is_closed_is_told_to_adults_as_adults(centre: Centre):
    from django.utils import translation

    from sauga.helpline.rota.presenters.opening_hours import reason

    codes = [term.code for term in vocab.terms("door_reason")]
    assert len(codes) >= 9
    for code in codes:
        with translation.override("lt"):
            assert not TU.findall(reason(code, for_adults=True)) and reason(code), code
        with translation.override("en"):
            assert "your fault" not in reason(code, for_adults=True), code


def test_who_was_never_given_the_key_is_told_so_and_not_that_the_letter_is_gone(centre: Centre):
    from sauga.kernel.sealed.models import Member

    letter = in_hand(centre, written()[0])
    Member.objects.filter(person_id=centre.people["COUNSELLOR"].pk).delete()
    page = sign_in(centre, "COUNSELLOR").get(desk(letter)).content.decode()
    assert "rakto Jums niekas nėra davęs" in page and "perskaityti žodžių nebegalima" not in page
