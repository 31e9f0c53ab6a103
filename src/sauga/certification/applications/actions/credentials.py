"""The credential that stands for a certification: issued, suspended, restored and revoked with it, in the
same transaction, by the service itself. Nothing else moves it, so the two never differ.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext, override

from sauga.certification.applications.models import Ambassador, Certification
from sauga.certification.applications.queries import protection
from sauga.certification.applications.rules.credential import AMBASSADOR
from sauga.certification.programme.rules.codes import level_name
from sauga.kernel import credentials
from sauga.kernel.clock import VILNIUS
from sauga.kernel.credentials import Credential, CredentialState, PrintedField, PrintedFields, Why, Words
from sauga.kernel.i18n import long_date
from sauga.kernel.states import SystemActor

BY = SystemActor("certification")


def subject_of(row: Ambassador) -> str:
    """What the credential is about: an application and what became of it."""
    return f"certification.ambassador:{row.ref}"


def issue(row: Ambassador, made: Certification, at: datetime) -> Credential:
    """A credential for a new certification; it replaces the one that still stands."""
    held = credentials.credential_for(subject_of(row), AMBASSADOR)
    return credentials.issue(
        by=BY,
        kind=AMBASSADOR,
        printed=printed(row, made),
        subject=subject_of(row),
        at=at,
        valid_until=_end(made.until),
        replaces=held if held is not None and held.state == CredentialState.VALID else None,
        language=row.language,
        member=row.member,
    )


def printed(row: Ambassador, made: Certification) -> PrintedFields:
    """What stands on the certificate."""
    return PrintedFields(
        holder=protection.text_of(row, row, "name"),
        about=_said(
            lambda: gettext("Safer Internet Ambassador, %(level)s") % {"level": level_name(made.level)}
        ),
        fields=(
            PrintedField("level", _said(lambda: gettext("Level")), Words.same(str(made.level))),
            PrintedField(
                "since", _said(lambda: gettext("Certified from")), _said(lambda: long_date(made.since))
            ),
            PrintedField(
                "programme",
                _said(lambda: gettext("Version of the programme")),
                Words.same(str(row.programme.version)),
            ),
        ),
        intro=_said(lambda: gettext("This is to certify that")),
        why=_said(lambda: gettext("has met every criterion of the programme of ambassadors")),
    )


def suspend(row: Ambassador, at: datetime) -> None:
    """The credential says that it does not stand for now."""
    held = _held(row)
    if held is not None and held.state == CredentialState.VALID:
        credentials.suspend(by=BY, credential=held, why=Why.REVIEW, at=at)


def restore(row: Ambassador, at: datetime) -> None:
    """It stands again, unless its term is over meanwhile."""
    held = _held(row)
    is_over = held is not None and held.valid_until is not None and held.valid_until <= at
    if held is not None and held.state == CredentialState.SUSPENDED and not is_over:
        credentials.restore(by=BY, credential=held, why=Why.SETTLED, at=at)


def revoke(row: Ambassador, why: str, at: datetime) -> None:
    """It no longer stands, for good."""
    held = _held(row)
    if held is not None and held.state in (CredentialState.VALID, CredentialState.SUSPENDED):
        credentials.revoke(by=BY, credential=held, why=why, at=at)


def correct_name(row: Ambassador, name: str, at: datetime) -> None:
    """Another credential with the corrected name replaces it."""
    held = _held(row)
    if held is not None and held.state == CredentialState.VALID:
        credentials.correct_name(by=BY, credential=held, holder=name, at=at)


def _held(row: Ambassador) -> Credential | None:
    return credentials.credential_for(subject_of(row), AMBASSADOR)


def _end(day: date) -> datetime:
    """The first instant after the last day."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=VILNIUS)


def _said(text: Callable[[], str]) -> Words:
    with override("lt"):
        lt = text()
    with override("en"):
        return Words(lt, text())
