"""Words by field: typing errors, Latin letters, prefixes, and everyday words that must not be
taken for others.
"""

import json
from itertools import chain
from pathlib import Path

import pytest

from sauga.kernel.i18n.latin import comparable
from sauga.repository.search.rules import distress, semantic_fields

pytestmark = pytest.mark.unit
PHRASES = Path(__file__).parent / "data" / "search_help_others.json"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзх", "фывапролджэ", "ячсмитьбю")
BESIDE = {letter: row[place - 1] if place else row[1] for row in ROWS for place, letter in enumerate(row)}
LONG, SWAPPED = 5, 2


def mistyped(text: str, kind: int) -> str:
    """`text` with one error in its longest word: a letter left out, typed twice, swapped, or its
    neighbour on the keyboard.
    """
    word = max(text.split(), key=len)
    place = len(word) // 2
    before, letter, after = word[:place], word[place], word[place + 1 :]
    instead = ("", letter * 2, after[:1] + letter, BESIDE.get(letter, ""))[kind]
    return text.replace(word, before + instead + after[kind == SWAPPED :], 1)


def all_phrases(kind: str) -> list[str]:
    rows = json.loads(PHRASES.read_text(encoding="utf-8"))
    return [text for part in rows.values() for text in part[kind] if len(max(text.split(), key=len)) >= LONG]


@pytest.mark.parametrize("kind", range(4), ids=["left out", "typed twice", "swapped", "beside"])
def test_one_typing_error_hides_no_distress_and_makes_none(kind):
    found = [distress.judge(mistyped(text, kind)).needs_help for text in all_phrases("help")]
    false = [distress.judge(mistyped(text, kind)).needs_help for text in all_phrases("ordinary")]
    print(f"found {sum(found) / len(found):.3f}, false {sum(false) / len(false):.3f}")
    assert sum(found) / len(found) >= 0.94
    assert sum(false) / len(false) <= 0.05


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("menya obizhayut", "ru"),
        ("ya hochu umeret", "ru"),
        ("ne hochu zhit", "ru"),
        ("zhizn bez smysla", "ru"),
        ("mene bulyat", "uk"),
        ("meni strashno", "uk"),
        ("dopomozhit meni", "uk"),
        ("boyusya yty do shkoly", "uk"),
    ],
)
def test_russian_and_ukrainian_in_latin_letters_are_answered_in_their_language(typed, language):
    answer = distress.judge(typed, "en")
    assert (answer.needs_help, answer.language) == (True, language)


@pytest.mark.parametrize(
    ("written", "typed"),
    [("жизнь", "zhizn"), ("обижают", "obizhayut"), ("щоночі", "shchonochi"), ("ёлка", "elka")],
)
def test_the_ways_to_write_cyrillic_in_latin_letters_meet(written, typed):
    assert comparable(written, "ru") == comparable(typed, "ru")


@pytest.mark.parametrize(
    "text",
    """family|teacher|school|internet|pictures|my profile|girls and boys|books|a plan for the week|deadline
    |shared folder|lower secondary
    |šeima|mokytoja|mokykla|paveikslėliai|lietuva|paprastai|atrodo|nurodymai|metai|gyventojai|klausimynas
    |metodas|skyrius|kunigas
    |семья|учитель|школа|страна|страны|спасибо|простой вопрос|комплекс упражнений|билеты|составить список
    |отзывы
    |rodzina|nauczyciel|szkoła|transport|radio|obraz|zakupy|główna strona|samochód|długa przerwa
    |choroby zakaźne
    |родина|вчитель|школа|було цікаво|виклик|виключно|бійці|вино|поляки|прості запитання
    |зображення""".replace("\n", "").split("|"),
)
def test_everyday_words_that_look_like_others_are_left_alone(text):
    assert not distress.judge(text.strip()).needs_help


@pytest.mark.parametrize("code", distress.spoken())
def test_every_language_has_the_fields_that_weigh_and_no_word_in_two_that_speak_against_each_other(code):
    content = json.loads((semantic_fields.DATA / f"{code}.json").read_text(encoding="utf-8"))
    rules = json.loads((distress.DATA / "rules.json").read_text(encoding="utf-8"))
    weighed = (
        set(chain.from_iterable(place.split("|") for row in rules["weights"] for place in row["all"]))
        - distress.AGAINST
    )
    assert weighed - {"speaks", "does"} <= content["fields"].keys()
    assert content["fields"].keys() - weighed <= {"plain"}
    words = {name: set(" ".join(lines).split()) for name, lines in content["fields"].items()}
    against = words["material"] | words["technology"] | words["teaching"] | words["question"]
    both = {word for name in ("harm", "crisis", "feeling", "trouble") for word in words[name] & against}
    assert not both


def test_a_word_takes_the_fields_of_its_most_specific_entry():
    book = semantic_fields.Vocabulary(
        {
            "prefixes": ["pri", "nu"],
            "fields": {"harm": ["+muš* kont*"], "technology": ["kontrol*"], "help": ["pagalb* ką_daryti"]},
        }
    )
    assert book.fields_of("primuse") == (frozenset({"harm"}), 6, True)
    assert book.fields_of("kontrole")[0] == {"technology"}
    assert book.fields_of("pagablos") == (frozenset({"help"}), 6, False)
    assert book.fields_of("prikontrole")[0] == frozenset()
    assert book.read("lt", semantic_fields.read("pagalbos ką daryti pagalba")).fields == {"help"}
