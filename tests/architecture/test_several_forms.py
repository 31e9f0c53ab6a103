"""A page with several forms into which a person types loses nothing of the others when one is sent: it has
the script that sends their text along (decision 0189), or a reason why nobody types into two of them.
"""

import re
from functools import cache

import pytest
from architecture.tree import SAUGA, templates

pytestmark = pytest.mark.unit

SCRIPT = "'ui/unsent.js'"
FORM = re.compile(r"<form\b[^>]*\bpost\b.*?</form>", re.IGNORECASE | re.DOTALL)
INCLUDED = re.compile(r'{%\s*include\s+"([^"]+)"[^%]*%}')
PARENT = re.compile(r'{%\s*extends\s+"([^"]+)"')
WRITTEN = re.compile(
    r"""<textarea(?![^>]*\shidden)|<input(?![^>]*\btype=["'](?:hidden|checkbox|radio|submit|file|{{))[^>]*>"""
    r"""|{%\s*field\s|{{\s*(?:\w*form\w*(?:\.\w+)?|field|bound)\s*}}"""
)
ALONE = {
    "credentials/public/index.html": "a code of a certificate, or its file: whoever has one needs no other",
    "events/registration/public/guardian.html": "choices about photographs, one form at a time",
    "events/registration/public/own.html": "each folded; a child's page sends only what the child sends",
    "hotline/notices/provider_page/notice.html": "one of the two is there at a time",
    "portal/public/feedback.html": "nine words lead to an earlier answer; only what was sent goes from here",
    "training/learning/member/kept_part.html": "one question is there at a time, on the device",
}
"""Pages without the script, each with its reason."""


@cache
def by_name() -> dict[str, str]:
    """The text of each template by the name by which others include it."""
    return {
        path.as_posix().split("/templates/", 1)[1]: path.read_text(encoding="utf-8")
        for path in templates()
        if path.is_relative_to(SAUGA) and "/templates/" in path.as_posix()
    }


@cache
def whole(name: str, deep: int = 6) -> str:
    """A template with what it includes, to some depth, and what it extends."""
    if not deep:
        return ""
    own = by_name().get(name, "")
    text = INCLUDED.sub(lambda found: whole(found[1], deep - 1), own)
    parent = PARENT.search(own)
    return text + whole(parent[1], deep - 1) if parent else text


def test_a_page_with_several_forms_loses_nothing_that_stands_in_the_others():
    pages = {name for name, text in by_name().items() if PARENT.search(text)}
    several = {
        name for name in pages if sum(bool(WRITTEN.search(one)) for one in FORM.findall(whole(name))) > 1
    }
    assert len(several) > 40
    without = {name for name in several if SCRIPT not in whole(name)}
    assert sorted(without - set(ALONE)) == [], f"include {SCRIPT}, or say why nobody types into two forms"
    assert sorted(set(ALONE) - without) == [], "these need no reason any more"
