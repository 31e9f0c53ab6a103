"""A walk through the editors' tool in Lithuanian: no English text of the tool's catalogue stands on any of
its main screens.
"""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation
from factories.pages import body, live

from tests.centre import centre, sign_in
from tests.portal.test_language import texts

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
SCREENS = (
    "",
    "pages/",
    "pages/{page}/",
    "pages/{page}/edit/",
    "pages/{page}/history/",
    "pages/{page}/copy/",
    "pages/{page}/move/",
    "pages/{page}/delete/",
    "pages/{page}/unpublish/",
    "pages/{page}/usage/",
    "pages/add/portal/plainpage/{home}/",
    "pages/{home}/add_subpage/",
    "pages/search/?q=a",
    "images/",
    "images/add/",
    "documents/",
    "documents/multiple/add/",
    "snippets/portal/video/",
    "snippets/portal/video/add/",
    "snippets/portal/preparedblock/",
    "snippets/portal/preparedblock/add/",
    "snippets/portal/helpentry/",
    "snippets/portal/helpentry/add/",
    "redirects/",
    "reports/locked/",
    "reports/aging-pages/",
    "reports/site-history/",
    "reports/workflow/",
    "reports/page-types-usage/",
)
SHOWN = {"placeholder", "title", "aria-label", "alt"}
HIDDEN = {"None"}  # a counter of the tool that is never shown holds it
NO_WORDS = re.compile(r"[\W\d_]*")


class Said(HTMLParser):
    """Every text that a person is shown or read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in {"script", "style"}
        self.found |= {" ".join(value.split()) for name, value in attrs if name in SHOWN and value}

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.silent:
            self.found.add(" ".join(data.split()))


def english() -> set[str]:
    """Texts of the tool that read differently in Lithuanian; what is the same in both says nothing."""
    with translation.override("lt"):
        plain = {
            str(message.id)
            for _config, message in texts("django")
            if isinstance(message.id, str) and "%" not in message.id
        }
        return {
            said.strip()
            for said in plain
            if translation.gettext(said) != said and not NO_WORDS.fullmatch(said)
        } - HIDDEN


def test_no_screen_of_the_tool_speaks_english(centre, planted):
    page = live(centre, planted["lt"], title="Tekstas", body=body("Trumpas sakinys."))
    client = sign_in(centre, "PUBLISHER")
    known, wrong, seen = english(), {}, 0
    for screen in SCREENS:
        address = "/desk/cms/" + screen.format(page=page.pk, home=planted["lt"].pk)
        answer = client.get(address, headers={"Accept-Language": "lt"})
        assert answer.status_code == 200, (address, answer.status_code)
        said = Said()
        said.feed(answer.content.decode())
        seen += len(said.found)
        if left := said.found & known:
            wrong[address] = sorted(left)
    assert not wrong, wrong
    assert seen > 1000


def test_the_history_of_the_site_tells_each_act_once(centre, planted):
    page = live(centre, planted["lt"], title="Tekstas", body=body("Trumpas sakinys."))
    shown = sign_in(centre, "PUBLISHER").get(
        f"/desk/cms/reports/site-history/?object_type=&label={page.title}"
    )
    rows = [row for row in shown.context["object_list"] if row.page_id == page.pk] if shown.context else []
    assert shown.status_code == 200
    assert len({row.pk for row in rows}) == len(rows) > 0
