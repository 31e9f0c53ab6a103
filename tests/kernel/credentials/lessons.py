"""A kind of credential that the newsletter would issue, its actors, and what is printed."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sauga.kernel import credentials
from sauga.kernel.credentials import CredentialKind, PrintedField, PrintedFields, Words
from sauga.kernel.states import SystemActor

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
KEEPER, ISSUER, STRANGER = SystemActor("keeper"), SystemActor("issuer"), SystemActor("stranger")


class P(StrEnum):
    """Permissions of the service that issues."""

    ISSUE = "lessons.issue"
    KEEP = "lessons.keep"


KIND = CredentialKind(
    code="lessons.course",
    title="Certificate of training",
    description="The holder completed a course.",
    criteria="Complete every activity of the course.",
    issue_with=(P.ISSUE,),
    keep_with=P.KEEP,
)


def printed(holder: str = "Daiva Girdenytė-Šėrienė", **more: Any) -> PrintedFields:
    """What is printed, with Lithuanian letters and quotation marks."""
    fields = (
        PrintedField(
            "hours", Words("Apimtis", "Workload"), Words("8 akademinės valandos", "8 academic hours")
        ),
        PrintedField(
            "period", Words("Laikotarpis", "Period"), Words("2026 m. spalio 12 d.", "12 October 2026")
        ),
    )
    about = Words("Patyčios internete: ką daro „klasės vadovas“", "Cyberbullying: what a class teacher does")
    return PrintedFields(holder=holder, about=about, fields=fields, **more)


def issue(subject: str = "lessons.enrolment:AAAA", **more: Any) -> credentials.Credential:
    """A credential of the kind above."""
    given = {"by": ISSUER, "kind": KIND, "printed": printed(), "at": AT, **more}
    return credentials.issue(subject=subject, **given)
