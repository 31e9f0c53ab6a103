"""Parts of public pages that are drawn once for each set of things that they show, and addresses that are
found once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from sauga.kernel.ui import drawn_once
from sauga.kernel.ui.drawn_once import Drawings, NotAValue, content
from sauga.kernel.ui.hrefs import public_address
from sauga.kernel.ui.public_frame.frame import Frame, FrameLink
from sauga.kernel.vocab.models import Term

pytestmark = pytest.mark.unit


@dataclass
class Pair:
    """A title and what stands below it."""

    title: str
    rows: list[str]


def test_a_part_is_drawn_once_for_each_thing_that_it_shows():
    part = engines["django"].from_string(
        "{% drawn_once shown %}{{ shown.text }}{{ shown.drawn }}{% enddrawn_once %} {{ own }}"
    )
    drawn: list[int] = []

    @dataclass
    class Shown:
        text: str

        def drawn(self) -> str:
            drawn.append(1)
            return ""

    def ask(text: str, own: str, language: str = "lt") -> str:
        with override(language):
            return part.render({"shown": Shown(text), "own": own})

    assert [ask("a", "1"), ask("a", "2"), ask("b", "3")] == ["a 1", "a 2", "b 3"]
    assert len(drawn) == 2
    assert ask("a", "4", "en") == "a 4" and len(drawn) == 3, "each language has its own"


def test_a_part_sees_nothing_that_it_does_not_name():
    part = engines["django"].from_string(
        "{% drawn_once named other=a.b %}{{ named }}{{ other }}{{ a }}{{ forgotten }}{% enddrawn_once %}"
    )
    assert part.render({"named": "1", "a": {"b": "2"}, "forgotten": "3"}) == "12"


def test_a_part_that_names_nothing_is_drawn_once_for_each_language():
    part = engines["django"].from_string("{% drawn_once %}{{ a }}{% icon 'x' %}{% enddrawn_once %}")
    assert part.render({"a": "1"}).startswith("<svg")


def test_a_part_names_what_it_shows_by_variables():
    for wrong in ("a.b", '"text"', "a|upper"):
        with pytest.raises(TemplateSyntaxError):
            engines["django"].from_string(f"{{% drawn_once {wrong} %}}{{% enddrawn_once %}}")


DIFFERENT = [
    None,
    "",
    "1",
    1,
    True,
    1.0,
    SafeString("1"),
    ["1"],
    [1],
    [["1"]],
    [SafeString("1")],
    {"a": "1"},
    {"a": "2"},
    {"b": "1"},
    {"a": "1", "b": "1"},
    {"b": "1", "a": "1"},
    Pair("a", ["1"]),
    Pair("a", ["2"]),
    Pair("b", ["1"]),
    date(2026, 11, 29),
    datetime(2026, 11, 29, tzinfo=UTC),
    Frame(pages=(FrameLink("A", "/a/"),)),
    Frame(pages=(FrameLink("B", "/a/"),)),
    Frame(contacts=(FrameLink("A", "/a/"),)),
    frozenset({"1"}),
]


def test_what_is_drawn_differently_is_known_differently():
    known = [content(one) for one in DIFFERENT]
    assert len(set(known)) == len(known)
    assert known == [content(one) for one in DIFFERENT]
    assert content(MappingProxyType({"a": "1"})) == content({"a": "1"})


def test_a_text_that_is_translated_is_known_by_its_words():
    text = gettext_lazy("Home page")
    found = set()
    for language in ("lt", "en"):
        with override(language):
            found.add(content([text]))
    assert len(found) == 2


@pytest.mark.parametrize("value", [Term(code="a"), object(), [Term(code="a")], {"a": object()}, print, {1}])
def test_what_does_not_say_itself_what_is_shown_of_it_is_refused(value):
    with pytest.raises(NotAValue):
        content(value)


def test_no_more_is_kept_than_so_many_characters_and_the_latest_stay():
    held, drawn = Drawings(10), []

    def ask(key: str, size: int) -> str:
        def draw() -> str:
            drawn.append(key)
            return key * size

        return held.of(key, draw)

    assert ask("a", 4) == "aaaa" and ask("b", 4) == "bbbb" and ask("a", 4) == "aaaa"
    assert ask("c", 4) == "cccc" and drawn == ["a", "b", "c"], "b is dropped: a was asked for after it"
    assert ask("a", 4) == "aaaa" and ask("b", 4) == "bbbb" and drawn == ["a", "b", "c", "b"]
    assert ask("d", 11) == "d" * 11 and len(held) == 0, "what is larger than everything is not kept"
    assert drawn_once.MOST_CHARACTERS < 20_000_000


def test_an_address_is_that_of_the_language_spoken():
    found = {}
    for language in ("lt", "en", "lt"):
        with override(language):
            found[language] = public_address("repository-resource", "a-slug")
    assert found == {"lt": "/lt/istekliai/a-slug/", "en": "/en/resources/a-slug/"}
