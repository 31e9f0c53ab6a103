"""A member of the public at the member site: asks for a link, opens it, uses the account; and a mail server
that keeps the links."""

import re
import threading
import time
from email import message_from_bytes, policy
from typing import Any

from rig.visitor import Answer, Refused, Visitor, cut

SIGN_IN, SENT = "/lt/mano/prisijungti/", "/lt/mano/prisijungti/issiusta/"
LINK = re.compile(r"https?://[^/\s]+(/\S*/mano/(?:nuoroda|globejas)/\S+/)")
COOKIE = re.compile(rb"(?im)^set-cookie: ([^=]+)=([^;\r\n]*)")
ORIGIN = {"Origin": "https://localhost"}


class Mailbox:
    """Keeps the newest link of each recipient, and how many mails came. For aiosmtpd's Controller."""

    def __init__(self) -> None:
        self.count = 0
        self._links: dict[str, str] = {}
        self._came = threading.Condition()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        text = message_from_bytes(envelope.content, policy=policy.default).get_content()
        found = LINK.search(text)
        with self._came:
            self.count += 1
            if found:
                self._links.update(dict.fromkeys(envelope.rcpt_tos, found[1]))
            self._came.notify_all()
        return "250 OK"

    def link(self, address: str, patience: float = 60) -> str:
        """The path of the newest link mailed to the address; empty when none comes in time."""
        with self._came:
            self._came.wait_for(lambda: address in self._links, patience)
            return self._links.get(address, "")


class MemberVisitor(Visitor):
    """A browser with cookies, as far as the member site needs one."""

    def __init__(self, port: int, *, patience: float = 60, headers: dict[str, str] | None = None) -> None:
        self._more, self.cookies = dict(headers or {}) | ORIGIN, {}
        super().__init__(port, patience=patience, headers=self._more)

    def send(self, request: bytes) -> Answer:
        answer = super().send(request)
        for name, value in COOKIE.findall(answer.head):
            self.cookies[name.decode()] = value.decode()
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)
        self.say({**self._more, **({"Cookie": held} if held else {})})
        return answer

    def ask(self, address: str) -> float:
        """Ask for a link; the seconds until the answer. Raises Refused."""
        began = time.perf_counter()
        answer = self.post(SIGN_IN, email=address)
        took = time.perf_counter() - began
        if answer.status != 302:
            raise Refused(answer.status, answer.page)
        return took

    def enter(self, path: str) -> None:
        """Open a mailed link in this browser. Raises Refused."""
        answer = self.get(path)
        if answer.status == 200:
            answer = self.post(path)
        if answer.status != 302:
            raise Refused(answer.status, answer.page)

    def submit(self, page: str, **given: str) -> Answer:
        """Send the form of a page of the account, with its token."""
        token = cut(self.get(page).page, b'name="csrfmiddlewaretoken" value="', b'"').decode()
        return self.post(page, csrfmiddlewaretoken=token, **given)
