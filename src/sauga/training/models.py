"""The tables of training, subdomain by subdomain, for Django."""

from sauga.training.courses.models import (
    Activity,
    Course,
    CourseVersion,
    CourseVersionStep,
    Film,
    Item,
    Module,
)
from sauga.training.learning.models import (
    Allowance,
    Appeal,
    Attempt,
    Cohort,
    Enrolment,
    EnrolmentStep,
    GroupMessage,
    PeerReview,
    Post,
    Progress,
    StaffLink,
    Submission,
)
from sauga.training.streaming.models import Stream, StreamStep

__all__ = [
    "Activity",
    "Allowance",
    "Appeal",
    "Attempt",
    "Cohort",
    "Course",
    "CourseVersion",
    "CourseVersionStep",
    "Enrolment",
    "EnrolmentStep",
    "Film",
    "GroupMessage",
    "Item",
    "Module",
    "PeerReview",
    "Post",
    "Progress",
    "StaffLink",
    "Stream",
    "StreamStep",
    "Submission",
]
