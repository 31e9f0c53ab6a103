"""The editors' pages of the newsletter: the issues, one issue with its pages, preview, figures, settings."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures.pages import FiguresPage
from sauga.kernel.i18n import languages, long_datetime
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, form_view, post_action_on, submitted
from sauga.kernel.kit.editors import Settings
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Mark, Tool, View
from sauga.kernel.refusals import Text
from sauga.kernel.ui.page_previews import frames
from sauga.kernel.ui.parameters.numbers import whole
from sauga.newsletter.actions import issues as actions
from sauga.newsletter.forms import CopyForm, IssueForm, PagesForm, SendForm
from sauga.newsletter.mail_text import write
from sauga.newsletter.models import Issue
from sauga.newsletter.permissions import Permission
from sauga.newsletter.queries import issues
from sauga.newsletter.rules import CHANNEL, GROUPS, LISTS, SETTINGS, list_names
from sauga.newsletter.states import IssueState
from sauga.newsletter.trail import ZONE, Trail

UNFIT = 422
STATES: dict[str, Mark] = {
    IssueState.DRAFT: Mark("calm", "", pgettext_lazy("issue", "draft")),
    IssueState.READY: Mark("wait", "half", pgettext_lazy("issue", "to be checked")),
    IssueState.SCHEDULED: Mark("wait", "", pgettext_lazy("issue", "scheduled")),
    IssueState.SENDING: Mark("act", "", pgettext_lazy("issue", "being sent")),
    IssueState.PAUSED: Mark("wait", "dash", pgettext_lazy("issue", "paused")),
    IssueState.SENT: Mark("good", "dot", pgettext_lazy("issue", "sent")),
    IssueState.CANCELLED: Mark("bad", "diamond", pgettext_lazy("issue", "cancelled")),
}
UNDER_WAY = frozenset({IssueState.SENDING, IssueState.PAUSED})
WRITTEN = frozenset({IssueState.DRAFT, IssueState.READY, IssueState.SCHEDULED})


class Issues(ListPage):
    """The issues: at work, and done."""

    title = _("Newsletter")
    intro = _(
        "An issue is composed of published pages. The person who wrote it cannot send it: a colleague does."
    )
    live = CHANNEL
    views = (
        View(issues.OPEN, pgettext_lazy("issues", "In preparation")),
        View(issues.READY, pgettext_lazy("issues", "To be checked by me")),
        View(issues.DONE, pgettext_lazy("issues", "Sent")),
    )
    columns = (
        Column("title", pgettext_lazy("issue", "Title"), sort=("title",), is_heading=True),
        Column("language", pgettext_lazy("newsletter", "Language"), sort=("language",)),
        Column("lists", pgettext_lazy("newsletter", "Lists")),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("when", _("Changed"), sort=("written_at",)),
        Column("handed", pgettext_lazy("newsletter", "Handed over"), "num", sort=("handed",)),
        Column("bounced", pgettext_lazy("newsletter", "Came back"), "num", sort=("bounced",)),
    )
    nothing = Empty(
        title=_("No issue here"), text=_("Begin one, add published pages, and let a colleague send it.")
    )

    @override
    def rows(self) -> QuerySet[Issue]:
        return issues.issues(self.by, self.view_code).order_by("-written_at", "-pk")

    @override
    def line(self, row: Issue) -> Line:
        return Line(
            row.ref,
            (
                Link(row.title, reverse("newsletter-one", args=[row.ref]), row.language),
                _language(row.language),
                " · ".join(str(name) for name in list_names(row.lists)),
                STATES[row.state],
                Day(row.started_at or row.written_at),
                row.handed if row.started_at else "",
                row.bounced if row.started_at else "",
            ),
        )

    @override
    def counts(self) -> dict[str, int]:
        return issues.counts(self.by)

    @override
    def tools(self) -> list[Tool]:
        return [Tool(label=_("New issue"), href=reverse("newsletter-new"), key="n")]


def _language(code: str) -> str:
    return next((row.name for row in languages.every() if row.code == code), code)


def _copy(by: PersonActor, row: Issue, given: dict[str, Any], at: datetime) -> Outcome:
    made = actions.copy_issue(by=by, issue=row, language=given["language"], at=at)
    return Outcome(to=reverse("newsletter-one", args=[made.ref]))


def _discard(by: PersonActor, row: Issue, _given: dict[str, Any], at: datetime) -> Outcome:
    actions.discard(by=by, issue=row, at=at)
    return Outcome(to=reverse("newsletter-issues"))


ACTIONS = ActionSet(
    find=issues.issue_for,
    author=lambda row: row.editor_id,
    actions={
        "ready": Action(
            permissions=(Permission.WRITE,),
            states=frozenset({IssueState.DRAFT}),
            label=_("Submit for checking"),
            message=_("A colleague can check and send it now."),
            effect=lambda by, row, given, at: actions.mark_ready(by=by, issue=row, at=at),
            key="r",
            is_next=True,
        ),
        "send": Action(
            permissions=(Permission.SEND,),
            states=frozenset({IssueState.READY}),
            label=pgettext_lazy("newsletter", "Send"),
            message=_("On its way, or scheduled. You can pause it here at any time."),
            text=_("Look at the preview and the test email first. What has been sent cannot be recalled."),
            effect=lambda by, row, given, at: actions.approve(by=by, issue=row, at=at, **given),
            form=SendForm,
            others_only=True,
            is_next=True,
        ),
        "pause": Action(
            permissions=(Permission.SEND,),
            states=frozenset({IssueState.SENDING}),
            label=_("Pause"),
            message=_("Paused. No more emails go out."),
            effect=lambda by, row, given, at: actions.pause(by=by, issue=row, at=at),
            key="p",
        ),
        "resume": Action(
            permissions=(Permission.SEND,),
            states=frozenset({IssueState.PAUSED}),
            label=pgettext_lazy("newsletter", "Continue"),
            message=_("It goes on where it stopped."),
            effect=lambda by, row, given, at: actions.resume(by=by, issue=row, at=at),
            key="p",
            is_next=True,
        ),
        "test": Action(
            permissions=(Permission.WRITE,),
            states=WRITTEN,
            label=_("Test email to myself"),
            message=_("Sent to your own address."),
            effect=lambda by, row, given, at: actions.send_test(by=by, issue=row, at=at),
            tone="second",
            key="t",
        ),
        "back": Action(
            permissions=(Permission.WRITE,),
            states=frozenset({IssueState.READY, IssueState.SCHEDULED}),
            label=_("Back to writing"),
            message=_("It can be changed again."),
            effect=lambda by, row, given, at: actions.take_back(by=by, issue=row, at=at),
            tone="second",
        ),
        "copy": Action(
            permissions=(Permission.WRITE,),
            states=frozenset(IssueState),
            label=_("Begin a copy"),
            message=_("Copied, with the pages that are published in this language."),
            effect=_copy,
            form=CopyForm,
            title=_("Copy into another language"),
            tone="second",
        ),
        "cancel": Action(
            permissions=(Permission.SEND,),
            states=UNDER_WAY,
            label=_("Cancel the rest"),
            message=_("Cancelled. Readers who have not received it will not."),
            text=_("Nobody else will get this issue; those who have it keep it. This cannot be undone."),
            effect=lambda by, row, given, at: actions.cancel(by=by, issue=row, at=at),
            tone="danger",
        ),
        "discard": Action(
            permissions=(Permission.WRITE,),
            states=frozenset({IssueState.DRAFT}),
            label=_("Delete the draft"),
            message=_("Deleted."),
            text=_("The draft is gone for good. The pages stay."),
            effect=_discard,
            tone="danger",
        ),
    },
)


class IssuePage(DetailPage):
    """One issue: its pages, whom it goes to, how far it is, and what can be done."""

    template = "newsletter/desk/issue.html"
    list_title, list_url = Issues.title, "newsletter-issues"
    url, action_url = "newsletter-one", "newsletter-do"
    live, states = CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.SEND
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Issue = self.row
        yield pgettext_lazy("newsletter", "Language"), _language(row.language)
        yield (
            pgettext_lazy("newsletter", "Lists"),
            " · ".join(str(name) for name in list_names(row.lists)),
        )
        if row.started_at is None:
            yield _("Readers now"), issues.recipients(row.language, row.lists).count()
        if row.send_at is not None:
            yield _("Send at"), long_datetime(row.send_at.astimezone(VILNIUS))

    @override
    def context(self) -> dict[str, Any]:
        row: Issue = self.row
        is_draft = row.state == IssueState.DRAFT
        words = PagesForm(self.request.GET)
        asked = words.cleaned_data["words"] if words.is_valid() else ""
        return {
            "pieces": issues.pieces(row),
            "is_draft": is_draft,
            "search": words,
            "offered": issues.offered(row, asked) if is_draft else (),
            "progress": issues.progress(row) if row.started_at else None,
            "is_own": row.state == IssueState.READY and row.editor_id == self.by.person_id,
        }


def _initial() -> dict[str, Any]:
    return {"language": languages.DEFAULT, "lists": [LISTS[0][0]]}


class _NewForm(IssueForm):
    """A new issue: in the language of the installation, for the first list, unless said otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(), **kwargs})


new_issue = form_view(
    _NewForm,
    lambda by, given, at: actions.write_issue(by=by, at=at, **given),
    title=_("A new issue"),
    submit=_("Begin the issue"),
    message=_("Begun. Now add pages."),
    url="newsletter-one",
    list_url="newsletter-issues",
    list_title=Issues.title,
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Title, introduction, language and lists."""
    by = actor(request)
    row = issues.issue_for(by, ref)
    initial = {name: getattr(row, name) for name in ("title", "intro", "language", "lists")}
    form = IssueForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(given: dict[str, Any]) -> Outcome:
        actions.change_issue(by=by, issue=row, at=clock.now(), **given)
        return Outcome(gettext("Saved."), to=reverse("newsletter-one", args=[ref]))

    context = {
        "form": form,
        "title": gettext("Title and introduction"),
        "submit": gettext("Save"),
        "list_url": "newsletter-issues",
        "list_title": Issues.title,
    }
    return submitted(request, form, act) or render(
        request, "ui/desk/form.html", context, status=UNFIT if form.errors else 200
    )


def _issue(_by: PersonActor, row: Issue) -> str:
    return reverse("newsletter-one", args=[row.ref]) + "#pages"


@needs(Permission.WRITE)
@post_action_on(issues.issue_for, _issue)
def pages(request: HttpRequest, by: PersonActor, row: Issue, at: datetime) -> Text:
    """Add a page, move one, or take one out."""
    item = whole(request.POST.get("item", "")) or 0
    match request.POST.get("do", ""):
        case "add":
            actions.add_page(by=by, issue=row, page_id=whole(request.POST.get("page", "")) or 0, at=at)
            return gettext("Added.")
        case "remove":
            actions.remove_page(by=by, issue=row, item_id=item, at=at)
            return gettext("Taken out.")
        case "up" | "down" as way:
            actions.move_page(by=by, issue=row, item_id=item, up=way == "up", at=at)
            return gettext("Moved.")
    return ""


@require_safe
@needs(Permission.WRITE)
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """The mail as text, and as HTML on a phone and on a wide screen."""
    row = issues.issue_for(actor(request), ref)
    context = {"row": row, "written": write(row, issues.pieces(row))}
    return frames.frames(render(request, "newsletter/desk/preview.html", context))


@require_safe
@needs(Permission.WRITE)
def mail(request: HttpRequest, ref: str) -> HttpResponse:
    """The HTML of the mail, in a frame of the preview."""
    row = issues.issue_for(actor(request), ref)
    return frames.framed(HttpResponse(write(row, issues.pieces(row)).html), inline_styles=True)


class Figures(FiguresPage):
    """Subscriptions and mails."""

    title = _("Newsletter figures")
    service = "newsletter"
    permission = Permission.SEE_FIGURES


SENDING = Settings(
    name="newsletter",
    title=_("Newsletter settings"),
    permission=Permission.SETTINGS,
    zone=ZONE,
    changed=Trail.SETTING_CHANGED,
    reasons="newsletter_policy_reason",
    groups=GROUPS,
    settings=SETTINGS,
)
