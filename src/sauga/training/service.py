"""Declares training to the rest of the product."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.kernel import members
from sauga.kernel.identity.home import Counter
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.training.courses.actions import starter
from sauga.training.courses.actions.drafts import CHANNEL as COURSES
from sauga.training.courses.queries.versions import waiting_for_review
from sauga.training.effects import course_completed
from sauga.training.guides import GUIDES
from sauga.training.learning import measures, presenters
from sauga.training.learning.actions.certifying import COURSE, certify_completed
from sauga.training.learning.actions.forgetting import forget_member
from sauga.training.learning.actions.settling import CHANNEL as LEARNERS
from sauga.training.learning.queries import enrolments
from sauga.training.learning.queries.tutoring import waiting_for_tutor
from sauga.training.navigation import PARTS
from sauga.training.permissions import LABELS, ROLES, SYSTEM, WORDING
from sauga.training.permissions import Permission as P
from sauga.training.trail import FACTS, Trail

UNSEEN_TABLES = {
    "training_allowance",
    "training_appeal",
    "training_attempt",
    "training_courseversionstep",
    "training_enrolment",
    "training_enrolmentstep",
    "training_groupmessage",
    "training_groupmessage_receivers",
    "training_peerreview",
    "training_post",
    "training_progress",
    "training_stafflink",
    "training_submission",
}
"""What no public page of training shows."""


def _waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """What waits for a member."""
    yield from presenters.waiting(by, at)


def _is_adult(by: members.MemberActor) -> bool:
    return by.birth_month is None


def _connect() -> None:
    course_completed.connect("certificate", certify_completed)


SERVICE = Service(
    code="training",
    title=_("Training"),
    operated_by="AWARENESS",
    access=Access(permissions=P, roles=ROLES, role_names=LABELS, system=SYSTEM, wording=WORDING),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="training-courses",
            label=_("Training"),
            icon="book-open",
            order=36,
            permissions=(P.SEE_COURSES, P.SEE_FIGURES),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="training",
            label=_("Training"),
            icon="book-open",
            places=frozenset({Place.MENU, Place.FOOT}),
            title=_("Training"),
            summary=_("Courses for teachers, librarians and others who work with children. Free of charge."),
            order=44,
        ),
    ),
    guides=GUIDES,
    channels={COURSES: (P.SEE_COURSES,), LEARNERS: (P.TUTOR,)},
    counters=(
        Counter(
            "training.reviews",
            _("Courses to review"),
            waiting_for_review,
            P.PUBLISH_COURSES,
            "training-courses",
            36,
        ),
        Counter(
            "training.work",
            _("Work of learners that waits for a tutor"),
            waiting_for_tutor,
            P.TUTOR,
            "training-cohorts",
            37,
        ),
    ),
    credentials=(COURSE,),
    measures=measures.MEASURES,
    breakdowns={
        "learner_role": ("training_roles",),
        "learner_municipality": (measures.MUNICIPALITIES,),
    },
    page_sources=PageSources({"training", "vocab", "media"}, exclude={*UNSEEN_TABLES, "media_mediafilestep"}),
    uploads=("/desk/training/",),
    starter=(starter.load_starter,),
    member_home=_waiting,
    member_navigation=(
        members.MemberPage(url="training-mine", label=_("My training"), order=25, is_for=_is_adult),
    ),
    member_suggestions=(
        members.Suggestion(
            url="training",
            title=_("Learn with us"),
            text=_("Courses with a tutor, at your own pace, with a certificate."),
            icon="book-open",
            order=30,
            is_for=_is_adult,
        ),
    ),
    member_data=(
        members.Holding(
            code="training",
            title=_("Courses"),
            export=enrolments.export,
            kept=presenters.kept,
            erase=forget_member,
        ),
    ),
    connect=_connect,
)
