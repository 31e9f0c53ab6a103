"""A person at the desk over HTTP: signs in with password and code, keeps the cookies, sends forms with their
guard."""

import re
import time
from typing import Any

from rig.visitor import Answer, Refused, Visitor

COOKIE = re.compile(rb"(?im)^set-cookie: ([^=;\r\n]+)=([^;\r\n]*)")
GUARD = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Desk:
    """One signed-in browser. `account` is a row of `Installation.accounts`."""

    def __init__(self, port: int, account: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self.open(port, headers)
        from sauga.kernel.identity.signin.mfa import totp_code

        self.get("/desk/signin/")
        code = totp_code(account["totp_secret"], time.time())
        answer = self.post("/desk/signin/", email=account["user"], password=account["password"], code=code)
        if answer.status != 302:
            raise Refused(answer.status, answer.page)

    def open(self, port: int, headers: dict[str, str] | None = None) -> None:
        """A browser in which nobody has signed in yet."""
        self.visitor = Visitor(port)
        self.extra = headers or {}
        self.cookies: dict[str, str] = {}
        self.guard = ""

    def get(self, path: str) -> Answer:
        return self._keep(self._speaking().get(path))

    def post(self, path: str, **given: str | tuple[str, ...]) -> Answer:
        return self._keep(self._speaking().post(path, csrfmiddlewaretoken=self.guard, **given))

    def close(self) -> None:
        self.visitor.close()

    def _speaking(self) -> Visitor:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.visitor.say({"Referer": "https://localhost/desk/", "Cookie": cookies, **self.extra})
        return self.visitor

    def _keep(self, answer: Answer) -> Answer:
        for name, value in COOKIE.findall(answer.head):
            self.cookies[name.decode()] = value.decode()
        if found := GUARD.search(answer.page):
            self.guard = found[1].decode()
        return answer
