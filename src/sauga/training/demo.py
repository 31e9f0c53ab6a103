"""The demo's training, subdomain by subdomain, all by the product's own actions: the starter courses with two
groups of invented learners, broadcasts, webinars in 300 libraries."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.training.courses.actions.starter import load_starter
from sauga.training.courses.demo import sign_in_course
from sauga.training.courses.models import Course
from sauga.training.learning import demo as learning
from sauga.training.streaming import demo as streaming
from sauga.training.tools import demo as tools
from sauga.training.viewing import demo as viewing

AFTER = ("repository", "events")
"""Its films are those of the resources; webinars belong to events."""
PUBLISHED_AGO, PACKAGE_AGO = timedelta(weeks=20), timedelta(weeks=5)


@seeds(unless=Course.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Training up to `at`."""
    cast = Cast(staff)
    with app.replace_connector(InMemoryConnector()):
        load_starter(at - PUBLISHED_AGO)
        sign_in_course(cast, at - PACKAGE_AGO)
        learning.play(cast, at)
    streaming.play(cast, at)
    tools.play(cast, at)
    viewing.seed(at, cast)
