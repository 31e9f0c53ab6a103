"""An address that a person may not open does not exist for them, whatever the method: 404, never 405, which
would say that it is there.
"""

import pytest
from access.matrix import every_row
from access.test_matrix import NOBODY, objects  # noqa: F401  a fixture
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.test import Client
from django.urls import reverse
from django.utils import translation
from factories.people import hire, sign_in

from sauga.project.requests.sites import MethodMiddleware, Site

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def test_no_method_tells_a_stranger_of_an_address(objects):
    client = Client()
    assert sign_in(client, hire("Asmuo Pavyzdys")).status_code == 302
    wrong, asked = [], 0
    for row in every_row().values():
        if row.expected(NOBODY) != 404:
            continue
        with translation.override("en"):
            address = reverse(row.name, args=[objects.get(arg, arg) for arg in row.args])
        if not address.startswith(("/desk/", "/chat/", "/call/")):
            continue
        for method in {"GET", "POST", "PUT"} - {row.method}:
            with transaction.atomic():
                status = client.generic(method, address).status_code
                transaction.set_rollback(True)
            asked += 1
            if address.startswith("/desk/") and status == 302:
                continue  # sent to confirm the second factor, as from any address of the desk
            if status != 404:
                wrong.append(f"{method} {row.name}: {status}")
    assert asked > 300
    assert not wrong


@pytest.mark.parametrize(
    "address",
    ["/chat/say/", "/chat/read/", "/call/ring/", "/call/relay/", "/desk/signout/", "/desk/language/"],
)
def test_what_takes_only_posts_is_no_page(address):
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        assert Client().generic(method, address).status_code in {302, 404}


def test_programs_are_still_told_the_methods():
    assert Client().post("/api/v1/resources").status_code == 405
    assert Client().post("/en/figures/").status_code == 405


@pytest.mark.parametrize(("path", "status"), [("/api/v1/anything", 405), ("/en/anything/", 404)])
def test_programs_are_told_the_methods_of_what_takes_only_posts(rf, path, status):
    request = rf.get(path)
    request.sauga_site = Site.PUBLIC
    assert MethodMiddleware(lambda _: HttpResponseNotAllowed(["POST"]))(request).status_code == status
