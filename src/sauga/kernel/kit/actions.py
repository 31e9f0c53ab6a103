"""Actions on an object: what its page offers a person, and the one way in which a post performs an action.

A page offers what is possible now; the action itself refuses everything else (`sauga.kernel.refusals`). After
a post the browser is sent on with a message, so that reloading repeats nothing. A form that could not be used
comes back with all that was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from operator import attrgetter
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused, PersonActor, actor, safe_path
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import ActionRefused, Text
from sauga.kernel.ui import toasts

UNFIT = 422
KIT_PAGE = "kit_page"  # the table of addresses derives what each role gets (tests/access/derived.py)

type Forms = Mapping[str, forms.Form]
type Effect = Callable[[PersonActor, Any, dict[str, Any], datetime], object]
type Said = Text | Outcome | HttpResponse | None


@dataclass(frozen=True)
class Outcome:
    """What came of an action: the message, the address that undoes it, and where to go if not back to the
    page."""

    message: Text = ""
    undo: str = ""
    to: str = ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action on an object, as its page offers it.

    `permissions`: any of these is enough; a function where they depend on the object. `states`: where it is
    offered. `effect` calls the service's action with what the form holds; it may return an Outcome.
    `others_only`: not offered to the author of the object. `suits`: what else must hold for the object.
    `is_next`: the likely next step, shown open. `key`: the keyboard shortcut.
    """

    permissions: tuple[str, ...] | Callable[[Any], tuple[str, ...]]
    states: frozenset[str]
    label: Text
    message: Text
    effect: Effect
    form: type[forms.Form] | None = None
    title: Text = ""
    text: Text = ""
    tone: str = ""
    key: str = ""
    others_only: bool = False
    suits: Callable[[Any], bool] = lambda _row: True
    is_next: bool = False

    def permissions_for(self, row: Any) -> tuple[str, ...]:
        """The permissions of which any is enough for this object."""
        return self.permissions(row) if callable(self.permissions) else self.permissions


@dataclass(frozen=True)
class Offer:
    """An action as a page shows it now; `form` is bound when it was posted and could not be used."""

    name: str
    action: Action
    form: forms.Form | None

    @property
    def is_open(self) -> bool:
        """Shown unfolded: the likely next step, or what has just gone wrong."""
        return self.action.is_next or bool(self.form is not None and self.form.errors)


@dataclass(frozen=True, kw_only=True)
class ActionSet:
    """All actions on one kind of object.

    `find` returns the object for a person and raises Http404 for one that is not theirs to see. `author`
    tells whose work it is, `about` what the rules of the permissions are asked about, where they have some.
    """

    actions: Mapping[str, Action]
    find: Callable[[PersonActor, str], Any]
    author: Callable[[Any], int | None] = lambda _row: None
    about: Callable[[Any], Any] = lambda _row: None
    state: Callable[[Any], str] = attrgetter("state")

    def offers(self, by: PersonActor, row: Any, bound: Forms | None = None) -> list[Offer]:
        """What the page offers this person now; `bound` puts a form that was posted back into its place."""
        held = bound or {}
        return [
            Offer(name, action, held.get(name) or self._form(name, None))
            for name, action in self.actions.items()
            if name in held or self._is_offered(by, row, action)
        ]

    def perform(
        self,
        request: HttpRequest,
        ref: str,
        name: str,
        *,
        page: Callable[[HttpRequest, Any, Forms], HttpResponse],
        back: str,
        address: Callable[[object], str] | None = None,
    ) -> HttpResponse:
        """Perform one posted action and go `back`, or to the `address` of what its effect returned.

        Raises Http404 for an object or an action that is not this person's. An unusable form, and a refused
        action that has a form, answer with the `page` of the object again (422).
        """

        def again(form: forms.Form) -> HttpResponse:
            response = page(request, self.find(by, ref), {name: form})
            response.status_code = UNFIT
            return response

        by = actor(request)
        row, action = self.find(by, ref), self.actions.get(name)
        if action is None or not self._is_allowed(by, row, action):
            raise Http404
        form = self._form(name, request)
        if form is not None and not form.is_valid():
            return again(form)
        try:
            result = action.effect(by, row, form.cleaned_data if form is not None else {}, clock.now())
        except PermissionRefused:
            raise Http404 from None
        except ActionRefused as refused:
            if form is None:
                toasts.refuse(request, refused.whole_text)
                return HttpResponseRedirect(back)
            refused.add_to(form)
            return again(form)
        outcome = result if isinstance(result, Outcome) else Outcome()
        toasts.say(request, str(outcome.message or action.message), undo=outcome.undo)
        return HttpResponseRedirect(outcome.to or (address(result) if address else back))

    def _is_offered(self, by: PersonActor, row: Any, action: Action) -> bool:
        is_own = action.others_only and self.author(row) == by.person_id
        return (
            self.state(row) in action.states
            and not is_own
            and action.suits(row)
            and self._is_allowed(by, row, action)
        )

    def _is_allowed(self, by: PersonActor, row: Any, action: Action) -> bool:
        """Whether the person may do this to the object at all, whatever its state."""
        about = self.about(row)
        return any(allowed(by, permission, about) for permission in action.permissions_for(row))

    def _form(self, name: str, request: HttpRequest | None) -> forms.Form | None:
        kind = self.actions[name].form
        data, files = (request.POST, request.FILES) if request is not None else (None, None)
        return kind(data, files, auto_id=f"do-{name}-%s") if kind is not None else None


def respond(request: HttpRequest, act: Callable[[], Said], to: str | Callable[[], str]) -> HttpResponse:
    """Call `act`, show its message or why it was refused, and send the browser to `to`; a response of `act`
    is passed on.

    Raises Http404 where `act` may not be done by this person.
    """
    try:
        said = act()
    except PermissionRefused:
        raise Http404 from None
    except ActionRefused as refused:
        toasts.refuse(request, refused.whole_text)
        return HttpResponseRedirect(to() if callable(to) else to)
    if isinstance(said, HttpResponse):
        return said
    outcome = said if isinstance(said, Outcome) else Outcome(said or "")
    if outcome.message:
        toasts.say(request, str(outcome.message), undo=outcome.undo)
    return HttpResponseRedirect(outcome.to or (to() if callable(to) else to))


def kit_page[V: Callable[..., Any]](view: V) -> V:
    """Mark a view that the kit made: with `needs` around it, who may see it is declared, and need not be
    written down again."""
    setattr(view, KIT_PAGE, True)
    return view


def post_action(
    page: str, *, anchor: str = ""
) -> Callable[[Callable[..., Said]], Callable[..., HttpResponse]]:
    """Turn a view that acts and returns its message into a post that goes back to the page named `page`.

    A reference that the view takes is that of the page too.
    """

    def decorate(view: Callable[..., Said]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(view)
        def posted(request: HttpRequest, **named: Any) -> HttpResponse:
            def address() -> str:
                return reverse(page, kwargs={"ref": named["ref"]} if "ref" in named else {}) + anchor

            return respond(request, lambda: view(request, **named), address)

        return posted

    return decorate


def post_action_on(
    find: Callable[[PersonActor, str], Any], to: Callable[[PersonActor, Any], str]
) -> Callable[[Callable[..., Said]], Callable[..., HttpResponse]]:
    """Turn `view(request, by, row, at)`, which acts and returns its message, into a post about one object
    that goes to `to` afterwards, or to the page of the desk that the form names as `next`.

    `find` raises Http404 for an object that is not this person's to see.
    """

    def decorate(view: Callable[..., Said]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(view)
        def posted(request: HttpRequest, ref: str) -> HttpResponse:
            by = actor(request)
            row = find(by, ref)
            wanted = safe_path(request.POST.get("next", ""))
            return respond(
                request, lambda: view(request, by, row, clock.now()), wanted or (lambda: to(by, row))
            )

        return posted

    return decorate


def answers_with_page(
    find: Callable[[PersonActor, str], Any], page: str
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For a post that may answer with the page of its object itself: coming back to its address leads to that
    page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def posted(request: HttpRequest, ref: str, **more: Any) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseRedirect(reverse(page, args=[find(actor(request), ref).ref]))
            return view(request, ref, **more)

        return posted

    return decorate
