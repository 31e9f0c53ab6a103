"""Applying, withdrawing an application, moving it on, and changing the workplace."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.certification import effects
from sauga.certification.applications.actions.credentials import correct_name as replace_name
from sauga.certification.applications.actions.transitions import lacking, record, require_own, send_mail, step
from sauga.certification.applications.models import Ambassador, CriterionRecord, EmployerAsk, Workplace
from sauga.certification.applications.queries import ambassadors, protection
from sauga.certification.applications.rules.codes import CONDUCT_VERSION, EMPLOYER_DAYS, MOST_MAILS, Source
from sauga.certification.applications.rules.guards import is_of_age
from sauga.certification.permissions import Permission
from sauga.certification.programme.queries import versions
from sauga.certification.programme.rules.criteria import LEVELS, Kind
from sauga.certification.states import CERTIFIED, OPEN, AmbassadorState
from sauga.certification.trail import Trail
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import typed_text
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.members import MemberActor, address_of
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.places import is_municipality
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock


@dataclass(frozen=True)
class Applied:
    """What an applicant gives. `conduct_version` is the version of the code of conduct that was signed."""

    level: int
    name: str
    born: date
    municipality: str
    employer: Organisation
    employer_address: str
    conduct_version: int | None
    language: str = "lt"


class ApplicationRefused(ActionRefused):
    """The application cannot be received so."""

    messages = {
        "age": _("Ambassadors are 18 or older."),
        "name": _("Write your name and surname: they will be on the certificate."),
        "place": _("Choose the municipality."),
        "level": _("Choose a level."),
        "conduct": _("Sign the code of conduct: tick the box below it."),
        "own_address": _("Give the address of your employer, not your own."),
        "open": _("You have an application already. See where it stands."),
        "certified": _("You are certified at this level or a higher one."),
        "closed": _("No version of the programme is in force. Please come back later."),
    }
    fields = {
        "age": "born",
        "name": "name",
        "place": "municipality",
        "level": "level",
        "conduct": "conduct",
        "own_address": "employer_address",
    }


class AskedEnough(ActionRefused):
    """An employer is asked three times at most."""

    message = _("The employer was asked %(n)s times. Please call them, or give another address.")


def apply(*, by: Actor, given: Applied, at: datetime) -> Ambassador:
    """Receive an application and ask the employer by mail. Raises PermissionRefused, ApplicationRefused."""
    if not isinstance(by, MemberActor):
        raise PermissionRefused(str(Permission.APPLY))
    today = local_day(at)
    if by.birth_month is not None or not is_of_age(given.born, today):
        raise ApplicationRefused("age")
    programme = versions.in_force()
    if programme is None:
        raise ApplicationRefused("closed")
    address = normal_address(given.employer_address)
    _check(by, given, address)
    row = Ambassador(
        member_id=by.member_id,
        programme=programme,
        level=given.level,
        municipality=given.municipality,
        language=given.language,
        applied_at=at,
    )
    prepared = protection.prepare_key(row)
    row.name = protection.seal(prepared.key, row, "name", " ".join(typed_text(given.name).split()))
    with transaction.atomic():
        by.member.__class__.objects.select_for_update().get(pk=by.member_id)
        _check_others(by, given.level)
        row.earlier = ambassadors.certified_of(by.member_id)
        prepared.store()
        row.save()
        Workplace.objects.create(ambassador=row, organisation=given.employer, since=today)
        record(by, Trail.APPLIED, row, at, level=row.level, version=programme.version)
        _sign(by, row, at)
        _carry(row, at)
        _ask(by, row, given.employer, address, at)
    return row


def _check(by: MemberActor, given: Applied, address: str) -> None:
    if len(given.name.split()) < 2:
        raise ApplicationRefused("name")
    if not is_municipality(given.municipality):
        raise ApplicationRefused("place")
    if given.level not in LEVELS:
        raise ApplicationRefused("level")
    if given.conduct_version != CONDUCT_VERSION:
        raise ApplicationRefused("conduct")
    if address == normal_address(address_of(by.member)):
        raise ApplicationRefused("own_address")


def _check_others(by: MemberActor, level: int) -> None:
    held = Ambassador.objects.filter(member=by.member_id)
    if held.filter(state__in=OPEN).exists():
        raise ApplicationRefused("open")
    if held.filter(state__in=(*CERTIFIED, AmbassadorState.SUSPENDED), level__gte=level).exists():
        raise ApplicationRefused("certified")
    if held.filter(state=AmbassadorState.SUSPENDED).exists():
        raise ApplicationRefused("open")


def _sign(by: Actor, row: Ambassador, at: datetime) -> None:
    for one in versions.criteria_of(row.programme):
        if one.kind == Kind.SIGNATURE:
            CriterionRecord.objects.create(
                ambassador=row,
                code=one.code,
                amount=CONDUCT_VERSION,
                on=local_day(at),
                source=Source.MEMBER,
                decided_by=by.pseudonym,
                decided_at=at,
            )
            record(by, Trail.CRITERION, row, at, code=one.code, amount=CONDUCT_VERSION)


CARRIED = (Kind.HOURS, Kind.SCORE, Kind.OBSERVATION, Kind.REFERENCE)
"""What counts for a higher level too: the course, the exam and the checks are not asked for twice."""


def _carry(row: Ambassador, at: datetime) -> None:
    if row.earlier is not None:
        carry(row.earlier, row, CARRIED)


def carry(earlier: Ambassador, row: Ambassador, kinds: tuple[str, ...]) -> None:
    """Take decisions about evidence over into another application, with who decided and when."""
    codes = {one.code for one in versions.criteria_of(row.programme) if one.kind in kinds}
    for one in CriterionRecord.objects.filter(ambassador=earlier, code__in=codes, withdrawn_at__isnull=True):
        reference = protection.text_of(earlier, one, "reference")
        copy = CriterionRecord(
            ambassador=row,
            code=one.code,
            amount=one.amount,
            on=one.on,
            until=one.until,
            source=Source.EARLIER,
            authority=one.authority,
            decided_by=one.decided_by,
            decided_at=one.decided_at,
        )
        if reference:
            copy.reference = protection.seal(protection.open_key(row), copy, "reference", reference)
        copy.save()


def _ask(by: Actor, row: Ambassador, employer: Organisation, address: str, at: datetime) -> EmployerAsk:
    ask = EmployerAsk(
        ambassador=row,
        organisation=employer,
        lookup=protection.lookup_of("employer", address),
        asked_at=at,
        expires_at=at + timedelta(days=EMPLOYER_DAYS),
    )
    ask.address = protection.seal(protection.open_key(row), ask, "address", address)
    ask.save()
    record(by, Trail.EMPLOYER_ASKED, row, at, n=1)
    send_mail(row, "employer")
    return ask


def ask_employer_again(*, by: Actor, ambassador: Ambassador, at: datetime) -> EmployerAsk:
    """Mail the employer's link again; the link works for another month.

    Raises PermissionRefused, AskedEnough.
    """
    if isinstance(by, MemberActor):
        require_own(by, ambassador)
    else:
        require(by, Permission.DECIDE_CRITERIA)
    with transaction.atomic():
        ask = EmployerAsk.objects.select_for_update().get(ambassador=ambassador)
        if ask.answered_at is not None or ask.mails >= MOST_MAILS or not bytes(ask.address):
            raise AskedEnough(n=ask.mails)
        ask.expires_at = at + timedelta(days=EMPLOYER_DAYS)
        ask.save(update_fields=["expires_at"])
        record(by, Trail.EMPLOYER_ASKED, ambassador, at, n=ask.mails + 1)
        send_mail(ambassador, "employer")
        return ask


def withdraw(*, by: Actor, ambassador: Ambassador, at: datetime) -> Ambassador:
    """The applicant takes the application back. Raises PermissionRefused, MoveNotAllowed."""
    require_own(by, ambassador)
    with transaction.atomic():
        row = lock(ambassador)
        step(by, row, AmbassadorState.WITHDRAWN, at)
        _end(row, at)
        return row


def advance(*, by: Actor, ambassador: Ambassador, to: str, at: datetime) -> Ambassador:
    """Staff move an application on as far as the exam and the supervised sessions; the guards say whether it
    may. Whatever else an ambassador becomes has an action of its own. Where course and exam are there,
    from an earlier application, the exam is passed at once.

    Raises PermissionRefused, CriteriaMissing, MoveNotAllowed.
    """
    require(by, Permission.DECIDE_CRITERIA)
    with transaction.atomic():
        row = lock(ambassador)
        if to not in BY_STAFF:
            raise MoveNotAllowed(row.state, str(to))
        step(by, row, to, at)
        if row.state == AmbassadorState.IN_TRAINING and not lacking(row, AmbassadorState.EXAM_PASSED, at):
            step(by, row, AmbassadorState.EXAM_PASSED, at)
        return row


BY_STAFF = frozenset({AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING, AmbassadorState.SUPERVISED})


def change_workplace(
    *, by: Actor, ambassador: Ambassador, organisation: Organisation, since: date, at: datetime
) -> Ambassador:
    """The ambassador works elsewhere from a day on; the board's check asks for the workplace of the day.

    Raises PermissionRefused.
    """
    require(by, Permission.DECIDE_CRITERIA)
    with transaction.atomic():
        row = lock(ambassador)
        Workplace.objects.filter(ambassador=row, until__isnull=True).update(until=since)
        Workplace.objects.create(ambassador=row, organisation=organisation, since=since)
        record(by, Trail.CRITERION, row, at, code="workplace", amount=1)
        return row


def correct_name(*, by: Actor, ambassador: Ambassador, name: str, at: datetime) -> Ambassador:
    """A name was misspelt or has changed: a new certificate replaces the old one.

    Raises PermissionRefused, ApplicationRefused.
    """
    require(by, Permission.DECIDE_CRITERIA)
    said = " ".join(typed_text(name).split())
    if len(said.split()) < 2:
        raise ApplicationRefused("name")
    with transaction.atomic():
        row = lock(ambassador)
        row.name = protection.seal(protection.open_key(row), row, "name", said)
        row.save(update_fields=["name"])
        replace_name(row, said, at)
        effects.name_corrected(row, said)
        record(by, Trail.CRITERION, row, at, code="name", amount=1)
        return row


def _end(row: Ambassador, at: datetime) -> None:
    """An application is decided: the employer's address goes."""
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    forget_employer(row)


def forget_employer(row: Ambassador) -> None:
    """Delete the employer's address; that it was asked and what it answered stays."""
    EmployerAsk.objects.filter(ambassador=row).update(address=b"", lookup=b"")
