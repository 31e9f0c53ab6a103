"""Debian's Firefox ESR for the fixtures of `flows.browser`, driven by Playwright over WebDriver BiDi
(docs/decisions/0088).

A test file that imports `browser` from here has its pages opened in Firefox: `open_page` and its checks are
those of the Chromium tests.
"""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

RELAY = Path(__file__).with_name("bidi.py")
PROGRAM = os.environ.get("TEST_FIREFOX") or "firefox-esr"
NOWHERE = {"network.proxy.type": 1, "network.proxy.socks_remote_dns": True}
NOWHERE |= {f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")}
NOWHERE |= {f"network.proxy.{kind}_port": 9 for kind in ("http", "ssl")}
"""All but loopback goes to a proxy that does not exist: no request of Firefox's own leaves the machine."""
STEADY = {
    "ui.prefersReducedMotion": 1,
    "layout.css.prefers-color-scheme.content-override": 1,
    "dom.ipc.processCount": 1,
    "dom.ipc.processPrelaunch.enabled": False,
}
WITHOUT_SCRIPTS = {"javascript.enabled": False}
REFUSALS = """document.addEventListener("securitypolicyviolation",
    ({ violatedDirective,
      blockedURI }) => console.error(`content policy: ${violatedDirective} ${blockedURI}`));"""
"""Firefox writes what the content policy refused where no client reads it; said once more, it is a fault
like any other.
"""


class Firefox:
    """One Firefox with scripts, and one without when a page first wants it: in Firefox that is a setting of
    the whole browser.
    """

    def __init__(self, playwright: Any, program: str, home: Path) -> None:
        self._playwright = playwright
        self._starter = home / "firefox"
        self._starter.write_text(
            f'#!/bin/sh\nexec {shlex.join([sys.executable, str(RELAY), program])} "$@"\n', encoding="utf-8"
        )
        self._starter.chmod(0o755)
        self._environment = {**os.environ, "HOME": str(home)}
        self._launched: dict[bool, Any] = {}

    def new_context(
        self,
        *,
        java_script_enabled: bool = True,
        reduced_motion: str = "reduce",
        color_scheme: str = "light",
        **options: Any,
    ) -> Any:
        """As Playwright's.

        What has no effect in a running Firefox (scripts, motion, colours) is set when it starts.
        """
        assert (reduced_motion, color_scheme) == ("reduce", "light")
        context = self._running(java_script_enabled).new_context(**options)
        if not java_script_enabled:
            return Unscripted(context)
        context.add_init_script(REFUSALS)
        return context

    def close(self) -> None:
        for browser in self._launched.values():
            browser.close()

    def _running(self, scripts: bool) -> Any:
        if scripts not in self._launched:
            preferences = NOWHERE | STEADY | ({} if scripts else WITHOUT_SCRIPTS)
            self._launched[scripts] = self._playwright.firefox.launch(
                channel="moz-firefox",
                executable_path=self._starter,
                env=self._environment,
                firefox_user_prefs=preferences,
            )
        return self._launched[scripts]


class Unscripted:
    """A context, page or locator where scripts are off.

    Playwright's waits before an act are scripts, too: here it acts without them.
    """

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name in {"click", "check"}:
            return partial(found, force=True)
        if name == "fill":
            return self._write
        if name in {"new_page", "locator", "nth"}:
            return lambda *arguments, **options: Unscripted(found(*arguments, **options))
        return Unscripted(found) if name in {"first", "last"} else found

    def _write(self, *where_and_text: str) -> None:
        *where, text = where_and_text
        field = self._inner.locator(*where) if where else self._inner
        field.evaluate("(field, text) => { field.value = text; }", text)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox, headless, as long as one file of tests (`flows.browser.Chromium` says why).

    Skips loudly where there is none.
    """
    from playwright.sync_api import sync_playwright

    program = shutil.which(PROGRAM)
    if program is None:
        pytest.skip("no Firefox here: install Debian's firefox-esr, or name a Firefox in TEST_FIREFOX")
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        firefox = Firefox(playwright, program, tmp_path_factory.mktemp("firefox"))
        yield firefox
        firefox.close()
