"""Pictures of the guides and of the README: one for each entry of PICTURES and each language, as WebP beside
the package it is about.

`make shots NAME=guides` makes only these. Pages are shown as they are in a fresh demo, so the pictures can be
made anew after any change.
"""

import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

SAUGA = Path(__file__).resolve().parents[1] / "src" / "sauga"
DESK, PUBLIC, PHONE = (1200, 760), (1000, 700), (390, 780)
LANGUAGES = ("lt", "en")
QUALITY = 72
NUMBER = r"[0-9A-Z]{4}(?:-[0-9A-Z]{4})+"
ASKED, MAIL_SECONDS, MOST_ALERTS = 5, 90, 5
NEWEST = 12
"""How many of the latest mails are looked through."""


MEMBER = "teacher@mokykla.example"
"""Signs in at the member site, by a link from the demo's mailbox."""


@dataclass(frozen=True)
class Picture:
    """A page to photograph.

    `path` is the address, or one for each language, where {notice} stands for the page of a notice; `link` is
    followed from there, `user` signs in first.
    """

    package: str
    name: str
    path: str | dict[str, str]
    user: str = ""
    link: str = ""
    size: tuple[int, int] = DESK

    @property
    def path_is_desk(self) -> bool:
        """Whether it is a page of the desk, whose language each person chooses."""
        return isinstance(self.path, str)

    def file(self, language: str) -> Path:
        """Where the picture of this language belongs."""
        return (
            SAUGA
            / self.package
            / "static"
            / self.package.rpartition("/")[2]
            / "guides"
            / f"{self.name}-{language}.webp"
        )


PICTURES = (
    Picture("hotline", "worklist", "/desk/hotline/", "analyst@hotline.example"),
    Picture(
        "hotline", "item", "/desk/hotline/", "analyst@hotline.example", link="[data-row]:has-text('P3') a"
    ),
    Picture("hotline", "notices", "/desk/hotline/notices/", "notices@hotline.example"),
    Picture("hotline", "report", {"lt": "/lt/pranesti/", "en": "/en/report/"}, size=PUBLIC),
    Picture("hotline", "provider", {"lt": "{notice}?lang=lt", "en": "{notice}?lang=en"}, size=PUBLIC),
    Picture("kernel/guides", "my-day", "/desk/", "lead@helpline.example"),
    Picture("helpline", "board", "/desk/helpline/board/", "lead@helpline.example"),
    Picture("helpline", "desk", "/desk/helpline/", "counsellor@helpline.example"),
    Picture("helpline", "rota", "/desk/helpline/rota/", "volunteers@helpline.example"),
    Picture("helpline", "help", {"lt": "/lt/pagalba/", "en": "/en/help/"}, size=PHONE),
    Picture("repository", "resource", "/desk/repository/", "editor@awareness.example", link="[data-row] a"),
    Picture(
        "repository",
        "adaptation",
        {"lt": "/lt/mano/versijos/", "en": "/en/my/adaptations/"},
        MEMBER,
        link="[data-row] a:has-text('Dzień')",
        size=PUBLIC,
    ),
    Picture("repository", "resources", {"lt": "/lt/istekliai/", "en": "/en/resources/"}, size=PUBLIC),
)
ON_DUTY = ("lead@helpline.example", "counsellor@helpline.example")
"""Who goes on duty first, so that the line is open in the pictures."""


def take(browser: Any, site: str, sign_in: Callable[[Any, str], None]) -> None:
    """Make every picture anew."""
    users: dict[str, Any] = {}
    for user in (*ON_DUTY, *(one.user for one in PICTURES if one.user)):
        if user not in users:
            users[user] = browser.new_context(base_url=site, color_scheme="light").new_page()
            (_sign_in_member if user == MEMBER else sign_in)(users[user], user)
        if user in ON_DUTY:
            _begin_duty(users[user])
    users[""] = browser.new_context(base_url=site, color_scheme="light").new_page()
    notices = users["notices@hotline.example"]
    notices.goto("/desk/hotline/notices/")
    notice = _notice(
        users[""], re.findall(NUMBER, " ".join(notices.locator("[data-row] th").all_text_contents()))[:ASKED]
    )
    for language in LANGUAGES:
        for one in PICTURES:
            _photograph(users[one.user], one, language, notice)
    for page in users.values():
        page.context.close()


def _sign_in_member(page: Any, address: str) -> None:
    """Ask for a link and open it from the demo's mailbox."""
    page.goto("/en/my/sign-in/")
    page.fill("[name=email]", address)
    page.click("form[data-main] button")
    for _ in range(MAIL_SECONDS):
        letters = page.context.new_page()
        letters.goto("/en/demo/mail/")
        own = letters.locator(f".cast li:has-text('{address}') a").all()[:NEWEST]
        for href in [link.get_attribute("href") for link in own]:
            letters.goto(href)
            found = re.search(r"/my/link/[^/\s]+/", letters.text_content("[data-letter]") or "")
            if found is not None:
                letters.close()
                page.goto(f"/en{found[0]}")
                return
        letters.close()
        time.sleep(1)
    raise SystemExit("no link to sign in came to the demo's mailbox")


def _begin_duty(page: Any) -> None:
    """The first press of this person begins the duty; on a desk where it has begun there is
    nothing to press.
    """
    page.goto("/desk/helpline/")
    button = page.locator("form[action*='duty/begin'] button")
    if button.count():
        for box in page.locator("form[action*='duty/begin'] input[type=checkbox]").all():
            box.check()
        button.click()
        page.wait_for_load_state()


def _photograph(page: Any, one: Picture, language: str, notice: str) -> None:
    width, height = one.size
    page.set_viewport_size({"width": width, "height": height})
    address = one.path if isinstance(one.path, str) else one.path[language]
    page.goto(address.replace("{notice}", notice))
    if one.path_is_desk:
        _speak(page, language)
    if one.link:
        page.locator(one.link).first.click()
        page.wait_for_load_state()
    _hide_alerts(page)
    page.evaluate("document.fonts.ready")
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as shot:
        file = one.file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        shot.convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)


def _hide_alerts(page: Any) -> None:
    """The demo's own alerts would be on every picture."""
    hide = page.locator("form[action$='/hide/'] button")
    for _ in range(MOST_ALERTS):
        if hide.count() == 0:
            return
        hide.first.click()
        page.wait_for_timeout(500)


def _speak(page: Any, language: str) -> None:
    """Show the desk in this language: it is the person's choice, kept until the next one."""
    button = page.locator(f".languages button[value={language}]")
    if button.get_attribute("aria-current") is None:
        button.click()
        page.wait_for_load_state()


def _notice(page: Any, numbers: list[str]) -> str:
    """The page of a notice that waits for its provider: the link comes by mail to whoever asks for it by
    number."""
    for number in numbers:
        page.goto("/notice/lost/")
        page.fill("[name=number]", number)
        page.click("form[data-main] button")
    for _ in range(MAIL_SECONDS):
        page.goto("/en/demo/mail/")
        for letter in [link.get_attribute("href") for link in page.locator(".cast a").all()[:NEWEST]]:
            page.goto(letter)
            found = re.search(r"/notice/[^/\s]+/", page.text_content("[data-letter]") or "")
            if found is not None:
                page.goto(found[0])
                if page.locator("button[value=ACKNOWLEDGED]").count():
                    return found[0]
        time.sleep(1)
    raise SystemExit("no notice in the demo waits for an answer")
