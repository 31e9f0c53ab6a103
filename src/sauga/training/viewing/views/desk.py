"""Viewing sites at the desk: the list of a webinar, one site, inviting libraries, writing to many."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.events.programme.models import said
from sauga.kernel import clock
from sauga.kernel.i18n import long_datetime
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.actions import UNFIT, Outcome
from sauga.kernel.kit.lists import Cell, Column, Empty, Line, Link, ListPage, Quiet, Tool, View
from sauga.kernel.kit.pages import submitted
from sauga.kernel.organisations import municipality_name
from sauga.kernel.refusals import Text
from sauga.training.permissions import Permission
from sauga.training.states import BEFORE_SHOWING, SHOWED, SiteState
from sauga.training.trail import ZONE
from sauga.training.viewing import documents
from sauga.training.viewing.actions import audience_counts, hosts, invitations, messages
from sauga.training.viewing.actions.mail import address_of
from sauga.training.viewing.actions.transitions import CHANNEL
from sauga.training.viewing.forms import (
    CountForm,
    EnrolForm,
    InviteForm,
    LanguageForm,
    MessageForm,
    PictureForm,
    SiteFilterForm,
    groups,
    heads_in,
)
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.presenters import STATES, VIEW_LABELS
from sauga.training.viewing.queries import links, sites
from sauga.training.viewing.queries.hosts import host_of
from sauga.training.webinars.models import Webinar
from sauga.training.webinars.queries import webinars
from sauga.training.webinars.queries.links import whole
from sauga.training.webinars.rules import Phase


class Sites(ListPage):
    """The viewing sites of a webinar by name: the same views as on its wall."""

    live, export, form_class = CHANNEL, "viewing-sites", SiteFilterForm
    view_name, everything = "b", sites.ALL
    views = tuple(View(code, VIEW_LABELS[code]) for code in sites.VIEWS)
    columns = (
        Column("library", _("Library"), sort=("organisation__order_key",), is_heading=True),
        Column("place", _("Municipality"), sort=("municipality",)),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("picture", pgettext_lazy("viewing site", "Picture")),
        Column("seats", _("Seats"), "num", sort=("seats",)),
        Column("heads", _("People, as reported"), "num"),
    )
    nothing = Empty(title=_("No library here"), text=_("Invite libraries; they appear here."))

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.webinar: Webinar = webinars.webinar_for(actor(request), kwargs["ref"])
        self.title = gettext("Viewing sites: %(title)s") % {"title": said(self.webinar.event.title)}
        self.parent_title = said(self.webinar.event.title)
        self.parent_href = reverse("training-webinar-desk", args=[self.webinar.ref])
        super().__init__(request, **kwargs)

    @override
    def rows(self) -> QuerySet[ViewingSite]:
        given = self.filters
        return sites.desk_sites(
            self.webinar,
            self.view_code,
            self.at,
            words=given["words"],
            municipality=given["municipality"],
        )

    @override
    def lines(self, rows: list[ViewingSite]) -> list[Line]:
        heads = sites.heads_of([row.pk for row in rows])
        return [
            Line(
                row.ref,
                (
                    Link(str(row), reverse("training-site-desk", args=[row.ref])),
                    municipality_name(row.municipality),
                    (STATES[row.state], Quiet(_("cannot this time"), below=True))
                    if row.declined_at
                    else STATES[row.state],
                    row.get_picture_display() if row.state == SiteState.LIVE else None,
                    row.seats,
                    heads.get(row.pk),
                ),
            )
            for row in rows
        ]

    @override
    def counts(self) -> Mapping[str, int]:
        return sites.view_counts(self.webinar, self.at)

    @override
    def tools(self) -> Sequence[Tool]:
        ref = self.webinar.ref
        found = [Tool(label=_("Wall"), href=reverse("training-wall", args=[ref]), key="w", tone="second")]
        if self.by.can(Permission.COORDINATE_SITES):
            write = f"{reverse('training-sites-write', args=[ref])}?b={self.view_code}"
            found.append(Tool(label=_("Write to these"), href=write, key="m", tone="second"))
            found.append(
                Tool(label=_("Invite libraries"), href=reverse("training-invite", args=[ref]), key="i")
            )
        return found


OPEN_TO_SHOW = (Phase.DOORS, Phase.LIVE, Phase.OVER)
ACTIONS = ActionSet(
    find=sites.site_for,
    actions={
        "write": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset(SiteState),
            label=_("Send the message"),
            title=_("Write to the library"),
            text=_("It appears on the page of the library at once."),
            message=_("Sent."),
            effect=lambda by, row, given, at: messages.write(by=by, site=row, at=at, **given),
            form=MessageForm,
            key="m",
            is_next=False,
        ),
        "read": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset(SiteState),
            label=_("Mark messages as read"),
            message=_("Marked as read."),
            effect=lambda by, row, given, at: messages.mark_read(by=by, site=row, at=at),
            suits=lambda row: row.messages.filter(from_host=True, read_at=None).exists(),
            tone="second",
            key="r",
        ),
        "enrol": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset({SiteState.INVITED}),
            label=_("The library takes part"),
            title=_("Enrol the library"),
            text=_("For a library that telephones. It gets an email with its link."),
            message=_("Enrolled."),
            effect=lambda by, row, given, at: hosts.enrol(by=by, site=row, given=_enrolment(given), at=at),
            form=EnrolForm,
        ),
        "ready": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset({SiteState.TECH_TESTED}),
            label=_("The library is ready"),
            message=_("Ready."),
            effect=lambda by, row, given, at: hosts.say_ready(by=by, site=row, at=at),
        ),
        "show": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset({SiteState.READY}),
            label=_("The library shows it"),
            title=_("The library shows the webinar"),
            message=_("Noted."),
            text=_("For a library that telephones, until a day after the webinar."),
            effect=lambda by, row, given, at: hosts.show(by=by, site=row, at=at, **given),
            form=PictureForm,
            suits=lambda row: row.webinar.phase(clock.now()) in OPEN_TO_SHOW,
        ),
        "picture": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset({SiteState.LIVE}),
            label=_("Save what the library sees"),
            title=_("What does the library see?"),
            message=_("Saved."),
            effect=lambda by, row, given, at: hosts.report_picture(by=by, site=row, at=at, **given),
            form=PictureForm,
            suits=lambda row: row.webinar.phase(clock.now()) == Phase.LIVE,
            tone="second",
        ),
        "count": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset(SHOWED),
            label=_("Save the count"),
            title=_("Enter how many people there were"),
            message=_("Saved."),
            text=_("For a library that telephones or writes, and for corrections."),
            effect=lambda by, row, given, at: audience_counts.count(
                by=by, site=row, heads=heads_in(given), note=given["note"], is_sure=given["is_sure"], at=at
            ),
            form=CountForm,
            suits=lambda row: clock.now() >= row.over_at,
            tone="second",
        ),
        "close": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset({SiteState.COUNTED, SiteState.NO_SHOW}),
            label=pgettext_lazy("viewing site", "Close"),
            message=_("Closed."),
            text=_("Nothing changes here any more; two weeks after the webinar that happens by itself."),
            effect=lambda by, row, given, at: audience_counts.close(by=by, site=row, at=at),
            tone="second",
        ),
        "link": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset({SiteState.INVITED, *BEFORE_SHOWING, *SHOWED}),
            label=_("Send the link again"),
            message=_("An email with the personal link is on its way."),
            effect=lambda by, row, given, at: invitations.send_link(by=by, site=row, at=at),
            suits=lambda row: bool(address_of(row)),
            tone="second",
        ),
        "withdraw": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset(BEFORE_SHOWING),
            label=_("The library cannot after all"),
            message=_("Noted."),
            text=_("It counts as not shown."),
            effect=lambda by, row, given, at: hosts.withdraw(by=by, site=row, at=at),
            tone="danger",
        ),
        "take-back": Action(
            permissions=(Permission.COORDINATE_SITES,),
            states=frozenset({SiteState.INVITED}),
            label=_("Take the invitation back"),
            message=_("Taken back."),
            text=_("For a library that was invited by mistake. Its link stops working."),
            effect=lambda by, row, given, at: _take_back(by, row, at),
            tone="danger",
        ),
    },
)


def _enrolment(given: Mapping[str, Any]) -> hosts.Enrolment:
    form = EnrolForm()
    form.cleaned_data = dict(given)
    return form.enrolment()


def _take_back(by: Any, row: ViewingSite, at: Any) -> Outcome:
    invitations.take_back(by=by, site=row, at=at)
    return Outcome(_("Taken back."), to=reverse("training-sites", args=[row.webinar.ref]))


class SitePage(DetailPage):
    """One viewing site: its answers, tests, messages, count."""

    template = "training/viewing/desk/site.html"
    list_title, list_url = _("Webinars"), "training-webinars-desk"
    url, action_url = "training-site-desk", "training-site-do"
    live, states = CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.COORDINATE_SITES
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: ViewingSite = self.row
        yield _("Webinar"), documents.title_of(row.webinar)
        yield pgettext_lazy("webinar", "When"), documents.when(row.webinar)
        yield _("Municipality"), municipality_name(row.municipality)
        if row.declined_at:
            yield _("Answer"), _("cannot this time")
        if row.seats:
            yield _("Seats"), row.seats
        if row.state == SiteState.LIVE:
            yield pgettext_lazy("viewing site", "Picture"), row.get_picture_display() or _("not known")
        if self.by.can(Permission.COORDINATE_SITES):
            yield from self._contacts(row)
        yield _("Recording on the computer"), _("yes") if row.fallback_at else _("no")
        yield _("Paper questions printed"), _("yes") if row.slips_at else _("no")
        labels = dict(groups())
        for one in row.counts.all():
            yield labels.get(one.group, one.group), one.heads
        if row.note:
            yield _("Note with the count"), row.note

    def _contacts(self, row: ViewingSite) -> Iterator[tuple[Text, Cell]]:
        host = host_of(row)
        if host.name:
            yield _("Host"), host.name
        if host.phone:
            yield _("Telephone"), Link(host.phone, f"tel:{''.join(host.phone.split())}")
        yield _("Written to"), address_of(row) or _("no mailbox in the register: give the link by telephone")
        yield _("Personal link"), Link(whole(links.own_path(row)), links.own_path(row), is_code=True)

    @override
    def context(self) -> dict[str, Any]:
        row: ViewingSite = self.row
        return {
            "tests": list(row.tests.all()[:10]),
            "thread": list(row.messages.all()),
            "back": reverse("training-wall", args=[row.webinar.ref]),
        }


@needs(Permission.COORDINATE_SITES)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose libraries of the register by municipality and invite them."""
    by, at = actor(request), clock.now()
    webinar = webinars.webinar_for(by, ref, Permission.COORDINATE_SITES)
    given = InviteForm(request.GET)
    narrowed = {name: given.cleaned_data.get(name, "") if given.is_valid() else "" for name in given.fields}
    form = LanguageForm(request.POST if request.method == "POST" else None, initial={"language": "lt"})

    def act(said_then: dict[str, Any]) -> Outcome:
        chosen = sites.libraries_by(request.POST.getlist("library"))
        rows = invitations.invite(
            by=by, webinar=webinar, organisations=chosen, language=said_then["language"], at=at
        )
        text = ngettext("%(n)s library is invited.", "%(n)s libraries are invited.", len(rows))
        return Outcome(text % {"n": len(rows)}, to=reverse("training-sites", args=[ref]))

    if done := submitted(request, form, act):
        return done
    found = sites.invitable(webinar, at, **narrowed)
    context = {
        "webinar": webinar,
        "title": said(webinar.event.title),
        "filter": given,
        "form": form,
        "libraries": [
            {
                "code": one.organisation.code,
                "name": one.organisation.present_name(),
                "place": municipality_name(one.organisation.municipality),
                "has_mailbox": one.has_mailbox,
                "is_chosen": request.method != "POST"
                or one.organisation.code in request.POST.getlist("library"),
            }
            for one in found
        ],
        "is_narrowed": any(narrowed.values()),
    }
    status = UNFIT if form.errors else 200
    return render(request, "training/viewing/desk/invite.html", context, status=status)


@needs(Permission.COORDINATE_SITES)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """One message to all libraries of a view."""
    by, at = actor(request), clock.now()
    webinar = webinars.webinar_for(by, ref, Permission.COORDINATE_SITES)
    view = request.GET.get("b", sites.ALL)
    view = view if view in sites.VIEWS else sites.ALL
    rows = list(sites.desk_sites(webinar, view, at))
    form = MessageForm(request.POST if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> Outcome:
        n = messages.write_to_many(by=by, webinar=webinar, sites=rows, text=given["text"], at=at)
        text = ngettext("Sent to %(n)s library.", "Sent to %(n)s libraries.", n) % {"n": n}
        return Outcome(text, to=reverse("training-wall", args=[ref]))

    if done := submitted(request, form, act):
        return done
    context = {
        "webinar": webinar,
        "title": said(webinar.event.title),
        "form": form,
        "view": VIEW_LABELS[view],
        "number": len(rows),
        "now": long_datetime(at),
    }
    status = UNFIT if form.errors else 200
    return render(request, "training/viewing/desk/write.html", context, status=status)
