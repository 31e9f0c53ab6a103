"""Addresses lead to their pages: in each language its own, also the second time, and made-up ones
fill no memory.
"""

import pytest
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory

from sauga.project.requests.sites import SiteHandler

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler():
    return SiteHandler()


@pytest.fixture
def looked_for(monkeypatch):
    """The addresses for which Django asked its patterns."""
    asked, real = [], BaseHandler.resolve_request

    def resolve(handler, request):
        asked.append(request.path_info)
        return real(handler, request)

    monkeypatch.setattr(BaseHandler, "resolve_request", resolve)
    return asked


def view(handler, path):
    request = RequestFactory().get(path)
    response = handler.get_response(request)
    return response.status_code, request.resolver_match and request.resolver_match.view_name


def test_a_page_is_found_again_without_being_looked_for(handler, looked_for):
    first = view(handler, "/lt/pranesti/grizti/")
    assert first == (200, "hotline-return") and looked_for
    looked_for.clear()
    assert view(handler, "/lt/pranesti/grizti/") == first
    assert not looked_for


def test_each_language_has_its_own_addresses(handler):
    assert view(handler, "/lt/pranesti/grizti/")[0] == view(handler, "/en/report/return/")[0] == 200
    assert view(handler, "/en/pranesti/grizti/")[0] == view(handler, "/lt/report/return/")[0] == 404
    assert view(handler, "/en/report/return/") == (200, "hotline-return")


def test_addresses_with_parts_of_their_own_and_made_up_ones_are_not_remembered(handler):
    view(handler, "/lt/pranesti/grizti/")
    remembered = len(handler._places)
    for number in range(50):
        assert view(handler, f"/lt/istekliai/nera-{number}/")[0] == 404
        assert view(handler, f"/lt/nera-{number}/")[0] == 404
        view(handler, f"/desk/cms/nera-{number}/")  # the editors' tool has a pattern that fits everything
    assert len(handler._places) == remembered
