"""The shipped courses, as files: complete in both languages, their hours add up, every code leads somewhere,
questions have the right answers and feedback, and the texts are as easy to read as the product asks of texts
for adults.
"""

import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sauga.kernel.i18n import readability

pytestmark = pytest.mark.unit

SOURCE = Path(__file__).resolve().parents[2] / "src/sauga"
STARTER = SOURCE / "training/data/starter"
PORTAL = SOURCE / "portal/data"
FILMS = (SOURCE / "repository/demo/films", STARTER / "films")
LANGUAGES = ("lt", "en")
WORDS_A_MINUTE = 200
FEWEST_ITEMS = {"school-librarians": 30, "class-teacher-cyberbullying": 30, "ambassador": 80}
HOURS = {"school-librarians": 10, "class-teacher-cyberbullying": 8, "ambassador": 40}
KINDS = {"page", "video", "quiz", "file", "discussion", "assignment", "webinar", "session"}
ITEM_KINDS = {"single", "multiple", "truefalse", "order", "match"}
SERVICES = {"help", "report", "own_picture", "police", "child_rights", "parents_line", "youth_line", "112"}
LINK = re.compile(r"\{([a-z_]+|112)(?::([^}]+))?\}")
PICTURE = re.compile(r"!\[([^\]]+)\]\(drawing:([a-z_]+)\)")
TRY = re.compile(r"(?m)^::: try\n\*(?:Skirkite|Take) (\d+) min\.\*\n$")
DIRECTIVE = re.compile(r"(?m)^:::(.*)$")
MARKS = re.compile(r"(?m)^(?::::.*|→.*|!\[.*|\*(?:Skirkite|Take) .*|#+ |> |- |\d+\. )")
FORBIDDEN = {
    "lt": r"vartotoj|prisijungęs|šlamšt|vaikų pornograf|karštosios linijos telefon|\bauka\b|\baukos\b|"
    r"patvirtinti \(|tikrintina|TODO|Lorem|\(to confirm\)|buliną|\bkiberpatyč",
    "en": r"child porn|leave quickly|\bvictims?\b|commit(?:ted)? suicide|\(to confirm|TODO|Lorem|click here|"
    r"color\b|behavior|program me|\bkids\b",
}
"""Words that the product has a better one for, marks for editors, and what a course must never say."""


def the(code: str, name: str) -> Any:
    return json.loads((STARTER / code / name).read_text("utf-8"))


def markdown(code: str, language: str, name: str) -> str:
    return (STARTER / code / language / f"{name}.md").read_text("utf-8")


def activities(course: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for module in course["modules"] for one in module["activities"]]


def spoken(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a structure that is written in both languages."""
    if isinstance(value, dict) and {"lt", "en"} & set(value):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from spoken(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from spoken(inner, f"{place}.{number}")


def shown(text: str) -> str:
    """A page as it is read: without marks, links and pictures."""
    return re.sub(r"\*\*|\{[^}]*\}", "", MARKS.sub("", text))


def rule_leaves(rule: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("all", "any", "of"):
        for inner in rule.get(key, ()):
            yield from rule_leaves(inner)
    if not {"all", "any", "of"} & set(rule):
        yield rule


@pytest.fixture(params=sorted(FEWEST_ITEMS))
def code(request) -> str:
    """One course after the other."""
    return request.param


def test_hours_are_the_sum_of_their_minutes(code: str):
    course = the(code, "course.json")
    assert (course["code"], course["hours"]) == (code, HOURS[code])
    for module in course["modules"]:
        minutes = sum(one["minutes"] for one in module["activities"])
        assert minutes == round(module["hours"] * 60), module["code"]
    assert sum(one["minutes"] for one in activities(course)) == course["hours"] * 60


def test_a_page_takes_as_long_as_reading_it_and_doing_its_exercises(code: str):
    for one in activities(the(code, "course.json")):
        if one["kind"] != "page":
            continue
        texts = [markdown(code, language, one["file"]) for language in LANGUAGES]
        exercises = [[int(minutes) for minutes in TRY.findall(text)] for text in texts]
        assert exercises[0] == exercises[1] != [], one["code"]
        longest = max(len(readability.words(shown(text))) for text in texts)
        wanted = sum(exercises[0]) + math.ceil(longest / WORDS_A_MINUTE)
        assert abs(one["minutes"] - wanted) <= 1, (one["code"], wanted)


def test_everything_is_there_in_both_languages(code: str):
    for name in ("course.json", "items.json"):
        for place, words in spoken(the(code, name)):
            assert set(words) == set(LANGUAGES) and all(text.strip() for text in words.values()), place
    files = [{path.stem for path in (STARTER / code / language).glob("*.md")} for language in LANGUAGES]
    used = [one["file"] for one in activities(the(code, "course.json")) if one["kind"] == "page"]
    assert files[0] == files[1] == set(used) and len(used) == len(set(used))
    for name in used:
        headings = [re.findall(r"(?m)^(#+) ", markdown(code, language, name)) for language in LANGUAGES]
        blocks = [DIRECTIVE.findall(markdown(code, language, name)) for language in LANGUAGES]
        assert headings[0] == headings[1] and blocks[0] == blocks[1], name
        assert "#" not in headings[0], name


def test_directives_are_known_and_closed(code: str):
    for language in LANGUAGES:
        for path in (STARTER / code / language).glob("*.md"):
            is_open = False
            for mark in DIRECTIVE.findall(path.read_text("utf-8")):
                assert re.fullmatch(r"| example| remember| try", mark), (path.name, mark)
                assert bool(mark) is not is_open, path.name
                is_open = bool(mark)
            assert not is_open, path.name


def test_each_question_has_the_right_answers_and_says_why(code: str):
    items = the(code, "items.json")
    assert len(items) >= FEWEST_ITEMS[code]
    assert len({item["id"] for item in items}) == len(items)
    assert len({item["text"]["en"] for item in items}) == len(items)
    for item in items:
        options, right = item["options"], sum(option["right"] for option in item["options"])
        assert item["kind"] in ITEM_KINDS and item["tags"] and item["explanation"]["lt"], item["id"]
        assert all(option["feedback"][language] for option in options for language in LANGUAGES), item["id"]
        wanted = {
            "single": right == 1 and len(options) >= 3,
            "truefalse": right == 1 and len(options) == 2,
            "multiple": 2 <= right < len(options),
            "order": right == len(options) >= 3,
            "match": right == len(options) >= 3 and all(option.get("pair") for option in options),
        }
        assert wanted[item["kind"]], item["id"]
        for language in LANGUAGES:
            assert len({option["text"][language] for option in options}) == len(options), item["id"]


def test_the_right_answer_is_not_always_in_the_same_place_nor_the_longest(code: str):
    single = [item["options"] for item in the(code, "items.json") if item["kind"] == "single"]
    places = Counter(next(i for i, option in enumerate(one) if option["right"]) for one in single)
    assert min(places[0], places[1]) / len(single) > 0.1
    assert max(places.values()) / len(single) < 0.6
    for language in LANGUAGES:
        longest = [max(one, key=lambda option: len(option["text"][language])) for one in single]
        assert sum(option["right"] for option in longest) / len(single) < 0.5, "a guesser learns nothing"


def test_every_code_of_the_course_leads_somewhere(code: str):
    course, items = the(code, "course.json"), the(code, "items.json")
    known = {item["id"] for item in items}
    tags = Counter(tag for item in items for tag in item["tags"])
    codes = [one["code"] for one in activities(course)]
    assert len(codes) == len(set(codes))
    scored = {one["code"] for one in activities(course) if one["kind"] in ("quiz", "assignment")}
    for leaf in rule_leaves(course["completion"]):
        assert leaf.get("done") in codes or leaf.get("score") in scored or "hours" in leaf, leaf
    for one in activities(course):
        assert one["kind"] in KINDS and one["minutes"] > 0, one["code"]
        if one["kind"] == "quiz":
            for part in one["bank"]:
                assert part in known if isinstance(part, str) else 1 <= part["draw"] <= tags[part["tag"]]
        if one["kind"] == "assignment":
            for row in one["rubric"]:
                points = [level["points"] for level in row["levels"]]
                assert len(set(points)) == len(points) >= 2, one["code"]
        if one["kind"] == "file":
            assert one["resource"] in resources()
    vocabularies = json.loads((SOURCE / "repository/data/awareness_vocabularies.json").read_text("utf-8"))
    terms = {
        name: {term["code"].lower() for term in vocabulary["terms"]}
        for name, vocabulary in vocabularies["vocabularies"].items()
    }
    assert set(course["competences"]["digcomp"]) <= terms["digcomp"]
    assert course["licence"] == "CC-BY-4.0" and date.fromisoformat(course["review_by"])


def test_films_are_there_and_ask_before_they_end(code: str):
    known = {item["id"] for item in the(code, "items.json")}
    for one in activities(the(code, "course.json")):
        if one["kind"] == "video":
            folder = next(folder for folder in FILMS if (folder / f"{one['film']}.webm").exists())
            for language in LANGUAGES:
                captions = (folder / f"{one['film']}.{language}.vtt").read_text("utf-8")
                *_, end = re.findall(r"--> (\d\d):(\d\d)", captions)
                assert 0 < max(part["at"] for part in one["questions"]) <= int(end[0]) * 60 + int(end[1])
                assert (folder / f"{one['film']}.{language}.md").exists()
            assert {part["item"] for part in one["questions"]} <= known


def test_each_course_has_films_of_its_own():
    own = {path.stem for path in (STARTER / "films").glob("*.webm")}
    shown = {code: {one.get("film") for one in activities(the(code, "course.json"))} for code in HOURS}
    assert set.union(*shown.values()) >= own
    assert all(films & own for films in shown.values())
    assert min(len(shown[code] & own) for code in ("class-teacher-cyberbullying", "ambassador")) >= 3


def resources() -> set[str]:
    rows = json.loads((SOURCE / "repository/data/resources_seed.json").read_text("utf-8"))
    return {row["slug"]["en"] for row in (rows if isinstance(rows, list) else rows["resources"])}


def test_every_link_and_drawing_exists(code: str):
    texts = PORTAL / "starter"
    pages = {str(path.relative_to(texts)).removesuffix(".lt.md") for path in texts.glob("*/*.lt.md")}
    topics = {
        tomllib.loads(path.read_text("utf-8").split("+++\n")[1])["topic"]
        for path in (texts / "topics").glob("*.lt.md")
    }
    drawings = {path.stem for path in (PORTAL / "drawings").glob("*.svg")}
    for language in LANGUAGES:
        pictures = 0
        for path in (STARTER / code / language).glob("*.md"):
            text = path.read_text("utf-8")
            for kind, name in LINK.findall(text):
                places = {"page": pages, "topic": topics, "resource": resources()}
                is_there = name in places[kind] if kind in places else kind in SERVICES and not name
                assert is_there, (path.name, kind, name)
            for _alt, name in PICTURE.findall(text):
                assert name in drawings, (path.name, name)
                pictures += 1
        assert pictures >= len(the(code, "course.json")["modules"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_easy_enough_for_adults(code: str, language: str):
    hard = [
        (path.name, trouble.why, trouble.text[:80], trouble.counted)
        for path in (STARTER / code / language).glob("*.md")
        for trouble in readability.troubles(shown(path.read_text("utf-8")), language, readability.Level.ADULT)
    ]
    for name in ("course.json", "items.json"):
        content = the(code, name)
        for part in ("to_confirm", "sources") if name == "course.json" else ():
            content.pop(part)
        hard += [
            (place, trouble.why, trouble.text[:80], trouble.counted)
            for place, words in spoken(content)
            for trouble in readability.troubles(words[language], language, readability.Level.ADULT)
            if trouble.why == "sentence"
        ]
    assert not hard


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_signs_are_those_of_the_product(code: str, language: str):
    texts = {path.name: path.read_text("utf-8") for path in (STARTER / code / language).glob("*.md")}
    for name in ("course.json", "items.json"):
        content = the(code, name)
        content.pop("to_confirm", None) if isinstance(content, dict) else None
        texts |= {f"{name}{place}": words[language] for place, words in spoken(content)}
    for name, text in texts.items():
        assert not re.search(FORBIDDEN[language], text, re.IGNORECASE), name
        assert not re.search(r'"|\S - |\S  |\t', text), name
        if language == "lt":
            assert text.count("„") == text.count("“") and not re.search("[’”]", text), name
        else:
            assert not re.search(r"[„ąčęėįšųū]", re.sub(r"\b[A-ZĄČĘĖĮŠŲŪŽ]\w*", "", text)), name
            assert "'" not in text, name


def test_what_a_person_must_confirm_is_listed_and_not_shown(code: str):
    course = the(code, "course.json")
    assert course["to_confirm"]
    pages = "\n".join(
        path.read_text("utf-8") for language in LANGUAGES for path in (STARTER / code / language).glob("*.md")
    )
    for line in course["to_confirm"]:
        assert not any(text in pages for text in line.values())
    for source in course["sources"]:
        assert source["url"].startswith("https://") and date.fromisoformat(source["checked"]), source


def test_help_is_named_where_hard_things_are(code: str):
    for language in LANGUAGES:
        texts = [path.read_text("utf-8") for path in (STARTER / code / language).glob("*.md")]
        assert sum("112" in text for text in texts) >= 3 and sum("116 111" in text for text in texts) >= 2
        assert not any("116111" in text for text in texts)
