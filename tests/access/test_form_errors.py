"""Whoever posts a form empty learns everything at once: nothing breaks, nothing passes for done, each field
that is refused said before that it has to be filled, and what is refused the second time was not wrong the
first.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from access.form_posts import PostedForm, forms_of, within
from access.form_things import READERS, make_things, pages_of
from access.matrix import Row, every_row
from access.test_matrix import NEVER_ASKED, NOBODY, named, objects
from django.test import Client
from django.urls import reverse
from django.utils import translation
from factories.members import acts_for, browser_of, joined
from factories.people import hire, make_organisation, sign_in
from lxml import html

from tests.centre import Centre, centre  # a fixture
from tests.centre import sign_in as sign_at_desk

pytestmark = [pytest.mark.access, pytest.mark.django_db]
__all__ = ["centre", "objects"]
MEMBER = "member"
READ_ONLY = {"AUDITOR", "STATISTICIAN"}
REDIRECTS = {302, 303}
REFUSALS = 'class="toast error"', 'class="note bad'
"""What stands on a page to which a refused form without a page of its own leads."""
NEEDED_SOMETIMES = {
    ("safer-internet-day/register", "municipality"): "unless the register knows where the organisation is",
    ("my/activities/new", "municipality"): "unless the register knows where the organisation is",
    ("report/own-picture", "where"): "or fingerprints",
    ("repository/new", "title_lt"): "or a title in English",
    ("edit/about", "title_lt"): "or a title in English",
    ("pictures", "alt_lt"): "or a description in English",
    ("budget/new", "planned"): "or what was paid",
    ("collections/new", "title_lt"): "or a title in English",
    ("training/tools/new", "keys_url"): "or a pasted key",
}
"""Fields that an empty form lacks, although they may stay empty beside others; a hint says when."""


def reader_of(row: Row) -> str | None:
    """Somebody who gets the page: a role, a member, a visitor (""); None where nobody does."""
    if row.method != "GET" or NEVER_ASKED in {row.anonymous, row.others}:
        return None
    if row.anonymous == 200:
        return ""
    allowed = sorted(
        (role for role, status in row.roles.items() if status == 200), key=READ_ONLY.__contains__
    )
    if allowed:
        return allowed[0]
    if not named()[row.name].startswith("desk/"):
        return MEMBER
    return NOBODY if row.others == 200 else None


@dataclass
class Forms:
    """Posts forms in the browsers of people and notes what is wrong with the answers."""

    browsers: dict[str, Client] = field(default_factory=dict)
    posted: set[tuple[Any, ...]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def look(self, who: str, page: str) -> None:
        """Post every form of a page that was not posted yet."""
        answer = self._undone(who, "get", page)
        if answer.status_code != 200 or not is_page(answer):
            return
        for form in forms_of(page, answer.content.decode()):
            if form.key not in self.posted:
                self.posted.add(form.key)
                self.faults += [
                    f"{page} → {form.address} as {who}: {fault}" for fault in self._wrong(who, form)
                ]

    def _undone(self, who: str, method: str, address: str, data: Mapping[str, Any] | None = None) -> Any:
        browser = self.browsers.get(who) or self._browser(who)

        def act() -> Any:
            answer = getattr(browser, method)(address, data)
            if method == "post" and answer.status_code in REDIRECTS:
                answer.led_to = browser.get(answer.headers["Location"]).content.decode()
            return answer

        return within(act)

    def _browser(self, who: str) -> Client:
        made = self.browsers[who] = Client()
        sign_in(made, hire("Asmuo Pavyzdys", "" if who == NOBODY else who))
        return made

    def _wrong(self, who: str, form: PostedForm) -> Iterator[str]:
        first = self._undone(who, "post", form.address, form.untouched)
        if first.status_code >= 500:
            yield f"{first.status_code}"
        if first.status_code in REDIRECTS and form.required and not says_no(first.led_to):
            yield f"looks like success without {sorted(form.required)}"
        if first.status_code in REDIRECTS or not is_page(first):
            return
        refused = form.refused(html.fromstring(first.content.decode()))
        sometimes = {name for page, name in NEEDED_SOMETIMES if page in form.page}
        if unmarked := refused - form.required - form.cannot_be_marked - sometimes:
            yield f"refused, but not marked as required: {sorted(unmarked)}"
        given = {name: form.plausible(name) for name in refused | form.required}
        if not given:
            return
        second = self._undone(who, "post", form.address, {**form.untouched, **given})
        if second.status_code >= 500:
            yield f"{second.status_code} after {given}"
        if second.status_code not in REDIRECTS and is_page(second):
            late = form.refused(html.fromstring(second.content.decode())) - given.keys()
            if late:
                yield f"refused only the second time: {sorted(late)}"


def is_page(answer: Any) -> bool:
    return (
        not answer.streaming
        and answer.headers.get("Content-Type", "").startswith("text/html")
        and bool(answer.content)
    )


def says_no(page: str) -> bool:
    return any(sign in page for sign in REFUSALS)


@pytest.mark.slow("some hundred pages are read and their forms posted, with a person for each role")
def test_an_empty_form_says_everything_at_once(objects: dict[str, str]):
    who, secret = joined()
    acts_for(who, make_organisation())
    found = Forms({"": Client(), MEMBER: browser_of(secret)})
    with translation.override("en"):
        for row in every_row().values():
            if (reader := reader_of(row)) is not None:
                found.look(reader, reverse(row.name, args=[objects.get(one, one) for one in row.args]))
    assert not found.faults, "\n".join(found.faults)
    assert len(found.posted) > 90


@pytest.mark.slow("an event, a course and more are made, and the forms about them are read and posted")
def test_so_do_the_forms_about_things(centre: Centre):
    make_things(centre)
    found = Forms({role: sign_at_desk(centre, role) for role in READERS})
    read: Counter[str] = Counter()
    with translation.override("en"):
        for role, browser in found.browsers.items():
            for page in pages_of(browser, read):
                found.look(role, page)
    assert not found.faults, "\n".join(found.faults)
    assert len(found.posted) > 50
