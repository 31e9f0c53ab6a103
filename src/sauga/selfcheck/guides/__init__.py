"""The guides of selfcheck and the pages they cover."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.selfcheck.permissions import Permission

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="personal-test",
        folder=FOLDER,
        order=46,
        permissions=(Permission.SEE_BANK,),
        covers={
            "selfcheck-versions": "versions",
            "selfcheck-version-new": "versions",
            "selfcheck-version": "versions",
            "selfcheck-item": "questions",
            "selfcheck-item-new": "questions",
            "selfcheck-details": "agreement",
            "selfcheck-preview": "versions",
        },
    ),
    Guide(slug="test-with-a-class", folder=FOLDER, order=70, is_desk=False, is_public=True, page="selfcheck"),
    Guide(slug="test-in-a-family", folder=FOLDER, order=71, is_desk=False, is_public=True, page="selfcheck"),
    Guide(
        slug="embedding-the-test", folder=FOLDER, order=72, is_desk=False, is_public=True, page="selfcheck"
    ),
    Guide(
        slug="school-label-desk",
        folder=FOLDER,
        order=45,
        permissions=(Permission.SEE_LABELS, Permission.SEE_FIGURES),
        covers={
            "selfcheck-assessments": "schools",
            "selfcheck-assessment": "schools",
            "selfcheck-assessors": "assessors",
            "selfcheck-assessor": "assessors",
            "selfcheck-country-desk": "country",
            "selfcheck-figures": "figures",
        },
    ),
    Guide(
        slug="school-label",
        folder=FOLDER,
        order=68,
        is_desk=False,
        is_public=True,
        page="selfcheck-about",
    ),
    Guide(slug="label-assessor", folder=FOLDER, order=69, is_desk=False, is_public=True),
)
