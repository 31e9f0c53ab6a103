"""The certificate of a completed enrolment, issued by `kernel.credentials` in the same transaction as the
completion. Without a name in the account none is issued; the page of the course asks for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sauga.kernel import credentials
from sauga.kernel.credentials import CredentialKind, PrintedField, PrintedFields, Words
from sauga.kernel.i18n import decimal
from sauga.kernel.members import MemberActor
from sauga.kernel.members.protection import names_of
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor, lock
from sauga.training.courses.models import said
from sauga.training.learning.actions.activities import own
from sauga.training.learning.actions.progress import NotLearning, enter
from sauga.training.learning.models import Enrolment
from sauga.training.permissions import Permission
from sauga.training.states import EnrolmentState
from sauga.training.trail import ZONE

ISSUER = SystemActor("training")
COURSE = CredentialKind(
    code="training.course",
    title=_("Certificate of training"),
    description=_("The holder completed a course of the Safer Internet Centre."),
    criteria=_("Every condition of the version of the course with which the holder began was met."),
    issue_with=(Permission.ISSUE_CERTIFICATE,),
    keep_with=Permission.KEEP_CERTIFICATES,
    prefix="SIC",
    zone=ZONE,
)


class NameMissing(ActionRefused):
    """A certificate is made out to a named person."""

    message = _("Write your name in your account first; then the certificate can be made out.")


def certify_completed(*, by: object, enrolment: Enrolment, at: datetime) -> int:
    """Issue the certificate of an enrolment that has just been completed; called within its transaction.
    A learner without a name stays completed and gets it later (`certify`)."""
    try:
        with transaction.atomic():
            _certify(enrolment, at)
    except (NameMissing, credentials.CredentialRefused, credentials.PrintedRefused):
        return 0
    return 1


def certify(*, by: MemberActor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """The member asks for the certificate that could not be made out before. Raises NameMissing,
    NotLearning."""
    own(by, enrolment)
    with transaction.atomic():
        row = lock(enrolment)
        if row.state != EnrolmentState.COMPLETED:
            raise NotLearning
        _certify(row, at)
        return row


def subject_of(row: Enrolment) -> str:
    """What the certificate is about, for `kernel.credentials`."""
    return f"training.enrolment:{row.ref}"


def _certify(row: Enrolment, at: datetime) -> None:
    member = row.member
    name = names_of([member]).get(member.pk, "") if member else ""
    if member is None or not name:
        raise NameMissing
    version = row.version
    made = credentials.issue(
        by=ISSUER,
        kind=COURSE,
        printed=PrintedFields(
            holder=name,
            about=Words(said(version.title, "lt"), said(version.title, "en")),
            fields=(
                PrintedField("hours", Words("Apimtis", "Workload"), Words(*_hours(row))),
                PrintedField(
                    "version",
                    Words("Kurso versija", "Version"),
                    Words(str(version.number), str(version.number)),
                ),
            ),
            intro=Words("Šiuo pažymėjimu patvirtinama, kad", "This is to certify that"),
            why=Words("baigė mokymo kursą", "has completed the course"),
        ),
        subject=subject_of(row),
        at=at,
        language=row.language if row.language in ("lt", "en") else "lt",
        member=member,
    )
    row.certificate = made.number
    row.save(update_fields=["certificate"])
    enter(ISSUER, row, EnrolmentState.CERTIFIED, at, is_mailed=False)


def _hours(row: Enrolment) -> tuple[str, str]:
    with override("lt"):
        lithuanian = f"{decimal(row.version.hours)} akad. val."
    with override("en"):
        return lithuanian, f"{decimal(row.version.hours)} academic hours"
