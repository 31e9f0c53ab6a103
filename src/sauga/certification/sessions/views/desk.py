"""Sessions at the desk: the list by where they stand, and one with who was asked and what both sides said."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sauga.certification.applications.queries import protection
from sauga.certification.permissions import Permission
from sauga.certification.sessions import presenters
from sauga.certification.sessions.actions import bookings, requests
from sauga.certification.sessions.forms import CancelForm, ClearForm, FilterForm
from sauga.certification.sessions.mail_text import ambassador_name, host_of, what_about, when
from sauga.certification.sessions.models import Booking
from sauga.certification.sessions.queries import bookings as queries
from sauga.certification.sessions.rules.codes import Side, Source
from sauga.certification.states import BookingState
from sauga.certification.trail import SESSIONS, ZONE
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, respond
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Quiet, View
from sauga.kernel.organisations.places import short_municipality_name
from sauga.kernel.refusals import Text


class Sessions(ListPage):
    """Sessions that schools and libraries asked for."""

    title = _("Ambassador sessions")
    template = "certification/desk/sessions.html"
    live, export, form_class = SESSIONS, "ambassador-sessions", FilterForm
    views = (
        View(queries.NEW, pgettext_lazy("sessions", "Asked for")),
        View(queries.CONTRADICTED, pgettext_lazy("sessions", "Reports differ")),
        View(queries.ACCEPTED, pgettext_lazy("sessions", "Accepted")),
        View(queries.TO_CONFIRM, pgettext_lazy("sessions", "To be confirmed")),
        View(queries.DONE, pgettext_lazy("sessions", "Confirmed")),
        View(queries.OVER, pgettext_lazy("sessions", "Declined or cancelled")),
        View(queries.UNCONFIRMED, pgettext_lazy("sessions", "Address not confirmed")),
        View(queries.ALONE, pgettext_lazy("sessions", "Somebody is needed")),
    )
    columns = (
        Column("host", pgettext_lazy("session", "Host"), is_heading=True),
        Column("day", pgettext_lazy("session", "Day"), sort=("day",)),
        Column("place", _("Municipality"), sort=("municipality",)),
        Column("state", _("State"), is_state=True),
        Column("asked", pgettext_lazy("session", "Ambassadors asked"), "num"),
        Column("heads", pgettext_lazy("session", "Took part"), "num"),
    )
    nothing = Empty(
        title=_("No session here"), text=_("Schools and libraries ask on the page of ambassadors.")
    )

    @override
    def rows(self) -> QuerySet[Booking]:
        return queries.desk_rows(self.view_code, **self.filters)

    @override
    def line(self, row: Any) -> Line:
        link = Link(host_of(row), reverse("certification-booking", args=[row.ref]))
        host = queries.sides(row).get(Side.HOST) if row.state == BookingState.HOST_CONFIRMED else None
        return Line(
            row.ref,
            (
                (link, Quiet(what_about(row), below=True)),
                Day(row.day),
                short_municipality_name(row.municipality),
                presenters.STATES[row.state],
                row.asked,
                sum(one.n for one in host.heads.all()) if host else None,
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.desk_counts()

    @override
    def context(self) -> dict[str, Any]:
        return {"can_take_up": self.by.can(Permission.KEEP_SESSIONS)}


KEEP = (Permission.KEEP_SESSIONS,)


def _clear(by: Any, row: Booking, given: dict[str, Any], at: Any) -> object:
    heads = {name.removeprefix("heads_"): n for name, n in given.items() if name.startswith("heads_") and n}
    return bookings.clear_up(by=by, booking=row, took_place=given["took_place"] == "yes", heads=heads, at=at)


def _offer(by: Any, row: Booking, _given: dict[str, Any], at: Any) -> Outcome:
    n = requests.offer(by=by, booking=row, at=at)
    if not n:
        return Outcome(_("Nobody else nearby fits."))
    return Outcome(ngettext("%(n)s ambassador is asked.", "%(n)s ambassadors are asked.", n) % {"n": n})


ACTIONS = ActionSet(
    find=queries.booking_for,
    actions={
        "offer": Action(
            permissions=KEEP,
            states=frozenset({BookingState.REQUESTED}),
            label=_("Ask further ambassadors"),
            message=_("Asked."),
            effect=_offer,
            suits=lambda row: row.confirmed_at is not None,
            is_next=True,
            key="o",
        ),
        "decline": Action(
            permissions=KEEP,
            states=frozenset({BookingState.REQUESTED}),
            label=_("Nobody can come"),
            message=_("The host gets an email."),
            effect=lambda by, row, given, at: requests.decline(by=by, booking=row, at=at),
            tone="second",
        ),
        "cancel": Action(
            permissions=KEEP,
            states=frozenset({BookingState.ACCEPTED}),
            label=_("Cancel the session"),
            message=_("Cancelled. Host and ambassador get an email."),
            effect=lambda by, row, given, at: bookings.cancel(by=by, booking=row, at=at, **given),
            form=CancelForm,
            tone="danger",
        ),
        "clear": Action(
            permissions=KEEP,
            states=frozenset({BookingState.CONTRADICTED}),
            label=_("Save what took place"),
            title=_("Clear it up"),
            text=_("Speak with both sides first. What you write is what counts."),
            message=_("Cleared up."),
            effect=_clear,
            form=ClearForm,
            is_next=True,
            key="c",
        ),
    },
)


class BookingPage(DetailPage):
    """One session."""

    template = "certification/desk/booking.html"
    list_title, list_url = Sessions.title, "certification-sessions"
    url, action_url = "certification-booking", "certification-booking-do"
    live, states = SESSIONS, presenters.STATES
    zone, audit_permission = ZONE, Permission.KEEP_SESSIONS
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        return host_of(self.row)

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Booking = self.row
        yield pgettext_lazy("session", "When"), when(row)
        yield _("Municipality"), short_municipality_name(row.municipality)
        yield _("Topic"), what_about(row)
        yield pgettext_lazy("session", "Comes from"), Source(row.source).label
        if row.heads_expected:
            yield pgettext_lazy("session", "People expected"), row.heads_expected
        if note := protection.text_of(row, row, "note"):
            yield pgettext_lazy("session", "Note"), note
        if row.ambassador is not None:
            page = reverse("certification-ambassador", args=[row.ambassador.ref])
            yield (
                pgettext_lazy("ambassador", "Ambassador"),
                Link(ambassador_name(row) or row.ambassador.ref, page),
            )
        yield (
            pgettext_lazy("session", "Address"),
            gettext("confirmed") if row.confirmed_at else gettext("not confirmed yet"),
        )

    @override
    def context(self) -> dict[str, Any]:
        row: Booking = self.row
        offers = queries.offers_of(row)
        names = protection.names_of(one.ambassador for one in offers)
        return {
            "offers": [
                {
                    "name": names[one.ambassador_id],
                    "state": presenters.OFFERS[one.state],
                    "at": one.offered_at,
                }
                for one in offers
            ],
            "reports": presenters.reports(row, with_words=True),
        }


@require_POST
@needs(Permission.KEEP_SESSIONS)
def take_up(request: HttpRequest) -> HttpResponse:
    """Make requests of the activities of Safer Internet Day that want an ambassador."""
    by = actor(request)

    def act() -> Outcome:
        n = requests.take_up_activities(by=by, at=clock.now())
        return Outcome(ngettext("%(n)s request was added.", "%(n)s requests were added.", n) % {"n": n})

    return respond(request, act, reverse("certification-sessions"))
