"""The demo's training: the starter courses and two groups of invented learners."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.training.courses.actions.starter import load_starter
from sauga.training.courses.models import Course
from sauga.training.learning import demo as learning

PUBLISHED_AGO = timedelta(weeks=20)


@seeds(unless=Course.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Training up to `at`."""
    with app.replace_connector(InMemoryConnector()):
        load_starter(at - PUBLISHED_AGO)
        learning.play(Cast(staff), at)
