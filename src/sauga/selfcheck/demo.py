"""The demo's self-assessments, subdomain by subdomain."""

from datetime import datetime

from sauga.kernel.kit.demo import Staff, seeds
from sauga.selfcheck.school import demo as school
from sauga.selfcheck.school.models import Assessment

AFTER = ("certification",)
"""Its assessor is one of the ambassadors."""


@seeds(unless=Assessment.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Self-assessments up to `at`."""
    school.play(at, staff)
