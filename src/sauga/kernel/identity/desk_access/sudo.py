"""Sudo mode: before a sensitive action the second factor is asked again and counts for five minutes
(docs/develop/threat-model.md)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from sauga.kernel import clock
from sauga.kernel.identity.desk_access.access import send_to

LASTS = timedelta(minutes=5)
KEY = "identity.sudo"

type View = Callable[..., HttpResponseBase]


def grant(request: HttpRequest, at: datetime) -> None:
    """The second factor was just shown."""
    request.session[KEY] = at.timestamp()


def is_granted(request: HttpRequest, at: datetime) -> bool:
    """Whether the second factor was shown within the last five minutes."""
    shown: float = request.session.get(KEY, 0)
    return 0 <= at.timestamp() - shown < LASTS.total_seconds()


def sudo_required(view: View) -> View:
    """The view runs only in sudo mode; otherwise the person is sent to /desk/sudo/ and comes back to the same
    page.

    What was posted stands in the form again afterwards (`kernel.kit.kept_forms`), but not its files, so put
    the mark on the page that shows the form too: then the question comes before the typing.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_granted(request, clock.now()):
            return send_to(request, reverse("identity-sudo"))
        return view(request, *args, **kwargs)

    return guarded
