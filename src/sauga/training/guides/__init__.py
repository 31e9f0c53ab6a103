"""The guides of training and the pages they cover."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.training.permissions import Permission

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="courses",
        folder=FOLDER,
        order=40,
        permissions=(Permission.EDIT_COURSES,),
        covers={
            "training-courses": "list",
            "training-course-new": "list",
            "training-version": "version",
            "training-version-rule": "rule",
            "training-module": "modules",
            "training-activity": "activities",
            "training-item": "questions",
            "training-preview": "version",
            "training-order": "modules",
            "training-part": "modules",
            "training-put-back": "modules",
            "training-package": "figures",
            "training-figures": "figures",
        },
    ),
    Guide(
        slug="external-tools",
        folder=FOLDER,
        order=46,
        permissions=(Permission.KEEP_TOOLS,),
        covers={
            "training-tools": "register",
            "training-tool": "log",
            "training-tool-new": "register",
            "training-tool-edit": "register",
            "training-tool-do": "off",
        },
    ),
    Guide(
        slug="tutor",
        folder=FOLDER,
        order=41,
        permissions=(Permission.TUTOR,),
        covers={
            "training-cohorts": "groups",
            "training-cohort": "groups",
            "training-cohort-message": "messages",
            "training-cohort-quiz": "questions",
            "training-discussion": "discussions",
            "training-learner": "learner",
            "training-submission": "grading",
            "training-appeal-desk": "appeals",
            "training-post": "discussions",
            "training-credentials": "certificates",
            "training-credential": "certificates",
        },
    ),
    Guide(slug="learning", folder=FOLDER, order=64, is_desk=False, is_public=True, page="training"),
    Guide(
        slug="broadcasts",
        folder=FOLDER,
        order=44,
        permissions=(Permission.BROADCAST,),
        covers={
            "training-streams": "plan",
            "training-stream-new": "plan",
            "training-stream-edit": "plan",
            "training-stream": "air",
            "training-stream-connect": "speaker",
            "training-stream-captions": "captions",
        },
    ),
    Guide(
        slug="webinars",
        folder=FOLDER,
        order=47,
        permissions=(Permission.SEE_WEBINARS,),
        covers={
            "training-webinars-desk": "prepare",
            "training-webinar-desk": "prepare",
            "training-webinar-do": "prepare",
            "training-webinar-new": "prepare",
            "training-webinar-edit": "prepare",
            "training-invite": "invite",
            "training-sites": "invite",
            "training-wall": "day",
            "training-sites-write": "day",
            "training-site-desk": "day",
            "training-site-do": "day",
            "training-questions-desk": "questions",
            "training-question-do": "questions",
        },
    ),
    Guide(
        slug="viewing-site", folder=FOLDER, order=68, is_desk=False, is_public=True, page="training-webinars"
    ),
    Guide(
        slug="webinar-speaker",
        folder=FOLDER,
        order=69,
        is_desk=False,
        is_public=True,
        page="training-webinars",
    ),
)
