"""Certificates of attendance: whether an event gives them, with how many hours, to whom, and what everybody
may read of one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.core import signing
from django.db.models import Count, QuerySet
from django.http import Http404

from sauga.events.checkin.models import CheckIn, CheckList
from sauga.events.checkin.rules import Outcome
from sauga.events.followup.models import Certificate, CertificateRule
from sauga.events.followup.queries.attendance import credential_of
from sauga.events.followup.rules.certificates import BREAK, Span, minutes_of
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import day_start
from sauga.events.registration.models import Registration
from sauga.events.registration.queries import links
from sauga.events.registration.queries.details import details_of
from sauga.events.states import CAME, CertificateState
from sauga.kernel import credentials
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference

SALT, HOLDER = "events.certificate", "events.certificate_holder"
MOST = 2000
"""Certificates in one file."""
EMPTY: Span = (datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))


def token_of(row: Registration) -> str:
    """What leads to one's own certificate."""
    return signing.Signer(salt=SALT).sign(row.ref)


def address_of(row: Registration, language: str) -> str:
    """The whole address of one's own certificate."""
    return links.page_address("events-certificate-own", language, token_of(row))


def registration_by(token: str) -> Registration | None:
    """The registration that a link leads to."""
    return links.registration_by(token, SALT)


def check_address(row: Certificate, language: str) -> str:
    """Where everybody can check it."""
    return links.page_address("events-certificate", language, row.code)


def holder_address(row: Certificate, language: str) -> str:
    """Where it can be checked with the name, by those to whom the holder gives this link."""
    seal = signing.Signer(salt=HOLDER).signature(row.code)
    return f"{check_address(row, language)}?holder={seal}"


def addresses_of(row: Certificate, language: str) -> tuple[str, str]:
    """Where a certificate is checked: by its code, with everything that is printed; or, where it was given
    before there were credentials, without the name, and a second address with it."""
    held = credential_of(row)
    if held is not None:
        return credentials.check_address(credentials.content_of(held).code, language), ""
    return check_address(row, language), holder_address(row, language)


def holder_of(row: Certificate, seal: str) -> str:
    """The name, if the link is the holder's and the registration is still kept."""
    signer = signing.Signer(salt=HOLDER)
    try:
        signer.unsign(f"{row.code}{signer.sep}{seal}")
    except signing.BadSignature:
        return ""
    return details_of(row.registration).name if row.registration is not None else ""


def by_code(code: str) -> Certificate | None:
    """The certificate with this number."""
    rows = Certificate.objects.select_related("event", "registration")
    return rows.filter(code=normalise_reference(code[:40])).first()


def rule_of(event: Event) -> CertificateRule | None:
    """How the event gives certificates; None: it does not."""
    return CertificateRule.objects.filter(event=event).first()


def minutes_by_programme(event: Event) -> int:
    """The minutes that follow from the programme; 0: none do."""
    spans = event.sessions.exclude(kind=BREAK).values_list("starts", "ends")
    return minutes_of(spans, (event.starts, event.ends))


def minutes_for(event: Event) -> int:
    """The minutes that certificates of the event state; 0: it gives none."""
    rule = rule_of(event)
    return 0 if rule is None else rule.minutes or minutes_by_programme(event)


def minutes_of_person(row: Registration) -> int:
    """The minutes that the certificate of this registration states; 0: there is none."""
    rule = rule_of(row.event)
    if rule is None or not rule.by_sessions:
        return minutes_for(row.event)
    return minutes_attended([row])[row.pk]


def minutes_attended(rows: Sequence[Registration]) -> dict[int, int]:
    """The minutes of the sessions at which each of these was checked in by a list of the session's own, by
    primary key; in one statement."""
    spans: dict[int, set[Span]] = {row.pk: set() for row in rows}
    held = CheckIn.objects.filter(registration__in=spans, outcome=Outcome.COUNTED)
    held = held.filter(check_list__session__starts__isnull=False).exclude(check_list__session__kind=BREAK)
    times = ("registration", "check_list__session__starts", "check_list__session__ends")
    for key, starts, ends in held.values_list(*times):
        spans[key].add((starts, ends))
    return {key: minutes_of(found, EMPTY) if found else 0 for key, found in spans.items()}


def has_session_lists(event: Event) -> bool:
    """Whether a session of the event has a check-in list of its own."""
    rows = CheckList.objects.filter(event=event, session__starts__isnull=False)
    return rows.exclude(session__kind=BREAK).exists()


def can_have(row: Registration, at: datetime) -> bool:
    """Whether the participant can get a certificate now."""
    return row.state in CAME and at >= row.event.ends and minutes_of_person(row) > 0


def was_at_no_session(row: Registration, at: datetime) -> bool:
    """Whether the participant came to an event with certificates by session, but to no session."""
    return (
        row.state in CAME
        and at >= row.event.ends
        and minutes_for(row.event) > 0
        and minutes_of_person(row) == 0
    )


def valid_of(row: Registration) -> Certificate | None:
    """The certificate that the participant has."""
    rows = Certificate.objects.filter(registration=row, state=CertificateState.VALID)
    return rows.select_related("event").first()


def event_for(by: PersonActor, ref: str) -> Event:
    """An event whose certificates this person may see. Raises Http404."""
    found = Event.objects.visible_to(by, Permission.KEEP_CERTIFICATES).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def certificate_for(by: PersonActor, ref: str) -> Certificate:
    """One certificate at the desk. Raises Http404."""
    rows = Certificate.objects.select_related("event", "registration__ticket")
    events = Event.objects.visible_to(by, Permission.KEEP_CERTIFICATES)
    found = rows.filter(ref=ref, event__in=events).first()
    if found is None:
        raise Http404
    return found


def certificates(event: Event, state: str = "") -> QuerySet[Certificate]:
    """The certificates of an event, the latest first."""
    rows = Certificate.objects.filter(event=event).select_related("registration")
    return (rows.filter(state=state) if state else rows).order_by("-issued_at", "-pk")


def attendees(event: Event) -> QuerySet[Registration]:
    """Who can have one."""
    rows = Registration.objects.filter(event=event, state__in=CAME).select_related("event", "ticket")
    return rows.order_by("pk")


def of_absent() -> QuerySet[Certificate]:
    """Valid certificates of registrations that, after a correction, did not come."""
    rows = Certificate.objects.filter(state=CertificateState.VALID, registration__isnull=False)
    return rows.exclude(registration__state__in=CAME).order_by("pk")


def outdated(event: Event | None = None) -> list[Certificate]:
    """Valid certificates of events whose hours follow from check-ins, or of one of them, that state other
    hours than these do now: a phone sent late, or a check-in was a mistake."""
    rows = Certificate.objects.filter(
        state=CertificateState.VALID,
        registration__state__in=CAME,
        event__certificate_rule__by_sessions=True,
    )
    rows = rows.filter(event=event) if event is not None else rows
    held = list(rows.select_related("registration").order_by("pk"))
    now = minutes_attended([row.registration for row in held if row.registration is not None])
    return [row for row in held if now.get(row.registration_id or 0, row.minutes) != row.minutes]


def issued_between(first: date, last: date) -> dict[str, int]:
    """Certificates issued from the day `first` up to, not including, `last` that were not revoked, by who has
    them."""
    rows = Certificate.objects.filter(
        state=CertificateState.VALID, issued_at__gte=day_start(first), issued_at__lt=day_start(last)
    )
    found = rows.order_by().values_list("is_for_class").annotate(n=Count("pk"))
    return {"CLASS" if is_for_class else "PERSON": n for is_for_class, n in found}
