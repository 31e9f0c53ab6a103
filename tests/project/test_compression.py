"""What travels compressed, and what never does: nothing personal, nothing with a secret beside somebody
else's words, no stream (0085).
"""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client
from factories.resources import published as published_resource

from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip, deflate, br"}
FRONT = Path(__file__).resolve().parents[2] / "docs" / "operate" / "files" / "Caddyfile"


@pytest.mark.parametrize(
    "address",
    [
        "/lt/",
        "/en/privacy/",
        "/lt/pagalba/",
        "/lt/pagalba/suaugusiesiems/",
        "/lt/pranesti/",
        "/lt/istekliai/",
        "/lt/istekliai/?page=1&for=x",
        "/lt/statistika/",
        "/sitemap.xml",
        "/lt/naujienos.xml",
        "/api/v1/openapi.json",
        "/offline/",
    ],
)
def test_public_pages_travel_compressed(centre: Centre, address: str):
    plain, packed = Client().get(address), Client().get(address, headers=GZIP)
    assert plain.status_code == packed.status_code == 200
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 2 or len(plain.content) < 4000
    assert without_ticket(gzip.decompress(packed.content)) == without_ticket(plain.content)
    if "ETag" in plain.headers:
        assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"


def without_ticket(page: bytes) -> bytes:
    return re.sub(rb'name="(ticket|key)" value="[^"]*"', b"", page)


@pytest.mark.parametrize("address", ["/lt/", "/lt/pagalba/", "/lt/pranesti/", "/lt/istekliai/"])
def test_who_brings_a_cookie_gets_nothing_compressed(centre: Centre, address: str):
    client = Client()
    client.cookies["any"] = "1"
    answer = client.get(address, headers=GZIP)
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


def test_a_form_beside_words_of_the_address_is_not_compressed(centre: Centre):
    """Whoever sends a visitor here chooses the query; the ticket is a secret of the form."""
    row = published_resource(centre, at=AT)
    address = f"/lt/istekliai/{row.slug_lt}/"
    assert Client().get(address, headers=GZIP).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in Client().get(f"{address}?q=ticket", headers=GZIP).headers
    assert "Content-Encoding" not in Client().get("/lt/pranesti/?address=ticket", headers=GZIP).headers


@pytest.mark.parametrize(
    "address",
    [
        "/lt/pagalba/laiskas/",
        "/lt/pagalba/pokalbis/",
        "/lt/pagalba/grizti/",
        "/lt/pranesti/grizti/",
        "/lt/paieska/?q=a",
    ],
)
def test_letters_talks_receipts_and_questions_are_not_compressed(centre: Centre, address: str):
    answer = Client().get(address, headers=GZIP, follow=True)
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


def test_an_answer_to_a_post_is_not_compressed(centre: Centre):
    answer = Client().post("/lt/pranesti/grizti/", {"receipt": "vienas du"}, headers=GZIP)
    assert "Content-Encoding" not in answer.headers
    assert "Content-Encoding" not in Client().get("/lt/nera/", headers=GZIP).headers


def test_nothing_of_the_desk_is_compressed(centre: Centre):
    desk = sign_in(centre, "ANALYST")
    for address in ("/desk/", "/desk/hotline/", "/desk/me/", "/desk/signin/"):
        assert "Content-Encoding" not in desk.get(address, headers=GZIP, follow=True).headers


def test_the_proxy_that_is_shipped_compresses_nothing():
    """It cannot know what is in a page."""
    assert not re.search(r"^\s*encode\b", FRONT.read_text(), re.MULTILINE)
