"""The editors' desk beside Wagtail: reviews by link, outdated translations, pages due for review."""

from typing import Any, override

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import post_action
from sauga.kernel.kit.lists import (
    Button,
    Column,
    Day,
    Empty,
    Line,
    Link,
    ListPage,
    Mark,
    Quiet,
    Ref,
    Spoken,
    View,
)
from sauga.kernel.kit.pages import submitted
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts
from sauga.kernel.ui.parameters.numbers import whole
from sauga.portal.actions import outside_links as looking_after
from sauga.portal.actions import reviews as reviewing
from sauga.portal.actions import translations
from sauga.portal.forms.reviews import AskForm
from sauga.portal.models.base import PortalPage
from sauga.portal.models.outside_links import OutsideLink
from sauga.portal.models.reviews import ReviewRequest
from sauga.portal.permissions import Permission
from sauga.portal.presenters import outside_links
from sauga.portal.queries import desk, links, page_gate
from sauga.portal.states import ReviewState
from sauga.portal.views.today import today
from sauga.repository.resources.presenters.publish_gate import name_of

UNFIT = 422


class Reviews(ListPage):
    """Every requested review, with its answer."""

    title = _("Reviews")
    views = (
        View(desk.ALL, pgettext_lazy("reviews", "All")),
        View(desk.SENT, pgettext_lazy("reviews", "Without an answer")),
    )
    intro = _(
        "People without an account who were asked to read a page. Ask from the page itself: Site, the page, "
        "“Ask for an external review”."
    )
    nothing = Empty(
        title=_("Nobody has been asked yet"),
        text=_("Open a page of the site and choose “Ask for an external review”."),
    )
    columns = (
        Column("page", _("Page"), is_heading=True),
        Column("who", _("Who"), sort=("name",)),
        Column("asked", _("Asked"), sort=("asked_at",)),
        Column("state", _("State"), sort=("state",)),
        Column("words", _("Words")),
        Column("act", _("Act"), is_hidden=True),
    )
    states = {
        ReviewState.SENT: Mark("wait", "half", _("waiting")),
        ReviewState.APPROVED: Mark("good", "dot", _("may be published")),
        ReviewState.CHANGES_ASKED: Mark("bad", "diamond", _("changes asked for")),
        ReviewState.WITHDRAWN: Mark("calm", "dash", _("taken back")),
        ReviewState.EXPIRED: Mark("calm", "dash", _("expired")),
    }

    @override
    def rows(self) -> QuerySet[ReviewRequest]:
        return desk.reviews(self.view_code)

    @override
    def line(self, row: ReviewRequest) -> Line:
        page = Link(row.page.draft_title, reverse("wagtailadmin_pages:edit", args=[row.page_id]))
        back = (
            Button(_("Take back"), reverse("portal-review-withdraw", args=[row.ref]), row.name)
            if row.state == ReviewState.SENT
            else ""
        )
        return Line(
            row.ref,
            (
                page,
                row.name,
                Day(row.asked_at),
                self.states[ReviewState(row.state)],
                linebreaksbr(row.words),
                back,
            ),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_REVIEW)
def ask(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask someone without an account to read a page."""
    by = actor(request)
    page = desk.page_for(by, page_id)
    form = AskForm(
        request.POST if request.method == "POST" else None, initial={"language": page.locale.language_code}
    )

    def perform(given: dict[str, Any]) -> str:
        reviewing.ask_review(by=by, page=page, at=clock.now(), **given)
        return gettext("The email is on its way")

    context = {"form": form, "page": page}
    return submitted(request, form, perform, "portal-reviews") or render(
        request, "portal/desk/ask.html", context, status=UNFIT if form.is_bound else 200
    )


@needs(Permission.ASK_REVIEW)
@post_action("portal-reviews")
def withdraw(request: HttpRequest, review: str) -> str:
    """Withdraw a link."""
    by = actor(request)
    reviewing.withdraw_review(by=by, review=desk.review_for(by, review), at=clock.now())
    return gettext("The link no longer works")


class Translations(ListPage):
    """Translations whose source has changed."""

    title = _("Translations")
    intro = _("Pages whose Lithuanian source has changed since they were translated.")
    nothing = Empty(
        title=_("Every translation is up to date"),
        text=_("When a Lithuanian page changes, its translation appears here."),
    )
    columns = (
        Column("page", _("Translation"), is_heading=True),
        Column("source", _("Source")),
        Column("changed", _("Source changed")),
    )

    @override
    def rows(self) -> list[desk.Behind]:
        return desk.behind()

    @override
    def line(self, row: desk.Behind) -> Line:
        return Line(
            str(row.page.pk),
            (_title(row.page, "portal-translation"), Spoken(row.source.title, "lt"), Day(row.changed_at)),
        )


def _title(page: PortalPage, address: str) -> Link:
    return Link(page.draft_title, reverse(address, args=[page.pk]), page.locale.language_code)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TRANSLATE_PAGES)
def translation(request: HttpRequest, page_id: int) -> HttpResponse:
    """What changed in the source since the translation was made, word by word; and confirming that it is up
    to date.
    """
    by = actor(request)
    page = desk.page_for(by, page_id)
    source = desk.source_of(page)
    if request.method == "POST":
        seen = whole(request.POST.get("seen", ""))
        if not seen:
            raise Http404
        try:
            translations.confirm_translation(by=by, page=page, source=source, seen=seen, at=clock.now())
        except ActionRefused as refused:
            toasts.refuse(request, refused.text)
            return HttpResponseRedirect(reverse("portal-translation", args=[page.pk]))
        toasts.say(request, gettext("The translation is up to date"))
        return HttpResponseRedirect(reverse("portal-translations"))
    before, after = desk.text_of(page.translated_from), desk.text_of(source.live_revision)
    context = {
        "page": page,
        "source": source,
        "difference": desk.difference(before, after) if before else None,
        "whole": after,
        "translated": desk.text_of(page.latest_revision),
        "fresh": page.translated_from_id == source.live_revision_id,
    }
    return render(request, "portal/desk/translation.html", context)


class Links(ListPage):
    """Broken links to other sites, with the places where they are used."""

    template = "portal/desk/links.html"
    title = _("Broken links")
    nothing = Empty(title=_("No broken links"), text=_("Links appear here after failing twice, days apart."))
    columns = (
        Column("url", _("Address"), sort=("url",), is_heading=True),
        Column("outcome", _("What happened"), sort=("outcome",)),
        Column("since", _("Broken since"), sort=("failed_at",)),
        Column("places", _("Used in")),
        Column("advice", _("What to do")),
        Column("act", _("Act"), is_hidden=True),
    )

    @override
    def rows(self) -> QuerySet[OutsideLink]:
        return links.broken_links()

    @override
    def line(self, row: OutsideLink) -> Line:
        shown = outside_links.broken(row)
        places = tuple(Link(place.name, place.href) for place in shown.places)
        again = Button(pgettext("link", "Look again"), reverse("portal-link-again", args=[row.pk]), row.url)
        cells = (Ref(row.url), shown.outcome, Day(row.failed_at), places, shown.advice, again)
        return Line(str(row.pk), cells)

    @override
    def context(self) -> dict[str, Any]:
        number, newest = links.known()
        return {"number": number, "newest": newest}


@needs(Permission.SEE_GATE)
@post_action("portal-links")
def link_again(request: HttpRequest, key: int) -> str:
    """Check it in the next round."""
    looking_after.ask_again(by=actor(request), link=links.link_for(key), at=clock.now())
    return gettext("It will be checked within twenty minutes.")


class ToConfirm(ListPage):
    """Pages with a note of what a person must confirm; a page leaves the list when its note is empty."""

    title = pgettext_lazy("page", "To confirm")
    intro = _(
        "What a person must check: a number, a fact, the advice of an expert. Visitors never see these "
        "notes. Open a page, check it, and delete the note under “Care”."
    )
    nothing = Empty(
        title=_("Nothing is left to confirm"), text=_("Pages appear here while a note under “Care” says so.")
    )
    columns = (
        Column("page", _("Page"), sort=(lithuanian_order(F("title")),), is_heading=True),
        Column("language", _("Language"), sort=("locale__language_code",)),
        Column("state", _("State"), sort=("live",)),
        Column("note", pgettext_lazy("page", "To confirm")),
    )

    @override
    def rows(self) -> QuerySet[PortalPage]:
        return desk.to_confirm(self.by)

    @override
    def line(self, row: PortalPage) -> Line:
        state = Mark("wait", "half", _("live")) if row.live else Mark("calm", "ring", _("draft"))
        code = row.locale.language_code
        lines = [one for one in row.to_confirm.splitlines() if one.strip()]
        notes = tuple(Quiet(one, below=bool(place)) for place, one in enumerate(lines))
        return Line(str(row.pk), (_title(row, "wagtailadmin_pages:edit"), code.upper(), state, notes))


class DuePages(ListPage):
    """Pages due for review; above them live pages that would no longer pass the gate."""

    template = "portal/desk/due.html"
    title = _("Pages to review")
    intro = _("Live pages whose review date has passed. Open one, read it, and set a new date under “Care”.")
    nothing = Empty(title=_("Nothing is due"), text=_("Pages appear here when their review date has passed."))
    columns = (
        Column("page", _("Page"), sort=(lithuanian_order(F("title")),), is_heading=True),
        Column("language", _("Language"), sort=("locale__language_code",)),
        Column("by", _("Should have been read by"), sort=("review_by",)),
    )

    @override
    def rows(self) -> QuerySet[PortalPage]:
        return desk.due(today())

    @override
    def line(self, row: PortalPage) -> Line:
        return Line(
            str(row.pk),
            (_title(row, "wagtailadmin_pages:edit"), row.locale.language_code.upper(), Day(row.review_by)),
        )

    @override
    def context(self) -> dict[str, Any]:
        return {
            "fallen": [
                {"page": page, "checks": ", ".join(map(name_of, page.gate_word.failing))}
                for page in page_gate.fallen()
            ]
        }
