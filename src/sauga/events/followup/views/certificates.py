"""Certificates of attendance at the desk: the list of an event, their hours, all as one file, one with its
revocation."""

from collections.abc import Iterator, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.followup.actions import certificates as actions
from sauga.events.followup.forms.certificates import HoursForm, RevokeForm
from sauga.events.followup.letters import attendance
from sauga.events.followup.models import Certificate
from sauga.events.followup.presenters import pdf_response
from sauga.events.followup.queries import certificates as queries
from sauga.events.followup.queries.attendance import credential_of
from sauga.events.followup.rules.certificates import REASONS, hours_of
from sauga.events.permissions import Permission
from sauga.events.registration.queries.details import details_by, details_of
from sauga.events.states import CertificateState
from sauga.events.trail import ZONE
from sauga.kernel import clock
from sauga.kernel.i18n import decimal
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Cell, Column, Empty, Line, Link, ListPage, Mark, Tool, View
from sauga.kernel.refusals import Text

UNFIT = 422
STATES: dict[str, Mark] = {
    CertificateState.VALID: Mark("good", "", pgettext_lazy("certificate", "valid")),
    CertificateState.REVOKED: Mark("bad", "diamond", pgettext_lazy("certificate", "revoked")),
}


class Certificates(ListPage):
    """The certificates of one event."""

    title = _("Certificates")
    views = (
        View(CertificateState.VALID, pgettext_lazy("certificates", "Valid")),
        View(CertificateState.REVOKED, pgettext_lazy("certificates", "Revoked")),
    )
    columns = (
        Column("number", pgettext_lazy("certificate", "Number"), is_heading=True),
        Column("who", pgettext_lazy("certificate", "Who")),
        Column("hours", _("Hours"), "num"),
        Column("state", _("State"), is_state=True),
        Column("issued", pgettext_lazy("certificate", "Issued"), "num nowrap"),
    )
    nothing = Empty(
        title=_("No certificate here"),
        text=_("Those who came get theirs by email two hours after the end, if the event gives any."),
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.event = queries.event_for(actor(request), kwargs["ref"])
        self.parent_title, self.parent_href = str(self.event), reverse("events-one", args=[self.event.ref])
        super().__init__(request, **kwargs)

    @override
    def rows(self) -> QuerySet[Certificate]:
        return queries.certificates(self.event, self.view_code)

    @override
    def lines(self, rows: list[Certificate]) -> Iterator[Line]:
        held = details_by([row.registration for row in rows if row.registration is not None])
        for row in rows:
            details = held.get(row.registration_id or 0)
            name = details.name if details is not None and details.name else gettext("details deleted")
            link = Link(row.code, reverse("events-certificate-desk", args=[row.ref]))
            hours = decimal(hours_of(row.minutes))
            yield Line(row.ref, (link, name, hours, STATES[row.state], row.issued_at))

    @override
    def tools(self) -> Sequence[Tool]:
        ref = self.event.ref
        found = [Tool(label=_("Hours"), href=reverse("events-certificates-hours", args=[ref]), key="h")]
        if queries.minutes_for(self.event):
            href = reverse("events-certificates-file", args=[ref])
            found.append(Tool(label=_("All as PDF"), href=href, icon="download", tone="second"))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_CERTIFICATES)
def hours(request: HttpRequest, ref: str) -> HttpResponse:
    """Whether the event gives certificates, and with how many hours."""
    by = actor(request)
    event = queries.event_for(by, ref)
    rule, back = queries.rule_of(event), reverse("events-certificates", args=[event.ref])
    stated = hours_of(rule.minutes) if rule is not None and rule.minutes else None
    first = {"hours": stated, "by_sessions": rule is not None and rule.by_sessions}
    has_lists = bool(first["by_sessions"]) or queries.has_session_lists(event)
    form = HoursForm(request.POST if request.method == "POST" else None, initial=first, has_lists=has_lists)

    def act(given: dict[str, Any]) -> Outcome:
        by_sessions = given.get("by_sessions", False)
        actions.set_certificates(
            by=by, event=event, minutes=form.minutes, by_sessions=by_sessions, at=clock.now()
        )
        return Outcome(gettext("Saved."), to=back)

    if response := submitted(request, form, act):
        return response
    context = {
        "form": form,
        "event": event,
        "back": back,
        "is_on": rule is not None,
        "by_programme": decimal(hours_of(queries.minutes_by_programme(event))),
    }
    status = UNFIT if form.errors else 200
    return render(request, "events/followup/desk/hours.html", context, status=status)


@require_safe
@needs(Permission.KEEP_CERTIFICATES)
@sudo_required
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """The certificates of everybody who came, as one PDF; the audit log records who took it."""
    by, at = actor(request), clock.now()
    event = queries.event_for(by, ref)

    def act() -> HttpResponse:
        rows = actions.issue_all(by=by, event=event, at=at)
        held = details_by([row.registration for row in rows if row.registration is not None])
        pages = [(row, held[row.registration_id]) for row in rows if row.registration_id in held]
        if not pages:
            raise Http404
        return pdf_response(attendance(pages, get_language() or "lt", at), f"certificates-{event.slug}")

    return respond(request, act, reverse("events-certificates", args=[event.ref]))


class CertificatePage(DetailPage):
    """One certificate: whose it is, whether it stands; revoking it."""

    list_title, list_url = _("Events"), "events-desk"
    url, action_url = "events-certificate-desk", "events-certificate-do"
    states = STATES
    zone, audit_permission = ZONE, Permission.KEEP_CERTIFICATES
    actions = ActionSet(
        find=queries.certificate_for,
        actions={
            "revoke": Action(
                permissions=(Permission.KEEP_CERTIFICATES,),
                states=frozenset({CertificateState.VALID}),
                label=_("Revoke"),
                message=_("Revoked."),
                text=_("Whoever checks the number reads that it is not valid, and why. This is final."),
                effect=lambda by, row, given, at: actions.revoke(by=by, certificate=row, at=at, **given),
                form=RevokeForm,
                tone="danger",
            ),
        },
    )

    @override
    def heading(self) -> Text:
        return gettext("Certificate %(number)s") % {"number": self.row.code}

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Certificate = self.row
        back = reverse("events-certificates", args=[row.event.ref])
        yield pgettext_lazy("certificate", "Event"), Link(str(row.event), back)
        if row.registration is not None:
            yield pgettext_lazy("certificate", "Who"), details_of(row.registration).name or None
        yield _("Hours"), decimal(hours_of(row.minutes))
        yield pgettext_lazy("certificate", "Issued"), row.issued_at
        if row.reason:
            yield _("Reason"), str(REASONS[row.reason])
        held = credential_of(row)
        if held is not None:
            page = reverse("events-credential", args=[held.ref])
            yield _("Digital certificate"), Link(gettext("Suspend, restore, correct the name"), page)
        else:
            check = reverse("events-certificate", args=[row.code])
            yield _("Check page"), Link(check, check)
