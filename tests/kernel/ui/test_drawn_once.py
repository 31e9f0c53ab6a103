"""Parts of the frame that are drawn once for each set of things that they show, and addresses that are found
once."""

import pytest
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.utils.translation import override

from sauga.kernel.ui import drawn_once
from sauga.kernel.ui.frame import Frame, FrameLink
from sauga.kernel.ui.hrefs import public_address

pytestmark = pytest.mark.unit


def test_a_part_is_drawn_once_for_each_thing_that_it_shows():
    part = engines["django"].from_string("{% drawn_once shown %}{{ drawn }}{% enddrawn_once %} {{ own }}")
    drawn: list[int] = []

    def ask(shown: object, own: str, language: str = "lt") -> str:
        def draw() -> str:
            drawn.append(1)
            return f"{language} {shown}"

        with override(language):
            return part.render({"shown": shown, "drawn": draw, "own": own})

    assert [ask("a", "1"), ask("a", "2"), ask("b", "3")] == ["lt a 1", "lt a 2", "lt b 3"]
    assert ask("a", "4", "en") == "en a 4" and len(drawn) == 3
    assert ask(Frame(pages=(FrameLink("A", "/a/"),)), "5") != ask(Frame(pages=(FrameLink("B", "/a/"),)), "5")
    for number in range(drawn_once.MOST):
        ask(number, "")
    before = len(drawn)
    assert ask("a", "6") == "lt a 6" and len(drawn) == before + 1, "what was drawn long ago is not kept"


def test_a_part_names_what_it_shows():
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% drawn_once %}{% enddrawn_once %}")


def test_an_address_is_that_of_the_language_spoken():
    found = {}
    for language in ("lt", "en", "lt"):
        with override(language):
            found[language] = public_address("repository-resource", "a-slug")
    assert found == {"lt": "/lt/istekliai/a-slug/", "en": "/en/resources/a-slug/"}
