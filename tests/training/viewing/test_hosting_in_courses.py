"""An evening that a librarian hosted completes the activity of their course that asks for it: only for
whoever linked the library to their account, and only once it is counted."""

import pytest
from factories.courses import ActivityGiven, both, cohort, drafted
from factories.members import joined
from factories.webinars import AFTER, HOST, NOW, a_library, a_webinar, invited, live

from sauga.training.courses.actions import drafts, publication
from sauga.training.courses.models import Module
from sauga.training.learning.actions import enrolments
from sauga.training.learning.actions.activities import HOSTING
from sauga.training.learning.actions.enrolments import EnrolmentData
from sauga.training.states import COMPLETE, LEARNING
from sauga.training.viewing.actions import audience_counts, hosts
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def librarians(centre: Centre):
    """A course that is completed by hosting alone."""
    version = drafted(centre, "librarians")
    given = ActivityGiven(
        code=HOSTING, kind="webinar", title=both("Host"), minutes=2, content={"topic": both("An evening")}
    )
    by = centre.actor("COURSE_EDITOR")
    drafts.save_activity(by=by, module=Module.objects.get(version=version), activity=None, given=given, at=AT)
    version.refresh_from_db()
    version = drafts.set_completion(by=by, version=version, tree={"all": [{"done": HOSTING}]}, at=AT)
    publication.submit(by=by, version=version, at=AT)
    return cohort(centre, publication.publish(by=centre.actor("PUBLISHER"), version=version, at=AT))


def test_a_counted_evening_completes_the_activity(centre: Centre):
    who, _secret = joined("daiva@biblioteka.example", "Daiva Pavyzdė", AT)
    row = enrolments.enrol(
        by=who, cohort=librarians(centre), data=EnrolmentData(role="teacher", municipality="LT-57"), at=AT
    )
    webinar = a_webinar(centre)
    own, another = invited(centre, webinar, a_library(1), a_library(2))
    own, another = live(own), live(another)
    hosts.link_member(by=who, site=own, at=NOW)
    for site in (another, own):
        row.refresh_from_db()
        assert row.state in LEARNING
        audience_counts.count(by=HOST, site=site, heads={"parents": 12}, at=AFTER)
    row.refresh_from_db()
    assert row.state in COMPLETE
