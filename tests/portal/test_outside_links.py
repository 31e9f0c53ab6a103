"""Links to other sites: gathered from what is published, asked for politely once a week, broken only after
two looks with days between.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from factories.pages import body, live

from sauga.kernel import clock
from sauga.kernel.organisations.models import Organisation, OrganisationRole
from sauga.kernel.outbound import UNLIMITED, Probe, ProbeError
from sauga.kernel.states import SystemActor
from sauga.portal import tasks
from sauga.portal.actions import outside_links
from sauga.portal.actions import page_gate as gates
from sauga.portal.actions.outside_links import Answer
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.outside_links import LinkPlace, OutsideLink
from sauga.portal.queries import links, page_gate
from sauga.repository.resources.rules import publish_gate
from tests.centre import centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
AT = clock.now()
SWEEPER = SystemActor("portal")
THERE, GONE = "https://biblioteka.example/vakaras", "https://nera.invalid/puslapis"
BAD, GOOD, BARRED = Answer("404", is_fault=True), Answer("200", is_fault=False), Answer("403", is_fault=None)


@pytest.fixture
def linked(centre, planted):
    """A published page that leads to two other sites."""
    Organisation.objects.update(website="")
    text = (
        f'<a href="{THERE}">vakaras</a> <a href="{GONE}">ten</a> <a '
        f'href="mailto:labas@sauga.example">mums</a>'
    )
    page = live(centre, planted["lt"], title="Nuorodos", body=body(text))
    outside_links.gather_links(by=SWEEPER, at=AT)
    return page


def test_links_are_gathered_with_their_places_and_forgotten_when_nothing_leads_there(centre, planted, linked):
    partner = OrganisationRole.objects.first().organisation
    Organisation.objects.filter(pk=partner.pk).update(website=THERE)
    tasks.gather_links(0)
    found = {
        row.url: {(place.kind, place.name) for place in row.places.all()} for row in OutsideLink.objects.all()
    }
    assert set(found) >= {THERE, GONE}
    assert {kind for kind, _name in found[THERE]} == {"page", "partner"}
    assert found[GONE] == {("page", "Nuorodos")}
    linked.unpublish()
    Organisation.objects.update(website="")
    outside_links.gather_links(by=SWEEPER, at=AT)
    assert not OutsideLink.objects.filter(url__in=[THERE, GONE]).exists()
    assert not LinkPlace.objects.filter(kind="page").exists()


def test_two_failures_days_apart_make_it_broken_and_one_answer_whole(linked):
    link = OutsideLink.objects.get(url=GONE)

    def look(answer, day):
        return outside_links.keep_answer(by=SWEEPER, link=link, answer=answer, at=AT + timedelta(days=day))

    row = look(BAD, 0)
    assert (row.broken_at, row.next_at) == (None, AT + timedelta(days=3))
    assert look(BAD, 1).broken_at is None
    assert look(BAD, 4).broken_at == AT + timedelta(days=4)
    assert look(None, 5).next_at == AT + timedelta(days=5, hours=6)
    assert look(BARRED, 6).broken_at is not None
    row = look(GOOD, 13)
    assert (row.broken_at, row.failed_at, row.next_at) == (None, None, AT + timedelta(days=20))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("given", "outcome", "fault"),
    [
        ({"status": 200}, "200", False),
        ({"status": 404}, "404", True),
        ({"status": 500}, "500", True),
        ({"status": 403}, "403", None),
        ({"status": 429}, "429", None),
        ({"error": ProbeError.DNS_NXDOMAIN}, "dns_nxdomain", True),
        ({"error": ProbeError.GUARD, "status": 302}, "guard", True),
    ],
)
def test_what_an_answer_says_of_the_page(given, outcome, fault):
    assert outside_links.judged(Probe(url="https://x.example/", **given)) == Answer(outcome, is_fault=fault)


def test_the_job_asks_the_outside_world_and_keeps_nothing_but_the_outcome(world, linked):
    OutsideLink.objects.exclude(url=GONE).delete()
    assert outside_links.check_links(by=SWEEPER, at=AT, politeness=UNLIMITED) == 1
    assert outside_links.check_links(by=SWEEPER, at=AT, politeness=UNLIMITED) == 0
    row = OutsideLink.objects.get(url=GONE)
    assert row.outcome.startswith("dns")
    assert row.failed_at == AT
    assert row.broken_at is None


def test_a_broken_link_is_listed_shuts_the_gate_and_is_asked_again(centre, linked):
    link = OutsideLink.objects.get(url=GONE)
    for day in (0, 4):
        outside_links.keep_answer(by=SWEEPER, link=link, answer=BAD, at=AT + timedelta(days=day))
    page = page_gate.newest(PlainPage.objects.get(pk=linked.pk))
    assert publish_gate.failing(page_gate.page_facts(page, AT)) == ["links"]
    assert gates.judge_live(by=SWEEPER, at=AT) == 1
    client = sign_in(centre, "EDITOR")
    shown = client.get(reverse("portal-links")).content.decode()
    assert GONE in shown
    assert "Nuorodos" in shown
    assert "puslapio nebėra" in shown
    assert THERE not in shown
    assert client.post(reverse("portal-link-again", args=[link.pk])).status_code == 302
    assert OutsideLink.objects.due(clock.now()).filter(pk=link.pk).exists()
    assert links.broken_count(centre.actor("EDITOR"), AT) == 1
    assert "neatsako" in client.get(reverse("portal-gate", args=[linked.pk])).content.decode()
