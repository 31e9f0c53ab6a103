"""The parts of training in the menu of the desk, each shown to those who may act there."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.ui.navigation import Item
from sauga.training.permissions import Permission

PARTS = (
    Item(
        url="training-courses",
        label=_("Courses"),
        icon="book-open",
        order=1,
        permissions=(Permission.SEE_COURSES,),
        pages=(
            "training-version",
            "training-course-new",
            "training-version-edit",
            "training-version-rule",
            "training-version-copy",
            "training-module",
            "training-module-new",
            "training-activity-edit",
            "training-activity-new",
            "training-item",
            "training-item-new",
            "training-preview",
        ),
    ),
    Item(
        url="training-cohorts",
        label=_("Groups of learners"),
        icon="users",
        order=2,
        permissions=(Permission.KEEP_COHORTS,),
        pages=(
            "training-cohort",
            "training-cohort-new",
            "training-cohort-edit",
            "training-cohort-message",
            "training-cohort-quiz",
            "training-discussion",
            "training-learner",
            "training-submission",
            "training-appeal-desk",
        ),
    ),
    Item(
        url="training-credentials",
        label=_("Certificates"),
        icon="badge-check",
        order=8,
        permissions=(Permission.KEEP_CERTIFICATES,),
        pages=("training-credential",),
    ),
    Item(
        url="training-figures",
        label=_("Figures"),
        icon="chart-column",
        order=9,
        permissions=(Permission.SEE_FIGURES,),
    ),
    Item(
        url="training-webinars-desk",
        label=_("Webinars"),
        icon="video",
        order=4,
        permissions=(Permission.SEE_WEBINARS,),
        pages=(
            "training-webinar-desk",
            "training-webinar-new",
            "training-webinar-edit",
            "training-questions-desk",
            "training-wall",
            "training-sites",
            "training-invite",
            "training-sites-write",
            "training-site-desk",
        ),
    ),
    Item(
        url="training-streams",
        label=_("Broadcasts"),
        icon="radio",
        order=5,
        permissions=(Permission.BROADCAST,),
    ),
    Item(
        url="training-tools",
        label=_("External tools"),
        icon="external-link",
        order=7,
        permissions=(Permission.KEEP_TOOLS,),
        pages=("training-tool", "training-tool-new", "training-tool-edit"),
    ),
)
