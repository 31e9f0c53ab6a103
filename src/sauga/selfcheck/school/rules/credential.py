"""The credential of a school label. Only the service itself issues and moves it, with the label."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.credentials import CredentialKind
from sauga.selfcheck.permissions import Permission

LABEL = CredentialKind(
    code="selfcheck.label",
    title=_("School label for online safety"),
    description=_("A school has looked at its own work for children’s safety online, and reached a level."),
    criteria=_(
        "Thirty aspects in three areas, answered by a team of the school; for gold, evidence accepted by an "
        "ambassador from another school."
    ),
    issue_with=(Permission.ISSUE_LABEL,),
    keep_with=Permission.ISSUE_LABEL,
    has_desk=False,
    prefix="LBL",
    achievement="Badge",
)
