"""Pages around one form of the desk: with the way back, and with what else can be done to the same thing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.refusals import Text

UNFIT = 422


@dataclass(frozen=True)
class Button:
    """Something else that can be done: posted to `href`."""

    label: Text
    href: str
    tone: str = "second"
    text: Text = ""


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What stands around a form."""

    title: Text
    back: str
    back_title: Text
    message: Text
    submit: Text
    buttons: Sequence[Button] = ()
    text: Text = ""


def form_page(
    request: HttpRequest,
    form: forms.Form,
    page: FormPage,
    act: Callable[[dict[str, Any]], object],
    to: str = "",
) -> HttpResponse:
    """The page; after a post that is accepted, the message and the way to `to` (or back)."""

    def acted(given: dict[str, Any]) -> Outcome:
        made = act(given)
        return made if isinstance(made, Outcome) else Outcome(page.message, to=to or page.back)

    return submitted(request, form, acted) or render(
        request, "events/desk/form.html", {"form": form, "page": page}, status=UNFIT if form.errors else 200
    )


def data(request: HttpRequest) -> Any:
    """What was posted, for a form."""
    return request.POST if request.method == "POST" else None
