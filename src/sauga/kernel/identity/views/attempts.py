"""One attempt at a password, code or recovery code, on any page: counted, and delayed after failures
(`signin_throttle`)."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from sauga.kernel.identity.signin import throttle

TOO_MANY = 429


def claim(request: HttpRequest, form: forms.Form, field: str | None, email: str, at: datetime) -> int:
    """0 when the attempt may be made; else the seconds to wait, which stand on the form too.

    Call `pace.succeeded` after a right one.
    """
    seconds = throttle.claim(request, email, at)
    if seconds:
        text = ngettext(
            "Too many attempts. Try again in {n} second.",
            "Too many attempts. Try again in {n} seconds.",
            seconds,
        )
        form.add_error(field, text.format(n=seconds))
    return seconds


def page(request: HttpRequest, template: str, context: dict[str, Any], wait: int = 0) -> HttpResponse:
    """The form again; with `wait` as 429 with Retry-After."""
    response = render(request, template, context, status=TOO_MANY if wait else 200)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
