"""Creating and editing a resource. A live one is never edited in place but in a revision, until that is
published.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import ZONE, locked, signal_change
from sauga.repository.resources.models import Part, Resource, Slot
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.resources.rules.metadata import OWN, MetadataRefused, checked, slug_of
from sauga.repository.states import EDITABLE, LIVE, ResourceState
from sauga.repository.trail import Trail


class NotEditable(ActionRefused):
    """The resource cannot be edited in place: it is being reviewed, or it is live. A live one is edited in a
    revision.
    """

    message = _("It cannot be edited while it is in review or published. Start a new version instead.")


class InUse(ActionRefused):
    """The resource was published or belongs to something; it cannot be discarded."""

    message = _("It was published or belongs to something, so it cannot be deleted. Retire it instead.")


def create_resource(
    *, by: Actor, at: datetime, uuid: UUID | None = None, how: str = "desk", **fields: Any
) -> Resource:
    """Create a draft. Slugs come from the titles unless given. Raises MetadataRefused, also for a slug that
    is taken.
    """
    require(by, Permission.EDIT_RESOURCE)
    return store_draft(by, getattr(by, "person_id", None), fields, uuid=uuid, how=how, at=at)


def store_draft(
    by: Actor,
    author_id: int | None,
    fields: dict[str, Any],
    *,
    uuid: UUID | None = None,
    how: str,
    at: datetime,
) -> Resource:
    """Store a draft for an action that has asked whether `by` may. Raises MetadataRefused."""
    values = checked({**_slugs(fields), **_own(fields)})
    with transaction.atomic():
        resource = Resource(
            uuid=uuid or uuid4(),
            author_id=author_id,
            created_date=at.astimezone(VILNIUS).date(),
            modified_at=at,
            state_since=at,
            is_synthetic=bool(fields.get("is_synthetic")),
            **values,
        )
        _save(resource)
        audit.record(
            by, Trail.RESOURCE_CREATED, resource, zone=ZONE, at=at, facts={"type": resource.type, "how": how}
        )
        signal_change(resource)
        return resource


def edit_resource(
    *,
    by: Actor,
    resource: Resource,
    at: datetime,
    seen: datetime | None = None,
    slots: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> Resource:
    """Edit a draft. `seen` is the `modified_at` that the editor opened; `slots`, where given, replace those
    that it has. Raises NotEditable, ChangedMeanwhile, MetadataRefused.
    """
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        if resource.state not in EDITABLE:
            raise NotEditable
        if seen is not None and resource.modified_at != seen:
            raise ChangedMeanwhile
        has_new_slots = slots is not None and slots != slots_of(resource)
        if has_new_slots:
            _replace_slots(resource, slots or [])
        codes = list(resource.slots.values_list("code", flat=True))
        values = checked({**_own(fields), "slot_codes": codes})
        changed = sorted(name for name, value in values.items() if getattr(resource, name) != value)
        if not changed and not has_new_slots:
            return resource
        for name in changed:
            setattr(resource, name, values[name])
        resource.modified_at = at
        _save(resource)
        facts = {"fields": len(changed) + has_new_slots}
        audit.record(by, Trail.RESOURCE_EDITED, resource, zone=ZONE, at=at, facts=facts)
        signal_change(resource)
        return resource


def slots_of(resource: Resource) -> list[dict[str, Any]]:
    """The slots that it has, as `set_slots` takes them."""
    names = ("code", "kind", "required", "default")
    return list(resource.slots.order_by("position", "pk").values(*names))


def set_slots(*, by: Actor, resource: Resource, slots: list[dict[str, Any]], at: datetime) -> Resource:
    """Set the slots that a partner may fill: mappings with code, kind, required, default, in their order.
    Raises NotEditable.
    """
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        if resource.state not in EDITABLE:
            raise NotEditable
        _replace_slots(resource, slots)
        _touch(by, resource, at)
        return resource


def _replace_slots(resource: Resource, slots: list[dict[str, Any]]) -> None:
    resource.slots.all().delete()
    Slot.objects.bulk_create(
        Slot(resource=resource, position=place, **slot) for place, slot in enumerate(slots)
    )


def set_parts(*, by: Actor, resource: Resource, parts: list[Resource], at: datetime) -> Resource:
    """Set the parts of a toolkit in their order. Raises NotEditable; MetadataRefused for a toolkit within
    itself.
    """
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        if resource.state not in EDITABLE:
            raise NotEditable
        whole = resource.revision_of or resource
        if any(_contains(part, {resource.pk, whole.pk}) for part in parts):
            raise MetadataRefused("parts", "cycle")
        resource.parts.all().delete()
        unique = list(dict.fromkeys(part.pk for part in parts))
        Part.objects.bulk_create(
            Part(toolkit=resource, resource_id=pk, position=place) for place, pk in enumerate(unique, 1)
        )
        audit.record(by, Trail.PARTS_CHANGED, resource, zone=ZONE, at=at, facts={"parts": len(unique)})
        _touch(by, resource, at)
        return resource


def open_revision(*, by: Actor, resource: Resource, at: datetime) -> Resource:
    """Open a draft of the next version beside a live resource, with all its content; the open one if there is
    one.
    """
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        if resource.state not in LIVE or resource.revision_of_id:
            raise NotEditable
        held: Resource | None = resource.revisions.exclude(state=ResourceState.ARCHIVED).first()
        if held is not None:
            return held
        copy = Resource(
            uuid=uuid4(),
            revision_of=resource,
            author_id=getattr(by, "person_id", None),
            created_date=at.astimezone(VILNIUS).date(),
            modified_at=at,
            state_since=at,
            is_synthetic=resource.is_synthetic,
            **{name: value for name, value in content_of(resource).items() if name not in OWN},
        )
        copy.slug_lt = copy.slug_en = f"revision-{copy.ref.lower()}"
        copy.version = next_version(resource.version)
        _save(copy)
        copy_belongings(resource, copy, at)
        audit.record(
            by, Trail.RESOURCE_CREATED, copy, zone=ZONE, at=at, facts={"type": copy.type, "how": "revision"}
        )
        signal_change(copy)
        return copy


def discard_resource(*, by: Actor, resource: Resource, at: datetime) -> None:
    """Delete a draft that was never published. Raises InUse."""
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        used = resource.version_number or resource.in_toolkits.exists() or resource.derived.exists()
        if resource.state not in EDITABLE or used:
            raise InUse
        audit.record(by, Trail.RESOURCE_DISCARDED, resource, zone=ZONE, at=at)
        signal_change(resource)
        resource.delete()


def copy_belongings(source: Resource, target: Resource, at: datetime) -> None:
    """Copy the files, slots and parts of another resource; bytes are shared, since they are stored by
    checksum.
    """
    target.renditions.filter(removed_at__isnull=True).update(removed_at=at)
    target.slots.all().delete()
    target.parts.all().delete()
    for row in source.renditions.filter(removed_at__isnull=True).order_by("pk"):
        names = ("kind", "mime", "language", "name", "sha256", "size", "added_at")
        target.renditions.create(media_id=row.media_id, **{name: getattr(row, name) for name in names})
    for slot in source.slots.order_by("position", "pk"):
        target.slots.create(
            code=slot.code,
            kind=slot.kind,
            required=slot.required,
            default=slot.default,
            position=slot.position,
        )
    for part in source.parts.order_by("position"):
        target.parts.create(resource=part.resource, position=part.position)


def next_version(label: str) -> str:
    """The next version label: 2.1 → 2.2; an unusual label gets a number appended."""
    head, dot, tail = label.rpartition(".")
    return f"{head}{dot}{int(tail) + 1}" if tail.isascii() and tail.isdigit() else f"{label}-2"[:16]


def _contains(part: Resource, wanted: set[int]) -> bool:
    """Whether a part is one of these, or holds one of them at any depth."""
    frontier, seen = {part.pk}, set[int]()
    while frontier:
        if frontier & wanted:
            return True
        seen |= frontier
        frontier = set(Part.objects.filter(toolkit__in=frontier).values_list("resource_id", flat=True)) - seen
    return False


def _own(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields an editor may write: gate exceptions are granted by `review.override_gate`, never written
    with the rest.
    """
    return {name: value for name, value in fields.items() if name != "gate_overrides"}


def _slugs(fields: dict[str, Any]) -> dict[str, str]:
    titles = fields.get("title") or {}
    first = next((text for text in titles.values() if text), "")
    return {
        f"slug_{language}": _free(
            fields.get(f"slug_{language}") or slug_of(titles.get(language) or first), language
        )
        for language in ("lt", "en")
    }


def _free(slug: str, language: str) -> str:
    """The slug, numbered when another resource has it."""
    if not slug:
        raise MetadataRefused("title", "empty")
    wanted, number = slug, 1
    while Resource.objects.filter(**{f"slug_{language}": wanted}).exists():
        number += 1
        wanted = f"{slug}-{number}"
    return wanted


def _save(resource: Resource) -> None:
    try:
        with transaction.atomic():
            resource.save()
    except IntegrityError as taken:
        text = str(taken)
        raise MetadataRefused(
            "slug_en" if "slug_en" in text else "slug_lt" if "slug_lt" in text else "uuid", "taken"
        ) from taken


def _touch(by: Actor, resource: Resource, at: datetime) -> None:
    resource.modified_at = at
    resource.save(update_fields=["modified_at"])
    signal_change(resource)
