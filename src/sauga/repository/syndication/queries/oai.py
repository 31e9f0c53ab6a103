"""What harvesters receive: everything that ever was public, by the instant of its last change, page by page.

Pages are found by keyset in one index (instant of change, number), so the thousandth costs as much as the
first; the total is counted once, when a list begins, and travels in the token.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThan

from sauga.kernel import vocab
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.states import LIVE
from sauga.repository.syndication.rules.oai_protocol import SET_KINDS, OaiRefused, Place, bounds, set_of

PAGE = 100
CHANGED = Greatest("modified_at", "state_since")
"""The instant of a record's last change, as the index `resource_changed` keeps it."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMN_OF = {"topic": "topics", "audience": "audiences", "type": "type", "language": "languages"}


@dataclass(frozen=True)
class Listed:
    """One page of a list. `following` is where it continues, None at its end; `place` is where this page
    began.
    """

    rows: list[Resource]
    place: Place
    following: Place | None


@dataclass(frozen=True)
class SetView:
    """A set with its label."""

    spec: str
    name: str


def identifier_of(row: Resource) -> str:
    """The permanent name of a record, whatever the installation's address."""
    return f"urn:uuid:{row.uuid}"


def is_deleted(row: Resource) -> bool:
    """Whether a record only says that there was one."""
    return row.state not in LIVE or row.sensitivity == "restricted"


def records() -> QuerySet[Resource]:
    """Records: every resource that was published at least once and was public at some time."""
    open_once = ResourceVersion.objects.filter(resource=OuterRef("pk")).exclude(
        snapshot__sensitivity="restricted"
    )
    rows = Resource.objects.filter(version_number__gt=0, revision_of__isnull=True)
    return rows.filter(~Q(sensitivity="restricted") | Exists(open_once))


def earliest() -> datetime | None:
    """The earliest change of any record; None when there are none."""
    row = records().order_by(CHANGED.asc(), "pk").first()
    return changed_at(row) if row else None


def newest_change() -> datetime | None:
    """The latest change of any record; None when there are none."""
    row = records().order_by(CHANGED.desc(), "-pk").first()
    return changed_at(row) if row else None


def changed_at(row: Resource) -> datetime:
    """When the record last changed."""
    return max(row.modified_at, row.state_since)


def record(identifier: str) -> Resource:
    """The record with this name. Raises OaiRefused."""
    try:
        uuid = UUID(identifier.removeprefix("urn:uuid:"))
    except ValueError:
        uuid = None
    row = records().select_related("is_based_on").filter(uuid=uuid).first() if uuid else None
    if row is None or identifier_of(row) != identifier:
        raise OaiRefused(
            "idDoesNotExist", "There is no record of this identifier; ListIdentifiers names them all."
        )
    return row


def page(place: Place, size: int = PAGE) -> Listed:
    """The page at that place. Raises OaiRefused when nothing matches."""
    rows = _within(place)
    if not place.pk:
        place = replace(place, total=rows.count())
    found = list(_behind(rows, place).select_related("is_based_on").order_by(CHANGED.asc(), "pk")[: size + 1])
    if not found:
        raise OaiRefused("noRecordsMatch", "Nothing was changed in that time or stands in that set.")
    shown, more = found[:size], len(found) > size
    return Listed(shown, place, _following(place, shown) if more else None)


def _within(place: Place) -> QuerySet[Resource]:
    since, until = bounds(place)
    rows = records()
    if since:
        rows = rows.filter(GreaterThanOrEqual(CHANGED, since))
    if until:
        rows = rows.filter(LessThan(CHANGED, until))
    return rows.filter(_in_set(place.of_set)) if place.of_set else rows


def _behind(rows: QuerySet[Resource], place: Place) -> QuerySet[Resource]:
    if not place.pk:
        return rows
    after = EPOCH + timedelta(microseconds=place.after)
    return rows.filter(GreaterThanOrEqual(CHANGED, after)).filter(
        ~(Q(Exact(CHANGED, after)) & Q(pk__lte=place.pk))
    )


def _following(place: Place, shown: list[Resource]) -> Place:
    last = shown[-1]
    after = (changed_at(last) - EPOCH) // timedelta(microseconds=1)
    return replace(place, after=after, pk=last.pk, cursor=place.cursor + len(shown))


def _in_set(spec: str) -> Q:
    kind, code = set_of(spec)
    column = COLUMN_OF[kind]
    if column == "type":
        return Q(type=code) if code else Q()
    return Q(**{f"{column}__contains": [code]}) if code else ~Q(**{column: []})


def sets_of(row: Resource) -> list[str]:
    """The sets of a record."""
    codes = [
        ("topic", row.topics),
        ("audience", row.audiences),
        ("type", [row.type]),
        ("language", row.languages),
    ]
    return [f"{kind}:{code}" for kind, held in codes for code in held]


def sets() -> list[SetView]:
    """Every set: each kind as a whole, and each of its codes that was ever offered."""
    found = []
    for kind, vocabulary in SET_KINDS.items():
        found.append(SetView(kind, vocab.title(vocabulary, "en")))
        found += [
            SetView(f"{kind}:{term.code}", term.label) for term in vocab.every_term(vocabulary, language="en")
        ]
    return found
