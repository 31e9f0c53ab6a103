"""Texts of the line: what comes with the program, what staff keep, and who changed what."""

import re
from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from sauga.helpline.line.actions import texts
from sauga.helpline.line.models import CannedAnswer, ResourceCard
from sauga.helpline.line.queries import texts as queries
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.foreign import Foreign
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import ChangedMeanwhile
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
CARD = {
    "name": {"lt": "Pavyzdys", "en": "Example"},
    "words": {"lt": "Kam", "en": "What for"},
    "phone": "112",
}
POSTED = {
    "name_lt": "Pavyzdys",
    "name_en": "Example",
    "words_lt": "Kam",
    "words_en": "What for",
    "phone": "112",
}
CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)


def test_texts_come_with_the_program_in_every_language_with_pages():
    said = texts.load_texts(AT)
    assert "164 new" in said and "0 as they were" in said
    codes = {text.code for text in queries.canned_answers("lt")}
    for row in languages.public():
        offered = queries.canned_answers(row.code)
        assert {text.language for text in offered} == {row.code}
        assert {text.code for text in offered} == codes and len(codes) >= 20
        for text in offered:
            written = text.body.replace("112", "")
            assert bool(CYRILLIC.search(written)) is (row.script == "cyrillic"), (row.code, text.code)
            assert len(text.body) < 320, (row.code, text.code)
        names = [text.title for text in offered]
        assert len(set(names)) == len(names), "a counsellor types the name"
    assert len(queries.resources(AT.date())) >= 12
    assert "0 new" in texts.load_texts(AT)


def test_loading_again_leaves_what_staff_wrote(centre: Centre):
    texts.load_texts(AT)
    by, text = centre.actor("SERVICE_ADMINISTRATOR"), CannedAnswer.objects.get(code="HELLO", language="lt")
    texts.edit_canned(
        by=by, canned=text, title="labas", body="Sveiki atvykę.", seen=texts.state_of(text), at=AT
    )
    texts.load_texts(AT)
    text.refresh_from_db()
    assert text.body == "Sveiki atvykę."


def test_canned_answers_talk_to_a_child_and_to_any_child():
    texts.load_texts(AT)
    gendered = re.compile(r"\b\w+(ęs|usi|ęsis|iusi)\b|\bpat(s|i)\b|\bsaug(us|i)\b", re.IGNORECASE)
    for text in queries.canned_answers("lt"):
        assert not gendered.search(text.body), text.code
        assert len(text.body) < 320 and not re.search(r"\bJūs\b|\bJums\b", text.body), text.code


def test_a_language_without_answers_reads_the_english_ones_which_say_so():
    texts.load_texts(AT)
    assert {text.language for text in queries.canned_answers("lv")} == {"en"}


def test_a_card_speaks_the_language_asked_for_or_says_which_one(centre: Centre):
    texts.load_texts(AT)
    by, card = centre.actor("SERVICE_ADMINISTRATOR"), ResourceCard.objects.get(code="HOPE_LINE")

    def said(language):
        [found] = [one for one in queries.resources(AT.date(), language=language) if one.code == card.code]
        return found.words

    assert CYRILLIC.search(said("uk")) and not isinstance(said("uk"), Foreign), "translated by us"
    changed = {name: getattr(card, name) for name in texts.CARD}
    changed["words"] = {"lt": "Kitaip", "en": "Otherwise"}
    texts.edit_card(by=by, card=card, seen=texts.state_of(card), at=AT, **changed)
    assert (said("uk"), said("uk").language) == ("Kitaip", "lt"), "never English without saying so"
    changed["words"] |= {"uk": "Інакше"}
    card.refresh_from_db()
    texts.edit_card(by=by, card=card, seen=texts.state_of(card), at=AT, **changed)
    assert said("uk") == "Інакше" and not isinstance(said("uk"), Foreign), "as staff wrote it"
    assert said("lt") == "Kitaip" and isinstance(said("pl"), Foreign)


def test_cards_fit_an_age_and_grow_stale():
    texts.load_texts(AT)
    names = {card.code for card in queries.resources(AT.date(), age=12)}
    assert "CHILDLINE" in names and "YOUTH_LINE" not in names and "EMERGENCY" in names
    assert not any(card.is_stale for card in queries.resources(AT.date()))
    assert all(card.is_stale for card in queries.resources(AT.date() + timedelta(days=181)))


def test_history_says_who_and_what(centre: Centre):
    by = centre.actor("SERVICE_ADMINISTRATOR")
    text = texts.add_canned(by=by, code="SLEEP", language="lt", title="miegas", body="Kaip miegi?", at=AT)
    texts.edit_canned(
        by=by, canned=text, title="miegas", body="Ar gerai miegi?", seen=texts.state_of(text), at=AT
    )
    texts.retire_text(by=by, text=text, at=AT)
    assert [change.what for change in queries.history(text)] == ["RETIRED", "CANNED_EDITED", "CANNED_ADDED"]
    assert {change.by for change in queries.history(text)} == {centre.people["SERVICE_ADMINISTRATOR"].name}
    assert text.code not in {row.code for row in queries.canned_answers("lt")}
    texts.bring_back(by=by, text=text, at=AT)
    assert text.code in {row.code for row in queries.canned_answers("lt")}


def test_two_editors_do_not_overwrite_each_other(centre: Centre):
    by = centre.actor("SERVICE_ADMINISTRATOR")
    card = texts.add_card(by=by, code="EXAMPLE", at=AT, **CARD)
    seen = texts.state_of(card)
    texts.edit_card(by=by, card=card, seen=seen, at=AT, **{**CARD, "phone": "116 111"})
    with pytest.raises(ChangedMeanwhile):
        texts.edit_card(by=by, card=card, seen=seen, at=AT, **CARD)


def test_refusals(centre: Centre):
    by = centre.actor("SERVICE_ADMINISTRATOR")
    texts.add_canned(by=by, code="SLEEP", language="lt", title="miegas", body="Kaip miegi?", at=AT)
    with pytest.raises(texts.CodeTaken):
        texts.add_canned(by=by, code="SLEEP", language="lt", title="miegas", body="Kaip miegi?", at=AT)
    with pytest.raises(texts.AgesReversed):
        texts.add_card(by=by, code="EXAMPLE", at=AT, **CARD, age_from=9, age_to=3)
    with pytest.raises(PermissionRefused):
        texts.add_canned(
            by=centre.actor("SHIFT_LEAD"), code="WAKE", language="lt", title="a", body="b", at=AT
        )
    with pytest.raises(Http404):
        queries.canned_for(by, "NO_SUCH", "lt")
    with pytest.raises(Http404):
        queries.card_for(centre.actor("COUNSELLOR"), "EMERGENCY")


def test_checking_a_card_carries_the_day(centre: Centre):
    texts.load_texts(AT)
    card = ResourceCard.objects.get(code="POLICE")
    texts.check_card(by=centre.actor("SERVICE_ADMINISTRATOR"), card=card, at=AT + timedelta(days=40))
    card.refresh_from_db()
    assert card.checked_date == AT.date() + timedelta(days=40)


def test_the_administrator_works_through_the_pages(centre: Centre):
    texts.load_texts(AT)
    client = sign_in(centre, "SERVICE_ADMINISTRATOR")
    assert "/labas" in client.get("/desk/helpline/texts/").content.decode()
    address = reverse("helpline-canned", args=["HELLO", "lt"])
    seen = texts.state_of(CannedAnswer.objects.get(code="HELLO", language="lt"))
    assert client.post(address, {"title": "labas", "body": "", "seen": seen}).status_code == 422
    assert client.post(address, {"title": "labas", "body": "Labas!", "seen": "old"}).status_code == 422
    assert client.post(address, {"title": "labas", "body": "Labas!", "seen": seen}).status_code == 302
    assert centre.people["SERVICE_ADMINISTRATOR"].name in client.get(address).content.decode()
    client.post(reverse("helpline-canned-offer", args=["HELLO", "lt", "retire"]))
    assert CannedAnswer.objects.get(code="HELLO", language="lt").is_retired
    client.post(reverse("helpline-canned-offer", args=["HELLO", "lt", "back"]))
    assert not CannedAnswer.objects.get(code="HELLO", language="lt").is_retired
    assert client.post(reverse("helpline-canned-add"), {"code": "a b"}).status_code == 422
    new = {"code": "SLEEP", "language": "en", "title": "sleep", "body": "How do you sleep?"}
    assert client.post(reverse("helpline-canned-add"), new).status_code == 302
    assert client.post(reverse("helpline-canned-add"), new).status_code == 422
    assert client.get(reverse("helpline-card", args=["POLICE"])).status_code == 200
    assert client.post(reverse("helpline-card-check", args=["POLICE"])).status_code == 302
    assert (
        client.post(
            reverse("helpline-card-add"), {"code": "EXAMPLE", **POSTED, "age_from": "9", "age_to": "3"}
        ).status_code
        == 422
    )
    missing = {**POSTED, "words_en": "", "words_uk": "Для чого"}
    assert client.post(reverse("helpline-card-add"), {"code": "EXAMPLE", **missing}).status_code == 422
    added = {"code": "EXAMPLE", **POSTED, "words_uk": "Для чого"}
    assert client.post(reverse("helpline-card-add"), added).status_code == 302
    made = ResourceCard.objects.get(code="EXAMPLE")
    assert made.words == {"lt": "Kam", "en": "What for", "uk": "Для чого"} and made.hours == {}
    assert "Для чого" in client.get(reverse("helpline-card", args=["EXAMPLE"])).content.decode()
    seen = texts.state_of(ResourceCard.objects.get(code="EXAMPLE"))
    assert (
        client.post(
            reverse("helpline-card", args=["EXAMPLE"]), {**POSTED, "phone": "116 123", "seen": seen}
        ).status_code
        == 302
    )
    assert ResourceCard.objects.get(code="EXAMPLE").phone == "116 123"
    assert client.post(reverse("helpline-card-offer", args=["EXAMPLE", "retire"])).status_code == 302
