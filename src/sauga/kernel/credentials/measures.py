"""A figure that services publish about a kind of credential."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel.credentials.declarations.kinds import CredentialKind
from sauga.kernel.credentials.queries import issued_between
from sauga.kernel.figures import Measure, counted


def issued_measure(code: str, title: str | Promise, kind: CredentialKind) -> Measure:
    """How many of a kind were issued in a period; a corrected or renewed one is not counted again."""
    return Measure(
        code,
        title,
        _("Certificates issued in the period. One that was corrected or renewed is counted once."),
        "CERTIFICATE",
        kind.service,
        counted(lambda period: issued_between(kind.code, period.start, period.end)),
        counted="Credentials of the kind with `issued_at` in the period that replace none",
        reads=("credentials.Credential",),
    )
