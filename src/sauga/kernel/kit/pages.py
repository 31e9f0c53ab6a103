"""Two pages that every service has: one object with what can be done and what has happened, and a form that
makes something new.

Drawn by `ui/desk/detail.html` and `ui/desk/form.html`; a template that extends one of them may add to it. See
docs/develop/kit.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import audit, clock
from sauga.kernel.identity import PersonActor, actor, names_of
from sauga.kernel.kit.actions import UNFIT, ActionSet, Forms, Outcome, answers_with_page, kit_page
from sauga.kernel.kit.lists.cells import Cell, Mark, draw
from sauga.kernel.refusals import Text, refusal_in
from sauga.kernel.ui import toasts
from sauga.kernel.ui.components import Moment


class DetailPage:
    """One object: where it stands, facts, the actions that are offered, its history and its audit entries.

    Subclasses declare it. `view()` answers its address (`url`), `action_view()` the posts of its actions
    (`action_url`, with the name of the action). Nothing here asks for a permission: the views are guarded by
    `needs`, and `actions.find` returns what this person may see.
    """

    template = "ui/desk/detail.html"
    title: Text = ""
    """What one object is called, before its name."""
    list_title: Text = ""
    list_url = ""
    url = ""
    action_url = ""
    live = ""
    """The channels whose signals renew the page."""
    actions: ActionSet
    states: Mapping[str, Mark] = {}
    """How each state is shown, here and in the history."""
    zone = ""
    """The audit zone whose entries about the object are shown; empty: none are."""
    audit_permission = ""
    """Who reads the audit entries."""

    def __init__(self, request: HttpRequest, row: Any, bound: Forms | None = None) -> None:
        self.request, self.row, self.bound = request, row, bound
        self.by, self.at = actor(request), clock.now()

    # What a page declares

    def heading(self) -> Text:
        """The name of the object: its kind and number, or what it calls itself."""
        return f"{self.title} {self.row.ref}" if self.title else str(self.row)

    def facts(self) -> Iterable[tuple[Text, Cell]]:
        """What is known of it, as names and cells."""
        return ()

    def context(self) -> dict[str, Any]:
        """What a template that extends the page's needs beyond it."""
        return {}

    # The answer

    @classmethod
    def view(cls) -> Callable[..., HttpResponse]:
        """The function that answers the page's address."""

        def detail_view(request: HttpRequest, ref: str) -> HttpResponse:
            return cls._page(request, cls.actions.find(actor(request), ref), None)

        detail_view.__doc__, detail_view.__name__, detail_view.__module__ = (
            cls.__doc__,
            cls.__name__,
            cls.__module__,
        )
        return kit_page(require_safe(detail_view))

    @classmethod
    def action_view(cls) -> Callable[..., HttpResponse]:
        """The function that answers the posts of the actions."""

        def perform(request: HttpRequest, ref: str, name: str) -> HttpResponse:
            return cls.actions.perform(request, ref, name, page=cls._page, back=reverse(cls.url, args=[ref]))

        return kit_page(answers_with_page(cls.actions.find, cls.url)(perform))

    @classmethod
    def _page(cls, request: HttpRequest, row: Any, bound: Forms | None) -> HttpResponse:
        page = cls(request, row, bound)
        return render(request, page.template, {"detail": page, "row": row, **page.context()})

    # What the template asks for

    def state(self) -> Mark | None:
        """How its state is shown."""
        return self.states.get(self.actions.state(self.row)) if self.states else None

    def drawn_state(self) -> SafeString:
        """Its state as HTML."""
        return draw(self.state(), self.request)

    def drawn_facts(self) -> list[tuple[Text, SafeString]]:
        """The facts as HTML."""
        return [(name, draw(cell, self.request)) for name, cell in self.facts()]

    def offers(self) -> list[dict[str, Any]]:
        """What this person may do now, with the address of each action."""
        offered = self.actions.offers(self.by, self.row, self.bound)
        return [
            {"offer": one, "href": reverse(self.action_url, args=[self.row.ref, one.name])} for one in offered
        ]

    def history(self) -> list[Moment]:
        """The steps of its state, the newest first, with the names of who acted."""
        steps = list(self.row.steps.order_by("-pk")) if self.states else []
        names = names_of({step.by for step in steps})
        return [
            Moment(text=self._label(step.after), when=step.at, note=names.get(step.by, "")) for step in steps
        ]

    def entries(self) -> list[tuple[audit.Entry, Text, Text]]:
        """The audit entries about it with the names of who acted and the act in words, for those who may read
        them."""
        if not self.zone or not self.by.can(self.audit_permission):
            return []
        return told(audit.timeline(self.row, zone=self.zone))

    def _label(self, state: str) -> Text:
        mark = self.states.get(state)
        return mark.text if mark else state


def told(entries: Sequence[audit.Entry]) -> list[tuple[audit.Entry, Text, Text]]:
    """Audit entries with the names of who acted and the act in words."""
    names = names_of({entry.actor for entry in entries})
    return [
        (entry, names.get(entry.actor) or audit.actor_words(entry.actor), audit.action_words(entry.action))
        for entry in entries
    ]


def submitted(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[dict[str, Any]], Outcome | Text], to: str = ""
) -> HttpResponse | None:
    """Perform `act` with a posted form and redirect with its message; None where the page of the form is to
    be shown, or shown again.

    A refusal is shown in the form. The browser is redirected to where the outcome says, else to the address
    named `to`.
    """
    if not form.is_bound or not form.is_valid():
        return None
    with refusal_in(form):
        said = act(form.cleaned_data)
        outcome = said if isinstance(said, Outcome) else Outcome(said)
        toasts.say(request, str(outcome.message), undo=outcome.undo)
        return HttpResponseRedirect(outcome.to or reverse(to))
    return None


def form_view(
    form: type[forms.Form],
    add: Callable[[PersonActor, dict[str, Any], datetime], Any],
    *,
    title: Text,
    submit: Text,
    message: Text,
    url: str,
    list_url: str,
    list_title: Text,
    text: Text = "",
) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a form that makes something new. `add` performs the action and returns the new object,
    whose page (the address named `url`) is shown next, with the message.

    A form that cannot be used, or whose action is refused, comes back with all that was typed (422).
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        def act(said: dict[str, Any]) -> Outcome:
            row = add(actor(request), said, clock.now())
            return Outcome(message, to=reverse(url, args=[row.ref]))

        given = form(request.POST, request.FILES) if request.method == "POST" else form()
        if done := submitted(request, given, act):
            return done
        context = {
            "form": given,
            "title": title,
            "submit": submit,
            "list_url": list_url,
            "list_title": list_title,
            "text": text,
        }
        return render(request, "ui/desk/form.html", context, status=UNFIT if given.errors else 200)

    return kit_page(view)
