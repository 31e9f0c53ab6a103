"""The demo's training, subdomain by subdomain, all by the product's own actions."""

from datetime import datetime

from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.training.streaming import demo as streaming
from sauga.training.streaming.models import Stream

AFTER = ("repository", "events")
"""Its films are those of the resources."""


@seeds(unless=Stream.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Everything that the demo shows of training."""
    cast = Cast(staff)
    streaming.play(cast, at)
