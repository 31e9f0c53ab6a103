"""The personal test at the desk: versions, one version with its questions, the forms, the preview."""

from collections.abc import Iterator
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, form_view, respond, submitted
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.refusals import Text
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.personal import forms, presenters
from sauga.selfcheck.personal.actions import drafts, publication
from sauga.selfcheck.personal.models import BankVersion
from sauga.selfcheck.personal.queries import versions as queries
from sauga.selfcheck.personal.rules.bank import Audience, read
from sauga.selfcheck.personal.rules.checks import Problem
from sauga.selfcheck.states import BankState
from sauga.selfcheck.trail import BANK_CHANNEL, ZONE

UNFIT = 422
ITEM_ACTS = ("up", "down", "aside", "back")
PROBLEMS: dict[str, Text] = {
    "number": _("A test has 8 to 15 questions."),
    "help": _("Nobody to talk to is named."),
    "language": _("A text is missing in one of the languages."),
    "options": _("A question has 2 to 6 answers; one goes well, and one leads to a next step."),
    "source": _("A source is missing."),
    "topic": _("A topic is missing."),
    "hint": _("The hint for teachers is missing."),
    "promise": _("A sentence of the family agreement is not whole."),
    "no_agreement": _("The family agreement has no sentence."),
    "reading": _("Too hard to read:"),
}


class Versions(ListPage):
    """All versions of the personal test."""

    title = _("Personal test")
    live = BANK_CHANNEL
    views = (
        View(queries.ALL, pgettext_lazy("test versions", "All")),
        View(queries.REVIEW, pgettext_lazy("test versions", "To be published by me")),
    )
    columns = (
        Column("number", pgettext_lazy("test version", "Version"), is_heading=True),
        Column("state", _("State"), is_state=True),
        Column("note", _("What is new")),
        Column("published", pgettext_lazy("test version", "Published")),
    )
    nothing = Empty(
        title=_("No version yet"), text=_("The first version comes with `sauga init`; ask the administrator.")
    )

    @override
    def rows(self) -> QuerySet[BankVersion]:
        return queries.versions(self.by, self.view_code)

    @override
    def line(self, row: Any) -> Line:
        name = gettext("Version %(n)s") % {"n": row.number}
        return Line(
            row.ref,
            (
                Link(name, reverse("selfcheck-version", args=[row.ref])),
                presenters.STATES[row.state],
                row.note,
                Day(row.published_at.date()) if row.published_at else None,
            ),
        )

    @override
    def tools(self) -> list[Tool]:
        begin = Tool(label=_("Begin a new version"), href=reverse("selfcheck-version-new"), key="n")
        return [begin] if self.by.can(Permission.EDIT_BANK) else []


ACTIONS = ActionSet(
    find=queries.version_for,
    actions={
        "submit": Action(
            permissions=(Permission.EDIT_BANK,),
            states=frozenset({BankState.DRAFT}),
            label=_("Submit for review"),
            message=_("Handed in. Somebody else reviews and publishes it."),
            effect=lambda by, row, _given, at: publication.submit(by=by, version=row, at=at),
            is_next=True,
        ),
        "publish": Action(
            permissions=(Permission.PUBLISH_BANK,),
            states=frozenset({BankState.IN_REVIEW}),
            label=_("Publish"),
            message=_("Published. Everybody sees this version from now on."),
            effect=lambda by, row, _given, at: publication.publish(by=by, version=row, at=at),
            is_next=True,
        ),
        "return": Action(
            permissions=(Permission.PUBLISH_BANK,),
            states=frozenset({BankState.IN_REVIEW}),
            label=_("Return to the editors"),
            message=_("Returned. It is a draft again."),
            effect=lambda by, row, _given, at: publication.give_back(by=by, version=row, at=at),
        ),
        "put-back": Action(
            permissions=(Permission.PUBLISH_BANK,),
            states=frozenset({BankState.REPLACED}),
            label=_("Publish this version again"),
            message=_("Published again. The version before is kept."),
            text=_("It replaces the present version at once."),
            effect=lambda by, row, _given, at: publication.put_back(by=by, version=row, at=at),
        ),
        "discard": Action(
            permissions=(Permission.EDIT_BANK,),
            states=frozenset({BankState.DRAFT}),
            label=_("Discard the draft"),
            message=_("Discarded. You can take it up again."),
            effect=lambda by, row, _given, at: publication.discard(by=by, version=row, at=at),
        ),
        "take-up": Action(
            permissions=(Permission.EDIT_BANK,),
            states=frozenset({BankState.DISCARDED}),
            label=_("Take the draft up again"),
            message=_("It is a draft again."),
            effect=lambda by, row, _given, at: publication.take_up(by=by, version=row, at=at),
        ),
    },
)


class VersionPage(DetailPage):
    """One version: what is asked of whom, what is missing, what can be done."""

    template = "selfcheck/personal/desk/version.html"
    list_title, list_url = Versions.title, "selfcheck-versions"
    url, action_url = "selfcheck-version", "selfcheck-version-do"
    live, states = BANK_CHANNEL, presenters.STATES
    zone, audit_permission = ZONE, Permission.PUBLISH_BANK
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        return gettext("Version %(n)s") % {"n": self.row.number}

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: BankVersion = self.row
        if row.note:
            yield _("What is new"), row.note
        if row.published_at:
            yield pgettext_lazy("test version", "Published"), Day(row.published_at.date())
        yield _("Resource that others embed"), row.content["embedded_as"]

    @override
    def context(self) -> dict[str, Any]:
        row: BankVersion = self.row
        is_open = row.state in (BankState.DRAFT, BankState.IN_REVIEW)
        return {
            "parts": [
                (
                    presenters.AUDIENCES[one],
                    str(one),
                    [presenters.outline(item) for item in part.items],
                    [presenters.outline(item) for item in part.set_aside],
                )
                for one, part in read(row.content).parts.items()
            ],
            "may_edit": row.state == BankState.DRAFT and self.by.can(Permission.EDIT_BANK),
            "missing": [_sentence(one) for one in queries.problems_of(row)] if is_open else [],
        }


def _sentence(problem: Problem) -> str:
    where = [str(presenters.AUDIENCES[Audience(problem.audience)])] if problem.audience else []
    where += [problem.item] if problem.item else []
    said = f"{PROBLEMS[problem.why]} {problem.text}".strip()
    return f"{', '.join(where)}: {said}" if where else said


new_version = form_view(
    forms.BeginForm,
    lambda by, given, at: drafts.begin_version(by=by, at=at, **given),
    title=_("A new version"),
    submit=_("Begin"),
    message=_("Begun, with everything that the published version holds."),
    url="selfcheck-version",
    list_url="selfcheck-versions",
    list_title=Versions.title,
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_BANK)
def item(request: HttpRequest, ref: str, audience: str, code: str = "") -> HttpResponse:
    """Change a question of a draft, or add one."""
    by, whom = actor(request), _audience(audience)
    row = queries.version_for(by, ref)
    held = {one["code"]: one for one in row.content["audiences"][whom]["items"]}
    if code and code not in held:
        raise Http404
    form = forms.ItemForm(
        request.POST or None,
        content=row.content,
        is_new=not code,
        initial=forms.initial_of(held[code]) if code else None,
    )
    back = reverse("selfcheck-version", args=[ref])

    def act(said: dict[str, Any]) -> Outcome:
        write = drafts.save_item if code else drafts.add_item
        write(
            by=by, version=row, audience=whom, code=code or said["code"], given=form.given(), at=clock.now()
        )
        return Outcome(_("Saved."), to=back)

    title = presenters.spoken(held[code]["question"]) if code else gettext("New question")
    return _form_page(request, form, act, row=row, title=title, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_BANK)
def details(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the introductions, the agreement and the sources of a draft."""
    by = actor(request)
    row = queries.version_for(by, ref)
    form = forms.DetailsForm(
        request.POST or None, content=row.content, initial=forms.details_of(row.content, row.note)
    )
    back = reverse("selfcheck-version", args=[ref])

    def act(said: dict[str, Any]) -> Outcome:
        drafts.save_details(by=by, version=row, given=said, at=clock.now())
        return Outcome(_("Saved."), to=back)

    title = gettext("Agreement, introductions, sources")
    return _form_page(request, form, act, row=row, title=title, back=back)


def _form_page(
    request: HttpRequest, form: Any, act: Any, *, row: BankVersion, title: Text, back: str
) -> HttpResponse:
    if done := submitted(request, form, act):
        return done
    context = {
        "form": form,
        "row": row,
        "title": title,
        "back": back,
        "is_draft": row.state == BankState.DRAFT,
    }
    status = UNFIT if form.is_bound and form.errors else 200
    return render(request, "selfcheck/personal/desk/form.html", context, status=status)


@require_POST
@needs(Permission.EDIT_BANK)
def item_do(request: HttpRequest, ref: str, audience: str, code: str, name: str) -> HttpResponse:
    """Move a question of a draft, set it aside or take it back."""
    by, whom = actor(request), _audience(audience)
    row = queries.version_for(by, ref)
    if name not in ITEM_ACTS:
        raise Http404

    def act() -> Outcome:
        at = clock.now()
        if name in {"up", "down"}:
            drafts.move_item(by=by, version=row, audience=whom, code=code, up=name == "up", at=at)
            return Outcome(_("Moved."))
        drafts.set_aside(by=by, version=row, audience=whom, code=code, is_off=name == "aside", at=at)
        if name == "back":
            return Outcome(_("Taken back."))
        undo = reverse("selfcheck-item-do", args=[ref, whom, code, "back"])
        return Outcome(_("Set aside. It is not asked, and it is kept."), undo=undo)

    return respond(request, act, f"{reverse('selfcheck-version', args=[ref])}#{whom}")


@require_safe
@needs(Permission.SEE_BANK)
def preview(request: HttpRequest, ref: str, audience: str) -> HttpResponse:
    """The test of a version as people see it; nothing is sent."""
    row, whom = queries.version_for(actor(request), ref), _audience(audience)
    bank = read(row.content)
    part = bank.parts[whom]
    context = {
        "row": row,
        "audience": whom,
        "words": presenters.words_for(whom),
        "intro": presenters.spoken(part.intro),
        "questions": presenters.questions(part),
        "sources": list(presenters.sources(bank, part)),
        **presenters.result(part, bank, None),
    }
    return render(request, "selfcheck/personal/desk/preview.html", context)


def _audience(code: str) -> Audience:
    if code not in set(Audience):
        raise Http404
    return Audience(code)
