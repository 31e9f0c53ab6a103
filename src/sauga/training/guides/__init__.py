"""The guides of training and the pages they cover."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.training.permissions import Permission as P

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="webinars",
        folder=FOLDER,
        order=47,
        permissions=(P.SEE_WEBINARS,),
        covers={
            "training-webinars-desk": "prepare",
            "training-webinar-desk": "prepare",
            "training-webinar-new": "prepare",
            "training-webinar-edit": "prepare",
            "training-invite": "invite",
            "training-sites": "invite",
            "training-wall": "day",
            "training-sites-write": "day",
            "training-site-desk": "day",
            "training-questions-desk": "questions",
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
