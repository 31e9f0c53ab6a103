"""Whoever needs help in a language with some journeys reads that language on every page, or is told which
language a page or a part of it is in. Never the words of another language without a word about it.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.translation import trans_real

from sauga.helpline.chat.actions import conversation_events, presence, queue
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import keys_at_desk
from sauga.helpline.line.actions.texts import load_texts
from sauga.kernel import clock
from sauga.kernel.i18n import languages
from sauga.kernel.sealed.visitors.wordlists import fold, words
from sauga.kernel.ui import journeys
from sauga.kernel.ui.hrefs import address
from sauga.kernel.ui.responses import errors
from sauga.portal.models.network import HelpEntry
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.line import open_line
from tests.factories.talks import nonce
from tests.spoken_pages import SpokenPage

pytestmark = pytest.mark.django_db
CORE = [row.code for row in languages.core()]
NOON = clock.now().astimezone(clock.VILNIUS).replace(hour=12, minute=0, second=0, microsecond=0)
TYPED = "9876543210"
"""What the person writes: of no language."""
POSTED_TO = {"hotline-report-add", "helpline-letter-read", "portal-feedback-back"}
"""Pages that only answer a form."""


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    """The line is open at noon, and time passes between two looks at the clock."""
    told = [NOON]

    def now():
        told[0] += timedelta(milliseconds=10)
        return told[0]

    monkeypatch.setattr(clock, "now", now)


UNTRANSLATED = "\u2063"
"""A sign that nobody sees, behind each text that a catalogue does not have."""


class Marking:
    """What a catalogue falls back to: the English text, marked."""

    def gettext(self, text):
        return str(text).rpartition("\x04")[2] + UNTRANSLATED

    def ngettext(self, one, other, number):
        return self.gettext(one if number == 1 else other)


@pytest.fixture
def _marked(monkeypatch):
    """Texts that are shown without a translation can be seen."""
    for code in CORE:
        monkeypatch.setattr(trans_real.translation(code), "_fallback", Marking())


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


class Walk:
    """Every page of the journeys, as a person meets them; `pages`: what was seen, by a name."""

    def __init__(self, code: str, line: Centre) -> None:
        self.code, self.line, self.client = code, line, Client()
        self.pages: dict[str, str] = {}

    def at(self, name: str) -> str:
        with translation.override(self.code):
            return address(name)

    def get(self, name: str, more: str = "") -> str:
        answer = self.client.get(self.at(name) + more)
        assert answer.status_code == 200, (name, answer.status_code)
        return self._keep(f"{name}{more}", answer)

    def post(self, name: str, title: str, *statuses: int, **fields: str) -> str:
        answer = self.client.post(self.at(name), fields)
        assert answer.status_code in (statuses or (200, 422)), (title, answer.status_code)
        return self._keep(title, answer)

    def _keep(self, title: str, answer) -> str:
        html = answer.content.decode()
        assert answer.headers["Content-Language"] == self.code, title
        self.pages[title] = html
        return html

    def everything(self) -> None:
        for name in journeys.pages(languages.row(self.code)):
            if name not in POSTED_TO:
                self.get(name)
        self.chat()
        self.letter("helpline-letter")
        self.letter("helpline-adult-letter")
        self.report()
        self.own_picture()
        self.feedback()
        self.errors()

    def act(self, act: str, **fields: str) -> str:
        self.client.post(self.at("helpline-chat"), {"act": act, **fields})
        return self.get("helpline-chat", f"?after={act}")

    def chat(self) -> None:
        self.post("helpline-chat", "chat: old form", 422, act="start", ticket="forged")
        begun = self.act("start", ticket=hidden(self.get("helpline-chat"), "ticket"))
        assert 'name="danger"' in begun
        self.client.post(self.at("helpline-chat"), {"act": "danger", "danger": "NOW_NO"})
        for step in ("112", "danger", "about", "first"):
            self.get("helpline-chat", f"?step={step}")
        self.act("about", mood="MOOD_2", chip="CHIP_SCHOOL", age_band="AGE_13_15")
        for text in ("", "9" * 4001, "39901010007"):
            self.post("helpline-chat", f"chat: {text[:12]}", act="first", text=text, nonce="ab" * 16)
        self.act("first", text=TYPED, nonce="cd" * 16)
        self.act("words")
        conversation = Conversation.objects.order_by("-pk").first()
        assert conversation.language == self.code
        by, at = self.line.actor("COUNSELLOR"), clock.now()
        presence.staff_seen(by=by, at=at)
        offer = queue.next_contact(by=by, at=clock.now())
        talk = queue.accept_offer(by=by, offer=offer, at=clock.now())
        key, _ = keys_at_desk(talk, by.vault)
        conversation_events.send_message(
            by=by, conversation=talk, key=key, text=TYPED, nonce=nonce(), at=clock.now()
        )
        self.get("helpline-chat", "?talking")
        self.post("helpline-chat", "chat: nothing said", 422, act="say", text=" ", nonce="ef" * 16)
        self.act("end")
        self.act("close")
        self.client = Client()
        self.post("helpline-return", "return: empty", receipt="")
        self.post("helpline-return", "return: unknown", receipt="9 9 9")

    def letter(self, name: str) -> None:
        page = self.get(name)
        for text in ("", "9" * 8001, "39901010007"):
            self.post(name, f"{name}: {text[:12]}", 422, ticket=hidden(page, "ticket"), text=text)
        self.post(name, f"{name}: old form", 422, ticket="forged", text=TYPED)
        sent = self.post(name, f"{name}: sent", 200, ticket=hidden(page, "ticket"), text=TYPED)
        self.post("helpline-letter-read", f"{name}: read", 200, **{"pass": hidden(sent, "pass")})

    def report(self) -> None:
        page, where = self.get("hotline-report"), "https://pavyzdys.example/a"
        for bad in ("", "9" * 9000, "\n".join(f"https://a{n}.example/" for n in range(51))):
            self.post("hotline-report", f"report: {bad[:9]}", 422, ticket=hidden(page, "ticket"), where=bad)
        self.post("hotline-report", "report: old form", 422, ticket="forged", where=where)
        page = self.post(
            "hotline-report", "report: sent", 200, ticket=hidden(page, "ticket"), where=where, category="HATE"
        )
        steps = [
            ("danger", {"danger": "yes"}),
            ("path", {"referrer-1": "https://forumas.example/t/1", "access-1": "LOGIN"}),
            ("circumstances", {"seen": "yesterday", "reporter_kind": "PUBLIC"}),
            ("note", {"note": TYPED}),
            ("contact", {"contact": "vardas@pastas.example"}),
        ]
        for step, given in steps:
            fields = {"pass": hidden(page, "pass"), "step": step}
            if step in {"danger", "contact", "circumstances"}:
                self.post("hotline-report-add", f"report: {step} empty", **fields, contact="9", seen="9")
            page = self.post("hotline-report-add", f"report: {step}", 200, **fields, **given)
        for typed in ("", "9 9 9", "9" * 20):
            self.post("hotline-return", f"report: back with {typed[:6]}", receipt=typed)

    def own_picture(self) -> None:
        page = self.get("hotline-own-picture")
        fields = {"ticket": hidden(page, "ticket"), "code": "9 9"}
        self.post("hotline-own-picture", "own picture: nothing", 422, ticket=fields["ticket"])
        self.post("hotline-own-picture", "own picture: unknown", **fields, where="a.example", hashes="9")

    def feedback(self) -> None:
        page = self.get("portal-feedback")
        self.post("portal-feedback", "feedback: nothing", 422, ticket=hidden(page, "ticket"))
        given = {"kind": "access", "text": TYPED, "page": "", "email": ""}
        self.post("portal-feedback", "feedback: sent", 200, ticket=hidden(page, "ticket"), **given)
        self.post("portal-feedback-back", "feedback: back", receipt="9 9")

    def errors(self) -> None:
        request = RequestFactory().get(f"/{self.code}/x/")
        for make in (
            errors.bad_request,
            errors.forbidden,
            errors.csrf_failure,
            errors.not_found,
            errors.too_large,
            errors.too_slow,
            errors.server_error,
        ):
            self._keep(f"error: {make.__name__}", make(request))
        for seconds in (1, 3, 12):
            self._keep(f"error: {seconds}", errors.too_many(request, seconds=seconds))
        missing = self.client.get(f"/{self.code}/no-such-page/")
        assert missing.status_code == 404
        self._keep("error: no page", missing)


@pytest.fixture
def walked(_marked, centre):
    """A walk through everything in a language."""
    load_texts(NOON)
    open_line(centre, NOON)

    def walk(code: str) -> dict[str, str]:
        made = Walk(code, centre)
        made.everything()
        return made.pages

    return walk


@pytest.mark.parametrize("code", CORE)
def test_every_text_on_the_pages_of_who_needs_help_is_in_its_language(code, walked):
    pages = {title: SpokenPage(html) for title, html in walked(code).items()}
    assert len(pages) > 60
    shown = {(title, text) for title, page in pages.items() for _, text in page.texts if UNTRANSLATED in text}
    assert sorted(shown) == []
    row = languages.row(code)
    names = frozenset(word for one in languages.every() for word in one.name.split())
    foreign = {
        (title, text)
        for title, page in pages.items()
        for text in page.in_another_script(code, row.script, except_for=names)
    }
    assert sorted(foreign) == []
    undeclared = {
        (title, text)
        for title, page in pages.items()
        for language, text in page.texts
        if language not in {"zxx", *languages.codes()}
    }
    assert sorted(undeclared) == []


@pytest.mark.parametrize("code", CORE)
def test_words_of_a_receipt_are_read_on_the_pages_of_every_language(code, centre):
    walk = Walk(code, centre)
    sent = walk.post(
        "helpline-letter",
        "sent",
        200,
        ticket=hidden(walk.get("helpline-letter"), "ticket"),
        text=TYPED,
    )
    written = re.findall(r"<li><span>(\w+)</span>", sent.partition("data-receipt")[2])
    assert len(written) == 9 and set(written) <= set(words(code))
    slip = [written[0].upper(), written[1][:-1], *(fold(word) for word in written[2:])]
    for other in ("lt", code):
        with translation.override(other):
            back = address("helpline-return")
        answer = Client().post(back, {"receipt": " ".join(slip)})
        assert answer.status_code == 200 and TYPED in answer.content.decode(), (other, slip)


def test_label_that_staff_changed_carries_its_language(centre):
    given = {
        "name_lt": "Linija",
        "name_en": "Youth Line",
        "open_times": "I–VII 0:00–24:00",
        "serves": "young",
    }
    HelpEntry.objects.create(
        **given,
        code="youth_helpline",
        phone="0 600 00000",
        for_whom_lt="Kitaip",
        for_whom_en="Otherwise",
        valid_from=NOON.date(),
    )
    page = Client().get("/uk/dopomoha/").content.decode()
    assert '<span lang="lt">Kitaip</span>' in page and "Otherwise" not in page
    assert "Kitaip" in Client().get("/lt/pagalba/").content.decode()


def test_desk_speaks_the_languages_of_staff_only(centre):
    client = sign_in(centre, "COUNSELLOR")
    client.post("/desk/language/", {"language": "uk", "next": "/desk/"})
    assert (
        centre.people["COUNSELLOR"].__class__.objects.get(pk=centre.people["COUNSELLOR"].pk).language != "uk"
    )
    page = client.get("/desk/").content.decode()
    assert re.findall(r'name="language" value="(\w+)"', page) == ["lt", "en"]
