"""An ordinary page of the desk asks the database few questions, however long its list is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db]
# Session, person, memberships, bell; then the vault, what the page itself shows, and one count for each
# kind of work that waits for the role (decision 0181).
EMPTY = {
    ("ANALYST", "/desk/me/"): 16,
    ("ANALYST", "/desk/hotline/"): 13,
    ("COUNSELLOR", "/desk/helpline/letters/"): 12,
    ("EDITOR", "/desk/repository/"): 18,
    ("EDITOR", "/desk/portal/reviews/"): 17,
    ("STATISTICIAN", "/desk/statistics/"): 18,
}


@pytest.mark.parametrize(("role", "path"), EMPTY)
def test_an_empty_page_asks_few_questions(role: str, path: str, centre: Centre) -> None:
    client = sign_in(centre, role)
    assert client.get(path).status_code == 200  # lists, policies and keys are in memory from here on
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= EMPTY[role, path], [one["sql"][:90] for one in asked]
