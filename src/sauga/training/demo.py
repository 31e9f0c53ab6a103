"""The demo of training, subdomain by subdomain."""

from datetime import datetime

from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.training.viewing import demo as viewing
from sauga.training.webinars.models import Webinar

AFTER = ("events",)
"""Events, and the organisations that they make, come first."""


@seeds(unless=Webinar.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Webinars in 300 libraries."""
    viewing.seed(at, Cast(staff))
