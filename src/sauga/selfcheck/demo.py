"""The demo's self-assessments, subdomain by subdomain."""

from datetime import datetime

from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.selfcheck.personal import demo as personal
from sauga.selfcheck.personal.models import BankVersion
from sauga.selfcheck.school import demo as school

AFTER = ("repository", "certification")
"""An assessor of schools is one of the ambassadors."""


@seeds(unless=BankVersion.objects.filter(number__gt=1).exists)
def seed(at: datetime, staff: Staff) -> None:
    """Self-assessments up to `at`."""
    personal.play(Cast(staff), at)
    school.play(at, staff)
