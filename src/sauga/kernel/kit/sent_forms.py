"""The same form sent twice is one thing, also when both arrive at the same moment.

Every page gives its forms a token of its own: that against forged requests where there is a session,
`{% form_token %}` or the ticket of the form where there is none. A post with the same token and the same
contents to the same address is the same form. While it is being worked on, its double waits; afterwards its
double is led where the first one was, and no action runs again. A form that came back with errors, or whose
text was changed, is another one. A page that is itself what came of a form, because it shows something once,
is marked by `came_of_form`: its double gets the same page.

What is kept is a digest, and the address that the form led to or the page, sealed under a key that follows
from the form itself: who has not got the form learns nothing. After `REMEMBERED` the form may be sent again.

This holds for every post of a page. What a script sends by itself stays on a
page that is not made anew, so the views that take it have keys of their own (docs/develop/kit.md).
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from inspect import iscoroutinefunction
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from sauga.kernel import clock
from sauga.kernel.identity.desk_access.access import leads_to_sign_in
from sauga.kernel.kit.models import SentForm
from sauga.kernel.sealed.primitives.envelopes import decrypt, digest, encrypt
from sauga.kernel.ui import toasts
from sauga.kernel.ui.responses import errors

TOKENS = ("form_token", "csrfmiddlewaretoken", "ticket", "sending")
"""The fields that may hold the token of a form, the first that does."""
SHORTEST_TOKEN = 16
REMEMBERED = timedelta(hours=1)
PATIENCE, PAUSE = 15.0, 0.05
"""How long a double waits for the first, and how often it looks, in seconds."""
MEANWHILE = timedelta(seconds=10)
"""Later than this a double is no double click, and the person is told."""
REDIRECTS = {302, 303}
PAGE = "came_of_form"
BOUND = b"sauga.sent_form"

type View = Callable[..., HttpResponseBase]


class SentFormMiddleware:
    """Answers a form that has been sent already without asking its view. Stands last, after the gates."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The answer to a form with a token; None leaves the view to Django."""
        if request.method != "POST" or _is_of_script(request):
            return None
        if iscoroutinefunction(view) or view.__module__.startswith("allauth."):
            return None  # streams and what scripts send to them; signing in, which has its own middleware
        form = _fingerprint(request)
        return _answered_once(request, form, lambda: view(request, *args, **kwargs)) if form else None


def _answered_once(
    request: HttpRequest, form: bytes, view: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    key = uuid.UUID(bytes=digest(form, person=b"sent.key", size=16))
    with _alone(key) as is_alone:
        if not is_alone:
            return errors.too_many(request, seconds=5)
        at = clock.now()
        before = SentForm.objects.filter(key=key, sent_at__gt=at - REMEMBERED).first()
        if before is not None:
            if at - before.sent_at > MEANWHILE and hasattr(request, "_messages"):
                toasts.say(request, str(SENT_BEFORE))
            return _again(decrypt(_secret(form), BOUND, bytes(before.answer)))
        session = _session_key(request)
        response = view()
        if _is_outcome(response) and _session_key(request) == session:
            answer = encrypt(_secret(form), BOUND, _written(response))
            row = SentForm(key=key, sent_at=at, answer=answer)
            SentForm.objects.bulk_create(
                [row], update_conflicts=True, unique_fields=["key"], update_fields=["sent_at", "answer"]
            )
        return response


SENT_BEFORE = _("This form had been sent already. Nothing was done twice.")


def came_of_form(page: HttpResponse) -> HttpResponse:
    """Mark a page as what came of the form that was sent: the same form sent again is answered with it."""
    page.__dict__[PAGE] = True
    return page


def _is_outcome(response: HttpResponseBase) -> bool:
    """Whether the answer leads on to what came of the form, or is it; not to signing in, and without a
    cookie, which its double would lack."""
    if PAGE in response.__dict__:
        return not response.cookies
    return response.status_code in REDIRECTS and not response.cookies and not leads_to_sign_in(response)


def _written(response: HttpResponseBase) -> bytes:
    """The address that it leads to; of a page its headers, in one line, and what is in it."""
    if isinstance(response, HttpResponse) and PAGE in response.__dict__:
        return json.dumps(dict(response.headers)).encode() + b"\n" + response.content
    return response.headers["Location"].encode()


def _again(kept: bytes) -> HttpResponse:
    head, _line, page = kept.partition(b"\n")
    if not head.startswith(b"{"):
        return HttpResponseRedirect(kept.decode())
    return HttpResponse(page, headers=json.loads(head))


def _session_key(request: HttpRequest) -> str | None:
    session = getattr(request, "session", None)
    return session.session_key if session is not None else None


def _is_of_script(request: HttpRequest) -> bool:
    """Whether a script sent it by itself (`fetch`), and not the browser as a page."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or "HX-Request" in request.headers


def _fingerprint(request: HttpRequest) -> bytes:
    """The form as a digest of its address, its token and all that is in it; empty without a token. Of files
    the names and sizes: the token tells apart what differs in nothing else."""
    token = next((found for name in TOKENS if (found := request.POST.get(name, ""))), "")
    if len(token) < SHORTEST_TOKEN:
        return b""
    files = [(name, one.name, one.size) for name, many in request.FILES.lists() for one in many]
    said = json.dumps([request.path_info, sorted(request.POST.lists()), files])
    return digest(said.encode(), person=b"sent.form")


def _secret(form: bytes) -> bytes:
    return digest(form, person=b"sent.secret")


@contextmanager
def _alone(key: uuid.UUID) -> Iterator[bool]:
    """Whether no other request works on the form; the lock goes with the connection if the process dies."""
    number, until = key.int % 2**63, time.monotonic() + PATIENCE
    while not (is_alone := _asked("SELECT pg_try_advisory_lock(%s::bigint)", number)):
        if time.monotonic() > until:
            break
        time.sleep(PAUSE)
    try:
        yield is_alone
    finally:
        if is_alone and not (connection.in_atomic_block and connection.needs_rollback):
            _asked("SELECT pg_advisory_unlock(%s::bigint)", number)


def _asked(statement: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        return bool(cursor.fetchone()[0])
