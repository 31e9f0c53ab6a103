"""Who followed whom, and which rows mean the same body."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from sauga.kernel.organisations.models import Organisation, SameAs, Succession


@dataclass(frozen=True)
class Lines:
    """The organisations before and after one, nearest first; `same` are other rows for the same body."""

    earlier: tuple[Succession, ...]
    later: tuple[Succession, ...]
    same: tuple[Organisation, ...]


def later_organisations(key: int) -> set[int]:
    """Everybody who followed an organisation, directly or through others; itself not."""
    return _reached(
        {key},
        lambda seen: Succession.objects.filter(predecessor__in=seen).values_list("successor", flat=True),
    ) - {key}


def earlier_organisations(key: int) -> set[int]:
    """Everybody whom an organisation followed, directly or through others; itself not."""
    return _reached(
        {key},
        lambda seen: Succession.objects.filter(successor__in=seen).values_list("predecessor", flat=True),
    ) - {key}


def same_body(key: int) -> set[int]:
    """All rows that mean the same body, the one asked for included."""

    def neighbours(seen: set[int]) -> Iterable[int]:
        pairs = SameAs.objects.filter(Q(first__in=seen) | Q(second__in=seen))
        return {one for pair in pairs.values_list("first", "second") for one in pair}

    return _reached({key}, neighbours)


def succession_of(organisation: Organisation, link_id: int) -> Succession:
    """A succession in which the organisation takes part. Raises Http404."""
    own = Q(predecessor=organisation) | Q(successor=organisation)
    rows = Succession.objects.filter(own, pk=link_id).select_related("predecessor", "successor")
    row = rows.first()
    if row is None:
        raise Http404
    return row


def lines_of(organisation: Organisation) -> Lines:
    """What its page shows of links; four queries and one for each step of a chain."""
    every = Succession.objects.select_related("predecessor", "successor").prefetch_related(
        "predecessor__names", "successor__names"
    )
    before, after = earlier_organisations(organisation.pk), later_organisations(organisation.pk)
    others = same_body(organisation.pk) - {organisation.pk}
    return Lines(
        tuple(every.filter(predecessor__in=before).order_by("-since", "-pk")),
        tuple(every.filter(successor__in=after).order_by("since", "pk")),
        tuple(Organisation.objects.filter(pk__in=others).prefetch_related("names").order_by("code")),
    )


def _reached(start: set[int], neighbours: Callable[[set[int]], Iterable[int]]) -> set[int]:
    """Everything that can be reached, step by step."""
    seen, fresh = set(start), set(start)
    while fresh:
        fresh = set(neighbours(fresh)) - seen
        seen |= fresh
    return seen
