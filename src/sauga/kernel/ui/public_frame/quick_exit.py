"""Quick exit: a service that keeps something open for a visitor registers what ends it. It must be fast: the
page waits for it."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

type Act = Callable[[HttpRequest, HttpResponse], None]
type Where = Callable[[], str]
_acts: dict[str, Act] = {}
_where: list[Where] = []


def on_leave(name: str, act: Act) -> None:
    """Have `act(request, response)` called when a visitor leaves; it may end what is open and delete its
    cookie. The same name replaces."""
    _acts[name] = act


def lead_to(where: Where) -> None:
    """Have `where()` say to which harmless page leaving leads; empty, or broken, and the installation's own
    counts."""
    _where[:] = [where]


def target() -> str:
    """The harmless page."""
    for where in _where:
        try:
            if to := where():
                return to
        except Exception as error:
            log.info("leaving: the installation's page is used", extra={"error_type": type(error).__name__})
    to = settings.LEAVE_TO
    return str(to)


def end_all(request: HttpRequest, response: HttpResponse) -> None:
    """Call every act. One that fails does not keep anybody on the page."""
    for name, act in _acts.items():
        try:
            act(request, response)
        except Exception as error:
            log.error("leaving: an act failed", extra={"act": name, "error_type": type(error).__name__})
