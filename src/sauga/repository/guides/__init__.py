"""Guides of the repository and the pages they cover."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.repository.permissions import Permission

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="resources",
        folder=FOLDER,
        order=30,
        permissions=(Permission.SEE_RESOURCES,),
        covers={
            "repository": "",
            "repository-desk": "make",
            "repository-desk-file": "files",
            "repository-review": "review",
            "repository-judge": "review",
            "repository-gate": "checks",
            "repository-translate": "translate",
            "repository-desk-collection": "collections",
            "repository-desk-collections": "collections",
            "repository-desk-order": "orders",
            "repository-desk-orders": "orders",
            "repository-words": "childrens-words",
            "repository-figures": "statistics",
        },
    ),
    Guide(
        slug="exchange",
        folder=FOLDER,
        order=31,
        permissions=(Permission.IMPORT_RECORDS, Permission.HARVEST, Permission.SEE_PARTNERS),
        covers={
            "repository-import": "import",
            "repository-imports": "import",
            "repository-source": "sources",
            "repository-sources": "sources",
            "repository-proposal": "proposals",
            "repository-proposals": "proposals",
            "repository-partners": "partners",
            "repository-partner": "partners",
        },
    ),
    Guide(
        slug="partner",
        folder=FOLDER,
        order=32,
        is_desk=False,
        is_public=True,
        page="repository-own",
    ),
    Guide(
        slug="teacher", folder=FOLDER, order=62, is_desk=False, is_public=True, page="repository-resources"
    ),
    Guide(slug="coordinator", folder=FOLDER, order=62, is_desk=False, is_public=True),
    Guide(slug="librarian", folder=FOLDER, order=63, is_desk=False, is_public=True),
)
