"""A completed course of Sauga is evidence in the application of the learner, at the moment of completion."""

import pytest
from factories import certification as ambassadors
from factories.courses import AT, RIGHT, cohort, published

from sauga.certification.applications.models import CriterionRecord
from sauga.training.learning.actions import activities, enrolments, quizzes
from sauga.training.learning.actions.enrolments import EnrolmentData
from sauga.training.states import COMPLETE
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
RULE = {"all": [{"done": "read"}, {"score": "quiz", "at_least": 70}]}


@pytest.mark.parametrize(
    ("course", "found"), [("ambassador", {"training_hours": 1, "exam": 100}), ("another", {})]
)
def test_a_completed_course_counts_in_the_application(centre: Centre, course: str, found: dict[str, int]):
    who, row = ambassadors.applied()
    enrolment = enrolments.enrol(
        by=who,
        cohort=cohort(centre, published(centre, course, RULE)),
        data=EnrolmentData(role="teacher", municipality="LT-57"),
        at=AT,
    )
    activities.finish(by=who, enrolment=enrolment, activity="read", at=AT)
    attempt = quizzes.begin(by=who, enrolment=enrolment, activity="quiz", at=AT)
    quizzes.send(by=who, attempt=attempt, answers=RIGHT, at=AT)
    enrolment.refresh_from_db()
    assert enrolment.state in COMPLETE
    held = CriterionRecord.objects.filter(ambassador=row, source="COURSE").values_list("code", "amount")
    assert dict(held) == found
