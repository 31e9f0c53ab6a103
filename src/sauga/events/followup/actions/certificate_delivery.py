"""Certificates reach those who earned them: issued some hours after the end, and sent by mail. The personal
link gives the same certificate before and after."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from sauga.events.followup.actions.certificates import CertificateRefused, issue
from sauga.events.followup.letters import certificate_letter
from sauga.events.followup.models import Certificate, CertificateRule
from sauga.events.followup.rules.certificates import CHOSEN
from sauga.events.permissions import Permission
from sauga.events.registration.actions.mail import hand_over
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import details_of
from sauga.events.states import CAME, CertificateState
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused
from sauga.kernel.states import Actor

SETTLES, LATEST = timedelta(hours=2), timedelta(days=30)
"""After the end phones at the entrance may still send; registrations are deleted a month after it."""
MOST = 500
"""Certificates issued in one run; the next goes on."""


def issue_due(*, by: Actor, at: datetime) -> int:
    """Issue the certificates of everybody who came to an event that gives them and has been over for two
    hours. One that was revoked as a mistake, or because its holder asked, is not given again. Returns how
    many."""
    require(by, Permission.KEEP_CERTIFICATES)
    held = Certificate.objects.filter(registration=OuterRef("pk"))
    stands = held.filter(state=CertificateState.VALID)
    unwanted = held.filter(state=CertificateState.REVOKED, reason__in=CHOSEN)
    rows = Registration.objects.filter(
        ~Exists(stands),
        ~Exists(unwanted),
        state__in=CAME,
        event__in=CertificateRule.objects.values("event"),
        event__ends__lte=at - SETTLES,
        event__ends__gt=at - LATEST,
    )
    n = 0
    for row in rows.order_by("pk")[:MOST]:
        try:
            issue(by=by, registration=row, at=at)
        except CertificateRefused:  # was at no session, or the programme gives no hours yet
            continue
        n += 1
    return n


def send_certificate(*, by: Actor, certificate_id: int, at: datetime) -> bool:
    """Send one to its holder, as a file to print and with the page on which it is checked. False where it is
    not wanted any more: it was revoked, or the registration has no address. Raises NotHanded."""
    require(by, Permission.KEEP_CERTIFICATES)
    rows = Certificate.objects.filter(pk=certificate_id, state=CertificateState.VALID)
    row = rows.select_related("event__venue", "registration__event").first()
    details = details_of(row.registration) if row is not None and row.registration is not None else None
    if row is None or details is None or not details.address:
        return False
    try:
        letter = certificate_letter(row, details, at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        return False
    return hand_over(letter)
