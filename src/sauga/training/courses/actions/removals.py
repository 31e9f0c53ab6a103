"""Taking a part out of a draft, and putting it back as it was: same code, same reference, same place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.training.courses.actions.drafts import lock_draft, record_change
from sauga.training.courses.models import Activity, CourseVersion, Item, Module, RemovedPart
from sauga.training.permissions import Permission

MODULE = ("ref", "code", "title", "place")
ACTIVITY = ("ref", "code", "kind", "title", "minutes", "content", "file_id", "place")
ITEM = ("ref", "code", "kind", "tags", "text", "options", "explanation", "place")
KEPT = 50
"""How many removed parts a draft remembers; the oldest are forgotten first."""


class PlaceGone(ActionRefused):
    """What was taken out cannot be put back where it was."""

    messages = {
        "module": _("The module that it was in is not there any more. Put the module back first."),
        "code": _("Another part has this code by now, so this one cannot be put back."),
    }


def remove_part(*, by: Actor, part: Module | Activity | Item, at: datetime) -> RemovedPart:
    """Take a module with its activities, an activity or a question out of a draft; `put_back` undoes it.

    Raises NotADraft.
    """
    require(by, Permission.EDIT_COURSES)
    with transaction.atomic():
        row = lock_draft(part.version)
        kept = RemovedPart.objects.create(version=row, removed_at=at, **_kept(part))
        part.delete()
        older = RemovedPart.objects.filter(version=row).order_by("-removed_at", "-pk")[KEPT:]
        RemovedPart.objects.filter(pk__in=[one.pk for one in older]).delete()
        record_change(by, row, "removed", at)
        return kept


def put_back(*, by: Actor, removed: RemovedPart, at: datetime) -> CourseVersion:
    """Put a part back where it was. Raises NotADraft, PlaceGone."""
    require(by, Permission.EDIT_COURSES)
    with transaction.atomic():
        row = lock_draft(removed.version)
        kept = RemovedPart.objects.select_for_update().filter(pk=removed.pk).first()
        if kept is None:
            return row
        try:
            with transaction.atomic():
                _made_again(row, kept)
        except IntegrityError:
            raise PlaceGone("code") from None
        kept.delete()
        record_change(by, row, "put_back", at)
        return row


def _kept(part: Module | Activity | Item) -> dict[str, Any]:
    if isinstance(part, Item):
        return {"kind": "item", "title": part.text, "content": _columns(part, ITEM)}
    if isinstance(part, Activity):
        content = _columns(part, ACTIVITY) | {"module": part.module.ref}
        return {"kind": "activity", "title": part.title, "content": content}
    activities = [_columns(one, ACTIVITY) for one in part.activities.all()]
    content = _columns(part, MODULE) | {"activities": activities}
    return {"kind": "module", "title": part.title, "content": content}


def _columns(part: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _made_again(row: CourseVersion, kept: RemovedPart) -> None:
    held = dict(kept.content)
    if kept.kind == "item":
        Item.objects.create(version=row, **held)
    elif kept.kind == "activity":
        module = row.modules.filter(ref=held.pop("module")).first()
        if module is None:
            raise PlaceGone("module")
        Activity.objects.create(version=row, module=module, **held)
    else:
        parts = held.pop("activities")
        module = Module.objects.create(version=row, **held)
        for one in parts:
            Activity.objects.create(version=row, module=module, **one)
