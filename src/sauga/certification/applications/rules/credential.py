"""The credential of ambassadors. Only the service itself issues and moves it: it always says what the
ambassador's own state says.
"""

from django.utils.translation import gettext_lazy as _

from sauga.certification.permissions import Permission
from sauga.kernel.credentials import CredentialKind

AMBASSADOR = CredentialKind(
    code="certification.ambassador",
    title=_("Safer Internet Ambassador"),
    description=_("The holder visits schools and libraries as a Safer Internet Ambassador."),
    criteria=_(
        "A code of conduct, the employer's consent, the right to work with children, a course of 40 hours, "
        "an exam, supervised sessions at levels 2 and 3, and the decision of a board of two."
    ),
    issue_with=(Permission.ADVANCE,),
    keep_with=Permission.ADVANCE,
    has_desk=False,
    prefix="AMB",
    achievement="Certification",
)
