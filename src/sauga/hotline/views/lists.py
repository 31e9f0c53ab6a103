"""Code lists and policies of the hotline, for those who may edit them. Writing asks for the password again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.hotline.actions import lists as actions
from sauga.hotline.forms.lists import (
    ListFilter,
    NewTermForm,
    PolicyForm,
    RetireForm,
    TermFilter,
    TermForm,
    in_words,
)
from sauga.hotline.queries import lists as queries
from sauga.hotline.rules import policies
from sauga.hotline.rules.lists import may_retire
from sauga.hotline.rules.permissions import Permission
from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.identity.sudo import is_granted
from sauga.kernel.kit.lists import page_of
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile, refusal_in
from sauga.kernel.ui import toasts

UNFIT = 422


def _asks_before_typing(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """The second factor is asked before the form is shown. A post that comes after its five minutes goes to the view, which keeps what was
    typed and writes nothing (`_is_confirmed`).
    """
    guarded = sudo_required(view)

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return (view if request.method == "POST" else guarded)(request, *args, **kwargs)

    return asked


def _is_confirmed(request: HttpRequest, form: Form) -> bool:
    """Whether the second factor was shown lately; if not, the form says how to show it without losing what was typed."""
    if is_granted(request, clock.now()):
        return True
    form.add_error(
        None, gettext("Five minutes have passed. Confirm with your second factor in a new tab, then save again: your text stays.")
    )
    return False


def _chosen(form: Any) -> dict[str, str]:
    """What a filter says, as far as it can be understood."""
    form.is_valid()
    return {name: form.cleaned_data.get(name, "") for name in ("find", "only")}


@require_safe
@needs(Permission.EDIT_POLICY)
def code_lists(request: HttpRequest) -> HttpResponse:
    """All lists of the hotline."""
    form = ListFilter(request.GET)
    lines = queries.code_lists(by=actor(request), at=clock.now(), language=get_language() or "lt", **_chosen(form))
    page = page_of(request, lines)
    return render(request, "hotline/desk/lists.html", {"lines": page.rows, "pager": page.pager, "form": form})


@require_safe
@needs(Permission.EDIT_POLICY)
def code_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list with its terms."""
    held = queries.list_for(actor(request), code)
    form = TermFilter(request.GET)
    page = page_of(request, queries.terms_of(held, at=clock.now(), **_chosen(form)))
    context = {"list": held, "lines": page.rows, "pager": page.pager, "form": form, "may_add": queries.may_add(held)}
    return render(request, "hotline/desk/lists_terms.html", context)


@needs(Permission.EDIT_POLICY)
@_asks_before_typing
def add_term(request: HttpRequest, code: str) -> HttpResponse:
    """A new term, where the list takes one."""
    held = queries.list_for(actor(request), code)
    if not queries.may_add(held):
        raise Http404
    form = NewTermForm(request.POST if request.method == "POST" else None, vocabulary=held)
    if form.is_bound and form.is_valid() and _is_confirmed(request, form):
        said = form.cleaned_data
        with refusal_in(form):
            term = actions.add_term(
                by=actor(request),
                vocabulary=code,
                code=said["code"],
                wording=form.wording(),
                default_priority=said.get("default_priority", ""),
                at=clock.now(),
            )
            toasts.say(request, gettext("%(code)s is added.") % {"code": term.code})
            return HttpResponseRedirect(reverse("hotline-list", args=[code]))
    status = UNFIT if form.errors else 200
    return render(
        request, "hotline/desk/lists_add.html", {"list": held, "form": form, "confirmed": is_granted(request, clock.now())}, status=status
    )


@needs(Permission.EDIT_POLICY)
@_asks_before_typing
def edit_term(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """Names, days and source of one term."""
    held = queries.term_for(actor(request), code, term)
    form = TermForm(request.POST if request.method == "POST" else None, vocabulary=held.vocabulary, term=held)
    if form.is_bound and form.is_valid() and _is_confirmed(request, form):
        try:
            actions.edit_term(by=actor(request), vocabulary=code, code=term, wording=form.wording(), seen=form.seen_at(), at=clock.now())
        except ActionRefused as refused:
            refused.add_to(form)
            _see_again(form, refused, held)
        else:
            return _saved(request, code)
    return _term_page(request, held, form, _retire_form(held))


@require_POST
@needs(Permission.EDIT_POLICY)
@_asks_before_typing
def retire_term(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """Offer a term no longer after a day."""
    held = queries.term_for(actor(request), code, term)
    form = RetireForm(request.POST, term=held, today=clock.now().astimezone(VILNIUS).date())
    if form.is_valid() and _is_confirmed(request, form):
        said = form.cleaned_data
        try:
            actions.retire_term(
                by=actor(request),
                vocabulary=code,
                code=term,
                last_date=said["last_date"],
                replaced_by=said["replaced_by"],
                seen=form.seen_at(),
                at=clock.now(),
            )
        except ActionRefused as refused:
            refused.add_to(form)
            _see_again(form, refused, held)
        else:
            return _saved(request, code)
    return _term_page(request, held, TermForm(vocabulary=held.vocabulary, term=held), form)


def _see_again(form: Any, refused: Exception, held: Any) -> None:
    """After a colleague's edit the page shows it, and saving again is a decision made with it in sight."""
    if isinstance(refused, ChangedMeanwhile):
        form.data = {**form.data.dict(), form.add_prefix("seen"): held.edited_at.isoformat() if held.edited_at else ""}


def _retire_form(term: Any) -> RetireForm | None:
    return RetireForm(term=term, today=clock.now().astimezone(VILNIUS).date()) if may_retire(term.vocabulary.code) else None


def _saved(request: HttpRequest, code: str) -> HttpResponse:
    toasts.say(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("hotline-list", args=[code]))


def _term_page(request: HttpRequest, term: Any, form: TermForm, retire: RetireForm | None) -> HttpResponse:
    failed = form.errors or (retire is not None and retire.errors)
    context = {"term": term, "list": term.vocabulary, "form": form, "retire": retire, "confirmed": is_granted(request, clock.now())}
    return render(request, "hotline/desk/lists_term.html", context, status=UNFIT if failed else 200)


@require_safe
@needs(Permission.EDIT_POLICY)
def policy_list(request: HttpRequest) -> HttpResponse:
    """All policies of the hotline."""
    form = ListFilter(request.GET)
    lines = queries.policy_lines(by=actor(request), at=clock.now(), **_chosen(form))
    page = page_of(request, lines)
    return render(request, "hotline/desk/lists_policies.html", {"lines": page.rows, "pager": page.pager, "form": form})


def _number(text: str, versions: list[queries.Version]) -> int | None:
    """The place in the list of the version with this number."""
    return next((place for place, one in enumerate(versions) if text == str(one.policy.version)), None)


@require_safe
@needs(Permission.EDIT_POLICY)
def policy(request: HttpRequest, name: str) -> HttpResponse:
    """One policy: a version, what it changed against the one before, and all others."""
    versions = queries.policy_for(actor(request), name, clock.now())
    place = _number(request.GET.get("version", ""), versions)
    if place is None:
        place = next(number for number, one in enumerate(versions) if one.is_in_force)
    shown = versions[place]
    before = versions[place + 1].policy.value if place + 1 < len(versions) else None
    context = {
        "name": name,
        "shown": shown,
        "text": policies.write(shown.policy.value),
        "changes": queries.changes(before, shown.policy.value) if before is not None else [],
        "versions": versions,
        "may_edit": name not in policies.FIXED,
    }
    return render(request, "hotline/desk/lists_policy.html", context)


@needs(Permission.EDIT_POLICY)
@_asks_before_typing
def edit_policy(request: HttpRequest, name: str) -> HttpResponse:
    """A policy as JSON; `?version=2` begins with that older version, which is how one goes back to it."""
    versions = queries.policy_for(actor(request), name, clock.now())
    if name in policies.FIXED:
        raise Http404
    newest = versions[0].policy
    begun = versions[_number(request.GET.get("version", ""), versions) or 0].policy
    initial = {"text": policies.write(begun.value), "base": newest.version}
    form = PolicyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid() and _is_confirmed(request, form):
        said = form.cleaned_data
        try:
            actions.write_policy(
                by=actor(request), name=name, value=form.value, based_on=said["base"], valid_from=said["valid_from"], at=clock.now()
            )
        except policies.PolicyUnfit as unfit:
            for fault in unfit.faults:
                form.add_error("text", in_words(fault))
        except ActionRefused as refused:
            refused.add_to(form)
            if isinstance(refused, ChangedMeanwhile):
                form.data = {**request.POST.dict(), "base": str(newest.version)}
        else:
            toasts.say(request, gettext("Saved as a new version. Cases keep the version that decided them."))
            return HttpResponseRedirect(reverse("hotline-policy", args=[name]))
    context = {"name": name, "form": form, "newest": newest, "begun": begun, "confirmed": is_granted(request, clock.now())}
    return render(request, "hotline/desk/lists_policy_edit.html", context, status=UNFIT if form.errors else 200)


desk_urls = [
    path("lists/", code_lists, name="hotline-lists"),
    path("lists/<str:code>/", code_list, name="hotline-list"),
    path("lists/<str:code>/add/", add_term, name="hotline-list-add"),
    path("lists/<str:code>/<str:term>/", edit_term, name="hotline-term"),
    path("lists/<str:code>/<str:term>/retire/", retire_term, name="hotline-term-retire"),
    path("policies/", policy_list, name="hotline-policies"),
    path("policies/<str:name>/", policy, name="hotline-policy"),
    path("policies/<str:name>/edit/", edit_policy, name="hotline-policy-edit"),
]
