"""The demo's self-assessments, subdomain by subdomain, all by the product's own actions."""

from datetime import datetime

from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.selfcheck.personal import demo as personal
from sauga.selfcheck.personal.models import BankVersion

AFTER = ("repository",)


@seeds(unless=BankVersion.objects.filter(number__gt=1).exists)
def seed(at: datetime, staff: Staff) -> None:
    """Self-assessments up to `at`."""
    cast = Cast(staff)
    personal.play(cast, at)
