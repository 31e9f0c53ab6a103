"""What the desk shows: the worklist by state, and one resource with its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Expression, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.http import Http404

from sauga.kernel import statements
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.identity import PersonActor, home, names_of
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.states import ResourceState


class View(StrEnum):
    """The fixed views of the worklist."""

    MINE = "mine"
    REVIEW = "review"
    SAFETY = "safety"
    READY = "ready"
    DUE = "due"
    LIVE = "live"
    GONE = "gone"
    ALL = "all"


@dataclass(frozen=True)
class Event:
    """One line of a resource's history: a transition, a remark or a version."""

    at: datetime
    kind: str
    code: str
    by: str
    text: str = ""


def worklist(*, by: PersonActor, view: View, q: str = "", type: str = "") -> QuerySet[Resource]:
    """The resources of a view, the longest waiting first; published ones newest first."""
    rows = _view(view, by.person_id)
    if type:
        rows = rows.filter(type=type)
    for word in q.split()[:6]:
        rows = rows.filter(
            Q(title__lt__icontains=word)
            | Q(title__en__icontains=word)
            | Q(ref__iexact=word)
            | Q(slug_lt__icontains=word)
        )
    return rows.order_by(
        *(("-published_at", "pk") if view in {View.LIVE, View.GONE, View.ALL} else ("state_since", "pk"))
    )


def title_order(language: str, title: str = "title") -> list[Expression]:
    """Sorts resources by the title shown in a language; `title` is the field that holds it."""
    return [lithuanian_order(Coalesce(KT(f"{title}__{language}"), KT(f"{title}__lt"), KT(f"{title}__en")))]


def counts(*, by: PersonActor) -> dict[View, int]:
    """How many resources are in each view."""
    return _counts(views=tuple(View), person_id=by.person_id)


@statements.counted()
def _counts(*, views: tuple[View, ...], person_id: int) -> Mapping[View, QuerySet[Resource]]:
    return {view: _view(view, person_id) for view in views}


def to_review(by: PersonActor, at: datetime) -> int:
    """Resources of others that wait for review."""
    return _counts(views=(View.REVIEW,), person_id=by.person_id)[View.REVIEW]


def to_check(by: PersonActor, at: datetime) -> int:
    """Resources that wait for the child-safety check."""
    return _counts(views=(View.SAFETY,), person_id=by.person_id)[View.SAFETY]


def to_publish(by: PersonActor, at: datetime) -> int:
    """Approved resources that wait for publication."""
    return home.count_of(Resource.objects.filter(state=ResourceState.APPROVED))


def overdue(by: PersonActor, at: datetime) -> int:
    """Live resources whose review date has passed."""
    return _counts(views=(View.DUE,), person_id=by.person_id)[View.DUE]


def resource_for(by: PersonActor, ref: str) -> Resource:
    """A resource for the desk. Raises Http404."""
    rows = Resource.objects.select_related("revision_of", "replaced_by", "is_based_on", "author")
    row = rows.filter(ref=ref).first() if by.can(Permission.SEE_RESOURCES) else None
    if row is None:
        raise Http404
    return row


def rendition_for(by: PersonActor, resource: Resource, ref: str) -> Rendition:
    """One of its files, removed ones too. Raises Http404."""
    row: Rendition | None = resource.renditions.select_related("media").filter(ref=ref).first()
    if row is None:
        raise Http404
    return row


def history(resource: Resource) -> list[Event]:
    """Transitions, remarks and versions, newest first, with the names of the actors."""
    steps = list(resource.steps.all())
    names = names_of({step.by for step in steps})
    found = [Event(step.at, "step", step.after, names.get(step.by, "")) for step in steps]
    for remark in resource.remarks.select_related("by"):
        found.append(
            Event(remark.at, "remark", remark.kind, remark.by.name if remark.by else "", remark.text)
        )
    found += [
        Event(version.published_at, "version", version.label, "", version.note)
        for version in resource.versions.all()
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)


def may_be_part(resource: Resource, text: str) -> Resource | None:
    """The resource that an editor names as a part, by reference or address."""
    wanted = text.strip().rstrip("/").rpartition("/")[2]
    rows = Resource.objects.filter(revision_of__isnull=True).exclude(
        pk__in=[resource.pk, resource.revision_of_id or resource.pk]
    )
    return rows.filter(Q(ref__iexact=wanted) | Q(slug_lt=wanted) | Q(slug_en=wanted)).first()


def _view(view: View, person_id: int) -> QuerySet[Resource]:
    rows = Resource.objects.all()
    mine = {"author_id": person_id}
    filters: dict[View, Any] = {
        View.MINE: rows.filter(
            state__in=(ResourceState.DRAFT, ResourceState.CHANGES_REQUESTED, ResourceState.IN_REVIEW), **mine
        ),
        View.REVIEW: rows.filter(state=ResourceState.IN_REVIEW).exclude(**mine),
        View.SAFETY: rows.filter(state__in=(ResourceState.CHILD_SAFETY_CHECK, ResourceState.GATE_CHECK)),
        View.READY: rows.filter(state__in=(ResourceState.APPROVED, ResourceState.SCHEDULED)),
        View.DUE: rows.filter(state=ResourceState.REVIEW_DUE),
        View.LIVE: rows.filter(state__in=(ResourceState.PUBLISHED, ResourceState.REVIEW_DUE)),
        View.GONE: rows.filter(state__in=(ResourceState.WITHDRAWN, ResourceState.RETIRED)),
        View.ALL: rows.exclude(state=ResourceState.ARCHIVED, revision_of__isnull=False),
    }
    found: QuerySet[Resource] = filters[view]
    return found
