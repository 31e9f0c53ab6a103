"""Certificates of attendance as credentials: their kind, and which credential a certificate has."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from sauga.events.followup.models import Certificate
from sauga.events.followup.rules.certificates import REASONS, SUBJECT
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.kernel.credentials import Credential, CredentialKind, credential_for, credentials_for
from sauga.kernel.identity import PersonActor


def subject_of(row: Certificate) -> str:
    """What the credential of a certificate belongs to."""
    return f"{SUBJECT}{row.ref}"


def certificate_of(credential: Credential) -> Certificate | None:
    """The certificate that a credential belongs to."""
    ref = credential.subject.removeprefix(SUBJECT)
    return Certificate.objects.select_related("event", "registration").filter(ref=ref).first()


def credential_of(row: Certificate) -> Credential | None:
    """The credential of a certificate; None for those given before there were credentials."""
    return credential_for(subject_of(row), ATTENDANCE)


def credentials_of(rows: Collection[Certificate]) -> dict[str, Credential]:
    """The credentials of many, by the reference of the certificate."""
    found = credentials_for([subject_of(row) for row in rows], ATTENDANCE)
    return {subject.removeprefix(SUBJECT): held for subject, held in found.items()}


def _at_events_of(by: PersonActor, rows: QuerySet[Credential]) -> QuerySet[Credential]:
    """Those of the events on whose team the person keeps certificates."""
    events = Event.objects.visible_to(by, Permission.KEEP_CERTIFICATES)
    subjects = Certificate.objects.filter(event__in=events).annotate(named=Concat(Value(SUBJECT), F("ref")))
    return rows.filter(subject__in=subjects.values("named"))


def _owner(credential: Any) -> Certificate | None:
    return certificate_of(credential)


ATTENDANCE = CredentialKind(
    code="events.attendance",
    title=_("Certificate of attendance"),
    description=_("The holder took part in an event of the Safer Internet Centre."),
    criteria=_("To be at the event: checked in, or confirmed by its organisers."),
    issue_with=(Permission.ISSUE_CERTIFICATE, Permission.KEEP_CERTIFICATES),
    keep_with=Permission.KEEP_CERTIFICATES,
    achievement="Certificate",
    reasons=REASONS,
    owner=_owner,
    kept_by=_at_events_of,
)
