"""Every form that creates something, sent twice at the same moment by two browsers of its reader, leaves what
it leaves when it is sent once: the same rows in every table, letters and jobs among them.

Each form is read from its page, filled in as somebody would, and posted first alone (what that left is
undone) and then by two threads. A form that leaves nothing when it is posted so, because it is refused or
only shows something, says nothing here; so many have to be judged. What scripts send by themselves rests on
its actions (`test_sent_twice.py`).
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import pytest
from access.form_posts import PostedForm, forms_of, within
from access.form_things import READERS, make_things, pages_of
from access.matrix import every_row
from access.test_form_errors import MEMBER, is_page, reader_of
from access.test_matrix import NOBODY, objects
from access.test_sent_twice import counted, send_together
from django.test import Client
from django.urls import reverse
from django.utils import translation
from factories.members import acts_for, browser_of, joined
from factories.people import hire, make_organisation, sign_in

from tests.centre import Centre, centre
from tests.centre import sign_in as sign_at_desk
from tests.repetition import IS_WHOLE

pytestmark = [pytest.mark.access, pytest.mark.prove]
__all__ = ["centre", "objects"]
EVERY_NTH = 1 if IS_WHOLE else 4
"""`make test` posts every fourth form, `make prove` all of them."""
END_THE_SESSION = ("signout", "sign-out", "leave", "password", "close", "account", "devices", "passkey")
"""Views whose names hold one of these end the session of the reader, so that no later page would come; and so
does the deletion of an account."""
EACH_HAS_ITS_OWN = {"members-signin", "members-delete"}
"""A link to sign in belongs to the browser that asked for it, by a cookie that comes with the answer: the
answer that stays on the screen needs a link of its own (decision 0182)."""


WRITTEN_AT_COMMIT = {"audit_traillink"}
"""Tables whose rows come with the commit, which what is undone never reaches."""


def grown(before: Counter[str]) -> dict[str, int]:
    """By how many rows each table has grown or shrunk since."""
    now = counted()
    changed = {name: now[name] - before[name] for name in now | before if now[name] != before[name]}
    return {name: count for name, count in changed.items() if name not in WRITTEN_AT_COMMIT}


def ends_the_session(view: str) -> bool:
    return any(word in view for word in END_THE_SESSION)


@dataclass
class Twice:
    """Posts forms alone and twice at the same moment."""

    browsers: dict[str, Client] = field(default_factory=dict)
    seen: set[tuple[Any, ...]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    nothing_left: list[str] = field(default_factory=list)

    def look(self, who: str, page: str) -> None:
        """Post the forms of a page that were not posted yet."""
        browser = self.browsers.get(who) or self._browser(who)
        answer = within(lambda: browser.get(page))
        if answer.status_code != 200 or not is_page(answer):
            return
        for form in forms_of(page, answer.content.decode()):
            if form.key in self.seen or form.view in EACH_HAS_ITS_OWN or ends_the_session(form.view):
                continue
            self.seen.add(form.key)
            if crc32(form.view.encode()) % EVERY_NTH == 0:
                self._post(f"{page} → {form.address} ({form.view}) as {who}", browser, form)

    def _browser(self, who: str) -> Client:
        made = self.browsers[who] = Client()
        sign_in(made, hire("Asmuo Pavyzdys", "" if who == NOBODY else who))
        return made

    def _post(self, name: str, browser: Client, form: PostedForm) -> None:
        before = counted()

        def alone() -> tuple[int, dict[str, int]]:
            return browser.post(form.address, filled(form)).status_code, grown(before)

        status, once = within(alone)
        if status >= 500:
            self.faults.append(f"{name}: {status}")
        if status >= 400 or not any(count > 0 for count in once.values()):
            self.nothing_left.append(name)
            return
        answers = send_together([copy(browser), copy(browser)], form.address, lambda: filled(form))
        self.judged.append(name)
        codes = [one.status_code for one in answers]
        if len(codes) != 2 or max(codes) >= 400:
            self.faults.append(f"{name}: {status} alone, {codes} at the same moment")
        elif (both := grown(before)) != once:
            self.faults.append(f"{name}: {both} instead of {once}")


def copy(browser: Client) -> Client:
    """Another window of the same browser."""
    made = Client()
    made.cookies.load({name: one.value for name, one in browser.cookies.items()})
    return made


def filled(form: PostedForm) -> dict[str, Any]:
    """What a browser sends with something in each field, and with files where they are needed."""
    return form.untouched | {
        name: form.plausible(name)
        for name, every in form.controls.items()
        if every[0].get("type") != "file" or name in form.required
    }


def judge(found: Twice, least: int) -> None:
    assert not found.faults, "\n".join(found.faults)
    assert len(found.judged) >= least // EVERY_NTH, "\n".join(found.nothing_left)


@pytest.mark.slow("forms of some hundred pages are posted three times, with a person for each role")
@pytest.mark.django_db(transaction=True)
def test_every_form_of_the_table(objects: dict[str, str]):
    who, secret = joined()
    acts_for(who, make_organisation())
    found = Twice({"": Client(), MEMBER: browser_of(secret)})
    with translation.override("en"):
        for row in every_row().values():
            if (reader := reader_of(row)) is not None:
                found.look(reader, reverse(row.name, args=[objects.get(one, one) for one in row.args]))
    judge(found, 40)


@pytest.mark.slow("an event, a course and more are made, and the forms about them posted three times")
@pytest.mark.django_db(transaction=True)
def test_every_form_about_a_thing(centre: Centre):
    make_things(centre)
    found = Twice({role: sign_at_desk(centre, role) for role in READERS})
    read: Counter[str] = Counter()
    with translation.override("en"):
        for role, browser in found.browsers.items():
            for page in pages_of(browser, read):
                found.look(role, page)
    judge(found, 40)
