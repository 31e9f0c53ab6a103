"""What a page of a concern, a case or a referral offers to do now, and how a post does it.

One table of acts a page: who may, in which states, with which form. A page shows the acts that are possible; a post of any other is 404
or is refused by the action in words. Nothing typed is lost: a form that cannot be used comes back with its page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.helpline.actions import breaking, cases, concerns, referrals
from sauga.helpline.rules.permissions import Permission
from sauga.kernel import clock, sealed
from sauga.kernel.identity import PersonActor, actor
from sauga.kernel.identity.permissions import PermissionRefused
from sauga.kernel.referrals import PayloadRefused
from sauga.kernel.states import MoveNotAllowed
from sauga.kernel.ui import toasts

REFUSALS: dict[type[Exception], str | Promise] = {
    MoveNotAllowed: _("This is not possible in the present state; somebody may have acted a moment ago."),
    concerns.VaultLocked: _("Your vault is locked. Unlock it with your password first."),
    concerns.NothingToSay: _("Write a few words first."),
    concerns.ProposalIncomplete: _("Something is missing. Look at every field."),
    breaking.OwnProposal: _("You proposed this yourself: another person decides."),
    breaking.ProposalChanged: _("The proposal has changed. Read it again."),
    cases.OwnClosing: _("You proposed closing yourself: another person decides."),
    cases.DayIsOver: _("Choose a day that has not passed."),
    cases.ReasonMissing: _("Choose a reason."),
    referrals.NobodyThere: _("The child is not in the conversation now. Ask in words and write down the answer."),
    sealed.KeyNotAvailable: _("Your keys do not open this, or its time is over."),
    PayloadRefused: _("This is longer than any address."),
}
type Run = Callable[[PersonActor, Any, dict[str, Any], datetime], object]


@dataclass(frozen=True)
class Act:
    """One act: who may (any of these), in which states it is offered, its words and its form."""

    permissions: tuple[Permission, ...]
    states: frozenset[str]
    title: str | Promise
    button: str | Promise
    said: str | Promise
    run: Run
    form: type[forms.Form] | None = None
    text: str | Promise = ""
    tone: str = ""
    ready: bool = False

    def allowed(self, by: PersonActor) -> bool:
        """Whether the person may do this at all."""
        return any(by.can(permission) for permission in self.permissions)


@dataclass(frozen=True)
class Offer:
    """An act as the page shows it."""

    name: str
    act: Act
    form: forms.Form | None

    @property
    def is_open(self) -> bool:
        """Shown unfolded: the likely next step, or what has just gone wrong."""
        return self.act.ready or bool(self.form is not None and self.form.errors)


def offers(by: PersonActor, acts: Mapping[str, Act], state: str, bound: Mapping[str, forms.Form] | None = None) -> list[Offer]:
    """What the page offers this person now; `bound` puts a form that was posted back into its place."""
    held = bound or {}
    return [
        Offer(name, act, held.get(name) or (act.form(auto_id=f"{name}_%s") if act.form else None))
        for name, act in acts.items()
        if (state in act.states and act.allowed(by)) or name in held
    ]


def refusal(error: Exception) -> str:
    """A refused act in words."""
    return str(next(words for kind, words in REFUSALS.items() if isinstance(error, kind)))


def perform(
    request: HttpRequest,
    acts: Mapping[str, Act],
    name: str,
    *,
    row: Any,
    page: Callable[[Mapping[str, forms.Form]], HttpResponse],
    to: str,
) -> HttpResponse:
    """Do one posted act: back to `to` with a toast, or the page again with the form and what is wrong with it (422)."""
    by, act = actor(request), acts.get(name)
    if act is None or not act.allowed(by):
        raise Http404
    form = act.form(request.POST, auto_id=f"{name}_%s") if act.form else None
    if form is not None and not form.is_valid():
        return page({name: form})
    try:
        act.run(by, row, form.cleaned_data if form is not None else {}, clock.now())
    except PermissionRefused:
        raise Http404 from None
    except tuple(REFUSALS) as refused:
        if form is None:
            toasts.say(request, refusal(refused))
            return HttpResponseRedirect(to)
        form.add_error(None, refusal(refused))
        return page({name: form})
    toasts.say(request, str(act.said))
    return HttpResponseRedirect(to)
