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
    "/lt/": 12,
    "/lt/patycios/": 17,
    "/lt/temos/": 9,
    "/lt/mokytojams-ir-mokyklai/": 18,
    "/lt/kas-yra/kas-yra-vpn/": 18,
    "/lt/saugesnio-interneto-diena/": 21,
    "/lt/naujienos/": 10,
    "/lt/partneriai/": 11,
    "/lt/istekliai/": 9,
    "/lt/istekliai/patycios-pamoka/": 18,
    "/lt/istekliai/patyciu-rinkinys/": 18,
    "/lt/paieska/?q=slaptazodis": 8,
    "/lt/kas-nutiko/": 5,
    "/lt/pagalba/": 12,
    "/lt/prieinamumas/": 7,
    "/lt/renginiai/": 5,
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
