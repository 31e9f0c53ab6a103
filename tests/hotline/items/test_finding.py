"""Finding items: the exact answer first and alone, the rest of the domain one step away, and part of a
number is enough.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sauga.hotline.items.queries import worklist
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import reported


def item_at(address: str):
    return reported(address)[0].locations.get().item


@pytest.fixture
def places(centre: Centre):
    """Two places of a host, and other hosts of the same domain."""
    hosts = (
        "bad.pavyzdys.example/a/1",
        "bad.pavyzdys.example/b/2",
        "geras.pavyzdys.example/c/3",
        "www2.pavyzdys.example/d/4",
    )
    return {host: item_at(f"https://{host}") for host in hosts}


def found(centre: Centre, text: str) -> set[str]:
    return {item.ref for item in worklist.find(by=centre.actor("ANALYST"), text=text)}


def test_a_known_host_stands_alone_and_offers_its_domain(centre: Centre, places):
    at_host = {item.ref for host, item in places.items() if host.startswith("bad.")}
    assert found(centre, "bad.pavyzdys.example") == at_host
    analyst = centre.actor("ANALYST")
    assert worklist.wider(by=analyst, text="bad.pavyzdys.example") == worklist.Domain("pavyzdys.example", 2)
    page = sign_in(centre, "ANALYST").get("/desk/hotline/", {"find": "bad.pavyzdys.example"}).content.decode()
    assert "find=pavyzdys.example" in page and page.count("data-row id=") == 2
    assert found(centre, "pavyzdys.example") == {item.ref for item in places.values()}
    assert "dar 2 domeno pavyzdys.example turinio vienetai" in " ".join(page.split())
    assert worklist.wider(by=analyst, text="pavyzdys.example") is None


def test_an_unknown_host_has_no_item_and_leads_to_its_domain(centre: Centre, places):
    assert found(centre, "nezinomas.pavyzdys.example") == set()
    page = sign_in(centre, "ANALYST").get("/desk/hotline/", {"find": "nezinomas.pavyzdys.example"}).text
    assert (
        "dar 4 domeno pavyzdys.example turinio vienetai" in " ".join(page.split())
        and page.count("data-row id=") == 0
    )
    assert found(centre, "nezinomas.example") == set()


def test_an_exact_address_is_one_answer(centre: Centre, places):
    assert found(centre, "https://bad.pavyzdys.example/a/1") == {places["bad.pavyzdys.example/a/1"].ref}


def test_part_of_a_number_is_enough(centre: Centre, places):
    item = places["bad.pavyzdys.example/a/1"]
    report = item.locations.get().report
    first, second = item.ref.split("-")
    for text in (
        item.ref,
        first,
        second,
        first[:3],
        second.lower(),
        f"{first}-{second[:2]}",
        f"{first}{second[:2]}",
    ):
        assert item.ref in found(centre, text), text
    for text in (report.ref, *report.ref.split("-")):
        assert item.ref in found(centre, text), text
    assert found(centre, first[:2]) == set(), "two signs fit too many"


def test_the_search_for_part_of_a_number_enters_an_index(centre: Centre, places):
    with connection.cursor() as cursor, CaptureQueriesContext(connection):
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM hotline_contentitem WHERE RIGHT(ref, 4)::text LIKE 'ZHY2%'")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "item_second_half" in plan
