"""Certificates of attendance: an event gives them, each participant gets one, a mistake is revoked."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.followup.letters import language_of, printed_on
from sauga.events.followup.models import Certificate, CertificateRule
from sauga.events.followup.queries import certificates as queries
from sauga.events.followup.queries.attendance import (
    ATTENDANCE,
    certificate_of,
    credential_of,
    subject_of,
)
from sauga.events.followup.rules.certificates import CHOSEN, MOST_MINUTES, QUARTER, Why
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import details_of
from sauga.events.states import CAME, CertificateState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, credentials
from sauga.kernel.credentials import CredentialState, Moved, PrintedRefused
from sauga.kernel.credentials.states import OPEN
from sauga.kernel.identity import allowed, require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, lock, move

SEND, ISSUE = "events.send_certificate", "events.issue_certificates"


class CertificateRefused(ActionRefused):
    """No certificate can be given like this, or not now."""

    messages = {
        "minutes": _("State a number of hours between a quarter and 60, in quarters of an hour."),
        "none": _("The programme gives no number of hours: state one."),
        "attendee": _("Certificates are for those who came to the event."),
        "early": _("Certificates are given once the event is over."),
        "off": _("The event gives no certificates."),
        "both": _("Either state a number of hours, or let the check-ins at sessions count."),
        "lists": _("No session of this event has a check-in list of its own."),
        "absent": _("Nobody was checked in at a session by this registration."),
    }
    fields = {"minutes": "hours", "none": "hours", "both": "hours", "lists": "by_sessions"}


def set_certificates(
    *, by: Actor, event: Event, minutes: int | None, by_sessions: bool = False, at: datetime
) -> CertificateRule:
    """Give certificates, with the hours of the programme, with stated ones, or `by_sessions` with those of
    the sessions at which each person was checked in. Where the number changes, certificates that were issued
    are revoked: their holders get new ones.

    Raises PermissionRefused, CertificateRefused.
    """
    require(by, Permission.KEEP_CERTIFICATES, event)
    if by_sessions and minutes is not None:
        raise CertificateRefused("both")
    if by_sessions and not queries.has_session_lists(event):
        raise CertificateRefused("lists")
    if minutes is not None and (not QUARTER <= minutes <= MOST_MINUTES or minutes % QUARTER):
        raise CertificateRefused("minutes")
    with transaction.atomic():
        list(Event.objects.select_for_update().filter(pk=event.pk))
        if minutes is None and not queries.minutes_by_programme(event):
            raise CertificateRefused("none")
        given = {"minutes": minutes, "by_sessions": by_sessions, "changed_at": at}
        row, _new = CertificateRule.objects.update_or_create(event=event, defaults=given)
        stated = queries.minutes_for(event)
        held = Certificate.objects.filter(event=event, state=CertificateState.VALID)
        changed = queries.outdated(event) if by_sessions else list(held.exclude(minutes=stated))
        for one in changed:
            _revoke(by, one, Why.HOURS, at)
        facts: dict[str, str | int] = {"minutes": stated}
        audit.record(by, Trail.CERTIFICATES_SET, event, zone=ZONE, at=at, facts=facts)
        app.configure_task(ISSUE, queue="events").defer()
        return row


def issue(*, by: Actor, registration: Registration, at: datetime) -> Certificate:
    """The certificate of a participant: the one there is, or a new one, which is sent by mail. Raises
    PermissionRefused, CertificateRefused."""
    if not allowed(by, Permission.ISSUE_CERTIFICATE, registration):
        require(by, Permission.KEEP_CERTIFICATES, registration)
    with transaction.atomic():
        row = lock(registration)
        if row.state not in CAME:
            raise CertificateRefused("attendee")
        if at < row.event.ends:
            raise CertificateRefused("early")
        minutes = queries.minutes_of_person(row)
        if not minutes:
            raise CertificateRefused("absent" if queries.minutes_for(row.event) else "off")
        if (found := queries.valid_of(row)) is not None:
            return found
        made = Certificate.objects.create(
            event=row.event,
            registration=row,
            is_for_class=bool(row.groups),
            heads=row.attended_heads or row.heads,
            minutes=minutes,
            issued_at=at,
        )
        facts: dict[str, str | int] = {"minutes": minutes}
        audit.record(by, Trail.CERTIFICATE_ISSUED, made, zone=ZONE, at=at, facts=facts)
        _certify(by, made, row, at)
        app.configure_task(SEND, queue="mail").defer(certificate_id=made.pk)
        return made


def _certify(by: Actor, made: Certificate, registration: Registration, at: datetime) -> None:
    """Issue the credential, which everybody checks and which stays when the registration is deleted."""
    details = details_of(registration)
    with suppress(PrintedRefused):  # what was typed as a name is none: the paper has its number only
        credentials.issue(
            by=by,
            kind=ATTENDANCE,
            printed=printed_on(made, details),
            subject=subject_of(made),
            at=at,
            language=language_of(registration),
            member=registration.member,
        )


def issue_all(*, by: Actor, event: Event, at: datetime) -> list[Certificate]:
    """The certificates of everybody who came, for a file; the audit log records who took it. Raises
    PermissionRefused, CertificateRefused."""
    require(by, Permission.KEEP_CERTIFICATES, event)
    with transaction.atomic():
        rows = queries.attendees(event)[: queries.MOST]
        found = []
        for row in rows:
            try:
                found.append(issue(by=by, registration=row, at=at))
            except CertificateRefused as refused:
                if refused.why != "absent":
                    raise
        facts: dict[str, str | int] = {"rows": len(found)}
        audit.record(by, Trail.CERTIFICATES_EXPORTED, event, zone=ZONE, at=at, facts=facts)
        return found


def revoke(*, by: Actor, certificate: Certificate, reason: str, at: datetime) -> Certificate:
    """It no longer stands; those who check it read why. Raises PermissionRefused, ReasonMissing,
    MoveNotAllowed."""
    require(by, Permission.KEEP_CERTIFICATES, certificate)
    if reason not in CHOSEN:
        raise ReasonMissing
    with transaction.atomic():
        return _revoke(by, certificate, Why(reason), at)


def revoke_of_absent(*, by: Actor, at: datetime) -> int:
    """Revoke the certificates of those who, after a correction, did not come, or were at other sessions than
    the certificate says; how many."""
    require(by, Permission.CLOSE)
    rows = [(row, Why.ABSENT) for row in queries.of_absent()]
    rows += [(row, Why.HOURS) for row in queries.outdated()]
    with transaction.atomic():
        for row, why in rows:
            _revoke(by, row, why, at)
    return len(rows)


def follow(moved: Moved) -> None:
    """A credential was revoked, here or on its own page: its certificate does not stand either."""
    row = certificate_of(moved.credential)
    if moved.after is CredentialState.REVOKED and row is not None and row.state == CertificateState.VALID:
        _mark_revoked(moved.by, row, Why(moved.why) if moved.why in set(Why) else Why.MISTAKE, moved.at)


def _revoke(by: Actor, certificate: Certificate, why: Why, at: datetime) -> Certificate:
    held = credential_of(certificate)
    if held is None or held.state not in OPEN:
        return _mark_revoked(by, certificate, why, at)
    credentials.revoke(by=by, credential=held, why=why, at=at)
    certificate.refresh_from_db()
    return certificate


def _mark_revoked(by: Actor, certificate: Certificate, why: Why, at: datetime) -> Certificate:
    row = lock(certificate)
    move(row, to=CertificateState.REVOKED, by=by, at=at, why=why)
    row.revoked_at, row.reason = at, why
    row.save(update_fields=["revoked_at", "reason"])
    facts: dict[str, str | int] = {"why": str(why)}
    audit.record(by, Trail.CERTIFICATE_REVOKED, row, zone=ZONE, at=at, facts=facts)
    return row
