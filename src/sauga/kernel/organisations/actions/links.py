"""Links between organisations: who followed whom, and which rows mean the same body. Nothing is merged."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.organisations.models import Organisation, SameAs, Succession
from sauga.kernel.organisations.queries.links import later_organisations
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.spans import span_of
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused, NothingChanged
from sauga.kernel.states import Actor


class LinkRefused(ActionRefused):
    """An organisation neither follows nor equals itself, and successions make no circle."""

    messages = {
        "self": _("This is the organisation itself. Choose another one."),
        "circle": _("That organisation was itself followed by this one. Remove that succession first."),
        "present": _("This is recorded already."),
    }
    field = "other"


def record_succession(
    *,
    by: Actor,
    predecessor: Organisation,
    successor: Organisation,
    since: str = "",
    source: str = "",
    at: datetime,
) -> Succession:
    """What `predecessor` did is continued by `successor`, from a partial date on.

    Raises LinkRefused, DateRefused.
    """
    require(by, Permission.EDIT)
    since = span_of(since, "").since
    if predecessor.pk == successor.pk:
        raise LinkRefused("self")
    with transaction.atomic():
        _lock_both(predecessor, successor)
        if predecessor.pk in later_organisations(successor.pk):
            raise LinkRefused("circle")
        source = " ".join(source.split())[:300]
        row, is_new = Succession.objects.get_or_create(
            predecessor=predecessor, successor=successor, defaults={"since": since, "source": source}
        )
        if not is_new:
            raise LinkRefused("present")
        facts = {"successor": successor.code, "since": since}
        audit.record(by, Trail.SUCCEEDED, predecessor, zone=ZONE, at=at, facts=facts)
    return row


def remove_succession(*, by: Actor, row: Succession, at: datetime) -> None:
    """It was recorded by mistake. Raises NothingChanged."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        gone, _each = Succession.objects.filter(pk=row.pk).delete()
        if not gone:
            raise NothingChanged
        facts = {"successor": row.successor.code}
        audit.record(by, Trail.NOT_SUCCEEDED, row.predecessor, zone=ZONE, at=at, facts=facts)


def mark_same(*, by: Actor, one: Organisation, other: Organisation, at: datetime) -> SameAs:
    """Both rows mean the same body. Raises LinkRefused."""
    require(by, Permission.EDIT)
    if one.pk == other.pk:
        raise LinkRefused("self")
    first, second = sorted((one, other), key=lambda row: row.pk)
    with transaction.atomic():
        _lock_both(first, second)
        row, is_new = SameAs.objects.get_or_create(first=first, second=second, defaults={"marked_at": at})
        if not is_new:
            raise LinkRefused("present")
        audit.record(by, Trail.SAME, one, zone=ZONE, at=at, facts={"other": other.code})
    return row


def unmark_same(*, by: Actor, one: Organisation, other: Organisation, at: datetime) -> None:
    """They do not. Raises NothingChanged."""
    require(by, Permission.EDIT)
    first, second = sorted((one, other), key=lambda row: row.pk)
    with transaction.atomic():
        gone, _each = SameAs.objects.filter(first=first, second=second).delete()
        if not gone:
            raise NothingChanged
        audit.record(by, Trail.NOT_SAME, one, zone=ZONE, at=at, facts={"other": other.code})


def _lock_both(*rows: Organisation) -> None:
    """Lock in one order, so that two people who link the same pair wait for each other and do not block."""
    keys = sorted(row.pk for row in rows)
    list(Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
