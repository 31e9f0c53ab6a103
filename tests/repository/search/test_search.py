"""Search: inflected and undiacritic words, children's words, typing errors, facets, help in sight, and no
trace of the question.
"""

import csv
import logging
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from factories.resources import published

import sauga
from sauga.kernel.i18n import fold, search_words, word_stems
from sauga.kernel.states import SystemActor
from sauga.repository.resources.actions import publication, search_index
from sauga.repository.search import queries
from sauga.repository.search.actions import child_words
from sauga.repository.search.models import ChildWords, SearchEntry, SearchWord
from sauga.repository.search.rules import lexemes
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

CHILD = {"lt": {"cyberbullying": ["mane šaidina", "tyčiojasi"]}, "en": {"cyberbullying": ["picking on me"]}}


@pytest.fixture
def words(centre: Centre) -> Centre:
    """The house with the words of children."""
    child_words.load_words(CHILD)
    return centre


def bullying(centre: Centre):
    return published(
        centre,
        title={"lt": "Kaip sustabdyti patyčias klasėje", "en": "Stopping bullying in class"},
        abstract={"lt": "Pamoka apie draugystę ir pagalbą.", "en": "A lesson about friends and help."},
        topics=["cyberbullying"],
        help_services=["child_helpline"],
    )


def titles(text: str, language: str = "lt", *, with_results: bool = False, **chosen) -> list[str]:
    return [hit.entry.title for hit in queries.search(text, language, chosen, with_results=with_results).hits]


@pytest.mark.unit
def test_inflected_words_without_marks_find_their_text(shared):
    """Each glossary term is a text; each of its other forms, typed without marks, must find it
    (wanted: 98 of 100).
    """
    from sauga.kernel.i18n import fold

    tried, missed = 0, []
    rows = csv.DictReader((shared / "data/glossary.csv").read_text(encoding="utf-8").splitlines())
    for row in rows:
        forms = [
            form for name in ("genitive_sg", "nominative_pl", "genitive_pl") if (form := row[name].strip())
        ]
        held = lexemes.vector([(row["lt"], "A", "B")], "lt")
        for form in forms:
            asked = lexemes.question(fold(form), "lt")
            every = all(any(f"'{one}':" in held for one in _lexemes(word)) for word in asked.words)
            tried += 1
            missed += [] if every else [f"{form} → {row['lt']}"]
    print(f"{tried - len(missed)} of {tried} found ({1 - len(missed) / tried:.1%}); missed: {missed}")
    assert tried > 400
    assert len(missed) / tried <= 0.02


def _lexemes(word: str) -> list[str]:
    return [part.strip(" '") for part in lexemes.alternatives(word, "lt").split("|")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["patyčios", "patycios", "PATYČIOMS", "sustabdyti patycias", "klaseje patyčių", "patyc\u030cios"]
)
def test_forms_of_a_word_find_the_text(centre, text):
    bullying(centre)
    assert titles(text) == ["Kaip sustabdyti patyčias klasėje"]


@pytest.mark.django_db
def test_words_of_a_child_find_the_topic(words):
    bullying(words)
    published(words, title={"lt": "Apie reklamą", "en": "About advertising"}, topics=["advertising"])
    assert titles("mane šaidina", with_results=True) == ["Kaip sustabdyti patyčias klasėje"]
    assert titles("saidina mane klaseje", with_results=True) == ["Kaip sustabdyti patyčias klasėje"]
    assert titles("picking on me", "en", with_results=True) == ["Stopping bullying in class"]
    assert titles("mane šaidina") == []


@pytest.mark.django_db
def test_staff_keep_the_words_of_children(words):
    editor = words.actor("EDITOR")
    bullying(words)
    row = child_words.add_words(
        by=editor, language="lt", phrase="Varo ant manęs", topic="cyberbullying", at=AT
    )
    assert titles("varo ant manes", with_results=True) == ["Kaip sustabdyti patyčias klasėje"]
    child_words.remove_words(by=editor, row=row, at=AT)
    assert titles("varo ant manes", with_results=True) == []
    child_words.put_back_words(by=editor, row=row, at=AT)
    assert titles("varo ant manes", with_results=True) == ["Kaip sustabdyti patyčias klasėje"]
    for phrase, topic in (("!!", "cyberbullying"), ("žodis", "no_such_topic")):
        with pytest.raises(child_words.PhraseRefused):
            child_words.add_words(by=editor, language="lt", phrase=phrase, topic=topic, at=AT)
    assert child_words.load_words(CHILD) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["patyčzios", "partycios", "sustabdiyti patyčias"])
def test_typing_errors_are_put_right_and_said(centre, typed):
    bullying(centre)
    found = queries.search(typed, "lt")
    assert [hit.entry.title for hit in found.hits] == ["Kaip sustabdyti patyčias klasėje"]
    assert found.meant


@pytest.mark.django_db
def test_exact_words_and_titles_come_first(centre):
    published(
        centre,
        title={"lt": "Mokytojui", "en": "x"},
        abstract={"lt": "Saugus elgesys ir saugoti save.", "en": "x"},
    )
    published(centre, title={"lt": "Saugoti duomenis", "en": "x"}, abstract={"lt": "Trumpai.", "en": "x"})
    assert titles("saugoti") == ["Saugoti duomenis", "Mokytojui"]


@pytest.mark.django_db
def test_facets_count_what_they_would_show(centre):
    bullying(centre)
    published(
        centre,
        title={"lt": "Patyčios ir reklama", "en": "x"},
        topics=["advertising"],
        audiences=["parents_carers"],
    )
    found = queries.search("patyčios", "lt", {"topic": ("advertising",)})
    assert [hit.entry.title for hit in found.hits] == ["Patyčios ir reklama"]
    assert found.facets["topic"] == {"cyberbullying": 1, "advertising": 1}
    assert found.facets["audience"] == {"parents_carers": 1}


@pytest.mark.django_db
def test_a_text_is_found_while_it_is_public_and_not_before_or_after(centre):
    resource = bullying(centre)
    assert SearchEntry.objects.count() == 2
    publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"), resource=resource, reason={"lt": "Klaida."}, at=AT
    )
    assert SearchEntry.objects.count() == 0
    published(centre, sensitivity="restricted")
    assert SearchEntry.objects.count() == 0
    assert search_index.rebuild(by=SystemActor("repository")) == 0


@pytest.mark.django_db
def test_the_excerpt_marks_the_words(centre):
    bullying(centre)
    (hit,) = queries.search("draugystes", "lt").hits
    assert ("draugystę", True) in hit.said
    assert "".join(piece for piece, _hit in hit.said) == "Pamoka apie draugystę ir pagalbą."


@pytest.mark.unit
@pytest.mark.parametrize("language", ["lt", "en", "uk", "ru", "pl"])
def test_every_word_of_a_text_is_a_hit_of_itself_and_of_none_with_another_stem(language):
    """Which words are marked is what their stems say, whatever is looked at first."""
    texts = Path(sauga.__file__).parent.rglob("data/**/*.md")
    words = sorted({word for path in texts for word in search_words(path.read_text(encoding="utf-8"))})
    assert len(words) > 3000
    for word in [*words[::400], "c", "č", "ß", "İ"]:
        asked = lexemes.question(word, language)
        wanted = {stem for one in asked.words for stem in (one, fold(one), *word_stems(one, language))}
        marked = {other for other in words if asked.is_hit(other)}
        assert marked == {o for o in words if o in wanted or wanted & set(word_stems(o, language))}, word


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "'; DROP TABLE x; --",
        "\\",
        "a'b",
        "!!!",
        "&|<->:*",
        "\x00",
        "ą" * 500,
        "žodis " * 50,
        "<script>",
    ],
)
def test_any_signs_may_be_asked(centre, text):
    bullying(centre)
    answer = Client().get("/lt/paieska/", {"q": text, "topic": "no_such", "page": "99999"})
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.django_db
def test_help_is_in_sight_when_the_words_ask_for_it_and_when_nothing_is_found(words):
    bullying(words)
    client = Client()
    assert (
        "data-help-now"
        in client.get("/lt/paieska/", {"q": "mane šaidina"})
        .content.decode()
        .split("<main")[1]
        .split("</main")[0]
    )
    nothing = client.get("/en/search/", {"q": "zzzqqq"}).content.decode().split("<main")[1].split("</main")[0]
    with translation.override("en"):
        assert f'href="{reverse("helpline-help")}"' in nothing
    assert "116\xa0111" not in nothing  # the page of help says what works at this hour
    assert "We found nothing" in nothing
    plain = client.get("/en/search/", {"q": "lesson"}).content.decode().split("<main")[1].split("</main")[0]
    assert "116\xa0111" not in plain


@pytest.mark.django_db
def test_no_record_of_what_was_asked(words, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    bullying(words)
    asked = "kanarėlėqx"
    assert Client().get("/lt/paieska/", {"q": asked}).status_code == 200
    queries.search(asked, "lt")
    out, err = capfd.readouterr()
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert all(asked not in record.getMessage() for record in ours)
    assert asked not in out + err
    assert not SearchWord.objects.filter(word__contains="kanarele").exists()
    assert not ChildWords.objects.filter(phrase__contains="kanar").exists()
