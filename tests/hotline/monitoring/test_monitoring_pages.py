"""The desk's watched list and figures: who may see them, what a person can say there, what leaves
the installation.
"""

from datetime import timedelta

import pytest
from django.test import Client
from factories.hotline import AT
from factories.monitoring import item_at, open_house
from factories.people import hire, sign_in

from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.monitoring.actions import monitoring
from sauga.hotline.states import Presence
from sauga.kernel import audit, clock
from sauga.kernel.figures.trail import Trail
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.identity.roles import install_defaults

pytestmark = pytest.mark.django_db
URL = "http://d.online.behave.example/galerija/7"


@pytest.fixture
def centre(db):
    open_house()
    install_defaults()


def desk(role):
    client = Client()
    assert sign_in(client, hire("Rūta Pavyzdė", role, at=AT)).status_code == 302
    return client


def test_the_watched_list_shows_presence_and_the_next_look(centre, world):
    item = item_at(URL)
    monitoring.run_due(at=AT + timedelta(minutes=1))
    text = desk("ANALYST").get("/desk/hotline/watched/").content.decode()
    assert item.ref in text and f"/desk/hotline/watched/{item.ref}/removed/" in text
    assert "behave.example" not in text


def test_a_person_records_a_removal_and_takes_it_back(centre):
    item, client = item_at(URL), desk("ANALYST")
    answer = client.post(f"/desk/hotline/watched/{item.ref}/removed/", {"kind": "CONTENT_REMOVED"})
    assert answer.status_code == 302 and answer["Location"] == "/desk/hotline/watched/"
    assert ContentItem.objects.get().presence == Presence.REMOVED
    assert "removed" in client.get("/desk/hotline/watched/?which=removed").content.decode()
    client.post(f"/desk/hotline/watched/{item.ref}/online/", {"next": "/desk/hotline/watched/?which=online"})
    assert ContentItem.objects.get().presence == Presence.ONLINE
    client.post(f"/desk/hotline/watched/{item.ref}/reappeared/")
    assert ContentItem.objects.get().presence == Presence.ONLINE
    client.post(f"/desk/hotline/watched/{item.ref}/removed/", {"kind": "GONE_BEFORE_NOTICE"})
    assert ContentItem.objects.get().presence == Presence.ONLINE
    assert client.post(f"/desk/hotline/watched/{item.ref}/check/").status_code == 302


def test_strangers_do_not_find_the_pages(centre):
    item = item_at(URL)
    client = desk("CONTACT_CUSTODIAN")
    for page in ("watched/", "figures/", "figures/export.csv"):
        assert client.get(f"/desk/hotline/{page}").status_code == 404
    assert client.post(f"/desk/hotline/watched/{item.ref}/removed/", {"kind": "SITE_DOWN"}).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["", "?clock=T_REPORT&by=country&period=2026-Q4", "?by=basis&period=2026", "?clock=x&by=y&period=z"],
)
def test_the_figures_are_exact_at_the_desk(centre, query):
    for n in range(4):
        item = item_at(
            f"http://x{n}.online.behave.example/{n}", verdict="PROHIBITED", country="LT", hosting_class="LT"
        )
        online = AT + timedelta(hours=n + 1)
        Occurrence.objects.filter(item=item).update(
            last_online_at=online, first_gone_at=online, removed_at=online
        )
    text = desk("STATISTICIAN").get(f"/desk/hotline/figures/{query}").content.decode()
    assert 'data-figure="median"' in text and "hotline/figures/export.csv" in text


def test_an_empty_period_says_what_to_do(centre):
    assert (
        '<svg class="chart' not in desk("ANALYST").get("/desk/hotline/figures/?period=2021").content.decode()
    )


def test_the_export_asks_who_it_is_again_and_leaves_a_line(centre):
    client = desk("STATISTICIAN")
    item_at(URL, verdict="PROHIBITED", country="LT", hosting_class="LT")
    address = "/desk/hotline/figures/export.csv?period=2026-Q4&by=country"
    session = client.session
    session.pop(sudo.KEY, None)
    session.save()
    assert client.get(address)["Location"].startswith("/desk/sudo/")
    session[sudo.KEY] = clock.now().timestamp()
    session.save()
    lines = client.get(address).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("period,clock,group,n") and lines[1].startswith("2026-Q4,T_NOTICE,LT,1")
    assert Trail.FIGURES_EXPORTED in {line.action for line in audit.timeline("takedown-country")}
