"""The place in a list stands in its address, where anything can be typed: a page all the same, never
an error of ours.
"""

import pytest

from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db

LISTS = {
    "ANALYST": ("hotline/notices/", "hotline/providers/"),
    "AUDITOR": ("hotline/trail/", "helpline/trail/"),
    "SHIFT_LEAD": ("helpline/letters/", "helpline/cases/", "helpline/concerns/"),
    "EDITOR": ("repository/",),
    "PARTNER_MANAGER": ("repository/orders/",),
}


@pytest.mark.parametrize("role", LISTS)
def test_a_list_answers_whatever_place_is_asked_for(centre: Centre, role: str):
    client = sign_in(centre, role)
    for address in LISTS[role]:
        assert client.get(f"/desk/{address}").status_code == 200, address
        for place in ("9" * 5000, "\u00b2", "-1", "x", "0" * 4400 + "1"):
            for name in ("after", "before", "page"):
                assert client.get(f"/desk/{address}", {name: place}).status_code == 200, (
                    address,
                    name,
                    place[:9],
                )
