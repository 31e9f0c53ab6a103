"""Pages whose frame is ready before the visitor comes: rendered once a minute, with marks in the places where visitors differ."""

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from sauga.kernel import clock

_secret = secrets.token_hex(16)  # nobody can write a mark into a form, since nobody can guess it
_MARK = re.compile(rf"{_secret}-(\w+)-")
_MOST = 64

type Context = Callable[[], dict[str, Any]]
type _Frame = tuple[int, list[str]]
_frames: dict[tuple[str, ...], _Frame] = {}


def mark(name: str) -> str:
    """What a template is given instead of the value `name`."""
    return f"{_secret}-{name}-"


def page(request: HttpRequest, template: str, context: Context, given: Mapping[str, str], *variant: str) -> str:
    """`template` with the values of `given`, escaped, in the places of their marks.

    `context` is asked for only when the frame must be made anew. All but the marks in it must be the same for all visitors of one
    language, host and `variant`. A request with a query is rendered for itself: the language switch repeats the query, which is nobody
    else's business.
    """
    parts = _fresh(request, template, context) if request.META.get("QUERY_STRING") else _ready(request, template, context, variant).copy()
    parts[1::2] = [escape(given[part]) for part in parts[1::2]]
    return "".join(parts)


def _ready(request: HttpRequest, template: str, context: Context, variant: tuple[str, ...]) -> list[str]:
    name, minute = (template, get_language() or "", request.get_host(), *variant), int(clock.now().timestamp() // 60)
    held = _frames.get(name)
    if held is None or held[0] != minute:
        if len(_frames) >= _MOST:
            _frames.clear()
        held = _frames[name] = (minute, _fresh(request, template, context))
    return held[1]


def _fresh(request: HttpRequest, template: str, context: Context) -> list[str]:
    return _MARK.split(render_to_string(template, context(), request=request))
