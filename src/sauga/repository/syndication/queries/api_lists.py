"""Lists for programs: newest change first, paged by keyset. Filters as on the page for people."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.db.models.lookups import Exact, LessThanOrEqual
from django.http import Http404

from sauga.repository.catalogue.models import Collection
from sauga.repository.catalogue.queries.catalogue import Wanted, matching
from sauga.repository.resources.models import Resource
from sauga.repository.syndication.queries.oai import CHANGED, EPOCH, changed_at

PLACE = re.compile(r"(\d{1,17})\.(\d{1,17})", re.ASCII)


@dataclass(frozen=True)
class Slice:
    """Some resources, and the key where the list continues; empty at its end."""

    rows: list[Resource]
    following: str


def slice_of(wanted: Wanted, after: str, limit: int) -> Slice:
    """At most `limit` matching public resources after the key `after` (empty: from the beginning)."""
    rows = matching(wanted, "lt").filter(revision_of__isnull=True)
    if place := PLACE.fullmatch(after):
        moment = EPOCH + timedelta(microseconds=int(place[1]))
        rows = rows.filter(LessThanOrEqual(CHANGED, moment)).filter(
            ~(Q(Exact(CHANGED, moment)) & Q(pk__gte=int(place[2])))
        )
    found = list(rows.order_by(CHANGED.desc(), "-pk")[: limit + 1])
    shown = found[:limit]
    return Slice(shown, _place(shown[-1]) if len(found) > limit else "")


def _place(row: Resource) -> str:
    return f"{(changed_at(row) - EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def resource_of(ref: str) -> Resource:
    """A resource with a public page, by reference; withdrawn ones included. Raises Http404."""
    row = (
        Resource.objects.with_page()
        .select_related("replaced_by", "is_based_on")
        .filter(ref=ref, revision_of__isnull=True)
        .first()
    )
    if row is None:
        raise Http404
    return row


def collection_of(ref: str) -> Collection:
    """A public collection. Raises Http404."""
    row = Collection.objects.filter(is_public=True, ref=ref).first()
    if row is None:
        raise Http404
    return row
