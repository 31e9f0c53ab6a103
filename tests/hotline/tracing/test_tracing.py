"""The trace asks real name servers, registries and tables of the synthetic internet, and keeps
what each said.
"""

import pytest

from sauga.hotline.content.models import ContentItem
from sauga.hotline.states import Handling
from sauga.hotline.tracing import tasks
from sauga.hotline.tracing.models import TraceAnswer
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import reported


def test_trace_of_a_world_host_finds_network_country_and_contact(centre: Centre, world):
    reported("http://a.greita-talpykla.example/f/1", category="HATE")
    item = ContentItem.objects.get()
    tasks.trace_item(item_id=item.pk)
    item.refresh_from_db()
    assert item.handling == Handling.AWAITING_ASSESSMENT
    assert (item.country, item.country_confidence, item.hosting_class) == ("LT", "AGREED", "LT")
    assert item.provider is not None
    assert item.provider.contacts.get().email == "abuse@greita-talpykla.example"
    assert {answer.source for answer in TraceAnswer.objects.all()} >= {"DNS", "RDAP_IP", "COUNTRY_TABLE"}


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/x"])
def test_address_that_leads_nowhere_public_is_not_asked_about(centre: Centre, world, address: str):
    reported(address, category="HATE")
    item = ContentItem.objects.get()
    tasks.trace_item(item_id=item.pk)
    item.refresh_from_db()
    assert item.handling == Handling.AWAITING_ASSESSMENT
    assert item.hosting_class == "UNRESOLVED"


def test_place_that_is_not_on_the_web_goes_on_without_a_trace(centre: Centre):
    reported("@vardas programėlėje", category="GROOMING")
    item = ContentItem.objects.get()
    tasks.trace_item(item_id=item.pk)
    item.refresh_from_db()
    assert item.hosting_class == "NON_WEB" and item.traces.get().failed == "NOT_ON_THE_WEB"
