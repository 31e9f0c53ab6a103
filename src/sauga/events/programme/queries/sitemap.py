"""The public pages of events, for the sitemap."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from sauga.events.programme.models import Event, Series
from sauga.events.states import PUBLIC

MOST = 10_000
"""A sitemap may list 50,000 addresses, and each event has two in each language."""


class Place(NamedTuple):
    """A page: its URL name, the last part of its address, and when it was changed."""

    name: str
    slug: str
    changed_at: datetime


def places() -> list[Place]:
    """Every public event with its programme, and every series; of very many events the last ones."""
    rows = Event.objects.public().order_by("-starts", "-pk").values_list("slug", "changed_at")[:MOST]
    planned = (
        Event.objects.public().filter(sessions__starts__isnull=False).order_by("-starts", "-pk").distinct()
    )
    series = Series.objects.filter(events__state__in=PUBLIC).distinct().order_by("pk")
    return [
        *(Place("events-event", slug, at) for slug, at in rows),
        *(
            Place("events-programme", slug, at)
            for slug, at in planned.values_list("slug", "changed_at")[:MOST]
        ),
        *(Place("events-series", slug, at) for slug, at in series.values_list("slug", "changed_at")),
    ]


def changed_at() -> datetime | None:
    """When a public event was last changed; None before the first."""
    last: datetime | None = Event.objects.public().aggregate(last=Max("changed_at"))["last"]
    return last
