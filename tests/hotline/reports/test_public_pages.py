"""The reporter's journey without a cookie, a script or a trace; nothing typed is ever lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from sauga.hotline.content.models import ContentItem
from sauga.hotline.reports.models import Report
from sauga.hotline.reports.views import public_report
from sauga.kernel import clock, rate_limits, sealed
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.shown_once import in_the_other_language, leads_away, says_so

FORM, ADD, RETURN = "/lt/pranesti/", "/lt/pranesti/papildyti/", "/lt/pranesti/grizti/"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name} on the page"
    return found[1]


def send(client: Client, where: str = "https://pavyzdys.example/a", **more: str):
    ticket = hidden(client.get(FORM).content.decode(), "ticket")
    return client.post(FORM, {"ticket": ticket, "where": where, "category": "HATE", **more}), ticket


def words(page: str) -> str:
    block = re.search(r"data-receipt>(.*?)</ol>", page, re.S)
    assert block
    return " ".join(re.findall(r"<li>(\w+)</li>", block[1]))


def code(page: str) -> str:
    found = re.search(r"data-code>([^<]+)<", page)
    assert found
    return found[1]


def test_report_answers_with_a_receipt_and_no_cookie(centre: Centre):
    client = Client()
    answer, _ = send(client)
    page = answer.content.decode()
    assert answer.status_code == 200 and len(words(page).split()) == 9
    assert not client.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert Report.objects.get().language == "lt"
    assert leads_away(page) == [], "on a phone one touch of a menu loses the code"


def test_double_click_gives_the_same_receipt(centre: Centre):
    client = Client()
    first, ticket = send(client)
    second = client.post(FORM, {"ticket": ticket, "where": "https://pavyzdys.example/a", "category": "HATE"})
    assert words(first.content.decode()) == words(second.content.decode())
    assert Report.objects.count() == 1


def test_language_switch_on_the_receipt_keeps_it(centre: Centre):
    client = Client()
    first, _ticket = send(client, where="https://pavyzdys.example/a?x=1&y=<ž>")
    page = first.content.decode()
    assert says_so(page)
    second = in_the_other_language(client, page)
    assert "We have received the report" in second and says_so(second)
    assert code(second) == code(page) and words(second) == words(
        in_the_other_language(client, in_the_other_language(client, second))
    )
    assert Report.objects.count() == 1


def test_receipt_names_the_address_to_come_back_to(centre: Centre):
    page = send(Client())[0].content.decode()
    assert re.search(r"<b[^>]* data-back>https?://[^<]+/lt/pranesti/grizti/</b>", page)


def test_language_switch_keeps_the_report_and_the_question_that_are_open(centre: Centre):
    client = Client()
    receipt = send(client)[0].content.decode()
    question = client.post(
        ADD, {"pass": hidden(receipt, "pass"), "step": "note", "show": "1"}
    ).content.decode()
    assert 'name="note"' in in_the_other_language(client, question)
    report = client.post(RETURN, {"receipt": words(receipt)}).content.decode()
    assert "Your report" in in_the_other_language(client, report)


def test_what_was_typed_cannot_be_lost_by_the_language_switch(centre: Centre):
    page = send(Client(), where="")[0].content.decode()
    assert "hreflang" not in page and "data-language" not in page


@pytest.mark.parametrize(
    "where",
    ["", "   \n\u200b ", "x" * 9000, "\n".join(f"https://a{n}.example/" for n in range(51))],
    ids=["empty", "unseen", "long", "many"],
)
def test_bad_block_meets_a_kind_error_and_is_kept(centre: Centre, where: str):
    answer, _ = send(Client(), where=where)
    assert answer.status_code == 422
    assert "Niekas, ką parašėte, neprarasta" in answer.content.decode()
    assert (where.strip("\n\u200b ")[:500] or "id_where") in answer.content.decode()
    assert not Report.objects.exists()


def test_old_or_forged_ticket_loses_nothing(centre: Centre):
    answer = Client().post(
        FORM, {"ticket": "forged", "where": "https://pavyzdys.example/a", "category": "HATE"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "https://pavyzdys.example/a" in page
    again = Client().post(
        FORM, {"ticket": hidden(page, "ticket"), "where": "https://pavyzdys.example/a", "category": "HATE"}
    )
    assert again.status_code == 200


@pytest.mark.parametrize(
    "where",
    [
        "javascript:alert(1)",
        "<script>alert(1)</script>",
        "{{ 7|add:7 }}",
        "'; DROP TABLE x; --",
        "http://[::1]/",
        "file:///etc/passwd",
        "a\x00b.example",
    ],
)
def test_strange_places_are_taken_as_words_and_escaped(centre: Centre, where: str):
    answer, _ = send(Client(), where=where)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.content.decode() and "14" not in re.findall(
        r"<dd>(\d+)</dd>", answer.content.decode()
    )
    assert Report.objects.count() == 1


def test_questions_only_add_and_each_is_stored_at_once(centre: Centre):
    client = Client()
    answer, _ = send(client)
    page = answer.content.decode()
    steps = [
        ("danger", {"danger": "yes"}),
        ("path", {"referrer-1": "https://forumas.example/t/1", "access-1": "LOGIN"}),
        ("circumstances", {"seen": "yesterday", "reporter_kind": "PUBLIC"}),
        ("note", {"note": "Mačiau grupėje."}),
        ("contact", {"contact": "vardas@pastas.example"}),
    ]
    for step, given in steps:
        assert hidden(page, "step") == step
        answer = client.post(ADD, {"pass": hidden(page, "pass"), "step": step, **given})
        assert answer.status_code == 200, answer.content.decode()
        page = answer.content.decode()
    assert "Ačiū, tai viskas" in page and "Mačiau grupėje." in page
    report = Report.objects.get()
    assert report.priority == "P1" and report.child_in_danger == "YES" and report.contact
    assert ContentItem.objects.get().access_note == "LOGIN"
    assert not client.cookies


def test_personal_code_in_the_text_is_warned_about_and_may_be_sent(centre: Centre):
    client = Client()
    page = send(client)[0].content.decode()
    given = {"pass": hidden(page, "pass"), "step": "note", "note": "Mano kodas 39901010008"}
    answer = client.post(ADD, given)
    assert answer.status_code == 422 and "asmens kodas" in answer.content.decode()
    assert client.post(ADD, {**given, "confirmed": "1"}).status_code == 200


def test_coming_back_with_words_code_or_a_slip_of_the_finger(centre: Centre):
    client = Client()
    page = send(client)[0].content.decode()
    code = re.search(r"data-code>([^<]+)<", page)[1]
    for typed in (words(page), words(page).upper().replace(" ", ", "), code, code.lower().replace("-", " ")):
        answer = client.post(RETURN, {"receipt": typed})
        assert answer.status_code == 200, typed
        assert "Pranešimas laukia vertinimo." in answer.content.decode()
    wrote = client.post(RETURN, {"pass": hidden(answer.content.decode(), "pass"), "message": "Ar gavote?"})
    assert "Ar gavote?" in wrote.content.decode() and not client.cookies


def test_wrong_receipts_answer_alike(centre: Centre):
    client = Client()
    send(client)
    from sauga.kernel import sealed

    unknown = " ".join(sealed.new_receipt(None, "lt").words)
    answers = [client.post(RETURN, {"receipt": typed}) for typed in (unknown, "visai ne kodas")]
    assert [answer.status_code for answer in answers] == [422, 422]
    bodies = [
        answer.content.decode().replace(unknown, "").replace("visai ne kodas", "") for answer in answers
    ]
    assert bodies[0] == bodies[1]


def test_page_of_questions_opened_alone_leads_to_the_code(centre: Centre):
    assert Client().get(ADD).headers["Location"] == RETURN
    assert Client().post(ADD, {"pass": "x", "step": "note"}).status_code == 403


def test_wrong_codes_are_slowed_by_how_they_begin_and_nobody_else_waits(centre: Centre, monkeypatch):
    monkeypatch.setattr(public_report, "THROTTLE", rate_limits.ReceiptThrottle())
    mine = words(send(Client())[0].content.decode())
    secret = sealed.parse_receipt(mine).secret
    guesses = [sealed.new_receipt(secret[:3] + bytes([number] * 8), "lt") for number in range(6)]
    answers = [Client().post("/lt/pranesti/grizti/", {"receipt": guess.code}) for guess in guesses]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429] * 2
    assert int(answers[-1]["Retry-After"]) >= 1 and guesses[-1].code in answers[-1].content.decode()
    assert "per dažnai" in answers[-1].content.decode() and answers[-1]["Cache-Control"] == "no-store"
    other = words(send(Client(), "https://pavyzdys.example/kitas")[0].content.decode())
    assert Client().post("/lt/pranesti/grizti/", {"receipt": other}).status_code == 200
    late = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert Client().post("/lt/pranesti/grizti/", {"receipt": mine}).status_code == 200
