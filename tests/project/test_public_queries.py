"""A public page that is rendered anew asks the database few questions, whatever it shows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.centre import Centre, published

__all__ = ["published"]
pytestmark = [pytest.mark.django_db]
# The page, its translations and those above it; the frame; then what it shows.
MOST = {
    "/lt/": 23,
    "/lt/patycios/": 27,
    "/lt/temos/": 19,
    "/lt/mokytojams-ir-mokyklai/": 27,
    "/lt/kas-yra/kas-yra-vpn/": 27,
    "/lt/saugesnio-interneto-diena/": 31,
    "/lt/naujienos/": 21,
    "/lt/partneriai/": 21,
    "/lt/istekliai/": 13,
    "/lt/istekliai/patycios-pamoka/": 21,
    "/lt/istekliai/patyciu-rinkinys/": 21,
    "/lt/paieska/?q=slaptazodis": 13,
    "/lt/kas-nutiko/": 9,
    "/lt/pagalba/": 14,
    "/lt/prieinamumas/": 12,
    "/lt/renginiai/": 9,
}
"""About two more than each asks today."""


def test_a_public_page_asks_few_questions(published: Centre) -> None:
    found = {}
    for path in MOST:
        client = Client(headers={"cookie": "a=b"})  # a request with a cookie is never answered from memory
        assert client.get(path).status_code == 200  # lists and policies are in memory from here on
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        found[path] = len(asked)
    assert {path: n for path, n in found.items() if n > MOST[path]} == {}
