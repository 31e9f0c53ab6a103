"""The order of the queue by examples, and a month at twice the usual load."""

from datetime import timedelta
from functools import cache

import pytest
from django.db import connection
from helpline.busy_month import FIRST_COME, Contact, month, part, waits

from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries import queue
from tests.centre import AT
from tests.factories.talks import nonce

MINUTE = timedelta(minutes=1)
TWO_MINUTES = 120.0
HALF_AN_HOUR = 1800.0
"""Whoever waited this long is not overtaken by a child that came after it, except by immediate danger."""


def waits_in_queue(name, band="NONE", minutes=0.0, *, audience="CHILD", lost=False):
    """Somebody who has waited for so many minutes at AT. `lost`: their counsellor is gone."""
    since = AT - minutes * MINUTE
    taken = {"state": "REQUEUED_TOP", "taken_at": since} if lost else {"state": "QUEUED"}
    row = Conversation.objects.create(
        receipt=nonce(), language="lt", band=band, audience=audience, since=since, started_at=since, **taken
    )
    return row.pk, name


EXAMPLES = {
    "danger, then the band, then who came first": (
        [
            ("none", "NONE", 5),
            ("danger now", "IMMEDIATE"),
            ("high", "HIGH", 1),
            ("some", "SOME", 9),
            ("danger before", "IMMEDIATE", 1),
        ],
        ["danger before", "danger now", "high", "some", "none"],
    ),
    "just under a quarter of an hour raises nothing": (
        [("none", "NONE", 14.99), ("some", "SOME", 1)],
        ["some", "none"],
    ),
    "a quarter of an hour raises one step": ([("some", "SOME", 1), ("none", "NONE", 15)], ["none", "some"]),
    "just under half an hour is one step": ([("none", "NONE", 29.99), ("high", "HIGH", 1)], ["high", "none"]),
    "half an hour raises to HIGH": ([("high", "HIGH", 29), ("none", "NONE", 30)], ["none", "high"]),
    "never higher than HIGH": ([("none", "NONE", 300), ("high", "HIGH", 301)], ["high", "none"]),
    "waiting is never immediate danger": (
        [("high", "HIGH", 600), ("danger", "IMMEDIATE")],
        ["danger", "high"],
    ),
    "who came later does not overtake in the same band": (
        [("late", "HIGH", 1), ("early", "HIGH", 2)],
        ["early", "late"],
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "wanted"), EXAMPLES.values(), ids=EXAMPLES)
def test_who_is_next(given, wanted):
    names = dict(waits_in_queue(*one) for one in given)
    assert [names[pk] for pk in queue.line(AT)] == wanted
    assert [names[one.conversation.pk] for one in queue.waiting(AT)] == wanted
    assert names[queue.next_in_queue(person_id=0, languages=["lt"], at=AT)] == wanted[0]


@pytest.mark.django_db
def test_adults_stand_behind_children_except_in_danger():
    adult, danger = (
        waits_in_queue("adult", "HIGH", 60, audience="ADULT"),
        waits_in_queue("danger", "IMMEDIATE", audience="ADULT"),
    )
    names = dict([adult, waits_in_queue("child"), danger])
    assert [names[pk] for pk in queue.line(AT)] == ["danger", "child", "adult"]


@pytest.mark.django_db
def test_who_lost_their_counsellor_stands_before_everybody():
    lost, worse = (
        waits_in_queue("lost", "NONE", 1, lost=True),
        waits_in_queue("lost in danger", "IMMEDIATE", lost=True),
    )
    names = dict([waits_in_queue("danger", "IMMEDIATE", 9), lost, worse])
    assert [names[pk] for pk in queue.line(AT)] == ["lost in danger", "lost", "danger"]


# A month at twice the usual load


@cache
def played(**options: object) -> list[list[Contact]]:
    with connection.cursor() as cursor:
        return month(cursor, **options)


@pytest.mark.django_db
def test_immediate_danger_has_a_person_within_two_minutes_while_there_is_cover():
    danger = [contact for evening in played() for contact in evening if contact.band == "IMMEDIATE"]
    assert len(danger) > 150
    assert all(contact.wait < TWO_MINUTES for contact in danger if contact.had_cover)
    assert part(sorted(contact.wait for contact in danger), 0.95) < TWO_MINUTES


@pytest.mark.django_db
def test_without_the_lead_and_a_second_conversation_the_order_alone_does_not_hold_it():
    """Kept as a test so that nobody believes the order alone is enough: then the next free counsellor
    is minutes away.
    """
    assert part(waits(played(lead=False, second=False), "IMMEDIATE"), 0.95) > TWO_MINUTES


@pytest.mark.django_db
def test_first_come_first_served_would_be_far_worse():
    fifo = played(lead=False, second=False, order=FIRST_COME)
    assert part(waits(fifo, "IMMEDIATE"), 0.5) > 10 * part(
        waits(played(lead=False, second=False), "IMMEDIATE"), 0.5
    )


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{}, {"lead": False, "second": False}])
def test_no_child_is_overtaken_by_a_child_that_came_half_an_hour_later(options: dict[str, bool]):
    for evening in played(**options):
        children = [c for c in evening if c.audience == "CHILD" and c.band != "IMMEDIATE"]
        for one in children:
            for other in children:
                if other.came - one.came >= HALF_AN_HOUR and other.began is not None:
                    assert (
                        one.began is not None and one.began < other.began + 30
                    )  # answering an offer takes up to 20 s


@pytest.mark.django_db
def test_who_got_nobody_came_late_and_the_line_says_so():
    """At twice the load some wait until 23:00; they came in the last hours, and are offered a letter."""
    left = [c for evening in played() for c in evening if c.began is None]
    assert left and all(c.band != "IMMEDIATE" for c in left)
    assert min(c.came for c in left if c.audience == "CHILD") > 2 * 3600


@pytest.mark.django_db
def test_the_usual_load_is_carried():
    evenings = played(load=1.0)
    quick = [c.wait <= 60 for evening in evenings for c in evening if c.audience == "CHILD"]
    assert sum(quick) / len(quick) > 0.8
