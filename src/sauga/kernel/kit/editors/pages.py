"""The pages on which lists, policies and settings are shown and changed. A service adds them with one call to
`editor_urls`.

Writing asks for the second factor before the form is shown. A post that comes after its five minutes keeps
what was typed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, override

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.clock import local_day
from sauga.kernel.identity import actor, names_of, needs, sudo_required
from sauga.kernel.identity.desk_access.sudo import is_granted
from sauga.kernel.kit.actions import UNFIT
from sauga.kernel.kit.editors import actions, queries, shape
from sauga.kernel.kit.editors.declared import TO_CONFIRM, Editor
from sauga.kernel.kit.editors.forms import (
    ListFilter,
    NewTermForm,
    PolicyForm,
    RetireForm,
    TermFilter,
    TermForm,
    seen_mark,
)
from sauga.kernel.kit.lists import Cell, Column, Day, Line, Link, ListPage, Mark, Quiet, Spoken, Tool
from sauga.kernel.kit.lists.cells import draw
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile, Text
from sauga.kernel.ui import toasts
from sauga.kernel.vocab.models import Term, Vocabulary

CONFIRM = Mark("wait", "half", _("to confirm"))
CONFIRMED = Mark("good", "tick", _("confirmed"))
CLOSED = _(
    "The rules of the program or an outside system define these codes: names and days may be changed, "
    "new codes come with a release."
)
VALIDITY: Mapping[str, Cell] = {
    "valid": _("valid"),
    "retired": Mark("calm", "dash", _("retired")),
    "coming": Mark("info", "ring", _("not yet")),
}


def editor_urls(editor: Editor) -> list[URLPattern]:
    """The addresses of a service's lists and policies, below its own."""

    def at(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(route, needs(editor.permission)(view), {"editor": editor}, name=f"{editor.name}-{name}")

    return [
        at("lists/", Lists.view(), "lists"),
        at("lists/<str:code>/", Terms.view(), "list"),
        at("lists/<str:code>/add/", add_term, "list-add"),
        at("lists/<str:code>/<str:term>/", edit_term, "term"),
        at("lists/<str:code>/<str:term>/retire/", require_POST(retire_term), "term-retire"),
        at("policies/", Policies.view(), "policies"),
        at("policies/<str:name>/", policy, "policy"),
        at("policies/<str:name>/edit/", edit_policy, "policy-edit"),
    ]


class EditorList(ListPage):
    """A list of what the service's editor holds."""

    title: Text = _("Lists and policies")
    tabs_label: Text = _("Lists and policies")
    form_class: type[forms.Form] | None = ListFilter
    about = ""
    """The editor's text about what is listed."""

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.editor: Editor = kwargs["editor"]
        super().__init__(request, **kwargs)
        self.intro = getattr(self.editor, self.about) if self.about else ""

    @override
    def tabs(self, current: str = "") -> list[dict[str, Any]]:
        pages = (
            () if self.parent_href else (("lists", _("Lists"), Lists), ("policies", _("Policies"), Policies))
        )
        return [
            {"name": label, "href": reverse(f"{self.editor.name}-{name}"), "current": isinstance(self, kind)}
            for name, label, kind in pages
        ]


class Lists(EditorList):
    """All lists of a service."""

    caption = _("Lists")
    about = "lists_text"
    columns = (
        Column("list", _("List"), is_heading=True),
        Column("status", _("Status")),
        Column("terms", _("Terms"), "num"),
        Column("retired", _("Retired"), "num"),
        Column("confirm", _("To confirm"), "num"),
        Column("source", _("Source"), "small"),
    )

    @override
    def rows(self) -> Sequence[Vocabulary]:
        return queries.lists(self.editor, by=self.by, at=self.at, **self.filters)

    @override
    def lines(self, rows: list[Any]) -> Iterable[Line]:
        for row in rows:
            link = Link(vocab.title(row.code), reverse(f"{self.editor.name}-list", args=[row.code]))
            status = CONFIRM if row.status == TO_CONFIRM else CONFIRMED
            counts = (row.all_terms, row.over, row.open_terms)
            yield Line(
                row.code, ((link, Quiet(row.code, below=True, is_code=True)), status, *counts, row.source)
            )


class Terms(EditorList):
    """One list with its terms."""

    form_class = TermFilter
    columns = (
        Column("code", _("Code"), is_heading=True),
        Column("lt", _("Lithuanian")),
        Column("en", _("English")),
        Column("valid", _("Valid")),
        Column("status", _("Status")),
        Column("source", _("Source"), "small"),
    )
    parent_title: Text = _("Lists")

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.held = queries.list_for(self.editor, self.by, self.kwargs["code"])
        self.title, self.parent_href = vocab.title(self.held.code), reverse(f"{self.editor.name}-lists")
        self.may_add = self.held.open and self.editor.may_add(self.held.code)
        closed = "" if self.may_add else Quiet(CLOSED, below=True)
        status = ("·", CONFIRM) if self.held.status == TO_CONFIRM else ()
        self.intro = draw((Quiet(self.held.code, is_code=True), "·", self.held.source, *status, closed))

    @override
    def tools(self) -> Sequence[Tool]:
        add = reverse(f"{self.editor.name}-list-add", args=[self.held.code])
        return [Tool(label=_("Add a term"), href=add, key="n", icon="plus")] if self.may_add else []

    @override
    def rows(self) -> Sequence[Term]:
        return queries.terms_of(self.held, at=self.at, **self.filters)

    @override
    def lines(self, rows: list[Any]) -> Iterable[Line]:
        names, day = names_of({row.edited_by for row in rows if row.edited_by}), local_day(self.at)
        for row in rows:
            link = Link(
                row.code, reverse(f"{self.editor.name}-term", args=[self.held.code, row.code]), is_code=True
            )
            review = Quiet(_("wording to review"), below=True) if row.lt_status == "draft" else ""
            days = (
                Quiet(f"{row.valid_from or ''}–{row.valid_to or ''}", below=True)
                if row.valid_from or row.valid_to
                else ""
            )
            status = (
                CONFIRM if row.status == TO_CONFIRM else CONFIRMED,
                *_written(names.get(row.edited_by, row.edited_by), row.edited_at),
            )
            labels = ((Spoken(row.label_lt, "lt"), review), Spoken(row.label_en, "en"))
            yield Line(
                row.code, (link, *labels, (VALIDITY[queries.validity(row, day)], days), status, row.source)
            )


def _written(name: str, at: Any) -> tuple[Cell, ...]:
    """Who wrote it and when; nothing for what came with the program."""
    return (Quiet(name, below=True), Day(at)) if at else ()


class Policies(EditorList):
    """All policies of a service."""

    caption = _("Policies")
    about = "policies_text"
    columns = (
        Column("policy", _("Policy"), is_heading=True),
        Column("status", _("Status")),
        Column("in_force", _("In force")),
        Column("author", _("Written by")),
        Column("versions", _("Versions"), "num"),
    )

    @override
    def rows(self) -> Sequence[list[queries.Version]]:
        return queries.policies(self.editor, by=self.by, at=self.at, **self.filters)

    @override
    def lines(self, rows: list[Any]) -> Iterable[Line]:
        for versions in rows:
            current, row = versions[0], versions[0].policy
            href = reverse(f"{self.editor.name}-policy", args=[row.name])
            link = (Link(self.editor.title_of(row.name), href), Quiet(row.name, below=True))
            status = CONFIRM if row.status == TO_CONFIRM else CONFIRMED
            author = (current.author, Day(row.made_at)) if current.author else _("came with the program")
            yield Line(
                row.name, (link, status, gettext("version %(n)s") % {"n": row.version}, author, len(versions))
            )


# Writing


def _asks_before_typing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The second factor is asked before the form is shown; a post goes to the view, which keeps what was
    typed (`_is_done`)."""
    guarded = sudo_required(view)

    @wraps(view)
    def asked(request: HttpRequest, **kwargs: Any) -> Any:
        return (view if request.method == "POST" else guarded)(request, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(asked)


def _is_done(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], seen: tuple[str, str]
) -> bool:
    """Perform what a form that was posted asks for; whatever is refused is shown in the form.

    After a colleague's edit the page shows it, and saving again is a decision made with it in sight: `seen`
    is the field that says what the editor saw, and what there is now.
    """
    if not form.is_bound or not form.is_valid():
        return False
    if not is_granted(request, clock.now()):
        form.add_error(
            None,
            gettext(
                "Five minutes have passed. Confirm with your second factor in a new tab, then save "
                "again: your text stays."
            ),
        )
        return False
    try:
        act()
    except ActionRefused as refused:
        refused.add_to(form)
        if isinstance(refused, ChangedMeanwhile):
            form.data = {**request.POST.dict(), form.add_prefix(seen[0]): seen[1]}
        return False
    return True


def _form_page(request: HttpRequest, form: forms.Form, **context: Any) -> HttpResponse:
    context |= {"form": form, "confirmed": is_granted(request, clock.now())}
    failed = form.errors or (context.get("retire") and context["retire"].errors)
    return render(request, "ui/desk/editor_form.html", context, status=UNFIT if failed else 200)


def _saved(request: HttpRequest, message: str, to: str) -> HttpResponse:
    toasts.say(request, message)
    return HttpResponseRedirect(to)


@_asks_before_typing
def add_term(request: HttpRequest, editor: Editor, code: str) -> HttpResponse:
    """A new term, where the list takes one."""
    by, back = actor(request), reverse(f"{editor.name}-list", args=[code])
    held = queries.list_for(editor, by, code)
    if not held.open or not editor.may_add(code):
        raise Http404
    form = NewTermForm(request.POST if request.method == "POST" else None, editor=editor, vocabulary=held)

    def act() -> None:
        new = form.cleaned_data["code"]
        actions.add_term(
            editor,
            by=by,
            vocabulary=code,
            code=new,
            wording=form.wording(),
            extra=form.extra(),
            at=clock.now(),
        )

    if _is_done(request, form, act, ("seen", "")):
        return _saved(request, gettext("%(code)s is added.") % {"code": form.cleaned_data["code"]}, back)
    text = _("A code is for ever: it is never renamed and never used again.")
    return _form_page(
        request,
        form,
        title=_("Add a term"),
        text=text,
        submit=_("Add"),
        back=back,
        back_title=vocab.title(code),
    )


@_asks_before_typing
def edit_term(request: HttpRequest, editor: Editor, code: str, term: str) -> HttpResponse:
    """Names, days and source of one term."""
    by = actor(request)
    held = queries.term_for(editor, by, code, term)
    form = TermForm(
        request.POST if request.method == "POST" else None,
        editor=editor,
        vocabulary=held.vocabulary,
        term=held,
    )

    def act() -> None:
        actions.edit_term(
            editor,
            by=by,
            vocabulary=code,
            code=term,
            wording=form.wording(),
            seen=form.seen_at(),
            at=clock.now(),
        )

    if _is_done(request, form, act, ("seen", seen_mark(held))):
        return _saved(request, gettext("Saved."), reverse(f"{editor.name}-list", args=[code]))
    retire = RetireForm(term=held, today=local_day(clock.now())) if editor.may_retire(code) else None
    return _term_page(request, editor, held, form, retire)


@_asks_before_typing
def retire_term(request: HttpRequest, editor: Editor, code: str, term: str) -> HttpResponse:
    """Offer a term no longer after a day."""
    by = actor(request)
    held = queries.term_for(editor, by, code, term)
    form = RetireForm(request.POST, term=held, today=local_day(clock.now()))

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in ("last_date", "replaced_by")}
        actions.retire_term(
            editor, by=by, vocabulary=code, code=term, seen=form.seen_at(), at=clock.now(), **given
        )

    if _is_done(request, form, act, ("seen", seen_mark(held))):
        return _saved(request, gettext("Saved."), reverse(f"{editor.name}-list", args=[code]))
    return _term_page(
        request, editor, held, TermForm(editor=editor, vocabulary=held.vocabulary, term=held), form
    )


def _term_page(
    request: HttpRequest, editor: Editor, term: Term, form: TermForm, retire: RetireForm | None
) -> HttpResponse:
    where = [term.vocabulary.code, term.code]
    return _form_page(
        request,
        form,
        title=vocab.label(term.vocabulary.code, term.code),
        text=gettext(
            "The code %(code)s stays as it is. What you write here is kept when the program is upgraded."
        )
        % {"code": term.code},
        submit=_("Save"),
        back=reverse(f"{editor.name}-list", args=where[:1]),
        back_title=vocab.title(where[0]),
        action=reverse(f"{editor.name}-term", args=where),
        retire=retire,
        retire_action=reverse(f"{editor.name}-term-retire", args=where),
    )


# Policies


def _place(request: HttpRequest, versions: list[queries.Version]) -> int | None:
    """Where the version that the address asks for stands in the list."""
    asked = request.GET.get("version", "")
    return next((place for place, one in enumerate(versions) if asked == str(one.policy.version)), None)


@require_safe
def policy(request: HttpRequest, editor: Editor, name: str) -> HttpResponse:
    """One policy: a version, what it changed against the one before, and all others."""
    versions = queries.policy_for(editor, actor(request), name, clock.now())
    place = _place(request, versions)
    shown = versions[place] if place is not None else next(one for one in versions if one.is_in_force)
    context = {
        "name": name,
        "title": editor.title_of(name),
        "shown": shown,
        "text": shape.write(shown.policy.value),
        "versions": versions,
        "list_href": reverse(f"{editor.name}-policies"),
        "edit_href": "" if name in editor.fixed else reverse(f"{editor.name}-policy-edit", args=[name]),
    }
    return render(request, "ui/desk/policy.html", context)


@_asks_before_typing
def edit_policy(request: HttpRequest, editor: Editor, name: str) -> HttpResponse:
    """A policy as JSON; `?version=2` begins with that older version, which is how one goes back to it."""
    by = actor(request)
    versions = queries.policy_for(editor, by, name, clock.now())
    if name in editor.fixed:
        raise Http404
    newest, begun, back = (
        versions[0].policy,
        versions[_place(request, versions) or 0].policy,
        reverse(f"{editor.name}-policy", args=[name]),
    )
    initial = {"text": shape.write(begun.value), "base": newest.version}
    form = PolicyForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> None:
        said = form.cleaned_data
        actions.write_policy(
            editor,
            by=by,
            name=name,
            value=form.value,
            based_on=said["base"],
            valid_from=said["valid_from"],
            at=clock.now(),
        )

    if _is_done(request, form, act, ("base", str(newest.version))):
        return _saved(
            request, gettext("Saved as a new version. Cases keep the version that decided them."), back
        )
    text: Text = _("Saving makes a new version; the old ones stay.")
    if begun.version != newest.version:
        n = {"n": begun.version}
        text = (
            gettext(
                "The text below is that of version %(n)s. Saving makes it the newest version; "
                "nothing is lost."
            )
            % n
        )
    submit = _("Save as a new version")
    return _form_page(
        request,
        form,
        title=_("Edit the policy"),
        text=text,
        submit=submit,
        back=back,
        back_title=editor.title_of(name),
        is_policy=True,
    )
